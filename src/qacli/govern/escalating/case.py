"""Records of escalated cases, and how far each is: who holds it, how often it came back, which clock has run out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from qacli.model import NO_WORDS, Row, View, Words

TAKEN, ACKNOWLEDGED, HANDOVER = "taken", "acknowledged", "handover"
SIDES = ("customer", "benefit", "risk")
"""From where an option is seen: the customer, what the organisation gains, what it risks."""


@dataclass(frozen=True, kw_only=True)
class Escalation(Row, table="escalations", letter="es"):
    """A case that ``referred_by`` could not decide, and what the rules of its day said: tier, risk and clocks."""

    reference: str  # of the case in the system that holds it; a request of that customer for their data finds it
    transaction: str
    trigger: str  # id@version
    severity: int
    likelihood: int
    reach: str
    urgent: bool
    received: datetime
    referred_by: str
    decision: str  # what had to be decided, as the matrix of authority names it; may be empty
    amount: Decimal | None
    authority: str  # id@version of the line that did not reach; empty where there is none
    lacked: Words  # why the one who referred it could not decide
    tier: str
    holder: str
    take_by: datetime
    acknowledge_by: datetime | None
    close_by: datetime
    skipped: Words  # why a tier was passed over
    words: Words  # what happened

    @property
    def risk(self) -> int:
        """Severity times likelihood, 1 to 25."""
        return self.severity * self.likelihood


@dataclass(frozen=True, kw_only=True)
class EscalationMove(Row, table="escalation_moves", letter="eh"):
    """A step of a case (``by``): taken in hand, acknowledged to the customer, or handed over."""

    escalation: str
    kind: str
    on: datetime
    to: str = ""  # person and tier of a handover
    tier: str = ""
    words: Words = NO_WORDS
    skipped: Words = NO_WORDS


@dataclass(frozen=True, kw_only=True)
class EscalationOption(Row, table="escalation_options", letter="eo"):
    """One way to settle a case, from three sides; ``of`` names an option that this row completes."""

    escalation: str
    of: str
    what: Words
    customer: Words
    benefit: Words
    risk: Words
    decision: str
    amount: Decimal | None


@dataclass(frozen=True, kw_only=True)
class EscalationEnd(Row, table="escalation_ends", letter="ee"):
    """A case was settled by one of its options (``by``), and the customer told on a day."""

    escalation: str
    option: str
    why: Words
    technique: str
    outcome: str
    authority: str  # id@version of the line that let ``by`` decide; empty where nothing had to be granted
    on: datetime


class Option(NamedTuple):
    """An option with all that was said of it."""

    id: str
    what: str
    sides: dict[str, str]
    decision: str
    amount: Decimal | None

    @property
    def lacks(self) -> list[str]:
        """The sides from which nobody has looked at it."""
        return [side for side in SIDES if not self.sides[side]]


class Late(NamedTuple):
    """A clock that has run out: which, when, and whether what it asked for came all the same."""

    clock: str
    due: datetime
    done: datetime | None


class Case(NamedTuple):
    """An escalation with what belongs to it, oldest first."""

    escalation: Escalation
    moves: Sequence[EscalationMove]
    options: Sequence[Option]
    end: EscalationEnd | None

    @property
    def handovers(self) -> list[EscalationMove]:
        """Each time it went to somebody else."""
        return [move for move in self.moves if move.kind == HANDOVER]

    @property
    def holder(self) -> str:
        """Who has it now, or had it when it was closed."""
        return self.handovers[-1].to if self.handovers else self.escalation.holder

    @property
    def tier(self) -> str:
        """The tier that has it now."""
        return self.handovers[-1].tier if self.handovers else self.escalation.tier

    @property
    def returns(self) -> int:
        """How often it came back to somebody who had passed it on before: ping-pong."""
        had, back = [self.escalation.referred_by, self.escalation.holder], 0
        for move in self.handovers:
            back += move.to in had
            had.append(move.to)
        return back

    @property
    def state(self) -> str:
        """open, taken or closed."""
        return "closed" if self.end else "taken" if self.first(TAKEN) else "open"

    def first(self, kind: str) -> datetime | None:
        """Return when a step was first made; None where it was not."""
        return next((move.on for move in self.moves if move.kind == kind), None)

    def clocks(self) -> Iterator[Late]:
        """Yield each clock with its end, and when what it asks for was done."""
        row = self.escalation
        ended = self.end.on if self.end else None
        yield Late("take", row.take_by, self.first(TAKEN) or ended)
        if row.acknowledge_by:
            yield Late("acknowledge", row.acknowledge_by, self.first(ACKNOWLEDGED) or ended)
        yield Late("close", row.close_by, ended)

    def late(self, now: datetime) -> list[Late]:
        """Return the clocks that ran out before what they ask for was done."""
        return [each for each in self.clocks() if (each.done or now) > each.due]

    def running(self) -> list[Late]:
        """Return the clocks whose work is not done, the first to end first."""
        return sorted((each for each in self.clocks() if not each.done), key=lambda each: each.due)


def cases(view: View) -> list[Case]:
    """Return every escalated case, oldest first."""
    moves: dict[str, list[EscalationMove]] = {}
    for move in view.current(EscalationMove):
        moves.setdefault(move.escalation, []).append(move)
    options: dict[str, list[EscalationOption]] = {}
    for option in view.current(EscalationOption):
        options.setdefault(option.escalation, []).append(option)
    ends = {end.escalation: end for end in view.current(EscalationEnd)}
    return [
        Case(row, moves.get(row.id, ()), _options(options.get(row.id, ())), ends.get(row.id))
        for row in view.current(Escalation)
    ]


def case_of(view: View, escalation: str) -> Case:
    """Return one escalated case. Raises NoSuchRow."""
    row = view.one(Escalation, escalation)
    return next(each for each in cases(view) if each.escalation.id == row.id)


def _options(rows: Sequence[EscalationOption]) -> list[Option]:
    """Return the options of a case; what completes one adds to it, the last word on each side holds."""
    found: dict[str, Option] = {}
    for row in rows:
        name = row.of or row.id
        before = found.get(name, Option(name, "", dict.fromkeys(SIDES, ""), "", None))
        sides = {side: str(getattr(row, side)) or before.sides[side] for side in SIDES}
        amount = before.amount if row.amount is None else row.amount
        found[name] = Option(name, str(row.what) or before.what, sides, row.decision or before.decision, amount)
    return list(found.values())


def local_day(view: View, moment: datetime) -> date:
    """Return the day of a moment where the work is done."""
    return moment.astimezone(view.now.tzinfo).date()
