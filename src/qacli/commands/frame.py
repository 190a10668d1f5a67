"""``qacli frame``: show and agree sampling frames."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from qacli.commands.approvals import approved_by, say_decisions
from qacli.commands.context import Context, command, new_app

app = new_app("Show and agree sampling frames.")
FRAME = Annotated[str, typer.Argument(metavar="FRAME", help="Id of the frame, for example weekly-routine.")]


@command(app)
def show(context: Context, frame: FRAME) -> None:
    """Show a frame: what is drawn, from what, how, and who agreed to it."""
    from qacli.prepare.frame import Frame

    view = context.workspace.view()
    item = view.item("frame", frame)
    found: Frame = item.model
    size = f"{found.per_colleague} per colleague" if found.design == "quota" else f"{found.size} in all"
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
        ("size", f"{size}, every {found.cadence}"),
        ("work", f"{found.work()}, every {found.cadence}"),
        ("scorecards", " ".join(f"{channel}: {card}" for channel, card in found.scorecards.items())),
        ("technique", found.technique),
        ("evaluators", " ".join(found.evaluators)),
        ("sha256", item.sha256),
        ("agreed", approved_by(view, "frame", found)),
    ]
    context.show("frame", ("setting", "value"), rows)


@command(app, writes=True)
def agree(
    context: Context,
    frame: FRAME,
    comment: Annotated[str, typer.Option(help="What changed because of you, or why you agree.")] = "",
    decline: Annotated[bool, typer.Option("--decline", help="Record that you do not agree.")] = False,
) -> None:
    """Agree a frame as it stands. The owner cannot agree their own; an edited frame must be agreed again."""
    from qacli.prepare.approval import approve

    outcome = context.commit(
        partial(approve, kind="frame", id=frame, comment=comment, decision="declined" if decline else "agreed")
    )
    say_decisions(context, outcome.rows)
