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


# taking a request back


def test_c17_who_asked_takes_it_back_and_says_why(asked_once, tmp_path):
    folder, names = shutil.copytree(asked_once[0], tmp_path / "desk"), asked_once[1]
    line = f"resource secure {names['open']} --outcome withdrawn"
    said = f"p_tl1 asked for {names['open']}; p_mgr1 cannot take it back."
    assert "p_mgr1 can refuse it: --outcome refused" in refused(call(folder, line, "p_mgr1"), "not-the-asker", said)
    refused(call(folder, line), "resource-reason", "a request that is withdrawn needs words.")
    refused(call(folder, f"{line} --amount 1 --words x"), "outcome-differs", "1 at 0 is not withdrawn.")
    refused(call(folder, line.replace(names["open"], names["july"]) + " --words x"), "decided-already")
    budget = {row["resource"]: row["need"] for row in call(folder, "resource review --format json").rows}["budget"]
    assert f"{names['open']} withdrawn" in done(call(folder, f"{line} --words 'the two have left'")).out
    # it is asked of nobody any more, and its money is not needed
    rows = {row["request"]: (row["state"], row["given"]) for row in call(folder, "resource list --format json").rows}
    assert rows[names["open"]] == ("withdrawn", "0")
    assert {row["resource"]: row["need"] for row in call(folder, "resource review --format json").rows}[
        "budget"
    ] == budget - 280
    assert names["open"] not in call(folder, "run --ahead 90", "p_mgr1").out
    assert "was withdrawn by p_tl1: nothing to do" in done(call(folder, f"{line} --words again")).err
    refused(call(folder, f"resource secure {names['open']}", "p_mgr1"), "decided-already", "by p_tl1: withdrawn.")
    refused(call(folder, f"resource effect {names['open']}"), "nothing-given", "is withdrawn: nothing was given")
    # the same may be asked for again
    assert done(call(folder, ASK.replace("more", "'more, open'"))).out.startswith("rq_")


# figures as people read them


def test_figures_have_no_exponent_and_every_column_has_a_name(asked_once):
    folder, names = asked_once
    found = call(folder, "resource calc phone-desk --contacts 150000 --format json")
    assert "15,000 Erlangs from 150,000 contacts in 30 min of 180 s" in found.err  # 150,000 x 180 s / 1,800 s
    assert all(all(row) and "note" in row for row in found.rows)
    told = call(folder, "resource workload --hours 10000000 --minutes 22 --plan 1000000")
    assert "takes 366,666.7 h" in told.out  # 1,000,000 x 22 / 60
    assert "9,633,333.3 h are left over" in told.err
    said = call(folder, "resource workload --hours 250 --minutes 22 --plan 900000")
    refused(
        said, "beyond-hours", "900,000 evaluations of 22 min need 330,000 h; there are 250 h.", "the other 329,750 h:"
    )
    for row in call(folder, f"resource effect {names['secured']} --format json").rows:
        assert all(row)


def test_a_promise_that_takes_more_people_than_any_desk_has_is_told_at_once(asked_once):
    found = call(asked_once[0], "resource calc phone-desk --busy 0.001 --format json")
    assert (found.code, "no number of people holds 80 % answered within 20 s" in found.err) == (0, True), found.err


def test_an_id_that_is_not_there_is_looked_up_where_requests_are_listed(asked_once):
    for line in ("resource secure rq_zz", "resource effect rq_zz"):
        found = call(asked_once[0], line)
        assert (
            found.code,
            "there is no rq_zz in resource requests" in found.err,
            "see: qacli resource list" in found.err,
        ) == (1, True, True)
