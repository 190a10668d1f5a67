"""What ``qacli case`` refuses, each planted in the file of a case and met by the command that reads it."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import pairwise

import coached
import pytest
from command_line import run
from desk import DRAWN, done, refused, write
from test_case_command import CASE, DESKS, MAY, measured

from qacli.model import Change
from qacli.workspace import Workspace

BENEFIT = "amount: calls * (100 - late) / 100 * again * call"
LATE = "late: {from: kpi show, row: service-level, column: value, where: {variant: sl3, period: 2026-W20}}"
RANGE = "again: {value: 0.1, low: 0.05, high: 0.2"
ROLES = "roles: {manager: [p_mgr1], director: [p_ev2]}\n"


def call(folder, line, actor="p_tl1", today=DRAWN):
    return run(line, folder, actor, today)


@pytest.fixture(scope="module")
def drafted_once(_desks, tmp_path_factory):
    """A case with its figures, drafted once; only to be copied."""
    folder = shutil.copytree(_desks / "new", tmp_path_factory.mktemp("case") / "desk")
    write(folder, {"definitions/desks.yaml": DESKS, "definitions/cases/two-more.yaml": CASE})
    measured(folder, 700)
    done(call(folder, "case draft two-more"))
    shutil.rmtree(folder / "out")
    return folder


@pytest.fixture
def drafted(drafted_once, tmp_path):
    return shutil.copytree(drafted_once, tmp_path / "desk")


def changed(folder, was, now, name="definitions/cases/two-more.yaml"):
    text = (folder / name).read_text("utf-8")
    assert was in text
    write(folder, {name: text.replace(was, now)})


WHOLE = [
    ("currency: GBP", "currency: GBP\ntemplate: board", "there is no template board; defined are: business-case"),
    ("  analysis: The", "  close: The", "the text of section analysis is missing; say in it: "),
    (
        "  analysis: The",
        "  analyse: The",
        "business-case@1 has no section analyse for a text; sections: summary, analysis",
    ),
    ("owner: p_tl1, due", "owner: p_nobody, due", "nobody in people.csv is p_nobody; name a person id of it"),
]


@pytest.mark.parametrize("line", ["draft", "check", "approve"])
@pytest.mark.parametrize(("was", "now", "said"), WHOLE, ids=[now.replace("\n", " ") for _, now, _ in WHOLE])
def test_c18_a_case_that_does_not_hold_together(drafted, line, was, now, said):
    changed(drafted, was, now)
    found = call(drafted, f"case {line} two-more", "p_mgr1" if line == "approve" else "p_tl1")
    if line == "approve" and "template" not in now:
        refused(found, "not-drafted", "its text or format was changed after ic_")
    else:
        refused(
            found, "case-incomplete", "two-more@1 does not hold together:", said, "mend its file; nothing was recorded"
        )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [(BENEFIT, "amount: late / (calls - calls)")],
            "'Calls that are not made twice' divides by 0: late / (calls - calls)",
        ),
        ([(BENEFIT, "amount: late / again"), (RANGE, RANGE.replace("0.05", "0"))], "divides by 0: late / again"),
    ],
    ids=["always", "at an end of its range"],
)
def test_c18_a_division_by_nothing_has_no_result(drafted, changes, said):
    for was, now in changes:
        changed(drafted, was, now)
    for line in ("draft", "check"):
        refused(
            call(drafted, f"case {line} two-more"), "no-result", said, "rest it on what is not 0 now, nor at an end"
        )


LACKING = [
    (LATE.replace("row: service-level", "row: serviced"), "variant sl3, period 2026-W20; there is: service-level"),
    (LATE.replace("2026-W20", "2026-W02"), "of service-level there is: variant sl3 cut all slice all period 2026-W20"),
    (LATE.replace("column: value", "column: mean"), "kpi show has no column mean; columns: value, num, den, n, held-back"),
    (LATE.replace("period:", "week:"), "kpi show is not narrowed down by week; by: variant, cut, slice, period"),
    ("late: {from: resource review, row: phone-desk, column: gap, where: {week: 2026-W20}}", "by week; leave where out"),
    ("late: {from: finding show, row: w_4p, column: n}", "finding show has no row w_4p; nothing is there yet: qacli finding look"),
    ("late: {from: summarise criterion, row: next, column: percent, where: {from: May}}", "write days as 2026-05-04"),
    (LATE.replace("W20}", "W20, cut: team}"), "kpi show has no row service-level with"),
    ("late: {from: resource review, row: seats, column: cost}", "cost of seats is not known in resource review; see: seats@1: stated;"),
]  # fmt: skip
SEATS = """\
- {id: seats, version: 1, owner: p_mgr1, from: 2026-01-01, title: Seats, kind: systems, unit: seats, have: 2, need: 3,
   source: contract of 12 January 2026}
