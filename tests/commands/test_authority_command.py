"""qacli authority: the matrix, who has read it, the quiz on it, and decisions held against it."""

from __future__ import annotations

import pytest
from command_line import run
from desk import DRAWN, done, write

MATRIX = """\
- {id: colleague-goodwill, version: 1, owner: p_tl1, from: 2026-01-01, role: colleague, decision: goodwill, limit: 25,
   next_role: team-leader, conditions: [We caused the trouble.]}
- {id: leader-goodwill, version: 1, owner: p_tl1, from: 2026-01-01, role: team-leader, decision: goodwill, limit: 100}
"""
ROLES = "roles: {team-leader: [p_tl1], manager: [p_mgr1]}\nagreement: {authority: manager}\n"
ACKS = "person,on\np_a07,2026-01-05\np_a09,2026-01-05\np_tl1,2026-01-05\n"
RIGHT = "question,answer\ncolleague-goodwill-at,a\ncolleague-goodwill-above,b\ncolleague-goodwill-split,b\n"
HEADER = "on,case,customer,person,decision,amount,approver,reason\n"
SPLIT = HEADER + "".join(f"2026-05-{day:02},C1,K1,p_a07,goodwill,20,,late reply\n" for day in (4, 5, 6))


def call(folder, line, actor="p_tl1", today=DRAWN):
    return run(line, folder, actor, today)


@pytest.fixture
def matrix(desk_at):
    folder = desk_at("new")
    settings = (folder / "qacli.yaml").read_text("utf-8")
    write(folder, {"definitions/authority.yaml": MATRIX, "qacli.yaml": settings + ROLES, "acks.csv": ACKS})
    return folder


@pytest.fixture
def read(matrix):
    done(call(matrix, "authority agree colleague-goodwill leader-goodwill", "p_mgr1"))
    done(call(matrix, f"authority ack --from {matrix / 'acks.csv'}"))
    return matrix


def replay(folder, log, more=""):
    write(folder, {"log.csv": log})
    return call(folder, f"authority replay {folder / 'log.csv'} --format json {more}")


def test_c22_three_small_awards_on_one_case_are_one_breach(read):
    found = replay(read, SPLIT)
    assert found.code == 1
    (row,) = found.rows
    assert (row["breach"], row["n"], row["amount"], row["limit"]) == ("split", 3, 60, 25)
    assert row["what"] == "3 x goodwill by p_a07 on case C1 in 3 days: split 60 GBP"


def test_a_signature_of_an_equal_hides_no_split(read):
    for approver, breaches in (("p_a09", ["split"]), ("p_tl1", [])):
        lines = "".join(f"2026-05-{day:02},C1,K1,p_a07,goodwill,20,{approver},x\n" for day in (4, 5, 6))
        assert [row["breach"] for row in replay(read, HEADER + lines).rows] == breaches
    one_day = replay(read, HEADER + "2026-05-04,C1,K1,p_a07,goodwill,20,,x\n" * 2)
    assert one_day.rows[0]["what"] == "2 x goodwill by p_a07 on case C1 on one day: split 40 GBP"


def test_a_decision_without_a_name_for_its_case_is_no_line_of_a_log(read):
    result = replay(read, f"{HEADER}2026-05-04,,K1,p_a07,goodwill,20,,x\n2026-05-04,C1,K1, ,,20,,x\n")
    assert (result.code, result.err.count("error[not-read]")) == (65, 3)
    assert "a decision names its case\n" in result.err
    assert "(cell B2)" in result.err


