"""qacli audit: no audit of one's own work, findings verified by somebody else, improvements tried, health from the records."""

from __future__ import annotations

import shutil

import desk
import pytest
from command_line import run
from desk import done, write

JUNE, JULY = "2026-06-02", "2026-07-06"
PERIOD = "--period 2026-05"
TESTS = """\
    - {id: shows, clause: "our rules: evidence", asks: The evidence shows what the rating says.}
    - {id: own-work, clause: "our rules: own work", asks: Nobody scored own work., check: own-work}
    - {id: in-time, clause: seven days, asks: Items were scored in time., check: scored-in-time}
    - {id: feedback, clause: "our rules: feedback", asks: Feedback was acknowledged., check: feedback-acknowledged}
    - {id: calibrated, clause: "our rules: calibration", asks: Everybody took part., check: calibrated}
"""
REGISTER = """\
    - {id: limits, clause: matrix, asks: Goodwill keeps to the limits., register: goodwill}
  registers:
    goodwill: {kind: decisions, path: goodwill.csv,
      columns: {on: on, case: case, person: who, decision: what, amount: pounds, approver: by}}
"""
COMPLAINTS = """\
    - {id: late, clause: complaints, asks: Complaints are answered in time., register: cases}
  registers:
    cases: {kind: complaints, path: c.csv, clocks: {any: complaint, data: complaint-data},
      columns: {case: id, received: in, acknowledged: ack, answered: out, kind: kind}}
"""
GOODWILL = "on,case,who,what,pounds,by\n2026-05-06,C1,A07,goodwill,20,p_mgr1\n"
PROGRAMME = f"""\
- id: monitoring
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: Quality monitoring
  scope: How forms were drawn and scored.
  standard: Our own rules
  every: quarter
  sample: 2
  tests:
{TESTS}"""


def call(folder, line, actor="p_mgr1", today=JUNE):
    return run(line, folder, actor, today)


@pytest.fixture(scope="module")
def scored_desk(_desks, tmp_path_factory):
    """The desk with three forms scored on 25 May, by the evaluators whom the draw gave them to."""
    folder = shutil.copytree(_desks / "drawn", tmp_path_factory.mktemp("audit") / "desk")
    for number, item in enumerate(desk.items(folder)[:3]):
        path = desk.form(folder, item["item"], idv="not_met" if number else "met")
        done(run(f"score --from {path}", folder, item["evaluator"], desk.DRAWN))
    people = (folder / "people.csv").read_text("utf-8") + "p_ev9,,,,,Una,\n"
    write(folder, {"definitions/audits.yaml": PROGRAMME, "people.csv": people})
    return folder


@pytest.fixture
def ready(scored_desk, tmp_path):
    return shutil.copytree(scored_desk, tmp_path / "desk")


@pytest.fixture
def planned(ready):
    done(call(ready, f"audit plan monitoring --auditor p_mgr1 {PERIOD}"))
    return ready


def audit(folder):
    (row,) = call(folder, "audit list --format json").rows
    return row["audit"]


def judge(folder, answer="yes", note=""):
    """Fill in the sheet of the audit and hand it in."""
    rows = call(folder, f"audit sheet {audit(folder)} --format json").rows
    lines = "".join(f"{row['observation']},{row['test']},{answer},{note}\n" for row in rows)
    write(folder, {"judged.csv": f"observation,test,answer,note\n{lines}"})
    return call(folder, f"audit run {audit(folder)} --from {folder / 'judged.csv'}")


@pytest.fixture
def found(planned):
    """An audit that was run, with a finding against feedback: none was given."""
    done(call(planned, "feedback prepare o_6 --for p_a07 --on 2026-05-28", "p_tl1"))
    done(judge(planned))
    return planned


def raised(folder):
    line = f"audit finding {audit(folder)} --test in-time --owner p_tl1 --due 2026-06-30 --words 'three items are late'"
    return done(call(folder, line)).out.partition(":")[0]


