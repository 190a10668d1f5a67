"""A finding in words: the statement with its numbers, and the caution that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qacli.prepare.event import candidates
from qacli.prepare.period import in_words
from qacli.stats import wilson
from qacli.understand.patterns.claim import FALL, RISE, Claim
from qacli.understand.patterns.finding import CLOSED, Finding, FindingEvent, Look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qacli.prepare.event import Event

MOST_EVENTS = 2


def statement(found: Claim | Finding, first: date, last: date) -> str:
    """Return what was found in one sentence, with n and interval; ``first`` and ``last`` are the days looked at."""
    if found.kind == FALL:
        return (
            f"{found.colleague}: scores fall by {-(found.effect or 0):.1f} points a week "
            f"({-(found.high or 0):.1f} to {-(found.low or 0):.1f}), n {found.n}, {in_words(first)} to {in_words(last)}"
        )
    inside, outside = _share(found.failed, found.n), _share(found.failed_other, found.n_other)
    if found.kind == RISE:
        days = f"{in_words(found.since or first)} to {in_words(found.until or last)}"
        return f"{found.criterion} ({found.channel}) failed {inside}, {days}; on the other days {outside}"
    return f"{found.colleague}: {found.criterion} ({found.channel}) failed {inside}; the others {outside}"


def _share(failed: int | None, n: int | None) -> str:
    found = wilson(failed or 0, n or 0)
    if found.estimate is None or found.low is None or found.high is None:
        return "0 of 0"
    return f"{failed} of {n} ({found.estimate:.0%}, {100 * found.low:.0f} to {100 * found.high:.0f})"


def cautions(found: Claim | Finding, events: Sequence[Event], looks: int) -> Iterator[str]:
    """Yield what has to be said beside a finding: how spread, which events were near, out of how many looks."""
    if isinstance(found, Claim) and found.spread:
        yield found.spread.words
    elif isinstance(found, Finding) and found.spread:
        yield SPREAD[found.spread]
    if found.kind == RISE:
        starts = found.since
        if found.since_low and found.since_high and found.since_low != found.since_high:
            yield f"began between {in_words(found.since_low)} and {in_words(found.since_high)} (95 %)"
        near = candidates(events, starts, found.channel)[:MOST_EVENTS] if starts else []
        yield from (f"nearest known event: {each.in_words()}" for each in near[:1])
        yield from (f"next: {each.in_words()}" for each in near[1:])
        if starts is None:
            yield "it was so from the first day looked at: when it began is not known"
        elif not near:
            yield f"no known event near {in_words(starts)}: definitions/events.yaml"
    p = "" if found.adjusted is None else f"p {_p(found.adjusted)} with all looks counted, {looks} of them; "
    yield f"{p}what stands out of many looks mostly looks larger than it is: fresh checks tell"


SPREAD = {
    "process": "spread over many colleagues: looks like process, not person",
    "person": "in the hands of few colleagues: looks like person, not process",
    "cannot tell": "too few to tell process from person",
}


def answer_in_words(event: FindingEvent) -> str:
    """Return what became of a finding, with the figures of the fresh checks."""
    if event.kind == CLOSED:
        return f"closed by {event.by}: {event.words}"
    if event.p is None or event.effect is None:
        return f"{event.method} ({event.draw})"
    limits = ""
    if event.failed is not None:
        share = f"{_share(event.failed, event.n)} of the fresh checks failed"
    else:
        limits = f" ({event.low:+.1f} to {event.high:+.1f})" if event.low is not None and event.high is not None else ""
        share = f"{event.n} fresh checks lie {event.effect:+.1f} points{limits} from the colleague's routine level"
    return f"{event.kind}: {share}, p {_p(event.p)} ({event.method}; {event.draw})"


def looks_of(look: Look) -> int:
    """Return how many claims a look tested."""
    return look.rises + look.falls + look.aparts


def look_in_words(look: Look) -> str:
    """Return what a look tested and how many of it stood out."""
    untested = f", {look.untested} more had too little to tell" if look.untested else ""
    return (
        f"{looks_of(look)} looks at {look.observations} routine observations of {in_words(look.first)} to "
        f"{in_words(look.last)}: {look.rises} criteria over time, {look.falls} colleagues over time, {look.aparts} colleagues "
        f"on a criterion{untested}; {look.raised or 'nothing'} {'stand' if look.raised > 1 else 'stands'} out "
        "(Holm, 5 % for criteria and 5 % for people)"
    )


def _p(p: float) -> str:
    return "< .001" if p < 0.001 else f"{p:.3f}".lstrip("0")
