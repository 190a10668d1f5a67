"""Coaching plans: a need that was observed, an option that fits, dates in order, steps in order."""

from __future__ import annotations

from datetime import date

import pytest
from in_memory import Memory, observe, withdraw

from qacli.improve.coaching.plan import answering, plans
from qacli.improve.coaching.proposing import propose
from qacli.improve.coaching.stepping import book, cancel, close, done, talk
from qacli.improve.feedback import prepare
from qacli.model import Refusal

ANSWERS = {
    "ch-idv": "not_met | balance first | 00:41",
    "ch-amount": "met",
    "ch-care": "na",
    "ch-check": "2",
    "ch-plain": "4",
    "ch-close": "4",
}


@pytest.fixture
def desk():
    desk = Memory()
    observe(desk, ANSWERS, transaction="8c11")
    return desk.on("2026-05-21")


def asked(**changed):
    return {
        "colleague": "p_a07",
        "need": "o_1",
        "criterion": "ch-idv",
        "option": "idv-drill",
        "owner": "p_ev1",
        "starts": date(2026, 5, 25),
        "due": date(2026, 6, 5),
        "review_on": date(2026, 7, 3),
        "goal": "Waits for the pass\n every time.",
        **changed,
    }


def refused(rule, act):
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.rule == rule
    return str(caught.value)


def test_c12_a_plan_names_need_option_owner_dates_and_goal(desk):
    (plan,) = desk.commit(propose(desk, **asked()))
    assert (plan.id, plan.need, plan.option, plan.owner) == ("a_2", "o_1", "idv-drill@1", "p_ev1")
    assert (plan.starts, plan.due, plan.review_on) == (date(2026, 5, 25), date(2026, 6, 5), date(2026, 7, 3))
    assert plan.goal.text == "Waits for the pass every time."


def test_c12_left_out_owner_dates_and_goal_have_defaults_of_our_own(desk):
    (plan,) = desk.commit(propose(desk, colleague="p_a07", need="o_1", criterion="ch-idv", option="idv-drill"))
    assert (plan.owner, plan.starts, plan.due, plan.review_on) == (
        "p_tl1",
        date(2026, 5, 21),
        date(2026, 6, 4),
        date(2026, 7, 2),
    )
    assert plan.goal.text == "The customer passes the check before any detail is given."


def test_c12_a_feedback_and_a_point_of_it_are_needs_too(desk):
    desk.commit(prepare(desk, ["o_1"], "p_a07", date(2026, 5, 21), strengths=1))
    assert len(propose(desk, **asked(need="f_2")).rows) == 1
    assert len(propose(desk, **asked(need="f_2-2")).rows) == 1
    message = refused(
        "nothing-to-mend", lambda: propose(desk, **asked(need="f_2-2", criterion="ch-check", option="buddy"))
    )
    assert "help: what did: ch-idv" in message


@pytest.mark.parametrize("need", ["o_9", "f_9", "", "t_1", "o_1-1"])
def test_c12_a_plan_without_a_need_is_refused(desk, need):
    refused("no-need", lambda: propose(desk, **asked(need=need)))


def test_c12_the_need_of_another_colleague_or_one_corrected_since_is_refused(desk):
    message = refused("no-need", lambda: propose(desk, **asked(colleague="p_a09")))
    assert "o_1 is no observation, feedback, feedback point or open finding in force of p_a09." in message
    withdraw(desk, "o_1")
    refused("no-need", lambda: propose(desk, **asked()))


@pytest.mark.parametrize("criterion", ["ch-amount", "ch-care", "ch-nothing"])
def test_c12_what_did_not_fail_is_not_mended(desk, criterion):
    message = refused("nothing-to-mend", lambda: propose(desk, **asked(criterion=criterion)))
    assert "help: what did: ch-idv, ch-check" in message


def test_c12_an_option_that_does_not_fit_is_refused_with_those_that_do(desk):
    message = refused("unfit-option", lambda: propose(desk, **asked(criterion="ch-check")))
    assert "idv-drill@1 is not made for ch-check: it fits ch-idv." in message
    assert "help: those that fit: buddy" in message  # made for the section understand
    assert len(propose(desk, **asked(criterion="ch-check", option="buddy")).rows) == 1