"""


@pytest.mark.parametrize(("figure", "said"), LACKING, ids=[said for _, said in LACKING])
def test_c18_a_figure_that_nothing_makes(drafted, figure, said):
    write(drafted, {"definitions/resources.yaml": SEATS})
    changed(drafted, LATE, figure)
    refused(
        call(drafted, "case draft two-more"), "no-trace", "two-more@1 has 1 figure that nothing makes now: late:", said
    )


def test_c18_all_figures_that_nothing_makes_are_told_at_once(drafted):
    changed(drafted, "row: phone-desk", "row: chat-desk")
    refused(
        call(drafted, "case draft two-more"), "no-trace", "has 2 figures that nothing makes now:", "short:", "rota:"
    )


def test_c18_a_row_that_stands_twice_is_to_be_narrowed_down(drafted):
    days = date(2026, 5, 4), date(2026, 5, 11), date(2026, 5, 18)
    draws = [coached.draw_of("s", first, last, 6) for first, last in pairwise(days)]
    Workspace.find(drafted, "p_tl1").commit(lambda _: Change(draws), "sample draw")
    changed(drafted, LATE, "late: {from: sample list, row: weekly, column: drawn}")
    said = "sample list has 2 rows weekly; narrow it down with where: period 2026-05-04..2026-05-11; period 2026-05-11"
    refused(call(drafted, "case draft two-more"), "no-trace", said)


FAULTS = [
    ("unknown-figure", BENEFIT, "amount: calls * late * agian", "no figure or assumption is called agian"),
    ("no-baseline", "baseline: late", "baseline: short", "short does not stand in its amount"),
    ("repeated-item", "  again: {", "  late: {", "late is the name of a figure already"),
    ("repeated-item", "id: hire", "id: do-nothing", "do-nothing is the name of something else already"),
    ("unknown-figure", "{hire.cost}", "{Hire cost}", "{Hire cost} is no figure, assumption or result of an option"),
    ("formula", "amount: short * hiring", "amount: short *", "'short *' breaks off"),
    ("formula", "amount: short * hiring", "amount: (short * hiring", "a bracket of '(short * hiring' is not closed"),
    (
        "formula",
        "amount: short * hiring",
        f"amount: {21 * '('}short{21 * ')'}",
        "more than 20 brackets inside each other",
    ),
    ("formula", "amount: short * hiring", "amount: short % hiring", "write names of figures with + - * / and brackets"),
    (
        "no-trace",
        "amount: short * hiring",
        "amount: short * 37",
        "37 in 'short * 37' is typed, with no record that makes it",
    ),
]


@pytest.mark.parametrize(("code", "was", "now", "said"), FAULTS, ids=[said for *_, said in FAULTS])
def test_c18_what_is_wrong_in_the_file_is_told_with_its_place(drafted, code, was, now, said):
    changed(drafted, was, now)
    for line, ends in (("check", 1), ("case draft two-more", 65)):
        found = call(drafted, line)
        told = f"{found.out}{found.err}"
        assert (found.code, f"error[{code}]" in told, said in told) == (ends, True, True), told


def test_c18_a_case_in_which_nothing_rests_on_a_record(drafted):
    for was, now in (
        ("amount: rota, each", "amount: call, each"),
        ("amount: short * hiring", "amount: hiring"),
        (f"{BENEFIT}, each: week, baseline: late", "amount: call, each: week, baseline: late"),
    ):
        changed(drafted, was, now)
    assert "no cost or benefit rests on a recorded figure" in call(drafted, "case draft two-more").err


# deciding


def test_c18_what_was_never_drafted_is_not_decided(drafted):
    write(drafted, {"definitions/cases/three.yaml": CASE.replace("id: two-more", "id: three")})
    refused(
        call(drafted, "case approve three", "p_mgr1"),
        "not-drafted",
        "it was never drafted. = help: p_tl1 runs: qacli case draft three",
    )


def test_c18_only_whom_it_asks_decides_what_was_drafted(drafted):
    refused(call(drafted, "case approve two-more", "p_tl1"), "same-person", "p_tl1 owns two-more@1")
    said = "two-more@1 asks p_mgr1; p_ev1 cannot decide it. = help: that person runs: qacli case approve two-more --as p_mgr1"
    refused(call(drafted, "case approve two-more", "p_ev1"), "case-not-asked-of", said)
    changed(drafted, "hour_cost: 20", "hour_cost: 30", "definitions/desks.yaml")
    moved = call(drafted, "case approve two-more", "p_mgr1")
    refused(moved, "figures-moved", "1 figure of two-more@1 changed since ic_", "rota was 1500 and is 2250")
    changed(drafted, "rostered: 18", "rostered: 17", "definitions/desks.yaml")
    moved = call(drafted, "case approve two-more", "p_mgr1")
    refused(moved, "figures-moved", "2 figures of two-more@1 changed", "short was 2 and is 3")
    changed(drafted, "because: The rota", "because: Our rota")
    refused(call(drafted, "case approve two-more", "p_mgr1"), "not-drafted", "its text or format was changed after ic_")
    done(call(drafted, "case draft two-more", "p_mgr1"))
    said = "and cannot decide it as well. = help: let its owner draft it"
    refused(call(drafted, "case approve two-more", "p_mgr1"), "drafted-by-oneself", said)


def test_c18_nobody_is_named_in_a_case(drafted):
    changed(drafted, "The rota lacks {short} people.", "Gwen cannot do it all.")
    refused(call(drafted, "case draft two-more"), "names-a-person", "what many read names nobody's own figures.")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (MAY, "p_mgr1 may decide up to 50000 GBP. = help: see who may: qacli authority list"),
        (
            MAY.replace("50000}", "50000, next_role: director}"),
            "may decide up to 50000 GBP. = help: let the case ask a director: ask.of",
        ),
        (
            MAY.replace("role: manager", "role: director"),
            "p_mgr1 may decide on none. = help: see who may: qacli authority list",
        ),
    ],
    ids=["up to", "next", "none"],
)
def test_c18_nobody_approves_beyond_the_matrix(drafted, lines, said):
    settings = (drafted / "qacli.yaml").read_text("utf-8")
    write(drafted, {"definitions/authority.yaml": lines, "qacli.yaml": settings + ROLES})
    done(call(drafted, "authority agree manager-case", "p_mgr1"))
    refused(
        call(drafted, "case approve two-more", "p_mgr1"), "beyond-authority", "two-more@1 costs 84,000.00 GBP;", said
    )


def test_a_paper_is_no_table(drafted):
    found = call(drafted, "case draft two-more --format csv")
    assert (found.code, "for its figures: qacli case check two-more" in found.err) == (2, True)


def test_c18_a_decision_does_not_come_before_its_draft(drafted):
    said = "was drafted on 25 May 2026: no decision on it is of 24 May 2026. = help: decide on that day or after it"
    refused(call(drafted, "case approve two-more", "p_mgr1", "2026-05-24"), "before-draft", "of two-more@1", said)
    refused(call(drafted, "case approve two-more --decline", "p_mgr1", "2026-05-24"), "before-draft", said)
    done(call(drafted, "case approve two-more", "p_mgr1", DRAWN))


def test_a_case_that_is_not_there_is_looked_up_where_cases_are_listed(drafted_once):
    for line in ("case check three", "case draft three", "case approve three", "report case three"):
        found = call(drafted_once, line)
        assert (found.code, "there is no case 'three'" in found.err, "see: qacli case list" in found.err) == (
            1,
            True,
            True,
        ), found.err
