"""Asking for resources: what is asked of whom, what for, what should come of it; and what was secured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from qacli.model import Change, Command, Hint, Refusal, Row, UsageError, View, Words

Unit = Literal["people", "hours", "money", "units"]
Outcome = Literal["secured", "partly", "refused", "withdrawn"]
WITHDRAWN: Final = "withdrawn"
"""The asker's own outcome: nothing is asked for any more."""


@dataclass(frozen=True, kw_only=True)
class ResourceRequest(Row, table="resource_requests", letter="rq"):
    """Somebody (``by``) asks somebody for more of something."""

    what: str  # id of a desk or resource
    amount: Decimal
    unit: str  # people, hours, money or units
    cost: Decimal  # in all, 0 where it costs nothing
    serves: str  # id of the plan, action or finding that it is for; may be empty
    effect: str  # KPI or criterion that should move, by its id
    asked_of: str
    wanted_from: date
    reason: Words

    @property
    def in_words(self) -> str:
        """What is asked for, with what it costs."""
        cost = f" at a cost of {self.cost}" if self.cost and self.unit != "money" else ""
        return f"{self.amount.normalize():f} {self.unit} for {self.what}{cost}"


@dataclass(frozen=True, kw_only=True)
class ResourceDecision(Row, table="resource_decisions", letter="rd"):
    """What the person who was asked (``by``) gave; or that whoever asked (``by``) took the request back."""

    request: str
    outcome: str  # secured, partly, refused or withdrawn
    amount: Decimal
    cost: Decimal
    since: date | None  # first day on which it is there
    words: Words


class Asked(NamedTuple):
    """A request with what became of it."""

    request: ResourceRequest
    decision: ResourceDecision | None

    @property
    def state(self) -> str:
        """open, secured, partly, refused or withdrawn."""
        return self.decision.outcome if self.decision else "open"

    @property
    def hours(self) -> Decimal:
        """The hours that were given, or asked for as long as nobody has decided."""
        return (self.decision or self.request).amount if self.request.unit == "hours" else Decimal(0)

    @property
    def money(self) -> Decimal:
        """The money that was given, or asked for as long as nobody has decided: itself, or what something costs."""
        row = self.decision or self.request
        return row.amount if self.request.unit == "money" else row.cost


class NotAskedOf(Refusal, rule="not-asked-of"):
    """Whoever has it gives it."""

    def __init__(self, request: ResourceRequest, actor: str) -> None:
        super().__init__(
            f"{request.id} was asked of {request.asked_of}; {actor} cannot decide it.",
            help=Hint("that person runs: ", Command(f"resource secure {request.id}", request.asked_of)),
        )


class NotTheAsker(Refusal, rule="not-the-asker"):
    """Whoever asked for it takes it back; whoever was asked refuses it."""

    def __init__(self, request: ResourceRequest, actor: str) -> None:
        super().__init__(
            f"{request.by} asked for {request.id}; {actor} cannot take it back.",
            help=f"{request.by} does it: --as {request.by}; {request.asked_of} can refuse it: --outcome refused",
        )


class AskedOfOneself(Refusal, rule="asked-of-oneself"):
    """A request goes to somebody else, or it is no request."""

    def __init__(self, actor: str) -> None:
        super().__init__(f"{actor} cannot ask {actor}.", help="name whoever has it to give: --of PERSON")


class DecidedAlready(Refusal, rule="decided-already"):
    """A decision stands; more is a new request."""

    def __init__(self, decision: ResourceDecision) -> None:
        super().__init__(
            f"{decision.request} was decided by {decision.by}: {decision.outcome}.",
            help=Hint("what is still missing is asked for again: ", Command("resource request")),
        )


class OutcomeDiffers(Refusal, rule="outcome-differs"):
    """secured is all of it, partly some of it, refused and withdrawn nothing."""

    def __init__(self, request: ResourceRequest, outcome: str, amount: Decimal, cost: Decimal) -> None:
        super().__init__(
            f"{request.id} asks for {request.amount} {request.unit} at {request.cost}; {amount} at {cost} is not {outcome}.",
            help="secured: all that was asked for; partly: --amount above 0 and not all of it; refused, withdrawn: nothing",
        )


class NoReason(Refusal, rule="resource-reason"):
    """People give to what they understand, and are told why they do not get."""

    def __init__(self, verb: str) -> None:
        super().__init__(f"{verb} needs words.", help='say why: --words "..."')


