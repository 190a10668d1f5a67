"""qacli require: rules with source and days, what they touch, consulted changes, results held against them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command_line import run
from desk import CARD, DRAWN, FRAME, IDV, done, form, items, write

from qacli.govern.staying import reasons_to_stay
from qacli.improve.briefing.brief import Briefing
from qacli.model import Change, Words
from qacli.workspace import Workspace
from qacli.workspace.tables import tables

ROLES = "roles: {team-leader: [p_tl1, p_ev1], manager: [p_mgr1]}\n"
# Ofcom: eight weeks to six from 8 April 2026 (wired-gov.net, isp.tools); last days counted by hand from a calendar.
TELECOM = """\
- {id: ofcom, version: 1, owner: p_tl1, from: 2022-01-01, to: 2026-04-07, title: Disputes, says: Letter after eight weeks.,
   kind: regulator, source: "Ofcom, 9 July 2025", checked_on: 2026-03-01, test: [clock answer within 8 weeks]}
- {id: ofcom, version: 2, owner: p_tl1, from: 2026-04-08, title: Disputes, says: Letter after six weeks., kind: regulator,
   source: "Ofcom, 9 July 2025", checked_on: 2026-03-01, supersedes: ofcom@1, test: [clock answer within 6 weeks]}
"""
CHECKS = """\
- {id: callers, version: 1, owner: p_tl1, from: 2026-05-01, title: Callers are checked, says: Nothing is said before the pass.,
   kind: policy, source: board paper 7, clause: section 2, checked_on: 2026-05-01, look_every: 180, procedures: [idv],
   criteria: [idv], test: [criterion idv at least 95]}
