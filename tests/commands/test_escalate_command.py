"""qacli escalate: who gets a case and by when, options from three sides, who may close it, support, the log replayed."""

from __future__ import annotations

import shutil

import pytest
from command_line import run
from desk import done, write

ROLES = "roles: {team-leader: [p_tl1, p_ev2], manager: [p_mgr1], director: [p_ev1]}\n"
MATRIX = """\
- {id: g-colleague, version: 1, owner: p_tl1, from: 2026-01-01, role: colleague, decision: goodwill, limit: 25,
   next_role: team-leader}
- {id: g-leader, version: 1, owner: p_tl1, from: 2026-01-01, role: team-leader, decision: goodwill, limit: 100,
   next_role: manager}
- {id: g-manager, version: 1, owner: p_tl1, from: 2026-01-01, role: manager, decision: goodwill, limit: 500}
"""
TRIGGERS = """\
- {id: limit, version: 1, owner: p_tl1, from: 2026-01-01, title: Above the limit, severity: 1,
   tiers: [team-leader, manager, director], take: {business_days: 1}, close: {business_days: 5},
   source: our decision of 5 January 2026, checked_on: 2026-01-05}
- {id: fraud, version: 1, owner: p_tl1, from: 2026-01-01, title: Fraud or scam, signs: [scam, safe account], severity: 4,
   tiers: [team-leader, manager, director], take: {hours: 4}, close: {business_days: 2},
   urgent: {risk_from: 16, tier: manager, take: {hours: 1}}, source: our decision, checked_on: 2026-01-05}
- {id: payment, version: 1, owner: p_tl1, from: 2026-01-01, title: Complaint about a payment, severity: 2,
   signs: [complain], tiers: [team-leader, manager], take: {business_days: 1}, acknowledge: {business_days: 3},
   close: {business_days: 15}, source: "FCA Handbook, DISP 1.6", checked_on: 2026-06-01}
- {id: complaint, version: 1, owner: p_tl1, from: 2026-01-01, title: Complaint, severity: 2, tiers: [team-leader, manager],
   take: {business_days: 1}, close: {weeks: 8}, source: "FCA Handbook, DISP 1.6", checked_on: 2026-06-01}
- {id: telecoms, version: 1, owner: p_tl1, from: 2026-01-01, to: 2026-04-07, title: Complaint, severity: 2,
   tiers: [team-leader], take: {business_days: 1}, close: {weeks: 8}, source: Ofcom, checked_on: 2026-06-01}
- {id: telecoms, version: 2, owner: p_tl1, from: 2026-04-08, title: Complaint, severity: 2,
   tiers: [team-leader], take: {business_days: 1}, close: {weeks: 6}, source: Ofcom, checked_on: 2026-06-01}
- {id: data, version: 1, owner: p_tl1, from: 2026-06-19, title: Complaint about data, severity: 3, tiers: [team-leader],
   take: {business_days: 1}, acknowledge: {days: 30}, close: {months: 3}, source: DUAA 2025 s. 103, checked_on: 2026-06-20}
"""
MONDAY = "2026-06-01T10:00"
FULL = "--customer 'has it at once' --benefit 'it ends today' --risk 'others ask for it too'"


def call(folder, line, actor="p_tl1", today=MONDAY):
    return run(line, folder, actor, today)


@pytest.fixture(scope="module")
def _desk(_desks, tmp_path_factory):
    folder = shutil.copytree(_desks / "new", tmp_path_factory.mktemp("escalate") / "desk")
    settings = (folder / "qacli.yaml").read_text("utf-8")
    write(
        folder,
        {
            "definitions/authority.yaml": MATRIX,
            "definitions/escalations.yaml": TRIGGERS,
            "qacli.yaml": settings + ROLES,
        },
    )
    done(call(folder, "authority agree g-colleague g-leader g-manager", "p_mgr1"))
    return folder


@pytest.fixture
def folder(_desk, tmp_path):
    return shutil.copytree(_desk, tmp_path / "desk")


def opened(folder, line="limit --decision goodwill --amount 60", actor="p_a07", today=MONDAY):
    words = f"escalate open {line} --by p_a07 --words 'charged twice in May'"
    return done(call(folder, words, actor, today)).out.partition(":")[0]


def option(folder, case, words, actor="p_tl1"):
    return done(call(folder, f"escalate option {case} {words}", actor)).out.partition(":")[0]


