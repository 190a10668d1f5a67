"""Disputes through the command line: raised by the colleague in time, decided by another, both versions kept."""

from __future__ import annotations

import shutil

import pytest
from command_line import run, snapshot
from desk import DRAWN, PEOPLE, SETTINGS, done, write

from qacli.govern.staying import reasons_to_stay
from qacli.workspace import Workspace
from qacli.workspace.tables import tables

RAISE = "dispute raise o_6 --criterion idv=met --criterion next --words 'I asked for the postcode first.'"
DECIDE = "dispute decide x_9 --words '00:40: the postcode comes first.' --outcome"


NOBODY_READY = "= help: nobody who may decide it knows the procedures of desk@1.0 yet; p_mgr1 first, run: qacli procedure ack idv@1"


@pytest.fixture(scope="module")
def disputed_once(scored_once, tmp_path_factory):
    """The scored desk with a dispute on idv and next, only to be read."""
    folder = shutil.copytree(scored_once, tmp_path_factory.mktemp("disputed") / "desk")
    done(run(RAISE, folder, "p_a07", DRAWN))
    return folder


@pytest.fixture
def disputed(disputed_once, tmp_path):
    """A copy of it to write to."""
    return shutil.copytree(disputed_once, tmp_path / "desk")


def answers(folder, observation):
    rows = run("export ratings --format json", folder, "p_tl1").rows
    return {row["criterion"]: row["answer"] for row in rows if row["observation"] == observation}


def test_a_dispute_that_is_upheld_in_part_keeps_both_versions(disputed):
    result = done(run(f"{DECIDE} partly --answer idv=met", disputed, "p_ev2", DRAWN))
    assert result.out == (
        "x_9 partly: idv not_met to met (recorded by unknown for p_ev2)\n"
        "in its place o_a: 45.0 of 100 on 100 of 100 weight; criticals: customer 0, business 0, compliance 0\n"
    )
    assert answers(disputed, "o_a") == {"idv": "met", "check": "4", "next": "1"}
    shown = done(run("dispute show x_9 --format json", disputed, "p_a07"))
    assert [(row["criterion"], row["given"], row["asked for"], row["decided"]) for row in shown.rows] == [
        ("idv", "not_met", "met", "met"),
        ("next", "1", None, "1"),
    ]
    assert "compliance 1 (idv at 00:41)" in shown.err
    assert "in its place o_a" in shown.err
    correction = run("ledger show c_a", disputed, "p_tl1").out
    assert "x_9" in correction
    assert run("ledger verify", disputed).code == 0


def test_a_dispute_that_is_rejected_changes_nothing(disputed):
    assert done(run(f"{DECIDE} rejected", disputed, "p_ev2", DRAWN)).out.startswith("x_9 rejected: nothing changes")
    assert run(f"{DECIDE} rejected", disputed, "p_ev2", DRAWN).err.startswith("refused[already-decided]: x_9 is over")
    assert answers(disputed, "o_6")["idv"] == "not_met"


@pytest.mark.parametrize(
    ("actor", "more", "said"),
    [
        ("p_ev1", "rejected", "refused[own-dispute]: p_ev1 scored t_5-1 and cannot decide x_9."),
        ("p_a07", "rejected", "refused[own-dispute]: p_a07 is whose work o_6 is about and cannot decide x_9."),
        ("p_tl1", "rejected", "refused[no-acknowledgement]: p_tl1"),
        ("p_ev2", "upheld", "refused[outcome-differs]: x_9 is not upheld by these answers: next: say what it deserves"),
        ("p_ev2", "partly", "refused[outcome-differs]: x_9 is not partly upheld by these answers: no answer changes"),
        ("p_ev2", "rejected --answer idv=met", "refused[outcome-differs]: x_9 is not rejected by these answers: idv"),
        ("p_ev2", "partly --answer idv=met --answer check=5", "refused[outcome-differs]: x_9 is not partly upheld"),
        ("p_ev2", "partly --answer next=9", "refused[incomplete-form]"),
    ],
)
def test_c09_whoever_judged_it_first_and_whatever_does_not_fit_is_refused(disputed_once, actor, more, said):
    before = snapshot(disputed_once / "records")
    result = run(f"{DECIDE} {more}", disputed_once, actor, DRAWN)
    assert (result.code, result.err.startswith(said)) == (1, True), result.err
    assert snapshot(disputed_once / "records") == before


