"""Currency: does a person know the version of a procedure that counts? Read, and its quiz passed, where it has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from qacli.files.schema import newest_in_force
from qacli.model import QacliError, Refusal, View
from qacli.prepare.frames.frame import Frame
from qacli.prepare.procedures.procedure import Procedure
from qacli.prepare.procedures.quiz import Check
from qacli.prepare.procedures.reading import Reading
from qacli.prepare.scorecards.scorecard import Scorecard

SOON = timedelta(days=30)
"""A version that comes into force within this time, and is not yet read, is due soon. Our choice."""
STATES: Mapping[str, str] = MappingProxyType(
    {
        "current": "read, and its quiz passed where it has one",
        "due soon": "current, and the next version comes into force within 30 days",
        "stale": "only an earlier version was read",
        "never": "no version was read",
        "quiz open": "read, its quiz not yet taken",
        "quiz failed": "read, its quiz not passed",
    }
)


class Standing(NamedTuple):
    """How one person stands to one version: one of STATES, what was read, the last attempt at its quiz, what is next."""

    person: str
    procedure: Procedure
    state: str
    read: Reading | None  # of this version, else of the latest that was read
    check: Check | None  # passed, else the last
    next: Procedure | None = None

    @property
    def ready(self) -> bool:
        """Whether the person may rate by the procedure."""
        return self.state in {"current", "due soon"}

    @property
    def unread(self) -> bool:
        """Whether this version has still to be read."""
        return self.state in {"stale", "never"}

    @property
    def unasked(self) -> bool:
        """Whether its quiz has still to be passed."""
        return bool(self.procedure.questions) and not (self.check and self.check.passed)


class Knowledge:
    """What people have read and passed, by person and version."""

    def __init__(self, view: View) -> None:
        self.read: dict[tuple[str, str], list[Reading]] = {}
        self.checks: dict[tuple[str, str], Check] = {}
        for row in view.current(Reading):
            self.read.setdefault((row.person, row.procedure.partition("@")[0]), []).append(row)
        for check in view.current(Check):
            key = check.person, check.procedure
            if key not in self.checks or not self.checks[key].passed:
                self.checks[key] = check

    def standing(self, person: str, procedure: Procedure, following: Procedure | None = None) -> Standing:
        """Return how a person stands to a version; ``following`` is one that is known to come into force soon."""
        rows = self.read.get((person, procedure.id), [])
        exact = next((row for row in rows if row.procedure == procedure.reference), None)
        check = self.checks.get((person, procedure.reference))
        if not exact:
            state = "stale" if rows else "never"
        elif procedure.questions and not (check and check.passed):
            state = "quiz failed" if check else "quiz open"
        elif following and not any(row.procedure == following.reference for row in rows):
            state = "due soon"
        else:
            state = "current"
        return Standing(person, procedure, state, exact or (rows[-1] if rows else None), check, following)


def in_force(procedures: Iterable[Procedure], id: str, day: date) -> Procedure | None:  # noqa: A002
    """Return the version of a procedure that holds on a day; None where none does."""
    fitting = [each for each in procedures if each.id == id and each.in_force(day)]
    return max(fitting, key=lambda each: each.newness, default=None)


def next_in_force(procedures: Iterable[Procedure], id: str, day: date) -> Procedure | None:  # noqa: A002
    """Return the version of a procedure that comes into force soon after a day; None where none does."""
    fitting = [each for each in procedures if each.id == id and day < each.from_ <= day + SOON]
    return min(fitting, key=lambda each: each.newness, default=None)


def cited_by(card: Scorecard) -> list[str]:
    """Return the procedures that a card cites, id@version, in its order."""
    return list(dict.fromkeys(criterion.procedure for criterion in card.criteria()))


def governing(view: View, cited: str, day: date) -> Procedure:
    """Return the version in force on a day; where none was, for example before the first, the one that is cited.

    Raises NoSuchDefinition, ChangedVersion.
    """
    try:
        version: Procedure = view.definition("procedure", cited.partition("@")[0], day)
    except Refusal:
        raise
    except QacliError:
        version = view.definition("procedure", cited)
    return version


def superseded(card: Scorecard, procedures: Sequence[Procedure], day: date) -> dict[str, Procedure]:
    """Return the citations of a card that are older than what holds on a day: {id@version cited: what holds}."""
    known = {each.reference: each for each in procedures}
    found = {}
    for cited in cited_by(card):
        holds = in_force(procedures, cited.partition("@")[0], day)
        older = known.get(cited)
        if holds and cited != holds.reference and (older is None or older.from_ < holds.from_):
            found[cited] = holds
    return found


def needs(view: View) -> dict[str, list[str]]:
    """Return the procedures that each evaluator has to know: cited by a card of a frame in force that names them."""
    cards: dict[str, Scorecard] = {card.reference: card for card in view.definitions("scorecard")}
    found: dict[str, dict[str, None]] = {}
    frames: list[Frame] = newest_in_force(view.definitions("frame"), view.now.date())
    for frame in frames:
        cited = [each for card in frame.scorecards.values() if card in cards for each in cited_by(cards[card])]
        names = dict.fromkeys(each.partition("@")[0] for each in cited)
        for person in frame.evaluators:
            found.setdefault(person, {}).update(names)
    return {person: list(names) for person, names in sorted(found.items())}


def matrix(view: View) -> list[Standing]:
    """Return how every evaluator stands today to each procedure that their work needs, by procedure, then person."""
    knowledge, today = Knowledge(view), view.now.date()
    procedures: Sequence[Procedure] = view.definitions("procedure")
    found = [
        knowledge.standing(person, version, next_in_force(procedures, name, today))
        for person, names in needs(view).items()
        for name in names
        if (version := in_force(procedures, name, today))
    ]
    return sorted(found, key=lambda each: (each.procedure.id, each.person))
