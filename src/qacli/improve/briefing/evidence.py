"""What a briefing rests on: figures of a team, never of one person."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from qacli.files.numbers import four_digits
from qacli.model import Command, Hint, Refusal, UsageError, View
from qacli.monitor.sampling.draw import Item
from qacli.prepare.period import in_words
from qacli.understand.facts import Selection
from qacli.understand.kpis.value import KpiValue, span_kind
from qacli.understand.patterns.claim import RISE
from qacli.understand.patterns.finding import CLOSED, CONFIRMED, DISMISSED, UNDECIDED, WATCH, Finding, standing_of
from qacli.understand.patterns.telling import statement
from qacli.understand.summaries import summarised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qacli.prepare.scorecards.scorecard import Scorecard

COLLEAGUE = "colleague"
DAY = timedelta(days=1)
TOLD: Mapping[str, str] = MappingProxyType(
    {
        WATCH: "on watch: not yet confirmed by fresh checks",
        UNDECIDED: "on watch: fresh checks could not tell",
        CONFIRMED: "confirmed by fresh checks",
        DISMISSED: "dismissed: fresh checks did not bear it out",
        CLOSED: "closed since",
    }
)
"""How sure a finding is, by its status."""


class NotSo(Refusal, rule="finding-dismissed"):
    """A team is not told what turned out not to be so."""

    def __init__(self, finding: str) -> None:
        super().__init__(
            f"{finding} was dismissed: fresh checks did not bear it out.",
            help=Hint("see: ", Command(f"finding show {finding}")),
        )


class OnePerson(Refusal, rule="names-a-person"):
    """A team is told what it can do together; what one person did is told to that person."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}: what many read names nobody's own figures.",
            help=Hint("tell it to that person: ", Command("feedback prepare"), "; here, name what holds for the team"),
        )


def fact_of(view: View, source: str, team: str) -> str:
    """Return in one sentence, with its n, what a source says of a team.

    ``source`` is a finding w_..., a value of a KPI kv_..., or a criterion. Raises NoSuchRow, OnePerson, NotSo, UsageError
    for what is none of them or has no figure.
    """
    if source.startswith("w_"):
        found = standing_of(view, source)
        if found.status == DISMISSED:
            raise NotSo(source)
        return f"{_finding(view, found.finding)} ({TOLD[found.status]})"
    if source.startswith("kv_"):
        return _value(view, view.one(KpiValue, source))
    return _criterion(view, source, team)


def since(view: View, source: str, team: str, day: date) -> str:
    """Return in one sentence how a source of a briefing stands since the day on which the team was told.

    Where nothing is known since, it says so. Raises NoSuchRow for a source that has gone.
    """
    if source.startswith("w_"):
        return TOLD[standing_of(view, source).status]
    if source.startswith("kv_"):
        then = view.one(KpiValue, source)
        later = [row for row in view.current(KpiValue) if _series(row) == _series(then) and row.first > then.first]
        return _value(view, max(later, key=lambda row: row.last)) if later else "no later figure yet"
    if all(item.day <= day for item in view.current(Item) if item.team == team):
        return "nothing was sampled since"
    try:
        return _criterion(view, source, team, day + DAY)
    except UsageError:
        return "nothing was observed since"


def _series(row: KpiValue) -> tuple[str, ...]:
    return row.id_of_kpi, row.variant, row.cut, row.slice, span_kind(row)


def refuse_names(view: View, text: str) -> None:
    """Raise OnePerson where a text holds the id or the name of somebody whose work is monitored."""
    words = {word.strip(".,;:()'\"").casefold() for word in text.split()}
    for line in view.people:
        if not line.source_id:
            continue
        if line.person.casefold() in words or any(name.casefold() in text.casefold() for name in line.called):
            raise OnePerson(f"'{line.person}' or their name stands in the text")


def _finding(view: View, found: Finding) -> str:
    if found.kind != RISE:
        raise OnePerson(f"{found.id} is about {found.colleague}")
    named = _observable(view, found.scorecard, found.criterion)
    return f"{named}: {statement(found, found.first, found.last)}; intervals at 95 %"


def _observable(view: View, scorecard: str, criterion: str) -> str:
    """Return what a criterion looks for, to stand before its id."""
    card: Scorecard = view.definition("scorecard", scorecard)
    return card.criterion(criterion).observable.rstrip(".")


def _value(view: View, found: KpiValue) -> str:
    if found.cut == COLLEAGUE:
        raise OnePerson(f"{found.id} is a figure of {found.slice}")
    kpi = view.look_up("kpi", found.id_of_kpi)
    whose = "" if found.slice == "all" else f" of {found.cut} {found.slice}"
    days = f"{in_words(found.first)} to {in_words(found.last)}"
    if found.value is None:
        return f"{kpi.title} ({found.variant}){whose}, {days}: not known, n {found.n or 0}"
    limits = ""
    if found.low is not None and found.high is not None:
        by = f" ({found.method})" if found.method else ""  # an imported interval says no more than its ends
        limits = f", {four_digits(found.low)} to {four_digits(found.high)}{by}"
    return f"{kpi.title} ({found.variant}){whose}, {days}: {four_digits(found.value)} {kpi.unit}{limits}, n {found.n}"


def _criterion(view: View, criterion: str, team: str, first: date | None = None) -> str:
    frame = summarised(view, "criterion", Selection(first, team=team)).frame
    rows = frame[frame["criterion"] == criterion].to_dict("records")
    if not rows:
        known = ", ".join(sorted(set(frame["criterion"]))) or "nothing was observed"
        raise UsageError(
            f"'{criterion}' is no finding, KPI value or criterion with observations of team {team}",
            help=f"name w_..., kv_... or one of: {known}",
        )
    return "; ".join(_shares(view, criterion, team, rows))


def _shares(view: View, criterion: str, team: str, rows: list[dict]) -> Iterator[str]:  # type: ignore[type-arg]
    level = f"{view.settings.thresholds.confidence} % interval"
    for row in rows:
        share = f"{100 * row['share']:.0f} %" if row["share"] == row["share"] else "share not known"
        limits = f", {level} {100 * row['low']:.0f} to {100 * row['high']:.0f}" if row["low"] == row["low"] else ""
        named = f"{_observable(view, row['scorecard'], criterion)}: {criterion} ({row['scorecard']})"
        yield f"{named}, team {team}: failed {row['failed']} of {row['n']} ({share}{limits})"
