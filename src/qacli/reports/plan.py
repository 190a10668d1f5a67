"""The coaching plans of a colleague or a team: what for, what, who, by when, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.improve.coaching import CoachingEvent, NoNeed, NothingToMend, Standing, mended, plans
from qacli.monitor.sampling.draw import Item
from qacli.reports.environment import BANNERS, render
from qacli.reports.evidence import Shown, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qacli.improve.catalogue import Option
    from qacli.improve.coaching import CoachingPlan
    from qacli.model import View


class Planned(NamedTuple):
    """One plan as the document shows it; ``need`` is None where what showed it is no longer in force."""

    standing: Standing
    colleague: str
    owner: str
    option: Option
    need: Shown | None
    steps: Sequence[CoachingEvent]


def plan_document(view: View, colleague: str = "", team: str = "", on: date | None = None) -> str:
    """Return the plans in force of one colleague, one team or everybody as Markdown, as they stand on a day.

    A team is made up of the colleagues that were sampled in it; people.csv knows no teams.
    """
    day = on or view.now.date()
    chosen = [each for each in plans(view, colleague, day) if not team or each.plan.colleague in _members(view, team)]
    return render(
        "plan.md.j2",
        {
            "banner": BANNERS[view.provenance],
            "organisation": view.settings.organisation,
            "whom": view.people.get(colleague).name if colleague else f"team {team}" if team else "everybody",
            "day": day,
            "plans": [_planned(view, each, day) for each in chosen],
            "late": sum(bool(each.overdue) for each in chosen),
            "provenance": view.provenance,
        },
    )


def _members(view: View, team: str) -> set[str]:
    return {item.colleague for item in view.current(Item) if item.team == team}


def _planned(view: View, each: Standing, day: date) -> Planned:
    steps = [event for event in view.current(CoachingEvent) if event.plan == each.plan.id and event.on <= day]
    return Planned(
        each,
        view.people.get(each.plan.colleague).name,
        view.people.get(each.plan.owner).name,
        view.definition("option", each.plan.option),
        _need(view, each.plan),
        steps,
    )


def _need(view: View, plan: CoachingPlan) -> Shown | None:
    try:
        return shown(view, mended(view, plan.need, plan.colleague, plan.criterion))
    except (NoNeed, NothingToMend):
        return None
