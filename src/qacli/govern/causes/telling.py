"""A search for a cause in words: its place among all faults, whys as a chain with what shows them, fixes and their verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qacli.govern.causes.cause import Cause, CauseEnd, CauseFix, CauseVerdict, CauseWhy, Search
from qacli.govern.escalating.case import SIDES
from qacli.model import Command, Hint, View
from qacli.prepare.event import candidates
from qacli.stats import wilson
from qacli.understand.patterns.finding import standing_of

EVENTS = 3


def told(view: View, found: Search) -> Iterator[str]:
    """Yield the lines of a search."""
    row = found.cause
    yield f"{row.id} {found.state}: {row.problem} (from {row.source}, owner {row.owner})"
    yield f"  {place_in_words(row)}"
    if row.because:
        yield f"  not the first of them, but: {row.because}"
    yield f"  {alike_in_words(row)}"
    yield from _cautions(view, row)
    yield from _whys(found, "", 1)
    for end in found.ends:
        yield f"  end cause {end.id} ({end.branch.partition('@')[0]}): {end.words}; rests on {_way(found, end)}"
    for fix in found.fixes:
        yield from _fix(fix, found.verdict_of(fix.id))
    yield Hint("  ", _next(found))


PARTS = ("part", "record", "rests on", "state", "branch", "words", "shown by", "owner", "from", "to")
"""Columns of a search as a table: a line for each of its records."""


def parts(found: Search) -> Iterator[tuple[object, ...]]:
    """Yield the records of a search as lines of ``PARTS``: the fault, each why, end cause, fix and verdict."""
    row = found.cause
    shown = f"{place_in_words(row)}; {alike_in_words(row)}"
    yield "cause", row.id, row.source, found.state, "", row.problem, shown, row.owner, row.first, row.last
    for why in found.whys:
        rests = why.after or row.id
        yield "why", why.id, rests, why.confidence, why.branch, why.claim, _shown_by(why), why.by, None, None
    for end in found.ends:
        yield "end cause", end.id, end.why, "", end.branch, end.words, _way(found, end), end.by, None, None
    for fix in found.fixes:
        yield "fix", fix.id, fix.end, fix.kind, "", fix.action, fix.metric, fix.owner, fix.live_on, fix.last
    for each in found.verdicts:
        words = verdict_in_words(each)
        yield "verdict", each.id, each.fix, each.verdict, "", words, each.method, each.by, each.since, each.last


def place_in_words(row: Cause) -> str:
    """Return where the fault stands among all faults of its days."""
    what = row.criterion or f"trigger {row.trigger}"
    part = "" if row.part is None else f" ({row.part:.0%})"
    weighted = ", weighted by the samples" if row.criterion else ""
    critical = f"; a {row.critical} critical" if row.critical else ""
    kinds = "criteria" if row.criterion else "triggers"
    return (
        f"{what} makes {row.faults} of {row.all_faults} faults{part}{weighted}, {row.first} to {row.last}: "
        f"number {row.rank} of {row.of} {kinds} with any{critical}"
    )


def alike_in_words(row: Cause) -> str:
    """Return how many customers were affected like it."""
    if row.affected is None:
        return "customers affected like it: not known, nothing drawn by chance says"
    if row.trigger:
        return f"customers affected like it: {row.affected:.0f} cases of this trigger, known ones only"
    limits = (
        f", {row.affected_low:.0f} to {row.affected_high:.0f}"
        if row.affected_low is not None and row.affected_high is not None
        else ", no limits"
    )
    return (
        f"customers affected like it: about {row.affected:.0f}{limits}, of {row.contacts} contacts to which it applied "
        "(estimated from the samples)"
    )


def _cautions(view: View, row: Cause) -> Iterator[str]:
    if row.source.startswith("w_") and standing_of(view, row.source).status == "watch":
        yield Hint(f"  {row.source} is on watch, not confirmed: ", Command(f"sample confirm {row.source}"))
    if row.spread:
        yield f"  {SPREAD[row.spread]}"
    events = view.definitions("event")
    if row.since:
        near = candidates(events, row.since, row.channel)[:EVENTS]
        yield from (f"  near in time: {each.in_words()}" for each in near)
        return
    for event in sorted(events, key=lambda event: (event.from_, event.id)):
        if row.first <= event.from_ <= row.last and event.touches(row.channel):
            yield f"  in these days: {event.id} of {event.from_} ({event.what}): a candidate, not a cause"


SPREAD = {
    "process": "in many hands: looks like process, not person",
    "person": "in the hands of few colleagues: looks like person, not process",
    "cannot tell": "too few to tell process from person",
}


def _whys(found: Search, after: str, depth: int) -> Iterator[str]:
    """Yield the whys that explain another, each with those that explain it below."""
    for row in found.whys:
        if row.after == after:
            yield f"  {'  ' * (depth - 1)}why {row.id} ({row.branch}, {row.confidence}): {row.claim} [{_shown_by(row)}]"
            yield from _whys(found, row.id, depth + 1)


def _shown_by(row: CauseWhy) -> str:
    return "; ".join(part for part in (row.evidence, str(row.document)) if part)


def _way(found: Search, end: CauseEnd) -> str:
    return " > ".join(row.id for row in found.chain(end.why))


def _fix(fix: CauseFix, verdict: CauseVerdict | None) -> Iterator[str]:
    yield f"  fix {fix.id} ({fix.kind}): {fix.action}; {fix.owner}, live on {fix.live_on}, judged by {fix.metric} up to {fix.last}"
    for side in SIDES:
        yield f"    {side}: {getattr(fix, side)}"
    if verdict:
        yield f"    {verdict_in_words(verdict)}"


def verdict_in_words(row: CauseVerdict) -> str:
    """Return what new data say, with the figures of both stretches of days."""
    before, after = _share(row.failed_before, row.n_before), _share(row.failed, row.n)
    left = f"; {row.unscored} drawn and not scored" if row.unscored else ""
    return (
        f"{VERDICTS[row.verdict]}: {before} on {row.first} to {row.until}, {after} on {row.since} to {row.last} "
        f"({row.method}{_limits(row)}{left})"
    )


def _limits(row: CauseVerdict) -> str:
    if row.effect is None or row.low is None or row.high is None:
        return ""
    return f", {100 * row.effect:+.0f} points, {100 * row.low:+.0f} to {100 * row.high:+.0f}"


VERDICTS = {
    "fewer": "comes less often than before",
    "not shown": "not shown that it comes less often",
    "more": "comes more often than before",
    "too few": "too few to tell",
}


def _share(failed: int, n: int) -> str:
    found = wilson(failed, n)
    if found.estimate is None or found.low is None or found.high is None:
        return "0 of 0"
    return f"{failed} of {n} ({found.estimate:.0%}, {100 * found.low:.0f} to {100 * found.high:.0f})"


def _next(found: Search) -> Hint:
    """Return what follows."""
    name, state = found.cause.id, found.state
    if state in {"open", "asked"}:
        return Hint("next: ", Command(f"cause why {name}"), ", until you can say: ", Command(f"cause cause {name}"))
    if state == "explained":
        return Hint("next: ", Command(f"cause fix {name}"))
    if state == "fixed":
        waiting = [fix for fix in found.fixes if not found.verdict_of(fix.id)]
        lines = [Hint(f"next, after {fix.last}: ", Command(f"cause verify {fix.id}")) for fix in waiting]
        return Hint(*(Hint("; " * (n > 0), line) for n, line in enumerate(lines)))
    if state == "fewer":
        return _closing(found)
    if state == "too few":
        return Hint("next: verify again once there are more data")
    return Hint("next: ask on, ", Command(f"cause why {name}"), ": what was mended was not all of it")


def _closing(found: Search) -> Hint:
    source = found.cause.source
    closing = ("; close the finding: ", Command(f"finding close {source}")) if source.startswith("w_") else ()
    return Hint("less often is not gone: go on looking", *closing)


def asked(view: View, branches: Sequence[str]) -> list[str]:
    """Return the questions that lead on, by branch; of all branches where none is named. Raises NoSuchDefinition."""
    for branch in branches:
        view.look_up("cause", branch)
    return [
        f"{each.id}: {question}"
        for each in view.definitions("cause")
        if each.in_force(view.now.date()) and (not branches or each.id in branches)
        for question in each.asks
    ]