def close(folder, case, chosen, actor="p_tl1", more="", today=MONDAY):
    line = f"escalate close {case} --choose {chosen} --why 'it was ours' --technique apology {more}"
    return call(folder, line, actor, today)


def row(folder, today=MONDAY, more=""):
    (found,) = call(folder, f"escalate list --all --format json {more}", today=today).rows
    return found


def test_c23_a_case_with_one_option_is_not_closed(folder):
    case = opened(folder)
    chosen = option(folder, case, f"--what 'pay it back' {FULL}")
    found = close(folder, case, chosen)
    assert (found.code, f"refused[one-option]: {case} has one option; a choice takes two." in found.err) == (1, True)
    option(folder, case, f"--what 'Pay it back' {FULL}")  # the same in other letters is no second one
    assert "refused[one-option]" in close(folder, case, chosen).err
    assert row(folder)["state"] == "open"


@pytest.mark.parametrize("side", ["customer", "benefit", "risk"])
def test_c23_a_case_with_an_empty_viewpoint_is_not_closed(folder, side):
    case = opened(folder)
    chosen = option(folder, case, f"--what 'pay it back' {FULL}")
    other = option(folder, case, f"--what 'say no' {FULL.replace(f'--{side} ', '--what ')} --what 'say no'")
    found = close(folder, case, chosen)
    assert found.code == 1
    assert f"refused[viewpoint-missing]: {case} cannot be closed" in found.err
    assert f"{other} (say no) lacks: {side}" in found.err
    option(folder, case, f"--of {other} --{side} 'now it was looked at'")
    done(close(folder, case, chosen))


def test_c23_a_tier_is_skipped_only_for_a_reason(folder):
    line = "escalate open limit --by p_a07 --words 'rude to her' --lacked 'it is about the team leader' --to p_mgr1"
    found = call(folder, line, "p_a07")
    assert (found.code, "refused[tier-skipped]: team-leader would be passed over" in found.err) == (1, True)
    case = done(call(folder, f"{line} --skip 'the complaint is about p_tl1'", "p_a07")).out.partition(":")[0]
    assert "passed over, because the complaint is about p_tl1" in call(folder, f"escalate show {case}").out


def test_c23_a_handover_skips_no_tier_either(folder):
    case = opened(folder)
    found = call(folder, f"escalate handover {case} --to p_ev1 --words 'beyond all of us'")
    assert (found.code, "refused[tier-skipped]: manager would be passed over" in found.err) == (1, True)
    done(call(folder, f"escalate handover {case} --to p_ev1 --words 'beyond all of us' --skip 'p_mgr1 is away'"))
    assert row(folder)["tier"] == "director"


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        ("--decision goodwill", 1, "how much goodwill is to be decided"),
        ("--decision goodwill --amount=-5", 2, "-5 is no amount = help: --amount counts from 0 up"),
        (
            "--decision refund --amount 5",
            2,
            "no agreed line of the matrix is about refund = help: decisions: goodwill;",
        ),
        ("--decision refund --lacked 'nobody told me'", 2, "no agreed line of the matrix is about refund"),
    ],
)
def test_c23_what_the_matrix_cannot_judge_is_asked_for(folder, said, code, told):
    found = call(folder, f"escalate open limit --by p_a07 --words 'twice' {said}", "p_a07")
    assert (found.code, told in " ".join(found.err.split())) == (code, True), found.err


def test_c23_who_lacked_authority_is_told_by_the_matrix(folder):
    found = call(folder, "escalate open limit --by p_a07 --words 'twice' --decision goodwill --amount 25", "p_a07")
    assert (found.code, "refused[within-authority]: p_a07 may decide goodwill of 25 GBP" in found.err) == (1, True)
    case = opened(folder)
    told = call(folder, f"escalate show {case}").out
    assert "who could not decide: p_a07 may decide goodwill up to 25 GBP, by g-colleague@1" in told
    assert "p_tl1 may decide goodwill up to 100 GBP, by g-leader@1" in told
    # above the team leader it goes to the manager at once: who cannot decide is not asked
    case = opened(folder, "limit --decision goodwill --amount 160 --case C2")
    assert (
        "p_mgr1 (manager); passed over, because team-leader may not decide goodwill of 160"
        in call(folder, f"escalate show {case}").out
    )
    found = call(
        folder, "escalate open limit --by p_a07 --words x --decision goodwill --amount 160 --to p_tl1", "p_a07"
    )
    assert "refused[holder-lacks-authority]: p_tl1 may decide up to 100 GBP" in found.err
    found = call(folder, "escalate open limit --by p_a07 --words x --decision goodwill --amount 501", "p_a07")
    assert (
        found.code,
        "no other holder of team-leader or manager or director may decide goodwill of 501: the most there is 500 GBP, by g-manager@1"
        in found.err,
    ) == (2, True)
    assert "refused[escalation-unsaid]" in call(folder, "escalate open limit --by p_a07 --words x", "p_a07").err
    assert "refused[escalation-unsaid]" in call(folder, "escalate open limit --by p_a07 --words ' ' --lacked x").err


