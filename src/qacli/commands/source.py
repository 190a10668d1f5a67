"""``qacli source``: connect exports of transactions, and see how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.model import UsageError

if TYPE_CHECKING:
    from qacli.sources.check import SourceReport
    from qacli.sources.profile import Profile
    from qacli.workspace import Workspace
    from qacli.workspace.first_contact import FirstContact

EVIDENT: Mapping[str, str] = MappingProxyType({})
SYSTEM_FIELDS = ("transaction", "started_at", "colleague", "channel", "seconds")
app = new_app("Connect exports of transactions, check how they are read, show a transcript.")


@command(app, slow=True)
def add(
    context: Context,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="An export: CSV, .csv.gz, Parquet, .xlsx or .ods, or a folder of them."),
    ],
    name: Annotated[str, typer.Option(help="Name of the profile to write; else the system, else telephony.")] = "",
    system: Annotated[str, typer.Option(help="System that made the export: qacli source systems lists them.")] = "",
    column: Annotated[
        list[str] | None,
        typer.Option(help="FIELD=COLUMN where a column is not recognised, FIELD=DATE+TIME where two hold it."),
    ] = None,
    dates: Annotated[
        str | None,
        typer.Option(
            metavar="[d/m/y|m/d/y|sheet-days|WAY,WAY]",
            help="How dates are written where no cell decides it; sheet-days: a spreadsheet's count of days; y-m-d,d/m/y: "
            "each in one of these ways.",
        ),
    ] = None,
    encoding: Annotated[
        Literal["cp1252", "latin-1", "utf-16-le", "utf-16-be"] | None,
        typer.Option(help="How the file was saved, where it is not UTF-8."),
    ] = None,
    quoting: Annotated[
        Literal["doubled", "backslash", "none"],
        typer.Option(help="How a quote inside a quoted cell is written; none: quotes mean nothing."),
    ] = "doubled",
    sheet: Annotated[
        str | None, typer.Option(help="Sheet of a spreadsheet to read, where several can be seen.")
    ] = None,
    agents: Annotated[
        Path | None, typer.Option(metavar="FILE", help="List of agents: who is behind each agent id, and the team.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Show the profile and what would be written; write nothing.")
    ] = False,
) -> None:
    """Read an export for the first time: propose a mapping profile, name the source in qacli.yaml, list its people."""
    from qacli.workspace.connect import connected_already, relative, write
    from qacli.workspace.first_contact import Asked, first_contact
    from qacli.workspace.populations import TRANSACTIONS

    workspace = context.workspace
    where = relative(workspace, file)
    before = connected_already(workspace, TRANSACTIONS, where, sheet)
    if before and (name or system or before) == before:
        context.say(f"{where} is connected already, under the profile {before}: nothing to do")
        context.say("to see how it reads: qacli source check")
        return
    name = name or system or "telephony"
    asked = Asked(file, name, system, _columns(column or []), _ways(dates), encoding, quoting, sheet, agents)
    found = first_contact(workspace, asked)
    if not dry_run:
        write(workspace, found.connected)
    context.say(_described(found.proposal.report, found.proposal.sure))
    not_read = [f"not read: {path}, {why}" for path, why in found.left_out]
    for finding in (*found.proposal.report.findings, *found.proposal.notes, *not_read):
        context.tell(finding)
    _say_written(context, found, dry_run)


def _say_written(context: Context, found: FirstContact, dry_run: bool) -> None:
    wrote, people = "would write" if dry_run else "wrote", found.connected.people
    folder = context.workspace.folder
    profiles = [
        path.relative_to(folder) for path in found.connected.files if path.suffix == ".yaml" and path.parent != folder
    ]
    for profile in profiles:
        context.say(f"{wrote} {profile}" + ("; read it, then: qacli source check" if profile == profiles[-1] else ""))
    if people:
        lines = f"{len(people)} new lines in people.csv ({people[0]} to {people[-1]})"
        if len(people) == 1:
            lines = f"1 new line in people.csv ({people[0]})"
        context.say(f"{wrote} {lines}: fill in names, or leave them out")
    if dry_run:
        context.say(found.proposal.text.rstrip("\n"))
    if not found.connected.named:
        lines = "\n".join(f"  {source}: {line}" for source, line in found.lines.items())
        context.tell(f"qacli.yaml has a source already; to use this one, write there:\n{lines}")


def _ways(dates: str | None) -> str | None:
    """Return how dates are written, as it was typed. Raises UsageError for what is no way."""
    from qacli.sources.profile import LOCAL_ORDERS

    ways = [way.strip() for way in dates.split(",")] if dates else []
    alone = ("d/m/y", "m/d/y", "sheet-days")
    if len(ways) == 1 and ways[0] not in alone:
        raise UsageError(f"--dates {dates} decides nothing", help=f"one of {', '.join(alone)}, or a list: y-m-d,d/m/y")
    if unknown := [way for way in ways if way not in LOCAL_ORDERS]:
        raise UsageError(
            f"--dates {', '.join(unknown)} is no way of writing dates", help=f"a list of {', '.join(LOCAL_ORDERS)}"
        )
    return ",".join(dict.fromkeys(ways)) or None


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
    report, left_out = _report(context.workspace)
    findings = [*report.findings, *left_out]
    if context.for_programs:
        context.show("source", ("field", "column", "found"), [tuple(column) for column in report.columns])
    else:
        context.say(_described(report))
    for finding in findings:
        context.tell(finding)
    return 1 if findings else 0


@command(app)
def transcript(
    context: Context,
    transaction: Annotated[
        str, typer.Argument(metavar="TRANSACTION", help="Id of a transaction, as its system has it.")
    ],
) -> None:
    """Show what was said in a transaction, as evaluators see it: without personal numbers, addresses and internal notes."""
    from qacli.model import QacliError
    from qacli.workspace.conversations import transcripts_of

    transcripts = transcripts_of(context.workspace)
    if transcripts is None:
        raise QacliError(
            "qacli.yaml names no transcripts",
            help='name them under sources: transcripts: {path: "transcripts/{transaction}.*"}',
        )
    found = transcripts.read(transaction)
    if found is None:
        raise QacliError(f"there is no transcript of {transaction}", help=f"looked in {transcripts.where}")
    rows = [(turn.number, _clock(turn.seconds), turn.role, turn.text) for turn in found.turns]
    context.show("transcript", ("turn", "time", "role", "words"), rows)
    for said, counts in (("taken out", found.removed), ("left out", found.left_out)):
        if told := ", ".join(f"{n} {what}{'s' * (n != 1)}" for what, n in sorted(counts.items()) if n):
            context.tell(f"{said}: {told}")


def _clock(seconds: int | None) -> str:
    return "" if seconds is None else f"{seconds // 60:02}:{seconds % 60:02}"


def _report(workspace: Workspace) -> tuple[SourceReport, list[str]]:
    """Return how the source of transactions reads, files here or a table on another engine, and what is not read."""
    from qacli.engine.connection import connect
    from qacli.sources.check import check as look
    from qacli.workspace.populations import TRANSACTIONS, agents_of, left_out_files, profile_of, source_of
    from qacli.workspace.remotes import lies_elsewhere, open_table

    def known(profile: Profile) -> dict[str, list[str]]:
        return {"colleague": [line.source_id for line in workspace.people if line.source in {"", profile.id}]}

    if elsewhere := lies_elsewhere(workspace, TRANSACTIONS):
        from qacli.sources.tables import report_of

        profile = profile_of(workspace, elsewhere, TRANSACTIONS)
        with open_table(workspace, TRANSACTIONS, profile) as table:
            return report_of(table, known(profile)), []
    source, paths = source_of(workspace, TRANSACTIONS)
    profile = profile_of(workspace, source, TRANSACTIONS)
    with connect() as connection, agents_of(workspace, connection) as agents:
        report = look(connection, paths, profile, workspace.zone, known(profile), source.sheet, agents)
    return report, left_out_files(workspace, TRANSACTIONS)


def _described(report: SourceReport, sure: Mapping[str, str] = EVIDENT) -> str:
    lines = "" if report.lines is None else f" in {report.lines:,} lines"
    lines += f" of {len(report.paths)} files" if len(report.paths) > 1 else ""
    delimiter = f", {report.delimiter}" if report.delimiter else ""
    text = [
        f"read {report.records:,} records{lines}, {report.transactions:,} transactions, {report.encoding}{delimiter}"
    ]
    width = max(len(column.field) for column in report.columns)
    other = max(len(column.column) for column in report.columns)
    for column in report.columns:
        why = f"  ({sure[column.field]})" if column.field in sure else ""
        text.append(f"  {column.field:<{width}} <- {column.column:<{other}}  {column.words}{why}")
    if report.left_out:
        text.append(f"  left out: {', '.join(report.left_out)}")
    return "\n".join(text)
