"""How often each criterion was not met."""

from __future__ import annotations

import pytest

from qacli.understand.criteria import COLUMNS, by_criterion
from qacli.understand.facts import Selection


def test_failed_are_counted_where_the_criterion_applied(desk_of):
    view = desk_of("""
        colleague ratings
        p_a       greet=y,idv=n,hold=na
        p_a       greet=y,idv=n,hold=na
        p_b       greet=n,idv=y,hold=na
        p_c       greet=y,idv=na,hold=na
        p_c       greet=y,idv=n,hold=na
    """)
    summary = by_criterion(view, Selection())
    frame = summary.frame
    assert tuple(frame.columns) == COLUMNS
    # in the order of the card
    assert frame[["criterion", "n", "failed", "not_applicable"]].values.tolist() == [
        ["greet", 5, 1, 0],
        ["idv", 4, 3, 1],
        ["hold", 0, 0, 5],
    ]
    assert frame[["colleagues_failed", "colleagues"]].values.tolist() == [[1, 3], [2, 3], [0, 0]]
    assert frame["note"].tolist() == ["", "too few", "never applicable"]
    assert frame["share"].isna().tolist() == [False, False, True]
    assert summary.statement.startswith("most often not met: idv of phone@1, 3 of 4 (weighted 75%, ")
    assert summary.statement.endswith("by 2 of 3 colleagues")


def strata(*cells):
    lines = [f"{name} {held} c={'n' if i < failed else 'y'}" for name, held, n, failed in cells for i in range(n)]
    return "stratum held ratings\n" + "\n".join(lines)


def test_shares_are_weighted_and_have_the_interval_of_korn_and_graubard(desk_of):
    # R survey 4.1.1: svyciprop(~awards, dstrat, method = "beta") on apistrat
    view = desk_of(strata(("E", 4421, 100, 73), ("H", 755, 50, 16), ("M", 1018, 50, 24)))
    found = by_criterion(view, Selection()).frame.iloc[0]
    assert (found.n, found.failed) == (200, 113)
    assert found.share == pytest.approx(0.6389360640506, abs=1e-8)
    assert (found.low, found.high) == pytest.approx((0.5672187014797, 0.7063547830145), abs=1e-8)


def test_where_none_failed_the_share_still_has_a_width(desk_of):
    # Wilson, 0 of 20: 0 to 16.1 %
    summary = by_criterion(desk_of(strata(("a", 500, 20, 0))), Selection())
    found = summary.frame.iloc[0]
    assert (found.share, found.low, found.high) == (0, 0, pytest.approx(0.161, abs=5e-4))
    assert summary.statement == "no criterion failed in 20 evaluations"


def test_one_evaluation_in_a_stratum_leaves_the_limits_open(desk_of):
    found = by_criterion(desk_of(strata(("a", 50, 5, 2), ("b", 50, 1, 0))), Selection()).frame
    assert found[["low", "high"]].isna().all(axis=None)
    assert found["note"].tolist() == ["variance unknown: a stratum holds one evaluation"]


def test_versions_of_a_card_have_rows_of_their_own(desk_of):
    view = desk_of("""
        card    ratings
        phone@1 greet=n
        phone@2 greet=y
        phone@2 greet=y
    """)
    frame = by_criterion(view, Selection()).frame
    assert frame[["criterion", "scorecard", "n", "failed"]].values.tolist() == [
        ["greet", "phone@1", 1, 1],
        ["greet", "phone@2", 2, 0],
    ]


def test_nothing_observed_is_said_over_an_empty_table(desk_of):
    summary = by_criterion(desk_of("score ratings\n- greet=n"), Selection())
    assert (summary.frame.empty, tuple(summary.frame.columns)) == (True, COLUMNS)
    assert summary.statement == "no observations in this period"
    assert summary.statement not in summary.notes


def test_what_was_not_asked_is_counted_apart_from_what_did_not_apply(desk_of):
    view = desk_of("""
        ratings
        hold=y,back=y
        hold=n,back=n
        hold=na,back=hidden
        hold=n,back=na
        hold=n,back=hidden
        hold=n,back=y
    """)
    frame = by_criterion(view, Selection()).frame
    assert frame[["criterion", "n", "failed", "not_applicable", "not_asked"]].values.tolist() == [
        ["hold", 5, 4, 1, 0],
        ["back", 3, 1, 1, 2],
    ]
    assert frame["note"].tolist() == ["", "too few; not asked in 2"]


def test_a_bonus_that_was_not_earned_is_no_failure(desk_of):
    summary = by_criterion(desk_of("ratings\n" + "greet=n,extra=n\ngreet=y,extra=n\n" * 3), Selection())
    assert summary.frame["criterion"].tolist() == ["greet"]
    assert "left out, because a bonus that is not earned is no failure: extra of phone@1" in summary.notes
