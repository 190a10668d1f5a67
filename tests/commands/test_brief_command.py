"""qacli brief: what a team is told, who was there, who commits to what."""

from __future__ import annotations

import shutil
from datetime import date

import desk
import pytest
from command_line import run
from desk import DRAWN, done, write

from qacli.model import Change
from qacli.understand.kpis.value import KpiValue
from qacli.understand.patterns.finding import Finding, FindingEvent
from qacli.workspace import Workspace

PLAN = """\
team: phone
aim: Every customer hears what happens next.
evidence: [next]
actions:
  - {what: Say the next step with a day before the call ends., role: colleague, due: 2026-06-12, why: Customers call again otherwise.}
  - {what: Put the days of delivery on one card., role: team-leader, due: 2026-06-05, why: Nobody has to look for them.}
questions: [What keeps you from naming a day?]
"""
ROLES = "roles: {team-leader: [p_tl1]}\n"


def call(folder, line, actor="p_tl1", today=DRAWN):
    return run(line, folder, actor, today)


@pytest.fixture(scope="module")
def observed_once(_desks, tmp_path_factory):
    """The desk with the channel as the team, and two calls scored."""
    folder = shutil.copytree(_desks / "agreed", tmp_path_factory.mktemp("brief") / "desk")
    done(call(folder, "sample draw weekly --period 2026-W20"))  # when the export did not tell teams yet
    profile = desk.PROFILES["telephony"].replace("  customer:", "  team: {column: channel}\n  customer:")
    settings = (folder / "qacli.yaml").read_text("utf-8")
    write(folder, {"definitions/profiles/telephony.yaml": profile, "qacli.yaml": settings + ROLES, "plan.yaml": PLAN})
    done(call(folder, f"sample draw weekly --period {desk.WEEK}"))
    drawn = run("sample list --draws --format json", folder, "p_tl1").rows[-1]["draw"]
    ours = [each for each in desk.items(folder) if each["item"].startswith(f"t_{drawn.removeprefix('d_')}-")]
    calls = [each for each in ours if each["channel"] == "phone"]
    for each in calls[:2]:
        path = desk.form(folder, each["item"], next="1")
        done(run(f"score --from {path}", folder, each["evaluator"], DRAWN))
    return folder


@pytest.fixture
def observed(observed_once, tmp_path):
    return shutil.copytree(observed_once, tmp_path / "desk")


@pytest.fixture
def made(observed):
    done(call(observed, f"brief make {observed / 'plan.yaml'}"))
    return observed


def brief(folder):
    (row,) = call(folder, "brief list --format json").rows
    return row


def page(folder):
    name = brief(folder)["briefing"]
    done(call(folder, f"report brief {name}"))
    return (folder / "out" / "briefings" / f"{name}.md").read_text("utf-8")


def test_c20_a_briefing_with_two_absentees_stays_open(made):
    name = brief(made)["briefing"]
    done(call(made, f"brief deliver {name} --present p_a07 --absent p_a09,p_a12"))
    for person in ("p_a09", "p_a12"):
        found = call(made, f"brief close {name}")
        assert (found.code, f"refused[absentees-unbriefed]: {name} stays open" in found.err) == (1, True)
        assert person in brief(made)["still away"]
        assert f"{person} is to be told {name}" in call(made, "run --ahead 3", today="2026-05-27").out
        done(call(made, f"brief deliver {name} --present {person}"))
    done(call(made, f"brief close {name} --words 'asked again in June'"))
    assert (brief(made)["state"], brief(made)["still away"]) == ("closed", None)
    assert "refused[briefing-closed]" in call(made, f"brief deliver {name} --present p_a07").err


def test_c20_nobodys_own_figures_are_in_it(observed):
    for change in (("Every customer hears", "Gwen's customers hear"), ("Nobody has to look", "p_a09 has to look")):
        write(observed, {"plan.yaml": PLAN.replace(*change)})
        found = call(observed, f"brief make {observed / 'plan.yaml'}")
        assert (found.code, "refused[names-a-person]" in found.err) == (1, True), found.err
    assert call(observed, "brief list --format json").rows == []


def put(folder, *rows):
    """Put rows on record as other commands do, and return the id of the first."""
    return Workspace.find(folder, "p_tl1").commit(lambda _: Change(rows), "finding look").first


