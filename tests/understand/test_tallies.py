"""What is counted where the records lie is what the rows, read one by one, add up to."""

from __future__ import annotations

import pytest
from pandas.testing import assert_frame_equal

from qacli.understand.facts import Selection, ratings, sample
from qacli.understand.tallies import CELL, DRAW, ratings_of, tally, tally_of

MIXED = """
    draw design        stratum   held chance purpose channel colleague day        score again ratings
    d_1  proportional  phone     40   0.1    routine phone   p_a       2026-05-11 80    -     idv=y,hold=n
    d_1  proportional  phone     40   0.1    routine phone   p_b       2026-05-12 none  -     idv=n,hold=na
    d_1  proportional  chat      20   0.1    routine chat    p_a       2026-05-13 -     -     -
    d_2  risk-weighted complaint 10   0.5    routine phone   p_a       2026-05-18 50    90    idv=y,hold=y
    d_2  risk-weighted complaint 10   0.4    routine phone   p_c       2026-05-19 40    -     idv=n,hold=hidden
    d_2  risk-weighted complaint 10   0.5    routine phone   p_c       2026-05-19 -     -     -
    d_3  two-stage     p_a       30   0.2    spot    phone   p_a       2026-05-20 70    -     idv=y,hold=n
    d_4  judgement     phone     9    0.1    routine phone   p_b       2026-05-21 10    -     idv=n,hold=n
"""
SELECTIONS = (
    Selection(),
    Selection(purpose="all"),
    Selection(purpose="spot"),
    Selection(channel="phone", colleague="p_a"),
)


@pytest.mark.parametrize("selection", SELECTIONS)
def test_facts_counted_are_the_facts_read(desk_of, selection):
    view = desk_of(MIXED)
    counted, read = tally(view, selection), tally_of(sample(view, selection))
    order = [*CELL, *DRAW]
    one, other = (each.cells[[*order, "n"]].sort_values(order, ignore_index=True) for each in (counted, read))
    assert_frame_equal(one, other, check_dtype=False)
    assert counted.items == read.items


@pytest.mark.parametrize("selection", SELECTIONS)
def test_ratings_counted_are_the_ratings_read(desk_of, selection):
    view = desk_of(MIXED)
    read = ratings(view, selection)
    counted = ratings_of(view, selection)
    for counts in counted:
        assert int(counts["rated"].sum()) == len(read)
        assert int(counts["n"].sum()) == int(read["met"].notna().sum())
        assert int(counts["failed"].sum()) == int((read["met"] == False).sum())  # noqa: E712
        assert int(counts["not_asked"].sum()) == int((read["answer"] == "not asked").sum())
    per_person = read[read["met"].notna()].groupby(["criterion", "colleague"]).size().to_dict()
    hands = counted.hands[counted.hands["n"] > 0].set_index(["criterion", "colleague"])["n"].to_dict()
    assert hands == per_person


def test_items_observed_twice_are_one_item_of_their_stratum(desk_of):
    assert tally(desk_of(MIXED), Selection()).items == {("d_2", "complaint"): 3}
