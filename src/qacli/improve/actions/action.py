"""The records of actions: what was agreed to be done, how it was checked, how the figure moved, how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from qacli.model import NO_WORDS, Row, View, Words
from qacli.understand.kpis.verdict import Judged, Limits, judge

Outcome = Literal["reached", "missed", "cannot tell", "dropped"]
DROPPED: Final = "dropped"


@dataclass(frozen=True, kw_only=True)
class Action(Row, table="actions", letter="pn"):
    """One action (``by`` wrote it), with the figure from which it starts."""

    name: str  # the id that its author gave it
    verb: Words
    object: Words
    scope: Words
    kpi: str  # id@version; empty for a criterion
    variant: str
    cut: str
    slice: str
    every: str  # day, week or month
    criterion: str
    scorecard: str  # id@version by which the criterion is rated; empty for a KPI
    channel: str
    team: str
    better: str  # higher or lower
    baseline: float
    baseline_low: float
    baseline_high: float
    baseline_n: int
    baseline_source: str  # kv_..., or the days of the routine samples
    target: float
    owner: str
    start: date
    review: date
    due: date
    judged: date  # last day that counts: that of the last period known by the day due
    decisions: str  # decision:amount, separated by blanks: what the owner decides for it
    hours: Decimal
    money: Decimal
    finding: str
    why: Words

    @property
    def what(self) -> str:
        """The action in one line."""
        return f"{self.verb} {self.object} ({self.scope})"

    def judged_by(self, figure: Limits) -> Judged:
        """Return the verdict on a figure by its whole interval against the target."""
        return judge(figure, self.target, "higher" if self.better == "higher" else "lower")

    @property
    def counted_by(self) -> str:
        """The version of the KPI or scorecard that the baseline has."""
        return self.kpi or self.scorecard

    @property
    def metric(self) -> str:
        """What moves, in words."""
        if self.criterion:
            return f"{self.criterion} met" + "".join(f", {part}" for part in (self.channel, self.team) if part)
        where = "" if self.cut == "all" else f", {self.cut} {self.slice}"
        return f"{self.kpi.partition('@')[0]} ({self.variant}){where}"


@dataclass(frozen=True, kw_only=True)
class ActionCheck(Row, table="action_checks", letter="pk", parent="action"):
    """The verdict on one letter when the action was recorded, with its numbers."""

    action: str
    rules: str  # id@version
    check: str  # S, M, A, R or T
    verdict: str
    because: Words
    override: Words = NO_WORDS  # why an authority (``by``) let it pass although it failed


@dataclass(frozen=True, kw_only=True)
class ActionProgress(Row, table="action_progress", letter="pp", parent="action"):
    """One new figure since the start, or what somebody (``by``) says was done; then the figures are empty."""

    action: str
    period: str = ""
    first: date | None = None
    last: date | None = None
    source: str = ""  # kv_..., or the days of the routine samples
    n: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    moved: float | None = None  # from the baseline; above 0 is better
    moved_low: float | None = None
    moved_high: float | None = None
    verdict: str = ""
    counter: str = ""  # kv_... of the paired measure in the same days
    counter_verdict: str = ""
    words: Words = NO_WORDS


@dataclass(frozen=True, kw_only=True)
class ActionEnd(Row, table="action_ends", letter="pd", parent="action"):
    """How an action ended, by its last figure; or that it was dropped, and why."""

    action: str
    outcome: str
    progress: str  # pp_... that decides it; empty where it was dropped
    words: Words


class Standing(NamedTuple):
    """An action with what belongs to it, oldest first."""

    action: Action
    checks: Sequence[ActionCheck]
    progress: Sequence[ActionProgress]
    end: ActionEnd | None

    @property
    def against(self) -> str:
        """The letters that failed and were overridden."""
        return " ".join(row.check for row in self.checks if row.override)

    @property
    def figures(self) -> list[ActionProgress]:
        """The progress that is a figure, of each period the one recorded last."""
        return list({row.period: row for row in self.progress if row.period}.values())

    @property
    def said(self) -> list[ActionProgress]:
        """The progress that somebody told in words."""
        return [row for row in self.progress if not row.period]

    def state(self, on: date) -> str:
        """Return how it ended, else to come, running, or over and not closed."""
        if self.end:
            return self.end.outcome
        if on < self.action.start:
            return "to come"
        return "running" if on <= self.action.due else "over, not closed"


def standings(view: View) -> list[Standing]:
    """Return every action in force, oldest first."""
    checks, progress = view.current(ActionCheck), view.current(ActionProgress)
    ends = {row.action: row for row in view.current(ActionEnd)}
    return [
        Standing(
            action,
            [row for row in checks if row.action == action.id],
            [row for row in progress if row.action == action.id],
            ends.get(action.id),
        )
        for action in view.current(Action)
    ]


def standing_of(view: View, action: str) -> Standing:
    """Return one action, by its id or its name. Raises NoSuchRow."""
    found = standings(view)
    named = next((each for each in found if each.action.name == action), None)
    if named:
        return named
    row = view.one(Action, action)
    return next(each for each in found if each.action.id == row.id)