@pytest.mark.parametrize(
    "dates", [{"starts": date(2026, 6, 6)}, {"review_on": date(2026, 6, 5)}, {"due": date(2026, 7, 4)}]
)
def test_c12_dates_out_of_order_are_refused(desk, dates):
    refused("dates-order", lambda: propose(desk, **asked(**dates)))


def test_c12_a_plan_may_start_and_be_due_on_one_day(desk):
    assert len(propose(desk, **asked(starts=date(2026, 6, 5))).rows) == 1


def test_c12_nobody_owns_no_plan(desk):
    assert "'p_zz' is nobody in people.csv" in refused("no-owner", lambda: propose(desk, **asked(owner="p_zz")))


def test_an_open_plan_for_the_same_is_not_doubled_a_cancelled_one_can_be_made_again(desk):
    desk.commit(propose(desk, **asked()))
    again = propose(desk, **asked())
    assert (list(again.rows), again.findings) == (
        [],
        ["a_2 already plans idv-drill for ch-idv, proposed: nothing to do"],
    )
    desk.commit(cancel(desk, "a_2", "moved to another team"))
    assert len(propose(desk, **asked()).rows) == 1


def test_c12_a_plan_goes_from_proposed_over_booked_and_done_to_closed(desk):
    desk.commit(propose(desk, **asked()))
    stands = [plans(desk)[0].status]
    for day, act in (
        ("2026-05-26", lambda: book(desk, "a_2", words="room 3")),
        ("2026-06-02", lambda: done(desk, "a_2")),
        ("2026-07-03", lambda: close(desk, "a_2", "cannot tell", "8 of 8 checks passed")),
    ):
        desk.on(day)
        desk.commit(act())
        stands.append(plans(desk)[0].status)
    assert stands == ["proposed", "booked", "done", "closed"]
    assert plans(desk, on=date(2026, 5, 31))[0].status == "booked"


def test_c12_a_plan_is_overdue_after_the_day_it_is_due_and_after_its_review(desk):
    desk.commit(propose(desk, **asked()))
    assert plans(desk, on=date(2026, 6, 5))[0].overdue == ""
    assert plans(desk, on=date(2026, 6, 6))[0].overdue == "was due 5 June 2026"
    desk.on("2026-06-04")
    desk.commit(book(desk, "a_2"))
    desk.commit(done(desk, "a_2"))
    assert plans(desk, on=date(2026, 7, 3))[0].overdue == ""
    assert plans(desk, on=date(2026, 7, 4))[0].overdue == "review was due 3 July 2026"


def test_c12_steps_out_of_order_are_refused(desk):
    desk.commit(propose(desk, **asked()))
    message = refused("plan-order", lambda: done(desk, "a_2"))
    assert "a_2 cannot be done: it is proposed." in message
    assert "qacli plan book a_2" in message
    desk.commit(cancel(desk, "a_2", "on leave"))
    refused("plan-order", lambda: book(desk, "a_2"))
    assert list(cancel(desk, "a_2", "on leave").rows) == []


def test_steps_are_recorded_once_they_have_happened_and_end_with_words(desk):
    desk.commit(propose(desk, **asked()))
    refused("plan-day", lambda: book(desk, "a_2", date(2026, 5, 22)))
    desk.commit(book(desk, "a_2"))
    assert "from 2026-05-21 to 2026-05-21" in refused("plan-day", lambda: done(desk, "a_2", date(2026, 5, 20)))
    desk.commit(done(desk, "a_2"))
    refused("no-outcome", lambda: close(desk, "a_2", "cannot tell", " "))
    early = close(desk, "a_2", "cannot tell", "better")
    assert early.findings == ["closed before 3 July 2026, the day agreed: the effect may not show yet"]


