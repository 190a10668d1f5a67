"""``qacli require consult``, ``say``, ``reply``, ``implement`` and ``live``: a rule changes the work, with those who do it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.context import Context, command
from qacli.commands.options import day
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.govern.requirements.change import Part
    from qacli.govern.requirements.consulting import Standing
    from qacli.model import View

CONSULTATION = Annotated[str, typer.Argument(metavar="CONSULTATION", help="For example qc_5f.")]


def join(app: typer.Typer) -> None:
    """Add the commands to ``qacli require``."""
    command(app, "consult", writes=True)(consult)
    command(app, "say", writes=True)(say)
    command(app, "reply", writes=True)(reply)
    command(app, "implement", writes=True)(implement)
    command(app, "live", writes=True)(live)


def consult(
    context: Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="For example fca-payment, or fca-payment@2.")],
    change: Annotated[str, typer.Option(help="What is to change in the work.")],
    answer_by: Annotated[str, typer.Option(help="By when people are to answer: 2026-06-12.")],
    ask: Annotated[str, typer.Option(help="Who is asked, separated by commas; else all leaders and front line.")] = "",
) -> None:
    """Ask leaders and the front line what they think of a change, before it is made. One group alone is refused."""
    from qacli.govern.requirements import consulting

    people = [part.strip() for part in ask.split(",") if part.strip()]
    act = partial(consulting.consult, name=rule, change=change, ask=people, answer_by=day(answer_by))
    outcome = context.commit(act)
    if outcome.rows and not context.dry_run:
        found = consulting.standing_of(context.workspace.view(), outcome.first)
        count = {group: found.asked_of(group) for group in consulting.GROUPS}
        leaders, front = count[consulting.LEADERS], count[consulting.FRONT_LINE]
        context.say(
            f"{outcome.first}: {leaders} leader{'s' * (leaders != 1)} and {front} of the front line are asked about "
            f"{found.consultation.requirement}, by {found.consultation.answer_by}{context.recorded_by}"
        )
        context.tell(f"they run: qacli require say {outcome.first} --words ... --as PERSON")


def say(
    context: Context,
    consultation: CONSULTATION,
    words: Annotated[str, typer.Option(help="What you think of it, in your own words.")] = "",
    from_: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="CSV of what others said: columns person, words.")
    ] = None,
) -> None:
    """Say what you think of a change; what was said in a meeting comes from a file, taken down by somebody else."""
    from qacli.files import csv
    from qacli.govern.requirements import consulting

    if bool(words.strip()) == bool(from_):
        raise UsageError("say it with --words, or hand in a file with --from", help="one of the two")
    if from_:
        read = csv.handed_in(from_, columns=("person", "words"))
        said = [consulting.Said(row.cells[0].strip(), row.cells[1].strip()) for row in read]
    else:
        said = [consulting.Said(context.workspace.actor, words)]
    outcome = context.commit(partial(consulting.say, consultation=consultation, said=said))
    for row in outcome.rows:
        if isinstance(row, consulting.ConsultationAnswer):
            context.say(f"{row.id}: {row.person}, {row.group}: {row.said}{context.recorded_by}")


def reply(
    context: Context,
    answers: Annotated[list[str], typer.Argument(metavar="ANSWER...", help="For example qx_5g qx_5h.")],
    words: Annotated[str, typer.Option(help="What they are answered.")],
    altered: Annotated[bool, typer.Option("--altered", help="The change was altered because of it.")] = False,
) -> None:
    """Reply to what people said, and record whether the change was altered because of it."""
    from qacli.govern.requirements import consulting

    outcome = context.commit(partial(consulting.reply, answers=answers, words=words, altered=altered))
    for row in outcome.rows:
        if isinstance(row, consulting.ConsultationReply):
            what = "the change was altered" if altered else "the change stays as it was"
            context.say(f"{row.answer} replied to: {what}{context.recorded_by}")


def implement(
    context: Context,
    change: Annotated[str, typer.Argument(metavar="CHANGE", help="A consultation qc_5f, or a rule: its last one.")],
    live_on: Annotated[str, typer.Option(help="Day from which it is live: 2026-06-15.")],
    procedure: Annotated[list[str] | None, typer.Option(help="New version, id@version; repeatable.")] = None,
    notice: Annotated[list[str] | None, typer.Option(help="New version, id@version; repeatable.")] = None,
    scorecard: Annotated[list[str] | None, typer.Option(help="New version, id@version; repeatable.")] = None,
    briefing: Annotated[list[str] | None, typer.Option(help="Briefing that tells the team, br_5f; repeatable.")] = None,
    left: Annotated[list[str] | None, typer.Option(help="Kind that is left as it is, and why: notice='...'.")] = None,
) -> None:
    """Put a change in force, whole: procedure, notice, scorecard and briefing. Who proposed it cannot."""
    from qacli.govern.requirements import implementing
    from qacli.govern.requirements.change import RequirementChange

    new = {
        "procedure": procedure or [],
        "notice": notice or [],
        "scorecard": scorecard or [],
        "briefing": briefing or [],
    }
    pack = implementing.Pack(new, _left(left or []), day(live_on))
    outcome = context.commit(partial(implementing.implement, name=change, pack=pack))
    if outcome.rows and not context.dry_run:
        row = next(row for row in outcome.rows if isinstance(row, RequirementChange))
        named = ", ".join(name for names in new.values() for name in names) or "nothing new"
        context.say(f"{row.consultation}: {named}, live on {row.live_on} for {row.requirement}{context.recorded_by}")
        context.tell(f"on that day: qacli require live {row.consultation}")


def _left(texts: Sequence[str]) -> dict[str, str]:
    from qacli.govern.requirements.change import PARTS

    found = {}
    for text in texts:
        kind, _, why = text.partition("=")
        if kind not in PARTS or not why.strip():
            raise UsageError(
                f"--left {text} names no part with a reason", help=f"--left notice='...'; parts: {', '.join(PARTS)}"
            )
        found[kind] = why.strip()
    return found


def live(context: Context, consultation: CONSULTATION) -> int:
    """Look whether all of a change is live: in force, in use, told. Ends with 1 where something is not."""
    from qacli.govern.requirements import living
    from qacli.govern.requirements.change import LiveCheck, pack_of

    outcome = context.commit(partial(living.live, consultation=consultation))
    # of a dry run nothing stands in the records: what was seen is shown, and ends, as if it did
    seen = {row.change: row for row in outcome.rows if isinstance(row, LiveCheck)}
    parts = [
        part._replace(check=seen.get(part.change.id, part.check))
        for part in pack_of(context.workspace.view(), consultation)
    ]
    rows = [
        (
            part.change.kind,
            part.change.old or None,
            part.change.new or None,
            part.change.live_on,
            part.state,
            part.check.on if part.check else None,
            part.check.seen if part.check else str(part.change.why),
        )
        for part in parts
    ]
    context.show("requirement-change", ("kind", "before", "new", "live on", "state", "seen on", "what was seen"), rows)
    return int(any(part.state not in {"live", "left"} for part in parts))


def show_changes(context: Context, view: View) -> None:
    """Show each consultation with who was heard and what came of it."""
    from qacli.govern.requirements.change import pack_of
    from qacli.govern.requirements.consulting import FRONT_LINE, LEADERS, standings

    rows = []
    for each in standings(view):
        heard = [f"{each.heard_of(group)} of {each.asked_of(group)}" for group in (LEADERS, FRONT_LINE)]
        pack = pack_of(view, each.consultation.id)
        live_on = pack[0].change.live_on if pack else None
        row = each.consultation
        rows.append(
            (row.id, row.requirement, row.by, *heard, each.altered, _state(each, pack), live_on, str(row.change))
        )
    columns = (
        "consultation",
        "rule",
        "by",
        "leaders heard",
        "front line heard",
        "altered",
        "state",
        "live on",
        "change",
    )
    context.show("requirement-changes", columns, rows)


def _state(found: Standing, pack: Sequence[Part]) -> str:
    states = {part.state for part in pack}
    if not pack:
        return "consulted" if not found.lacking else "; ".join(found.lacking)
    return "live" if states <= {"live", "left"} else "not live" if "not live" in states else "implemented"
