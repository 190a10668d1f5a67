from datetime import date, timedelta
from math import sqrt

import pytest

from qacli.prepare.event import Event
from qacli.stats import xmr
from qacli.understand.kpis.control import NO_VARIATION, ORDINARY, SIGNAL, TOO_FEW, Point, control
from qacli.understand.kpis.seasons import MOVED, step, weekdays

MONDAY = date(2026, 3, 30)


def weeks(values, n=1000, se=None):
    """Points of weeks in per cent, with the standard error of a share unless another is given."""
    ns = n if isinstance(n, list) else [n] * len(values)
    return [
        Point(
            f"W{at}",
            MONDAY + timedelta(7 * at),
            MONDAY + timedelta(7 * at + 6),
            value,
            size,
            se if se or value is None else sqrt(value * (100 - value) / size),
        )
        for at, (value, size) in enumerate(zip(values, ns, strict=True))
    ]


def event(id_, first, last=None, kind="change", channels=()):
    return Event.model_construct(
        id=id_, version="1", owner="p_tl1", from_=first, to=last, what="release", kind=kind, channels=channels
    )


SPREAD = [70, 78, 69, 80, 71, 77, 68, 79, 72, 76]


def test_c14_weeks_that_differ_more_than_chance_get_the_limits_of_single_values():
    # Laney (2002): with subgroups of one size his p' chart is the X chart of the shares
    found, single = control(weeks(SPREAD), kind="share"), xmr(SPREAD)
    assert found.spread > 1
    assert found.center == pytest.approx(single.center)
    assert found.upper == pytest.approx(single.upper, rel=1e-9)
    assert found.lower == pytest.approx(single.lower, rel=1e-9)
    assert found.verdict == ORDINARY


def test_c14_weeks_that_differ_less_than_chance_keep_the_limits_of_a_p_chart():
    # p ± 3·sqrt(p(1-p)/n): 50 ± 3·sqrt(50·50/100) = 35 to 65
    found = control(weeks([50, 51, 50, 49, 50, 51, 50, 49], 100), kind="share")
    assert found.spread == 1
    assert (found.center, found.lower[0], found.upper[0]) == pytest.approx((50, 35, 65))


def test_c14_a_week_of_few_answers_is_no_signal():
    # decoy D3: 58 % of 12 answers beside weeks of some 140
    found = control(
        weeks([79, 80, 78, 81, 79, 77, 80, 79, 78, 58, 80, 79, 78], [140] * 9 + [12] + [140] * 3), kind="share"
    )
    assert (found.verdict, found.n) == (ORDINARY, 13)


def test_c14_a_disturbance_is_noted_and_not_alarmed():
    # decoy D4: Easter week
    values = [20, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4, 5]
    easter = event("easter", date(2026, 4, 3), date(2026, 4, 5), "disturbance")
    assert control(weeks(values), kind="share").verdict == SIGNAL
    found = control(weeks(values), [easter], kind="share")
    assert (found.verdict, found.left_out, found.n) == (ORDINARY, (0,), 12)
    assert (
        control(
            weeks(values),
            [event("e", date(2026, 4, 3), date(2026, 4, 5), "disturbance", ("chat",))],
            "share",
            channel="phone",
        ).verdict
        == SIGNAL
    )


def test_c14_a_shift_is_found_with_the_event_beside_it_as_a_candidate():
    # truth T5: handling time falls 12 % from week 4 on, when the target was cut
    points = weeks([401, 398, 402, 353, 350, 352, 349, 351, 354, 350, 348, 352, 351], se=4.0)
    found = control(points, [event("chg-0420", date(2026, 4, 20)), event("far", date(2026, 6, 20))], kind="mean")
    assert found.verdict == SIGNAL
    runs = [signal for signal in found.signals if len(signal.places) > 1]
    assert runs[0].words == "10 in a row below the centre, W3 to W12"
    assert [each.event.id for each in runs[0].events] == ["chg-0420"]
    moved = step(points, date(2026, 4, 20))
    assert moved.verdict == MOVED
    assert moved.periods == (3, 10)
    # Welch, by scipy 1.17: ttest_ind with unequal variances
    assert (moved.low, moved.high) == pytest.approx((-53.58, -45.09), abs=0.01)


def test_c14_nothing_is_judged_from_too_little_or_no_variation():
    assert control(weeks([70] * 7), kind="share").verdict == TOO_FEW
    assert control(weeks([70, 70, None, 70, 70, 70, 70, 70, 70]), kind="share").verdict == NO_VARIATION
    assert control(weeks([100] * 9), kind="share").verdict == NO_VARIATION
    assert control([]).verdict == TOO_FEW


def test_c14_periods_without_a_figure_are_not_bridged():
    whole = control(weeks([70, 78, 70, 78, 70, 78, 70, 78, 70, 78]), kind="share")
    gaps = control(weeks([70, 78, None, 78, 70, None, 70, 78, 70, 78]), kind="share")
    assert gaps.upper[2] is None
    assert (whole.n, gaps.n) == (10, 8)


def test_c14_the_profile_of_the_week_counts_each_day_by_its_n():
    days = [Point(str(at), MONDAY + timedelta(at), MONDAY + timedelta(at), 80.0 + at % 7, 10 + at) for at in range(14)]
    profile = weekdays([*days, *weeks([50])])
    assert [(day.weekday, day.days, day.value) for day in profile[:2]] == [(0, 2, 80), (1, 2, 81)]
    assert profile[0].n == 27
