"""``qacli feedback``: prepare it from observations, deliver it, and keep the colleague's own words."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import day

app = new_app("Prepare and deliver feedback, strengths first; record the reply.")
SHEET = Annotated[str, typer.Argument(metavar="FEEDBACK", help="For example f_5d.")]
ON = Annotated[str, typer.Option(help="Day, if not today: 2026-05-20.")]


@command(app, writes=True)
def prepare(
    context: Context,
    observations: Annotated[list[str], typer.Argument(metavar="OBSERVATION...", help="For example o_4p o_4t.")],
    for_: Annotated[str, typer.Option("--for", help="The colleague it is for.", metavar="PERSON")],
    on: ON = "",
    strengths: Annotated[int, typer.Option(min=1, max=10, help="At most so many strengths.")] = 3,
    developments: Annotated[
        int, typer.Option(min=0, max=10, help="At most so many points to work on; failed criticals always.")
    ] = 2,
) -> None:
    """Prepare feedback: strengths first, each point tied to its observation and evidence. No praise is made up."""
    from qacli.improve import feedback

    held = day(on) if on else context.workspace.clock().date()
    outcome = context.commit(
        partial(
            feedback.prepare,
            observations=observations,
            colleague=for_,
            on=held,
            strengths=strengths,
            developments=developments,
        )
    )
    if not outcome.rows:
        return
    _, *points = outcome.rows
    count = {kind: sum(point.kind == kind for point in points) for kind in ("strength", "development")}  # type: ignore[attr-defined]
    context.say(
        f"{outcome.first}: feedback for {for_}, {_many(count['strength'], 'strength')}, "
        f"{_many(count['development'], 'point')} to work on; next: qacli report feedback {outcome.first}"
    )


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


@command(app, writes=True)
def deliver(
    context: Context,
    feedback: SHEET,
    on: ON = "",
    means: Annotated[str, typer.Option(help="How it was given.")] = "in person, with the sheet",
) -> None:
    """Record that the colleague was given the feedback."""
    from qacli.improve.feedback import deliver as act

    held = day(on) if on else context.workspace.clock().date()
    outcome = context.commit(partial(act, feedback=feedback, on=held, means=means))
    if outcome.rows:
        context.say(f"{feedback} delivered on {held}; the colleague can now answer: qacli feedback reply {feedback}")


@command(app, writes=True)
def reply(
    context: Context, feedback: SHEET, words: Annotated[str, typer.Option(help="The colleague's own words.")]
) -> None:
    """Record what the colleague says to the feedback, in their own words. Only the colleague can."""
    from qacli.improve.feedback import reply as act

    if context.commit(partial(act, feedback=feedback, words=words)).rows:
        context.say(f"reply to {feedback} recorded")


@command(app, writes=True)
def ack(context: Context, feedback: SHEET) -> None:
    """Record that the colleague has taken note of the feedback. Only the colleague can."""
    from qacli.improve.feedback import acknowledge

    if context.commit(partial(acknowledge, feedback=feedback)).rows:
        context.say(f"{feedback} acknowledged by {context.workspace.actor}")


@command(app, "list")
def list_(context: Context) -> None:
    """List feedback: for whom, when, on which observations, and whether it was delivered and acknowledged."""
    from qacli.improve.feedback import Feedback, events

    view = context.workspace.view()

    def when(sheet: Any, kind: str) -> Any:
        found = events(view, sheet.id, kind)
        return found[-1].on if found else None

    rows = [
        (
            sheet.id,
            sheet.colleague,
            sheet.on,
            sheet.observations,
            when(sheet, "delivered"),
            when(sheet, "replied"),
            when(sheet, "acknowledged"),
        )
        for sheet in view.current(Feedback)
    ]
    context.show(
        "feedback", ("feedback", "colleague", "on", "observations", "delivered", "replied", "acknowledged"), rows
    )
