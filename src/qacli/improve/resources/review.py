"""Reviewing resources: what there is, what it takes, what is missing and what that costs; every need is worked out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.numbers import plain
from qacli.files.schema import newest_in_force
from qacli.improve.resources.desk import Desk, staffing
from qacli.improve.resources.request import requests
from qacli.improve.resources.stated import Resource
from qacli.monitor.sampling.draw import Draw
from qacli.prepare.frames.workload import hours
from qacli.prepare.procedures.currency import matrix, needs

if TYPE_CHECKING:
    from qacli.model import View
    from qacli.prepare.frames.frame import Frame

KINDS = ("people", "time", "systems", "knowledge", "budget")
WEEK = "each week"
ONCE = "once"


class Line(NamedTuple):
    """One resource. ``need`` is None where nobody can tell it, with why in ``source``; ``gap`` is below 0 for a surplus.

    ``cost`` is what closing the gap takes, ``paid`` each week or once; None where nobody stated what one more costs.
    """

    kind: str
    id: str
    have: Decimal | None
    need: Decimal | None
    unit: str
    cost: Decimal | None
    paid: str
    source: str

    @property
    def gap(self) -> Decimal | None:
        """What is missing."""
        return None if self.have is None or self.need is None else self.need - self.have


def reviewed(view: View) -> list[Line]:
    """Return a line for each resource, people first, budgets last."""
    today = view.now.date()
    desks: list[Desk] = newest_in_force(view.definitions("desk"), today)
    resources: list[Resource] = newest_in_force(view.definitions("resource"), today)
    found = [*_people(desks), *_time(view), *_knowledge(view), *_stated(view, desks, resources)]
    return sorted(found, key=lambda line: KINDS.index(line.kind))


def _people(desks: Sequence[Desk]) -> Iterator[Line]:
    for desk in desks:
        needed = staffing(desk).rostered
        missing = max(0, needed - desk.rostered) if needed is not None else 0
        yield Line(
            "people",
            desk.id,
            Decimal(desk.rostered),
            None if needed is None else Decimal(needed),
            "people on the rota",
            None if needed is None else desk.weekly_cost(missing),
            WEEK,
            f"{desk.reference}: {desk.promise}; {desk.source}" + ("; no number of people holds it" * (needed is None)),
        )


def _time(view: View) -> Iterator[Line]:
    """Yield the hours of evaluators: what the last draw of each frame takes against what they state they have."""
    drawn = {draw.frame.partition("@")[0]: draw for draw in view.current(Draw) if draw.drawn}
    frames: list[Frame] = newest_in_force(view.definitions("frame"), view.now.date())
    for frame in frames:
        draw, room = drawn.get(frame.id), frame.room()
        stated = len(room) == len(tuple(frame.evaluators))
        yield Line(
            "time",
            frame.id,
            _tenth(hours(frame, sum(room.values()))) if stated else None,
            _tenth(hours(frame, draw.drawn)) if draw else None,
            f"evaluators' hours each {frame.cadence}",
            None,
            "",
            (f"{draw.drawn} items of {draw.id}, " if draw else "nothing drawn yet, ")
            + f"{frame.minutes_per_evaluation} min each"
            + ("" if stated else "; the frame states no hours for its evaluators"),
        )


def _knowledge(view: View) -> Iterator[Line]:
    """Yield in how many cases somebody rates by a procedure, and in how many it was read and its quiz passed."""
    found = matrix(view)
    if found:
        missing = Counter(each.procedure.reference for each in found if not each.ready)
        named = ", ".join(f"{name} by {people}" for name, people in sorted(missing.items()))
        why = f"not known: {named}" if missing else "all know what they rate by"
        have = Decimal(len(found) - missing.total())
        unit = "procedures, for each evaluator who rates by them"
        yield Line(
            "knowledge", "procedures", have, Decimal(len(found)), unit, None, "", f"{why}: qacli procedure matrix"
        )


def _stated(view: View, desks: Sequence[Desk], resources: Sequence[Resource]) -> Iterator[Line]:
    budgets = [each for each in resources if each.kind == "budget"]
    for resource in resources:
        need, why = _drawn_on(view, resource, budgets) if resource.kind == "budget" else _need(view, desks, resource)
        missing = max(Decimal(0), need - resource.have) if need is not None else None
        cost = None if missing is None or resource.cost_each is None else missing * resource.cost_each
        source = f"{resource.reference}: {why}; {resource.source}"
        yield Line(resource.kind, resource.id, resource.have, need, resource.unit, cost, ONCE, source)


def _drawn_on(view: View, budget: Resource, budgets: Sequence[Resource]) -> tuple[Decimal, str]:
    """Return what was asked of one budget: in hours where it is one of hours, else in money.

    What is asked for something else says of no budget that it pays for it: it counts in each of its sort.
    """
    same = [each.id for each in budgets if each.in_hours == budget.in_hours]
    own = elsewhere = Decimal(0)
    for asked in requests(view):
        amount = asked.hours if budget.in_hours else asked.money
        own += amount if asked.request.what == budget.id else 0
        elsewhere += 0 if asked.request.what in same else amount
    others = [each for each in same if each != budget.id]
    shared = f", {plain(elsewhere)} of it perhaps paid by {' or '.join(others)}" if elsewhere and others else ""
    return own + elsewhere, f"requests open and secured{shared}"


def _need(view: View, desks: Sequence[Desk], resource: Resource) -> tuple[Decimal | None, str]:
    if resource.per is None:
        return resource.need, "stated"
    people = _people_of(view, desks, resource.per.of)
    if people is None:
        return None, f"no desk '{resource.per.of}' says how many people it takes"
    return people * resource.per.each, f"{resource.per.each} for each of {people} ({resource.per.of})"


def _people_of(view: View, desks: Sequence[Desk], of: str) -> int | None:
    if of == "evaluator":
        return len(needs(view))
    if of == "colleague":
        today = view.now.date()
        return len({line.person for line in view.people if line.source_id and line.from_ <= today <= line.to})
    return next((staffing(desk).rostered for desk in desks if desk.id == of), None)


def _tenth(number: float) -> Decimal:
    return Decimal(number).quantize(Decimal("0.1"))
