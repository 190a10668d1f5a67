"""What ``qacli plan`` refuses about coaching, each typed as somebody would type it."""

from __future__ import annotations

import shutil
from datetime import date

import coached
import pytest
import quarter
from command_line import run
from desk import CATALOGUE, DRAWN, done, refused, write

from qacli.model import Change
from qacli.understand.patterns.finding import Finding
from qacli.workspace import Workspace

PROPOSE = "plan propose --for p_a07 --need o_6 --criterion next --option idv-drill --owner p_ev1 --dry-run"
MORE = """\
- {id: course, version: 1, owner: p_tl1, from: 2026-01-01, title: Course, method: Half a day., minutes: 240, cost: 140,
   source: trainer, fits: [idv], book: Ask the manager., lead_days: 42}
"""
LATER, LATEST = "2026-06-08", "2026-07-20"


def call(folder, line, actor="p_tl1", today=DRAWN):
    return run(line, folder, actor, today)


@pytest.fixture(scope="module")
def desk_once(scored_once, tmp_path_factory):
    """The desk with a course that takes six weeks' notice, only to be read: every command below is refused or a dry run."""
    folder = shutil.copytree(scored_once, tmp_path_factory.mktemp("plans") / "desk")
    write(folder, {"definitions/catalogue.yaml": CATALOGUE + MORE})
    return folder


# proposing

