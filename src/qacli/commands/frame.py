"""``qacli frame``: show, size, compare, agree and review sampling frames."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.approvals import approved_by, say_decisions
from qacli.commands.context import Context, command, new_app
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qacli.model import Row, View
    from qacli.prepare.frames.frame import Frame

app = new_app("Say what is sampled and how: compare designs and sizes, agree, review.")
FRAME = Annotated[str, typer.Argument(metavar="FRAME", help="Id of the frame, for example weekly-routine.")]
PERIOD = Annotated[str, typer.Option(help="2026-W20, 2026-05, 2026-Q2; else the last whole one that the source holds.")]


@command(app)
def show(context: Context, frame: FRAME) -> None:
    """Show a frame: what is drawn, from what, how, and who agreed to it."""
    from qacli.prepare.frames.calendar import calendar
    from qacli.prepare.reviewing import review_due

    view = context.workspace.view()
    item = view.item("frame", frame)
    found: Frame = item.model
    asked = "; ".join(f"{name} {in_one_line(value)}" for name, value in found.population if value)
    rows: list[tuple[str, Any]] = [
        ("frame", found.reference),
        ("title", found.title),
        ("owner", found.owner),
        ("purpose", found.purpose + (f": {found.why}" if found.why else "")),
        ("population", asked or "all transactions"),
        ("design", found.design),
        ("strata", found.stratify_by),
        *of_design(found),
        ("size", f"{found.size_in_words()}, every {found.cadence}"),
        *_tells(view, found),
        ("work", f"{found.work()}, every {found.cadence}"),
        ("scorecards", per_channel(found.scorecards, " ")),
        ("technique", per_channel(found.technique)),
        ("because", per_channel(found.because) or "not said"),
        ("complement", per_channel(found.complement) or "none"),
        *([("unannounced", found.spot.when_in_words())] if found.spot else []),
        *([("unannounced because", found.spot.reason)] if found.spot else []),
        ("evaluators", evaluators(found)),
        ("seed", found.seed),
        ("in force", f"from {found.from_}" + (f" to {found.to}" if found.to else "")),
        ("next draws", calendar(found, view.now.date())),
        ("next review", review_due(view, "frame", found) or "no day is named: review_by"),
        ("sha256", item.sha256),
        ("agreed", approved_by(view, "frame", found)),
    ]
    context.show("frame", ("setting", "value"), rows)


def _tells(view: View, frame: Frame) -> list[tuple[str, str]]:
    """Return how exactly a design tells whose strata do not say it by themselves."""
    from qacli.monitor.sampling.telling import UNEVEN, told_without_source

    confidence = view.settings.thresholds.confidence / 100
    return [("tells", told_without_source(view, frame, confidence))] if frame.design in UNEVEN else []


def of_design(frame: Frame) -> list[tuple[str, str]]:
    """Return the settings that belong to the design of a frame, beside its strata and its size."""
    from qacli.prepare.frames.frame_rules import SETTINGS, SIZES

    needed, others = SETTINGS[frame.design]
    shown = {*needed, *others} - SIZES - {"stratify_by"}
    values = [(name, getattr(frame, name)) for name in type(frame).model_fields if name in shown]
    return [(name.replace("_", " "), in_one_line(value)) for name, value in values if value not in (None, "none", {})]


def in_one_line(value: Any) -> str:
    """Return a setting as one line, whatever it is made of."""
    if hasattr(value, "items"):
        return "; ".join(f"{name}: {in_one_line(each)}" for name, each in value.items())
    if hasattr(value, "model_fields_set"):
        said = [(name, each) for name, each in value if name in value.model_fields_set]
        return ", ".join(f"{name.replace('_', ' ')} {in_one_line(each)}" for name, each in said)
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def evaluators(frame: Frame) -> str:
    """Return who scores, with the hours or the number of items that each has, in one line."""
    named = frame.evaluators
    if not hasattr(named, "items"):
        return " ".join(named)
    told = []
    for person, each in named.items():
        daily = f"{each.hours_per_day} h each working day" if each.hours_per_day else ""
        limits = [f"{each.hours} h" if each.hours else daily, f"at most {each.quota}" if each.quota else ""]
        told.append(f"{person} {', '.join(filter(None, limits)) or 'without limit'}")
    return "; ".join(told)


def per_channel(settings: Mapping[str, str], between: str = "; ") -> str:
    """Return what a frame says per channel in one line; what holds for any stands alone."""
    from qacli.files.schema import ANY

    if list(settings) == [ANY]:
        return settings[ANY]
    return between.join(f"{channel}: {value}" for channel, value in settings.items())


@command(app, slow=True)
def size(
    context: Context,
    frame: FRAME,
    period: PERIOD = "",
    margin: Annotated[float | None, typer.Option(help="How many tell a share to within so many points.")] = None,
    drop: Annotated[float | None, typer.Option(help="How many in each period show a drop by so many points.")] = None,
    from_: Annotated[float, typer.Option("--from", help="Per cent met before the drop.", metavar="PERCENT")] = 90,
    fault: Annotated[float | None, typer.Option(help="How many find a fault that so many per cent have.")] = None,
    confidence: Annotated[float, typer.Option(help="Confidence of margin and fault, in per cent.")] = 95,
) -> None:
    """Show what the sample of a frame can tell, and cannot, on the real population; and how many an aim would take."""
    from qacli.commands.frame_sized import meant, show_sizes, sized
    from qacli.monitor.sampling.sizing import Aim

    asked = context.workspace.view().item("frame", frame).model
    aims = {
        f"n for ± {margin or 0:g} points": margin,
        f"n per {asked.cadence} for a drop by {drop or 0:g}": drop,
        f"n to find a {fault or 0:g} % fault": fault,
    }
    aim = Aim(confidence / 100, from_ / 100, *(None if each is None else each / 100 for each in aims.values()))
    found = sized(context, asked, period, aim)
    show_sizes(context, found, aim, aims)
    for words in meant(found, aim.confidence):
        context.tell(words)


@command(app, slow=True)
def compare(
    context: Context,
    frame: FRAME,
    period: PERIOD = "",
    designs: Annotated[str, typer.Option(help="Only these, with commas: simple,quota.", metavar="NAMES")] = "",
    size: Annotated[int | None, typer.Option(min=1, help="How many in all; else as many as the frame draws.")] = None,
    fault: Annotated[float, typer.Option(help="Per cent that have the fault which may be missed.")] = 10,
    alike: Annotated[
        float,
        typer.Option(min=0, max=45, help="Per cent of what varies that lies between colleagues, and between days."),
    ] = 10,
    fewer: Annotated[int, typer.Option(min=1, help="Count the colleagues seen with fewer than so many.")] = 5,
) -> None:
    """Compare designs on the real population of a period: how exactly each tells, what it misses, whom it does not see."""
    from qacli.commands.frame_compared import Asked, compare_designs

    compare_designs(context, frame, Asked(period, designs, size, fault, alike, fewer))


@command(app, writes=True, slow=True)
def agree(
    context: Context,
    frame: FRAME,
    comment: Annotated[str, typer.Option(help="What changed because of you, or why you agree.")] = "",
    decline: Annotated[bool, typer.Option("--decline", help="Record that you do not agree.")] = False,
) -> None:
    """Agree a frame as it stands, told what it takes and tells. The owner cannot; an edited frame is agreed again."""
    from qacli.commands.frame_sized import in_brief
    from qacli.prepare.agreeing import agree_frame

    act = partial(agree_frame, frame_id=frame, comment=comment, decision="declined" if decline else "agreed")
    if not decline and not context.quiet and act(context.workspace.view()).rows:
        in_brief(context, frame)
    say_decisions(context, context.commit(act).rows)


@command(app, writes=True, slow=True)
def review(
    context: Context,
    frame: FRAME,
    periods: Annotated[int, typer.Option(min=1, max=200, help="How many of the last periods to look at.")] = 8,
    note: Annotated[str, typer.Option(help="What you saw and decided; records that the frame was reviewed.")] = "",
    again: Annotated[str, typer.Option(help="Day by which it is looked at next: 2026-12-01.")] = "",
) -> None:
    """Show what became of a frame: drawn, scored, late, replaced, left out, how exactly it tells; with --note, record it."""
    from qacli.commands.frame_past import look_back, show_past
    from qacli.commands.options import day
    from qacli.prepare.reviewing import Review, record_review

    if again and not note:
        raise UsageError("--again is recorded with a review", help='add what you saw and decided: --note "..."')
    looked = look_back(context, frame, periods)
    rows: Sequence[Row] = ()
    if note:
        on, seen = day(again) if again else None, "..".join(looked.keys)
        act = partial(record_review, kind="frame", id=frame, note=note, again=on, looked_at=seen)
        rows = context.commit(act).rows
    show_past(context, looked)
    for row in rows:
        if isinstance(row, Review):
            context.tell(f"review of {row.item} recorded{context.recorded_by}; next by {row.again}")
