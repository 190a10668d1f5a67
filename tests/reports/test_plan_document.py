"""Coaching plans on paper."""

from __future__ import annotations

from datetime import date

import pytest
from in_memory import Memory, observe, withdraw

from qacli.improve.coaching.proposing import propose
from qacli.improve.coaching.stepping import book
from qacli.reports.plan import plan_document

ANSWERS = {
    "ch-idv": "not_met | Balance given before the pass | 00:41",
    "ch-amount": "met",
    "ch-care": "na",
    "ch-check": "2 | acts on a guess",
    "ch-plain": "4",
    "ch-close": "4",
}


@pytest.fixture
def desk():
    desk = Memory()
    for colleague in ("p_a07", "p_a09"):
        observe(desk, ANSWERS, transaction=f"8c-{colleague}", colleague=colleague)
    desk.on("2026-05-21")
    desk.commit(propose(desk, colleague="p_a07", need="o_1", criterion="ch-idv", option="idv-drill"))
    desk.commit(
        propose(
            desk,
            colleague="p_a09",
            need="o_2",
            criterion="ch-check",
            option="buddy",
            owner="p_ev1",
            goal="Says back five of six requests.",
        )
    )
    desk.on("2026-05-26")
    desk.commit(book(desk, "a_3", words="Tuesday, room 3"))
    return desk


def test_c12_plans_of_a_team_as_they_stand_on_a_day(desk, golden):
    golden("plans.md", plan_document(desk, team="north", on=date(2026, 6, 10)))


def test_c12_plans_of_one_colleague_and_of_nobody(desk):
    one = plan_document(desk, "p_a09")
    assert "# Coaching plans of Rowan" in one
    assert "n = 1, overdue 0" in one
    assert "Birch" not in one
    assert "No coaching plan is recorded." in plan_document(desk, team="south")


def test_a_plan_whose_need_was_corrected_says_so(desk):
    withdraw(desk, "o_1")
    assert "corrected since and is no longer in force. Look at this plan again." in plan_document(desk, "p_a07")