def test_plans_are_found_by_colleague_and_by_need(desk):
    observe(desk, ANSWERS, transaction="8c12", colleague="p_a09")
    desk.on("2026-05-21")
    desk.commit(propose(desk, **asked()))
    desk.commit(propose(desk, **asked(colleague="p_a09", need="o_2")))
    assert [each.plan.colleague for each in plans(desk)] == ["p_a07", "p_a09"]
    assert [each.plan.id for each in plans(desk, "p_a09")] == ["a_4"]
    assert [each.plan.id for each in answering(desk, ["o_1", "f_9"])] == ["a_3"]


@pytest.fixture
def grow(desk):
    """A desk on which a plan that follows GROW is booked."""
    desk.commit(propose(desk, **asked(model="grow")))
    desk.commit(book(desk, "a_2"))
    return desk


def test_c12_a_plan_by_a_model_is_done_when_each_step_was_talked_about(grow):
    message = refused("steps-missing", lambda: done(grow, "a_2"))
    assert "nothing is recorded of goal, will." in message
    grow.commit(talk(grow, "a_2", "goal", "customers are asked first"))
    assert "nothing is recorded of will." in refused("steps-missing", lambda: done(grow, "a_2"))
    assert list(talk(grow, "a_2", "goal", "customers are asked first").rows) == []
    assert plans(grow)[0].status == "booked"
    grow.commit(talk(grow, "a_2", "will", "from Monday"))
    grow.commit(done(grow, "a_2"))
    assert plans(grow)[0].status == "done"


def test_c12_only_the_steps_of_the_model_are_talked_about_and_with_words(grow):
    assert "help: its steps: goal, will" in refused("no-model", lambda: talk(grow, "a_2", "outcome", "well"))
    assert "say what was talked about" in refused("no-outcome", lambda: talk(grow, "a_2", "goal", " "))


def test_c12_a_plan_without_a_model_has_no_steps(desk):
    desk.commit(propose(desk, **asked()))
    assert "a_2 follows no coaching model" in refused("no-model", lambda: talk(desk, "a_2", "goal", "well"))


def test_c12_a_step_that_nobody_spoke_is_refused_in_plain_words(desk):
    desk.commit(propose(desk, **asked(model="grow")))
    desk.commit(book(desk, "a_2"))
    message = refused("no-outcome", lambda: talk(desk, "a_2", "goal", " "))
    assert "a_2 cannot be talked through without words." in message


def test_c12_a_plan_does_not_start_before_what_shows_its_need(desk):
    message = refused("before-need", lambda: propose(desk, **asked(starts=date(2025, 5, 25))))
    assert "a plan from 25 May 2025 on comes before what shows its need: o_1-1" in message


def test_c12_a_place_that_takes_notice_is_not_had_earlier(desk):
    desk.made = [
        (kind, item.model_copy(update={"lead_days": 42}) if kind == "option" else item) for kind, item in desk.made
    ]
    message = refused("no-place-yet", lambda: propose(desk, **asked()))
    assert "idv-drill@1 takes 42 days' notice: it cannot be done by 2026-06-05." in message
    assert "--due 2026-07-06 or later" in message
    (plan,) = propose(desk, **asked(due=None, review_on=None)).rows
    assert (plan.due, plan.review_on) == (date(2026, 7, 6), date(2026, 8, 3))


def test_c12_a_target_lies_above_the_baseline(desk):
    (plan,) = propose(desk, **asked(target=0.9)).rows
    assert (plan.target, plan.baseline_n) == (0.9, 0)
    assert "a target of 120 % is none" in refused("no-rise", lambda: propose(desk, **asked(target=1.2)))


def test_c12_nobody_proposes_their_own_plan(desk):
    desk.on("2026-05-21", "p_a07")
    assert "p_a07 cannot propose their own plan" in refused("own-plan", lambda: propose(desk, **asked()))


def test_c12_an_outcome_needs_figures(desk):
    desk.commit(propose(desk, **asked()))
    desk.commit(book(desk, "a_2"))
    desk.commit(done(desk, "a_2"))
    message = refused("effect-not-shown", lambda: close(desk, "a_2", "improved", "much better"))
    assert "a_2 cannot be closed as improved: no effect is recorded." in message
    (event,) = close(desk, "a_2", "", "could not be told").rows
    assert (event.outcome, event.effect) == ("cannot tell", "")
