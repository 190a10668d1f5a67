"""How results leave: a table for people on a terminal, CSV on a pipe, JSON and Markdown when asked for.

Text from data is never markup: it goes through rich.text.Text, or is escaped for its form.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.files.disk import remedy
from qacli.files.whole import rewrite_file
from qacli.model import Exit, QacliError, Words, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rich.table import Table as RichTable

    from qacli.commands.options import Format

WORDS_WIDE = 20
"""Width from which on a text of several words may be broken between them."""
FORMATS: Mapping[str, Format] = MappingProxyType({".csv": "csv", ".json": "json", ".md": "md", ".txt": "table"})


class NotWritten(QacliError):
    """A result could not be written where it was asked for."""

    exit_code = Exit.NOT_RECORDED

    def __init__(self, path: Path, why: OSError) -> None:
        lacks = isinstance(why, FileNotFoundError)
        super().__init__(
            f"{path} cannot be written: {why.strerror or why}",
            help=f"make the folder first: {path.parent}" if lacks else remedy(why, "name another file: -o FILE"),
        )


class Table(NamedTuple):
    """A result to show. ``name`` is its schema name in JSON; cells are plain values, None where undefined.

    ``beside`` is what JSON holds beside the rows.
    """

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    title: str = ""
    beside: Mapping[str, Any] = MappingProxyType({})


def render(table: Table, form: str | None, output: Path | None, plain: bool) -> None:
    """Write a table in one form, to a file or to standard output."""
    form = form or ("table" if sys.stdout.isatty() and not output else "csv")
    if form == "table" and not output and sys.stdout.isatty() and not plain:
        _rich(table)
        return
    write({"csv": _csv, "json": _json, "md": markdown_of, "table": _aligned}[form](table), output)


def write(text: str, output: Path | None, *, append: bool = False) -> None:
    """Write text with one newline at its end, into a file as it stands or to standard output. Raises NotWritten."""
    text = text.rstrip("\n") + "\n"
    if output is None:
        sys.stdout.write(text)
        return
    try:
        if not append:
            rewrite_file(output, text)
            return
        with output.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as wrong:
        raise NotWritten(output, wrong) from None


def from_here(path: Path) -> Path:
    """Return a path as somebody standing here would write it."""
    here = path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


class Coefficient(float):
    """A number between -1 and 1: one decimal would say too little of it."""


def shown(value: Any) -> str:
    """Return a cell as people read it: undefined is a dash, numbers have one decimal at most, coefficients two."""
    if isinstance(value, Coefficient):
        return f"{value:.2f}"
    if value is None or value != value:
        return "–"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (float, Decimal)):
        text = f"{value:,.1f}"
        return "0.0" if text == "-0.0" else text
    if isinstance(value, int):
        return f"{value:,}"
    return _visible(str(value))


def wrapped(text: str) -> str:
    """Return lines broken between words where the terminal ends."""
    import shutil
    import textwrap

    width = max(40, shutil.get_terminal_size().columns)
    return "\n".join(
        textwrap.fill(
            line,
            width,
            subsequent_indent="    ",
            replace_whitespace=False,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in text.split("\n")
    )


def _raw(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value) if isinstance(value, Words) else text_of(value)


def _csv(table: Table) -> str:
    from qacli.files.line import csv_line

    lines = [table.columns, *([_cell(cell) for cell in row] for row in table.rows)]
    return "".join(f"{csv_line(line)}\n" for line in lines)


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from qacli.files.faults import cells as wide

    return wide(text)


def _cell(value: Any) -> str:
    """Return a cell of CSV; a spreadsheet takes no text of people for a formula."""
    text = _visible(_raw(value))
    if not isinstance(value, (str, Words)) or not text or text[0].isalnum():
        return text
    from qacli.files.text import spreadsheet

    return spreadsheet(text)


def _visible(text: str) -> str:
    """Return a text on one line with what cannot be seen spelled out."""
    if text.isascii() and text.isprintable():
        return text
    # Its patterns take longer to compile than most results take to print.
    from qacli.files.text import one_line, visible

    return visible(one_line(text))


def _json(table: Table) -> str:
    import json

    rows = [dict(zip(table.columns, map(_plain, row), strict=True)) for row in table.rows]
    whole = {"schema": f"qacli.{table.name}/1", **table.beside, "rows": rows}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _plain(value: Any) -> Any:
    if value is None or value != value:
        return None
    if isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, Decimal):
        return float(value)
    return _raw(value) if isinstance(value, (date, datetime, Words)) else str(value)


def markdown_of(table: Table) -> str:
    """Return a table in Markdown, its numbers as people read them."""
    from qacli.files.text import markdown

    lines = [f"| {' | '.join(map(markdown, table.columns))} |", "|" + "---|" * len(table.columns)]
    lines += [f"| {' | '.join(map(_marked, row))} |" for row in table.rows]
    return "\n".join(([f"**{markdown(table.title)}**", ""] if table.title else []) + lines)


def _marked(value: Any) -> str:
    from qacli.files.text import markdown

    number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
    return shown(value) if number else markdown(shown(value))


def _numeric(table: Table) -> list[bool]:
    """Return which columns hold numbers only; they stand to the right."""
    return [
        all(
            isinstance(row[i], (int, float, Decimal, type(None))) and not isinstance(row[i], bool) for row in table.rows
        )
        for i in range(len(table.columns))
    ]


def _aligned(table: Table) -> str:
    lines = [list(table.columns), *([shown(cell) for cell in row] for row in table.rows)]
    widths = [max(cells(row[i]) for row in lines) for i in range(len(table.columns))]
    right = _numeric(table)
    aligned = [
        "  ".join(_padded(cell, width, number) for cell, width, number in zip(row, widths, right, strict=True)).rstrip()
        for row in lines
    ]
    return "\n".join(([table.title] if table.title else []) + aligned)


def _padded(cell: str, width: int, number: bool) -> str:
    blanks = " " * (width - cells(cell))
    return blanks + cell if number else cell + blanks


def _rich(table: Table) -> None:
    from rich.console import Console

    console = Console(emoji=False)
    for part in parts(table, console.width):
        console.print(_drawn(part, right=console.width))


def parts(table: Table, width: int) -> list[Table]:
    """Return a table cut into such as fit a terminal, one below the other, each beginning with the first column.

    Columns without a value go first. Ids and numbers are never broken; only texts of several words are.
    """
    if _wide(table) > width:
        filled = [i for i in range(len(table.columns)) if i == 0 or any(_raw(row[i]) for row in table.rows)]
        table = _only(table, filled)
    found: list[list[int]] = [[0]]
    for i in range(1, len(table.columns)):
        if _wide(_only(table, [*found[-1], i])) > width and len(found[-1]) > 1:
            found.append([0])
        found[-1].append(i)
    return [_only(table, chosen)._replace(title=table.title * (not n)) for n, chosen in enumerate(found)]


def _only(table: Table, chosen: Sequence[int]) -> Table:
    rows = [[row[i] for i in chosen] for row in table.rows]
    return table._replace(columns=[table.columns[i] for i in chosen], rows=rows)


def _wide(table: Table) -> int:
    """Return how many columns of a terminal a table needs at least: a blank on each side of its own, and the edges."""
    return sum(_least(table, i) + 3 for i in range(len(table.columns))) + 1


def _least(table: Table, i: int) -> int:
    """Return the least width of a column: its widest cell, or, of texts of several words, WORDS_WIDE."""
    widest = max(map(cells, [table.columns[i], *(shown(row[i]) for row in table.rows)]))
    return min(widest, max(WORDS_WIDE, cells(table.columns[i]))) if _wordy(table, i) else widest


def _wordy(table: Table, i: int) -> bool:
    return any(isinstance(row[i], (str, Words)) and " " in str(row[i]) for row in table.rows)


def _drawn(table: Table, right: int) -> RichTable:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    drawn = RichTable(
        title=Text(table.title) if table.title else None, box=box.SIMPLE_HEAD, title_justify="left", width=None
    )
    for i, (column, number) in enumerate(zip(table.columns, _numeric(table), strict=True)):
        drawn.add_column(
            Text(column),
            justify="right" if number else "left",
            overflow="fold",
            no_wrap=not _wordy(table, i),
            min_width=min(_least(table, i), right - 2),
        )
    for row in table.rows:
        drawn.add_row(*(Text(shown(cell)) for cell in row))
    return drawn
