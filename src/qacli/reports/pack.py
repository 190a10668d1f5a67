"""The evidence pack: what a colleague is given before a talk about their work. It holds no score and no rating."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.improve.feedback.assessing import askable
from qacli.improve.feedback.preparing import earliest
from qacli.improve.feedback.sheet import Feedback, held_on, invitations, sheet_of, watched_in
from qacli.improve.points import item_of
from qacli.monitor.observing.observation import NOT_APPLICABLE, Note, Observation, Rating, Session
from qacli.prepare.period import in_words
from qacli.prepare.procedures.currency import governing
from qacli.reports.environment import BANNERS, render
from qacli.reports.evidence import meeting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.model import View
    from qacli.reports.feedback import Values

UNPLACED = "time not recorded"


def pack_document(view: View, feedback_id: str) -> str:
    """Return the evidence pack of one feedback in force as Markdown. Raises NoSuchRow.

    What was seen or heard stands in the order of the conversation, not of merit, and without what it was rated.
    """
    sheet = sheet_of(view, feedback_id)
    watched = watched_in(view, sheet)
    last = next(iter(reversed(invitations(view, sheet.id))), None)
    zone = view.now.tzinfo
    from_ = earliest(view, sheet)
    return render(
        "pack.md.j2",
        {
            "banner": BANNERS[view.provenance],
            "organisation": view.settings.organisation,
            "feedback": sheet.id,
            "colleague": view.people.get(sheet.colleague).name,
            "person": sheet.colleague,
            "prepared_by": view.people.get(sheet.by).name,
            "on": in_words(held_on(view, sheet)),
            "hour": f"{last.starts.astimezone(zone):%H:%M}" if last and last.starts else "",
            "place": last.place.text if last else "",
            "lead_hours": last.lead_hours if last else view.settings.feedback.lead_hours,
            "from_day": in_words(from_.date()),
            "from_hour": f"{from_:%H:%M}",
            "observations": [_watched(view, each) for each in watched],
            "criteria": _criteria(view, sheet, watched),
            "answer_within": view.settings.feedback.answer_within,
            "contest_within": view.settings.disputes.raise_within,
            "provenance": view.provenance,
        },
    )


def _watched(view: View, observation: Observation) -> Values:
    item = item_of(view, observation)
    return {
        "observation": observation.id,
        "transaction": item.transaction,
        "channel": item.channel,
        "day": in_words(item.day),
        "evaluator": view.people.get(observation.by).name,
        "facts": _facts(view, observation),
    }


def _facts(view: View, observation: Observation) -> list[Values]:
    """Return what was noted and what ratings cite, each once, by its time in the conversation."""
    sessions = view.rows(Session, id=observation.session)
    noted = [(row.offset, row.fact.text) for each in sessions for row in view.rows(Note, session=each.id)]
    cited = [
        (row.offset, row.evidence.text)
        for row in view.rows(Rating, observation=observation.id)
        if row.answer != NOT_APPLICABLE
    ]
    found = [(offset, text) for offset, text in dict.fromkeys([*noted, *cited]) if text]
    found.sort(key=lambda each: (not each[0], len(each[0]), each[0]))
    return [{"at": offset or UNPLACED, "fact": text} for offset, text in found]


def _criteria(view: View, sheet: Feedback, watched: Sequence[Observation]) -> list[Values]:
    """Return each criterion once: what it looks for, what meeting it looks like, and the procedure behind it."""
    days = {each.id: item_of(view, each).day for each in watched}
    found: dict[str, Values] = {}
    for name, criterion, scale in askable(view, sheet):
        procedure = governing(view, criterion.procedure, days[name])
        found.setdefault(
            criterion.id,
            {
                "criterion": criterion.id,
                "observable": criterion.observable,
                "standard": meeting(scale, criterion),
                "procedure": f"{procedure.title}, {procedure.reference}",
            },
        )
    return list(found.values())
