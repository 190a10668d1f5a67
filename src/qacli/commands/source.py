"""``qacli source``: connect exports of transactions, and see how they are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.model import UsageError

if TYPE_CHECKING:
    from qacli.sources.check import SourceReport
    from qacli.workspace.connect import Connected

SYSTEM_FIELDS = ("transaction", "started_at", "colleague", "channel", "seconds")
app = new_app("Connect exports of transactions and check how they are read.")


@command(app, slow=True)
def add(
    context: Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An export: CSV, .csv.gz or Parquet.")],
    name: Annotated[str, typer.Option(help="Name of the profile to write; else the system, else telephony.")] = "",
    system: Annotated[str, typer.Option(help="System that made the export: qacli source systems lists them.")] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(help="FIELD=COLUMN where a column is not recognised, FIELD=DATE+TIME where two hold it."),
    ] = None,
    dates: Annotated[
        Literal["d/m/y", "m/d/y"] | None, typer.Option(help="Order of dates where no cell of the file decides it.")
    ] = None,
    encoding: Annotated[
        Literal["cp1252"] | None, typer.Option(help="How the file was saved, where it is not UTF-8.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Show the profile and what would be written; write nothing.")
    ] = False,
) -> None:
    """Read an export for the first time: propose a mapping profile, name the source in qacli.yaml, list its people."""
    from qacli.engine.connection import connect
    from qacli.sources.propose import propose
    from qacli.workspace.connect import connecting, new_profile, relative, write
    from qacli.workspace.connect import system as known_system
    from qacli.workspace.populations import TRANSACTIONS

    workspace = context.workspace
    name = name or system or "telephony"
    made_by = known_system(system) if system else None
    where, target = relative(workspace, file), new_profile(workspace, name)
    with connect() as connection:
        proposal = propose(
            connection,
            [file],
            workspace.zone,
            id=name,
            owner=workspace.actor,
            today=workspace.clock().date(),
            columns=_columns(column or []),
            dates=dates,
            encoding=encoding,
            system=made_by,
        )
    connected = connecting(workspace, TRANSACTIONS, where, proposal)
    if not dry_run:
        write(workspace, connected)
    context.say(_described(proposal.report))
    for finding in proposal.report.findings:
        context.tell(finding)
    _say_written(context, target.relative_to(workspace.folder), connected, dry_run)
    if dry_run:
        context.say(proposal.text.rstrip("\n"))
    if not connected.named:
        context.tell(
            f"qacli.yaml has a source already; to use this one, write there:\n"
            f"  {TRANSACTIONS}: {{path: {where}, profile: {name}}}"
        )


def _say_written(context: Context, profile: Path, connected: Connected, dry_run: bool) -> None:
    wrote, people = "would write" if dry_run else "wrote", connected.people
    context.say(f"{wrote} {profile}; read it, then: qacli source check")
    if people:
        lines = f"{len(people)} new lines in people.csv ({people[0]} to {people[-1]})"
        if len(people) == 1:
            lines = f"1 new line in people.csv ({people[0]})"
        context.say(f"{wrote} {lines}: fill in names, or leave them out")


def _columns(pairs: list[str]) -> dict[str, str]:
    from qacli.sources.profile import FIELDS

    found = {}
    for pair in pairs:
        field, is_, name = pair.partition("=")
        if not is_ or not name:
            raise UsageError(
                f"--column {pair} names no column", help="write FIELD=COLUMN, for example --column colleague=agent_id"
            )
        if field not in FIELDS["transactions"]:
            raise UsageError(
                f"'{field}' is no field of transactions", help=f"one of: {', '.join(FIELDS['transactions'])}"
            )
        found[field] = name
    return found


@command(app)
def systems(context: Context) -> None:
    """List the systems whose exports are known, and the columns that hold what is sampled."""
    from qacli.workspace.connect import systems as known

    rows = [
        (
            profile.id,
            *(profile.columns[field].named if field in profile.columns else "" for field in SYSTEM_FIELDS),
            profile.time_zone or "local",
        )
        for profile in known()
    ]
    context.show("systems", ("system", *SYSTEM_FIELDS, "times"), rows)


@command(app, slow=True)
def check(context: Context) -> int:
    """Read the source again under its profile and say what was found. 1 where something is worth a look."""
    from qacli.engine.connection import connect
    from qacli.sources.check import check as look
    from qacli.workspace.populations import TRANSACTIONS, profile_of, source_of

    workspace = context.workspace
    source, paths = source_of(workspace, TRANSACTIONS)
    profile = profile_of(workspace, source, TRANSACTIONS)
    known = {"colleague": [line.source_id for line in workspace.people if line.source in {"", profile.id}]}
    with connect() as connection:
        report = look(connection, paths, profile, workspace.zone, known)
    if context.for_programs:
        context.show("source", ("field", "column", "found"), [tuple(column) for column in report.columns])
    else:
        context.say(_described(report))
    for finding in report.findings:
        context.tell(finding)
    return 1 if report.findings else 0


def _described(report: SourceReport) -> str:
    lines = "" if report.lines is None else f" in {report.lines:,} lines"
    delimiter = f", {report.delimiter}" if report.delimiter else ""
    text = [
        f"read {report.records:,} records{lines}, {report.transactions:,} transactions, {report.encoding}{delimiter}"
    ]
    width = max(len(column.field) for column in report.columns)
    other = max(len(column.column) for column in report.columns)
    text += [f"  {column.field:<{width}} <- {column.column:<{other}}  {column.words}" for column in report.columns]
    if report.left_out:
        text.append(f"  left out: {', '.join(report.left_out)}")
    return "\n".join(text)
