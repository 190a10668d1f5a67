"""Reviews: somebody looked at a definition again, what came of it, and by when it is looked at next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qacli.model import Change, Refusal, Row, UsageError, View, Words
from qacli.prepare.approval import standing

if TYPE_CHECKING:
    from qacli.files.schema import Definition


@dataclass(frozen=True, kw_only=True)
class Review(Row, table="reviews", letter="rv"):
    """One look (``by``) at one text of a definition. It moves the day of the next one, and changes nothing else."""

    kind: str
    item: str  # id@version
    sha256: str
    looked_at: str  # what it rests on; for a frame its periods: 2026-W19..2026-W22
    again: date
    note: Words


class NoNextReview(UsageError):
    """A review says when somebody looks again, or nobody ever would."""

    def __init__(self, item: Definition) -> None:
        said = f"its review_by was {item.review_by}" if item.review_by else "it has no review_by"
        super().__init__(
            f"say by when {item.reference} is looked at again: {said}", help="add for example: --again 2026-12-01"
        )


class ReviewedAgainBefore(UsageError):
    """The next review lies ahead."""

    def __init__(self, again: date, today: date) -> None:
        super().__init__(
            f"--again {again} is no day to come: today is {today}", help="name the day by which it is looked at again"
        )


class NothingSaid(Refusal, rule="review-says-nothing"):
    """Words are what shows that somebody looked."""

    def __init__(self, item: Definition) -> None:
        super().__init__(
            f"a review of {item.reference} without a word shows nothing.",
            help='say what was seen and decided: --note "chat stays at 8; e-mail joins in version 2"',
        )


def record_review(
    view: View,
    kind: str,
    id: str,  # noqa: A002
    note: str,
    again: date | None = None,
    looked_at: str = "",
) -> Change:
    """Record that the actor looked at a definition as it stands, and when it is looked at next.

    ``again`` may be left out while its ``review_by`` lies ahead. The same review typed twice is a finding and makes no
    row. Raises NoSuchItem, NothingSaid, NoNextReview, ReviewedAgainBefore.
    """
    item, today = standing(view, kind, id), view.now.date()
    if not note.strip():
        raise NothingSaid(item)
    if again and again <= today:
        raise ReviewedAgainBefore(again, today)
    following = again or (item.review_by if item.review_by and item.review_by > today else None)
    if following is None:
        raise NoNextReview(item)
    row = Review(
        kind=kind,
        item=item.reference,
        sha256=view.sha256(kind, item.reference),
        looked_at=looked_at,
        again=following,
        note=Words(note.strip()),
    )
    if any(_same(row, other) and other.by == view.actor for other in reviews_of(view, kind, item)):
        return Change(findings=[f"{view.actor} recorded this review of {item.reference} already: nothing to do"])
    return Change([row])


def _same(one: Review, other: Review) -> bool:
    return (one.again, one.looked_at, one.note.text) == (other.again, other.looked_at, other.note.text)


def reviews_of(view: View, kind: str, item: Definition) -> list[Review]:
    """Return the reviews on record of one version of a definition, oldest first."""
    return [row for row in view.current(Review) if (row.kind, row.item) == (kind, item.reference)]


def review_due(view: View, kind: str, item: Definition) -> date | None:
    """Return the day by which a definition is to be looked at: as its last review says, else as it says itself."""
    done = reviews_of(view, kind, item)
    return done[-1].again if done else item.review_by