@pytest.mark.parametrize(
    ("actor", "settings", "told"),
    [
        ("p_ev1", "", "= help: it may be decided by p_ev2: --as p_ev2\n"),
        ("p_a07", "", "= help: it may be decided by p_ev2: --as p_ev2\n"),
        ("p_tl1", "", "= help: it may be decided by p_ev2: --as p_ev2; or run: qacli procedure ack "),
        ("p_ev2", "roles: {judge: [p_mgr1, p_ev1]}\nagreement: {dispute: judge}\n", NOBODY_READY),
        ("p_ev1", "roles: {judge: [p_mgr1, p_ev1]}\nagreement: {dispute: judge}\n", NOBODY_READY),
        ("p_ev1", "roles: {judge: [p_ev1]}\nagreement: {dispute: judge}\n", "= help: nobody is left who holds the role judge"),
    ],
)  # fmt: skip
def test_who_may_not_decide_is_told_who_may(disputed, actor, settings, told):
    write(disputed, {"qacli.yaml": SETTINGS + settings})
    assert told in run(f"{DECIDE} rejected", disputed, actor, DRAWN).err


def test_where_no_evaluator_is_left_another_is_to_be_named(disputed):
    left = [line for line in PEOPLE.splitlines() if not line.startswith(("p_ev2", "p_tl1"))]
    write(disputed, {"people.csv": "\n".join([*left, ""])})
    assert "no evaluator is left who has no part in it" in run(f"{DECIDE} rejected", disputed, "p_ev1", DRAWN).err


def test_whoever_is_named_decides_and_then_the_dispute_is_over(disputed):
    done(run(f"{DECIDE} partly --answer idv=met", disputed, "p_ev2", DRAWN))
    again = run(f"{DECIDE} partly --answer idv=met", disputed, "p_ev2", DRAWN).err
    assert again.startswith("refused[already-decided]: x_9 is over")


def test_a_role_may_be_named_that_decides(disputed):
    roles = "roles: {judge: [p_mgr1]}\nagreement: {dispute: judge}\n"
    write(disputed, {"qacli.yaml": SETTINGS + roles})
    refused = run(f"{DECIDE} rejected", disputed, "p_ev2", DRAWN)
    assert refused.err.startswith("refused[wrong-role]: disputes are decided by a judge, and p_ev2 does not hold")
    assert "p_mgr1: x_9 on o_6 is to be decided" in run("run --dry-run", disputed, "p_tl1", "2026-06-12").out


def test_who_is_reminded_of_a_dispute_can_decide_it(disputed):
    # p_tl1 owns the card and has read no procedure, p_ev1 scored the item
    due = [
        row for row in run("run --ahead 30 --format json", disputed, "p_tl1", DRAWN).rows if row["work"] == "dispute"
    ]
    assert [(row["owner"], row["subject"]) for row in due] == [("p_ev2", "x_9")]
    done(run(f"{DECIDE} rejected", disputed, due[0]["owner"], DRAWN))


def test_where_nobody_loses_by_contesting_a_score_never_sinks(disputed):
    write(disputed, {"qacli.yaml": SETTINGS + "disputes: {never_lower: yes}\n"})
    done(run("dispute withdraw x_9", disputed, "p_a07", DRAWN))
    done(run("dispute raise o_6 --criterion check --words 'why four?'", disputed, "p_a07", DRAWN))
    lower = "dispute decide x_b --outcome partly --answer check=2 --words 'no yes was waited for'"
    refused = run(lower, disputed, "p_ev2", DRAWN)
    assert refused.err.startswith("refused[never-lower]: x_b cannot be decided so: the score would go from 45.0 to")


@pytest.mark.parametrize(
    ("line", "actor", "day", "said"),
    [
        ("--criterion idv --words x", "p_a09", DRAWN, "refused[not-the-colleague]: o_6 is about the work of p_a07"),
        ("--criterion idv --words x", "p_a07", "2026-06-09", "refused[dispute-window]: o_6 could be disputed until 8"),
        ("--criterion idv --words ' '", "p_a07", DRAWN, "refused[no-reason]"),
        (
            "--criterion idw --words x",
            "p_a07",
            DRAWN,
            "refused[not-disputable]: o_6 cannot be disputed so: idw: not on",
        ),
        (
            "--criterion check=4 --words x",
            "p_a07",
            DRAWN,
            "refused[not-disputable]: o_6 cannot be disputed so: check: 4",
        ),
        ("--criterion idv --words x --late x", "p_tl1", DRAWN, "refused[no-authority]"),
    ],
)
def test_what_cannot_be_disputed_is_refused(scored_once, line, actor, day, said):
    result = run(f"dispute raise o_6 {line}", scored_once, actor, day)
    assert (result.code, result.err.startswith(said)) == (1, True), result.err


def test_the_window_counts_from_the_feedback_and_an_authority_may_open_it(scored):
    done(run("feedback deliver f_7", scored, "p_tl1", "2026-06-04"))
    late = "dispute raise o_6 --criterion idv=met --words x"
    assert "until 18 June 2026, 14 days from 4 June 2026" in run(late, scored, "p_a07", "2026-06-19").err
    write(scored, {"qacli.yaml": SETTINGS + "roles: {head: [p_mgr1]}\nagreement: {override: head}\n"})
    done(run(f"{late} --late 'on leave until the 18th'", scored, "p_mgr1", "2026-06-19"))
    shown = run("dispute show x_a", scored, "p_a07").err
    assert "let in late by p_mgr1: on leave until the 18th" in shown
    assert run("dispute decide x_a --outcome rejected --words x", scored, "p_mgr1", "2026-06-20").err.startswith(
        "refused[own-dispute]: p_mgr1 raised x_a"
    )


