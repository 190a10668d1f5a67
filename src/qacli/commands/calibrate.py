"""``qacli calibrate``: several people score the same items unseen by each other; then they compare and agree."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.entering import Total, Tui, Way
from qacli.commands.options import day, days
from qacli.model import UsageError

if TYPE_CHECKING:
    from qacli.monitor.calibrating.minuting import Decided

app = new_app("Score the same items apart, unseen; compare, and agree how criteria are read.")
SESSION = Annotated[str, typer.Argument(metavar="SESSION", help="Id of a calibration, for example k_5a.")]
By = Literal["criterion", "evaluator", "severity", "session", "difference", "minute"]


@command(app, "open", writes=True)
def open_(
    context: Context,
    items: Annotated[str, typer.Option(help="How many to draw, or which: t_4k-2,t_4k-5.")],
    evaluators: Annotated[str, typer.Option(help="Who scores them: p_ev1,p_ev2.")],
    expert: Annotated[str, typer.Option(help="With whom they are compared; scores them blind as well.")] = "",
    scorecard: Annotated[str, typer.Option(help="Draw only items of this scorecard.")] = "",
    since: Annotated[str, typer.Option(help="Draw only items of samples since this day; else of 28 days.")] = "",
    due: Annotated[str, typer.Option(help="Day by which all have scored, if not as qacli.yaml says.")] = "",
    seed: Annotated[str, typer.Option(help="What the draw is made from, if not the day and the scorers.")] = "",
) -> None:
    """Open a calibration: items of recent samples, scored or not, that each scorer scores without seeing the others."""
    from datetime import timedelta

    from qacli.commands.calibrate_scoring import counted
    from qacli.commands.items import opted_out
    from qacli.monitor.calibrating.calibration import Calibration, CalibrationItem
    from qacli.monitor.calibrating.opening import Asked, open_session
    from qacli.monitor.sampling.draw import Item

    view = context.workspace.view()
    today = view.now.date()
    people = _listed(evaluators)
    asked = Asked(
        people,
        expert,
        day(due) if due else today + timedelta(days=view.settings.thresholds.calibrate_within),
        int(items) if items.isdecimal() else 0,
        () if items.isdecimal() else _listed(items),
        day(since) if since else today - timedelta(days=28),
        scorecard,
        seed or " ".join(["calibration", str(today), *sorted({*people, expert} - {""})]),
    )
    gone = opted_out(context, asked.named or [item.id for item in view.current(Item)])
    outcome = context.commit(partial(open_session, asked=asked, opted_out=gone))
    taken = [row.item for row in outcome.rows if isinstance(row, CalibrationItem)]
    for row in outcome.rows:
        if isinstance(row, Calibration):
            drawn = f", drawn from {row.pool} by '{row.seed}'" if row.pool is not None else ""
            context.say(f"{row.id}: {counted(len(taken))}{drawn}; due {row.due}: {' '.join(taken)}")
            context.tell(f"each of {', '.join(asked.people)}: qacli calibrate score {row.id} --as PERSON")


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


@command(app, writes=True)
def score(
    context: Context,
    session: SESSION,
    from_: Annotated[
        list[Path] | None,
        typer.Option("--from", metavar="FILE", help="Filled forms as of qacli score; may be repeated."),
    ] = None,
    seal: Annotated[bool, typer.Option("--seal", help="Seal what is scored, although items are left.")] = False,
    unsealed: Annotated[
        bool, typer.Option("--unsealed", help="Record scores after the others were revealed: marked, in no figure.")
    ] = False,
    tui: Tui = None,
    total: Total = False,
) -> None:
    """Score the items of a calibration blind: nobody sees it before all are in, and it is not changed once it is sealed."""
    from qacli.commands.calibrate_scoring import askable, became, counted, given_of, sealed
    from qacli.commands.entering import refuse_nothing_asked
    from qacli.monitor.calibrating.blind import refuse_scoring
    from qacli.monitor.calibrating.calibration import standing
    from qacli.workspace.sealed import read_sealed, unfinished

    way = Way(tui, total)
    if from_:
        refuse_nothing_asked(way, "--from")
    workspace = context.workspace
    read = partial(read_sealed, workspace.folder, session)
    view = workspace.view(writing=True)
    found = standing(view, session)
    refuse_scoring(found, workspace.actor, read, unsealed=unsealed)
    items = askable(context, view, found)
    given = given_of(context, view, found, items, from_ or [], way)
    left = [name for name in items if name not in given]
    if not given or (left and not seal):
        for item, answers in () if context.dry_run else given.items():
            unfinished(workspace.folder, session, item, workspace.actor).save(dict(answers))
        context.say(f"{len(given)} of {counted(len(items))} scored, kept as a draft; left: {' '.join(left)}")
        return
    outcome = sealed(context, session, given, unsealed=unsealed)
    for line in became(session, outcome, left):
        context.say(line)


@command(app, writes=True)
def reveal(
    context: Context,
    session: SESSION,
    partial_: Annotated[
        str, typer.Option("--partial", help="Reveal without those who are not in, for this reason.", metavar="WHY")
    ] = "",
) -> None:
    """Reveal what was sealed. The last who seals reveals it too; this is for sessions that stay incomplete."""
    from qacli.monitor.calibrating.calibration import Reveal
    from qacli.monitor.calibrating.revealing import reveal as act
    from qacli.workspace.sealed import read_sealed, remove_sealed

    folder = context.workspace.folder
    read = partial(read_sealed, folder, session)
    outcome = context.commit(partial(act, session=session, read=read, partial=partial_))
    told = [row.scorer for row in outcome.rows if isinstance(row, Reveal)]
    if outcome.seq:
        remove_sealed(folder, session, told)
    if told:
        context.say(f"{session} revealed: {', '.join(told)}; see: qacli calibrate report {session}")


@command(app, writes=True)
def minute(
    context: Context,
    session: SESSION,
    agreed: Annotated[str, typer.Option(help="Who agreed: p_ev1,p_ev2,p_qm1.")],
    item: Annotated[str, typer.Option(help="Item that was talked about, for example t_4k-2.")] = "",
    criterion: Annotated[str, typer.Option(help="Criterion that was talked about.")] = "",
    answer: Annotated[str, typer.Option(help="What it deserves: a point of the scale, or na.")] = "",
    reading: Annotated[str, typer.Option(help="How the criterion is read from now on, and why.")] = "",
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="CSV of many: columns item, criterion, answer, reading."),
    ] = None,
) -> None:
    """Record what the session agreed on, by whom. A minute stands for good."""
    from qacli.monitor.calibrating.minuting import Decided
    from qacli.monitor.calibrating.minuting import minute as act

    one = (item, criterion, answer, reading)
    if bool(from_) == any(one):
        raise UsageError(
            "say what was agreed, or name a file of it",
            help='--item t_4k-2 --criterion ph-idv --answer met --reading "...", or --from FILE',
        )
    decided = _decided(from_) if from_ else [Decided(*one)]
    outcome = context.commit(partial(act, session=session, decided=decided, agreed=_listed(agreed)))
    if outcome.rows:
        context.say(f"{outcome.first}: {len(decided)} reading{'s' * (len(decided) != 1)} of {session} agreed")


def _decided(path: Path) -> list[Decided]:
    from qacli.files import csv
    from qacli.monitor.calibrating.minuting import Decided

    return [Decided(*(cell.strip() for cell in row.cells)) for row in csv.handed_in(path, columns=Decided._fields)]


@command(app, writes=True)
def close(
    context: Context,
    session: SESSION,
    reason: Annotated[str, typer.Option(help="Why; needed where it was never revealed.")] = "",
) -> None:
    """Close a calibration: it takes no more scores and no more minutes."""
    from qacli.monitor.calibrating.minuting import close as act

    outcome = context.commit(partial(act, session=session, reason=reason))
    if outcome.rows:
        context.say(f"{session} closed")


@command(app, "list")
def list_(context: Context) -> None:
    """List the calibrations: how far each has come, who is in and who is still to come."""
    from qacli.monitor.calibrating.calibration import standings

    rows = [
        (
            each.calibration.id,
            each.calibration.at,
            len(each.items),
            each.state,
            each.calibration.due,
            " ".join(each.sealed),
            " ".join(each.missing),
            " ".join(row.scorer for row in each.revealed if not row.sealed),
        )
        for each in standings(context.workspace.view())
    ]
    columns = ("calibration", "opened", "items", "state", "due", "sealed", "to come", "unsealed")
    context.show("calibrations", columns, rows)


@command(app)
def report(
    context: Context,
    session: Annotated[
        str, typer.Argument(metavar="[SESSION]", help="One calibration; else all of this quarter.")
    ] = "",
    by: Annotated[By | None, typer.Option(help="One table only; else all, and by criterion on a pipe.")] = None,
    from_: Annotated[str, typer.Option("--from", help="First day on which a session was revealed.")] = "",
    to: Annotated[str, typer.Option(help="Last day.")] = "",
    weights: Annotated[
        Literal["linear", "ordinal", "quadratic"],
        typer.Option(help="How far apart two degrees of a scale count, in AC2."),
    ] = "linear",
) -> None:
    """Report how far the scorers agree on each criterion, who is strict or lenient, and what to talk about first."""
    from qacli.commands.calibrate_report import Report, chosen

    view = context.workspace.view()
    first, last = days(from_, to)
    found = Report(view, chosen(view, session, first, last), brief=context.for_people, weights=weights)
    parts = [by] if by else list(found.TABLES) if context.for_people else ["criterion"]
    for part in parts:
        table = found.table(part)
        if not table.rows and not by and context.for_people:
            continue
        context.show(f"calibration-{part}", table.columns, table.rows, title=table.title)
        if context.for_people and len(parts) > 1:
            context.say("")
    for line in found.notes(parts):
        context.tell(line)