def finding(kind="rise", colleague=""):
    days = {"first": date(2026, 5, 4), "last": date(2026, 5, 31), "since": date(2026, 5, 4), "until": None}
    figures = {"n": 40, "failed": 16, "n_other": 60, "failed_other": 3, "effect": 0.35, "low": 0.2, "high": 0.5}
    where = {"colleague": colleague, "channel": "phone", "scorecard": "desk@1.0", "criterion": "next"}
    chance = {"p": 0.0001, "adjusted": 0.001, "since_low": None, "since_high": None, "spread": "process"}
    return Finding(look="lo_1", kind=kind, method="temporal scan", **days, **figures, **where, **chance)


def fcr(number, month=5, cut="all", slice_="all"):
    first = date(2026, month, 1)
    figures = {"num": None, "den": None, "n": 40, "value": number, "low": number - 5, "high": number + 5, "se": None}
    where = {"cut": cut, "slice": slice_, "period": f"2026-{month:02}", "first": first, "last": first.replace(day=28)}
    rest = {"asked": None, "held_back": 0, "complete": None, "method": "", "origin": "transactions", "sha256": ""}
    return KpiValue(kpi="fcr@1", variant="repeat-7", **where, **figures, **rest)


def plan_on(folder, source):
    write(folder, {"plan.yaml": PLAN.replace("[next]", f"[{source}]")})
    return call(folder, f"brief make {folder / 'plan.yaml'}")


@pytest.mark.parametrize(
    "row",
    [finding("fall", "p_a07"), finding("apart", "p_a07"), fcr(91.0, cut="colleague", slice_="p_a07")],
    ids=["fall", "apart", "kpi"],
)
def test_c20_a_figure_of_one_colleague_is_no_evidence(observed, row):
    found = plan_on(observed, put(observed, row))
    assert (found.code, "refused[names-a-person]" in found.err) == (1, True), found.err
    assert call(observed, "brief list --format json").rows == []


def test_a_finding_is_told_with_how_sure_it_is(observed):
    name = put(observed, finding())
    done(plan_on(observed, name))
    assert "next (phone) failed 16 of 40 (40%, 26 to 55)" in page(observed)  # Wilson, 16 of 40
    assert "(on watch: not yet confirmed by fresh checks)" in page(observed)
    put(observed, FindingEvent(finding=name, kind="dismissed"))
    assert "refused[finding-dismissed]" in plan_on(observed, name).err
    done(call(observed, f"brief deliver {brief(observed)['briefing']} --present p_a07"))
    assert f"- {name}, since 25 May 2026: dismissed: fresh checks did not bear it out" in page(observed)


def test_what_came_of_it_is_worked_out_each_time(observed):
    done(plan_on(observed, put(observed, fcr(80.0))))
    assert "What came of it" not in page(observed)
    done(call(observed, f"brief deliver {brief(observed)['briefing']} --present p_a07"))
    assert "since 25 May 2026: no later figure yet" in page(observed)
    put(observed, fcr(86.0, month=6))
    assert "1 June 2026 to 28 June 2026: 86 percent, 81 to 91, n 40" in page(observed)
    assert "1 May 2026 to 28 May 2026: 80 percent, 75 to 85, n 40" in page(observed)  # as the team was told


def test_how_far_a_commitment_is(made):
    name = brief(made)["briefing"]
    done(call(made, f"brief deliver {name} --present p_a07,p_a09", today="2026-05-25"))
    said = done(call(made, f"brief commit {name} --words 'I name a day'", "p_a07")).out.partition(":")[0]
    assert "- next, since 25 May 2026: nothing was sampled since" in page(made)
    assert "Commitments done: 0 of 1." in page(made)
    done(call(made, f"brief close {name}"))  # everybody was told; what they undertook goes on
    reminder = f"p_a07 is to say how far {said} of {name} is"
    assert reminder in call(made, "run --ahead 30", "p_a07").out  # the action is due on 12 June
    assert "refused[not-your-commitment]" in call(made, f"brief progress {said} --words x", "p_a09").err
    assert "progress has words" in call(made, f"brief progress {said} --words ' '", "p_a07").err
    line = f"brief progress {said} --state under-way --words 'in every second call'"
    done(call(made, line, "p_a07"))
    assert "nothing to do" in call(made, line, "p_a07").err
    assert reminder in call(made, "run --ahead 30", "p_a07").out
    done(call(made, f"brief progress {said} --words 'in all of mine'", "p_a07"))
    assert reminder not in call(made, "run --ahead 30", "p_a07").out
    assert "Progress: done: in all of mine" in page(made)
    assert "Commitments done: 1 of 1." in page(made)
    assert (brief(made)["commitments"], brief(made)["done"]) == (1, 1)


