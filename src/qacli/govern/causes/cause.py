"""Records of a search for causes, and how far each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from qacli.model import Row, View, Words

FEWER, NOT_SHOWN, MORE, TOO_FEW = "fewer", "not shown", "more", "too few"
DETECT = "detect"


@dataclass(frozen=True, kw_only=True)
class Cause(Row, table="causes", letter="ca"):
    """A fault whose cause is sought, and its place among all faults of the days looked at."""

    source: str  # a finding w_..., an escalated case es_..., or the id of a criterion
    criterion: str
    trigger: str  # of an escalated case, without its version
    channel: str
    owner: str
    first: date
    last: date
    faults: int  # of this criterion or trigger
    all_faults: int
    part: float | None  # of all faults, 0 to 1, weighted by the design of the samples
    rank: int
    of: int  # so many criteria or triggers have any
    critical: str  # its class; empty for none
    spread: str  # process, person, cannot tell; empty for a trigger
    affected: float | None  # customers affected like it, an estimate of contacts; counted for a trigger
    affected_low: float | None
    affected_high: float | None
    contacts: int | None  # so many contacts the samples stand for
    since: date | None  # when it began, where the finding says so
    because: Words  # why this one, where others make more faults
    problem: Words


@dataclass(frozen=True, kw_only=True)
class CauseWhy(Row, table="cause_whys", letter="cw"):
    """One why, with what shows it; ``after`` is the why that it explains, empty for the fault itself."""

    cause: str
    after: str
    branch: str
    claim: Words
    evidence: str  # id of a record, or kind:id of a definition; empty where a document shows it
    document: Words
    confidence: str


@dataclass(frozen=True, kw_only=True)
class CauseEnd(Row, table="cause_ends", letter="cc"):
    """An end cause: where asking why stopped, on which branch of the tree, resting on which why."""

    cause: str
    why: str
    branch: str  # id@version
    words: Words


@dataclass(frozen=True, kw_only=True)
class CauseFix(Row, table="cause_fixes", letter="cf"):
    """What is done about an end cause, and by which new data it will be judged."""

    cause: str
    end: str
    kind: str
    action: Words
    customer: Words  # how customers see it
    benefit: Words  # what the organisation gains
    risk: Words  # what it risks
    owner: str
    live_on: date
    metric: str  # criterion or trigger
    window: int  # days

    @property
    def last(self) -> date:
        """The last day of the new data."""
        return self.live_on + timedelta(days=self.window - 1)


@dataclass(frozen=True, kw_only=True)
class CauseVerdict(Row, table="cause_verdicts", letter="cv"):
    """What new data say of a fix: failed of n before and after; the difference of shares, or of counts."""

    fix: str
    verdict: str
    method: str
    first: date  # of the days before
    until: date
    since: date  # of the days after
    last: date
    failed_before: int
    n_before: int
    failed: int
    n: int
    effect: float | None
    low: float | None
    high: float | None
    unscored: int  # drawn in the days after and not scored


class Search(NamedTuple):
    """A cause with what belongs to it, oldest first."""

    cause: Cause
    whys: Sequence[CauseWhy]
    ends: Sequence[CauseEnd]
    fixes: Sequence[CauseFix]
    verdicts: Sequence[CauseVerdict]

    def verdict_of(self, fix: str) -> CauseVerdict | None:
        """Return the last verdict on a fix; None before there is one."""
        return next((row for row in reversed(self.verdicts) if row.fix == fix), None)

    @property
    def state(self) -> str:
        """open, asked, explained, fixed, then what new data say: fewer, not shown, more or too few."""
        said = [found.verdict if (found := self.verdict_of(fix.id)) else "" for fix in self.fixes]
        for verdict in (MORE, NOT_SHOWN, TOO_FEW):
            if verdict in said:
                return verdict
        if said and all(said):
            return FEWER
        return "fixed" if self.fixes else "explained" if self.ends else "asked" if self.whys else "open"

    def chain(self, why: str) -> list[CauseWhy]:
        """Return a why with all that it rests on, from the fault down to it."""
        known = {row.id: row for row in self.whys}
        found: list[CauseWhy] = []
        while why in known:
            found.insert(0, known[why])
            why = known[why].after
        return found


def searches(view: View) -> list[Search]:
    """Return every search for a cause, oldest first."""
    whys, ends, fixes = view.current(CauseWhy), view.current(CauseEnd), view.current(CauseFix)
    verdicts = view.current(CauseVerdict)
    found = []
    for cause in view.current(Cause):
        mine = [row for row in fixes if row.cause == cause.id]
        names = {row.id for row in mine}
        found.append(
            Search(
                cause,
                [row for row in whys if row.cause == cause.id],
                [row for row in ends if row.cause == cause.id],
                mine,
                [row for row in verdicts if row.fix in names],
            )
        )
    return found


def search_of(view: View, cause: str) -> Search:
    """Return one search. Raises NoSuchRow."""
    row = view.one(Cause, cause)
    return next(each for each in searches(view) if each.cause.id == row.id)
