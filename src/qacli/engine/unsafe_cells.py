"""Cells of spreadsheets and Parquet files that no record may hold: control and bidi characters, whole documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.engine.connection import literal
from qacli.files.csv import LONGEST_CELL
from qacli.files.layout import MOST_FAULTS
from qacli.files.text import unsafe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qacli.engine.source import Source
    from qacli.files.faults import Fault

UNSAFE_SQL = r"[\x00-\x1f\x7f-\x{9f}\x{2028}\x{2029}\x{61c}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]"


def any_unsafe(columns: Sequence[str]) -> str:
    """Return the SQL that is true where one of c0, c1, ... holds an unsafe character."""
    return " OR ".join(f"regexp_matches(c{index}, {literal(UNSAFE_SQL)})" for index in range(len(columns)))


def unsafe_cells(source: Source, columns: Sequence[str]) -> Iterator[Fault]:
    """Yield the first faults of each column in files that are no CSV, which the strict reader of CSV never sees."""
    others = [str(number) for number, file in enumerate(source.files, 1) if not file.layout]
    for index, name in enumerate(columns if others else ()):
        rows = source.connection.execute(
            f"SELECT file, record, c{index} FROM ({source.select(columns, numbered=True)}) WHERE file IN ({', '.join(others)}) "
            f"AND (regexp_matches(c{index}, {literal(UNSAFE_SQL)}) OR strlen(c{index}) > {LONGEST_CELL}) "
            f"ORDER BY file, record LIMIT {MOST_FAULTS}"
        ).fetchall()
        places = source.place([(file, record) for file, record, _ in rows], name)
        for file, record, cell in rows:
            found = unsafe(cell, layout=False)
            holds = found[0].name if found else f"{len(cell):,} characters; the most is {LONGEST_CELL:,}"
            remedy = "take the character out" if found else "shorten the cell, or leave the column out"
            code = "unsafe-character" if found else "long-cell"
            yield places[file, record]._replace(code=code, message=f"column '{name}' holds {holds}", help=remedy)
