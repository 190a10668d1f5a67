"""A case in words: clocks as somebody on duty reads them, its way, its options from three sides, how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from qacli.govern.clock import business_days_between
from qacli.govern.escalating.case import ACKNOWLEDGED, HANDOVER, SIDES, TAKEN, Case, Option
from qacli.govern.escalating.closing import closed_in_words
from qacli.govern.escalating.handling import granted_in_words
from qacli.govern.escalating.opening import LIKELIHOOD
from qacli.model import Command, Hint, View

SOON = timedelta(hours=24)


def left(view: View, due: datetime) -> str:
    """Return how long a clock has still to run, or how long ago it ran out: hours on one day or weekend, else business days."""
    apart = due - view.now
    first, last = sorted(moment.astimezone(view.now.tzinfo).date() for moment in (view.now, due))
    days = business_days_between(first, last, view.settings.nation)
    if abs(apart) < SOON or not days:  # a weekend has no business day, and its hours pass all the same
        minutes = int(abs(apart).total_seconds()) // 60
        told = f"{minutes // 60} h {minutes % 60:02} min"
    else:
        told = f"{days} business day{'s' * (days != 1)}"
    return f"overdue by {told}" if apart < timedelta() else told


def told(view: View, found: Case) -> Iterator[str]:
    """Yield the lines of a case."""
    row = found.escalation
    title = view.definition("trigger", row.trigger).title
    urgent = ", urgent" if row.urgent else ""
    yield f"{row.id} {found.state}: {title} ({row.trigger}){f', case {row.reference}' * bool(row.reference)}"
    yield (
        f"  risk {row.risk} of 25{urgent}: severity {row.severity}, likelihood {row.likelihood} "
        f"({LIKELIHOOD[row.likelihood]}), reach {row.reach}"
    )
    yield f"  what happened: {row.words}"
    yield f"  referred by {row.referred_by}, who could not decide: {row.lacked}"
    if row.decision:
        yield f"  to be decided: {row.decision}{f' of {row.amount}' * (row.amount is not None)}; {granted_in_words(view, found)}"
    yield f"  received {_at(view, row.received)}"
    yield from _clocks(view, found)
    yield from _way(view, found)
    for option in found.options:
        yield from _option(option, chosen=bool(found.end and found.end.option == option.id))
    closed = closed_in_words(view, found)
    yield f"  {closed}" if closed else Hint("  next: ", _next(found))


def _at(view: View, moment: datetime) -> str:
    return moment.astimezone(view.now.tzinfo).strftime("%Y-%m-%d %H:%M")


CLOCKS = {"take": "in hand", "acknowledge": "customer told that it arrived", "close": "decided and answered"}


def _clocks(view: View, found: Case) -> Iterator[str]:
    for each in found.clocks():
        if each.done:
            late = ", late" if each.done > each.due else ""
            yield f"  {CLOCKS[each.clock]} by {_at(view, each.due)}: done {_at(view, each.done)}{late}"
        else:
            yield f"  {CLOCKS[each.clock]} by {_at(view, each.due)}: {left(view, each.due)}"


def _way(view: View, found: Case) -> Iterator[str]:
    row = found.escalation
    skipped = f"; passed over, because {row.skipped}" if row.skipped else ""
    yield f"  {_at(view, row.at or row.received)} {row.by} referred it to {row.holder} ({row.tier}){skipped}"
    for move in found.moves:
        to = f" {move.to} ({move.tier})" if move.to else ""
        words = f": {move.words}" if move.words else ""
        skipped = f"; passed over, because {move.skipped}" if move.skipped else ""
        yield f"  {_at(view, move.on)} {move.by} {STEPS[move.kind]}{to}{words}{skipped}"
    if found.returns:
        yield f"  ping-pong: it came back {found.returns} of {len(found.handovers)} times"


STEPS = {TAKEN: "took it in hand", ACKNOWLEDGED: "told the customer that it arrived", HANDOVER: "handed it to"}


def _option(option: Option, *, chosen: bool) -> Iterator[str]:
    grants = f" [{option.decision}{f' {option.amount}' * (option.amount is not None)}]" if option.decision else ""
    yield f"  {option.id}{' (chosen)' * chosen}: {option.what}{grants}"
    for side in SIDES:
        yield f"    {side}: {option.sides[side] or 'nobody has looked from here yet'}"


def _next(found: Case) -> Command:
    name = found.escalation.id
    if found.state == "open":
        return Command(f"escalate take {name}", found.holder)
    if len(found.options) < 2 or any(option.lacks for option in found.options):
        return Command(f"escalate option {name}", found.holder)
    return Command(f"escalate close {name} --choose OPTION", found.holder)
