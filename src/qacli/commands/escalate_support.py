"""``qacli escalate support`` and ``supported``: sessions, questions and reminders for team leaders and managers."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from qacli.commands.context import Context, command
from qacli.commands.options import day
from qacli.govern.escalating.named import Kind


def join(app: typer.Typer) -> None:
    """Add the commands to ``qacli escalate``."""
    command(app, "support", writes=True)(support)
    command(app, "supported")(supported)


def support(
    context: Context,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Team leader or manager who was supported.")],
    topic: Annotated[str, typer.Option(help="What it was about.")],
    kind: Annotated[Kind, typer.Option(help="Held as a session, asked as a question, or recalled.")] = "session",
    about: Annotated[str, typer.Option(help="Procedure or trigger that it was about, by its id.")] = "",
    question: Annotated[str, typer.Option(help="What they asked.")] = "",
    answer: Annotated[str, typer.Option(help="What they were told.")] = "",
    on: Annotated[str, typer.Option(help="Day, if not today: 2026-05-20.")] = "",
) -> None:
    """Record how you supported a leader or manager in escalating cases: topic, questions, answers, day."""
    from qacli.govern.escalating.support import support as act

    held = day(on) if on else None
    outcome = context.commit(
        partial(act, person=person, kind=kind, topic=topic, about=about, question=question, answer=answer, on=held)
    )
    if outcome.rows:
        context.say(f"{outcome.first or '(dry run)'}: {kind} with {person} recorded{context.recorded_by}")


def supported(context: Context) -> None:
    """List everybody to whom cases go, who had no support first: sessions, questions, reminders, what is unanswered."""
    from qacli.govern.escalating.support import supported as found

    rows = [
        (each.person, " ".join(each.roles), each.last, each.sessions, each.questions, each.reminders, each.unanswered)
        for each in found(context.workspace.view())
    ]
    context.show("supported", ("person", "roles", "last", "sessions", "questions", "reminders", "unanswered"), rows)
    if not rows:
        context.tell("nobody holds a tier: roles of qacli.yaml, tiers of definitions/escalations.yaml")
