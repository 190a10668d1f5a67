"""``qacli plan``: what is shared is not coached away, and an effect is what lies beyond what would have come anyway."""

from __future__ import annotations

import re
import shutil
from datetime import date

import coached
import desk
import pytest
import quarter
from command_line import run

from qacli.model import Change
from qacli.understand.patterns.finding import Finding
from qacli.workspace import Workspace

PROPOSED, DONE, LOOKED = "2026-05-20", "2026-06-07", coached.LOOKED
PROPOSE = "plan propose --for p_a07 --need {need} --criterion next --option idv-drill --owner p_ev1"


def tell(folder, line, today=LOOKED, actor="p_tl1"):
    result = run(line, folder, actor, today)
    return result.code, f"{result.out}{result.err}"


def told(folder, line, today=LOOKED, actor="p_tl1"):
    code, said = tell(folder, line, today, actor)
    assert code == 0, said
    return said


def refused(folder, line, rule, today=LOOKED, actor="p_tl1"):
    code, said = tell(folder, line, today, actor)
    assert code == 1
    assert f"refused[{rule}]" in said, said
    return " ".join(said.split())


@pytest.fixture(scope="module")
def desk_of_coached(_desks, tmp_path_factory):
    """Return a desk on which somebody was coached, given what everybody did on both sides, and the plan."""

    def made(own, others=None):
        folder = tmp_path_factory.mktemp("coached") / "desk"
        return folder, coached_desk(_desks / "agreed", folder, own, others)

    return made


def coached_desk(source, folder, own, others):
    """Return a desk on which p_a07 failed ``next`` before, was coached for it, and did as ``own`` says on both sides."""
    shutil.copytree(source, folder)
    rows = coached.record(folder, {"p_a07": own, **(coached.OTHERS if others is None else others)})
    need = next(row.observation for row in rows if getattr(row, "met", True) is False)
    plan = told(folder, PROPOSE.format(need=need) + f" --review-on {coached.REVIEW}", PROPOSED).partition(":")[0]
    told(folder, f"plan book {plan}", "2026-05-26")
    told(folder, f"plan done {plan} --words 'eight cases played'", DONE)
    return plan


@pytest.fixture(scope="module")
def better_once(desk_of_coached):
    return desk_of_coached(("3/12", "12/12"))


@pytest.fixture
def better(better_once, tmp_path):
    """A desk on which coaching changed something, and the plan."""
    return shutil.copytree(better_once[0], tmp_path / "desk"), better_once[1]


# C12: coaching for a shared process fault


@pytest.fixture(scope="module")
def shared(quarter_once, tmp_path_factory):
    folder = shutil.copytree(quarter_once, tmp_path_factory.mktemp("shared") / "desk")
    days = {"first": quarter.FIRST, "last": date(2026, 6, 28), "since": quarter.BROKEN[0], "until": quarter.BROKEN[1]}
    figures = {"n": 57, "failed": 19, "n_other": 98, "failed_other": 3, "effect": 0.3, "low": 0.2, "high": 0.4}
    where = {"colleague": "", "channel": "chat", "scorecard": "desk@1.0", "criterion": "idv", "spread": "process"}
    chance = {"p": 0.0001, "adjusted": 0.001, "since_low": None, "since_high": None}
    watch = Finding(look="lo_1", kind="rise", method="temporal scan", **days, **figures, **where, **chance)
    made = Workspace.find(folder, "p_tl1").commit(lambda _: Change([watch]), "finding look")
    return folder, {"finding": made.first}


def test_c12_coaching_one_for_what_is_on_watch_as_shared_is_refused_and_sent_to_its_cause(shared):
    folder, rise = shared
    line = f"plan propose --for p_a01 --need {rise['finding']} --criterion idv --option idv-drill"
    said = refused(folder, line, "shared-fault", quarter.LOOKED)
    assert "idv fails across 8 of 8 colleagues: coaching one person will not mend it." in said
    assert f"start: qacli cause open {rise['finding']}" in said
    assert run("plan list --format json", folder, "p_tl1").rows == []


def test_c12_an_observation_of_the_shared_fault_is_refused_too(shared):
    folder, rise = shared
    observation = failing(folder, "idv", "2026-05-20")
    line = f"plan propose --for {observation['colleague']} --need {observation['observation']} --criterion idv"
    said = refused(folder, f"{line} --option idv-drill", "shared-fault", quarter.LOOKED)
    assert f"qacli cause open {rise['finding']}" in said


def test_c12_the_routine_samples_alone_say_that_it_is_shared(quarter_once):
    observation = failing(quarter_once, "idv", "2026-05-20")
    line = f"plan propose --for {observation['colleague']} --need {observation['observation']} --criterion idv"
    said = refused(quarter_once, f"{line} --option idv-drill --dry-run", "shared-fault", quarter.LOOKED)
    assert "start: qacli cause open idv" in said


def test_c12_what_seldom_fails_is_no_shared_fault(quarter_once):
    observation = failing(quarter_once, "next", "2026-05-20")
    line = f"plan propose --for {observation['colleague']} --need {observation['observation']} --criterion next"
    assert "idv-drill@1" in told(quarter_once, f"{line} --option idv-drill --dry-run", quarter.LOOKED)


