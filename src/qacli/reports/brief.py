"""The briefing on one page: what was found, what is to be done, who was told and what was undertaken."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.improve.briefing.brief import ConcernAnswer, standing_of
from qacli.improve.briefing.evidence import since
from qacli.model import QacliError
from qacli.reports.environment import BANNERS, render

if TYPE_CHECKING:
    from datetime import date

    from qacli.improve.briefing.brief import Commitment, Standing
    from qacli.model import View


class Undertaken(NamedTuple):
    """One commitment as the page shows it; ``action`` counts from 1."""

    who: str
    action: int
    words: str
    concern: str
    answer: str
    progress: str


def brief_document(view: View, briefing: str) -> str:
    """Return the page of a briefing as Markdown. Raises NoSuchRow."""
    found = standing_of(view, briefing)
    answers = {row.commitment: str(row.words) for row in view.current(ConcernAnswer)}
    numbers = {action.id: number for number, action in enumerate(found.actions, 1)}
    commitments = [
        Undertaken(
            view.people.get(row.by).name,
            numbers[row.action],
            str(row.words),
            str(row.concern),
            answers.get(row.id, ""),
            _progress(found, row),
        )
        for row in found.commitments
    ]
    made, told = found.briefing.at, max(found.told.values(), default=None)
    return render(
        "brief.md.j2",
        {
            "banner": BANNERS[view.provenance],
            "organisation": view.settings.organisation,
            "found": found,
            "made_by": view.people.get(found.briefing.by).name,
            "made_on": made.astimezone(view.now.tzinfo).date() if made else None,
            "withdrawn_by": view.people.get(found.end.by).name if found.end else "",
            "waiting": ", ".join(view.people.get(person).name for person in found.waiting),
            "commitments": commitments,
            "told_on": told,
            "since": [(each.source, _since(view, found, each.source, told)) for each in found.evidence] if told else [],
            "committed": len(found.told) - len(found.uncommitted),
        },
    )


def _progress(found: Standing, row: Commitment) -> str:
    said = found.progress.get(row.id)
    return f"{said.state.replace('-', ' ')}: {said.words}" if said else ""


def _since(view: View, found: Standing, source: str, told: date) -> str:
    """Return how a source stands since the team was told, or that it has gone."""
    try:
        return since(view, source, found.briefing.team, told)
    except QacliError as wrong:
        return f"cannot be told any more: {wrong.message}"
