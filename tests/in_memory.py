"""A small desk in memory: two definitions of each kind that feedback needs, and a View over plain rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from rows_as_sql import queried

from qacli.files.yaml import parse
from qacli.improve.catalogue import Option
from qacli.improve.coaching.models import CoachingModel
from qacli.model import Correction, Words
from qacli.monitor.observing.observation import NOT_APPLICABLE, Observation, Rating
from qacli.monitor.sampling.draw import Item
from qacli.prepare.people import People, Person
from qacli.prepare.procedures.procedure import Procedure
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard
from qacli.prepare.settings import Disputes, FeedbackTimes, Thresholds
from qacli.workspace.stamp import Stamp, refuse_unsafe, stamped
from qacli.workspace.view import NoSuchRow

LONDON = ZoneInfo("Europe/London")

CARD = """
id: chat
version: 1.0
owner: p_tl1
from: 2026-01-01
title: Chat
channels: [chat]
promises: {safe: Your money is safe with us., sorted: We sort it out the first time.}
sections:
  - id: open
    title: Opening
    criteria:
      - {id: ch-idv, observable: The customer passes the check before any detail is given., scale: binary@1, weight: 0,
         critical: compliance, anchors: {not_met: A detail comes first., met: The pass comes first.},
         not_applicable: General question., procedure: idv@1, promise: safe,
         benefit: nobody else can get at the customer's money}
      - {id: ch-amount, observable: The amount named is the amount on the account., scale: binary@1, weight: 0,
         critical: business, anchors: {not_met: Another amount., met: The same amount.}, not_applicable: never,
         procedure: idv@1, promise: safe}
      - {id: ch-care, observable: A customer in difficulty is offered support., scale: binary@1, weight: 0,
         critical: customer, anchors: {not_met: No offer., met: An offer.}, not_applicable: No sign of difficulty.,
         procedure: check@2, promise: sorted}
  - id: understand
    title: Understanding
    criteria:
      - {id: ch-check, observable: The colleague says back what the customer wants., scale: point5@1, weight: 50,
         anchors: {1: Acts on a guess., 4: Says it back and waits for the answer., 5: As 4 and asks one question more.},
         not_applicable: never, procedure: check@2, promise: sorted, benefit: the right thing is done the first time}
      - {id: ch-plain, observable: The customer understands each message., scale: point5@1, weight: 30,
         anchors: {1: Three terms of ours., 4: No term of ours., 5: As 4 and an example.}, not_applicable: never,
         procedure: check@2, promise: sorted}
      - {id: ch-close, observable: The next step is written down., scale: point5@1, weight: 20,
         anchors: {1: No next step., 4: A next step with a day.}, not_applicable: Nothing is left to do.,
         procedure: check@2, promise: sorted}
"""
BINARY = """
id: binary
version: 1
owner: p_tl1
from: 2026-01-01
title: Met or not met
kind: binary
points: [{point: not_met, value: 0, label: not met}, {point: met, value: 100, label: met}]
met_at: met
"""
POINT5 = """
id: point5
version: 1
owner: p_tl1
from: 2026-01-01
title: Five points
kind: ordinal
points: [{point: 1, value: 0, label: far off}, {point: 2, value: 25, label: below},
         {point: 3, value: 50, label: nearly}, {point: 4, value: 75, label: meets the standard},
         {point: 5, value: 100, label: an example to others}]
met_at: 4
"""
IDV = """
{id: idv, version: 1, owner: p_tl1, from: 2026-01-01, title: Checking identity,
 standard: Nothing is said before the check is passed., text: Ask open questions.}
"""
CHECK = """
{id: check, version: 2, owner: p_tl1, from: 2026-01-01, title: Saying it back,
 standard: Every request is said back in one sentence., text: One sentence is enough.}
"""
DRILL = """
{id: idv-drill, version: 1, owner: p_tl1, from: 2026-01-01, title: Identity drill, method: Plays eight cases.,
 minutes: 45, cost: 0, source: risk team, fits: [ch-idv], book: Every Tuesday at 9.}
"""
BUDDY = """
{id: buddy, version: 1, owner: p_tl1, from: 2026-01-01, title: Listening with a buddy, method: Sits beside a buddy.,
 minutes: 120, cost: 12.50, source: own team, fits: [understand], book: Agree a morning.}
"""
GROW = """
{id: grow, version: 1, owner: p_tl1, from: 2026-01-01, title: GROW,
 steps: [{id: goal, title: Goal, ask: "What do you want?"}, {id: will, title: Will, ask: "What will you do?"}]}
"""
DEFINITIONS = (
    ("coaching-model", CoachingModel, GROW),
    ("scorecard", Scorecard, CARD),
    ("scale", Scale, BINARY),
    ("scale", Scale, POINT5),
    ("procedure", Procedure, IDV),
    ("procedure", Procedure, CHECK),
    ("option", Option, DRILL),
    ("option", Option, BUDDY),
)
PEOPLE = People(
    [
        Person("p_a07", name="Birch"),
        Person("p_a09", name="Rowan"),
        Person("p_ev1", name="Hazel"),
        Person("p_tl1", name="Linden"),
    ]
)
VALUES = {"met": 100, "not_met": 0, "1": 0, "2": 25, "3": 50, "4": 75, "5": 100}


class Memory:
    """A View over rows in memory, with the ids that a commit makes."""

    def __init__(self):
        self.now = datetime(2026, 5, 18, 9, 0, tzinfo=LONDON)
        self.actor = "p_tl1"
        self.provenance = "example"
        self.settings = SimpleNamespace(
            organisation="Harbour & Vale Bank",
            feedback=FeedbackTimes(lead_hours=0),
            thresholds=Thresholds(),
            disputes=Disputes(),
        )
        self.people = PEOPLE
        self.made = [(kind, model.model_validate(parse(text, "test.yaml").data)) for kind, model, text in DEFINITIONS]
        self.table = []
        self.seq = 0

    def on(self, day, actor="p_tl1"):
        self.now = datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=LONDON)
        self.actor = actor
        return self

    def rows(self, kind, /, **cells):
        return [
            row
            for row in self.table
            if type(row) is kind
            and all(getattr(row, name) in ([cell] if isinstance(cell, str) else cell) for name, cell in cells.items())
        ]

    def current(self, kind, /, **cells):
        gone = {row.old for row in self.rows(Correction)}
        return [
            row
            for row in self.rows(kind, **cells)
            if row.id not in gone and not (kind.PARENT and getattr(row, kind.PARENT) in gone)
        ]

    def one(self, kind, id):  # noqa: A002
        for row in self.current(kind):
            if row.id == id:
                return row
        raise NoSuchRow(kind, id, any(row.id == id for row in self.rows(kind)))

    def definition(self, kind, id, on=None):  # noqa: A002
        return next(item for made, item in self.made if made == kind and id in {item.id, item.reference})

    def sql(self, query, parameters=(), *, words=True):
        gone = {row.old for row in self.rows(Correction)}
        return queried([row for row in self.table if row.id not in gone], query, parameters)

    def definitions(self, kind):
        return [item for made, item in self.made if made == kind]

    def commit(self, change):
        self.seq += 1
        refuse_unsafe(change.rows)
        done = stamped(change.rows, Stamp(self.seq, self.now, self.actor, self.provenance)).rows
        self.table += done
        return done

    def change(self, kind, which=lambda _: True, **fields):
        """Write a record as if it had always said something else."""
        place = next(number for number, row in enumerate(self.table) if type(row) is kind and which(row))
        self.table[place] = replace(self.table[place], **fields)

    def drop(self, kind, which=lambda _: True):
        """Take records away as if they had never been."""
        before = len(self.table)
        self.table = [row for row in self.table if not (type(row) is kind and which(row))]
        assert len(self.table) < before


def follows(document, act, before, after):
    """A sentence stands in a document, and another in its place once its record was changed or dropped."""
    assert before in document()
    act()
    assert before not in document()
    assert after in document()


def observe(desk, answers, *, transaction, colleague="p_a07", by="p_ev1", day="2026-05-19"):
    """Record one observation, ``answers`` as {criterion: 'answer | evidence | offset'} or triples; return its id."""
    desk.on(day, by)
    item = Item(
        draw="d_1",
        transaction=transaction,
        started_at=desk.now,
        day=desk.now.date(),
        channel="chat",
        team="north",
        colleague=colleague,
        reason="",
        seconds=None,
        stratum="",
        purpose="routine",
        probability=0.1,
        weight=10.0,
        scorecard="chat@1.0",
        evaluator=by,
    )
    card = desk.definition("scorecard", "chat@1.0")
    said = {
        name: [*map(str.strip, text.split("|")), "", ""][:3] if isinstance(text, str) else text
        for name, text in answers.items()
    }
    failed = {
        kind: sum(card.criterion(name).critical == kind and said[name][0] == "not_met" for name in said)
        for kind in ("customer", "business", "compliance")
    }
    applied = [
        (card.criterion(name).weight, VALUES[answer])
        for name, (answer, _, _) in said.items()
        if answer != NOT_APPLICABLE
    ]
    weight = sum((weight for weight, _ in applied), Decimal(0))
    score = sum(weight * value for weight, value in applied) / weight if weight else None
    head = Observation(
        item=item, session="", scorecard="chat@1.0", score=score, applicable_weight=weight, entered="file", **failed
    )
    ratings = [_rating(head, card.criterion(name), *said[name]) for name in said]
    return next(
        row.id for row in desk.commit(SimpleNamespace(rows=[item, head, *ratings])) if isinstance(row, Observation)
    )


def _rating(head, criterion, answer, evidence, offset):
    applies = answer != NOT_APPLICABLE
    return Rating(
        observation=head,
        criterion=criterion.id,
        answer=answer,
        met=VALUES[answer] >= 75 if applies else None,
        value=Decimal(VALUES[answer]) if applies else None,
        weight=criterion.weight,
        evidence=Words(evidence),
        offset=offset,
        comment=Words(""),
    )


def withdraw(desk, old, new=""):
    """Record that a head was withdrawn, or replaced by another."""
    desk.commit(
        SimpleNamespace(
            rows=[Correction(kind="observation", old=old, new=new, reason=Words("scored twice"), authority="p_tl1")]
        )
    )