PROPOSED = [
    ("--need o_6", "--need o_zz", "no-need", "o_zz is no observation, feedback, feedback point or open finding in force"),
    ("--for p_a07", "--for p_a09", "no-need", "or open finding in force of p_a09."),
    ("--criterion next", "--criterion check", "nothing-to-mend", "check did not fail the standard in o_6. = help: what did: idv"),
    ("--need o_6 --criterion next", "--need f_7-1 --criterion next", "nothing-to-mend", "= help: nothing did fail in f_7-1"),
    ("--option idv-drill", "--option course", "unfit-option", "is not made for next: it fits idv. = help: those that fit: idv-drill"),
    ("--owner p_ev1", "--owner p_nobody", "no-owner", "'p_nobody' is nobody in people.csv"),
    ("--owner p_ev1", "--owner p_ev1 --starts 2026-06-10 --due 2026-06-01", "dates-order", "starts 2026-06-10, due 2026-06-01"),
    ("--owner p_ev1", "--owner p_ev1 --due 2026-06-10 --review-on 2026-06-10", "dates-order", "reviewed after the day it is due"),
    ("--owner p_ev1", "--owner p_ev1 --starts 2026-05-01", "before-need", "comes before what shows its need: o_6-3, of 20 May 2026."),
    ("next --option idv-drill", "idv --option course --due 2026-06-10", "no-place-yet",
      "it cannot be done by 2026-06-10. = help: --due 2026-07-06"),
    ("--criterion next", "--criterion idv --target 120", "no-rise", "a target of 120 % is none: 0 of 1 met it before."),
    ("--criterion next", "--criterion idv --target 0", "no-rise", "a target of 0 % is none: 0 of 1 met it before."),
    ("--criterion next", "--criterion idv --starts 2026-05-20 --target 0", "no-rise", "a target of 0 % is none: nothing was drawn before."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("was", "now", "rule", "said"), PROPOSED, ids=[f"{now} {rule}" for _, now, rule, _ in PROPOSED]
)
def test_c12_proposing(desk_once, was, now, rule, said):
    assert was in PROPOSE
    refused(call(desk_once, PROPOSE.replace(was, now)), rule, said)


def test_c12_an_option_where_none_in_the_catalogue_fits(desk_once, tmp_path):
    folder = shutil.copytree(desk_once, tmp_path / "desk")
    write(folder, {"definitions/catalogue.yaml": MORE})
    said = "none in the catalogue fits; add one, with fits: [next]"
    refused(call(folder, PROPOSE.replace("idv-drill", "course")), "unfit-option", said)
    found = call(folder, "plan options --criterion nxt")
    assert (found.code, "no scorecard has a criterion 'nxt'" in found.err, "did you mean 'next'?" in found.err) == (
        2,
        True,
        True,
    )


def test_c12_nobody_proposes_a_plan_for_themselves(desk_once):
    refused(call(desk_once, PROPOSE, "p_a07"), "own-plan", "p_a07 cannot propose their own plan.")


@pytest.fixture
def watched(scored, request):
    """The desk with something put on watch, and its id."""
    days = {"first": quarter.FIRST, "last": date(2026, 6, 28), "since": date(2026, 5, 4), "until": None}
    figures = {"n": 57, "failed": 19, "n_other": 98, "failed_other": 3, "effect": 0.3, "low": 0.2, "high": 0.4}
    where = {"channel": "phone", "scorecard": "desk@1.0", "criterion": "next", **request.param}
    chance = {"p": 0.0001, "adjusted": 0.001, "since_low": None, "since_high": None}
    row = Finding(look="lo_1", method="temporal scan", **days, **figures, **where, **chance)
    return scored, Workspace.find(scored, "p_tl1").commit(lambda _: Change([row]), "finding look").first


APART = {"kind": "apart", "colleague": "p_a07", "spread": ""}
SHARED = {"kind": "rise", "colleague": "", "spread": "process"}


@pytest.mark.parametrize("watched", [APART], indirect=True)
def test_c12_what_is_on_watch_answers_for_one_colleague_one_criterion_while_it_is_open(watched):
    folder, name = watched
    line = PROPOSE.replace("o_6", name)
    refused(call(folder, line.replace("p_a07", "p_a09")), "no-need", f"{name} is no observation,")
    refused(
        call(folder, line.replace("next", "idv")),
        "nothing-to-mend",
        f"idv did not fail the standard in {name}. = help: what did: next",
    )
    done(call(folder, f"finding close {name} --reason 'heard with the team'"))
    refused(call(folder, line), "no-need", "open finding in force of p_a07")


@pytest.mark.parametrize("watched", [SHARED], indirect=True)
def test_c12_what_is_shared_is_sent_to_its_cause(watched):
    folder, name = watched
    said = f"coaching one person will not mend it. = help: start: qacli cause open {name}"
    refused(call(folder, PROPOSE.replace("o_6", name)), "shared-fault", said)
    done(call(folder, "plan cancel a_8 --words 'to be mended in the process'"))
    refused(call(folder, PROPOSE), "shared-fault", said)


def test_what_was_called_off_has_no_effect_and_is_planned_anew(scored_once, tmp_path):
    folder = shutil.copytree(scored_once, tmp_path / "desk")
    plan = proposed(folder)
    done(call(folder, f"plan cancel {plan} --words 'she works elsewhere'", today=LATER))
    said = f"{plan} is cancelled: there is no effect to look at. = help: what was called off is planned anew: qacli plan propose"
    refused(call(folder, f"plan effect {plan}", today=LATEST), "not-coached", said)


# its steps


def proposed(folder, more=""):
    line = PROPOSE.replace("next", "idv").replace(" --dry-run", more)
    return done(call(folder, line)).out.partition(":")[0]


@pytest.fixture(scope="module")
def stages(scored_once, tmp_path_factory):
    """The desk with a plan by GROW at each of its stages: its id by how it stands. Only to be read."""
    made = {}
    parent = tmp_path_factory.mktemp("stages")
    folder = scored_once
    for stage in ("proposed", "booked", "done", "closed"):
        folder = shutil.copytree(folder, parent / stage)
        if stage == "proposed":
            name = proposed(folder, " --model grow")
        elif stage == "booked":
            done(call(folder, f"plan book {name}", today=LATER))
        elif stage == "done":
            for part in ("goal", "reality", "options", "will"):
                done(call(folder, f"plan step {name} {part} --words said", today=LATER))
            done(call(folder, f"plan done {name}", today=LATER))
        else:
            done(call(folder, f"plan close {name} --words 'could not be told'", today=LATEST))
        made[stage] = folder, name
    return made


BEFORE = f" --as p_tl1 --today {LATEST}"
STEPS = [
    ("proposed", "done {plan}", "plan-order", f"{{plan}} cannot be done: it is proposed. = help: next: qacli plan book {{plan}}{BEFORE};"),
    ("proposed", "step {plan} goal --words x", "plan-order", "{plan} cannot be talked through: it is proposed."),
    ("booked", "close {plan} --words x", "plan-order", f"it is booked. = help: next: qacli plan done {{plan}}{BEFORE};"),
    ("done", "book {plan}", "plan-order", f"qacli plan effect {{plan}}{BEFORE}, then: qacli plan close {{plan}} --words ...{BEFORE}"),
    ("closed", "cancel {plan} --words x", "plan-order", "it is closed. = help: propose a new one: qacli plan propose"),
    ("proposed", "book {plan} --on 2026-07-21", "plan-day", "{plan} cannot have been booked on 21 July 2026. = help: name a day from"),
    ("booked", "done {plan} --on 2026-06-07", "steps-missing", "nothing is recorded of goal, reality, options, will."),
    ("booked", "step {plan} goal --on 2026-06-07 --words x", "plan-day", "name a day from 2026-06-08 to 2026-07-20"),
    ("booked", "done {plan}", "steps-missing", f'qacli plan step {{plan}} goal --words "..."{BEFORE}; What do you want customers'),
    ("booked", "step {plan} outcome --words x", "no-model", "the model of {plan} has no step 'outcome'. = help: its steps: goal,"),
    ("booked", "step a_8 goal --words x", "no-model", "a_8 follows no coaching model. = help: say what was done with"),
    ("booked", "step {plan} goal --words ' '", "no-outcome", "{plan} cannot be talked through without words. = help: say what was talked"),
    ("booked", "cancel {plan} --words ' '", "no-outcome", "{plan} cannot be cancelled without words. = help: say why"),
    ("done", "close {plan}", "no-outcome", "{plan} cannot be closed without words. = help: say what came of it"),
    ("done", "close {plan} --outcome improved --words x", "effect-not-shown", "no effect is recorded. = help: first: qacli plan effect"),
    ("proposed", "effect {plan}", "not-coached", f"= help: first: qacli plan book {{plan}}{BEFORE}, then qacli plan done {{plan}}{BEFORE}"),
    ("booked", "effect {plan}", "not-coached", "{plan} is booked: there is no effect to look at. = help: first: qacli plan done {plan}"),
    ("booked", "effect {plan} a_8", "not-coached", "{plan} is booked: there is no effect to look at."),
    ("done", "effect {plan} --to 2026-06-30", "effect-too-early", "looked at on 6 July 2026, as agreed, and not on 30 June 2026."),
    ("done", "effect {plan} --to 2026-07-21", "effect-too-early", "as agreed, and not on"),
]  # fmt: skip


@pytest.mark.parametrize(("stage", "line", "rule", "said"), STEPS, ids=[f"{stage} {line}" for stage, line, *_ in STEPS])
def test_c12_steps(stages, stage, line, rule, said):
    folder, plan = stages[stage]
    refused(call(folder, f"plan {line.format(plan=plan)} --dry-run", today=LATEST), rule, said.format(plan=plan))


def test_c12_a_step_is_not_recorded_on_a_day_before_the_last(stages):
    folder, plan = stages["booked"]
    line = f"plan step {plan} goal --words x --dry-run"
    refused(
        call(folder, line, today="2026-06-07"), "plan-day", f"{plan} cannot have been talked", "= help: record it later"
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("close {plan} --outcome reached --words x", "a coaching plan does not end as reached"),
        ("close some-action --outcome improved --words x", "an action does not end as improved"),
        ("close some-action --on 2026-07-01 --words x", "an action ends on the day on which it is closed"),
        ("progress --words x", "words are about one action"),
        ("close {plan} --outcome splendid --words x", "'splendid' is not one of"),
        ("book {plan} --on Friday", "'Friday' is not a date"),
    ],
)
def test_a_line_that_cannot_be(stages, line, said):
    folder, plan = stages["done"]
    found = call(folder, f"plan {line.format(plan=plan)} --dry-run", today=LATEST)
    assert (found.code, said in found.err) == (2, True), found.err


