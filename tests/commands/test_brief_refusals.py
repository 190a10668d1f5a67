"""What ``qacli brief`` refuses, each typed as somebody would type it."""

from __future__ import annotations

import shutil

import coached
import desk
import pytest
from command_line import run
from desk import DRAWN, done, refused, write
from test_brief_command import PLAN, ROLES, finding, put

from qacli.understand.patterns.finding import FindingEvent


def call(folder, line, actor="p_tl1", today=DRAWN):
    return run(line, folder, actor, today)


@pytest.fixture(scope="module")
def made_once(_desks, tmp_path_factory):
    """A desk with two calls of the team phone scored, and three briefings: made, told with one away, and a concern of p_a07."""
    folder = shutil.copytree(_desks / "agreed", tmp_path_factory.mktemp("brief") / "desk")
    profile = desk.PROFILES["telephony"].replace("  customer:", "  team: {column: channel}\n  customer:")
    settings = (folder / "qacli.yaml").read_text("utf-8")
    write(folder, {"definitions/profiles/telephony.yaml": profile, "qacli.yaml": settings + ROLES})
    done(call(folder, f"sample draw weekly --period {desk.WEEK}"))
    for each in [each for each in desk.items(folder) if each["channel"] == "phone"][:2]:
        path = desk.form(folder, each["item"], next="1")
        done(run(f"score --from {path}", folder, each["evaluator"], DRAWN))
    names = {}
    for name in ("made", "away", "troubled"):
        write(folder, {"plan.yaml": PLAN.replace("Every customer", f"Every customer of {name}")})
        names[name] = done(call(folder, f"brief make {folder / 'plan.yaml'}")).out.partition(":")[0]
    done(call(folder, f"brief deliver {names['away']} --present p_a07 --absent p_a09"))
    done(call(folder, f"brief deliver {names['troubled']} --present p_a07,p_a09"))
    line = f"brief commit {names['troubled']} --words 'I name a day' --concern 'I do not know the days'"
    names["concern"] = done(call(folder, line, "p_a07")).out.partition(":")[0]
    plain = f"brief commit {names['troubled']} --words 'I name a day too'"
    names["plain"] = done(call(folder, plain, "p_a09")).out.partition(":")[0]
    return folder, names


PLANS = [
    ("team: phone", "team: phones", 2, "nothing was sampled of a team 'phones'", "teams: phone"),
    ("role: team-leader", "role: trainer", 2, "nobody holds the role 'trainer'", "roles: colleague, team-leader"),
    ("[next]", "[happiness]", 2, "'happiness' is no finding, KPI value or criterion", "name w_..., kv_... or one of: check, idv, next"),
    ("[next]", "[w_4p]", 1, "there is no w_4p in findings", ""),
    ("[next]", "[kv_4p]", 1, "there is no kv_4p in kpi values", ""),
    ("Every customer", "Every customer of Gwen", 1, "refused[names-a-person]: 'p_a07' or their name stands", "qacli feedback prepare"),
    ("Nobody has to", "p_a09 has to", 1, "refused[names-a-person]: 'p_a09' or their name stands", "name what holds for the team"),
    ("aim: Every customer hears what happens next.\n", "", 65, "aim", ""),
]  # fmt: skip


@pytest.mark.parametrize(("was", "now", "code", "said", "todo"), PLANS, ids=[said for _, _, _, said, _ in PLANS])
def test_c20_what_a_briefing_may_not_be(made_once, tmp_path, was, now, code, said, todo):
    assert was in PLAN
    write(tmp_path, {"plan.yaml": PLAN.replace(was, now)})
    found = call(made_once[0], f"brief make {tmp_path / 'plan.yaml'} --dry-run")
    assert (found.code, said in found.err, todo in found.err) == (code, True, True), found.err


def test_c20_a_name_that_an_export_has_for_an_id_is_a_name(made_once, tmp_path):
    folder = shutil.copytree(made_once[0], tmp_path / "desk")
    with (folder / "people.csv").open("a", encoding="utf-8") as people:
        people.write("p_c005,telephony,Lea Klein,,,,\n")
    write(folder, {"plan.yaml": PLAN.replace("Every customer", "Every customer of lea klein")})
    found = call(folder, f"brief make {folder / 'plan.yaml'} --dry-run")
    assert "refused[names-a-person]: 'p_c005' or their name stands in the text" in found.err


def test_c20_a_team_is_told_neither_what_one_did_nor_what_is_not_so(made_once, tmp_path):
    folder = shutil.copytree(made_once[0], tmp_path / "desk")

    def on(source):
        write(folder, {"plan.yaml": PLAN.replace("[next]", f"[{source}]")})
        return call(folder, f"brief make {folder / 'plan.yaml'} --dry-run")

    own = put(folder, finding("apart", "p_a07"))
    refused(on(own), "names-a-person", f"{own} is about p_a07: what many read names nobody's own figures.")
    name = put(folder, finding())
    assert on(name).code == 0
    put(folder, FindingEvent(finding=name, kind="dismissed"))
    refused(on(name), "finding-dismissed", f"{name} was dismissed:", f"= help: see: qacli finding show {name}")


