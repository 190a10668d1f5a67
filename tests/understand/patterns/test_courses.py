"""Courses of colleagues, teams and criteria over weeks and months."""

from __future__ import annotations

from datetime import date, timedelta

from qacli.understand.facts import Selection
from qacli.understand.patterns.courses import courses, means
from qacli.understand.patterns.trends import by_trend, verdict


def weeks(line, scores, many=5):
    """Return the table of a desk: so many observations in each week, each score once for all of a week."""
    first = date(2026, 3, 30)
    return [
        f"{first + timedelta(days=7 * week + number % 7)} {line} {score + (-1) ** number}"
        for week, score in enumerate(scores)
        for number in range(many)
        if score is not None
    ]


def table(*rows):
    return "day colleague card score\n" + "\n".join(rows)


def test_c10_steady_colleagues_show_nothing_however_many_they_are(desk_of):
    # every course by itself has a slope; none stands out once all are counted
    steady = [80, 82, 79, 83, 80, 81, 82, 79, 80, 83]
    rows = [row for turn in range(4) for row in weeks(f"p_a{turn} phone@1", steady[turn:] + steady[:turn])]
    made = courses(desk_of(table(*rows)), Selection(), of="colleague")
    assert len(made) == 4
    assert [verdict(each) for each in made] == ["nothing beyond chance"] * 4


def test_a_lower_level_is_dated_with_the_days_between_which_it_lies(desk_of):
    made = courses(desk_of(table(*weeks("p_a phone@1", [85] * 5 + [75] * 5))), Selection(), of="colleague")[0]
    assert (made.shift.since, made.shift.higher, made.shift.method) == (date(2026, 5, 4), False, "Pettitt")
    assert made.shift.since_low <= made.shift.since <= made.shift.since_high
    assert "lower from 4 May 2026" in verdict(made)


def test_periods_that_follow_each_other_get_no_trend_test(desk_of):
    made = courses(desk_of(table(*weeks("p_a phone@1", [70, 72, 75, 77, 80, 82, 84, 87, 90, 92]))), Selection())[0]
    assert made.follows > 0.2
    assert (made.trend.p, made.adjusted) == (None, None)
    assert made.slope.estimate == 2.5


def test_a_week_without_observations_is_a_gap_and_not_a_zero(desk_of):
    trend = by_trend(desk_of(table(*weeks("p_a phone@1", [80, 81, None, 80, 82, 79, 81, 80, 82, 80]))), Selection())
    gap = trend.summary.frame.iloc[2]
    assert (gap.period, gap.n, gap.note) == ("2026-W16", 0, "nothing observed")
    assert gap[["value"]].isna().all()
    assert any(note.startswith("2026-W16 not observed in desk, phone") for note in trend.summary.notes)


def test_versions_and_declared_changes_are_phases(desk_of):
    rows = [*weeks("p_a phone@1", [80] * 4), *(row for row in weeks("p_a phone@2", [None] * 4 + [60] * 4))]
    made = courses(desk_of(table(*rows)), Selection(), splits=[date(2026, 4, 13)])[0]
    assert list(dict.fromkeys(point.phase for point in made.chart.points)) == [
        "phone@1",
        "phone@1 since 2026-04-13",
        "phone@2 since 2026-04-13",
    ]
    assert made.shift is None  # versions of a card are no change of level


def test_means_of_a_part_of_the_desk_are_weighted_by_the_design(desk_of):
    rows = "\n".join(
        [
            "stratum held day score",
            *(f"big 900 2026-05-1{n} 90" for n in range(1, 7)),
            *(f"small 100 2026-05-1{n} 50" for n in range(1, 7)),
        ]
    )
    view = desk_of(rows)
    assert round(courses(view, Selection(), every="month")[0].chart.points[0].value, 6) == 86
    assert courses(view, Selection(), of="colleague", every="month")[0].chart.points[0].value == 70


def test_a_criterion_is_a_share_with_its_counts(desk_of):
    rows = ["day ratings", *(f"2026-05-1{n} idv={'n' if n == 3 else 'y'},hold=na" for n in range(1, 7))]
    made = courses(desk_of("\n".join(rows)), Selection(), of="criterion", every="month")
    assert [(each.subject, each.measure) for each in made] == [("idv", "failed")]
    point = made[0].chart.points[0]
    assert (point.failed, point.n, round(point.value, 4)) == (1, 6, 0.1667)


def test_no_rows_make_no_points():
    import pandas as pd

    empty = pd.DataFrame({"day": pd.to_datetime([]), "scorecard": [], "item": [], "score": []})
    assert means(empty, "week", [], 5) == []
