"""The justification of a plan: per channel what is used and why, what it shows, misses and takes, who must be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qacli.prepare.frames.visibility import Planned, Shown, shown
from qacli.prepare.notices.notice import ALL

if TYPE_CHECKING:
    from datetime import date

    from qacli.prepare.frames.choice import TechniqueChoice
    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.frames.technique import Audience, Technique
    from qacli.prepare.notices.notice import Notice


class Justified(NamedTuple):
    """The justification of one channel. ``notices`` holds, for each audience that must be told, the notices in force."""

    planned: Planned
    shown: Shown
    because: str
    by: str
    notices: Mapping[Audience, Sequence[str]]

    @property
    def adds(self) -> list[str]:
        """What the complement shows that the technique does not."""
        beside, channel = self.planned.complement, self.planned.channel
        seen = self.planned.technique.sees_on(channel)
        return [sign for sign in beside.sees_on(channel) if sign not in seen] if beside else []


def justification(
    plan: Sequence[Planned], recorded: Mapping[str, TechniqueChoice], notices: Sequence[Notice], day: date
) -> list[Justified]:
    """Return the justification of a plan as it stands on a day; a recorded reason goes before the frame's own words."""
    found = []
    for each in plan:
        choice = recorded.get(each.channel)
        because, by = (choice.reason.text, choice.by) if choice else (each.because, "")
        told = told_by(each.technique, each.channel, notices, day)
        found.append(Justified(each, shown(each.card, each.channel, each.technique), because, by, told))
    return found


def told_by(technique: Technique, channel: str, notices: Sequence[Notice], day: date) -> dict[Audience, Sequence[str]]:
    """Return, for each audience that a technique needs to have been told, the notices to it in force on a day."""
    return {
        audience: [
            each.reference
            for each in notices
            if each.audience == audience and each.channel in {channel, ALL} and each.in_force(day)
        ]
        for audience in technique.notice_needed
    }


def warnings(frame: Frame, lines: Sequence[Justified]) -> Iterator[str]:
    """Return what does not keep a plan from being carried out, but should be looked at."""
    for each in lines:
        channel, technique = each.planned.channel, each.planned.technique
        for audience in [audience for audience, told in each.notices.items() if not told]:
            yield f"{channel}: no notice to {audience} is in force today, and {technique.id} needs one"
        if technique.minutes > frame.minutes_per_evaluation:
            yield (
                f"{channel}: {technique.id} takes {technique.minutes} minutes, and {frame.reference} plans "
                f"{frame.minutes_per_evaluation} per evaluation"
            )
        if not each.planned.complement:
            yield f"{channel}: no complement is named; {technique.id} is blind to: {technique.blind_to}"
