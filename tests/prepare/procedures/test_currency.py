"""Which version holds on a day, who needs which procedure, and how people stand to it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from desk import CARD, FRAME

from qacli.prepare.frames.frame import Frame
from qacli.prepare.procedures.currency import Knowledge, in_force, matrix, needs, next_in_force, superseded
from qacli.prepare.procedures.procedure import Procedure
from qacli.prepare.procedures.quiz import Check
from qacli.prepare.procedures.reading import Reading
from qacli.prepare.scorecards.scorecard import Scorecard

PROCEDURE = """
{{id: {}, version: {}, owner: p_tl1, from: {}, title: T, standard: S, text: X,
 questions: [{{id: q1, asks: What?, answers: {{a: This., b: That.}}, right: a, why: So it is.}}]}}
"""
MAY_4, MAY_5 = date(2026, 5, 4), date(2026, 5, 5)


class View:
    """What matrix and needs look at."""

    def __init__(self, read, rows=(), frames=(FRAME,), today=MAY_5):
        self.now = datetime.combine(today, datetime.min.time())
        self.table = rows
        lines = (("idv", 3, "2026-01-01"), ("idv", 4, "2026-05-05"), ("need", 1, "2026-01-01"))
        self.made = {
            "procedure": [read(Procedure, PROCEDURE.format(*line)) for line in lines],
            "scorecard": [read(Scorecard, CARD.replace("idv@1", "idv@3"))],
            "frame": [read(Frame, frame) for frame in frames],
        }

    def definitions(self, kind):
        return self.made[kind]

    def current(self, kind):
        return [row for row in self.table if isinstance(row, kind)]


def reading(version, person="p_ev1"):
    return Reading(person=person, procedure=version, on=MAY_4, means="read")


def attempt(version, passed):
    return Check(person="p_ev1", procedure=version, on=MAY_4, asked=1, right=int(passed), passed=passed)


def test_the_later_version_holds_from_its_day(read):
    procedures = View(read).made["procedure"]
    assert in_force(procedures, "idv", MAY_4).version == "3"
    assert in_force(procedures, "idv", MAY_5).version == "4"
    assert in_force(procedures, "idv", date(2025, 12, 31)) is None
    assert next_in_force(procedures, "idv", MAY_4).version == "4"
    assert next_in_force(procedures, "idv", date(2026, 4, 4)) is None  # 31 days before
    assert next_in_force(procedures, "idv", MAY_5) is None


def test_a_card_is_superseded_by_what_is_newer_than_its_citation_never_by_what_is_older(read):
    view = View(read)
    [card] = view.made["scorecard"]
    assert superseded(card, view.made["procedure"], MAY_4) == {}
    assert {cited: now.reference for cited, now in superseded(card, view.made["procedure"], MAY_5).items()} == {
        "idv@3": "idv@4"
    }
    ahead = read(Scorecard, CARD.replace("idv@1", "idv@4"))
    assert superseded(ahead, view.made["procedure"], MAY_4) == {}


def test_who_needs_what_follows_from_the_frames_in_force(read):
    assert needs(View(read)) == {"p_ev1": ["idv", "need"], "p_ev2": ["idv", "need"]}
    later = FRAME.replace("version: 1", "version: 2").replace("from: 2026-01-01", "from: 2026-05-05")
    frames = (FRAME, later.replace("[p_ev1, p_ev2]", "[p_ev3]"))
    assert needs(View(read, frames=frames, today=MAY_4)).keys() == {"p_ev1", "p_ev2"}
    assert needs(View(read, frames=frames)).keys() == {"p_ev3"}


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([], "never"),
        ([reading("idv@3")], "stale"),
        ([reading("idv@3"), attempt("idv@3", True)], "stale"),
        ([reading("idv@4")], "quiz open"),
        ([reading("idv@4"), attempt("idv@4", False)], "quiz failed"),
        ([reading("idv@4"), attempt("idv@4", False), attempt("idv@4", True)], "current"),
        ([reading("idv@4"), attempt("idv@4", True), attempt("idv@4", False)], "current"),
        ([attempt("idv@4", True)], "never"),
        ([reading("idv@4", "p_ev2"), attempt("idv@4", True)], "never"),
    ],
)
def test_c06_a_new_version_voids_what_was_read_before(read, rows, state):
    view = View(read, rows)
    standing = Knowledge(view).standing("p_ev1", in_force(view.made["procedure"], "idv", MAY_5))
    assert (standing.state, standing.ready) == (state, state == "current")
    assert {each.procedure.reference: each.state for each in matrix(view) if each.person == "p_ev1"} == {
        "idv@4": state,
        "need@1": "never",
    }
