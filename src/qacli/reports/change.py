"""The change pack on paper: the rule, who was asked and what they said, what is new from which day, whether it is live."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.govern.requirements.change import pack_of
from qacli.govern.requirements.consulting import FRONT_LINE, LEADERS, standing_of
from qacli.govern.requirements.register import days_of
from qacli.reports.environment import BANNERS, render

if TYPE_CHECKING:
    from qacli.govern.requirements.consulting import ConsultationReply
    from qacli.model import View


class Heard(NamedTuple):
    """What one person said, and what came of it."""

    who: str
    group: str
    said: str
    reply: str
    outcome: str


def change_document(view: View, consultation: str) -> str:
    """Return the change pack of a consultation as Markdown. Raises NoSuchRow."""
    found = standing_of(view, consultation)
    row = found.consultation
    rule = view.look_up("requirement", row.requirement)
    heard = [
        Heard(
            view.people.get(each.person).name,
            each.group,
            str(each.said),
            str(reply.reply) if (reply := found.replies.get(each.id)) else "",
            _outcome(reply),
        )
        for each in found.answers
    ]
    parts = pack_of(view, consultation)
    return render(
        "change.md.j2",
        {
            "banner": BANNERS[view.provenance],
            "organisation": view.settings.organisation,
            "rule": rule,
            "days": days_of(rule),
            "found": found,
            "proposed_by": view.people.get(row.by).name,
            "counts": [(name, found.heard_of(group), found.asked_of(group)) for name, group in GROUPS],
            "heard": heard,
            "silent": len(found.silent),
            "asked": len(found.asked),
            "lacking": "; ".join(found.lacking),
            "parts": parts,
            "implemented_by": view.people.get(parts[0].change.by).name if parts else "",
        },
    )


GROUPS = (("team leaders", LEADERS), ("front line", FRONT_LINE))


def _outcome(reply: ConsultationReply | None) -> str:
    if reply is None:
        return "no reply yet"
    return "the change was altered" if reply.altered else "the change stays as it was"
