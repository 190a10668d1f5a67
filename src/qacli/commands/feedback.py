"""``qacli feedback``: invite, hear the colleague's own view, deliver in the order of a model, keep what they answer."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import as_before, day, days, moment
from qacli.model import UsageError

if TYPE_CHECKING:
    from datetime import date, datetime

app = new_app("Invite to feedback, deliver it strengths first, and keep the colleague's own view and reply.")
SHEET = Annotated[str, typer.Argument(metavar="FEEDBACK", help="For example f_5d.")]
ON = Annotated[str, typer.Option(help="Day, with its hour where it is known: 2026-05-20T14:30; else today.")]
PLACE = Annotated[str, typer.Option(help="Where nobody else hears, for example: meeting room 2.")]


@command(app, writes=True)
def prepare(
    context: Context,
    observations: Annotated[list[str], typer.Argument(metavar="OBSERVATION...", help="For example o_4p o_4t.")],
    for_: Annotated[str, typer.Option("--for", help="The colleague it is for.", metavar="PERSON")],
    on: ON = "",
    place: PLACE = "",
    strengths: Annotated[int, typer.Option(min=1, max=10, help="At most so many strengths.")] = 3,
    developments: Annotated[
        int, typer.Option(min=0, max=10, help="At most so many points to work on; failed criticals always.")
    ] = 2,
    development_first: Annotated[
        bool, typer.Option("--development-first", help="What to work on before what went well; the sheet records it.")
    ] = False,
) -> None:
    """Prepare feedback and invite to it. Strengths come first, each tied to its observation; no praise is made up."""
    from qacli.improve.feedback import preparing

    held, starts = _when(context, on)
    outcome = context.commit(
        partial(
            preparing.prepare,
            observations=observations,
            colleague=for_,
            on=held,
            strengths=strengths,
            developments=developments,
            strengths_first=not development_first,
            starts=starts,
            place=place,
        )
    )
    if not outcome.rows:
        return
    kinds = [getattr(row, "kind", "") for row in outcome.rows]
    context.say(
        f"{outcome.first}: feedback for {for_}, {_many(kinds.count('strength'), 'strength')}, "
        f"{_many(kinds.count('development'), 'point')} to work on; next: qacli report pack {outcome.first}{as_before(context.workspace)}, "
        f"to be given to {for_}"
    )


def _when(context: Context, on: str) -> tuple[date, datetime | None]:
    """Return the day that was named, else today, and the hour where one was. Raises UsageError."""
    if "T" not in on:
        return day(on) if on else context.workspace.clock().date(), None
    starts = moment(on, context.workspace.zone)
    return day(on.partition("T")[0]), starts


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


@command(app, writes=True)
def invite(
    context: Context,
    feedback: SHEET,
    on: Annotated[str, typer.Option(help="The new day, with its hour: 2026-05-20T14:30; else as it was.")] = "",
    place: Annotated[str, typer.Option(help="Where nobody else hears; else as it was.")] = "",
) -> None:
    """Move the talk to another day, hour or place. The time with the evidence counts from the first invitation."""
    from qacli.improve.feedback.preparing import Meeting
    from qacli.improve.feedback.preparing import invite as act
    from qacli.improve.feedback.sheet import Invitation

    moved = _when(context, on) if on else None
    for row in context.commit(partial(act, feedback=feedback, moved=moved, place=place)).rows:
        if isinstance(row, Invitation):
            when = Meeting.of(row, context.workspace.zone).in_words
            context.say(f"{feedback} is to be talked about {when}{context.recorded_by}")


@command(app, writes=True)
def withdraw(
    context: Context, feedback: SHEET, reason: Annotated[str, typer.Option(help="Why there is no talk.")] = ""
) -> None:
    """Take back feedback that was not delivered, for example on the wrong observation."""
    from qacli.improve.feedback import preparing

    if context.commit(partial(preparing.withdraw, feedback=feedback, reason=reason)).rows:
        context.say(f"{feedback} withdrawn{context.recorded_by}")


@command(app, writes=True, forms=(".yaml",))
def selfassess(
    context: Context,
    feedback: SHEET,
    from_: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Your points and comments, as --blank shows them.")
    ] = None,
    blank: Annotated[bool, typer.Option("--blank", help="Show what can be rated, as YAML to fill in.")] = False,
) -> None:
    """Rate your own work before the scores are open. No sheet shows it until the feedback is delivered."""
    from qacli.commands.feedback_own import asked, blank_view
    from qacli.files import yaml
    from qacli.files.validate import validate
    from qacli.improve.feedback import assessing

    if blank:
        _refuse_tables(context, feedback)
        context.say(blank_view(context.workspace.view(), feedback))
        return
    own = validate(yaml.read(from_), assessing.OwnView) if from_ else asked(context, feedback)
    made = context.commit(partial(assessing.selfassess, feedback=feedback, own=own)).rows
    if made:
        context.say(f"{_many(len(made), 'criterion').replace('criterions', 'criteria')} of {feedback} sealed")


@command(app, forms=(".yaml",))
def items(
    context: Context,
    feedback: SHEET,
    model: Annotated[str, typer.Option(help="A model of definitions/feedback-models.yaml.")] = "sbi",
) -> None:
    """Write the points as YAML to fill in. Step by step of a model; what is on record stands in it."""
    from qacli.improve.feedback.blank import blank
    from qacli.improve.feedback.sheet import sheet_of

    _refuse_tables(context, feedback)
    view = context.workspace.view()
    context.say(blank(view, sheet_of(view, feedback), view.look_up("feedback-model", model)))


def _refuse_tables(context: Context, feedback: str) -> None:
    """Raise UsageError where what is to be filled in was asked for in a form that nobody could hand back."""
    if context.asked:
        raise UsageError(
            f"what is to be filled in is YAML, not {context.asked}",
            help=f"leave --format out, or -o NAME.yaml; the points for programs: qacli report feedback {feedback} --format json",
        )


@command(app, writes=True)
def deliver(
    context: Context,
    feedback: SHEET,
    on: ON = "",
    means: Annotated[str, typer.Option(help="How it was given.")] = "in person, with the sheet",
    items: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What was said, in order: qacli feedback items. Else as prepared."),
    ] = None,
) -> None:
    """Record that the feedback was given. Strengths first, each step of the model, no word about the person."""
    from qacli.files import yaml
    from qacli.files.validate import validate
    from qacli.improve.feedback.delivering import deliver as act
    from qacli.improve.feedback.items import Items

    given = validate(yaml.read(items), Items) if items else None
    held, starts = _when(context, on)
    if not starts and held == context.workspace.clock().date():
        starts = context.workspace.clock()
    outcome = context.commit(partial(act, feedback=feedback, on=held, means=means, given=given, starts=starts))
    if outcome.rows:
        context.say(f"{feedback} delivered on {held}; the colleague can now answer: qacli feedback reply {feedback}")


@command(app, writes=True)
def reply(
    context: Context,
    feedback: SHEET,
    words: Annotated[str, typer.Option(help="Your own words.")],
    agree: Annotated[
        Literal["yes", "partly", "no"] | None, typer.Option(help="Whether you see it the same way.")
    ] = None,
    item: Annotated[int, typer.Option(min=0, help="To one item of the sheet, from 1; else to the whole.")] = 0,
) -> None:
    """Reply to feedback in your own words. Only the colleague can."""
    from qacli.improve.feedback.answering import reply as act

    if context.commit(partial(act, feedback=feedback, words=words, agree=agree or "", item=item)).rows:
        context.say(f"{context.workspace.actor} replied to {feedback}{context.recorded_by}")


@command(app, writes=True)
def decline(
    context: Context,
    feedback: SHEET,
    words: Annotated[str, typer.Option(help="Why, where it is known; who gave the feedback has to say it.")] = "",
) -> None:
    """Record that there will be no reply. By the colleague, or by whoever gave the feedback, who says why."""
    from qacli.improve.feedback.answering import decline as act

    if context.commit(partial(act, feedback=feedback, words=words)).rows:
        context.say(
            f"{feedback} has no reply, and it is said why{context.recorded_by}"
            if words
            else f"{feedback} has no reply{context.recorded_by}"
        )


@command(app, writes=True)
def ack(context: Context, feedback: SHEET) -> None:
    """Acknowledge feedback, once it has its reply. Or once the colleague has declined to give one."""
    from qacli.improve.feedback.answering import acknowledge

    if context.commit(partial(acknowledge, feedback=feedback)).rows:
        context.say(f"{feedback} acknowledged by {context.workspace.actor}")


@command(app, "list")
def list_(context: Context) -> None:
    """List feedback: whose, when, how old, and how far it is."""
    from qacli.improve.feedback.sheet import Feedback, age_in_days, due, events, held_on, own_view

    view = context.workspace.view()
    open_ = {sheet.id for sheet in due(view)}

    def when(sheet: Any, kind: str) -> Any:
        found = events(view, sheet.id, kind)
        return found[-1].on if found else None

    rows = [
        (
            sheet.id,
            sheet.colleague,
            held_on(view, sheet),
            sheet.observations,
            age_in_days(view, sheet) if sheet.id in open_ else None,
            "yes" if own_view(view, sheet.id) else "no",
            *(when(sheet, kind) for kind in ("delivered", "replied", "declined", "acknowledged")),
        )
        for sheet in view.current(Feedback)
    ]
    columns = ("feedback", "colleague", "on", "observations", "age", "own view", "delivered", "replied", "declined")
    context.show("feedback", (*columns, "acknowledged"), rows)


@command(app)
def ratio(
    context: Context,
    from_: Annotated[str, typer.Option("--from", help="First day of the talks.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day of the talks.")] = "",
) -> None:
    """Show how praise and points to work on balance. By who gave them, with the delay and how many replied."""
    from qacli.improve.feedback.ratio import balances

    found = balances(context.workspace.view(), *days(from_, to))
    rows = [
        (
            each.evaluator,
            each.feedback,
            each.strengths,
            each.developments,
            None if each.ratio is None else round(each.ratio, 2),
            each.bare,
            each.delay,
            each.own_views,
            each.replied,
            each.declined,
        )
        for each in found
    ]
    counts = ("evaluator", "feedback", "strengths", "to work on", "ratio", "without a strength")
    context.show("feedback-ratio", (*counts, "median days", "own views", "replied", "declined"), rows)
    context.tell(
        "ratio: strengths for each point to work on, of the talks that were held; empty where there was none to work on. "
        "median days: from the observation to the talk"
    )
