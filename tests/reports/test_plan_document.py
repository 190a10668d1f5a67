"""Coaching plans on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from in_memory import Memory, observe, withdraw

from qacli.improve.coaching.plan import CoachingEffect
from qacli.improve.coaching.proposing import propose
from qacli.improve.coaching.stepping import book, done
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


# every sentence comes from a record


EFFECT = CoachingEffect(
    plan="a_3",
    criterion="ch-idv",
    channel="chat",
    before_first=date(2026, 2, 19),
    before_last=date(2026, 5, 20),
    after_first=date(2026, 5, 28),
    after_last=date(2026, 7, 2),
    n_before=12,
    met_before=3,
    n_after=11,
    met_after=10,
    estimate=0.66,
    low=0.25,
    high=0.85,
    mean_before=None,
    mean_after=None,
    mean_change=None,
    mean_low=None,
    mean_high=None,
    expected=0.61,
    reliability=0.4,
    beyond=0.3,
    beyond_low=0.05,
    beyond_high=0.55,
    p=0.02,
    adjusted=0.02,
    looks=1,
    needed=9,
    detectable=0.9,
    others=4,
    others_before=0.79,
    others_after=0.8,
    did=0.6,
    did_low=0.3,
    did_high=0.9,
    left_out=0,
    verdict="better",
    method="t",
)


def coached(desk, **changed):
    """Return the document after the coaching took place and its effect was recorded."""
    desk.on("2026-05-27")
    desk.commit(done(desk, "a_3", words="eight cases"))
    desk.on("2026-07-03")
    desk.commit(SimpleNamespace(rows=[replace(EFFECT, **changed)]))
    return plan_document(desk, "p_a07")


def test_c12_an_effect_is_told_sentence_by_sentence_from_its_record(desk):
    text = coached(desk)
    for sentence in (
        "met in 3 of 12; with no coaching at all 61% were to be expected after, by regression to the mean (reliability 0.40)",
        "it was met in 10 of 11; observed less expected +30 points (+5 to +55).",
        "4 colleagues who were not coached for it: 79% before, 80% after",
        "9 of 11 or more would show an effect; who truly meets it in 90% of transactions does so in four of five cases.",
        "- Better than was to be expected without coaching, p .020.",
    ):
        assert sentence in text
    assert "left out" not in text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"expected": 0.7}, "with no coaching at all 70% were to be expected after"),
        (
            {"verdict": "cannot tell"},
            "- Cannot tell: chance, or what would have come without coaching, is enough to explain it",
        ),
        (
            {"needed": None, "detectable": None},
            "- Not even 11 of 11 would have shown an effect: more ratings are needed.",
        ),
        ({"left_out": 2}, "- Left out: 2 ratings by evaluators who rated on one side only and are not calibrated."),
        ({"looks": 3}, "p .020; 3 plans looked at together (Benjamini and Hochberg)."),
        (
            {"mean_before": 40.0, "mean_after": 71.0, "mean_change": 31.0},
            "- Mean of the answers, 0 to 100: 40 before, 71 after, +31.",
        ),
    ],
)
def test_c12_another_record_is_another_sentence(desk, changed, sentence):
    assert sentence in coached(desk, **changed)


def test_c12_without_the_record_nothing_is_said_of_an_effect(desk):
    coached(desk)
    desk.table = [row for row in desk.table if not isinstance(row, CoachingEffect)]
    text = plan_document(desk, "p_a07")
    assert "to be expected after" not in text
    assert "- What it changed has not been looked at: on 2 July 2026, qacli plan effect a_3." in text
