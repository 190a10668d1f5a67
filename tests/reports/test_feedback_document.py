"""The sheet: both voices, nothing made up, nothing active."""

from __future__ import annotations

import re
from datetime import date

import pytest
from in_memory import Memory, observe, withdraw
from markdown_it import MarkdownIt

from qacli.improve.coaching.proposing import propose
from qacli.improve.feedback import acknowledge, deliver, prepare, reply
from qacli.reports.feedback import feedback_document
from qacli.reports.plan import plan_document

FIRST = {
    "ch-idv": "not_met | Balance given before the pass | 00:41",
    "ch-amount": "met",
    "ch-care": "na | calm",
    "ch-check": "5 | You want the fee back, is that right? | 01:10",
    "ch-plain": "3 | BACS, APR | 02:00",
    "ch-close": "na | nothing left to do",
}
SECOND = {
    "ch-idv": "met | pass logged | 00:20",
    "ch-amount": "met",
    "ch-care": "na",
    "ch-check": "4",
    "ch-plain": "1",
    "ch-close": "4 | By Friday",
}
FAILED = {
    "ch-idv": "not_met | Balance given first | 00:41",
    "ch-amount": "na",
    "ch-care": "na",
    "ch-check": "1",
    "ch-plain": "2",
    "ch-close": "1",
}
DAY = date(2026, 5, 21)
ATTACKS = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "![](http://evil.example/x.png)",
    "| a | b |",
    "# head",
    "1. one",
    "- item",
    "> quote",
    "```",
    "<!-- gone",
    "https://evil.example",
    "**loud**",
    "---",
)


@pytest.fixture
def desk():
    return Memory()


def sheet(desk, *answers):
    seen = [observe(desk, each, transaction=f"8c1{place}") for place, each in enumerate(answers, start=1)]
    return desk.commit(prepare(desk.on("2026-05-21"), seen, "p_a07", DAY))[0].id


def test_c11_the_whole_sheet(desk, golden):
    made = sheet(desk, FIRST, SECOND)
    desk.commit(propose(desk, colleague="p_a07", need=made, criterion="ch-idv", option="idv-drill"))
    desk.commit(deliver(desk, made, DAY, "in person"))
    desk.on("2026-05-22", "p_a07")
    desk.commit(reply(desk, made, "The panel was hidden behind another tab."))
    desk.commit(acknowledge(desk, made))
    golden("feedback.md", feedback_document(desk, made))


def test_c11_where_nothing_met_the_standard_the_sheet_says_so_and_invents_no_praise(desk, golden):
    document = feedback_document(desk, sheet(desk, FAILED))
    well = document.partition("## What went well")[2].partition("## What to work on")[0]
    assert well.strip() == "In these transactions no criterion met the standard."
    golden("feedback-nothing-met.md", document)


def test_c11_a_sheet_without_failures_or_without_anything_applicable_says_so(desk):
    met = feedback_document(desk, sheet(desk, SECOND | {"ch-plain": "4"}))
    assert "## What to work on\n\nIn these transactions every criterion that applied met the standard.\n" in met
    empty = feedback_document(desk, sheet(desk, dict.fromkeys(FIRST, "na")))
    assert empty.count("No criterion applied in these transactions.") == 2
    assert "no score: nothing that carries weight applied" in empty


def test_every_failed_rating_of_a_critical_stands_on_the_sheet_with_its_own_evidence(desk):
    again = FIRST | {"ch-idv": "not_met | sent the statement before any question | 02:10"}
    document = feedback_document(desk, sheet(desk, FIRST, again, SECOND)).replace("\\", "")
    part = document.partition("## What to work on")[2].split("\n### ")[1]
    places = [re.findall(r"o_[0-9]+(?:-[0-9]+)?", line) for line in part.splitlines()]
    assert [each for each in places if each] == [["o_1"], ["o_2", "o_2-1"], ["o_1-1"], ["o_3"]]
    assert "- Again: sent the statement before any question (chat 8c12, at 02:10; o_2; o_2-1)" in part


def test_c11_what_went_well_comes_first_unless_switched(desk):
    seen = observe(desk, FIRST, transaction="8c11")
    made = desk.commit(prepare(desk.on("2026-05-21"), [seen], "p_a07", DAY, strengths_first=False))[0].id
    document = feedback_document(desk, made)
    assert document.index("## What to work on") < document.index("## What went well")


def test_c11_what_was_left_out_is_named(desk):
    assert "Also below the standard, not taken up here: ch-plain, ch-close." in feedback_document(
        desk, sheet(desk, FAILED)
    )


def test_a_sheet_on_a_corrected_observation_says_so(desk):
    made = sheet(desk, FIRST)
    withdraw(desk, "o_1", new="o_7")
    assert "o_1 was replaced by o_7 (c_3); this sheet shows it as it was." in feedback_document(desk, made).replace(
        "\\", ""
    )


@pytest.mark.parametrize(("provenance", "banner"), [("live", 0), ("example", 1), ("training", 1)])
def test_only_a_live_sheet_has_no_banner(desk, provenance, banner):
    made = sheet(desk, FIRST)
    desk.provenance = provenance
    document = feedback_document(desk, made)
    assert document.count(f"**{provenance.capitalize()} data") == banner
    assert f"Provenance of these records: {provenance}." in document


def shape(document):
    """The block and inline structure that a reader's Markdown program makes of a document."""
    found = []
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(document):
        found.append(token.type)
        found += [child.type for child in token.children or () if child.type != "text"]
    return found


@pytest.mark.parametrize("attack", ATTACKS)
def test_c11_what_people_wrote_is_shown_and_never_active(desk, attack):
    def document(text):
        desk = Memory()
        answers = {name: (FIRST[name].partition("|")[0].strip(), text, "00:01") for name in FIRST}
        seen = observe(desk, answers, transaction=text)
        made = desk.commit(prepare(desk.on("2026-05-21"), [seen], "p_a07", DAY))[0].id
        desk.commit(propose(desk, colleague="p_a07", need=made, criterion="ch-idv", option="idv-drill", goal=text))
        desk.commit(deliver(desk, made, DAY, text))
        desk.on("2026-05-22", "p_a07")
        desk.commit(reply(desk, made, text))
        return feedback_document(desk, made), plan_document(desk)

    for attacked, harmless in zip(document(attack), document("nothing"), strict=True):
        assert shape(attacked) == shape(harmless)
        text = "".join(child.content for token in MarkdownIt().parse(attacked) for child in token.children or ())
        assert attack in text


def test_a_sheet_is_the_same_every_time(desk):
    made = sheet(desk, FIRST, SECOND)
    assert feedback_document(desk, made) == feedback_document(desk, made)


def test_the_course_of_a_criterion_stands_with_its_intervals(desk):
    for number, (point, day) in enumerate([("1", "2026-04-13")] * 5 + [("5", "2026-05-18")] * 4):
        observe(desk, {"ch-check": point}, transaction=f"9c{number}", day=day)
    seen = observe(desk, {"ch-check": "5 | said it back"}, transaction="8c11")
    made = desk.commit(prepare(desk.on("2026-05-21"), [seen], "p_a07", DAY))[0].id
    # 5 of 5: 56.6 to 100 % (Wilson), so 0 of 5: 0 to 43.4; by hand, Newcombe: 1 - sqrt(.434² + .434²) = .386, to 1
    line = (
        "| ch-check | 0 of 5 (0%, 0 to 43) | 5 of 5 (100%, 57 to 100) | +100 points, +39 to +100 | better than before |"
    )
    assert line in feedback_document(desk, made).replace("\\", "")
