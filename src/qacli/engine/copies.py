"""Copies that DuckDB can read, of tables that it cannot: text in Parquet, in a file that only its owner can read."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

from qacli.engine.connection import literal
from qacli.files.csv import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from duckdb import DuckDBPyConnection

    from qacli.files.layout import CsvLayout


def private(target: Path) -> int:
    """Return the descriptor of a new file, mode 600, to write."""
    return os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def write_table(connection: DuckDBPyConnection, columns: int, rows: Iterable[Sequence[str]], target: Path) -> None:
    """Write rows of text as Parquet with the columns n0, n1, ...; an empty cell is NULL."""
    plain = target.with_suffix(".plain")
    with os.fdopen(private(plain), "w", encoding="utf-8", newline="") as text:
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    names = ", ".join(f"n{place}: 'VARCHAR'" for place in range(columns))
    connection.execute(
        f"COPY (SELECT * FROM read_csv({literal(str(plain))}, columns = {{{names}}}, auto_detect = false, header = false, "
        "delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = true, parallel = false)) "
        f"TO {literal(str(target))} (FORMAT parquet)"
    )
    plain.unlink()
    target.chmod(0o600)


def unescape(connection: DuckDBPyConnection, path: Path, layout: CsvLayout, target: Path) -> None:
    r"""Write the table of a CSV file whose quotes are escaped by backslashes. Raises FileFaults.

    DuckDB would only take the backslashes away: a line break written as ``\n`` would become an n.
    """
    rows = read(path, layout.encoding, delimiter=layout.delimiter, quoting=layout.quoting)
    write_table(connection, len(layout.header), (row.cells for row in rows), target)
