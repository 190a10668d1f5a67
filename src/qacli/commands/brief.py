"""``qacli brief``: tell a team what was found and what is to be done; who was there, who commits to what."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import as_before, day

if TYPE_CHECKING:
    from qacli.improve.briefing.brief import Standing

app = new_app("Tell a team what was found and what is to be done; keep attendance and commitments.")
Progress = Literal["done", "under-way", "not-done"]
BRIEFING = Annotated[str, typer.Argument(metavar="BRIEFING", help="For example br_5f.")]


@command(app, writes=True)
def make(
    context: Context,
    plan: Annotated[Path, typer.Argument(metavar="FILE", help="YAML: team, aim, evidence, actions, questions.")],
) -> None:
    """Make a briefing from a plan. Its figures are worked out now; nobody's own figures are in it."""
    from qacli.files import yaml
    from qacli.files.validate import validate
    from qacli.improve.briefing import holding

    found = validate(yaml.read(plan), holding.Plan)
    outcome = context.commit(partial(holding.make, plan=found))
    if outcome.rows and not context.dry_run:
        then = f"qacli report brief {outcome.first}{as_before(context.workspace)}"
        context.say(f"{outcome.first}: briefing for team {found.team}; next: {then}")


@command(app, writes=True)
def deliver(
    context: Context,
    briefing: BRIEFING,
    present: Annotated[str, typer.Option(help="Who was told: person ids, separated by commas.")] = "",
    absent: Annotated[str, typer.Option(help="Who was away.")] = "",
    on: Annotated[str, typer.Option(help="Day, if not today: 2026-05-20.")] = "",
    mistake: Annotated[str, typer.Option(help="Why somebody who is --absent had been recorded as told.")] = "",
) -> None:
    """Record who was there and who was away; later, who of those was told."""
    from qacli.improve.briefing import holding
    from qacli.improve.briefing.brief import standing_of

    held = day(on) if on else context.workspace.clock().date()
    told = holding.Told(_people(present), _people(absent), held, mistake.strip())
    if context.commit(partial(holding.deliver, briefing=briefing, told=told)).rows and not context.dry_run:
        found = standing_of(context.workspace.view(), briefing)
        away = f"; still to be told: {', '.join(found.waiting)}" if found.waiting else ""
        context.say(f"{briefing}: {len(found.told)} told{away}{context.recorded_by}")


def _people(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


@command(app, writes=True)
def commit(
    context: Context,
    briefing: BRIEFING,
    words: Annotated[str, typer.Option(help="What you undertake, in your own words.")],
    action: Annotated[int, typer.Option(min=1, help="Which action of the briefing, from 1.")] = 1,
    concern: Annotated[str, typer.Option(help="What troubles you about it.")] = "",
) -> None:
    """Commit to an action in your own words, and say what troubles you. Only who was told can."""
    from qacli.improve.briefing import holding

    outcome = context.commit(partial(holding.commit, briefing=briefing, number=action, words=words, concern=concern))
    if outcome.rows:
        context.say(f"{outcome.first}: commitment of {context.workspace.actor} recorded{context.recorded_by}")


@command(app, writes=True)
def answer(
    context: Context,
    commitment: Annotated[str, typer.Argument(metavar="COMMITMENT", help="For example cm_5g.")],
    words: Annotated[str, typer.Option(help="What the concern is answered.")],
) -> None:
    """Answer what troubles somebody about their part."""
    from qacli.improve.briefing import holding

    if context.commit(partial(holding.answer, commitment=commitment, words=words)).rows:
        context.say(f"concern of {commitment} answered{context.recorded_by}")


@command(app, writes=True)
def progress(
    context: Context,
    commitment: Annotated[str, typer.Argument(metavar="COMMITMENT", help="For example cm_5g.")],
    words: Annotated[str, typer.Option(help="What was done, or what stood in the way.")],
    state: Annotated[Progress, typer.Option(help="How far it is.")] = "done",
) -> None:
    """Say how far a commitment is: whoever made it, or whoever made the briefing."""
    from qacli.improve.briefing import holding

    if context.commit(partial(holding.progress, commitment=commitment, state=state, words=words)).rows:
        context.say(f"{commitment} is {state.replace('-', ' ')}{context.recorded_by}")


@command(app, writes=True)
def close(
    context: Context,
    briefing: BRIEFING,
    words: Annotated[str, typer.Option(help="What came of it; or why it is withdrawn.")] = "",
    withdrawn: Annotated[
        bool, typer.Option("--withdrawn", help="Nobody was told, and nobody is to be: take it back.")
    ] = False,
) -> None:
    """Close a briefing: once everybody was told, and every concern has an answer. Or withdraw one that nobody was told."""
    from qacli.improve.briefing import holding

    act = holding.withdraw if withdrawn else holding.close
    if context.commit(partial(act, briefing=briefing, words=words)).rows:
        context.say(f"{briefing} {'withdrawn' if withdrawn else 'closed'}{context.recorded_by}")


@command(app, "list")
def list_(context: Context) -> None:
    """List the briefings: how many were told, who still is to be, how many committed."""
    from qacli.improve.briefing.brief import standings

    rows = [_row(each) for each in standings(context.workspace.view())]
    columns = (
        "briefing",
        "team",
        "state",
        "told",
        "still away",
        "committed",
        "concerns open",
        "commitments",
        "done",
        "aim",
    )
    context.show("briefings", columns, rows)


def _row(each: Standing) -> tuple[object, ...]:
    committed = len(each.told) - len(each.uncommitted)
    return (
        each.briefing.id,
        each.briefing.team,
        each.state,
        len(each.told),
        " ".join(each.waiting) or None,
        committed,
        len(each.unanswered),
        len(each.commitments),
        len(each.kept),
        str(each.briefing.aim),
    )
