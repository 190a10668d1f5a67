"""Looking at sources again: on which day, whether a change was found, and by when somebody looks next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from qacli.govern.requirements.register import meant
from qacli.model import Change, Refusal, Row, UsageError, View, Words
from qacli.prepare.period import in_words

if TYPE_CHECKING:
    from qacli.govern.requirements.requirement import Requirement

Found = Literal["nothing", "change"]


@dataclass(frozen=True, kw_only=True)
class RequirementReview(Row, table="requirement_reviews", letter="qr"):
    """Somebody (``by``) read the source of a rule."""

    requirement: str  # id@version
    kind: str  # of the rule: law, regulator, code, standard, policy, strategy or offer
    on: date
    found: str  # nothing or change
    again: date
    note: Words


class LookSaysNothing(Refusal, rule="look-says-nothing"):
    """Words are what shows that somebody looked."""

    def __init__(self, rule: Requirement) -> None:
        super().__init__(
            f"a look at the source of {rule.reference} without a word shows nothing.",
            help='say what was read, and what it says: --note "C4.2 to C4.5 as of 1 June, unchanged"',
        )


def review(view: View, name: str, found: Found, note: str, on: date | None = None, again: date | None = None) -> Change:
    """Record that the actor read the source of a rule, in the version of that day or the one that is named.

    ``again`` left out is the cadence of the rule. The same look typed twice is a finding.
    Raises NoSuchItem, LookSaysNothing, UsageError for days that cannot be.
    """
    today = view.now.date()
    day = on or today
    if day > today:
        raise UsageError(f"{in_words(day)} is still to come", help="record it on the day")
    rule: Requirement = view.definition("requirement", meant(view, name, day).reference)
    if not note.strip():
        raise LookSaysNothing(rule)
    following = again or day + timedelta(days=rule.look_every)
    if following <= today:
        raise UsageError(
            f"{in_words(following)} is no day to come", help="say by when it is looked at again: --again DAY"
        )
    row = RequirementReview(
        requirement=rule.reference, kind=rule.kind, on=day, found=found, again=following, note=Words(note.strip())
    )
    if any(_same(row, other) and other.by == view.actor for other in view.current(RequirementReview)):
        return Change(findings=[f"{view.actor} recorded this look at {rule.reference} already: nothing to do"])
    return Change([row])


def _same(one: RequirementReview, other: RequirementReview) -> bool:
    mine, theirs = ((row.requirement, row.on, row.found, row.again, row.note.text) for row in (one, other))
    return mine == theirs


def last_look(view: View, rule: Requirement) -> RequirementReview | None:
    """Return the last look at the source of a version; None where nobody here has looked."""
    mine = view.current(RequirementReview, requirement=rule.reference)
    return max(mine, key=lambda row: row.on, default=None)


def look_due(view: View, rule: Requirement) -> date:
    """Return the day by which the source of a rule is looked at: as the last look says, else by its own days."""
    last = last_look(view, rule)
    own = rule.checked_on + timedelta(days=rule.look_every)
    return last.again if last else min(own, rule.review_by or own)
