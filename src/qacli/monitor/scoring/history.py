"""What became of a score: the observations that it replaced or that replaced it, and the disputes about any of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from qacli.model import Correction, View
from qacli.monitor.disputing.dispute import Standing, disputes
from qacli.monitor.observing.observation import Observation, Rating


class Event(NamedTuple):
    """One thing that happened to a score: when, by whom, in words, and the answers that it changed."""

    at: datetime | None
    by: str
    words: str
    changed: Sequence[tuple[str, str, str]] = ()
    """(criterion, answer before, answer after)."""


def chain(view: View, observation: str) -> list[Observation]:
    """Return every version of an observation, oldest first: what it replaced, itself, what replaced it."""
    later = {row.old: row.new for row in view.rows(Correction) if row.kind == "observation" and row.new}
    earlier = {new: old for old, new in later.items()}
    first = observation
    while first in earlier:
        first = earlier[first]
    names = [first]
    while names[-1] in later:
        names.append(later[names[-1]])
    return sorted(view.rows(Observation, id=names), key=lambda row: names.index(row.id))


def history(view: View, versions: Sequence[Observation]) -> list[Event]:
    """Return what happened to the versions of an observation, in order: corrections, withdrawal, disputes."""
    names = {row.id for row in versions}
    told = [each for each in disputes(view) if each.dispute.observation in names]
    events = [*_corrected(view, versions, {each.dispute.id for each in told})]
    events += [event for each in told for event in _disputed(each)]
    return sorted(events, key=lambda event: (event.at is None, event.at))


def _corrected(view: View, versions: Sequence[Observation], disputed: set[str]) -> Iterator[Event]:
    by_id = {row.id: row for row in versions}
    for row in view.rows(Correction):
        if row.kind != "observation" or row.old not in by_id or row.authority in disputed:
            continue
        if not row.new:
            yield Event(row.at, row.by, f'{row.old} withdrawn: "{row.reason}"')
        elif row.new in by_id:
            yield Event(
                row.at,
                row.by,
                f'{row.old} corrected, {row.new} counts instead: "{row.reason}"',
                changes(view, row.old, row.new),
            )


def changes(view: View, old: str, new: str) -> list[tuple[str, str, str]]:
    """Return the answers in which two observations differ: criterion, before, after."""
    before, after = ({row.criterion: row.answer for row in view.rows(Rating, observation=each)} for each in (old, new))
    return [(name, answer, after[name]) for name, answer in before.items() if after.get(name, answer) != answer]


def _disputed(each: Standing) -> Iterator[Event]:
    asked = ", ".join(
        f"{point.criterion} ({f'{point.answer}, asks for {point.proposed}' if point.proposed else point.answer})"
        for point in each.points
    )
    dispute = each.dispute
    yield Event(dispute.at, dispute.by, f'{dispute.id} contests {dispute.observation}, {asked}: "{dispute.claim}"')
    if each.decision:
        instead = f", {each.decision.observation} counts instead" if each.decision.observation else ""
        yield Event(
            each.decision.at,
            each.decision.by,
            f'{dispute.id} {each.decision.outcome}{instead}: "{each.decision.reason}"',
            [(change.criterion, change.old, change.new) for change in each.changes],
        )
    else:
        yield Event(None, "", f"{dispute.id} is open, to be decided by {dispute.decide_by}")
