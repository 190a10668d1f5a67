"""An action on one page: what and why, how it was checked, what it takes, how the figure moved, how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.files.numbers import short
from qacli.improve.actions.action import ActionProgress, Standing, standing_of
from qacli.improve.actions.progress import also_then
from qacli.improve.resources.request import requests
from qacli.reports.environment import BANNERS, Inert, render

if TYPE_CHECKING:
    from datetime import date

    from qacli.model import Row, View


class Shown(NamedTuple):
    """One figure since the start as the page shows it."""

    period: str
    value: str
    better: str
    n: int | None
    verdict: str
    paired: str
    decides: bool


class Given(NamedTuple):
    """What was asked for, of whom, and what was given."""

    request: str
    asked: str
    of: str
    state: str


class Said(NamedTuple):
    """What somebody says was done."""

    who: str
    on: date | None
    words: str


def action_document(view: View, action: str) -> str:
    """Return the page of an action as Markdown. Raises NoSuchRow."""
    found = standing_of(view, action)
    row = found.action
    return render(
        "action.md.j2",
        {
            "banner": BANNERS[view.provenance],
            "organisation": view.settings.organisation,
            "action": row,
            "baseline": Inert(short(row.baseline)),
            "limits": Inert(f"{short(row.baseline_low)} to {short(row.baseline_high)}"),
            "target": Inert(short(row.target)),
            "owner": view.people.get(row.owner).name,
            "made_by": view.people.get(row.by).name,
            "made_on": _day(view, row),
            "checks": found.checks,
            "means": _means(view, found),
            "figures": [_shown(found, each) for each in found.figures],
            "events": also_then(view, found),
            "said": [Said(view.people.get(each.by).name, _day(view, each), str(each.words)) for each in found.said],
            "state": found.state(view.now.date()),
            "end": found.end,
            "ended_by": view.people.get(found.end.by).name if found.end else "",
            "ended_on": _day(view, found.end) if found.end else None,
        },
    )


def _day(view: View, row: Row) -> date | None:
    return row.at.astimezone(view.now.tzinfo).date() if row.at else None


def _means(view: View, found: Standing) -> list[Given]:
    names = {found.action.id, found.action.name}
    return [
        Given(each.request.id, each.request.in_words, view.people.get(each.request.asked_of).name, each.state)
        for each in requests(view)
        if each.request.serves in names
    ]


def _shown(found: Standing, row: ActionProgress) -> Shown:
    return Shown(
        row.period,
        _within(row.value, row.low, row.high),
        _within(row.moved, row.moved_low, row.moved_high),
        row.n,
        row.verdict,
        row.counter_verdict or "none",
        row.last == found.action.judged,
    )


def _within(value: float | None, low: float | None, high: float | None) -> str:
    if value is None:
        return "not known"
    limits = "no interval" if low is None or high is None else f"{short(low)} to {short(high)}"
    return Inert(f"{short(value)} ({limits})")
