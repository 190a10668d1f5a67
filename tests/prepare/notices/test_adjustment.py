from __future__ import annotations

from datetime import date

import pytest
from in_memory import Memory

from qacli.model import Correction, UsageError
from qacli.prepare.notices.adjustment import NamesCondition, NoAdjustment, adjust, adjustments_of, end_adjustments
from qacli.prepare.notices.notice import UnknownPeople

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 30)
PAPER = "reads long texts from a printed script"


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        ("has dyslexia, so reads slowly", "dyslexia"),
        ("Dyslexic; uses a ruler", "dyslexic"),
        ("AUTISM: no small talk, was diagnosed in March", "autism, diagnosed"),
        ("allow for her hearing aids", "hearing aids"),
        ("suffers from migraines", "suffers, migraines"),
    ],
)
def test_words_that_name_a_condition_are_refused_with_what_to_write(needs, words):
    with pytest.raises(NamesCondition) as caught:
        adjust(Memory(), "p_a07", needs, MAY)
    assert f"or seems to: {words}. Nothing was recorded." in str(caught.value)
    assert "say only what is done differently" in str(caught.value)


@pytest.mark.parametrize("needs", [PAPER, "a pause of ten seconds is no silence", "blind transfers go to a buddy"])
def test_what_is_done_differently_is_recorded(needs):
    assert adjust(Memory(), "p_a07", needs, MAY).rows[0].needs.text == needs


def test_an_adjustment_holds_to_its_last_day_and_is_ended_openly():
    view = Memory()
    view.commit(adjust(view, "p_a07", PAPER, MAY))
    assert adjust(view, "p_a07", PAPER, MAY).findings == [
        "that adjustment for p_a07 is recorded already: nothing to do"
    ]
    view.commit(end_adjustments(view, "p_a07", JUNE))
    (row,) = adjustments_of(view, "p_a07")
    assert (row.first, row.last, row.needs.text) == (MAY, JUNE, PAPER)
    days = (date(2026, 4, 30), MAY, JUNE, date(2026, 7, 1))
    assert [bool(adjustments_of(view, "p_a07", day)) for day in days] == [False, True, True, False]
    assert adjustments_of(view, "p_a09", MAY) == []
    assert view.rows(Correction)[0].new == row.id
    with pytest.raises(NoAdjustment):
        end_adjustments(view, "p_a07", JUNE)


@pytest.mark.parametrize(
    ("person", "needs", "last", "error"),
    [
        ("p_a99", PAPER, None, UnknownPeople),
        ("p_a07", " ", None, UsageError),
        ("p_a07", PAPER, date(2026, 4, 1), UsageError),
    ],
)
def test_an_adjustment_that_cannot_be_is_refused(person, needs, last, error):
    with pytest.raises(error):
        adjust(Memory(), person, needs, MAY, last)
