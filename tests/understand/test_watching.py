"""What routine and spot observation brought, live and afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from qacli.understand.facts import Selection
from qacli.understand.notes import NOTHING
from qacli.understand.watching import ONE_WAY, by_watching

ALL = Selection(purpose="all")
# Student's sleep data as R ships them, 50 added: t.test(extra ~ group) gives -1.58, -3.3654832 to 0.2054832
LIVE = (50.7, 48.4, 49.8, 48.8, 49.9, 53.4, 53.7, 50.8, 50.0, 52.0)
AFTERWARDS = (51.9, 50.8, 51.1, 50.1, 49.9, 54.4, 55.5, 51.6, 54.6, 53.4)


def table(live, afterwards, more=""):
    lines = [f"side-by-side routine 80 {score}" for score in live]
    lines += [f"recording routine 60 {score}" for score in afterwards]
    return "technique kind seconds score\n" + "\n".join([*lines, more])


def test_c03_live_and_afterwards_are_compared_with_their_n_and_interval(desk_of):
    found = by_watching(desk_of(table(LIVE, AFTERWARDS, "live-remote spot 70 61")), ALL, {})
    rows = {(row.kind, row.watched): row for row in found.frame.itertuples()}
    assert rows["routine", "live"].mean == pytest.approx(50.75)
    assert (rows["routine", "live"].n, rows["routine", "live"].told_before) == (10, 10)
    assert (rows["routine", "live"].n_comfort, rows["routine", "live"].comfort) == (10, 4)
    assert (rows["routine", "afterwards"].n_comfort, rows["routine", "afterwards"].mean_seconds) == (0, 60)
    assert (rows["spot", "live"].n, rows["spot", "live"].verdict) == (1, "too few")
    assert found.statement == (
        "phone@1, routine, score: live less afterwards -1.6 (-3.4 to +0.2, Welch 95%; 10 live, 10 afterwards): "
        "cannot tell; phone@1, routine, seconds: no interval: no variation (10 live, 10 afterwards)"
    )
    assert any("not decided by chance" in note for note in found.notes)


def test_c03_four_live_observations_are_too_few_to_compare(desk_of):
    found = by_watching(desk_of(table(LIVE[:4], AFTERWARDS)), ALL, {})
    assert found.statement.startswith("phone@1, routine, score: too few to compare (4 live, 10 afterwards)")


def test_what_differs_is_said(desk_of):
    found = by_watching(desk_of(table([score + 9 for score in LIVE], AFTERWARDS)), ALL, {})
    assert (
        "score: live less afterwards +7.4 (+5.6 to +9.2, Welch 95%; 10 live, 10 afterwards): differs" in found.statement
    )


def test_days_to_feedback_are_the_median_and_counted(desk_of):
    view = desk_of("day score\n2026-05-14 80\n2026-05-15 80\n2026-05-16 80\n2026-05-17 80")
    told = {"o_1": date(2026, 5, 15), "o_2": date(2026, 5, 25), "o_4": date(2026, 5, 21)}
    [row] = by_watching(view, ALL, told).frame.itertuples()
    assert (row.n_feedback, row.days_to_feedback, row.observed) == (3, 4, 4)


def test_one_way_of_watching_and_none_are_said(desk_of):
    assert by_watching(desk_of("score\n80"), ALL, {}).statement == ONE_WAY
    assert by_watching(desk_of("score\n-"), ALL, {}).statement == NOTHING
