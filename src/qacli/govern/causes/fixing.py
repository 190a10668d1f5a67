"""Fixes of end causes, and their verdicts: whether new data show the fault less often than the days before did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from qacli.govern.causes.cause import (
    DETECT,
    FEWER,
    MORE,
    NOT_SHOWN,
    TOO_FEW,
    Cause,
    CauseFix,
    CauseVerdict,
    Search,
    search_of,
)
from qacli.govern.causes.named import FixKind
from qacli.govern.causes.opening import rated_of
from qacli.govern.escalating.case import SIDES, Escalation, local_day
from qacli.model import Change, Command, Hint, Refusal, UsageError, View, Words
from qacli.prepare.notices.notice import UnknownPeople
from qacli.stats import clopper_pearson, newcombe
from qacli.understand.facts import Selection, sample

if TYPE_CHECKING:
    from qacli.stats import Interval

WEEK = 7


class NoEndCause(Refusal, rule="no-end-cause"):
    """What is mended before it is understood comes again."""

    def __init__(self, cause: str) -> None:
        super().__init__(f"{cause} has no end cause yet.", help=Hint("first: ", Command(f"cause cause {cause}")))


class NoFixWords(Refusal, rule="fix-unsaid"):
    """A fix says what is done."""

    def __init__(self) -> None:
        super().__init__("a fix says what is done.", help='in a sentence: --words "..."')


class OneSided(Refusal, rule="fix-viewpoint"):
    """What helps one side may hurt another: a fix is looked at from three."""

    def __init__(self, lacks: Sequence[str]) -> None:
        super().__init__(
            f"nobody has looked at this fix from: {', '.join(lacks)}.",
            help="say how customers see it, what you gain and what you risk: --customer, --benefit, --risk",
        )


class BeforeTheFault(Refusal, rule="fix-before-fault"):
    """What was live before the fault was seen did not mend it."""

    def __init__(self, live_on: date, cause: Cause) -> None:
        super().__init__(
            f"live on {live_on}, before the days in which {cause.id} was looked for begin: {cause.first}.",
            help="name the day on which it went live",
        )


class TooEarly(Refusal, rule="window-open"):
    """New data are judged when they are there, not when they look good."""

    def __init__(self, fix: CauseFix) -> None:
        super().__init__(
            f"{fix.id} is judged by the data of {fix.live_on} to {fix.last}; these days are not over.",
            help=f"run it after {fix.last}",
        )


class Unscored(Refusal, rule="window-unscored"):
    """Items that nobody has scored yet may be the hard ones."""

    def __init__(self, fix: CauseFix, unscored: int, until: date) -> None:
        super().__init__(
            f"of what was drawn from {fix.live_on} to {fix.last}, {unscored} {'is' if unscored == 1 else 'are'} not scored.",
            help=Hint(
                "score them: ", Command("sample list --open"), f"; from {until} on they are left out, and counted"
            ),
        )


class OwnFix(Refusal, rule="own-fix"):
    """Nobody judges their own work."""

    def __init__(self, fix: CauseFix) -> None:
        super().__init__(
            f"{fix.id} is {fix.owner}'s own.",
            help=Hint("another person runs: ", Command(f"cause verify {fix.id}", "PERSON")),
        )


class Planned(NamedTuple):
    """A fix as somebody states it."""

    words: str
    customer: str
    benefit: str
    risk: str
    kind: FixKind
    owner: str
    live_on: date
    window: int = 28
    end: str = ""


def fix(view: View, cause: str, planned: Planned) -> Change:
    """Record a fix, and the new data by which it will be judged: the fault that was looked for, on the days after.

    Raises NoSuchRow, NoEndCause, NoFixWords, OneSided, UnknownPeople, BeforeTheFault, UsageError.
    """
    found = search_of(view, cause)
    if not found.ends:
        raise NoEndCause(cause)
    if not planned.words.strip():
        raise NoFixWords
    if lacks := [side for side in SIDES if not getattr(planned, side).strip()]:
        raise OneSided(lacks)
    if planned.owner not in view.people:
        raise UnknownPeople([planned.owner])
    if planned.live_on < found.cause.first:
        raise BeforeTheFault(planned.live_on, found.cause)
    if planned.window < WEEK:
        raise UsageError(f"a window of {planned.window} days shows no week", help="--window 7 at least, better 28")
    row = CauseFix(
        cause=cause,
        end=_end(found, planned.end),
        kind=planned.kind,
        action=Words(planned.words.strip()),
        customer=Words(planned.customer.strip()),
        benefit=Words(planned.benefit.strip()),
        risk=Words(planned.risk.strip()),
        owner=planned.owner,
        live_on=planned.live_on,
        metric=found.cause.criterion or found.cause.trigger,
        window=planned.window,
    )
    if any((row.end, row.kind, str(row.action)) == (each.end, each.kind, str(each.action)) for each in found.fixes):
        return Change(findings=["that fix is on record: nothing to do"])
    told = []
    if all(each.kind == DETECT for each in (*found.fixes, row)):
        told.append("it only shows the fault sooner; it comes again until something removes or prevents it")
    return Change([row], told)


def _end(found: Search, end: str) -> str:
    if not end:
        return found.ends[-1].id
    known = [row.id for row in found.ends]
    if end not in known:
        raise UsageError(f"{found.cause.id} has no end cause {end}", help=f"its end causes: {', '.join(known)}")
    return end


def verify(view: View, fix: str) -> Change:
    """Record what new data say of a fix: as many days after it went live as its window has, against as many before.

    A verdict stands; where it was too few, the days after now reach to yesterday. Raises NoSuchRow, OwnFix, TooEarly,
    Unscored.
    """
    row = view.one(CauseFix, fix)
    found = search_of(view, row.cause)
    last = found.verdict_of(fix)
    if last and last.verdict != TOO_FEW:
        return Change(findings=[f"{fix} was judged on {_on(view, last)}: {last.verdict}; nothing to do"])
    if view.actor == row.owner:
        raise OwnFix(row)
    today = view.now.date()
    if today <= row.last:
        raise TooEarly(row)
    until = max(row.last, today - timedelta(days=1)) if last else row.last
    if last and last.last == until:
        return Change(findings=[f"{fix} was judged by these days: {last.verdict}; nothing to do"])
    verdict = judged(view, found.cause, row, until)
    grace = until + timedelta(days=WEEK + view.settings.thresholds.score_within)
    if verdict.unscored and today <= grace:
        raise Unscored(row, verdict.unscored, grace + timedelta(days=1))
    return Change([verdict])


def _on(view: View, verdict: CauseVerdict) -> date:
    return local_day(view, verdict.at) if verdict.at else view.now.date()


def judged(view: View, cause: Cause, fix: CauseFix, until: date) -> CauseVerdict:
    """Return what the days after a fix say against as many before it went live."""
    length = until - fix.live_on
    before = fix.live_on - length - timedelta(days=1), fix.live_on - timedelta(days=1)
    confidence = view.settings.thresholds.confidence / 100
    unscored = 0
    if cause.criterion:
        old, new = _failed(view, cause, *before), _failed(view, cause, fix.live_on, until)
        effect = newcombe(*new, *old, confidence)
        enough = min(old[1], new[1]) >= view.settings.thresholds.minimum_n
        unscored = _unscored(view, cause, fix.live_on, until)
        said = _said(effect.low, effect.high, 0) if enough else TOO_FEW
    else:
        old, new = _cases(view, cause, *before), _cases(view, cause, fix.live_on, until)
        effect = clopper_pearson(new[0], old[0] + new[0], confidence)
        enough = old[0] + new[0] >= view.settings.thresholds.minimum_n
        said = _said(effect.low, effect.high, 0.5) if enough else TOO_FEW
    return CauseVerdict(
        fix=fix.id,
        verdict=said,
        method=_method(cause, effect),
        first=before[0],
        until=before[1],
        since=fix.live_on,
        last=until,
        failed_before=old[0],
        n_before=old[1],
        failed=new[0],
        n=new[1],
        effect=effect.estimate,
        low=effect.low,
        high=effect.high,
        unscored=unscored,
    )


def _method(cause: Cause, effect: Interval) -> str:
    if cause.criterion:
        return f"difference of shares, after less before: {effect.method}"
    return f"share of cases that came after, in as many days as before: {effect.method}"


def _said(low: float | None, high: float | None, even: float) -> str:
    if low is None or high is None:
        return TOO_FEW
    return FEWER if high < even else MORE if low > even else NOT_SHOWN


def _failed(view: View, cause: Cause, first: date, last: date) -> tuple[int, int]:
    """Return failed and n of the criterion in routine samples of some days, over all versions of its card."""
    rated = rated_of(view, Selection(from_=first, to=last, channel=cause.channel))
    ours = rated[(rated["criterion"] == cause.criterion) & rated["met"].notna()]
    return int((~ours["met"].astype(bool)).sum()), len(ours)


def _unscored(view: View, cause: Cause, first: date, last: date) -> int:
    found = sample(view, Selection(from_=first, to=last, channel=cause.channel))
    return int(found.drawn["observation"].isna().sum())


def _cases(view: View, cause: Cause, first: date, last: date) -> tuple[int, int]:
    """Return the escalated cases of a trigger, and of all, that were received on some days."""
    those = [row for row in view.current(Escalation) if first <= local_day(view, row.received) <= last]
    return sum(row.trigger.partition("@")[0] == cause.trigger for row in those), len(those)