@pytest.mark.parametrize(
    ("line", "breach"),
    [
        ("2026-05-06,C2,K2,p_a07,goodwill,25.01,,too much", "over-limit"),
        ("2026-05-06,C2,K2,p_a07,goodwill,101,p_tl1,above the leader too", "over-limit"),
        ("2026-05-06,C2,K2,p_a07,goodwill,10,p_a07,signed myself", "self-approved"),
        ("2026-05-06,C2,K2,p_a07,goodwill,30,p_a09,a colleague signed", "over-limit"),
        ("2026-05-06,C2,K2,p_a07,refund,1,,no line for it", "no-authority"),
        ("2025-12-31,C2,K2,p_a07,goodwill,1,,before the matrix", "no-authority"),
        ("2026-05-06,C2,K2,p_a12,goodwill,1,,never read it", "not-acknowledged"),
        ("2026-01-04,C2,K2,p_a07,goodwill,1,,the day before it was read", "not-acknowledged"),
        ("2026-05-06,C2,K2,p_a07,goodwill,25,,at the limit", None),
        ("2026-05-06,C2,K2,p_a07,goodwill,60,p_tl1,the leader may", None),
    ],
)
def test_a_decision_by_itself(read, line, breach):
    found = replay(read, f"{HEADER}{line}\n")
    assert ([row["breach"] for row in found.rows], found.code) == ([breach] if breach else [], 1 if breach else 0)


def test_decisions_further_apart_or_on_other_cases_do_not_count_as_one(read):
    apart = HEADER + "".join(f"2026-05-{day:02},C1,K1,p_a07,goodwill,20,,x\n" for day in (4, 11))
    other = HEADER + "".join(f"2026-05-04,C{case},K1,p_a07,goodwill,20,,x\n" for case in (1, 2))
    assert (replay(read, apart).rows, replay(read, other).rows) == ([], [])


def test_a_line_that_nobody_agreed_gives_nothing(matrix):
    assert [row["breach"] for row in replay(matrix, SPLIT).rows] == ["no-authority"] * 3
    found = call(matrix, "authority ack", "p_a07")
    assert (found.code, "refused[no-line]" in found.err) == (1, True)


def test_agreeing_takes_a_second_person_in_the_role(matrix):
    assert "refused[same-person]" in call(matrix, "authority agree colleague-goodwill").err
    assert "refused[wrong-role]" in call(matrix, "authority agree colleague-goodwill", "p_ev1").err
    done(call(matrix, "authority agree colleague-goodwill", "p_mgr1"))
    assert "nothing to do" in done(call(matrix, "authority agree colleague-goodwill", "p_mgr1")).err
    rows = {row["line"]: row["agreed"] for row in call(matrix, "authority list --format json").rows}
    assert rows["colleague-goodwill@1"].startswith("by p_mgr1 on ")
    assert rows["leader-goodwill@1"] == "not yet, as it stands"


def test_breaches_are_put_on_record_once(read):
    assert "1 put on record" in done(replay(read, SPLIT, "--record")).err
    assert "nothing to do" in done(replay(read, SPLIT, "--record")).err
    rows = call(read, "export authority_breaches --format json").rows
    assert [(row["rule"], row["case"], row["decisions"]) for row in rows] == [("split", "C1", 3)]


def test_the_quiz_is_made_from_the_lines_and_all_has_to_be_right(read):
    asked = done(call(read, "authority quiz --questions", "p_a07")).out
    assert "goodwill of 25 GBP (We caused the trouble.): may you decide it, as colleague?" in asked
    write(
        read,
        {
            "wrong.csv": RIGHT.replace("above,b", "above,a"),
            "right.csv": RIGHT,
            "short.csv": RIGHT.replace("colleague-goodwill-split,b\n", ""),
        },
    )
    write(read, {"both.csv": f"{RIGHT}colleague-goodwill-at,b\n"})
    both = call(read, f"authority quiz --from {read / 'both.csv'}", "p_a07")
    assert (both.code, "error[repeated-answer]: colleague-goodwill-at is answered twice" in both.err) == (65, True)
    short = call(read, f"authority quiz --from {read / 'short.csv'}", "p_a07")
    assert (short.code, "no answer to colleague-goodwill-split" in short.err) == (1, True)
    assert "2 of 3 right, not passed" in done(call(read, f"authority quiz --from {read / 'wrong.csv'}", "p_a07")).out
    assert "3 of 3 right, passed" in done(call(read, f"authority quiz --from {read / 'right.csv'}", "p_a07")).out
    unread = call(read, f"authority quiz --from {read / 'right.csv'}", "p_a12")
    assert "refused[unread-authority]" in unread.err
    rows = {row["person"]: row for row in call(read, "authority levels --format json").rows}
    assert (rows["p_a07"]["read"], rows["p_a07"]["quiz"], rows["p_a09"]["quiz"]) == (1, "passed", "open")
    assert call(read, "authority levels --strict").code == 1