def test_c23_a_leader_refers_upwards(folder):
    case = done(call(folder, "escalate open limit --by p_tl1 --words x --lacked 'I know her'")).out.partition(":")[0]
    assert "referred it to p_mgr1 (manager)" in call(folder, f"escalate show {case}").out
    line = "escalate open limit --by p_mgr1 --words x --lacked 'I know her' --to p_mgr1"
    assert "refused[referred-to-oneself]" in call(folder, line, "p_mgr1").err
    found = call(folder, "escalate open payment --by p_mgr1 --words x --lacked 'I know her'", "p_mgr1")
    assert (found.code, "nobody else holds the role manager" in found.err) == (2, True)


def test_c23_risk_decides_tier_and_clock(folder):
    calm = opened(folder, "fraud --lacked 'no access' --case C1 --likelihood 3")
    assert (
        f"{calm},open,take,2026-06-01 14:00,4 h 00 min,12,fraud@1,C1,team-leader,p_tl1"
        in call(folder, "escalate list").out
    )
    urgent = opened(folder, "fraud --lacked 'no access' --case C2 --likelihood 4")
    wide = opened(folder, "fraud --lacked 'no access' --case C3 --likelihood 1 --reach many")
    told = call(folder, "escalate list").out
    assert f"{urgent},open,take,2026-06-01 11:00,1 h 00 min,16,fraud@1,C2,manager,p_mgr1" in told
    assert f"{wide},open,take,2026-06-01 11:00,1 h 00 min,4,fraud@1,C3,manager,p_mgr1" in told
    line = "escalate open fraud --by p_a07 --words x --lacked y"
    assert "refused[less-severe]" in call(folder, f"{line} --severity 3").err
    assert "refused[tier-too-low]" in call(folder, f"{line} --likelihood 5 --to p_tl1").err


# FACTS of the domain: received Fri 22 May 2026, 3 business days end on 28 May, 15 on 15 June; Scotland has a holiday on 15 June.
@pytest.mark.parametrize(
    ("nation", "acknowledge", "end"),
    [("england-wales", "2026-05-28", "2026-06-15"), ("scotland", "2026-05-28", "2026-06-16")],
)
def test_c23_clocks_run_in_business_days_of_the_nation(folder, nation, acknowledge, end):
    settings = (folder / "qacli.yaml").read_text("utf-8")
    write(folder, {"qacli.yaml": f"{settings}nation: {nation}\n"})
    case = opened(folder, "payment --lacked 'no access' --received 2026-05-22T16:40")
    told = call(folder, f"escalate show {case}").out
    assert f"customer told that it arrived by {acknowledge} 23:59: overdue by 2 business days" in told
    assert f"decided and answered by {end} 23:59" in told


def test_c23_a_clock_that_ran_out_at_a_weekend_is_overdue_by_hours_not_by_0_business_days(folder):
    opened(folder, "fraud --lacked 'no access'", today="2026-10-23T18:30")
    # The clock goes back at 2:00 on the Sunday, so 22:30 on Friday is 30 hours and a half ago, not 29.
    assert row(folder, "2026-10-25T04:00")["left"] == "overdue by 30 h 30 min"
    assert row(folder, "2026-10-26T09:00")["left"] == "overdue by 1 business day"


def test_c23_overdue_clocks_are_told_in_run_and_list(folder):
    case = opened(folder, "payment --lacked 'no access' --received 2026-05-22T16:40")
    told = call(folder, "run").out
    assert f"p_tl1: {case} (payment, risk 6) is to be taken in hand: qacli escalate take {case}" in told
    assert f"p_tl1: {case} (payment, risk 6) is to be acknowledged to the customer: qacli escalate acknowledge" in told
    assert "decided" not in told
    assert "1 case, 1 overdue" in call(folder, "escalate list").err
    for step in ("take", "acknowledge"):
        done(call(folder, f"escalate {step} {case} --words 'rang her'"))
        assert "nothing to do" in done(call(folder, f"escalate {step} {case}")).err
    assert row(folder)["left"] == "10 business days"
    assert "is to be decided and answered: qacli escalate close" in call(folder, "run", today="2026-06-16").out
    assert row(folder, "2026-06-17T09:00")["left"] == "overdue by 2 business days"
    excused = call(folder, f"excuse escalation/{case}/close --reason 'no time'", today="2026-06-16")
    assert "refused[not-excusable]" in excused.err


