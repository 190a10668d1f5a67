"""``qacli finding``: what the routine samples put on watch, and what fresh checks made of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qacli.govern.duties.duty import Duty
    from qacli.model import View
    from qacli.prepare.period import Period
    from qacli.understand.patterns.finding import Finding, Look, Standing

    Say = Callable[[str, str], None]

app = new_app("Look for what stands out, put it on watch, confirm or dismiss it by fresh checks.")
FINDING = Annotated[str, typer.Argument(metavar="FINDING", help="Id of a finding, for example w_5c.")]
COLUMNS = ("finding", "status", "kind", "colleague", "channel", "criterion", "n", "failed", "effect", "low", "high")
FURTHER = (
    "scorecard", "n_other", "failed_other", "since", "until", "since_low", "since_high", "spread", "p", "adjusted", "method",
    "first", "last", "look",
)  # fmt: skip
"""Columns for programs; a terminal has no room for them."""
EFFECT = "effect: of rise and apart in per cent more that failed, of fall in points of 100 a week; with 95 % limits"


@command(app, writes=True, slow=True)
def look(
    context: Context,
    period: Annotated[
        str, typer.Option(metavar="MONTH", help="A month that is over; its look reaches back a quarter. Else the last.")
    ] = "",
) -> None:
    """Look once at the routine samples of a quarter, and put on watch what stands out. qacli run does it each month.

    Every criterion over time, every colleague over time and every colleague on each criterion is tested, and counted.
    """
    from qacli.prepare.period import last_whole, parse_period
    from qacli.understand.patterns.telling import look_in_words

    asked = parse_period(period) if period else last_whole("month", context.workspace.clock().date())
    made = _looked(context, asked, lambda _, line: context.say(line))
    if made:
        context.tell(look_in_words(made))


def _looked(context: Context, period: Period, say: Say) -> Look | None:
    """Look, say what was raised, and return the record of the look."""
    from qacli.understand.patterns.finding import Finding, Look
    from qacli.understand.patterns.raising import raise_watches

    rows = context.commit(partial(raise_watches, period=period)).rows
    for row in rows:
        if isinstance(row, Finding):
            tell_raised(context, row, say)
    return next((row for row in rows if isinstance(row, Look)), None)


def look_and_settle(context: Context, due: Sequence[Duty], say: Say) -> list[Duty]:
    """Do the looks that are due, and answer what fresh checks can answer; return what was refused, with the reason.

    ``say`` hears the id of each finding and what became of it.
    """
    from qacli.prepare.period import parse_period
    from qacli.understand.patterns.raising import LookedAlready

    refused = []
    for duty in due:
        try:
            if duty.kind == "look":
                _looked(context, parse_period(duty.subject), say)
        except LookedAlready:
            continue  # another run was faster: it was done, and there is nothing to tell
        except Refusal as refusal:
            words = f"the look of {duty.subject} cannot be made: {refusal.message}"
            refused.append(duty._replace(key=f"{duty.key}/{refusal.rule}", words=words, command=""))
    if any(duty.kind == "settle" for duty in due):
        _settled(context, say)
    return refused


def tell_raised(context: Context, finding: Finding, say: Say) -> None:
    """Say a finding that was put on watch, and what confirms it."""
    from qacli.understand.patterns.telling import statement

    say(finding.id, f"watch {finding.id or '(dry run)'} raised: {statement(finding, finding.first, finding.last)}")
    context.tell(f"  to confirm: qacli sample confirm {finding.id}")


@command(app, writes=True)
def settle(context: Context) -> None:
    """Record what fresh checks say of what is on watch, once all of them are scored. qacli run does it."""
    if not _settled(context, lambda _, line: context.say(line)):
        context.tell("nothing to settle: no fresh checks of a finding on watch are all scored")


def _settled(context: Context, say: Say) -> bool:
    """Record and say what fresh checks answer; return whether they answered anything."""
    from qacli.understand.patterns.answering import settle as act
    from qacli.understand.patterns.finding import FindingEvent
    from qacli.understand.patterns.telling import answer_in_words

    rows = context.commit(act).rows
    for row in rows:
        if isinstance(row, FindingEvent):
            say(row.finding, f"{row.finding} {answer_in_words(row)}")
    return bool(rows)


@command(app, writes=True)
def close(
    context: Context,
    finding: FINDING,
    reason: Annotated[str, typer.Option(help="Why it needs no more attention, for example how it was mended.")],
) -> None:
    """Close a finding: it was mended, or looked into and found to be none. Fresh data may raise it again."""
    from qacli.understand.patterns.finding import close as act

    if context.commit(partial(act, finding=finding, reason=reason)).rows:
        context.say(f"{finding} closed{context.recorded_by}")


@command(app, "list")
def list_(
    context: Context,
    status: Annotated[
        Literal["open", "watch", "confirmed", "dismissed", "closed", "all"],
        typer.Option(help="open: on watch or confirmed."),
    ] = "open",
) -> None:
    """List what stood out, with its status."""
    from qacli.understand.patterns.finding import OPEN, Look, standings
    from qacli.understand.patterns.telling import look_in_words

    view = context.workspace.view()
    wanted = {"open": OPEN, "all": None}.get(status, (status,))
    found = [each for each in standings(view) if wanted is None or each.status in wanted]
    columns = COLUMNS if context.for_people else (*COLUMNS, *FURTHER)
    context.show("findings", columns, [_row(each)[: len(columns)] for each in found])
    if found:
        context.tell(EFFECT)
    looks = view.current(Look)
    if not looks:
        context.tell("nobody has looked yet: qacli finding look, or qacli run after a month is over")
    for each in looks[-1:]:
        context.tell(look_in_words(each))


def _row(each: Standing) -> tuple[object, ...]:
    finding = each.finding
    share = finding.failed is not None
    told = (finding.effect, finding.low, finding.high)
    effects = [100 * value if share and value is not None else value for value in told]
    return (
        finding.id,
        each.status,
        finding.kind,
        finding.colleague,
        finding.channel,
        finding.criterion,
        finding.n,
        finding.failed,
        *effects,
        *(getattr(finding, name) for name in FURTHER),
    )


@command(app)
def show(context: Context, finding: FINDING) -> None:
    """Show a finding: statement, numbers, caution, nearest known events, what fresh checks said."""
    from qacli.understand.patterns.finding import FindingEvent, Look, standing_of
    from qacli.understand.patterns.telling import answer_in_words, cautions, look_in_words, looks_of, statement

    view = context.workspace.view()
    standing = standing_of(view, finding)
    row = standing.finding
    raised = view.one(Look, row.look)
    context.say(f"{row.id} {standing.status}: {statement(row, row.first, row.last)}")
    for line in cautions(row, view.definitions("event"), looks_of(raised)):
        context.say(f"  {line}")
    context.say(f"  {row.method}; {look_in_words(raised)}")
    for event in view.current(FindingEvent):
        if event.finding == row.id:
            context.say(f"  {answer_in_words(event)}")
    _next(context, view, standing)


def _next(context: Context, view: View, standing: Standing) -> None:
    """Tell what can be done about a finding."""
    from qacli.understand.patterns.answering import answered, checks_needed, draws_for
    from qacli.understand.patterns.claim import RISE
    from qacli.understand.patterns.finding import CONFIRMED, WATCH

    name = standing.finding.id
    waiting = next((draw for draw in draws_for(view, name) if not answered(view, name, draw)), "")
    if waiting:
        context.tell(
            f"fresh checks are drawn as {waiting}: qacli sample list --draw {waiting}; once all are scored: qacli run"
        )
    elif standing.status == WATCH:
        context.tell(f"to confirm, with {checks_needed(standing.finding)} fresh checks: qacli sample confirm {name}")
    elif standing.status == CONFIRMED:
        if standing.finding.kind == RISE:
            context.tell(f"why it is so: qacli cause open {name}")
        context.tell(f'once it is mended: qacli finding close {name} --reason "..."')