def test_a_new_version_is_read_and_asked_again(read):
    write(read, {"right.csv": RIGHT})
    done(call(read, f"authority quiz --from {read / 'right.csv'}", "p_a07"))
    later = MATRIX + (
        "- {id: colleague-goodwill, version: 2, owner: p_tl1, from: 2026-05-01, role: colleague, decision: goodwill,\n"
        "   limit: 10, next_role: team-leader}\n"
    )
    write(read, {"definitions/authority.yaml": later})
    done(call(read, "authority agree colleague-goodwill", "p_mgr1"))
    rows = {row["person"]: row for row in call(read, "authority levels --format json").rows}
    assert (rows["p_a07"]["read"], rows["p_a07"]["quiz"]) == (0, "open")
    # each decision is held against the limit of its own day
    log = HEADER + "2026-04-30,C1,K1,p_a07,goodwill,20,,x\n2026-05-01,C2,K1,p_a07,goodwill,20,,x\n"
    assert [(row["breach"], row["on"]) for row in replay(read, log).rows] == [("over-limit", "2026-05-01")]


def test_a_line_is_written_and_checked(desk_at):
    folder = desk_at("new")
    told = done(call(folder, "authority list")).err
    assert told == (
        "no line is in force on 2026-05-25; write one: qacli authority set LINE --role ROLE --decision goodwill --limit 25\n"
    )
    line = "authority set goodwill --role colleague --decision goodwill --limit 25 --next-role team-leader --from 2026-01-01"
    settings = (folder / "qacli.yaml").read_text("utf-8")
    write(folder, {"qacli.yaml": settings + ROLES})
    assert "wrote goodwill@1" in done(call(folder, line)).err
    assert "nothing to do" in done(call(folder, line)).err
    assert "p_a07 decides nothing by themselves" in done(call(folder, "authority list --for p_a07")).err
    write(folder, {"qacli.yaml": settings})
    found = call(folder, "check")
    assert "nobody holds the role team-leader" in found.out + found.err
    assert call(folder, "authority set more --role colleague --decision goodwill --limit much").code == 65


def test_a_role_that_nobody_can_hold_is_neither_written_nor_agreed(matrix):
    for more in ("--role wizard", "--role colleague --next-role wizard"):
        result = call(matrix, f"authority set spells --decision goodwill --limit 25 {more}")
        assert (result.code, result.err.splitlines()[0]) == (
            1,
            "refused[unknown-role]: there is no role wizard here; roles: colleague, team-leader, manager.",
        )
    path = matrix / "definitions/authority.yaml"
    assert "wizard" not in path.read_text("utf-8")
    write(matrix, {"definitions/authority.yaml": MATRIX.replace("role: team-leader", "role: wizard")})
    for name in ("leader-goodwill", "leader-goodwill@1"):
        assert "refused[unknown-role]" in call(matrix, f"authority agree colleague-goodwill {name}", "p_mgr1").err
    assert call(matrix, "export approvals --format json").rows == []
    done(call(matrix, "authority agree leader-goodwill --decline --comment 'no such role'", "p_mgr1"))


def test_a_log_that_cannot_be_read_names_every_cell(read):
    found = replay(read, HEADER + "4 May,C1,K1,p_a07,goodwill,20,,x\n2026-05-04,C1,K1,p_a07,goodwill,lots,,x\n")
    assert found.code == 65
    assert "cell A2" in found.err
    assert "cell F3" in found.err