def test_c23_ping_pong_is_counted(folder):
    case = opened(folder)
    for giver, to in (("p_tl1", "p_ev2"), ("p_ev2", "p_tl1"), ("p_tl1", "p_mgr1"), ("p_mgr1", "p_tl1")):
        done(call(folder, f"escalate handover {case} --to {to} --words 'not mine'", giver))
    assert (row(folder)["handovers"], row(folder)["returns"]) == (4, 2)
    assert "ping-pong: it came back 2 of 4 times" in call(folder, f"escalate show {case}").out


def test_a_higher_tier_that_does_not_hold_a_case_is_told_how_to_take_it_away(folder):
    case = opened(folder)
    found = call(folder, f"escalate take {case}", "p_mgr1").err
    over = f"qacli escalate handover {case} --to p_mgr1 --words ... --as p_mgr1"
    assert f"take it away first, and say why: {over}" in found
    done(call(folder, f"escalate handover {case} --to p_mgr1 --words 'above your limit'", "p_mgr1"))
    done(call(folder, f"escalate take {case}", "p_mgr1"))


def test_who_does_not_hold_a_case_does_not_act_on_it(folder):
    case = opened(folder)
    for line in ("take", "acknowledge", "handover --to p_ev2 --words x", "option --what x", "close --choose x --why y"):
        verb, _, words = line.partition(" ")
        more = " --technique apology" if verb == "close" else ""
        found = call(folder, f"escalate {verb} {case} {words}{more}", "p_ev2")
        assert (found.code, "refused[not-the-holder]" in found.err) == (1, True), line
    # a higher tier takes it away
    done(call(folder, f"escalate handover {case} --to p_mgr1 --words 'mine now'", "p_mgr1"))
    assert (
        "refused[handed-to-the-same]" in call(folder, f"escalate handover {case} --to p_mgr1 --words x", "p_mgr1").err
    )
    assert "refused[handover-unsaid]" in call(folder, f"escalate handover {case} --to p_tl1 --words ' '", "p_mgr1").err


def test_an_option_is_closed_by_who_may_grant_it_and_never_by_who_referred_it(folder):
    case = opened(folder)
    big = option(folder, case, f"--what 'pay 160' {FULL} --decision goodwill --amount 160")
    small = option(folder, case, f"--what 'pay 60' {FULL} --decision goodwill --amount 60")
    found = close(folder, case, big)
    assert (
        found.code,
        f"refused[over-limit]: {big} grants goodwill of 160; p_tl1 may decide up to 100" in found.err,
    ) == (1, True)
    assert (
        "refused[choice-unsaid]"
        in call(folder, f"escalate close {case} --choose {small} --why ' ' --technique apology").err
    )
    assert "has no option 'eo_zz'" in close(folder, case, "eo_zz").err
    assert close(folder, case, small, more="--on 2026-05-01T10:00").code == 2
    ended = done(close(folder, case, small))
    assert f"{case} closed, settled" in ended.out
    assert f"could it come again? qacli cause open {case}" in ended.err
    told = call(folder, f"escalate show {case}").out
    assert f"{small} (chosen): pay 60 [goodwill 60]" in told
    assert "closed on 2026-06-01 by p_tl1, settled: pay 60 by g-leader@1; apology; because it was ours" in told
    assert "nothing to do" in done(close(folder, case, small)).err
    assert "refused[escalation-closed]" in call(folder, f"escalate take {case}").err
    # who referred it gets it back, and still cannot decide it
    case = done(call(folder, "escalate open limit --by p_tl1 --words x --lacked 'I know her'")).out.partition(":")[0]
    done(call(folder, f"escalate handover {case} --to p_tl1 --words 'you may'", "p_mgr1"))
    chosen, _ = (option(folder, case, f"--what {what} {FULL}") for what in ("yes", "no"))
    assert "refused[own-case]" in close(folder, case, chosen).err