LINES = [
    ("commit {made} --words x", "p_a07", "not-briefed", "p_a07 has not been told {made}. = help: first: qacli brief deliver {made}"),
    ("close {made}", "p_tl1", "not-briefed", "first: qacli brief deliver {made} --present PERSON,PERSON"),
    ("close {away}", "p_tl1", "absentees-unbriefed", "{away} stays open: p_a09 was away and not told since."),
    ("close {troubled}", "p_tl1", "concern-unanswered", "without an answer: {concern}. = help: answer each: qacli brief answer {concern}"),
    ("answer {concern} --words x", "p_a07", "own-concern", "{concern} is your own. = help: whoever leads the team answers it"),
    ("progress {concern} --words x", "p_a09", "not-your-commitment", "{concern} is a commitment of p_a07. = help: p_a07 or p_tl1"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "actor", "rule", "said"), LINES, ids=[line for line, *_ in LINES])
def test_c20_who_was_told_and_who_says_what(made_once, line, actor, rule, said):
    folder, names = made_once
    refused(call(folder, f"brief {line.format(**names)} --dry-run", actor), rule, said.format(**names))


TYPED = [
    ("deliver {made}", "p_tl1", "nobody is named"),
    ("deliver {made} --present p_nobody", "p_tl1", "nobody in people.csv: p_nobody"),
    ("deliver {made} --present p_a07 --absent p_a07", "p_tl1", "p_a07 cannot be both there and away"),
    ("deliver {made} --present p_a07 --on 2026-05-26", "p_tl1", "2026-05-26 is still to come"),
    ("commit {troubled} --words ' '", "p_a07", "a commitment has words"),
    ("commit {troubled} --action 3 --words x", "p_a07", "its actions are 1 to 2"),
    (
        "deliver {troubled} --present p_a12 --absent p_a07",
        "p_tl1",
        "p_a07 was told {troubled} on 25 May 2026: who was told is not away",
    ),
    ("answer {plain} --words x", "p_tl1", "{plain} has no concern\n  = help: see: qacli report brief {troubled}"),
    ("answer {concern} --words ' '", "p_tl1", "an answer has words"),
    ("progress {concern} --words ' '", "p_a07", "progress has words"),
]


@pytest.mark.parametrize(("line", "actor", "said"), TYPED, ids=[line for line, *_ in TYPED])
def test_c20_a_line_that_cannot_be(made_once, line, actor, said):
    folder, names = made_once
    found = call(folder, f"brief {line.format(**names)} --dry-run", actor)
    assert (found.code, said.format(**names) in found.err) == (2, True), found.err


def test_c20_two_who_were_away_and_what_is_closed(made_once, tmp_path):
    folder, names = shutil.copytree(made_once[0], tmp_path / "desk"), made_once[1]
    done(call(folder, f"brief deliver {names['away']} --absent p_a12"))
    told = "stays open: p_a09, p_a12 were away and not told since."
    refused(call(folder, f"brief close {names['away']}"), "absentees-unbriefed", told)
    done(call(folder, f"brief deliver {names['away']} --present p_a09,p_a12"))
    done(call(folder, f"brief close {names['away']}"))
    for line in ("deliver {away} --present p_a07", "commit {away} --words x"):
        said = f"{names['away']} is closed. = help: what is new is a new briefing: qacli brief make"
        refused(call(folder, f"brief {line.format(**names)}", "p_a07"), "briefing-closed", said)


def test_c20_an_answer_is_given_once(made_once, tmp_path):
    folder, names = shutil.copytree(made_once[0], tmp_path / "desk"), made_once[1]
    line = f"brief answer {names['concern']} --words 'they hang in the kitchen'"
    assert "answered" in done(call(folder, line)).out
    assert f"{names['concern']} has this answer: nothing to do" in done(call(folder, line)).err


# taking a briefing back


def test_c20_what_nobody_was_told_is_taken_back_with_the_reason(made_once, tmp_path):
    folder, names = shutil.copytree(made_once[0], tmp_path / "desk"), made_once[1]
    line = "brief close {made} --withdrawn".format(**names)
    found = call(folder, line)
    assert (found.code, "is not withdrawn without a reason" in found.err) == (2, True), found.err
    said = f"{names['away']} was told to p_a07: it is not withdrawn. = help: end it with what came of it:"
    refused(call(folder, f"brief close {names['away']} --withdrawn --words x"), "briefing-told", said)
    assert f"{names['made']} withdrawn" in done(call(folder, f"{line} --words 'the figures of another week'")).out
    states = {row["briefing"]: row["state"] for row in call(folder, "brief list --format json").rows}
    assert states == {names["made"]: "withdrawn", names["away"]: "delivered", names["troubled"]: "delivered"}
    assert "nothing to do" in done(call(folder, f"{line} --words x")).err
    assert (
        f"{names['made']} was withdrawn by p_tl1: nothing to do"
        in done(call(folder, f"brief close {names['made']}")).err
    )
    refused(
        call(folder, f"brief deliver {names['made']} --present p_a07"),
        "briefing-closed",
        f"{names['made']} is withdrawn.",
    )
    done(call(folder, f"report brief {names['made']}"))
    page = (folder / "out" / "briefings" / f"{names['made']}.md").read_text("utf-8")
    assert "Nobody: it was withdrawn by Joan. the figures of another week" in page
    # the same plan makes a new one
    write(folder, {"plan.yaml": PLAN.replace("Every customer", "Every customer of made")})
    assert done(call(folder, f"brief make {folder / 'plan.yaml'}")).out.startswith("br_")