def test_c27_an_auditor_who_evaluated_a_sampled_form_is_refused(ready):
    before = call(ready, "export audits --format json").rows
    for evaluator in ("p_ev1", "p_ev2"):
        result = call(ready, f"audit plan monitoring --auditor {evaluator} --size 3 {PERIOD}")
        assert (result.code, "refused[own-audit]" in result.err) == (1, True)
        assert f"{evaluator} evaluated or handled in the sample o_" in result.err
    assert call(ready, "export audits --format json").rows == before == []
    # with one form in the sample, the other evaluator still has forms among the records that are looked through
    told = [call(ready, f"audit plan monitoring --auditor {who} --size 1 {PERIOD}").err for who in ("p_ev1", "p_ev2")]
    assert sorted("in the sample" in each for each in told) == [False, True]
    assert all("refused[own-audit]" in each for each in told)
    done(call(ready, "feedback prepare o_6 --for p_a07 --on 2026-05-28", "p_tl1"))
    gave = call(ready, f"audit plan monitoring --auditor p_tl1 --size 1 {PERIOD}")
    assert "refused[own-audit]: p_tl1 gave or decided f_" in gave.err
    handled = call(ready, f"audit plan monitoring --auditor p_a07 --size 3 {PERIOD}")
    assert "refused[own-audit]" in handled.err


def test_the_sample_is_drawn_by_rank_and_one_audit_is_planned_once(planned):
    items = call(planned, "export audit_items --format json").rows
    from qacli.engine.ranks import rank

    seed = call(planned, "export audits --format json").rows[0]["seed"]
    forms = sorted(
        {row["id"] for row in call(planned, "export observations --format json").rows}, key=lambda o: rank(seed, o)
    )
    assert [row["observation"] for row in items] == forms[:2]
    assert "nothing to do" in done(call(planned, f"audit plan monitoring --auditor p_tl1 {PERIOD}")).err
    assert "refused[period-not-over]" in call(planned, "audit plan monitoring --auditor p_mgr1 --period 2026-06").err
    assert "refused[nothing-to-audit]" in call(planned, "audit plan monitoring --auditor p_mgr1 --period 2026-04").err
    assert call(planned, f"audit plan monitoring --auditor p_xx {PERIOD}").code == 2


def test_a_form_is_answered_once_in_one_sheet(planned, tmp_path):
    observation = call(planned, "export audit_items --format json").rows[0]["observation"]
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        f"observation,test,answer,note\n{observation},shows,yes,\n{observation},shows,no,it says nothing\n"
    )
    result = call(planned, f"audit run {audit(planned)} --from {sheet}")
    assert result.err == (
        "error: the judgements cannot be recorded:\n"
        f"  {observation}, shows is answered 2 times here: one answer counts\n"
        "  = help: nothing was recorded; what is to be judged: qacli audit sheet AUDIT --as p_mgr1 --today 2026-06-02\n"
    )
    assert call(planned, "export audit_results --format json").rows == []


def test_records_are_looked_through_and_forms_judged_by_the_auditor_alone(planned):
    assert "refused[not-the-auditor]" in call(planned, f"audit run {audit(planned)}", "p_tl1").err
    assert "2 judgements are missing" in done(call(planned, f"audit run {audit(planned)}")).err
    wrong = judge(planned, "no")
    assert (wrong.code, wrong.err.count("says in a note what was seen")) == (1, 2)
    done(judge(planned, "no", "the words say nothing"))
    results = {
        (row["test"], row["n"], row["against"]) for row in call(planned, "export audit_results --format json").rows
    }
    # three of six items were not scored within seven days of the draw; two evaluators took part in no calibration
    assert results == {
        ("shows", 1, 1), ("own-work", 3, 0), ("in-time", 6, 3), ("feedback", 0, 0), ("calibrated", 2, 2),
    }  # fmt: skip
    assert "nothing to do" in done(call(planned, f"audit run {audit(planned)}")).err
    changed = call(planned, f"audit run {audit(planned)} --from {planned / 'judged.csv'}")
    assert done(changed).code == 0
    text = (planned / "judged.csv").read_text("utf-8")
    write(planned, {"judged.csv": text.replace(",no,", ",yes,")})
    assert "an answer stands" in call(planned, f"audit run {audit(planned)} --from {planned / 'judged.csv'}").err