def test_a_late_end_is_told(folder):
    case = opened(folder)
    chosen, _ = (option(folder, case, f"--what {what} {FULL}") for what in ("yes", "no"))
    found = done(close(folder, case, chosen, today="2026-06-09T09:00"))
    assert "closed late: take, close" in found.err
    assert row(folder)["left"] == "late: take close"


def test_the_same_option_twice_is_no_choice(folder):
    case = opened(folder)
    first = option(folder, case, f"--what 'Pay it back' {FULL}")
    again = done(call(folder, f"escalate option {case} --what ' pay  it back' {FULL}"))
    assert again.err == f"{first} is that option: nothing to do; to complete it: --of {first}\n"
    assert "refused[one-option]" in close(folder, case, first).err


def test_the_same_case_is_opened_once_and_card_numbers_never(folder):
    case = opened(folder, "limit --decision goodwill --amount 60 --case C1")
    again = "escalate open limit --by p_a07 --words again --decision goodwill --amount 60 --case C1"
    assert f"{case} is open on C1 already: nothing to do" in done(call(folder, again, "p_a07")).err
    found = call(folder, f"escalate option {case} --what 'refund to 4111 1111 1111 1111'")
    assert (found.code, "refused[card-number]" in found.err) == (1, True)
    assert "refused[option-unsaid]" in call(folder, f"escalate option {case}").err
    nothing = call(folder, f"escalate option {case} --what refund --amount 5 --customer a --benefit b --risk c")
    assert (nothing.code, "an amount is of something" in nothing.err) == (2, True)
    assert call(folder, f"escalate option {case} --of eo_zz --risk x").code == 2


def test_a_transaction_that_nobody_knows_is_told(folder):
    line = "escalate open limit --decision goodwill --amount 60 --transaction T0001 --by p_a07 --words 'charged twice'"
    told = done(call(folder, line, "p_a07"))
    assert "note: transaction T0001 is in no draw and in no export that is here: is it spelled right?" in told.err


def test_triage_offers_and_never_decides(folder):
    found = call(folder, "escalate triage 'I want to complain: they said it is a Safe Account' --format json")
    assert [(each["trigger"], each["words"]) for each in found.rows] == [
        ("fraud", "safe account"),
        ("payment", "complain"),
    ]
    nothing = call(folder, "escalate triage 'I like the scammers film'")
    assert "that proves nothing" in nothing.err
    assert call(folder, "escalate list --format json").rows == []


def test_a_trigger_holds_on_its_days_and_goes_to_somebody(folder):
    line = "escalate open data --by p_a07 --words x --lacked y --received 2026-06-18T10:00"
    assert "no trigger 'data' in force on 2026-06-18" in call(folder, line, today="2026-06-22").err
    write(folder, {"definitions/escalations.yaml": TRIGGERS.replace("manager, director]", "manager, board]")})
    found = call(folder, "check")
    assert "error[nobody-there]: limit and 1 more go to board, and nobody holds that role" in found.err + found.out


LOG = """\
case,trigger,received,acknowledged,answered
C1,payment,2026-05-22,2026-05-28,2026-06-15
C2,payment,2026-05-22,2026-05-29,2026-06-16
C3,payment,2026-04-01,2026-04-02,2026-05-12
C4,complaint,2026-04-01,,2026-05-27
C5,complaint,2026-04-01,,2026-05-28
C6,telecoms,2026-04-07,,2026-06-02
C7,telecoms,2026-04-08,,2026-06-02
C8,data,2026-06-10,,
C9,data,2026-06-22,2026-07-22,
"""


def test_c23_a_log_is_held_against_the_clocks_of_its_days(folder):
    write(folder, {"log.csv": LOG})
    found = call(folder, f"escalate replay {folder / 'log.csv'} --format json", today="2026-07-31")
    assert found.code == 1
    assert [(each["case"], each["clock"], str(each["due"]), each["verdict"]) for each in found.rows] == [
        ("C2", "acknowledge", "2026-05-28", "late"),
        ("C2", "close", "2026-06-15", "late"),
        ("C3", "close", "2026-04-24", "late"),
        ("C5", "close", "2026-05-27", "late"),
        ("C7", "close", "2026-05-20", "late"),
        ("C8", None, "None", "no rule of that day"),
    ]
    assert (
        "5 late of 12 clocks of 9 cases, bank holidays of england-wales; of 1 received on a day without such a rule"
        in found.err
    )
    for line, told in (
        ("C1,nonsense,2026-05-22,,", "names triggers that are not defined: nonsense"),
        ("C1,payment,22/05/2026,,", "'22/05/2026' is not a date"),
        ("C1,payment,,,", "a case has a day of receipt"),
        ("C1,payment,2026-05-22,,\nC1,payment,2026-05-22,,2026-05-23", "case C1 stands twice"),
        ("C1,payment,2026-05-22,,2099-01-01", "answered on 2099-01-01, which is still to come"),
        ("C1,payment,2026-05-22,,2026-05-21", "answered on 2026-05-21, before it was received on 2026-05-22"),
    ):
        write(folder, {"log.csv": LOG.splitlines()[0] + f"\n{line}\n"})
        wrong = call(folder, f"escalate replay {folder / 'log.csv'}")
        assert told in wrong.err, wrong.err


