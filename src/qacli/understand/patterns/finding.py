"""Findings: what a look put on watch, and what fresh checks, drawn by chance for it, made of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from qacli.model import NO_WORDS, Change, Command, Hint, Refusal, Row, View, Words

WATCH, CONFIRMED, DISMISSED, UNDECIDED, CLOSED = "watch", "confirmed", "dismissed", "undecided", "closed"
OPEN = (WATCH, CONFIRMED)


@dataclass(frozen=True, kw_only=True)
class Look(Row, table="looks", letter="lo"):
    """One look at the routine samples of some days: how many claims of each kind were tested, and how many stood out.

    ``untested`` counts those for which there was too little.
    """

    period: str
    first: date
    last: date
    observations: int
    rises: int
    falls: int
    aparts: int
    untested: int
    raised: int


@dataclass(frozen=True, kw_only=True)
class Finding(Row, table="findings", letter="w"):
    """One claim that stood out among all of a look, and is on watch until fresh checks answer it. See ``Claim``."""

    look: str
    kind: str  # rise, fall or apart
    colleague: str
    channel: str
    scorecard: str  # id@version; empty for a fall
    criterion: str
    method: str
    n: int
    failed: int | None
    n_other: int | None
    failed_other: int | None
    effect: float | None  # a difference of shares, 0 to 1, or points of 100 a week
    low: float | None
    high: float | None
    p: float | None
    adjusted: float | None  # for all looks together
    first: date  # days whose routine samples raised it
    last: date
    since: date | None  # of a rise: its days, None where it reaches beyond the first or the last
    until: date | None
    since_low: date | None  # between which days it may have begun, 95 %
    since_high: date | None
    spread: str  # process, person, cannot tell; empty where the claim is about one person

    @property
    def key(self) -> str:
        """What the claim is about, as ``Claim.key``."""
        return "/".join((self.kind, self.colleague, self.channel, self.scorecard.partition("@")[0], self.criterion))


@dataclass(frozen=True, kw_only=True)
class FindingEvent(Row, table="finding_events", letter="we", parent="finding"):
    """What became of a finding: confirmed, dismissed or undecided by the items of a draw, or closed by somebody."""

    finding: str
    kind: str
    draw: str = ""
    method: str = ""
    n: int | None = None  # fresh checks to which it applied
    failed: int | None = None
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    words: Words = NO_WORDS


class Standing(NamedTuple):
    """A finding with its status, and the event that made it so; None while it is on watch."""

    finding: Finding
    status: str
    event: FindingEvent | None


class NothingToClose(Refusal, rule="finding-not-open"):
    """Only what is on watch, or confirmed, is still open."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(
            f"{standing.finding.id} is {standing.status}.",
            help=Hint("see: ", Command(f"finding show {standing.finding.id}")),
        )


class NoReason(Refusal, rule="no-reason"):
    """What was found does not go away without a word."""

    def __init__(self) -> None:
        super().__init__("a finding is closed for a reason.", help='give it: --reason "..."')


def standings(view: View) -> list[Standing]:
    """Return every finding with its status, oldest first."""
    events: dict[str, list[FindingEvent]] = {}
    for event in view.current(FindingEvent):
        events.setdefault(event.finding, []).append(event)
    return [_standing(finding, events.get(finding.id, [])) for finding in view.current(Finding)]


def standing_of(view: View, finding: str) -> Standing:
    """Return one finding with its status. Raises NoSuchRow."""
    found = view.one(Finding, finding)
    return next(each for each in standings(view) if each.finding.id == found.id)


def on_watch(view: View) -> list[Finding]:
    """Return the findings that nothing has answered yet, oldest first."""
    return [each.finding for each in standings(view) if each.status == WATCH]


def _standing(finding: Finding, events: list[FindingEvent]) -> Standing:
    last = events[-1] if events else None
    return Standing(finding, last.kind if last and last.kind != UNDECIDED else WATCH, last)


def close(view: View, finding: str, reason: str) -> Change:
    """Close a finding that is on watch or confirmed. Raises NoSuchRow, NothingToClose, NoReason."""
    standing = standing_of(view, finding)
    if standing.status not in OPEN:
        raise NothingToClose(standing)
    if not reason.strip():
        raise NoReason
    return Change([FindingEvent(finding=finding, kind=CLOSED, words=Words(reason.strip()))])
