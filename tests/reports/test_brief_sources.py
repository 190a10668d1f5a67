"""Every sentence of a briefing comes from a record: changed or taken away, the sentence follows."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from in_memory import Memory, follows

from qacli.improve.briefing.brief import (
    Attendance,
    BriefAction,
    BriefEnd,
    BriefEvidence,
    Briefing,
    Commitment,
    CommitmentProgress,
    ConcernAnswer,
)
from qacli.model import Words
from qacli.reports.brief import brief_document

TOLD = date(2026, 5, 22)


@pytest.fixture
def desk():
    made = Memory()
    made.on("2026-05-21")
    mine = Briefing(
        team="north", aim=Words("Every customer hears what comes next."), questions=Words("What keeps you?")
    )
    act = BriefAction(
        briefing=mine,
        what=Words("Name a day."),
        role="colleague",
        due=date(2026, 6, 12),
        why=Words("Or they call again."),
    )
    evidence = BriefEvidence(briefing=mine, source="kv_9", fact=Words("First contact resolution 80 percent, n 40"))
    briefing = next(
        row.id for row in made.commit(SimpleNamespace(rows=[mine, evidence, act])) if isinstance(row, Briefing)
    )
    action = made.rows(BriefAction)[0].id
    made.on("2026-05-22")
    there = [
        Attendance(briefing=briefing, person=who, present=who != "p_ev1", on=TOLD)
        for who in ("p_a07", "p_a09", "p_ev1")
    ]
    made.commit(SimpleNamespace(rows=there))
    made.on("2026-05-22", "p_a07")
    made.commit(
        SimpleNamespace(
            rows=[
                Commitment(briefing=briefing, action=action, words=Words("I name one"), concern=Words("Who knows it?"))
            ]
        )
    )
    said = made.rows(Commitment)[0].id
    made.on("2026-05-25")
    made.commit(SimpleNamespace(rows=[ConcernAnswer(commitment=said, words=Words("It stands on the card."))]))
    made.on("2026-06-12", "p_a07")
    made.commit(
        SimpleNamespace(rows=[CommitmentProgress(commitment=said, state="done", words=Words("in all of mine"))])
    )
    made.briefing = briefing
    return made  # fmt: skip


def plain(desk):
    return brief_document(desk, desk.briefing).replace("\\", "")


def person(who):
    return lambda row: row.person == who


def any_(_):
    return True


@pytest.mark.parametrize(
    ("kind", "which", "fields", "before", "after"),
    [
        (Briefing, any_, {"team": "south"}, "# Team north", "# Team south"),
        (Briefing, any_, {"aim": Words("All hear it.")}, "Every customer hears what comes next.", "All hear it."),
        (Briefing, any_, {"questions": Words("What helps?")}, "the team: What keeps you?", "the team: What helps?"),
        (Briefing, any_, {"by": "p_ev1"}, "Made by Linden", "Made by Hazel"),
        (BriefEvidence, any_, {"fact": Words("70 percent, n 50")}, "80 percent, n 40", "70 percent, n 50"),
        (BriefEvidence, any_, {"source": "kv_8"}, "(kv_9)", "(kv_8)"),
        (BriefAction, any_, {"what": Words("Say it.")}, "| Name a day. |", "| Say it. |"),
        (BriefAction, any_, {"role": "team-leader"}, "| colleague |", "| team-leader |"),
        (BriefAction, any_, {"due": date(2026, 6, 19)}, "12 June 2026", "19 June 2026"),
        (BriefAction, any_, {"why": Words("They wait.")}, "Or they call again.", "They wait."),
        (Attendance, person("p_ev1"), {"present": True}, "Told: 2 of 3. Away, still to be told: Hazel.", "Told: 3 of 3."),
        (Attendance, person("p_a09"), {"present": False}, "Committed: 1 of 2 who were told.", "Committed: 1 of 1 who were told."),
        (Commitment, any_, {"words": Words("I ask")}, '"I name one"', '"I ask"'),
        (Commitment, any_, {"by": "p_a09"}, "- Birch, action 1", "- Rowan, action 1"),
        (Commitment, any_, {"concern": Words("When?")}, 'Concern: "Who knows it?"', 'Concern: "When?"'),
        (ConcernAnswer, any_, {"words": Words("Ask me.")}, "Answer: It stands on the card.", "Answer: Ask me."),
        (CommitmentProgress, any_, {"state": "under-way"}, "Commitments done: 1 of 1.", "Commitments done: 0 of 1."),
        (CommitmentProgress, any_, {"words": Words("in two")}, "Progress: done: in all of mine", "Progress: done: in two"),
    ],
)  # fmt: skip
def test_c20_a_changed_record_changes_its_sentence(desk, kind, which, fields, before, after):
    follows(lambda: plain(desk), lambda: desk.change(kind, which, **fields), before, after)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        (BriefEvidence, "80 percent", "## What was found\n\n\n## What is to be done"),
        (Attendance, "Told: 2 of 3", "It has not been delivered yet."),
        (Commitment, "I name one", "Nobody has committed to anything yet."),
        (ConcernAnswer, "Answer:", 'Concern: "Who knows it?" Not answered yet.'),
        (CommitmentProgress, "Progress:", "Commitments done: 0 of 1."),
    ],
)
def test_c20_a_record_that_is_gone_takes_its_sentence_along(desk, kind, before, after):
    follows(lambda: plain(desk), lambda: desk.drop(kind), before, after)


def test_c20_one_that_was_withdrawn_says_by_whom_and_why(desk):
    for kind in (CommitmentProgress, ConcernAnswer, Commitment, Attendance):
        desk.drop(kind)
    desk.on("2026-05-23").commit(
        SimpleNamespace(rows=[BriefEnd(briefing=desk.briefing, words=Words("the figure was wrong"))])
    )
    assert "Nobody: it was withdrawn by Linden. the figure was wrong" in plain(desk)