# who is of the team


@pytest.mark.parametrize("how", ["present", "absent"])
def test_c20_who_works_in_another_team_is_not_counted_among_its_people(made_once, tmp_path, how):
    folder, names = shutil.copytree(made_once[0], tmp_path / "desk"), made_once[1]
    assert (
        call(folder, f"brief deliver {names['made']} --{how} p_tl1 --dry-run").code == 0
    )  # nothing of Joan's is sampled
    coached.record(folder, {"p_b01": ("1/1", "1/1")})  # of team north
    people = (folder / "people.csv").read_text("utf-8")
    write(folder, {"people.csv": people + "p_b01,,,,,Nora,\n"})
    found = call(folder, f"brief deliver {names['made']} --{how} p_a12,p_b01")
    said = f"{names['made']} is for team phone; by what was sampled, p_b01 works in north."
    refused(found, "other-team", said, "name people of the team;")
    assert {row["briefing"]: row["told"] for row in call(folder, "brief list --format json").rows}[names["made"]] == 0


# the page


def test_c20_a_criterion_is_told_in_words_and_its_interval_with_its_level(made_once, tmp_path):
    folder, names = shutil.copytree(made_once[0], tmp_path / "desk"), made_once[1]

    def page():
        done(call(folder, f"report brief {names['made']}"))
        return (folder / "out" / "briefings" / f"{names['made']}.md").read_text("utf-8").replace("\\", "")

    told = "The next step is said: next (desk@1.0), team phone: failed 2 of 2 (100 %, 95 % interval 34 to 100) (next)"
    assert told in page()  # Wilson, 2 of 2
    name = put(folder, finding())
    write(folder, {"plan.yaml": PLAN.replace("[next]", f"[{name}]")})
    names = {"made": done(call(folder, f"brief make {folder / 'plan.yaml'}")).out.partition(":")[0]}
    assert "The next step is said: next (phone) failed 16 of 40 (40%, 26 to 55)" in page()
    assert "; intervals at 95 % (on watch: not yet confirmed by fresh checks)" in page()


def test_an_id_that_is_not_there_is_looked_up_where_briefings_are_listed(made_once):
    for line in ("brief close br_zz", "brief deliver br_zz --present p_a07", "report brief br_zz"):
        found = call(made_once[0], line)
        assert (found.code, "there is no br_zz in briefings" in found.err) == (1, True), found.err
        assert "= help: ids look like br_4p; see: qacli brief list" in found.err
    assert "see: qacli export commitments" in call(made_once[0], "brief progress cm_zz --words x").err


@pytest.mark.parametrize(
    "line",
    [
        "brief deliver {away} --present p_a09",
        "brief answer {concern} --words 'the days stand on the card'",
        "brief close {made} --withdrawn --words 'a mistake in it'",
        "brief close {away}",
    ],
)
def test_c20_who_is_told_does_not_say_who_was_told_or_what_is_settled(made_once, line):
    folder, names = made_once
    typed = line.format(**names) + " --dry-run"
    refused(call(folder, typed, "p_a09"), "not-leading", "is a briefing of p_tl1, and p_a09 holds no role")
    assert "not-leading" not in call(folder, typed).err  # whoever made it; what else is wrong is told


def test_c20_who_was_recorded_as_told_by_mistake_is_told_later(made_once, tmp_path):
    folder, names = shutil.copytree(made_once[0], tmp_path / "desk"), made_once[1]
    line = f"brief deliver {names['away']} --absent p_a07 --mistake 'the wrong name was ticked'"
    assert f"{names['away']}: 0 told; still to be told: p_a09, p_a07" in done(call(folder, line)).out
    refused(call(folder, f"brief close {names['away']}"), "not-briefed")
    found = call(folder, line)  # a second time there is nothing to take back
    assert (found.code, "--mistake is of somebody who was recorded as told" in found.err) == (2, True)
    line = f"brief deliver {names['away']} --present p_a07,p_a09"
    assert f"{names['away']}: 2 told" in done(call(folder, line)).out
    done(call(folder, f"brief close {names['away']}"))
    done(call(folder, "ledger verify"))
    committed = f"brief deliver {names['troubled']} --absent p_a07 --mistake 'the wrong name'"
    refused(
        call(folder, committed),
        "has-committed",
        f"p_a07 committed to something of {names['troubled']}: {names['concern']}.",
    )