def failing(folder, criterion, day):
    """Return an observation from a day on in which a criterion failed, with its colleague."""
    rows = (
        Workspace.find(folder, "p_tl1")
        .view()
        .sql(
            "SELECT o.id AS observation, i.colleague FROM ratings r JOIN observations o ON o.id = r.observation "
            f"JOIN items i ON i.id = o.item WHERE r.criterion = '{criterion}' AND NOT r.met AND i.day >= '{day}' ORDER BY i.day, o.id"
        )
    )
    return rows.iloc[0].to_dict()


# C12: the effect


def test_c12_an_effect_is_told_after_what_was_to_be_expected_without_coaching(better):
    folder, plan = better
    said = " ".join(told(folder, f"plan effect {plan}").split())
    expected = r"met in 3 of 12; with no coaching at all 48% were to be expected after"
    assert re.search(rf"^{plan}, ae_\w+: before it .* {expected}.* it was met in 12 of 12", said)
    assert said.index("with no coaching at all") < said.index("plain change +75 points")
    assert "better than was to be expected without coaching, p .007" in said
    assert (
        "4 colleagues who were not coached for it: 79% before, 79% after; difference in differences +75 points" in said
    )
    assert "nothing to do" in told(folder, f"plan effect {plan}")
    assert "cannot be closed as worse" in refused(
        folder, f"plan close {plan} --outcome worse --words no", "effect-not-shown"
    )
    told(folder, f"plan close {plan} --outcome improved --words 'names a day in every call now'")
    assert run("plan list --format json", folder, "p_tl1").rows[0]["outcome"] == "improved"
    text = document(folder)
    assert "- Better than was to be expected without coaching, p .007." in text
    assert "Closed on 20 July 2026, improved: names a day in every call now" in text


def document(folder):
    told(folder, "report plans")
    return (folder / "out" / "plans.md").read_text("utf-8")


def test_c12_a_rise_that_would_have_come_anyway_is_no_effect(desk_of_coached):
    folder, plan = desk_of_coached(("5/12", "9/12"))
    said = told(folder, f"plan effect {plan}")
    assert "cannot tell: chance, or what would have come without coaching, is enough to explain it" in said
    assert "cannot be closed as improved" in refused(
        folder, f"plan close {plan} --outcome improved --words good", "effect-not-shown"
    )


def test_c12_no_effect_is_claimed_of_fewer_than_ten_on_either_side(desk_of_coached):
    folder, plan = desk_of_coached(("3/12", "9/9"))
    said = refused(folder, f"plan effect {plan}", "too-few-for-effect")
    assert f"{plan}: next was met in 3 of 12 before and 9 of 9 after: too few" in said
    assert "By regression to the mean, and what the others did," in said
    assert (
        "draw 1 fresh checks: qacli sample confirm weekly --period 2026-06-08..2026-07-06 --size 1 --channel phone"
        in said
    )


def test_c12_no_effect_is_claimed_without_a_comparison_group(desk_of_coached):
    folder, plan = desk_of_coached(("3/12", "12/12"), {"p_b01": ("9/12", "9/12")})
    said = refused(folder, f"plan effect {plan}", "no-comparison-group")
    assert "1 uncoached colleagues have 5 ratings of it on either side, 3 are needed" in said
    assert "who is picked for a bad score does better next time with no coaching at all" in said


def test_c12_it_is_looked_at_on_the_day_agreed_and_once(better):
    folder, plan = better
    assert "as agreed" in refused(folder, f"plan effect {plan}", "effect-too-early", "2026-06-20")
    told(folder, f"plan effect {plan}")
    assert "up to 2026-07-06" in refused(folder, f"plan effect {plan} --to 2026-07-10", "effect-looked-at")


def test_c12_nobody_proposes_or_closes_their_own_plan(better, scored_once):
    folder, plan = better
    refused(folder, f"plan close {plan} --words good", "own-plan", actor="p_a07")
    refused(scored_once, PROPOSE.format(need="o_6") + " --dry-run", "own-plan", desk.DRAWN, "p_a07")


# C12: a plan answers something that was seen, and goes step by step


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (PROPOSE.format(need="o_zz"), "no-need"),
        (PROPOSE.format(need="o_6").replace("--owner p_ev1", "--owner p_nobody"), "no-owner"),
        (PROPOSE.format(need="o_6") + " --starts 2026-06-10 --due 2026-06-01", "dates-order"),
    ],
)
def test_c12_a_plan_that_answers_nothing_is_refused_at_the_command(scored_once, line, rule):
    assert "help:" in refused(scored_once, f"{line} --dry-run", rule, desk.DRAWN)


def test_c12_steps_out_of_order_or_in_silence_are_refused_at_the_command(better):
    folder, plan = better
    assert "next" in refused(folder, f"plan book {plan}", "plan-order")
    assert plan in refused(folder, f"plan cancel {plan} --words ' '", "no-outcome")
