"""``qacli notice``: tell people of monitoring, prove it, see on which days nobody was told and who is lost by that."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.adding import tell_written, written
from qacli.commands.context import Context, command, new_app
from qacli.commands.options import day, days, not_a_date, refuse_stranger
from qacli.commands.untold import counts, gap_in_words, legend, length, losses, monitored, period_asked, standing_row
from qacli.model import QacliError, UsageError

if TYPE_CHECKING:
    from qacli.prepare.notices.notice import Notice, Told

app = new_app("Tell people of monitoring, prove it, see on which days nobody was told.")
NOTICE = Annotated[str, typer.Argument(metavar="NOTICE", help="Id of a notice, for example n-chat-2.")]
PERSON = Annotated[str, typer.Argument(metavar="PERSON", help="Person id of a colleague.")]
FROM = Annotated[str, typer.Option("--from", help="First day to look at; else the start of this quarter.")]
TO = Annotated[str, typer.Option("--to", help="Last day to look at; else the end of this quarter.")]


@command(app, writes=True)
def add(
    context: Context,
    notice: NOTICE,
    audience: Annotated[Literal["customers", "colleagues"] | None, typer.Option(help="Who is told.")] = None,
    channel: Annotated[str, typer.Option(help="Channel on which it is given; all for colleagues.")] = "",
    from_: Annotated[str, typer.Option("--from", help="First day on which people are told.")] = "",
    to: Annotated[str, typer.Option(help="Last day; left out: open.")] = "",
    wording: Annotated[str, typer.Option(help="The words that people hear or read.")] = "",
    delivered_by: Annotated[str, typer.Option(help="How it reaches people: announcement before the queue.")] = "",
    purpose: Annotated[str, typer.Option(help="Why you monitor; else as qacli.yaml says.")] = "",
    lawful_basis: Annotated[str, typer.Option(help="Lawful basis; else as qacli.yaml says.")] = "",
    dpia: Annotated[str, typer.Option(help="Reference of the assessment; else as qacli.yaml says.")] = "",
    acknowledge: Annotated[
        bool, typer.Option("--acknowledge", help="It counts for a colleague only once acknowledged.")
    ] = False,
    mystery_shop: Annotated[
        bool, typer.Option("--mystery-shop", help="It tells colleagues of mystery shopping as well.")
    ] = False,
    uses: Annotated[str, typer.Option(help="What the results are used for; mystery shopping needs it.")] = "",
    proof: Annotated[bool, typer.Option("--proof", help="It counts only from its first proof of delivery.")] = False,
    version: Annotated[str, typer.Option(help="Version, where the id is there already.")] = "1",
    review_by: Annotated[str, typer.Option(help="Day by which you look at it again.")] = "",
) -> None:
    """Write a notice into definitions/notices.yaml, below what is there. What is missing is asked for on a terminal.

    One that begins before today, and that nobody acknowledges, requires proof of delivery: days without it stay a gap.
    """
    from qacli.commands.notice_form import completed

    said = {"wording": wording, "purpose": purpose, "lawful_basis": lawful_basis, "dpia": dpia, "uses": uses}
    given = {
        "id": notice,
        "version": version,
        "from": from_,
        "to": to,
        "review_by": review_by,
        "audience": audience or "",
    }
    given |= {"channel": channel, **said, "delivered_by": delivered_by, "acknowledge": "yes" if acknowledge else ""}
    settings = completed(context.workspace, given)
    late = not acknowledge and str(settings["from"]) < str(context.workspace.clock().date())
    settings["covers"] = ["monitoring", "mystery-shop"] if mystery_shop else []
    settings["proof"] = "required" if proof or late else ""
    added = written(context, "notice", settings)
    if late and not proof and not added.there:
        context.tell("it begins before today, so it counts only from a proof of delivery")
    tell_written(context, added, _next(added.item.model))


def _next(notice: Notice) -> str:
    if notice.proof == "required":
        return f'it counts from its first proof: qacli notice deliver {notice.id} --reference "..."'
    if notice.acknowledge:
        return f"each colleague: qacli notice ack {notice.id} --as PERSON"
    return "days without a notice: qacli notice gaps"


@command(app, "list")
def list_(context: Context) -> None:
    """List the notices with their days, how many colleagues acknowledged each, and its first proof of delivery."""
    from collections import Counter

    from qacli.prepare.notices.delivery import Delivery, first_proofs
    from qacli.prepare.notices.notice import Acknowledgement

    view = context.workspace.view()
    count = Counter(row.notice for row in view.current(Acknowledgement))
    proofs = first_proofs(view.current(Delivery))
    rows = [
        (
            notice.reference,
            notice.audience,
            notice.channel,
            notice.from_,
            notice.to,
            count[notice.reference] if notice.acknowledge else None,
            proofs.get(notice.reference) or ("required" if notice.proof == "required" else None),
        )
        for notice in view.definitions("notice")
    ]
    context.show("notices", ("notice", "audience", "channel", "from", "to", "acknowledged", "proved"), rows)


@command(app, writes=True)
def ack(
    context: Context,
    notice: Annotated[str, typer.Argument(metavar="NOTICE", help="Id of a notice to colleagues.")],
    on: Annotated[str, typer.Option(help="Day of acknowledging, if not today: 2026-05-21.")] = "",
    means: Annotated[str, typer.Option(help="How it was given, for example: in person, e-learning.")] = "in person",
    from_: Annotated[
        Path | None, typer.Option("--from", help="CSV of many: columns person, on, means.", metavar="FILE")
    ] = None,
) -> None:
    """Record that you acknowledged a notice, or many at once from a file."""
    from qacli.prepare.notices.notice import acknowledge, acknowledge_all

    if from_:
        outcome = context.commit(partial(acknowledge_all, notice=notice, lines=_told(from_)))
    else:
        acknowledged = day(on) if on else context.workspace.clock().date()
        outcome = context.commit(
            partial(acknowledge, notice=notice, persons=[context.workspace.actor], means=means, on=acknowledged)
        )
    if outcome.rows:
        context.say(f"{len(outcome.rows)} acknowledgement{'s' * (len(outcome.rows) != 1)} of {notice} recorded")


def _told(path: Path) -> list[Told]:
    from qacli.files import csv
    from qacli.files.faults import FileFaults
    from qacli.prepare.notices.notice import Told

    told, faults = [], []
    for row in csv.handed_in(path, columns=("person", "on", "means")):
        try:
            told.append(Told(row.cells[0], date.fromisoformat(row.cells[1]), row.cells[2]))
        except ValueError:
            faults.append(not_a_date(path, row, row.cells[1], "B"))
    if faults:
        raise FileFaults(faults)
    return told


@command(app, writes=True)
def deliver(
    context: Context,
    notice: NOTICE,
    reference: Annotated[str, typer.Option(help="Where the proof can be looked up: IVR log 2026-05-11, prompt 12.")],
    on: Annotated[str, typer.Option(help="Day on which it reached people, if not today.")] = "",
    means: Annotated[str, typer.Option(help="How it was given, if not as the notice says.")] = "",
) -> None:
    """Record what proves that a notice reached people. One that requires proof counts from the first."""
    from qacli.prepare.notices.delivery import deliver as act

    reached = day(on) if on else context.workspace.clock().date()
    outcome = context.commit(partial(act, notice=notice, on=reached, reference=reference, means=means))
    if outcome.rows:
        context.say(f"{outcome.first}: proof of {notice} on {reached} recorded")


@command(app)
def gaps(context: Context, from_: FROM = "", to: TO = "") -> int:
    """List the days on which customers of a channel had not been told, with their transactions. 1 where there are any."""
    from qacli.prepare.notices.delivery import told
    from qacli.prepare.notices.notice import gaps as find

    view = context.workspace.view()
    period = period_asked(view, from_, to)
    notices = told(view)
    found = find(notices, sorted(monitored(view)), period.first, period.last)
    numbers, opted = counts(context, found, period)
    if context.for_programs:
        columns = ("channel", "from", "to", "days", "transactions")
        context.show("notice-gaps", columns, [(*gap, length(gap), n) for gap, n in zip(found, numbers, strict=True)])
    else:
        for gap, n in zip(found, numbers, strict=True):
            context.say(gap_in_words(view.definitions("notice"), notices, gap, n))
    if opted:
        context.tell(opted)
    return 1 if found else 0


@command(app)
def opt_outs(
    context: Context,
    by: Annotated[
        Literal["channel", "reason", "colleague"], typer.Option(help="What the loss is told by.")
    ] = "channel",
    from_: FROM = "",
    to: TO = "",
) -> None:
    """Show whom monitoring loses because customers opted out, against those it keeps: a sample cannot see them."""
    from qacli.workspace.populations import OPT_OUTS, open_transactions

    workspace = context.workspace
    if OPT_OUTS not in workspace.settings.sources:
        raise QacliError(
            "qacli.yaml names no list of customers who opted out",
            help=f"write below sources: {OPT_OUTS}: {{path: exports/optouts.csv, profile: optouts}}",
        )
    period = period_asked(workspace.view(), from_, to)
    with open_transactions(workspace) as opened:
        found = losses(context, opened, by, period)
    rows = [
        (
            loss.group,
            loss.transactions,
            loss.opted_out,
            *(None if share is None else 100 * share for share in (*loss.share[:3], loss.of_lost, loss.of_kept)),
            loss.verdict,
        )
        for loss in found
    ]
    columns = (by, "transactions", "opted out", "% opted out", "low", "high", "% of lost", "% of kept", "verdict")
    context.show("opt-outs", columns, rows, title=f"Opted out, {period.describe()}")
    confidence = workspace.settings.thresholds.confidence
    context.tell(
        f"low and high: Wilson's {confidence} % interval of the share that opted out; the verdicts hold at {confidence} % "
        "for all groups together"
    )


@command(app)
def status(
    context: Context,
    on: Annotated[str, typer.Option(help="Day to look at, if not today.")] = "",
    within: Annotated[int, typer.Option(min=0, help="Amber: it ends within so many days.")] = 30,
    from_: FROM = "",
    to: TO = "",
) -> int:
    """Show who is told: green, amber or red for each channel and colleague, with a calendar. 1 where one is red."""
    from qacli.prepare.notices.delivery import told
    from qacli.prepare.notices.notice import Acknowledgement
    from qacli.prepare.notices.standing import Window, standings
    from qacli.prepare.period import Period, in_words, period_of

    view = context.workspace.view()
    looked = day(on) if on else view.now.date()
    quarter = period_of("quarter", looked)
    first, last = days(from_, to)
    window = Window(looked, first or quarter.first, last or quarter.last, within)
    found = standings(told(view), view.current(Acknowledgement), view.people, monitored(view), window)
    if context.for_people:
        columns = ("who", "light", "told until", "days left", f"{window.first} to {window.last}")
        rows = [standing_row(each, window) for each in found]
        context.show("notice-status", columns, rows, title=f"Notices on {in_words(looked)}")
        context.tell(legend(window))
        if all(each.audience == "customers" for each in found):
            context.tell("no colleague has an agent id in people.csv, so nobody's acknowledgement is looked for")
    else:
        stretches = [(each.audience, *each[1:]) for standing in found for each in standing.stretches]
        context.show("notice-status", ("audience", "who", "light", "from", "to"), stretches)
    if opted := counts(context, (), Period("", window.first, window.last))[1]:
        context.tell(opted)
    return 1 if any(each.light == "red" for each in found) else 0


@command(app, writes=True)
def adjust(
    context: Context,
    person: PERSON,
    needs: Annotated[str, typer.Option(help="What is done differently, never why; no condition is named.")] = "",
    from_: Annotated[str, typer.Option("--from", help="First day, if not today.")] = "",
    to: Annotated[str, typer.Option(help="Last day; left out: open.")] = "",
    end: Annotated[str, typer.Option(help="End what is in force: its last day.", metavar="DAY")] = "",
) -> None:
    """Record what is done differently when a colleague's work is judged; whoever scores it is shown that first."""
    from qacli.prepare.notices.adjustment import adjust as act
    from qacli.prepare.notices.adjustment import end_adjustments

    if bool(needs) == bool(end):
        raise UsageError("say what is done differently, or end it", help='--needs "..." or --end DAY')
    first, last = days(from_, to)
    if end:
        outcome = context.commit(partial(end_adjustments, person=person, last=day(end)))
    else:
        start = first or context.workspace.clock().date()
        outcome = context.commit(partial(act, person=person, needs=needs, first=start, last=last))
    if outcome.rows:
        context.say(f"{outcome.first}: adjustment for {person} {'ends on ' + end if end else 'recorded'}")


@command(app)
def adjustments(
    context: Context, for_: Annotated[str, typer.Option("--for", help="Only of this colleague.", metavar="PERSON")] = ""
) -> None:
    """List what is done differently for whom, from when to when."""
    from qacli.prepare.notices.adjustment import Adjustment

    view = context.workspace.view()
    refuse_stranger(view, for_)
    rows = [
        (row.id, row.person, row.needs, row.first, row.last)
        for row in view.current(Adjustment)
        if for_ in {"", row.person}
    ]
    context.show("adjustments", ("adjustment", "person", "what is done differently", "from", "to"), rows)