# its effect: figures of both sides


@pytest.fixture(scope="module")
def coached_once(_desks, tmp_path_factory):
    """A desk on which p_a07 was coached and did far better after; of p_a09 too few were seen before, of p_a12 after."""
    folder = shutil.copytree(_desks / "agreed", tmp_path_factory.mktemp("coached") / "desk")
    sides = {"p_a07": ("3/12", "12/12"), "p_a09": ("3/9", "12/12"), "p_a12": ("3/12", "9/9")}
    rows = coached.record(folder, {**sides, **coached.OTHERS})
    return folder, {each: _coached(folder, rows, each) for each in sides}


def _coached(folder, rows, colleague):
    """Return the plan by which somebody was coached, done before the days looked at."""
    theirs = [row.id for row in rows if getattr(row, "colleague", "") == colleague]
    seen = {row.id for row in rows if getattr(row, "item", "") in theirs}
    need = next(row.observation for row in rows if getattr(row, "met", True) is False and row.observation in seen)
    line = (
        PROPOSE.replace("o_6", need).replace("p_a07", colleague).replace("--dry-run", f"--review-on {coached.REVIEW}")
    )
    plan = done(call(folder, line, today="2026-05-20")).out.partition(":")[0]
    done(call(folder, f"plan book {plan}", today="2026-05-26"))
    done(call(folder, f"plan done {plan}", today="2026-06-07"))
    return plan


