"""Reviews: who looked again, and when it is looked at next."""

from __future__ import annotations

from datetime import date

import in_memory
import pytest

from qacli.model import UsageError
from qacli.prepare.reviewing import NothingSaid, record_review, review_due


@pytest.fixture
def desk():
    made = in_memory.Memory()
    made.sha256 = lambda kind, reference: f"{kind} {reference}"
    return made


def scale(desk, **more):
    """The binary scale, with other settings."""
    item = desk.definition("scale", "binary")
    changed = item.model_copy(update=more)
    desk.made = [(kind, changed if each is item else each) for kind, each in desk.made]
    return changed


def test_a_review_moves_the_day_of_the_next(desk):
    item = scale(desk, review_by=date(2026, 5, 1))
    assert review_due(desk, "scale", item) == date(2026, 5, 1)
    (row,) = desk.commit(record_review(desk, "scale", "binary", "still right", date(2026, 12, 1), "2026-05"))
    assert (row.item, row.sha256, row.looked_at, row.note.text) == (
        "binary@1",
        "scale binary@1",
        "2026-05",
        "still right",
    )
    assert review_due(desk, "scale", item) == date(2026, 12, 1)
    again = record_review(desk, "scale", "binary", " still right ", date(2026, 12, 1), "2026-05")
    assert (again.rows, again.findings) == ((), ["p_tl1 recorded this review of binary@1 already: nothing to do"])


def test_the_next_day_may_be_left_out_while_the_definition_names_one_ahead(desk):
    scale(desk, review_by=date(2026, 9, 1))
    assert record_review(desk, "scale", "binary", "looked early").rows[0].again == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("note", "again", "said"),
    [
        ("seen", None, "say by when binary@1 is looked at again: it has no review_by"),
        ("seen", date(2026, 5, 18), "--again 2026-05-18 is no day to come: today is 2026-05-18"),
    ],
)
def test_a_review_after_which_nobody_would_look_again_is_none(desk, note, again, said):
    with pytest.raises(UsageError, match=said):
        record_review(desk, "scale", "binary", note, again)


def test_a_review_says_something(desk):
    with pytest.raises(NothingSaid):
        record_review(desk, "scale", "binary", "  ", date(2026, 12, 1))
