"""Raising watches: one look at the routine samples of a quarter, once a month, put on record with all that it tested."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qacli.model import Change, Command, Hint, Refusal, View, ref
from qacli.monitor.observing.observation import CLASSES
from qacli.prepare.event import Event, disturbances
from qacli.prepare.period import Period, period_of
from qacli.understand.estimates import Policy, zeroed
from qacli.understand.facts import Sample, Selection, ratings, sample
from qacli.understand.patterns.claim import APART, FALL, RISE, WEEK, Claim
from qacli.understand.patterns.finding import OPEN, Finding, Look, standings
from qacli.understand.patterns.looking import Looked, look
from qacli.understand.summary import policy_of

if TYPE_CHECKING:
    import pandas as pd

WEEKS = 13
"""How far back one look goes: a quarter."""


class LookedAlready(Refusal, rule="looked-already"):
    """Looking again and again at the same days finds something in the end."""

    def __init__(self, before: Look) -> None:
        super().__init__(
            f"the samples up to {before.last} were looked at as {before.id}, and {before.raised} of its claims stood out.",
            help=Hint("see: ", Command("finding list"), "; the next look is that of the next month"),
        )


class NotOver(Refusal, rule="period-not-over"):
    """A month is looked at when it is over."""

    def __init__(self, period: Period) -> None:
        super().__init__(
            f"{period.describe()} is not over.", help=f"look on {period.last + timedelta(days=1)} or later"
        )


def window(period: Period) -> tuple[date, date]:
    """Return the days of a look for a period: whole weeks, 13 of them, up to the last Sunday in it."""
    last = period.last - timedelta(days=period.last.isoweekday() % WEEK)
    return last - timedelta(days=WEEKS * WEEK - 1), last


def looked_at(view: View, first: date, last: date) -> tuple[Looked, Sample]:
    """Return what a look at the routine samples of some days brings, and these samples. Records nothing."""
    asked = Selection(first, last)
    found = sample(view, asked)
    policy = policy_of(view, found)
    rated = ratings(view, asked)
    brought = look(
        with_scores(found.observed, policy),
        rated,
        first,
        last,
        minimum_n=policy.minimum_n,
        confidence=policy.confidence,
        bonus=policy.bonus,
        critical=criticals(view, rated),
    )
    return brought, found


def criticals(view: View, rated: pd.DataFrame) -> set[tuple[str, str]]:
    """Return the (scorecard, criterion) that are critical among the cards of some ratings."""
    cards = [view.definition("scorecard", reference) for reference in sorted(set(rated["scorecard"]))]
    return {(card.reference, each.id) for card in cards for each in card.criteria() if each.critical != "none"}


def with_scores(observed: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return observations without the scores that their card set to 0 for a failed critical."""
    kept = [
        None if zeroed(row, policy) else row["score"]
        for row in observed[["score", "scorecard", *CLASSES]].to_dict("records")
    ]
    return observed.assign(score=[float("nan") if value is None else value for value in kept])


def raise_watches(view: View, period: Period) -> Change:
    """Look at the 13 weeks up to the end of a month, and put on watch what stands out.

    What is on watch or confirmed already is not raised again, nor what was dismissed or closed from any of the same days;
    a rise whose days all lie in a known disturbance is told and not raised. Raises NotOver, LookedAlready.
    """
    month = period_of("month", period.last)
    if month.last >= view.now.date():
        raise NotOver(month)
    before = next(iter(view.current(Look, period=month.key)), None)
    if before:
        raise LookedAlready(before)
    first, last = window(month)
    brought, found = looked_at(view, first, last)
    told = [claim for claim in brought.raised if not _known(view, claim, first)]
    noted = {claim.key: event for claim in told if (event := disturbed(view, claim, first, last))}
    raised = [claim for claim in told if claim.key not in noted]
    head = Look(
        period=month.key,
        first=first,
        last=last,
        observations=len(found.observed),
        rises=brought.looks.get(RISE, 0),
        falls=brought.looks.get(FALL, 0),
        aparts=brought.looks.get(APART, 0),
        untested=brought.untested,
        raised=len(raised),
    )
    findings = [
        f"{key}: in the days of {event.id} ({event.what}), noted and not raised" for key, event in noted.items()
    ]
    return Change([head, *_rows(head, raised, first, last)], findings, key=f"look/{month.key}")


def disturbed(view: View, claim: Claim, first: date, last: date) -> Event | None:
    """Return the disturbance in which all days of a rise lie; None for any other claim."""
    if claim.kind != RISE or claim.since is None:
        return None
    begun, ended = claim.since, claim.until or last
    return next(
        (
            event
            for event in disturbances(view.definitions("event"), first, last, claim.channel)
            if event.from_ <= begun and ended <= (event.to or last)
        ),
        None,
    )


def _known(view: View, claim: Claim, first: date) -> bool:
    """Return whether a claim is open, or was answered from data of which some would be looked at again."""
    return any(
        each.finding.key == claim.key and (each.status in OPEN or each.finding.last >= first)
        for each in standings(view)
    )


def _rows(head: Look, claims: list[Claim], first: date, last: date) -> Iterator[Finding]:
    for claim in claims:
        yield Finding(
            look=ref(head),
            kind=claim.kind,
            colleague=claim.colleague,
            channel=claim.channel,
            scorecard=claim.scorecard,
            criterion=claim.criterion,
            method=claim.method,
            n=claim.n,
            failed=claim.failed,
            n_other=claim.n_other,
            failed_other=claim.failed_other,
            effect=claim.effect,
            low=claim.low,
            high=claim.high,
            p=claim.p,
            adjusted=claim.adjusted,
            first=first,
            last=last,
            since=claim.since,
            until=claim.until,
            since_low=claim.since_low,
            since_high=claim.since_high,
            spread=claim.spread.verdict if claim.spread else "",
        )