def test_a_finding_rests_on_evidence_and_has_an_owner_who_is_not_the_auditor(found):
    line = f"audit finding {audit(found)} --due 2026-06-30 --words late --owner "
    assert "refused[finding-evidence]" in call(found, f"{line} p_tl1 --test own-work").err
    assert "refused[own-finding]" in call(found, f"{line} p_mgr1 --test in-time").err
    assert "refused[not-the-auditor]" in call(found, f"{line} p_tl1 --test in-time", "p_ev1").err
    assert call(found, f"{line} p_tl1 --test in-time --evidence o_99").code == 2
    assert call(found, f"{line} p_tl1 --test nothing").code == 2
    done(call(found, f"{line} p_tl1 --test own-work --evidence o_6 --grade major"))
    (row,) = call(found, "audit list --findings --format json").rows
    assert (row["grade"], row["clause"], row["state"]) == ("major", "our rules: own work", "open")


def test_c27_closing_without_verification_is_refused(found):
    name = raised(found)
    assert "refused[not-verified]" in call(found, f"audit close {name}").err
    assert "refused[not-corrected]" in call(found, f"audit verify {name} --words seen").err
    assert "refused[not-the-owner]" in call(found, f"audit correct {name} --words done", "p_ev1").err
    unknown = call(found, f"audit correct {name} --words 'scored on Mondays' --evidence o_99", "p_tl1")
    assert (unknown.code, "nothing is on record as o_99" in unknown.err) == (2, True)
    done(call(found, f"audit correct {name} --words 'scored on Mondays' --evidence o_6", "p_tl1"))
    assert "refused[not-verified]" in call(found, f"audit close {name}").err
    assert "refused[self-verified]" in call(found, f"audit verify {name} --words seen", "p_tl1").err
    done(call(found, f"audit verify {name} --words 'two still late' --reject"))
    assert "refused[not-verified]" in call(found, f"audit close {name}").err
    done(call(found, f"audit correct {name} --words 'scored on Mondays and Fridays'", "p_tl1"))
    done(call(found, f"audit verify {name} --words 'none late since 8 June'"))
    assert "refused[self-verified]" in call(found, f"audit close {name}", "p_tl1").err
    done(call(found, f"audit close {name}"))
    assert "nothing to do" in done(call(found, f"audit close {name}")).err


def test_an_audit_ends_when_all_is_answered_and_put_right(found):
    refused = call(found, f"audit close {audit(found)} --words 'sound on the whole'")
    assert "refused[audit-open]" in refused.err
    for lack in ("against in-time has no finding", "against feedback has no finding"):
        assert lack in refused.err
    for test in ("in-time", "feedback", "calibrated"):
        line = f"audit finding {audit(found)} --test {test} --owner p_tl1 --due 2026-06-30 --words 'x {test}'"
        name = done(call(found, line)).out.partition(":")[0]
        done(call(found, f"audit correct {name} --words done", "p_tl1"))
        assert f"{name} is corrected" in call(found, f"audit close {audit(found)} --words sound").err
        done(call(found, f"audit verify {name} --words seen", "p_ev1"))
        done(call(found, f"audit close {name}"))
    assert call(found, f"audit close {audit(found)}").code == 2
    done(call(found, f"audit close {audit(found)} --words 'sound, but slow'"))
    assert "refused[audit-closed]" in call(found, f"audit run {audit(found)}").err
    text = done(call(found, f"audit report {audit(found)}")).out
    assert "Auditor: Victor, who took no part in the work" in text
    assert "- Sample: 2 of 3 forms" in text
    assert "| Items were scored in time. | seven days | records: scored-in-time | 6 | 3 |" in text
    assert "State: closed, verified by Ruth." in text
    assert text.rstrip().endswith("sound, but slow")


def test_what_falls_due_is_told(found):
    name = raised(found)
    duties = call(found, "run --ahead 0 --format json", today=JULY).rows
    told = {(row["work"], row["subject"], row["owner"]) for row in duties}
    assert ("audit-finding", name, "p_tl1") in told
    assert ("audit", audit(found), "p_mgr1") in told
    later = {
        (row["work"], row["subject"]) for row in call(found, "run --ahead 0 --format json", today="2026-08-03").rows
    }
    assert ("audit", "monitoring") in later  # the second quarter is over, and nobody planned its audit


