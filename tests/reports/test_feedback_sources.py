"""Every sentence of a sheet comes from a record: the record is changed or taken away, and the sentence with it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from in_memory import Memory, follows, observe

from qacli.files.validate import validate
from qacli.files.yaml import parse
from qacli.improve.coaching.plan import CoachingPlan
from qacli.improve.coaching.proposing import propose
from qacli.improve.feedback.answering import acknowledge, decline, reply
from qacli.improve.feedback.assessing import OwnView, selfassess
from qacli.improve.feedback.delivering import deliver
from qacli.improve.feedback.items import Items
from qacli.improve.feedback.model import FeedbackModel
from qacli.improve.feedback.preparing import prepare
from qacli.improve.feedback.sheet import Feedback, FeedbackEvent, FeedbackItem, Invitation, SelfAssessment
from qacli.model import Words
from qacli.monitor.observing.observation import Observation, Rating
from qacli.monitor.sampling.draw import Item
from qacli.prepare.people import People, Person
from qacli.reports.feedback import feedback_document
from qacli.reports.pack import pack_document
from qacli.workspace.view import NoSuchRow

DAY = date(2026, 5, 21)
SEEN = {
    "ch-idv": "not_met | Balance first | 00:41",
    "ch-amount": "met",
    "ch-care": "na",
    "ch-check": "5 | Said it back | 01:10",
    "ch-plain": "3 | BACS",
    "ch-close": "4",
}
MODEL = """\
{id: sbi, version: 1, owner: p_tl1, from: 2026-01-01, title: Situation and behaviour, source: a book, steps: [
  {part: situation, name: Situation, asks: When?}, {part: behaviour, name: Behaviour, asks: What?},
  {part: next, name: Next time, of: development, asks: What instead?}]}
"""
ITEMS = """\
model: sbi
items:
  - {kind: strength, observation: o_1, criterion: ch-check, situation: her first question, behaviour: you said it back, question: how so}
  - {kind: development, observation: o_1, criterion: ch-idv, situation: her second question, behaviour: the balance came first,
     next: ask before}
