"""``qacli frame``: show and agree sampling frames."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.approvals import approved_by, say_decisions
from qacli.commands.context import Context, command, new_app

if TYPE_CHECKING:
    from collections.abc import Mapping

app = new_app("Show and agree sampling frames.")
FRAME = Annotated[str, typer.Argument(metavar="FRAME", help="Id of the frame, for example weekly-routine.")]


@command(app)
def show(context: Context, frame: FRAME) -> None:
    """Show a frame: what is drawn, from what, how, and who agreed to it."""
    from qacli.prepare.frames.frame import Frame

    view = context.workspace.view()
    item = view.item("frame", frame)
    found: Frame = item.model
    asked = "; ".join(
        f"{name} {' '.join(map(str, value)) if isinstance(value, tuple) else value}"
        for name, value in found.population
        if value
    )
    rows: list[tuple[str, Any]] = [
        ("frame", found.reference),
        ("title", found.title),
        ("owner", found.owner),
        ("purpose", found.purpose),
        ("population", asked or "all transactions"),
        ("design", found.design),
        ("strata", found.stratify_by),
        ("size", f"{found.size_in_words()}, every {found.cadence}"),
        ("work", f"{found.work()}, every {found.cadence}"),
        ("scorecards", per_channel(found.scorecards, " ")),
        ("technique", per_channel(found.technique)),
        ("because", per_channel(found.because) or "not said"),
        ("complement", per_channel(found.complement) or "none"),
        ("evaluators", " ".join(found.evaluators)),
        ("sha256", item.sha256),
        ("agreed", approved_by(view, "frame", found)),
    ]
    context.show("frame", ("setting", "value"), rows)


def per_channel(settings: Mapping[str, str], between: str = "; ") -> str:
    """Return what a frame says per channel in one line; what holds for any stands alone."""
    from qacli.files.schema import ANY

    if list(settings) == [ANY]:
        return settings[ANY]
    return between.join(f"{channel}: {value}" for channel, value in settings.items())


@command(app, writes=True)
def agree(
    context: Context,
    frame: FRAME,
    comment: Annotated[str, typer.Option(help="What changed because of you, or why you agree.")] = "",
    decline: Annotated[bool, typer.Option("--decline", help="Record that you do not agree.")] = False,
) -> None:
    """Agree a frame as it stands. The owner cannot agree their own; an edited frame must be agreed again."""
    from qacli.prepare.agreeing import agree_frame

    outcome = context.commit(
        partial(agree_frame, frame_id=frame, comment=comment, decision="declined" if decline else "agreed")
    )
    say_decisions(context, outcome.rows)


@command(app, slow=True)
def size(
    context: Context,
    frame: FRAME,
    period: Annotated[
        str, typer.Option(help="2026-W20, 2026-05, 2026-Q2; else the last whole one that the source holds.")
    ] = "",
    margin: Annotated[float | None, typer.Option(help="How many tell a share to within so many points.")] = None,
    drop: Annotated[float | None, typer.Option(help="How many in each period show a drop by so many points.")] = None,
    from_: Annotated[float, typer.Option("--from", help="Per cent met before the drop.", metavar="PERCENT")] = 90,
    fault: Annotated[float | None, typer.Option(help="How many find a fault that so many per cent have.")] = None,
    confidence: Annotated[float, typer.Option(help="Confidence of margin and fault, in per cent.")] = 95,
) -> None:
    """Show what the sample of a frame can tell, and cannot, on the real population; and how many an aim would take."""
    from qacli.monitor.sampling.sizing import Aim, newest_whole, size_of
    from qacli.prepare.period import parse_period
    from qacli.workspace.populations import open_transactions

    view = context.workspace.view()
    asked = view.item("frame", frame).model
    aims = {
        f"n for ± {margin or 0:g} points": margin,
        f"n per {asked.cadence} for a drop by {drop or 0:g}": drop,
        f"n to find a {fault or 0:g} % fault": fault,
    }
    aim = Aim(confidence / 100, from_ / 100, *(None if each is None else each / 100 for each in aims.values()))
    with open_transactions(context.workspace) as opened:
        when = parse_period(period) if period else newest_whole(opened.population, asked.cadence)
        found = size_of(view, asked, when, opened.population, opened.source, opened.opt_outs, aim)
    kept = [place for place, each in enumerate(aims.values()) if each is not None]
    columns = (
        "stratum",
        "eligible",
        "drawn",
        "hours",
        f"± points at {confidence:g} %",
        f"drop from {from_:g} % that it shows",
        "% chance to miss a 1-in-10 fault",
        *(list(aims)[place] for place in kept),
    )
    rows = [
        (
            row.stratum,
            row.eligible,
            row.drawn,
            row.minutes / 60,
            *(None if share is None else 100 * share for share in (row.margin, row.drop, row.missed)),
            *(row.needed[place] for place in kept),
        )
        for row in found
    ]
    context.tell(
        f"{asked.reference} on the population of {when.describe()}; an empty cell: no sample of this size tells"
    )
    context.show("frame-size", columns, rows)
