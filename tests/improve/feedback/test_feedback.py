"""Feedback: which points are chosen, who may do what, and in which order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from in_memory import Memory, observe, withdraw

from qacli.improve.feedback import Feedback, FeedbackPoint, acknowledge, deliver, due, prepare, reply
from qacli.improve.feedback.sheet import Invitation
from qacli.model import Refusal
from qacli.workspace.view import NoSuchRow

DAY = date(2026, 5, 21)
WELL = {
    "ch-idv": "met",
    "ch-amount": "met",
    "ch-care": "na",
    "ch-check": "5 | said it back",
    "ch-plain": "4",
    "ch-close": "5",
}
BADLY = {
    "ch-idv": "not_met",
    "ch-amount": "not_met",
    "ch-care": "not_met",
    "ch-check": "3",
    "ch-plain": "1",
    "ch-close": "1",
}


@pytest.fixture
def desk():
    return Memory()


def prepared(desk, *observations, **options):
    change = prepare(desk.on("2026-05-21"), observations, "p_a07", DAY, **options)
    return [row for row in desk.commit(change) if not isinstance(row, Invitation)], [
        each for each in change.findings if "private place" not in each
    ]


def points(rows, kind):
    return [row.criterion for row in rows if isinstance(row, FeedbackPoint) and row.kind == kind]


def test_c11_strengths_come_first_the_top_point_before_the_heavier_weight(desk):
    rows, _ = prepared(desk, observe(desk, WELL | {"ch-check": "4"}, transaction="8c11"), strengths=3)
    # ch-close is a 5 of weight 20; ch-idv and ch-amount are met at the top of their scale, criticals weigh 0
    assert points(rows, "strength") == ["ch-close", "ch-idv", "ch-amount"]
    rows, _ = prepared(desk, observe(desk, WELL | {"ch-idv": "na", "ch-amount": "na"}, transaction="8c12"))
    assert points(rows, "strength") == ["ch-check", "ch-close", "ch-plain"]


def test_c11_every_point_is_tied_to_its_observation_and_rating_in_one_order(desk):
    seen = observe(desk, WELL | {"ch-plain": "2 | three terms of ours"}, transaction="8c11")
    rows, _ = prepared(desk, seen)
    head, *tied = rows
    assert (head.id, head.colleague, head.observations, head.on) == ("f_2", "p_a07", seen, DAY)
    assert [(row.id, row.position, row.kind, row.criterion, row.observation, row.rating) for row in tied] == [
        ("f_2-1", 1, "strength", "ch-check", "o_1", "o_1-4"),
        ("f_2-2", 2, "strength", "ch-close", "o_1", "o_1-6"),
        ("f_2-3", 3, "strength", "ch-idv", "o_1", "o_1-1"),
        ("f_2-4", 4, "development", "ch-plain", "o_1", "o_1-5"),
    ]


def test_c11_strengths_first_can_be_switched_and_the_switch_is_recorded(desk):
    rows, _ = prepared(desk, observe(desk, WELL | {"ch-plain": "1"}, transaction="8c11"), strengths_first=False)
    assert rows[0].strengths_first is False
    assert [row.kind for row in rows[1:3]] == ["development", "strength"]


def test_c11_failed_criticals_come_first_all_of_them_then_what_cost_most(desk):
    rows, findings = prepared(desk, observe(desk, BADLY, transaction="8c11"), developments=2)
    assert points(rows, "development") == ["ch-idv", "ch-care", "ch-amount"]
    assert "3 failed criticals; all are on the sheet, although 2 points were asked for" in findings
    assert "3 more below the standard; the sheet names them and keeps to 3" in findings
    rows, _ = prepared(desk, observe(desk, BADLY, transaction="8c12"), developments=6)
    # lost: ch-plain 30 x 1.00 = 30, ch-check 50 x 0.50 = 25, ch-close 20 x 1.00 = 20
    assert points(rows, "development")[3:] == ["ch-plain", "ch-check", "ch-close"]


def test_c11_what_fails_again_weighs_more_than_what_failed_once(desk):
    once = observe(desk, WELL | {"ch-plain": "1", "ch-close": "2"}, transaction="8c11")
    again = observe(desk, WELL | {"ch-close": "1"}, transaction="8c12")
    rows, _ = prepared(desk, once, again, developments=1)
    # ch-close lost 15 and 20, ch-plain 30 once; the worse of the two ratings stands for ch-close
    assert [(row.criterion, row.rating) for row in rows[1:] if row.kind == "development"] == [("ch-close", "o_2-6")]


def test_c11_where_nothing_met_the_standard_no_strength_is_made_up(desk):
    rows, findings = prepared(desk, observe(desk, BADLY, transaction="8c11"))
    assert points(rows, "strength") == []
    assert "nothing met the standard in these observations; the sheet says so" in findings


def test_c11_met_here_and_failed_there_is_said_and_is_no_first_strength(desk):
    one = observe(desk, WELL, transaction="8c11")
    other = observe(desk, WELL | {"ch-check": "1"}, transaction="8c12")
    rows, findings = prepared(desk, one, other, strengths=5)
    assert points(rows, "strength")[-1] == "ch-check"
    assert points(rows, "development") == ["ch-check"]
    assert "met in one observation and not in another, and the sheet says both: ch-check" in findings


def test_the_rating_with_evidence_stands_for_a_strength_seen_twice(desk):
    bare = observe(desk, WELL | {"ch-check": "5"}, transaction="8c11")
    told = observe(desk, WELL, transaction="8c12")
    rows, _ = prepared(desk, bare, told, strengths=1)
    assert [row.rating for row in rows[1:]] == ["o_2-4"]


def test_nothing_that_applied_and_nothing_that_failed_are_findings(desk):
    _, findings = prepared(desk, observe(desk, dict.fromkeys(WELL, "na"), transaction="8c11"))
    assert findings == ["no criterion applied in these observations; the sheet says so"]
    _, findings = prepared(desk, observe(desk, WELL, transaction="8c12"))
    assert "every criterion that applied met the standard; the sheet says so" in findings


def test_the_same_observations_make_one_feedback(desk):
    one, two = observe(desk, WELL, transaction="8c11"), observe(desk, WELL, transaction="8c12")
    prepared(desk, one, two)
    rows, findings = prepared(desk, two, one, two)
    assert list(rows) == []
    told = "f_3 already gives feedback on o_2 o_1: nothing to do; another day or place: qacli feedback invite f_3"
    assert findings == [told]


def refused(rule, act):
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.rule == rule
    return str(caught.value)


def test_c11_observations_of_another_colleague_are_refused_all_named(desk):
    mine = observe(desk, WELL, transaction="8c11")
    others = [observe(desk, WELL, transaction=name, colleague="p_a09") for name in ("8c12", "8c13")]
    message = refused("other-colleague", lambda: prepared(desk, mine, *others))
    assert "not of p_a07: o_2 (p_a09), o_3 (p_a09)." in message


def test_feedback_rests_on_observations_in_force_and_comes_after_them(desk):
    seen = observe(desk, WELL, transaction="8c11")
    refused("own-feedback", lambda: prepare(desk.on("2026-05-21", "p_a07"), [seen], "p_a07", DAY))
    message = refused("before-observation", lambda: prepare(desk.on("2026-05-21"), [seen], "p_a07", date(2026, 5, 18)))
    assert "feedback on 18 May 2026 cannot rest on o_1, made on 19 May 2026." in message
    withdraw(desk, seen)
    with pytest.raises(NoSuchRow, match="corrected"):
        prepared(desk, seen)


@pytest.fixture
def sheet(desk):
    rows, _ = prepared(desk, observe(desk, WELL, transaction="8c11"))
    return rows[0].id


def test_c11_delivered_then_answered_then_acknowledged(desk, sheet):
    colleague = ("2026-05-22", "p_a07")
    refused("not-delivered", lambda: reply(desk.on(*colleague), sheet, "I see"))
    refused("not-delivered", lambda: acknowledge(desk.on(*colleague), sheet))
    desk.on("2026-05-21")
    assert desk.commit(deliver(desk, sheet, DAY, "in person\n at a desk"))[0].means == "in person at a desk"
    desk.on(*colleague)
    said = desk.commit(reply(desk, sheet, "I did ask.\n\n Listen again, please."))[0]
    assert (said.kind, said.on, said.words.text) == ("replied", date(2026, 5, 22), "I did ask. Listen again, please.")
    assert [row.id for row in due(desk)] == [sheet]
    desk.commit(acknowledge(desk, sheet))
    assert due(desk) == []


def test_c11_only_the_colleague_replies_and_acknowledges_and_only_another_delivers(desk, sheet):
    refused("own-feedback", lambda: deliver(desk.on("2026-05-21", "p_a07"), sheet, DAY, "in person"))
    desk.on("2026-05-21")
    desk.commit(deliver(desk, sheet, DAY, "in person"))
    message = refused("not-the-colleague", lambda: reply(desk, sheet, "fine"))
    assert f"{sheet} is feedback to p_a07: p_tl1 cannot reply to it." in message
    refused("not-the-colleague", lambda: acknowledge(desk, sheet))
    refused("no-reply", lambda: reply(desk.on("2026-05-21", "p_a07"), sheet, " \n "))


def test_no_step_of_feedback_is_recorded_twice(desk, sheet):
    desk.on("2026-05-21")
    desk.commit(deliver(desk, sheet, DAY, "in person"))
    again = deliver(desk, sheet, DAY, "by phone")
    assert (list(again.rows), again.findings) == ([], [f"{sheet} was delivered on 21 May 2026: nothing to do"])
    desk.on("2026-05-21", "p_a07")
    desk.commit(reply(desk, sheet, "I see"))
    assert list(reply(desk, sheet, "I see ").rows) == []
    assert len(desk.commit(reply(desk, sheet, "and one thing more"))) == 1
    desk.commit(acknowledge(desk, sheet))
    assert list(acknowledge(desk, sheet).rows) == []


def test_delivery_is_recorded_once_it_has_happened(desk, sheet):
    refused("future-delivery", lambda: deliver(desk.on("2026-05-21"), sheet, date(2026, 5, 22), "in person"))
    refused("before-observation", lambda: deliver(desk, sheet, date(2026, 5, 18), "in person"))


ANSWERS = st.fixed_dictionaries(
    {
        name: st.sampled_from(
            ["met", "not_met", "na"] if name in {"ch-idv", "ch-amount", "ch-care"} else ["1", "2", "3", "4", "5", "na"]
        )
        for name in WELL
    }
)


@given(st.lists(ANSWERS, min_size=1, max_size=3), st.integers(0, 4), st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_c11_strengths_are_met_developments_failed_and_no_criterion_stands_twice(answers, strengths, developments):
    desk = Memory()
    seen = [observe(desk, each, transaction=str(place)) for place, each in enumerate(answers)]
    rows, _ = prepared(desk, *seen, strengths=strengths, developments=developments)
    good, work = points(rows, "strength"), points(rows, "development")
    met = {name for each in answers for name, answer in each.items() if answer in {"met", "4", "5"}}
    failed = {name for each in answers for name, answer in each.items() if answer in {"not_met", "1", "2", "3"}}
    assert len(good) == len(set(good)) == min(strengths, len(met))
    assert set(good) <= met
    assert {"ch-idv", "ch-amount", "ch-care"} & failed <= set(work) <= failed
    assert len(work) == len(set(work)) <= max(developments, 3)
    assert [row.position for row in rows[1:]] == list(range(1, len(rows)))
    assert isinstance(rows[0], Feedback)
