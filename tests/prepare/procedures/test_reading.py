"""Who has read which version of a procedure."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from qacli.model import Words
from qacli.prepare.notices.notice import NotYet, UnknownPeople
from qacli.prepare.procedures.procedure import Procedure
from qacli.prepare.procedures.reading import NothingNamed, Read, Reading, acknowledge_procedures

IDV = """
{id: idv, version: 4, owner: p_tl1, from: 2026-05-05, title: Checking identity,
 standard: Nothing is said before the check is passed., text: Ask open questions.}
"""
TODAY = date(2026, 5, 18)


@pytest.fixture
def view(desk, read):
    return desk(
        datetime(2026, 5, 18, 9, tzinfo=ZoneInfo("Europe/London")), definitions=[("procedure", read(Procedure, IDV))]
    )


def test_a_reading_names_the_version_and_stands_once(view):
    lines = [Read("p_a07", "idv", TODAY, "read"), Read("p_a22", "idv", date(2026, 5, 6), "e-learning")]
    change = view.commit(acknowledge_procedures(view, lines))
    assert change.rows == [
        Reading(person="p_a07", procedure="idv@4", on=TODAY, means="read"),
        Reading(person="p_a22", procedure="idv@4", on=date(2026, 5, 6), means="e-learning"),
    ]
    again = acknowledge_procedures(view, lines[:1])
    assert (again.rows, again.findings) == ([], ["p_a07 already acknowledged idv@4: nothing to do"])


def test_own_words_are_held_beside_a_reading_also_later(view):
    view.commit(acknowledge_procedures(view, [Read("p_a07", "idv", TODAY, "read")]))
    [row] = acknowledge_procedures(view, [Read("p_a07", "idv", TODAY, "read", " Ask openly. ")]).rows
    assert row.words == Words("Ask openly.")


def test_what_cannot_be_is_refused(view):
    with pytest.raises(NothingNamed):
        acknowledge_procedures(view, [])
    with pytest.raises(UnknownPeople, match="p_x, p_y"):
        acknowledge_procedures(view, [Read(person, "idv", TODAY, "read") for person in ("p_y", "p_x", "p_a07")])
    with pytest.raises(NotYet, match="19 May 2026: that day is still to come"):
        acknowledge_procedures(view, [Read("p_a07", "idv", date(2026, 5, 19), "read")])