def test_an_evaluator_does_not_correct_past_a_dispute(disputed):
    path = next(disputed.glob("drafts/t_5-1.score.yaml"))
    again = run(f"score --from {path} --correct 'my mistake'", disputed, "p_ev1", DRAWN)
    assert again.err.startswith("refused[disputed]: t_5-1 cannot be scored again: its dispute x_9 is open.")
    done(run(f"{DECIDE} partly --answer idv=met", disputed, "p_ev2", DRAWN))
    assert "its dispute x_9 was decided (partly)" in run(f"score --from {path}", disputed, "p_ev1", DRAWN).err
    second = run("dispute raise o_a --criterion next=4 --words x", disputed, "p_a07", DRAWN)
    assert "next: contested before, in x_9 (partly)" in second.err


def test_overturn_rates_have_their_n_and_stay_silent_where_it_is_small(disputed):
    done(run(f"{DECIDE} partly --answer idv=met", disputed, "p_ev2", DRAWN))
    few = run("dispute report --format json", disputed, "p_tl1", DRAWN).rows[0]
    assert (few["evaluator"], few["rated"], few["contested"], few["changed"]) == ("p_ev1", 3, 2, 1)
    assert (few["% overturned"], few["verdict"]) == (None, "too few: 2 of 5 decisions")
    write(disputed, {"qacli.yaml": SETTINGS + "thresholds: {minimum_n: 2}\n"})
    found = run("dispute report --format json", disputed, "p_tl1", DRAWN).rows[0]
    # Wilson (1927), 1 of 2 at 95 %: .0945 to .9055
    assert (found["% overturned"], found["low"], found["high"]) == (
        50,
        pytest.approx(9.45, abs=0.01),
        pytest.approx(90.55, abs=0.01),
    )
    by = {
        row["criterion"]: row["changed"]
        for row in run("dispute report --by criterion --format json", disputed, "p_tl1", DRAWN).rows
    }
    assert by == {"idv": 1, "next": 0}


def test_a_score_that_its_evaluator_corrected_is_rated_once(scored):
    path = next(scored.glob("drafts/t_5-1.score.yaml"))
    path.write_text(path.read_text("utf-8").replace("check: 4", "check: {answer: 3, evidence: half of it}"), "utf-8")
    corrected = done(run(f"score --from {path} --correct 'misheard'", scored, "p_ev1", DRAWN)).out.partition(":")[0]
    done(run(f"dispute raise {corrected} --criterion idv=met --words 'I asked for it'", scored, "p_a07", DRAWN))
    found = run("dispute report --by criterion --format json", scored, "p_tl1", DRAWN).rows
    assert [(row["criterion"], row["rated"], row["contested"]) for row in found] == [("idv", 1, 1)]


def test_what_an_open_dispute_rests_on_is_not_retired(disputed_once):
    view = Workspace.find(disputed_once, "p_tl1").view()
    stays = reasons_to_stay(view, tables())
    assert {name for name, _ in stays} == {"disputes", "dispute_points", "observations"}
    assert set(stays.values()) == {"x_9 is still to be decided"}


@pytest.mark.parametrize(
    ("actor", "said"),
    [
        ("p_a07", "the words of o_6-1 are evidence of p_ev1 on your own work."),
        ("p_ev1", "the words of o_6-1 are evidence of yours that x_9 contests."),
    ],
)
@pytest.mark.parametrize("named", ["o_6", "o_6-1"])
def test_neither_side_of_a_dispute_overwrites_what_it_is_about(disputed_once, named, actor, said):
    before = snapshot(disputed_once / "records")
    found = run(f"ledger redact {named} --reason privacy", disputed_once, actor, DRAWN)
    assert (found.code, found.err.startswith(f"refused[own-evidence]: {said}")) == (1, True), found.err
    assert snapshot(disputed_once / "records") == before


def test_another_takes_a_name_out_of_evidence_even_while_it_is_contested(disputed):
    done(run("ledger redact o_6-1 --reason 'a customer is named'", disputed, "p_tl1", DRAWN))
    done(run(f"{DECIDE} rejected", disputed, "p_ev2", DRAWN))
    # once it is decided, whoever wrote it may; whose work it is still not
    done(run("ledger redact o_6 --reason 'a customer is named'", disputed, "p_ev1", DRAWN))
    assert "refused[own-evidence]" in run("ledger redact o_6 --reason privacy", disputed, "p_a07", DRAWN).err