class NothingMeasured(Refusal, rule="no-such-measure"):
    """What is asked for is to move something that is measured."""

    def __init__(self, effect: str) -> None:
        super().__init__(
            f"'{effect}' is neither a KPI nor a criterion of a scorecard.",
            help=Hint("name what should move, by its id: ", Command("scorecard show"), ", definitions/kpis.yaml"),
        )


def request(
    view: View,
    *,
    what: str,
    amount: Decimal,
    unit: Unit,
    asked_of: str,
    effect: str,
    wanted_from: date,
    words: str,
    cost: Decimal = Decimal(0),
    serves: str = "",
) -> Change:
    """Record a request. ``effect`` is the KPI or criterion that should move.

    The same request, not decided yet, is a finding and makes no row.
    Raises UsageError, AskedOfOneself, NothingMeasured, NoReason.
    """
    known = [each.id for kind in ("desk", "resource") for each in view.definitions(kind)]
    if what not in known:
        places = "definitions/desks.yaml and definitions/resources.yaml"
        raise UsageError(
            f"there is no desk or resource '{what}'",
            help=f"known are: {', '.join(known)}; they stand in {places}"
            if known
            else f"none is stated yet: fill in {places}",
        )
    if amount <= 0 or cost < 0:
        raise UsageError("what is asked for is above 0, and what it costs is not below 0")
    if asked_of not in view.people:
        raise UsageError(f"'{asked_of}' is nobody in people.csv", help="name a person id of it")
    if asked_of == view.actor:
        raise AskedOfOneself(view.actor)
    criteria = {criterion.id for card in view.definitions("scorecard") for criterion in card.criteria()}
    if effect not in criteria | {kpi.id for kpi in view.definitions("kpi")}:
        raise NothingMeasured(effect)
    if not words.strip():
        raise NoReason("a request")
    row = ResourceRequest(
        what=what,
        amount=amount,
        unit=unit,
        cost=cost,
        serves=serves,
        effect=effect,
        asked_of=asked_of,
        wanted_from=wanted_from,
        reason=Words(words.strip()),
    )
    for each in requests(view):
        if each.state == "open" and each.request.by == view.actor and _asks(each.request) == _asks(row):
            return Change(findings=[f"{each.request.id} asks for this already and is not decided: nothing to do"])
    return Change([row])


def _asks(row: ResourceRequest) -> tuple[object, ...]:
    return (
        *(row.what, row.amount, row.unit, row.cost, row.serves, row.effect),
        *(row.asked_of, row.wanted_from, row.reason.text),
    )


def secure(
    view: View,
    request: str,
    outcome: Outcome,
    *,
    amount: Decimal | None = None,
    cost: Decimal | None = None,
    since: date | None = None,
    words: str = "",
) -> Change:
    """Record what was given, or that whoever asked takes it back. Left out, amount and cost are those asked for, or nothing.

    A request that was taken back already is a finding.
    Raises NoSuchRow, NotAskedOf, NotTheAsker, DecidedAlready, OutcomeDiffers, NoReason.
    """
    asked = request_of(view, request)
    if outcome == WITHDRAWN and view.actor != asked.by:
        raise NotTheAsker(asked, view.actor)
    if outcome != WITHDRAWN and view.actor != asked.asked_of:
        raise NotAskedOf(asked, view.actor)
    if before := next(iter(view.current(ResourceDecision, request=request)), None):
        if before.outcome == outcome == WITHDRAWN:
            return Change(findings=[f"{request} was withdrawn by {before.by}: nothing to do"])
        raise DecidedAlready(before)
    nothing = outcome in {"refused", WITHDRAWN}
    given = Decimal(0) if nothing and amount is None else asked.amount if amount is None else amount
    money = Decimal(0) if nothing and cost is None else asked.cost if cost is None else cost
    none = not given and not money
    fits = {"secured": given == asked.amount, "partly": 0 < given < asked.amount, "refused": none, WITHDRAWN: none}
    if not fits[outcome]:
        raise OutcomeDiffers(asked, outcome, given, money)
    if outcome != "secured" and not words.strip():
        raise NoReason(f"a request that is {outcome if nothing else 'met partly'}")
    day = None if nothing else since or asked.wanted_from
    row = ResourceDecision(
        request=request, outcome=outcome, amount=given, cost=money, since=day, words=Words(words.strip())
    )
    return Change([row])


def request_of(view: View, request: str) -> ResourceRequest:
    """Return a request by its id. Raises NoSuchRow."""
    return view.one(ResourceRequest, request)


def requests(view: View) -> Sequence[Asked]:
    """Return all requests, oldest first, with what became of each."""
    decided = {row.request: row for row in view.current(ResourceDecision)}
    return [Asked(row, decided.get(row.id)) for row in view.current(ResourceRequest)]