def test_an_auditor_who_decided_or_scored_what_is_audited_is_refused_at_the_run(planned):
    register = PROGRAMME.replace(TESTS, REGISTER).replace("id: monitoring", "id: practices")
    write(planned, {"definitions/audits.yaml": PROGRAMME + register, "goodwill.csv": GOODWILL})
    name = done(call(planned, f"audit plan practices --auditor p_mgr1 {PERIOD}")).out.partition(":")[0]
    refused = call(planned, f"audit run {name}")
    assert (refused.code, "refused[own-audit]: p_mgr1 decided on cases of goodwill" in refused.err) == (1, True)
    form = call(planned, "export audit_items --format json").rows[0]["observation"]
    known = {"read.csv": desk.READ.replace("p_ev1", "p_mgr1"), "answers.csv": desk.ANSWERS.replace("p_ev1", "p_mgr1")}
    write(planned, known)
    done(call(planned, f"procedure ack --from {planned / 'read.csv'}"))
    done(call(planned, f"procedure quiz --from {planned / 'answers.csv'}"))
    colleague = next(row["colleague"] for row in desk.items(planned) if row["observation"] == form)
    line = f"dispute raise {form} --criterion check=5 --words 'I asked once more.'"
    dispute = done(call(planned, line, colleague)).out.partition(" ")[0]
    done(call(planned, f"dispute decide {dispute} --outcome upheld --words 'a question more at 01:10'"))
    monitoring = call(planned, "audit list --format json").rows[0]["audit"]
    assert "evaluated or handled since it was planned" in call(planned, f"audit run {monitoring}").err


def test_notes_of_an_audit_name_no_colleague(found):
    """Gwen, Bridie and Milan are in people.csv: their names stand in no note, finding, idea or conclusion."""
    audit_id, due = audit(found), "--owner p_tl1 --due 2026-06-30"
    for line, actor in (
        (f"audit finding {audit_id} --test in-time {due} --words 'Milan scored three late'", "p_mgr1"),
        (f"audit close {audit_id} --words 'Milan is late'", "p_mgr1"),
        ("audit propose --words 'let Bridie score' --of p_ev1 --measure scoring-delay --evidence o_6", "p_ev2"),
    ):
        result = call(found, line, actor)
        assert (result.code, result.err.splitlines()[0]) == (
            1,
            "refused[personal-data]: the words hold personal data (the name of a colleague); nothing was recorded.",
        ), line
    finding = raised(found)
    for line, actor in (
        (f"audit correct {finding} --words 'Milan scored them'", "p_tl1"),
        (f"audit correct {finding} --words 'ring 020 7946 0000'", "p_tl1"),
    ):
        assert "refused[personal-data]" in call(found, line, actor).err
    name = done(
        call(
            found, "audit propose --words 'score on Mondays' --of p_ev1 --measure scoring-delay --evidence o_6", "p_ev2"
        )
    ).out.partition(":")[0]
    trial = f"audit trial {name} --from 2026-05-25 --to 2026-05-31 --words"
    assert "refused[personal-data]" in call(found, f"{trial} 'Gwen liked it'", "p_tl1").err
    done(call(found, f"{trial} 'one week'", "p_tl1"))
    assert "refused[personal-data]" in call(found, f"audit adopt {name} --words 'Gwen liked it'").err


def test_what_an_audit_lacks_is_refused_with_what_to_do(found):
    name = audit(found)
    raise_it = f"audit finding {name} --test in-time"
    finding = raised(found)
    propose = "audit propose --words 'score on Mondays' --of p_ev1 --measure scoring-delay --evidence o_6"
    idea = done(call(found, propose, "p_ev2")).out.partition(":")[0]
    trial = f"audit trial {idea} --words 'one week' --from 2026-05-25 --to"
    before = (found / "journal.csv").read_bytes()
    for line, actor, told in (
        (f"{raise_it} --owner p_zz --due 2026-06-30 --words late", "p_mgr1", "'p_zz' is nobody in people.csv"),
        (f"{raise_it} --owner p_tl1 --due 2026-05-30 --words late", "p_mgr1", "2026-05-30 is over"),
        (f"{raise_it} --owner p_tl1 --due 2026-06-30 --words ' '", "p_mgr1", "a finding says what was found"),
        (f"audit correct {finding} --words ' '", "p_tl1", "say what was seen or done"),
        (f"audit close {name} --words over", "p_tl1", "refused[not-the-auditor]"),
        (f"{trial} 2026-06-30", "p_tl1", "which is still to come"),
        (f"{trial} 2026-05-20", "p_tl1", "comes before --from"),
        (f"{trial.replace('one week', ' ')} 2026-05-31", "p_tl1", "a trial says what was done"),
        (f"audit adopt {idea} --decline --words ' '", "p_mgr1", "say why it is declined"),
    ):
        result = call(found, line, actor)
        assert (result.code in {1, 2}, told in result.err, "= help: " in result.err) == (True, True, True), result
    assert (found / "journal.csv").read_bytes() == before


