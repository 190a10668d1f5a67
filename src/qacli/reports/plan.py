"""The coaching plans of a colleague or a team: what for, what, who, by when, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.improve.coaching.needing import NoNeed, NothingToMend, needed
from qacli.improve.coaching.plan import Standing, events_of, plans
from qacli.improve.coaching.telling import effect_in_words
from qacli.monitor.sampling.draw import Item
from qacli.reports.environment import BANNERS, render
from qacli.reports.evidence import Shown, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qacli.improve.catalogue import Option
    from qacli.improve.coaching.models import CoachingModel
    from qacli.improve.coaching.plan import CoachingEvent, CoachingPlan
    from qacli.model import View


class Planned(NamedTuple):
    """One plan as the document shows it; ``need`` is None where what showed it is no longer in force.

    ``effect`` are the sentences of its recorded effect, none where there is none.
    """

    standing: Standing
    colleague: str
    owner: str
    option: Option
    need: Shown | None
    steps: Sequence[Step]
    model: CoachingModel | None
    effect: Sequence[str]


class Step(NamedTuple):
    """One step that was taken, with its name as the document shows it."""

    name: str
    event: CoachingEvent


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
    steps = [event for event in events_of(view, each.plan) if event.on <= day]
    model: CoachingModel | None = view.definition("coaching-model", each.plan.model) if each.plan.model else None
    titles = {part.id: part.title for part in model.steps} if model else {}
    return Planned(
        each,
        view.people.get(each.plan.colleague).name,
        view.people.get(each.plan.owner).name,
        view.definition("option", each.plan.option),
        _need(view, each.plan),
        [Step(titles.get(event.step) or event.kind.capitalize(), event) for event in steps],
        model,
        [line[:1].upper() + line[1:] for line in effect_in_words(each.effect)] if each.effect else (),
    )


def _need(view: View, plan: CoachingPlan) -> Shown | None:
    try:
        return shown(view, needed(view, plan.need, plan.colleague, plan.criterion, still_open=False).seen)
    except (NoNeed, NothingToMend):
        return None