def test_c23_leaders_are_supported_by_others_and_who_was_not_is_shown(folder):
    assert [each["person"] for each in call(folder, "escalate supported --format json").rows] == [
        "p_ev1",
        "p_ev2",
        "p_mgr1",
        "p_tl1",
    ]
    line = "escalate support p_tl1 --topic 'fraud at night' --about fraud --on 2026-05-29"
    done(call(folder, f"{line} --question 'who is there?'", "p_mgr1"))
    assert "nothing to do" in done(call(folder, f"{line} --question 'who is there?'", "p_mgr1")).err
    done(call(folder, "escalate support p_tl1 --kind reminder --topic 'say why' --about idv@1", "p_mgr1"))
    last = call(folder, "escalate supported --format json").rows[-1]
    assert [last[name] for name in ("person", "sessions", "questions", "reminders", "unanswered")] == [
        "p_tl1",
        1,
        0,
        1,
        1,
    ]
    assert last["last"] == "2026-06-01"
    for more, actor, rule in (
        ("p_tl1 --topic x", "p_tl1", "refused[support-of-oneself]"),
        ("p_a07 --topic x", "p_mgr1", "refused[not-a-leader]"),
        ("p_tl1 --topic ' '", "p_mgr1", "refused[support-unsaid]"),
        ("p_tl1 --topic x --kind question", "p_mgr1", "refused[support-unsaid]"),
        ("p_tl1 --topic x --on 2026-06-02", "p_mgr1", "refused[future"),
        ("p_tl1 --topic x --about nonsense", "p_mgr1", "is neither a procedure nor a trigger"),
    ):
        found = call(folder, f"escalate support {more}", actor)
        assert (found.code in {1, 2}, rule in found.err) == (True, True), found.err


def test_what_is_open_does_not_go_when_its_time_has_come(folder):
    keep = "- {id: keep, version: 1, owner: p_tl1, from: 2026-01-01, class: escalations, months: 12, reason: x, source: x,\n"
    write(folder, {"definitions/retention.yaml": f"{keep}   checked_on: 2026-01-05}}\n"})
    case = opened(folder)
    option(folder, case, "--what wait")
    found = call(folder, "privacy due --format json", today="2028-03-01").rows
    assert {row["of"]: row["state"] for row in found} == {
        "escalations 2026": f"{case} is open",
        "escalation_options 2026": f"{case} is open",
    }


# What the requirement of high-risk and high-profile cases lists, each in words that a customer might use.
SAID = {
    "harm": "If nobody calls back I will end my life.",
    "safeguarding": "He takes my money and I am not allowed to see the letters.",
    "data-breach": "I was sent another customer's statement.",
    "fraud": "They said to move it to a safe account.",
    "discrimination": "This was racist.",
    "legal-letter": "My solicitor will write.",
    "regulator": "I am going to the ombudsman.",
    "mp": "I have told my MP.",
    "press": "A journalist is asking me.",
    "many-customers": "Others have the same fault.",
    "senior": "I am writing to your chief executive.",
    "staff-safety": "I know where you work.",
}


def test_c23_what_is_shipped_points_to_every_kind_of_high_risk_with_tier_and_clocks(desk_at):
    folder = desk_at("new")
    for trigger, words in SAID.items():
        found = call(folder, ["escalate", "triage", words, "--format", "json"]).rows
        mine = [row for row in found if row["trigger"] == trigger]
        assert mine, words
        assert mine[0]["tier"] in {"team-leader", "manager"}
        assert mine[0]["in hand within"].split()[0].isdigit()
        assert mine[0]["closed within"].split()[0].isdigit()
    assert call(folder, ["escalate", "triage", "What are your opening hours?", "--format", "json"]).rows == []