def test_judgements_that_name_a_colleague_are_told_with_their_forms(planned):
    told = judge(planned, "no", "Gwen did not say it")
    assert (told.code, told.err.count("the note holds the name of a colleague: write it without")) == (1, 2)


def test_a_register_that_cannot_be_read_names_each_line(planned):
    register = PROGRAMME.replace(TESTS, REGISTER).replace("id: monitoring", "id: practices")
    write(planned, {"definitions/audits.yaml": PROGRAMME + register})
    name = done(call(planned, f"audit plan practices --auditor p_ev9 {PERIOD}", "p_tl1")).out.partition(":")[0]
    assert "there is no file goodwill.csv" in call(planned, f"audit run {name}", "p_ev9").err
    undated = GOODWILL.splitlines()[1].replace("2026-05-06", "")
    write(planned, {"goodwill.csv": f"{GOODWILL.replace('2026-05-06', '6 May').replace(',20,', ',much,')}{undated}\n"})
    result = call(planned, f"audit run {name}", "p_ev9")
    assert result.code == 65
    assert "error[not-read]: '6 May' is not a date" in result.err
    assert "error[not-read]: 'much' is not an amount" in result.err
    assert "error[date]: a decision has a day\n --> goodwill.csv:3" in result.err


def test_a_record_that_was_changed_by_hand_is_against_the_trail(planned):
    tests = "    - {id: trail, clause: records, asks: Records are as entered., check: trail}\n"
    write(
        planned,
        {"definitions/audits.yaml": PROGRAMME + PROGRAMME.replace(TESTS, tests).replace("id: monitoring", "id: own")},
    )
    ratings = planned / "records/2026/ratings.csv"
    for period, change in (("2026-05", False), ("2026-05-01..2026-05-28", True)):
        if change:
            ratings.write_bytes(ratings.read_bytes().replace(b",met,", b",mat,", 1))
        name = done(call(planned, f"audit plan own --auditor p_ev9 --period {period}", "p_tl1")).out.partition(":")[0]
        (row,) = done(call(planned, f"audit run {name} --format json", "p_ev9")).rows
        assert (row["against"] > 0) is change


def test_a_register_whose_days_cannot_be_hides_no_late_complaint(planned):
    register = PROGRAMME.replace(TESTS, COMPLAINTS).replace("id: monitoring", "id: practices")
    lines = "C1,,2026-05-04,,other\nC2,2026-05-04,,2026-05-01,other\nC3,2026-05-04,,2026-06-30,other\n"
    write(planned, {"definitions/audits.yaml": PROGRAMME + register, "c.csv": f"id,in,ack,out,kind\n{lines}"})
    name = done(call(planned, f"audit plan practices --auditor p_ev9 {PERIOD}", "p_tl1")).out.partition(":")[0]
    told = call(planned, f"audit run {name}", "p_ev9", "2026-06-02")
    assert told.code == 65
    assert "error[date]: a case has a day of receipt\n --> c.csv:2" in told.err
    assert "error[dates-order]: answered on 2026-05-01, before it was received on 2026-05-04\n --> c.csv:3" in told.err
    assert "error[dates-order]: answered on 2026-06-30, which is still to come\n --> c.csv:4" in told.err


def test_a_kind_in_other_letters_has_its_own_clock(planned):
    register = PROGRAMME.replace(TESTS, COMPLAINTS).replace("id: monitoring", "id: practices")
    register = register.replace("data: complaint-data", "Data: complaint-data")
    lines = "C3,2026-05-01,,2026-05-02,DATA\n"
    write(planned, {"definitions/audits.yaml": PROGRAMME + register, "c.csv": f"id,in,ack,out,kind\n{lines}"})
    name = done(call(planned, f"audit plan practices --auditor p_ev9 {PERIOD}", "p_tl1")).out.partition(":")[0]
    assert "no version of complaint-data was in force that day" in done(call(planned, f"audit run {name}", "p_ev9")).err


