"""Faults in order: their part of all faults, and what usually lies behind them."""

from __future__ import annotations

import pytest

from qacli.understand.facts import Selection
from qacli.understand.patterns.pareto import MOST, by_fault


def test_faults_stand_in_order_with_their_part_and_who_can_change_them(desk_of):
    lines = ["ratings", *["idv=n,greet=y,hold=n"] * 6, *["idv=n,greet=n,hold=na"] * 2, *["idv=y,greet=y,hold=y"] * 2]
    found = by_fault(desk_of("\n".join(lines)), Selection())
    frame = found.frame
    assert frame[["criterion", "failed", "n"]].values.tolist() == [["idv", 8, 10], ["hold", 6, 10], ["greet", 2, 10]]
    assert frame["faults_share"].tolist() == pytest.approx([0.5, 0.375, 0.125])
    assert frame["so_far_share"].tolist() == pytest.approx([0.5, 0.875, 1])
    assert frame["share"].tolist() == pytest.approx([0.8, 0.6, 0.2])
    assert frame.loc[0, ["critical", "controllable", "causes"]].tolist() == ["compliance", "no", "panel hidden"]
    assert frame.loc[1, ["critical", "controllable", "causes"]].tolist() == ["", "unknown", ""]
    assert found.statement == "16 faults of 3 criteria: too few to say which of them make most"


def test_faults_count_by_the_weight_of_their_stratum(desk_of):
    view = desk_of("ratings\n" + "a=n,b=y\n" * 20 + "a=y,b=n\n" * 20)
    assert by_fault(view, Selection()).statement.startswith(
        "1 of 2 criteria makes 50% of the 40 faults (weighted): a of"
    )


def test_many_criteria_are_cut_and_the_rest_is_one_bar_at_the_end(desk_of):
    names = [f"c{number:02}" for number in range(MOST + 3)]
    view = desk_of("ratings\n" + "\n".join(",".join(f"{name}=n" for name in names) for _ in range(3)))
    frame = by_fault(view, Selection()).frame
    assert (len(frame), frame["criterion"].iloc[-1], frame["failed"].iloc[-1]) == (MOST + 1, "other (3 criteria)", 9)
    assert frame["so_far_share"].iloc[-1] == pytest.approx(1)


def test_no_fault_and_no_observation_are_said(desk_of):
    assert by_fault(desk_of("ratings\nidv=y"), Selection()).statement == "no criterion was failed"
    assert by_fault(desk_of("score ratings\n- idv=y"), Selection()).statement == "no observations in this period"