def test_the_figure_of_a_criterion_follows_its_records(observed):
    done(call(observed, f"brief make {observed / 'plan.yaml'}"))
    assert "failed 2 of 2" in page(observed)
    row = call(observed, "export observations --format json").rows[0]
    path = desk.form(observed, row["item"], next="4")
    done(call(observed, f"score --from {path} --correct 'heard again'", row["by"]))
    name = done(call(observed, f"brief make {observed / 'plan.yaml'}")).out.partition(":")[0]
    done(call(observed, f"report brief {name}"))
    assert "failed 1 of 2" in (observed / "out" / "briefings" / f"{name}.md").read_text("utf-8")


def test_its_figures_are_worked_out(made):
    # both calls fell short of the next step: 2 of 2
    assert "next (desk\\@1.0), team phone: failed 2 of 2 (100 %, 95 % interval 34 to 100)" in page(
        made
    )  # Wilson, 2 of 2
    found = call(made, "brief make plan.yaml")  # there is no such file in this folder
    assert found.code != 0


def test_transactions_without_a_team_are_in_no_team(observed):
    rows = call(observed, "summarise criterion --team phone --format json").rows
    assert {row["criterion"]: (row["failed"], row["n"]) for row in rows}["next"] == (2, 2)


def test_a_figure_that_is_not_there_is_refused(observed):
    write(observed, {"plan.yaml": PLAN.replace("[next]", "[happiness]")})
    found = call(observed, f"brief make {observed / 'plan.yaml'}")
    assert (found.code, "'happiness' is no finding, KPI value or criterion" in found.err) == (2, True)


def test_commitments_are_the_persons_own_and_concerns_are_answered(made):
    name = brief(made)["briefing"]
    early = call(made, f"brief commit {name} --words 'I name a day'", "p_a07")
    assert "refused[not-briefed]" in early.err
    done(call(made, f"brief deliver {name} --present p_a07,p_a09"))
    line = f"brief commit {name} --action 1 --words 'I name a day' --concern 'I do not know the days'"
    said = done(call(made, line, "p_a07")).out.partition(":")[0]
    assert "nothing to do" in call(made, line, "p_a07").err
    assert "has no action 3" in call(made, f"brief commit {name} --action 3 --words x", "p_a07").err
    assert (brief(made)["committed"], brief(made)["concerns open"]) == (1, 1)
    assert "refused[concern-unanswered]" in call(made, f"brief close {name}").err
    assert "refused[own-concern]" in call(made, f"brief answer {said} --words no", "p_a07").err
    done(call(made, f"brief answer {said} --words 'they hang at the desk'"))
    text = page(made)
    assert (
        '- Gwen, action 1: "I name a day"\n  - Concern: "I do not know the days" Answer: they hang at the desk\n'
        in text
    )
    assert "Committed: 1 of 2 who were told." in text
    done(call(made, f"brief close {name}"))


def test_made_again_with_the_same_figures_it_is_the_same_briefing(made):
    again = call(made, f"brief make {made / 'plan.yaml'}")
    assert f"{brief(made)['briefing']} holds this briefing with the same figures: nothing to do" in again.err
    assert len(call(made, "brief list --format json").rows) == 1


def test_a_day_that_has_passed_is_told(made):
    write(made, {"plan.yaml": PLAN.replace("2026-06-12", "2025-06-12")})
    told = done(call(made, f"brief make {made / 'plan.yaml'}")).err
    assert "action 1 is due on 12 June 2025, which has passed" in told


def test_what_was_never_held_is_not_closed(made):
    name = brief(made)["briefing"]
    assert "refused[not-briefed]: the team has not been told" in call(made, f"brief close {name}").err
    assert "It has not been delivered yet." in page(made)
    assert "cannot be both there and away" in call(made, f"brief deliver {name} --present p_a07 --absent p_a07").err