def test_c12_an_effect_is_claimed_as_its_figures_say(coached_once, tmp_path):
    folder, plan = shutil.copytree(coached_once[0], tmp_path / "desk"), coached_once[1]["p_a07"]
    early = refused(
        call(folder, f"plan effect {plan}", today="2026-06-20"), "effect-too-early", "and not on 20 June 2026."
    )
    assert "who looks early, and again, finds something by chance in the end" in early
    done(call(folder, f"plan effect {plan}", today=coached.LOOKED))
    said = refused(call(folder, f"plan effect {plan} --to 2026-07-10", today=coached.LOOKED), "effect-looked-at")
    assert "for later days propose a new plan" in said
    line = f"plan close {plan} --outcome worse --words x"
    told = refused(call(folder, line, today=coached.LOOKED), "effect-not-shown", "its effect is: better.")
    assert "leave --outcome out: its figures say improved" in told
    refused(call(folder, line, "p_a07", coached.LOOKED), "own-plan", "p_a07 cannot close their own plan.")


@pytest.mark.parametrize(
    ("who", "said", "days"),
    [
        ("p_a09", "met in 3 of 9 before and 12 of 12 after: too few to claim an effect", "2026-02-18..2026-05-19"),
        ("p_a12", "met in 3 of 12 before and 9 of 9 after: too few to claim an effect", "2026-06-08..2026-07-06"),
    ],
    ids=["before", "after"],
)
def test_c12_no_effect_is_claimed_of_too_few(coached_once, who, said, days):
    folder, plans = coached_once
    found = call(folder, f"plan effect {plans[who]} --dry-run", today=coached.LOOKED)
    told = refused(found, "too-few-for-effect", said, "draw 1 fresh checks: qacli sample confirm weekly")
    assert days.partition("..")[2] in told


# whose it is, and from when on


def test_c12_nobody_answers_for_their_own_plan_nor_says_that_it_is_done(stages):
    folder, plan = stages["booked"]
    line = PROPOSE.replace("p_ev1", "p_a07")
    said = "p_a07 cannot answer for their own plan. = help: somebody else does it: --owner PERSON"
    refused(call(folder, line), "own-plan", said)
    refused(
        call(folder, f"plan done {plan} --dry-run", "p_a07", LATEST),
        "own-plan",
        "cannot complete their own plan. = help: somebody",
    )
    refused(
        call(folder, f"plan cancel {plan} --words no --dry-run", "p_a07", LATEST),
        "own-plan",
        "p_a07 cannot cancel their own plan.",
    )
    # what they said in the conversation they may write themselves
    done(call(folder, f"plan step {plan} goal --words 'they hear a day' --dry-run", "p_a07", LATEST))


def test_c12_a_place_is_not_booked_before_there_was_a_plan(scored):
    plan = proposed(scored, " --starts 2026-06-01")
    said = f"{plan} cannot have been booked on 20 May 2026. = help: name a day from 2026-05-25 to 2026-07-20"
    refused(call(scored, f"plan book {plan} --on 2026-05-20", today=LATEST), "plan-day", said)
    done(call(scored, f"plan book {plan} --on 2026-05-25 --dry-run", today=LATEST))
    refused(call(scored, f"plan book {plan}", today="2026-05-24"), "plan-day", "= help: record it later")
    done(call(scored, f"plan cancel {plan} --words 'written down late'"))
    late = proposed(scored, " --starts 2026-05-21")
    refused(call(scored, f"plan book {late} --on 2026-05-20"), "plan-day", "name a day from 2026-05-21 to 2026-05-25")
    done(call(scored, f"plan book {late} --on 2026-05-21"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("book a_zz", "there is no a_zz in coaching plans ids look like a_4p; see: qacli plan list"),
        ("effect a_zz", "there is no a_zz in coaching plans ids look like a_4p; see: qacli plan list"),
        ("close a_zz --words x", "there is no a_zz in coaching plans ids look like a_4p; see: qacli plan list"),
        (
            "close some-action --words x",
            "there is no some-action in actions ids look like pn_4p; see: qacli plan actions",
        ),
        ("progress pn_zz", "there is no pn_zz in actions ids look like pn_4p; see: qacli plan actions"),
    ],
)
def test_an_id_that_is_not_there_is_looked_up_where_they_are_listed(scored_once, line, said):
    found = call(scored_once, f"plan {line}")
    assert found.code == 1
    assert said in " ".join(found.err.replace("= help: ", "").split()), found.err
