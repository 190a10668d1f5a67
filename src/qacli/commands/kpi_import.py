"""``qacli kpi import``: ready figures of another system, each cell judged before anything is recorded."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qacli.commands.context import Context, command
from qacli.commands.options import day

if TYPE_CHECKING:
    from qacli.understand.kpis.importing import Line


def join(app: typer.Typer) -> None:
    """Add the command to ``qacli kpi``."""
    command(app, "import", writes=True)(import_)


def import_(
    context: Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV: kpi,variant,period and num,den or value.")],
    source: Annotated[str, typer.Option(help="Who counted: telephone switch, report 7.")] = "",
    method: Annotated[str, typer.Option(help="How: counted per half hour, all queues.")] = "",
    complete: Annotated[
        float | None, typer.Option(min=0, max=100, help="How complete the data was, in per cent; or a column complete.")
    ] = None,
    ready_on: Annotated[
        str, typer.Option(help="Day on which the figures came, if not today; or a column ready_on.")
    ] = "",
) -> None:
    """Import figures that another system counted: all of them or none. The same file again changes nothing.

    Columns: kpi, variant, period; num and den, or value; and as far as there are any cut, slice, low, high, asked,
    complete, ready_on. Figures from surveys need asked: how many customers were asked.
    """
    from qacli.files.layout import probe, shown
    from qacli.files.scan import sha256_of
    from qacli.understand.kpis.importing import Provided, import_figures
    from qacli.understand.kpis.value import KpiValue

    ready: date = day(ready_on) if ready_on else context.workspace.clock().date()
    lines = _lines(file)
    provided = Provided(shown(file), probe(file).header, source, method, ready, complete, sha256_of(file))
    outcome = context.commit(partial(import_figures, lines=lines, provided=provided))
    count = sum(isinstance(row, KpiValue) for row in outcome.rows)
    if outcome.rows:
        context.say(
            f"{outcome.first}: {count:,} figure{'s' * (count != 1)} of {len(lines):,} imported from {file.name}"
        )


def _lines(file: Path) -> list[Line]:
    """Return the rows of the file by the columns that are known. Raises FileFaults, also for a column that is not."""
    from qacli.files import csv
    from qacli.files.faults import Fault, FileFaults
    from qacli.files.layout import letters, probe, shown
    from qacli.understand.kpis.importing import COLUMNS, REQUIRED, Line

    header = probe(file).header
    if missing := [name for name in REQUIRED if name not in header]:
        raise csv.NoSuchColumn(file, missing, header)
    strange = [name for name in header if name not in COLUMNS]
    if strange:
        help_ = f"known are: {', '.join(COLUMNS)}; rename it or take it out"
        raise FileFaults(
            [
                Fault(
                    "no-such-field",
                    f"'{name}' is no column of figures",
                    shown(file),
                    1,
                    cell=f"{letters(header.index(name) + 1)}1",
                    help=help_,
                )
                for name in strange
            ]
        )
    rows = csv.read(file, columns=header)
    return [
        Line(row.line, row.record + 1, dict(zip(header, (cell.strip() for cell in row.cells), strict=True)))
        for row in rows
    ]