"""
ADD = "require add callback --says 'We call when we said.' --kind offer --source 'charter, page 2'"
LOG = "case,rule,clock,received,done\n"
NEXT = {
    "definitions/procedures/idv@2.yaml": IDV.replace("version: 1", "version: 2").replace("2026-01-01", "2026-06-15"),
    "briefing.yaml": "team: phone\naim: The check comes first.\nevidence: [idv]\n"
    "actions: [{what: Ask openly., role: colleague, due: 2026-06-20, why: It is safer.}]\n",
}
LEFT = "--left 'notice=customers hear nothing new' --left 'scorecard=it cites the procedure' --left 'briefing=told by mail'"
PACK = f"require implement callers --live-on 2026-06-15 --procedure idv@2 {LEFT}"


def call(folder, line, actor="p_tl1", today=DRAWN):
    return run(line, folder, actor, today)


def refused(result, rule):
    assert (result.code, f"refused[{rule}]" in result.err) == (1, True), result.err
    return result.err


@pytest.fixture
def ruled(desk_at):
    folder = desk_at("new")
    settings = (folder / "qacli.yaml").read_text("utf-8")
    write(folder, {"definitions/requirements.yaml": TELECOM + CHECKS, "qacli.yaml": settings + ROLES, **NEXT})
    return folder


@pytest.fixture
def consulted(ruled):
    name = done(call(ruled, "require consult callers --change 'Two open questions.' --answer-by 2026-06-05", "p_mgr1"))
    return ruled, name.out.partition(":")[0]


def said(folder, name, person, words="It takes longer."):
    return done(call(folder, f"require say {name} --words '{words}'", person)).out.partition(":")[0]


def until(folder, rule, received):
    return call(folder, f"require check {rule} --received {received} --format json")


@pytest.mark.parametrize(
    ("received", "rule", "within", "last"),
    [("2026-02-10", "ofcom@1", "8 weeks", "2026-04-07"), ("2026-04-10", "ofcom@2", "6 weeks", "2026-05-22")],
)
def test_c25_a_telecom_case_has_the_weeks_of_its_day(ruled, received, rule, within, last):
    found = done(until(ruled, "ofcom", received))
    (row,) = found.rows
    assert (row["rule"], row["within"], row["until"], row["state"]) == (rule, within, last, "checked")
    assert "unchecked" not in found.err


@pytest.mark.parametrize("received", ["2026-02-11", "2026-04-07"])
def test_c25_a_case_between_is_said_to_be_unchecked(ruled, received):
    found = done(until(ruled, "ofcom", received))
    assert [(row["rule"], row["or by"], row["state"]) for row in found.rows] == [("ofcom@1", "ofcom@2", "unchecked")]
    assert "unchecked which of them holds" in found.err


@pytest.mark.parametrize(("transition", "last"), [("by-receipt", "2026-05-06"), ("at-once", "2026-04-22")])
def test_what_holds_for_cases_between_is_data(ruled, transition, last):
    text = TELECOM.replace("supersedes:", f"transition: {transition}, supersedes:")
    write(ruled, {"definitions/requirements.yaml": text})
    assert [(row["until"], row["state"]) for row in until(ruled, "ofcom", "2026-03-11").rows] == [(last, "checked")]


def test_c25_a_rule_is_not_applied_outside_its_dates(ruled):
    said = refused(until(ruled, "ofcom@1", "2026-04-10"), "outside-its-dates")
    assert "ofcom@1 holds from 1 January 2022 to 7 April 2026, not on 10 April 2026: that day has ofcom@2." in said
    refused(until(ruled, "ofcom", "2021-12-31"), "outside-its-dates")
    write(
        ruled, {"log.csv": LOG + "C1,ofcom@1,,2026-04-10,\nC2,ofcom@2,,2026-02-10,\nC3,ofcom,,2026-02-10,2026-04-01\n"}
    )
    said = refused(call(ruled, f"require check --cases {ruled / 'log.csv'}"), "outside-its-dates")
    assert ("case C1: ofcom@1" in said, "case C2: ofcom@2" in said, "C3" in said) == (True, True, False)


def test_c25_a_rule_of_another_nation_is_none_here(ruled):
    write(ruled, {"definitions/requirements.yaml": TELECOM.replace("title:", "nations: [scotland], title:")})
    refused(until(ruled, "ofcom", "2026-04-10"), "other-nation")
    assert call(ruled, "require list --format json").rows == []
    assert len(call(ruled, "require list --all --format json").rows) == 2


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("--source 'charter, page 2'", "a source (--source)"),
        ("--from 2026-06-01", "its first day (--from)"),
        ("--checked-on 2026-05-20", "when it was read (--checked-on)"),
    ],
)
def test_c25_a_rule_without_source_or_date_is_refused(ruled, left_out, told):
    whole = f"{ADD} --from 2026-06-01 --checked-on 2026-05-20"
    assert told in refused(call(ruled, whole.replace(left_out, "")), "no-source")
    assert "callback" not in (ruled / "definitions/requirements.yaml").read_text("utf-8")
    ahead = call(ruled, f"{ADD} --from 2026-06-01 --checked-on 2031-05-20")
    assert "2031-05-20 is still to come" in ahead.err
    assert "callback" not in (ruled / "definitions/requirements.yaml").read_text("utf-8")
    assert "wrote callback@1" in done(call(ruled, whole)).err
    assert "nothing to do" in done(call(ruled, whole)).err


def test_c25_written_by_hand_it_is_refused_as_well(ruled):
    bare = CHECKS.replace("source: board paper 7, ", "").replace("checked_on: 2026-05-01, ", "")
    write(ruled, {"definitions/requirements.yaml": bare})
    found = call(ruled, "check")
    assert ("lacks 'source'" in found.out + found.err, "'checked_on'" in found.out + found.err) == (True, True)


def test_c25_nobody_consulted_nothing_implemented(ruled):
    assert "nobody has been consulted" in refused(call(ruled, PACK, "p_tl1"), "unconsulted")
    assert call(ruled, "require list --changes --format json").rows == []


@pytest.mark.parametrize(
    ("person", "missing"),
    [("p_tl1", "nobody of the front line has been heard"), ("p_a07", "no team leader has been heard")],
)
def test_c25_one_group_alone_fails(consulted, person, missing):
    folder, name = consulted
    answer = said(folder, name, person)
    done(call(folder, f"require reply {answer} --words 'It does, by ten seconds.'", "p_mgr1"))
    assert missing in refused(call(folder, PACK, "p_tl1"), "unconsulted")


def test_c25_asking_one_group_alone_is_refused(ruled):
    line = "require consult callers --change 'Two questions.' --answer-by 2026-06-05 --ask"
    assert "nobody of the front line is asked" in refused(call(ruled, f"{line} p_tl1,p_ev1", "p_mgr1"), "one-group")
    assert "no team leader is asked" in refused(call(ruled, f"{line} p_a07,p_a09", "p_mgr1"), "one-group")


def test_c25_an_answer_without_reply_holds_it_up(consulted):
    folder, name = consulted
    answers = [said(folder, name, "p_tl1"), said(folder, name, "p_a07", "Customers will ask why.")]
    assert f"no reply yet to {', '.join(answers)}" in refused(call(folder, PACK, "p_tl1"), "unconsulted")
    refused(call(folder, f"require reply {answers[1]} --words ok", "p_a07"), "own-reply")


def heard(folder, name):
    for person in ("p_tl1", "p_a07"):
        answer = said(folder, name, person, "That takes long.")
        done(call(folder, f"require reply {answer} --words 'One question then.' --altered", "p_mgr1"))


def test_c25_a_consulted_change_is_implemented_whole_by_another(consulted):
    folder, name = consulted
    heard(folder, name)
    refused(call(folder, PACK, "p_mgr1"), "own-change")
    faults = refused(
        call(folder, "require implement callers --live-on 2026-06-14 --procedure idv@2", "p_tl1"), "incomplete-pack"
    )
    assert "idv@2 is not in force on 14 June 2026" in faults
    assert [f"{kind}: neither" in faults for kind in ("notice", "scorecard", "briefing")] == [True] * 3
    assert "holds since 1 May 2026: the change comes 45 days after it" in done(call(folder, PACK, "p_tl1")).err
    assert "nothing to do" in done(call(folder, PACK, "p_tl1")).err
    refused(call(folder, PACK.replace("idv@2", "idv@1"), "p_tl1"), "implemented-already")
    (row,) = call(folder, "require list --changes --format json").rows
    assert (row["leaders heard"], row["front line heard"], row["altered"]) == ("1 of 2", "1 of 3", 2)
    assert (row["state"], row["live on"]) == ("implemented", "2026-06-15")


def test_c25_whether_it_is_live_is_seen_on_its_day(consulted):
    folder, name = consulted
    heard(folder, name)
    done(call(folder, PACK, "p_tl1"))
    refused(call(folder, f"require live {name}"), "not-yet-live")
    assert "procedure idv@2 of" in call(folder, "run --ahead 60 --format csv").out
    tried = call(folder, f"require live {name} --format json --dry-run", today="2026-06-15")
    found = call(folder, f"require live {name} --format json", today="2026-06-15")
    assert (tried.code, tried.rows) == (found.code, found.rows)  # trying shows what would be recorded
    # the frame in force rates by a card that cites idv@1
    (row,) = [row for row in found.rows if row["kind"] == "procedure"]
    assert (found.code, row["before"], row["state"]) == (1, "idv@1", "not live")
    assert row["what was seen"] == "still rated by its older version: desk@1.0"
    card = (folder / "definitions/scorecards/desk.yaml").read_text("utf-8")
    write(folder, {"definitions/scorecards/desk.yaml": card.replace("idv@1", "idv@2")})
    assert done(call(folder, f"require live {name}", today="2026-06-16")).out.count(",live,") == 1
    assert "nothing to do" in done(call(folder, f"require live {name}", today="2026-06-16")).err
    assert [row["state"] for row in call(folder, "require list --changes --format json").rows] == ["live"]


def test_who_was_not_asked_and_who_proposes_do_not_speak(consulted):
    folder, name = consulted
    refused(call(folder, f"require say {name} --words no", "p_ev2"), "not-asked")
    write(folder, {"said.csv": "person,words\np_a07,It is long.\np_tl1,It is safe.\n"})
    line = f"require say {name} --from {folder / 'said.csv'}"
    refused(call(folder, line, "p_mgr1"), "own-consultation")
    assert done(call(folder, line, "p_ev2")).out.count("qx_") == 2
    assert "nothing to do" in done(call(folder, line, "p_ev2")).err


def test_a_look_at_the_source_moves_its_day(ruled):
    assert "the source of callers@1 is to be looked at by 2026-10-28" in call(ruled, "run --ahead 200").out
    refused(call(ruled, "require review callers --note ' '"), "look-says-nothing")
    line = "require review callers --note 'section 2 names video calls too' --found change"
    assert "a change was found; next by 2026-11-21" in done(call(ruled, line)).out
    assert "nothing to do" in done(call(ruled, line)).err
    (row,) = [row for row in call(ruled, "require list --format json").rows if row["rule"] == "callers@1"]
    assert (row["reviewed here"], row["look again by"]) == ("2026-05-25 by p_tl1", "2026-11-21")
    found = call(ruled, "check", today="2026-11-22")
    assert "requirement callers@1 was to be reviewed by 21 November 2026" in found.out + found.err


def test_impact_goes_from_the_rule_to_what_depends_on_it(ruled):
    rows = call(ruled, "require impact callers --format json").rows
    found = {(row["kind"], row["what"]) for row in rows}
    assert {("procedure", "idv@1"), ("criterion", "idv"), ("scorecard", "desk@1.0"), ("frame", "weekly@1")} < found
    assert ("option", "idv-drill@1") in found
    assert "nothing here carries out or watches ofcom@2" in call(ruled, "require impact ofcom").err


def test_what_a_rule_names_has_to_be_there(ruled):
    write(
        ruled,
        {"definitions/requirements.yaml": CHECKS.replace("[idv]", "[idx]").replace("criterion idv", "criterion id")},
    )
    found = call(ruled, "check")
    told = found.out + found.err
    assert [f"names the {kind}" in told for kind in ("procedure idx", "criterion idx", "criterion id,")] == [True] * 3
    write(ruled, {"definitions/requirements.yaml": CHECKS.replace("criterion idv at least 95", "be kind")})
    found = call(ruled, "check")
    assert "'be kind' tests nothing: write clock answer within 8 weeks" in found.out + found.err


def test_c25_ratings_are_held_against_the_rule(drawn):
    write(drawn, {"definitions/requirements.yaml": CHECKS})
    for place, item in enumerate(items(drawn)):
        path = form(drawn, item["item"], idv="not_met" if place < 4 else "met")
        done(run(f"score --from {path}", drawn, item["evaluator"], DRAWN))
    found = call(drawn, "require check --period 2026-05 --format json")
    (row,) = found.rows
    assert (found.code, row["rule"], row["n"], row["verdict"], row["note"]) == (
        1,
        "callers@1",
        6,
        "breach",
        "4 of 6 failed",
    )
    assert "broken: callers@1" in found.err
    # the rule began on 1 May: what was seen before is not held against it
    write(drawn, {"definitions/requirements.yaml": CHECKS.replace("2026-05-01", "2026-05-22")})
    assert [row["verdict"] for row in call(drawn, "require check --period 2026-05 --format json").rows] == [
        "not measured"
    ]


def test_c25_clocks_of_cases_are_held_against_the_rule_of_their_day(ruled):
    log = LOG + (
        "C1,ofcom,,2026-02-03,2026-03-31\n"  # 56 days: the last of eight weeks
        "C2,ofcom,answer,2026-02-03,2026-04-01\n"  # a day late
        "C3,ofcom,,2026-03-02,2026-04-20\n"  # open on 8 April: 27 April by the old, 13 April by the new
        "C4,ofcom,,2026-03-02,2026-04-10\n"  # in time by both
        "C5,ofcom,,2026-04-09,\n"  # six weeks end on 21 May, four days ago
        "C6,ofcom,,2026-05-04,\n"
    )
    write(ruled, {"log.csv": log})
    line = f"require check ofcom --cases {ruled / 'log.csv'} --format json"
    found = call(ruled, line)
    told = {row["rule"]: row for row in found.rows}
    assert (found.code, told["ofcom@1"]["n"], told["ofcom@1"]["unchecked"]) == (1, 3, 1)
    assert told["ofcom@1"]["note"] == "2 in time, 1 late, 1 unchecked"
    assert (told["ofcom@2"]["verdict"], told["ofcom@2"]["note"]) == ("breach", "1 overdue, 1 open")
    assert "case C2: late by 1 day" in found.err
    assert "case C3: unchecked" in found.err
    assert "2 put on record" in done(call(ruled, f"{line} --record")).err
    assert "nothing to do" in done(call(ruled, f"{line} --record")).err


def test_a_log_of_cases_that_cannot_be_names_every_cell(ruled):
    log = LOG + (
        "C1,ofcom,,3 May,\nC2,ofgem,,,\nC3,ofcom,,2026-05-04,2026-05-01\nC4,ofcom,,2026-05-04,\nC4,ofcom,,2026-05-04,\n"
        "C5,ofcom,,2026-06-04,\n"
    )
    write(ruled, {"log.csv": log})
    found = call(ruled, f"require check --cases {ruled / 'log.csv'}")
    cells = [f"cell {cell}" in found.err for cell in ("D2", "B3", "D3", "E4", "A6", "D7")]
    assert (found.code, cells, found.err.count("error[")) == (65, [True] * 6, 6)
    write(ruled, {"log.csv": LOG + "C1,callers,,2026-05-04,\n"})
    assert "case C1: callers@1 has not one clock" in call(ruled, f"require check --cases {ruled / 'log.csv'}").err


def test_at_once_a_case_of_before_is_held_against_the_new_rule(ruled):
    text = TELECOM.replace("supersedes:", "transition: at-once, supersedes:")
    write(ruled, {"definitions/requirements.yaml": text, "log.csv": LOG + "C1,ofcom,,2026-03-11,2026-04-23\n"})
    found = call(ruled, f"require check --cases {ruled / 'log.csv'} --period 2026-03 --format json")
    told = {row["rule"]: (row["n"], row["verdict"]) for row in found.rows}
    # six weeks from 11 March end on 22 April; by the eight weeks of its day it would have been in time
    assert told == {"ofcom@1": (0, "not measured"), "ofcom@2": (1, "breach")}


def test_starter_registers_begin_unreviewed(desk_at):
    folder = desk_at("new")
    told = done(call(folder, "require add --register fca"))
    assert "nobody here has reviewed them" in told.err
    assert "criterion co-in-time" in told.err  # the desk has no card for complaints
    assert "nothing to do" in done(call(folder, "require add --register fca")).err
    rows = {row["rule"]: row for row in call(folder, "require list --format json").rows}
    assert (rows["fca-payment@2"]["reviewed here"], rows["fca-payment@2"]["look again by"]) == ("not yet", "2026-06-24")
    # DISP 1.6 by a calendar: received Wed 1 April 2026, England: 15 business days 24 April, 35 on 26 May, eight weeks 27 May
    for rule, last in (
        ("fca-payment", "2026-04-24"),
        ("fca-payment-exceptional", "2026-05-26"),
        ("fca-complaint", "2026-05-27"),
    ):
        assert [row["until"] for row in until(folder, rule, "2026-04-01").rows] == [last]
    assert until(folder, "fca-payment", "2018-01-12").rows[0]["within"] == "8 weeks"
    assert "registers: fca, general, ofcom" in call(folder, "require add --register ofgem").err


def test_several_registers_are_taken_over_at_once_and_a_wrong_one_writes_nothing(desk_at):
    folder = desk_at("new")
    assert "there is no register 'ofgem'" in call(folder, "require add --register general --register ofgem").err
    assert call(folder, "require list --all --format json").rows == []
    told = done(call(folder, "require add --register general --register ofcom --register general"))
    assert "rules of general and ofcom written" in told.err
    both = {row["rule"] for row in call(folder, "require list --all --format json").rows}
    shipped = Path(__file__).parents[2] / "scorecards/registers"
    texts = [(shipped / f"{name}.yaml").read_text("utf-8") for name in ("general", "ofcom")]
    apart = {f"{id_}@{v}" for text in texts for id_, v in re.findall(r"id: ([a-z0-9-]+)[,\s]+version: ([0-9.]+)", text)}
    assert both == apart


def test_a_rule_is_shown_with_all_that_is_on_record(consulted):
    folder, name = consulted
    done(call(folder, "require review callers --note 'as before'"))
    told = done(call(folder, "require show callers")).out
    assert "source: board paper 7, section 2, read on 2026-05-01" in told
    assert "looked at on 2026-05-25 by p_tl1: nothing found; as before" in told
    assert f"consulted: {name}, Two open questions.: no team leader has been heard" in told
    assert "beside it: ofcom@1 from 1 January 2022 to 7 April 2026" in call(folder, "require show ofcom").out


def test_a_rule_touches_those_whose_work_it_is(ruled):
    write(ruled, {"definitions/requirements.yaml": CHECKS.replace("look_every:", "roles: [colleague], look_every:")})
    assert [row["rule"] for row in call(ruled, "require list --for p_a07 --format json").rows] == ["callers@1"]
    assert call(ruled, "require list --for p_mgr1 --format json").rows == []


def test_the_register_is_that_of_the_day(ruled):
    for day, rules in (
        ("2026-04-07", ["ofcom@1"]),
        ("2026-04-08", ["ofcom@2"]),
        ("2026-05-01", ["ofcom@2", "callers@1"]),
    ):
        assert [row["rule"] for row in call(ruled, f"require list --on {day} --format json").rows] == rules


def test_the_change_pack_on_paper(consulted):
    folder, name = consulted
    heard(folder, name)
    done(call(folder, PACK, "p_tl1"))
    done(call(folder, f"report change {name}"))
    page = (folder / f"out/changes/{name}.md").read_text("utf-8")
    assert "- front line: 1 of 3 answered\n- not heard: 3 of 5\n" in page
    assert "- Gwen (front-line): That takes long. Reply: One question then. (the change was altered)" in page
    assert r"| procedure | idv\@1 | idv\@2 | 15 June 2026 | waiting | not looked at yet |" in page
    assert "Put in force by Joan." in page


def test_values_of_kpis_are_held_against_the_rule_of_their_days(ruled):
    rule = CHECKS.replace("criterion idv at least 95", "kpi service-level/sl3 at least 80")
    figures = "kpi,variant,period,num,den\nservice-level,sl3,2026-04,950,1000\nservice-level,sl3,2026-05,700,1000\n"
    write(ruled, {"definitions/requirements.yaml": rule, "figures.csv": figures})
    line = f"kpi import {ruled / 'figures.csv'} --source board --method 'by the telephony report'"
    done(call(ruled, line, today="2026-06-02"))
    found = call(ruled, "require check callers --period 2026-01-01..2026-06-01 --format json", today="2026-06-02")
    # April lies before the rule; 700 of 1,000 is all below 80
    assert [(row["n"], row["value"], row["verdict"]) for row in found.rows] == [(1000, "70", "breach")]


def test_requests_about_data_are_cases_of_a_rule(ruled):
    rule = CHECKS.replace("criterion idv at least 95", "clock access within 1 month").replace(
        "2026-05-01, t", "2026-01-01, t"
    )
    write(ruled, {"definitions/requirements.yaml": rule})
    done(call(ruled, "privacy access p_a07 --received 2026-04-20"))
    found = call(ruled, "require check callers --format json")
    assert (found.code, [(row["verdict"], row["note"]) for row in found.rows]) == (1, [("breach", "1 overdue")])


def test_escalated_cases_are_held_against_the_rule_that_names_their_trigger(ruled):
    rule = CHECKS.replace("test: [criterion idv at least 95]", "triggers: [fraud], test: [clock answer within 3 days]")
    write(ruled, {"definitions/requirements.yaml": rule})
    line = "escalate open fraud --by p_a07 --case C1 --words 'asked to move it' --lacked 'no access'"
    done(call(ruled, line, "p_a07", "2026-05-25"))
    found = call(ruled, "require check callers --format json", today="2026-05-29")
    assert [(row["verdict"], row["note"]) for row in found.rows] == [("breach", "1 overdue")]
    assert "until 2026-05-28" in found.err


def test_a_target_is_no_looser_than_a_rule_of_others(ruled):
    rule = CHECKS.replace("criterion idv at least 95", "kpi service-level/sl3 at least 80").replace(
        "kind: policy", "kind: law"
    )
    write(ruled, {"definitions/requirements.yaml": rule})
    told = refused(call(ruled, "target propose service-level --variant sl3 --value 75"), "target-below-standard")
    assert (
        "75 would be looser than kpi service-level/sl3 at least 80, the rule callers@1 (board paper 7, section 2)."
        in told
    )
    done(call(ruled, "target propose service-level --variant sl3 --value 85"))


def test_nobody_is_asked_about_a_version_that_is_over(ruled):
    line = "require consult {} --change 'The letter.' --answer-by 2026-06-05"
    refused(call(ruled, line.format("ofcom@1"), "p_mgr1"), "outside-its-dates")
    assert "about ofcom@2" in done(call(ruled, line.format("ofcom"), "p_mgr1")).out


def test_a_rule_under_another_name_takes_the_place_of_one(ruled):
    other = CHECKS.replace("id: callers", "id: weeks").replace("look_every:", "supersedes: ofcom@2, look_every:")
    write(ruled, {"definitions/requirements.yaml": TELECOM + other})
    assert [row["rule"] for row in call(ruled, "require list --format json").rows] == ["weeks@1"]
    refused(until(ruled, "ofcom", "2026-05-02"), "outside-its-dates")


def test_an_open_consultation_is_not_retired(consulted):
    folder, name = consulted
    stays = reasons_to_stay(Workspace.find(folder, "p_tl1").view(), tables())
    assert stays == {(table, 2026): f"{name} is not at its end" for table in ("consultations", "consulted")}


def test_c25_a_pack_of_all_four_is_live_when_each_is_in_use(desk_at):
    folder = desk_at("agreed")
    card = CARD.replace("version: 1.0", "version: 1.1").replace("idv@1", "idv@2")
    frame = FRAME.replace("version: 1", "version: 2").replace("from: 2026-01-01", "from: 2026-06-15")
    notice = (folder / "definitions/notices.yaml").read_text("utf-8").partition("- id: n-chat-1")[0]
    told = notice.replace("version: 1", "version: 2").replace("from: 2026-01-01", "from: 2026-06-15")
    write(
        folder,
        {
            "qacli.yaml": (folder / "qacli.yaml").read_text("utf-8") + ROLES + "agreement: {requirement: manager}\n",
            "definitions/requirements.yaml": CHECKS,
            "definitions/scorecards/desk@1.1.yaml": card,
            "definitions/frames/weekly@2.yaml": frame.replace("desk@1.0", "desk@1.1"),
            "definitions/notices.yaml": (folder / "definitions/notices.yaml").read_text("utf-8") + told,
            **NEXT,
        },
    )
    line = "require consult callers --change 'Two open questions.' --answer-by 2026-06-05"
    name = done(call(folder, line, "p_ev2")).out.partition(":")[0]
    for person in ("p_tl1", "p_a07"):
        done(call(folder, f"require reply {said(folder, name, person)} --words 'So be it.'", "p_ev2"))
    refused(call(folder, f"require live {name}"), "not-implemented")
    briefing = Workspace.find(folder, "p_tl1").commit(_briefed, "brief make").first
    new = f"--procedure idv@2 --notice n-phone@2 --scorecard desk@1.1 --briefing {briefing}"
    pack = f"require implement callers --live-on 2026-06-15 {new}"
    refused(call(folder, pack, "p_tl1"), "wrong-role")
    assert "desk@1.1 is not approved" in refused(call(folder, pack, "p_mgr1"), "incomplete-pack")
    wrong = pack.replace(briefing, "br_none").replace("n-phone@2", "n-phone@9").replace("idv@2", "idv")
    faults = refused(call(folder, wrong.replace("2026-06-15", "2026-05-01"), "p_mgr1"), "incomplete-pack")
    for fault in ("before anybody was asked", "there is no br_none", "no notice 'n-phone@9'", "idv names no version"):
        assert fault in faults
    done(call(folder, "scorecard approve desk", "p_mgr1"))
    done(call(folder, pack, "p_mgr1"))

    def seen(day):
        rows = call(folder, f"require live {name} --format json", today=day).rows
        return {row["kind"]: (row["state"], row["what was seen"]) for row in rows}

    found = seen("2026-06-15")
    assert found["procedure"] == found["notice"] == ("live", "in force and in use")
    assert found["scorecard"] == ("not live", "no agreed frame in force draws for it")
    assert found["briefing"] == ("not live", "nobody has been told")
    done(call(folder, "frame agree weekly", "p_mgr1", "2026-06-15"))
    done(call(folder, f"brief deliver {briefing} --present p_a07 --absent p_a09", today="2026-06-15"))
    assert seen("2026-06-16")["briefing"] == ("not live", "still to be told: p_a09")
    done(call(folder, f"brief deliver {briefing} --present p_a09", today="2026-06-16"))
    assert {state for state, _ in seen("2026-06-17").values()} == {"live"}


def _briefed(_):
    return Change([Briefing(team="phone", aim=Words("The check comes first."), questions=Words(""))])


def test_a_rule_without_a_clock_has_no_last_day(ruled):
    found = until(ruled, "callers", "2026-05-04")
    assert (found.code, "add a test: clock answer within 8 weeks" in found.err) == (2, True)
    assert call(ruled, "require check ofcom callers --received 2026-05-04").code == 2


def test_rules_that_moved_are_found_in_the_version_of_the_day(desk_at):
    folder = desk_at("new")
    for register in ("general", "fca", "ofcom"):
        done(call(folder, f"require add --register {register}"))
    for rule, before, after in (
        ("fca-payment", "2018-01-12", "2018-01-13"),
        ("interception", "2018-12-26", "2018-12-27"),
        ("monitoring-workers", "2023-10-02", "2023-10-03"),
        ("ofcom-complaint", "2026-04-07", "2026-04-08"),
        ("fca-acknowledgement", "2026-05-31", "2026-06-01"),
        ("data-complaint", "2026-06-18", "2026-06-19"),
    ):
        versions = []
        for day in (before, after):
            rows = call(folder, f"require list --on {day} --format json").rows
            versions.append([row["rule"] for row in rows if row["rule"].startswith(f"{rule}@")])
        first, second = ([], ["data-complaint@1"]) if rule == "data-complaint" else ([f"{rule}@1"], [f"{rule}@2"])
        assert versions == [first, second], rule
    # 30 days of which the day of receipt is the first: section 164A(3) of the Data Protection Act 2018
    assert until(folder, "data-complaint", "2026-06-19").rows[0]["until"] == "2026-07-18"
    refused(until(folder, "data-complaint", "2026-06-18"), "outside-its-dates")
    settings = (folder / "qacli.yaml").read_text("utf-8")
    write(folder, {"qacli.yaml": settings + "nation: scotland\n"})
    # Easter Monday, 6 April 2026, is a bank holiday in England and not in Scotland (gov.uk/bank-holidays)
    assert until(folder, "fca-payment", "2026-04-01").rows[0]["until"] == "2026-04-23"
