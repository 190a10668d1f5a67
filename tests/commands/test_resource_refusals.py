"""What ``qacli resource`` refuses, each typed as somebody would type it."""

from __future__ import annotations

import shutil

import pytest
from command_line import run
from desk import DRAWN, done, refused, write
from test_resource_command import DESKS, RESOURCES

ASK = (
    "resource request seats --amount 2 --unit units --of p_mgr1 --effect next --from 2026-07-01 --cost 280 --words more"
)


def call(folder, line, actor="p_tl1", today=DRAWN):
    return run(line, folder, actor, today)


@pytest.fixture(scope="module")
def asked_once(_desks, tmp_path_factory):
    """A desk with four requests to p_mgr1: open, refused, secured in time and secured for July."""
    folder = shutil.copytree(_desks / "drawn", tmp_path_factory.mktemp("resource") / "desk")
    write(folder, {"definitions/desks.yaml": DESKS, "definitions/resources.yaml": RESOURCES})
    names = {}
    for name in ("open", "refused", "secured", "july"):
        names[name] = done(call(folder, ASK.replace("more", f"'more, {name}'"))).out.partition(":")[0]
    done(call(folder, f"resource secure {names['refused']} --outcome refused --words 'no money'", "p_mgr1"))
    done(call(folder, f"resource secure {names['secured']} --from 2026-05-01", "p_mgr1"))
    done(call(folder, f"resource secure {names['july']}", "p_mgr1"))
    return folder, names


LINES = [
    (ASK.replace("of p_mgr1", "of p_tl1"), "p_tl1", "asked-of-oneself", "p_tl1 cannot ask p_tl1. = help: name whoever has it to give"),
    (ASK.replace("effect next", "effect nxt"), "p_tl1", "no-such-measure", "'nxt' is neither a KPI nor a criterion of a scorecard."),
    (ASK.replace("words more", "words ' '"), "p_tl1", "resource-reason", 'a request needs words. = help: say why: --words "..."'),
    ("resource secure {open}", "p_ev1", "not-asked-of", "{open} was asked of p_mgr1; p_ev1 cannot decide it. = help: that person runs:"),
    ("resource secure {july}", "p_mgr1", "decided-already", "{july} was decided by p_mgr1: secured. = help: what is still missing is"),
    ("resource secure {open} --amount 1", "p_mgr1", "outcome-differs", "{open} asks for 2 units at 280; 1 at 280 is not secured."),
    ("resource secure {open} --outcome partly --words x", "p_mgr1", "outcome-differs", "2 at 280 is not partly. = help: secured: all that"),
    ("resource secure {open} --outcome refused --amount 1 --words x", "p_mgr1", "outcome-differs", "1 at 0 is not refused."),
    ("resource secure {open} --outcome refused", "p_mgr1", "resource-reason", "a request that is refused needs words."),
    ("resource secure {open} --outcome partly --amount 1", "p_mgr1", "resource-reason", "a request that is met partly needs words."),
    ("resource effect {open}", "p_tl1", "nothing-given", "{open} is open: nothing was given, so nothing can have come of it."),
    ("resource effect {refused}", "p_tl1", "nothing-given", "{refused} is refused: nothing was given"),
    ("resource effect {july}", "p_tl1", "too-early", "what {july} asked for is there from 1 July 2026. = help: look at its effect after"),
    ("resource workload --hours 250 --minutes 22 --plan 900", "p_tl1", "beyond-hours", "330 h; there are 250 h. = help: 681 fit; or find"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "actor", "rule", "said"), LINES, ids=[line for line, *_ in LINES])
def test_c17_asking_and_deciding(asked_once, line, actor, rule, said):
    folder, names = asked_once
    more = " --dry-run" if "request" in line or "secure" in line else ""
    refused(call(folder, line.format(**names) + more, actor), rule, said.format(**names))


TYPED = [
    (ASK.replace("seats", "chairs"), "there is no desk or resource 'chairs'", "known are: phone-desk, seats, budget"),
    (ASK.replace("amount 2", "amount 0"), "what is asked for is above 0, and what it costs is not below 0", ""),
    (ASK.replace("cost 280", "cost -1"), "what is asked for is above 0, and what it costs is not below 0", ""),
    (ASK.replace("of p_mgr1", "of p_x"), "'p_x' is nobody in people.csv", "name a person id of it"),
    (ASK.replace("amount 2", "amount two"), "--amount", ""),
    ("resource workload", "there are no hours and minutes", "say --hours 44 --minutes 22, or --frame with both in it"),
]


@pytest.mark.parametrize(("line", "said", "todo"), TYPED, ids=[line for line, *_ in TYPED])
def test_c17_a_line_that_cannot_be(asked_once, line, said, todo):
    found = call(asked_once[0], line)
    assert (found.code, said in found.err, todo in found.err) == (2, True, True), found.err


STATED = [
    ("budget-need", "unit: GBP, have: 100,", "unit: GBP, have: 100, need: 200,", "leave it out, and see qacli resource request"),
    ("one-need", "per: {each: 1, of: colleague}", "need: 3, per: {each: 1, of: colleague}", "says either need, a number, or per"),
    ("one-need", "per: {each: 1, of: colleague}, ", "", "says either need, a number, or per, so many for each person"),
    ("unknown-setting", "have: 2,", "have: 2, gap: 1,", "unknown setting 'gap'"),
    ("one-promise", "answered: {percent: 80, within_s: 20}, ", "", "promises either answered: {percent, within_s} or abandoned"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "was", "now", "said"), STATED, ids=[f"{code} {now}" for code, _, now, _ in STATED])
def test_c17_what_may_not_stand_in_the_files(asked_once, tmp_path, code, was, now, said):
    folder = shutil.copytree(asked_once[0], tmp_path / "desk")
    assert was in RESOURCES + DESKS
    write(
        folder,
        {"definitions/desks.yaml": DESKS.replace(was, now), "definitions/resources.yaml": RESOURCES.replace(was, now)},
    )
    found = call(folder, "check")
    told = f"{found.out}{found.err}"
    assert (found.code, f"error[{code}]" in told, said in told) == (1, True, True), told


def test_c17_a_promise_that_nobody_can_hold_is_told(asked_once):
    found = call(asked_once[0], "resource calc phone-desk --busy 0.0001")
    assert (found.code, "no number of people holds 80 % answered within 20 s" in found.err) == (0, True), found.err
