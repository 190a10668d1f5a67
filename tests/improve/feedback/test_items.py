"""What is said in a talk: no praise is made up, none is left out, and nothing is about the person."""

from __future__ import annotations

from datetime import date

import pytest
from in_memory import Memory, observe, withdraw

from qacli.files.faults import FileFaults
from qacli.files.validate import validate
from qacli.files.yaml import parse
from qacli.improve.feedback.blank import blank
from qacli.improve.feedback.delivering import CorrectedSince, deliver
from qacli.improve.feedback.items import Items
from qacli.improve.feedback.model import FeedbackModel, PersonWords, person_words
from qacli.improve.feedback.preparing import prepare
from qacli.improve.feedback.refusing import OtherwiseRated, SeveralFaults
from qacli.improve.feedback.sheet import Feedback, FeedbackItem

DAY = date(2026, 5, 21)
FAILED = {
    "ch-idv": "not_met | the balance came first",
    "ch-amount": "na",
    "ch-care": "na",
    "ch-check": "1",
    "ch-plain": "2",
    "ch-close": "1",
}
MODEL = """\
{id: ours, version: 1, owner: p_tl1, from: 2026-01-01, title: Ours, source: us, steps: [
  {part: behaviour, name: What, asks: What was it?}, {part: next, name: Then, of: development, asks: What instead?}]}
"""
ONLY = "model: ours\nitems: [{kind: development, observation: o_1, criterion: ch-idv, behaviour: the balance came first, next: ask}]\n"
PRAISE = "model: ours\nitems:\n  - {kind: strength, observation: o_1, criterion: ch-check, behaviour: you tried, effect: x}\n"
WORDS = "{id: effort, version: 1, owner: p_tl1, from: 2026-01-01, words: [lazy, can't be bothered], instead: Write what was left.}"


def read(text, model):
    return validate(parse(text, "test.yaml"), model)


@pytest.fixture
def desk():
    made = Memory()
    made.made.append(("feedback-model", read(MODEL, FeedbackModel)))
    seen = observe(made, FAILED, transaction="8c11")
    made.commit(prepare(made.on("2026-05-21"), [seen], "p_a07", DAY))
    return made


def test_c11_where_nothing_met_the_standard_no_strength_is_asked_for_and_none_is_taken(desk):
    with pytest.raises(SeveralFaults, match="what has met: nothing: leave it out") as caught:
        deliver(desk, "f_2", DAY, "in person", read(PRAISE, Items))
    assert "critical-left-out: a failed critical is not among the items: ch-idv in o_1." in str(caught.value)
    praised = PRAISE + ONLY.partition("[")[2].replace("{kind", "  - {kind").rstrip("]\n") + "\n"
    with pytest.raises(OtherwiseRated):
        deliver(desk, "f_2", DAY, "in person", read(praised, Items))
    rows = desk.commit(deliver(desk, "f_2", DAY, "in person", read(ONLY, Items)))
    (item,) = [row for row in rows if isinstance(row, FeedbackItem)]
    assert (item.position, item.procedure, item.promise, item.rating) == (1, "idv@1", "safe", "o_1-1")
    assert item.effect.text == "so that nobody else can get at the customer's money"


def test_the_blank_holds_every_step_in_order_and_what_is_on_record(desk):
    text = blank(desk, desk.one(Feedback, "f_2"), desk.definition("feedback-model", "ours"))
    assert text.index("criterion: ch-idv") < text.index("criterion: ch-check")
    assert 'behaviour: "the balance came first"  # What: What was it?' in text
    assert read(text.replace('next: ""', "next: ask"), Items).items[0].next == "ask"


def test_a_word_about_the_person_is_a_whole_word_in_any_spelling():
    lists = [read(WORDS, PersonWords)]
    assert person_words(lists, "Lazy. You CAN'T BE BOTHERED") == [
        ("lazy", "Write what was left."),
        ("can't be bothered", "Write what was left."),
    ]
    assert person_words(lists, "lazybones, a lazyish day; could not be bothered") == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("behaviour", "situation"), "never says what was seen or heard"),
        (("part: next, name: Then, of: development", "part: behaviour, name: Then"), "says behaviour twice"),
    ],
)
def test_a_model_that_does_not_hold_is_refused(change, said):
    with pytest.raises(FileFaults, match=said):
        read(MODEL.replace(*change), FeedbackModel)


def test_nobody_is_told_what_no_longer_stands(desk):
    withdraw(desk, "o_1", new="o_9")
    with pytest.raises(CorrectedSince, match="rests on what was withdrawn or replaced since it was prepared: o_1"):
        deliver(desk, "f_2", DAY, "in person")
