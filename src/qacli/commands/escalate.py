"""``qacli escalate``: cases that somebody else has to decide, by trigger, tier and clock; options seen from three sides."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands import escalate_clocks, escalate_ladder, escalate_support
from qacli.commands.context import Context, command, new_app
from qacli.commands.options import moment, number, refuse_stranger
from qacli.govern.escalating.named import Outcome, Reach, Technique

if TYPE_CHECKING:
    from qacli.govern.escalating.case import Case
    from qacli.model import View

app = new_app("Refer what somebody else has to decide: triggers, tiers, clocks; options seen from three sides.")
CASE = Annotated[str, typer.Argument(metavar="ESCALATION", help="Id of an escalated case, for example es_4k.")]
ON = Annotated[str, typer.Option("--on", help="When, if not now: 2026-05-22T16:30.")]
COLUMNS = ("escalation", "state", "next", "by", "left", "risk", "trigger", "case", "tier", "holder", "returns")
FURTHER = ("handovers", "options", "referred by", "received", "urgent")
"""Columns for programs; a terminal has no room for them."""


@command(app)
def triage(
    context: Context, text: Annotated[str, typer.Argument(metavar="TEXT", help="What the customer said or wrote.")]
) -> None:
    """Show which triggers the words of a text point to, with their tier and clocks. A person decides."""
    from qacli.govern.escalating.trigger import triage as pointed

    view = context.workspace.view()
    found = pointed(view, text, view.now.date())
    rows = [
        (
            each.trigger.id,
            each.trigger.title,
            ", ".join(each.words),
            each.trigger.severity,
            each.trigger.tiers[0],
            str(each.trigger.take),
            str(each.trigger.close),
        )
        for each in found
    ]
    context.show("triage", ("trigger", "title", "words", "severity", "tier", "in hand within", "closed within"), rows)
    if not found:
        context.tell("no words of a trigger stand in it; that proves nothing: definitions/escalations.yaml")


@command(app, "open", writes=True)
def open_(
    context: Context,
    trigger: Annotated[
        str, typer.Argument(metavar="TRIGGER", help="What it is: an id of definitions/escalations.yaml.")
    ],
    by: Annotated[str, typer.Option("--by", help="Who could not decide it.", metavar="PERSON")],
    words: Annotated[str, typer.Option(help="What happened.")],
    case: Annotated[str, typer.Option(help="Its reference in the system that holds it.")] = "",
    transaction: Annotated[str, typer.Option(help="The contact in which it came.")] = "",
    decision: Annotated[str, typer.Option(help="What has to be decided, as the matrix of authority names it.")] = "",
    amount: Annotated[str, typer.Option(help="How much of it.")] = "",
    lacked: Annotated[str, typer.Option(help="Why they could not decide, where no limit is the reason.")] = "",
    severity: Annotated[int | None, typer.Option(min=1, max=5, help="How bad; else what the trigger says.")] = None,
    likelihood: Annotated[
        int, typer.Option(min=1, max=5, help="How likely: 1 hardly, 3 possible, 5 it is happening.")
    ] = 3,
    reach: Annotated[Reach, typer.Option(help="How far it reaches; many and public are urgent.")] = "one",
    received: Annotated[str, typer.Option(help="When it came, if not now: 2026-05-22T16:30.")] = "",
    to: Annotated[str, typer.Option("--to", help="Who gets it; else the first of the tier.", metavar="PERSON")] = "",
    skip: Annotated[str, typer.Option(help="Why a tier is passed over.")] = "",
) -> None:
    """Refer a case. Tier and clocks follow from the trigger of the day of receipt, the risk, and who may decide."""
    from qacli.govern.escalating.case import Escalation
    from qacli.govern.escalating.opening import Referred, open_case
    from qacli.workspace.transactions import doubt

    referred = Referred(
        trigger=trigger,
        by=by,
        words=words,
        case=case.strip(),
        transaction=transaction.strip(),
        decision=decision,
        amount=number("--amount", amount) if amount else None,
        lacked=lacked,
        severity=severity,
        likelihood=likelihood,
        reach=reach,
        received=moment(received, context.workspace.zone),
        to=to,
        skip=skip,
    )
    for row in context.commit(partial(open_case, referred=referred)).rows:
        if isinstance(row, Escalation):
            zone = context.workspace.zone
            urgent = ", urgent" if row.urgent else ""
            context.say(
                f"{row.id or '(dry run)'}: {row.trigger}, risk {row.risk}{urgent}, to {row.holder} ({row.tier}); "
                f"in hand by {row.take_by.astimezone(zone):%Y-%m-%d %H:%M}{context.recorded_by}"
            )
            context.tell(f"{row.lacked}; to be closed by {row.close_by.astimezone(zone):%Y-%m-%d}")
            if said := doubt(context.workspace, context.workspace.view(), row.transaction):
                context.tell(f"note: {said}")


@command(app, writes=True)
def take(
    context: Context, escalation: CASE, words: Annotated[str, typer.Option(help="First step.")] = "", on: ON = ""
) -> None:
    """Say that you have a case in hand."""
    from qacli.govern.escalating import handling

    when = moment(on, context.workspace.zone)
    if context.commit(partial(handling.take, escalation=escalation, words=words, on=when)).rows:
        context.say(f"{escalation} taken by {context.workspace.actor}{context.recorded_by}")


@command(app, writes=True)
def acknowledge(
    context: Context,
    escalation: CASE,
    words: Annotated[str, typer.Option(help="How the customer was told.")] = "",
    on: ON = "",
) -> None:
    """Say that the customer was told that it arrived, and by when there is an answer."""
    from qacli.govern.escalating import handling

    when = moment(on, context.workspace.zone)
    if context.commit(partial(handling.acknowledge, escalation=escalation, words=words, on=when)).rows:
        context.say(f"{escalation} acknowledged to the customer{context.recorded_by}")


@command(app, writes=True)
def handover(
    context: Context,
    escalation: CASE,
    to: Annotated[str, typer.Option("--to", help="Who gets it.", metavar="PERSON")],
    words: Annotated[str, typer.Option(help="What was done, and what is open.")],
    skip: Annotated[str, typer.Option(help="Why a tier is passed over.")] = "",
) -> None:
    """Hand a case on. Its holder does, or somebody of a higher tier takes it away; how often it came back is counted."""
    from qacli.govern.escalating import handling
    from qacli.govern.escalating.case import case_of

    if context.commit(partial(handling.handover, escalation=escalation, to=to, words=words, skip=skip)).rows:
        context.say(f"{escalation} handed to {to}{context.recorded_by}")
        found = case_of(context.workspace.view(), escalation)
        if found.returns:
            context.tell(f"ping-pong: it came back {found.returns} of {len(found.handovers)} times")


@command(app, writes=True)
def option(
    context: Context,
    escalation: CASE,
    what: Annotated[str, typer.Option(help="What would be done.")] = "",
    customer: Annotated[str, typer.Option(help="How the customer would see it.")] = "",
    benefit: Annotated[str, typer.Option(help="What the organisation would gain.")] = "",
    risk: Annotated[str, typer.Option(help="What the organisation would risk.")] = "",
    decision: Annotated[str, typer.Option(help="What it grants, as the matrix of authority names it.")] = "",
    amount: Annotated[str, typer.Option(help="How much of it.")] = "",
    of: Annotated[str, typer.Option("--of", help="Complete this option instead of adding one.", metavar="OPTION")] = "",
) -> None:
    """Add a way to settle a case, or complete one: seen by the customer, for its benefit and its risk to you."""
    from qacli.govern.escalating import handling
    from qacli.govern.escalating.case import case_of

    said = handling.Said(what, customer, benefit, risk, decision, number("--amount", amount) if amount else None, of)
    outcome = context.commit(partial(handling.consider, escalation=escalation, said=said))
    if outcome.rows:
        name = of or outcome.first or "(dry run)"
        context.say(f"{name}: option of {escalation} recorded{context.recorded_by}")
        for each in case_of(context.workspace.view(), escalation).options:
            if each.id == name and each.lacks:
                context.tell(f"it lacks: {', '.join(each.lacks)}; qacli escalate option {escalation} --of {name}")


@command(app, writes=True)
def close(
    context: Context,
    escalation: CASE,
    choose: Annotated[str, typer.Option(help="The option that settles it, for example eo_4m.", metavar="OPTION")],
    why: Annotated[str, typer.Option(help="Why this one.")],
    technique: Annotated[Technique, typer.Option(help="How it was dealt with.")],
    outcome: Annotated[Outcome, typer.Option(help="What the customer got.")] = "settled",
    on: ON = "",
) -> None:
    """Settle a case by one of at least two options, each seen from three sides, once the customer has the answer."""
    from qacli.govern.escalating import closing

    when = moment(on, context.workspace.zone)
    act = partial(
        closing.close, escalation=escalation, choose=choose, why=why, technique=technique, outcome=outcome, on=when
    )
    if context.commit(act).rows:
        context.say(f"{escalation} closed, {outcome}{context.recorded_by}")
        context.tell(f"could it come again? qacli cause open {escalation}")


@command(app, "list")
def list_(
    context: Context,
    all_: Annotated[bool, typer.Option("--all", help="Also those that are closed.")] = False,
    for_: Annotated[str, typer.Option("--for", help="Only what this person holds.", metavar="PERSON")] = "",
) -> None:
    """List cases, what is due first at the top: who holds each, what is next by when, how often it came back."""
    from datetime import UTC, datetime

    from qacli.govern.escalating.case import cases

    view = context.workspace.view()
    refuse_stranger(view, for_)
    found = [each for each in cases(view) if (all_ or not each.end) and for_ in {"", each.holder}]
    last = datetime.max.replace(tzinfo=UTC)
    found.sort(key=lambda each: running[0].due if (running := each.running()) else last)
    columns = COLUMNS if context.for_people else (*COLUMNS, *FURTHER)
    context.show("escalations", columns, [_row(view, each)[: len(columns)] for each in found])
    _tell_sums(context, view, found)


def _row(view: View, each: Case) -> tuple[object, ...]:
    from qacli.govern.escalating.telling import left

    row, running = each.escalation, each.running()
    first = running[0] if running else None
    late = each.late(view.now) if each.end else ()
    return (
        row.id,
        each.state,
        first.clock if first else None,
        f"{first.due.astimezone(view.now.tzinfo):%Y-%m-%d %H:%M}" if first else None,
        left(view, first.due) if first else f"late: {' '.join(clock.clock for clock in late)}" if late else "in time",
        row.risk,
        row.trigger,
        row.reference or None,
        each.tier,
        each.holder,
        each.returns,
        len(each.handovers),
        len(each.options),
        row.referred_by,
        f"{row.received.astimezone(view.now.tzinfo):%Y-%m-%d %H:%M}",
        row.urgent,
    )


def _tell_sums(context: Context, view: View, found: list[Case]) -> None:
    overdue = sum(any(not clock.done for clock in each.late(view.now)) for each in found)
    back = sum(each.returns for each in found)
    if found:
        more = f", {back} time{'s' * (back != 1)} handed back" if back else ""
        context.tell(
            f"{len(found)} case{'s' * (len(found) != 1)}, {overdue} overdue{more}; one of them: qacli escalate show ESCALATION"
        )


@command(app)
def show(context: Context, escalation: CASE) -> None:
    """Show a case whole: why it came, clocks, who had it, the options from three sides, how it was settled."""
    from qacli.govern.escalating.case import case_of
    from qacli.govern.escalating.telling import told

    view = context.workspace.view()
    for line in told(view, case_of(view, escalation)):
        context.say(line)


escalate_clocks.join(app)
escalate_support.join(app)
escalate_ladder.join(app)
