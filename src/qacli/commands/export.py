"""``qacli export``: tables of the records, words joined, for spreadsheets, for programs, as a data package."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.options import days
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from qacli.interchange.datapackage import Exported
    from qacli.model import Change, Row, View
    from qacli.prepare.people import People

app = new_app("Export tables of records: CSV, Excel, Parquet, a data package.")
ALL = "all"
BINARY = (".xlsx", ".parquet")
PERSON_COLUMNS = ("by", "person", "colleague", "evaluator", "owner", "authority")


@command(app, writes=True, slow=True, forms=BINARY)
def export(
    context: Context,
    table: Annotated[str, typer.Argument(metavar="TABLE|all", help="For example ratings; all: every table.")],
    from_: Annotated[str, typer.Option("--from", help="First day of recording, local time.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day of recording.")] = "",
    names: Annotated[bool, typer.Option("--names", help="Add the names of people; logged, with its purpose.")] = False,
    purpose: Annotated[str, typer.Option(help="What the names are needed for.")] = "",
    machine: Annotated[bool, typer.Option("--machine", help="Plain CSV for programs, every text as it is.")] = False,
) -> None:
    """Export rows in force with their words to -o: .csv, .xlsx, .parquet, or a folder as a data package."""
    span = days(from_, to)
    _refuse_wrong_target(context, table)
    view = context.workspace.view()
    if names:
        context.commit(partial(_disclose, table=table, span=span, purpose=purpose))
    if context.dry_run:
        context.tell("dry run: nothing was written")
        return
    tables = _exported(view, table, span, view.people if names else None)
    if context.output and context.output.suffix in {"", ".csv", *BINARY}:
        _write(context, context.output, tables, machine)
    else:
        context.show(table, tables[0].columns, tables[0].rows)


def _refuse_wrong_target(context: Context, table: str) -> None:
    from qacli.interchange.spreadsheet import workbooks

    suffix = context.output.suffix if context.output else ".csv"
    if suffix == ".xlsx":
        workbooks()
    if table == ALL and suffix not in {"", ".xlsx"}:
        raise UsageError(
            "all tables do not fit into one file", help="name a folder or a workbook: -o export, -o all.xlsx"
        )


def _disclose(view: View, table: str, span: tuple[date | None, date | None], purpose: str) -> Change:
    from qacli.govern.disclosure import disclosed
    from qacli.model import Change

    rows = sum(len(each.rows) for each in _exported(view, table, span, None))
    return Change(rows=[disclosed(f"export {table}", rows, purpose)])


def _exported(view: View, table: str, span: tuple[date | None, date | None], people: People | None) -> list[Exported]:
    from qacli.interchange.datapackage import Exported
    from qacli.workspace.tables import named, tables

    kinds = [named(table)] if table != ALL else [kind for kind in tables() if view.current(kind)]
    found = []
    for kind in kinds:
        columns = [
            each for name in kind.columns() for each in ((name, f"{name}_name") if people and _names(name) else (name,))
        ]
        rows = [_cells(row, columns, people) for row in view.current(kind) if _within(row, span, view)]
        found.append(Exported(kind, columns, rows))
    return found


def _names(column: str) -> bool:
    return column in PERSON_COLUMNS


def _within(row: Row, span: tuple[date | None, date | None], view: View) -> bool:
    if not row.at:
        return False
    day = row.at.astimezone(view.now.tzinfo).date()
    return (span[0] is None or day >= span[0]) and (span[1] is None or day <= span[1])


def _cells(row: Row, columns: Sequence[str], people: People | None) -> list[Any]:
    cells = []
    for name in columns:
        if hasattr(row, name):
            cells.append(getattr(row, name))
        elif people:
            person = getattr(row, name.removesuffix("_name"))
            cells.append(people.get(person).name if person in people else "")
    return cells


def _write(context: Context, target: Path, tables: Sequence[Exported], machine: bool) -> None:
    from qacli.commands.output import NotWritten
    from qacli.interchange.export import write

    try:
        outside = write(target, tables, context.workspace.zone, machine=machine)
    except OSError as wrong:
        raise NotWritten(target, wrong) from None
    count = sum(len(each.rows) for each in tables)
    context.tell(f"wrote {count} row{'s' * (count != 1)} to {target}")
    if len(tables) > 1:
        for reference in outside:
            context.tell(f"reference left out of the description: {reference}")
