"""How the size of a frame is told: in figures for each stratum, and in words what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.commands.context import Context
    from qacli.monitor.sampling.sizing import Aim, Sizes
    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.period import Period


NEEDS = ("n ±", "n drop", "n fault")
"""Columns of what an aim would take, where room is short; in the order of the aims."""


class Sized(NamedTuple):
    """A frame, and what its draw of a period would tell."""

    frame: Frame
    period: Period
    sizes: Sizes


def sized(context: Context, frame: Frame, period: str, aim: Aim) -> Sized:
    """Return what a draw would tell of a period, or of the last whole one that the source holds. Raises as size_of."""
    from qacli.monitor.sampling.sizing import newest_whole, size_of
    from qacli.prepare.period import parse_period
    from qacli.workspace.populations import open_transactions

    view = context.workspace.view()
    with open_transactions(context.workspace) as opened:
        when = parse_period(period) if period else newest_whole(opened.population, frame.cadence)
        return Sized(frame, when, size_of(view, frame, when, opened.population, opened.source, opened.opt_outs, aim))


def show_sizes(context: Context, found: Sized, aim: Aim, aims: Mapping[str, float | None]) -> None:
    """Show a row for each stratum, with what each aim would take."""
    kept = [place for place, each in enumerate(aims.values()) if each is not None]
    level, confidence = f"{100 * aim.level:g} %", f"{100 * aim.confidence:g} %"
    told = (f"± points at {confidence}", f"drop from {level} that it shows", "% chance to miss a 1-in-10 fault")
    columns = ("stratum", "eligible", "drawn", "hours", *told, *(list(aims)[place] for place in kept))
    if context.for_people:
        columns = ("stratum", "eligible", "drawn", "hours", "±", "drop", "missed", *(NEEDS[place] for place in kept))
    rows = [
        (
            row.stratum,
            row.eligible,
            row.drawn,
            row.minutes / 60,
            *(None if share is None else 100 * share for share in (row.margin, row.drop, row.missed)),
            *(row.needed[place] for place in kept),
        )
        for row in found.sizes.powers
    ]
    context.tell(
        f"{found.frame.reference} on the population of {found.period.describe()}; an empty cell: no sample of this size tells"
    )
    context.show("frame-size", columns, rows)
    if context.for_people:
        aimed = [f"{NEEDS[place]}: {list(aims)[place]}" for place in kept]
        points = f"±: a share to within so many points at {confidence}; drop: the smallest from {level} that two periods show"
        context.tell("; ".join([points, "missed: % chance to miss a 1-in-10 fault", *aimed]))


def meant(found: Sized, confidence: float) -> list[str]:
    """Return in words what the sample takes, tells and does not tell."""
    from qacli.monitor.sampling.meaning import faults_and_people, meaning, uneven
    from qacli.monitor.sampling.telling import UNEVEN
    from qacli.prepare.frames.workload import workload

    frame, whole, people = found.frame, found.sizes.whole, found.sizes.colleagues
    rule = [found.sizes.rule] if found.sizes.rule else []
    if frame.design in UNEVEN:
        said = uneven(whole.drawn, whole.eligible, whole.margin, found.sizes.alike, found.sizes.rests_on, frame.cadence)
        said += faults_and_people(whole.drawn, people, frame.cadence, confidence)
    else:
        said = meaning(whole.drawn, whole.eligible, whole.margin, people, frame.cadence, confidence, found.sizes.alike)
    return [*rule, workload(frame, whole.drawn), *said]


def in_brief(context: Context, frame_id: str) -> None:
    """Tell what somebody is about to agree to; without an export, only what the frame itself says."""
    from qacli.model import QacliError
    from qacli.monitor.sampling.sizing import Aim
    from qacli.prepare.approval import standing
    from qacli.prepare.frames.calendar import calendar

    view = context.workspace.view()
    frame: Frame = standing(view, "frame", frame_id)
    aim = Aim(view.settings.thresholds.confidence / 100, 0.9)
    context.tell(
        f"{frame.reference}: {frame.size_in_words()}, every {frame.cadence}; {calendar(frame, view.now.date())}"
    )
    try:
        found = sized(context, frame, "", aim)
    except QacliError as wrong:
        context.tell(f"what it would draw was not looked at: {wrong.message}")
        return
    context.tell(f"on the population of {found.period.describe()}:")
    for words in meant(found, aim.confidence):
        context.tell(f"  {words}")