"""
OWN = "assessments: [{observation: o_1, criterion: ch-idv, answer: met, comment: I asked her.}]\n"


def read(text, model):
    return validate(parse(text, "test.yaml"), model)


@pytest.fixture
def desk():
    made = Memory()
    made.made.append(("feedback-model", read(MODEL, FeedbackModel)))
    seen = observe(made, SEEN, transaction="8c11")
    starts = datetime(2026, 5, 21, 13, 30, tzinfo=UTC)
    change = prepare(made.on("2026-05-20"), [seen], "p_a07", DAY, starts=starts, place="room 2")
    sheet = made.commit(change)[0].id
    made.commit(selfassess(made.on("2026-05-20", "p_a07"), sheet, read(OWN, OwnView)))
    made.commit(deliver(made.on("2026-05-21"), sheet, DAY, "in person", read(ITEMS, Items)))
    made.commit(propose(made, colleague="p_a07", need=sheet, criterion="ch-idv", option="idv-drill"))
    made.commit(decline(made, sheet, "she was in a hurry"))
    made.on("2026-05-22", "p_a07")
    made.commit(reply(made, sheet, "The tab hides it.", "partly", 2))
    made.commit(acknowledge(made, sheet))
    made.sheet = sheet
    return made


def plain(desk):
    return feedback_document(desk, desk.sheet).replace("\\", "")


def event(kind):
    return lambda row: row.kind == kind


CHANGES = [
    (Invitation, lambda _: True, {"place": Words("the canteen")}, "private place: room 2", "private place: the canteen"),
    (Invitation, lambda _: True, {"on": date(2026, 5, 25)}, "Bank, 21 May 2026", "Bank, 25 May 2026"),
    (Feedback, lambda _: True, {"strengths_first": False}, "strengths first: yes", "strengths first: no"),
    (SelfAssessment, lambda _: True, {"answer": "not_met"}, "| met | not met | no |", "| not met | not met | yes |"),
    (SelfAssessment, lambda _: True, {"comment": Words("I did")}, "| I asked her. |", "| I did |"),
    (FeedbackItem, lambda row: row.position == 1, {"situation": Words("her last")}, "Situation: her first question", "Situation: her last"),
    (FeedbackItem, lambda row: row.position == 2, {"next": Words("wait")}, "- ch-idv: ask before", "- ch-idv: wait"),
    (FeedbackItem, lambda row: row.position == 2, {"effect": Words("safe")}, "What it is for: so that", "What it is for: safe"),
    (FeedbackItem, lambda row: row.position == 1, {"question": Words("why")}, "Birch was asked: how so", "Birch was asked: why"),
    (FeedbackEvent, event("delivered"), {"on": date(2026, 5, 22)}, "2 days after what was observed", "3 days after what was observed"),
    (FeedbackEvent, event("delivered"), {"means": "by phone"}, "in person, in the name", "by phone, in the name"),
    (FeedbackEvent, event("replied"), {"words": Words("No.")}, "> The tab hides it.", "> No."),
    (FeedbackEvent, event("replied"), {"agree": "no", "item": ""}, "To item 2, agrees partly", "Does not agree, 22 May"),
    (FeedbackEvent, event("acknowledged"), {"on": date(2026, 5, 30)}, "Acknowledged on 22 May", "Acknowledged on 30 May"),
    (Rating, lambda row: row.criterion == "ch-idv", {"evidence": Words("Name first")}, "Balance first", "Name first"),
    (Rating, lambda row: row.criterion == "ch-check", {"answer": "4"}, "an example to others", "meets the standard"),
    (Observation, lambda _: True, {"compliance": 0}, "compliance 1", "compliance 0"),
    (Item, lambda _: True, {"channel": "phone"}, "| chat | Hazel", "| phone | Hazel"),
    (CoachingPlan, lambda _: True, {"due": date(2026, 6, 9)}, "due 4 June 2026", "due 9 June 2026"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "which", "fields", "before", "after"), CHANGES, ids=lambda each: getattr(each, "__name__", "")
)
def test_c11_a_changed_record_changes_its_sentence(desk, kind, which, fields, before, after):
    follows(lambda: plain(desk), lambda: desk.change(kind, which, **fields), before, after)


@pytest.mark.parametrize(
    ("kind", "which", "before", "after"),
    [
        (Invitation, lambda _: True, "Invited on 20 May", "No invitation is on record."),
        (SelfAssessment, lambda _: True, "I asked her.", "No self-assessment was recorded before the scores were open."),
        (FeedbackItem, lambda _: True, "Situation: her first question", "Seen or heard: Said it back"),
        (FeedbackEvent, event("replied"), "The tab hides it.", "Birch would rather not reply (21 May 2026, recorded by Linden): she was"),
        (FeedbackEvent, event("acknowledged"), "Acknowledged on", "Not acknowledged yet."),
        (FeedbackEvent, event("delivered"), "I asked her.", "Not delivered yet."),
        (CoachingPlan, lambda _: True, "Identity drill", "No coaching plan answers this feedback yet."),
    ],
)  # fmt: skip
def test_c11_a_record_that_is_gone_takes_its_sentence_along(desk, kind, which, before, after):
    follows(lambda: plain(desk), lambda: desk.drop(kind, which), before, after)


def test_c11_without_any_answer_or_any_sheet(desk):
    desk.drop(FeedbackEvent, lambda row: row.kind in {"replied", "declined"})
    assert "No reply has been recorded yet." in plain(desk)
    desk.people = People([Person("p_a07", name="Alder"), *[line for line in desk.people if line.person != "p_a07"]])
    assert plain(desk).startswith("# Feedback for Alder\n")
    desk.drop(Feedback)
    with pytest.raises(NoSuchRow):
        plain(desk)


def test_c11_the_whole_sheet_of_a_talk(desk, golden):
    golden("feedback-of-a-talk.md", feedback_document(desk, desk.sheet))
    golden("feedback-pack.md", pack_document(desk, desk.sheet))