def test_a_complaint_that_no_rule_of_its_day_covers_is_told_apart(planned):
    register = PROGRAMME.replace(TESTS, COMPLAINTS).replace("id: monitoring", "id: practices")
    lines = "C1,2026-05-01,2026-05-04,2026-06-01,other\nC2,2026-05-01,2026-05-20,2026-06-01,other\nC3,2026-05-01,,2026-05-02,data\n"
    write(planned, {"definitions/audits.yaml": PROGRAMME + register, "c.csv": f"id,in,ack,out,kind\n{lines}"})
    name = done(call(planned, f"audit plan practices --auditor p_ev9 {PERIOD}", "p_tl1")).out.partition(":")[0]
    told = done(call(planned, f"audit run {name}", "p_ev9")).err
    # acknowledged by the third business day after 1 May 2026: 4 May is a bank holiday, so 7 May
    assert "late: C2: Complaint, received 2026-05-01, acknowledged 2026-05-20, day 19: past 3 business days" in told
    assert "which ended on 2026-05-07 (complaint@1)" in told
    assert "no rule of that day: C3: received 2026-05-01: no version of complaint-data was in force that day" in told
    assert "C1" not in told
    write(planned, {"c.csv": f"id,in,ack,out,kind\n{lines}{lines}"})
    name = done(
        call(planned, "audit plan practices --auditor p_ev9 --period 2026-05-01..2026-05-20", "p_tl1")
    ).out.split(":")[0]
    assert "error[repeated-case]: case C1 stands twice" in call(planned, f"audit run {name}", "p_ev9").err


def test_an_improvement_is_tried_and_adopted_by_somebody_else(found):
    propose = "audit propose --words 'score on Mondays' --of p_ev1 --measure scoring-delay --evidence"
    assert call(found, f"{propose} o_99", "p_ev2").code == 2
    name = done(call(found, f"{propose} o_6", "p_ev2")).out.partition(":")[0]
    assert "nothing to do" in done(call(found, f"{propose} o_6", "p_ev2")).err
    assert "refused[not-trialled]" in call(found, f"audit adopt {name} --words good").err
    trial = f"audit trial {name} --from 2026-05-25 --to 2026-05-31 --words 'one week'"
    assert "cannot tell: n 0 before, 3 during" in done(call(found, trial, "p_tl1")).out
    for person in ("p_ev1", "p_ev2", "p_tl1"):
        assert "refused[own-improvement]" in call(found, f"audit adopt {name} --words good", person).err
    done(call(found, f"audit adopt {name} --words 'costs nothing'"))
    assert "refused[improvement-decided]" in call(found, f"audit adopt {name} --words no --decline").err
    assert "refused[improvement-decided]" in call(found, trial.replace("05-25", "05-26"), "p_tl1").err
    (row,) = call(found, "audit improvements --format json").rows
    assert (row["state"], row["decided by"], row["idea of"]) == ("adopted", "p_mgr1", "p_ev1")


def test_the_health_of_the_monitoring_is_told_from_its_records_with_n(ready):
    rows = {
        row["measure"]: row for row in call(ready, "audit health --from 2026-05-01 --to 2026-05-31 --format json").rows
    }
    assert (rows["completion"]["value"], rows["completion"]["n"]) == (50, 6)  # three of six items
    assert (rows["overturn"]["value"], rows["overturn"]["n"]) == (None, 0)
    assert (rows["agreement"]["value"], rows["agreement"]["n"]) == (None, 0)
    assert rows["opt-outs"]["value"] == 0
    assert rows["coverage"]["n"] == 3
    assert rows["scoring-delay"]["n"] == 3
    assert "3 of 3 had none" in rows["feedback-delay"]["what"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: own-work,", "id: shows,", "test shows stands twice"),
        ("check: own-work}", "check: own-work, register: cases}", "not both"),
        ("check: own-work}", "register: cases}", "there is no register cases"),
        ("check: own-work}", "check: every-work}", "every-work"),
    ],
)
def test_a_programme_that_does_not_hold_together_is_told(ready, old, new, said):
    write(ready, {"definitions/audits.yaml": PROGRAMME.replace(old, new)})
    result = call(ready, "check")
    assert (result.code, said in result.out + result.err) == (1, True)
