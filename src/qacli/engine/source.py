"""Other people's tables as SQL: CSV, gzip, several files or Parquet, every cell as text, nothing half read."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.connection import literal
from qacli.engine.copies import private, unescape
from qacli.engine.parquet_cells import NestedColumn, not_parquet, parquet_cells
from qacli.engine.plain_names import by_plain_name
from qacli.engine.spreadsheet import Sheet, is_spreadsheet, read_sheet
from qacli.engine.unsafe_cells import any_unsafe, unsafe_cells
from qacli.files.csv import LONGEST_CELL, NoSuchColumn, all_faults
from qacli.files.csv import places as layout_places
from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import CsvLayout, NoSuchSource, Quoting, is_utf8, letters, probe, shown
from qacli.files.scan import Scan, digest_of, scan, sha256_of
from qacli.files.temporary import private_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from duckdb import DuckDBPyConnection


class SourceFile(NamedTuple):
    """One file of a source. ``layout`` and ``scan`` are of CSV, ``sheet`` of a spreadsheet, ``texts`` of Parquet.

    ``readable`` is what DuckDB reads: the file itself, or a copy in UTF-8 or in Parquet.
    """

    path: Path
    layout: CsvLayout | None
    header: tuple[str, ...]
    readable: Path
    scan: Future[Scan] | None = None
    sheet: Sheet | None = None
    texts: Mapping[str, str] = MappingProxyType({})

    def text(self, column: str) -> str:
        """Return the SQL of the text in a column; empty where its cells hold no single values."""
        # by place, not by name: to DuckDB Id and ID are one
        return self.texts[column] if self.texts else f"n{self.header.index(column)}::VARCHAR"

    @property
    def sha256(self) -> str:
        """The digest of the file as it lies there."""
        return self.scan.result().sha256 if self.scan else sha256_of(self.path)


class Asked(NamedTuple):
    """A query over the table CELLS, which holds what is read, with the parameters of both."""

    query: str = ""
    parameters: Sequence[object] = ()


class Found(NamedTuple):
    """What one pass gave: records, the aggregates that were wanted, and the rows of what was asked, in any order."""

    records: int
    counts: list[Any]
    rows: list[Any]


CELLS = "cells"
NOTHING = Asked()


class Source:
    """Several files read as one table. Rows keep the order of file name, then of the file."""

    def __init__(self, connection: DuckDBPyConnection, files: Sequence[SourceFile]) -> None:
        self.connection, self.files = connection, tuple(files)
        self._stood = [_stands(file.path) for file in files]
        self.threads = False  # until `check` has seen that no record spans lines

    @property
    def header(self) -> tuple[str, ...]:
        """The columns of the first file."""
        return self.files[0].header

    def may_hold_rounded(self, columns: Sequence[str]) -> bool:
        """Return whether these columns may hold numbers with an exponent, to look closer only where it can matter."""
        return any(
            file.scan.result().exponents
            if file.scan
            else file.sheet is not None or any("isnan" in file.texts[name] for name in columns)
            for file in self.files
        )

    @property
    def nested(self) -> set[str]:
        """The columns whose cells are no single values."""
        return {name for file in self.files for name, text in file.texts.items() if not text}

    @property
    def digests(self) -> list[tuple[str, str]]:
        """Name and sha256 of each file."""
        return [(file.path.name, file.sha256) for file in self.files]

    @property
    def digest(self) -> str:
        """sha256 of the file; of several, of the sorted lines that sha256sum prints for them."""
        return digest_of(self.digests)

    @property
    def lines(self) -> int | None:
        """The physical lines of all files, headers included; None for Parquet, which has none."""
        scans = [file.scan.result() for file in self.files if file.scan]
        return sum(found.lines for found in scans) if len(scans) == len(self.files) else None

    def select(self, columns: Sequence[str], numbered: bool = False) -> str:
        """Return the SQL of these columns as c0, c1, ... of text; ``numbered`` adds file and record, both from 1.

        It holds what is known of the source now: build it again after ``check``. Raises NoSuchColumn.
        """
        parts = []
        for number, file in enumerate(self.files, 1):
            if missing := [name for name in columns if name not in file.header]:
                raise NoSuchColumn(file.path, missing, file.header)
            texts = [file.text(name) for name in columns]
            if nested := [name for name, text in zip(columns, texts, strict=True) if not text]:
                raise NestedColumn(file.path, nested)
            cells = [f"{text} AS c{index}" for index, text in enumerate(texts)]
            if numbered:
                cells += [f"{number} AS file", "row_number() OVER () AS record"]
            parts.append(f"SELECT {', '.join(cells) or '1'} FROM {_table(file, self.threads)}")
        return " UNION ALL ".join(parts)

    def check(
        self,
        columns: Sequence[str],
        query: Callable[[], str] | None = None,
        more: Sequence[str] = (),
        asked: Asked = NOTHING,
    ) -> Found:
        """Return the number of records, ``more`` aggregates over ``query``, and the rows of ``asked``, in one pass.

        ``query`` returns SQL built on ``select(columns)`` that keeps c0, c1, ...; every mapped cell is read once, and one
        pass over a big file pays for everything. Raises FileFaults for whatever the strict reader refuses: bytes that
        are no text, ragged rows, quotes, mixed line ends, and unsafe characters or cells over 64 kB in these columns;
        and for a file that changed since it was opened.
        """
        made = query or (lambda: self.select(columns))
        self.threads = True  # nearly always right, and told from the scan by the time the records are counted
        found, rejected = self._counted(made(), more, asked)
        self._refuse_changed()
        scans = [file.scan.result() for file in self.files if file.scan]
        if not all(scan.closed for scan in scans):
            self.threads, several = False, found.records
            found, said = self._counted(made(), more, asked)
            if several != found.records or rejected:
                self._judge(columns)
            rejected = said
        lines = self.threads and len(scans) == len(self.files)  # where each line is a record, and all have been seen
        short = lines and all(scan.short for scan in scans)
        if rejected or not all(scan.text for scan in scans) or not (short or self._longest(columns) <= LONGEST_CELL):
            self._refuse(columns, rejected)
        clean = lines and all(scan.clean for scan in scans)
        if columns and not clean and self._unsafe(columns):
            self._refuse(columns, ["a control or bidi character in a mapped column"])
        return found

    def place(self, places: Collection[tuple[int, int]], column: str) -> dict[tuple[int, int], Fault]:
        """Return a Fault to fill in for each (file, record): file, physical line and cell of ``column``."""
        found = {}
        for number, file in enumerate(self.files, 1):
            wanted = {record for at, record in places if at == number}
            lines = layout_places(file.path, file.layout, wanted) if file.layout and wanted else {}
            for record in wanted:
                line, row = lines.get(record, (0 if file.sheet else record, 0))
                cell = f"{letters(file.header.index(column) + 1)}{row}" if row else ""
                cell = file.sheet.cell(column, record) if file.sheet else cell
                found[number, record] = Fault("", "", shown(file.path), line, cell=cell)
        return found

    def _counted(self, query: str, more: Sequence[str], asked: Asked) -> tuple[Found, list[str]]:
        """Return what a query counts and answers, and what DuckDB rejected meanwhile."""
        import duckdb

        self.connection.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
        try:
            found = self._once(query, ["count(*)", *more], asked)
        except duckdb.Error as error:
            if not isinstance(error, duckdb.InvalidInputException) or _damaged(self.files, error):
                raise
            return Found(0, [0] * len(more), []), [str(error).splitlines()[0]]
        if not any(file.readable.suffix != ".parquet" for file in self.files):
            return found, []
        rejected = self.connection.execute("SELECT error_message FROM reject_errors LIMIT 20").fetchall()
        return found, [str(message) for (message,) in rejected]

    def _once(self, query: str, counts: Sequence[str], asked: Asked) -> Found:
        if not asked.query:
            rows = self.connection.execute(f"SELECT {', '.join(counts)} FROM ({query})").fetchall()
        else:
            # What is materialized DuckDB (2.0) hands on piece by piece to all that read it, and keeps nothing, as long as
            # none of them joins it.
            rows = self.connection.execute(
                f"WITH {CELLS} AS MATERIALIZED ({query}), counts AS (SELECT {', '.join(counts)} FROM {CELLS}), "
                f"asked AS ({asked.query}) SELECT * FROM counts LEFT JOIN (SELECT TRUE, * FROM asked) ON TRUE",
                asked.parameters,
            ).fetchall()
        # fetchall: the rejects are only written once a result has been read to its end
        n = len(counts)
        return Found(rows[0][0], list(rows[0][1:n]), [row[n + 1 :] for row in rows if len(row) > n and row[n]])

    def _longest(self, columns: Sequence[str]) -> int:
        """Return the bytes of the longest cell in these columns."""
        lengths = ", ".join(f"max(strlen(c{index}))" for index in range(len(columns)))
        found = self.connection.execute(f"SELECT greatest(0, {lengths or 0}) FROM ({self.select(columns)})").fetchone()
        return int(found[0]) if found else 0

    def _refuse_changed(self) -> None:
        """Refuse a file that was written to meanwhile: what was counted, hashed and drawn from would not be the same."""
        message, remedy = "the file changed while it was read", "wait until the export is complete, then run it again"
        changed = [
            file.path for file, stood in zip(self.files, self._stood, strict=True) if _stands(file.path) != stood
        ]
        if changed:
            raise FileFaults(Fault("changed-meanwhile", message, shown(path), help=remedy) for path in changed)

    def _judge(self, columns: Sequence[str]) -> None:
        """Refuse a file whose last quote stays open: one thread drops its end without a word, several do notice."""
        faults = self._faults(columns)
        if faults:
            raise FileFaults(faults)

    def _unsafe(self, columns: Sequence[str]) -> bool:
        query = f"SELECT count(*) FROM ({self.select(columns)}) WHERE {any_unsafe(columns)}"
        row = self.connection.execute(query).fetchone()
        return bool(row and row[0])

    def _refuse(self, columns: Sequence[str], said: Sequence[str]) -> None:
        where = shown(self.files[0].path)
        raise FileFaults(
            self._faults(columns)
            or [Fault("not-readable", message, where) for message in said or ("a cell is too long",)]
        )

    def _faults(self, columns: Sequence[str]) -> list[Fault]:
        of_csv = [
            fault
            for file in self.files
            if file.layout
            for fault in all_faults(file.path, file.layout, columns) or all_faults(file.path, file.layout)
        ]
        return of_csv or list(unsafe_cells(self, columns))


def _stands(path: Path) -> tuple[int, int]:
    """Return the size of a file and when it was written to; of one that is gone, what no file has."""
    try:
        status = path.stat()
    except OSError:
        return -1, 0
    return status.st_size, status.st_mtime_ns


@contextmanager
def open_source(
    connection: DuckDBPyConnection,
    paths: Sequence[Path],
    encoding: str | None = None,
    delimiter: str | None = None,
    quoting: Quoting = "doubled",
    sheet: str | None = None,
) -> Iterator[Source]:
    """Yield files as one Source; the bytes of CSV files are hashed and checked in a thread meanwhile.

    What DuckDB cannot read as it is (cp1252, UTF-16, backslashes before quotes, spreadsheets) is first copied to a file
    that only its owner can read, deleted at the end. Raises NoSuchSource, NoSpreadsheets, and FileFaults, also for a
    damaged file that is noticed only when it is read to its end.
    """
    import duckdb

    with ThreadPoolExecutor(1, "scan") as pool, private_folder() as copies:
        files = []
        for number, path in enumerate(paths):
            if not path.is_file():
                raise NoSuchSource(path, "there is no such file")
            target = copies / str(number)
            if is_spreadsheet(path):
                page = read_sheet(connection, path, sheet, target.with_suffix(".parquet"))
                files.append(SourceFile(path, None, tuple(page.columns), target.with_suffix(".parquet"), sheet=page))
            elif path.suffix == ".parquet":
                readable = by_plain_name(path, target.with_suffix(".parquet"))
                texts = parquet_cells(connection, path, readable)
                files.append(SourceFile(path, None, tuple(texts), readable, texts=texts))
            else:
                files.append(_csv(connection, pool, path, probe(path, encoding, delimiter, quoting), target))
        try:
            yield Source(connection, files)
        except duckdb.Error as error:
            if damaged := _damaged(files, error):
                raise damaged from error
            raise


def _damaged(files: Sequence[SourceFile], error: Exception) -> FileFaults | None:
    """Return what is wrong with the file that made DuckDB fail; None where no file is damaged."""
    import duckdb

    parquet = [file for file in files if file.texts]
    named = [file for file in parquet if str(file.readable) in str(error)]
    if named or (parquet and type(error) is duckdb.Error):  # "Out of buffer" comes without a name
        return not_parquet((named or parquet)[0].path)
    packed = [file for file in files if file.layout and file.layout.compressed]
    faults = [fault for file in packed if file.layout for fault in all_faults(file.path, file.layout)]
    return FileFaults(faults) if faults else None


def _csv(
    connection: DuckDBPyConnection, pool: ThreadPoolExecutor, path: Path, layout: CsvLayout, target: Path
) -> SourceFile:
    copied = layout.encoding != "utf-8"
    readable = target.with_suffix(".csv") if copied else by_plain_name(path, target.with_suffix(".csv"))
    running = pool.submit(_scan, path, layout, readable if copied else None)
    if copied and not running.result().text:
        raise FileFaults(all_faults(path, layout))
    if copied and (line := running.result().foreign):
        raise FileFaults([is_utf8(path, layout.encoding, line)])
    if layout.quoting == "backslash":
        readable = target.with_suffix(".parquet")
        unescape(connection, path, layout, readable)
    return SourceFile(path, layout, layout.header, readable, running)


def _scan(path: Path, layout: CsvLayout, utf8: Path | None) -> Scan:
    if utf8 is None:
        return scan(path, layout)
    with os.fdopen(private(utf8), "wb") as copy:
        return scan(path, layout, copy)


def _table(file: SourceFile, threads: bool) -> str:
    path = literal(str(file.readable))
    if file.layout is None or file.readable.suffix == ".parquet":
        return f"read_parquet({path})"
    columns = ", ".join(f"n{place}: 'VARCHAR'" for place in range(len(file.header)))
    packed = file.layout.compressed and file.layout.encoding == "utf-8"
    quote = "" if file.layout.quoting == "none" else '"'
    # A thread of DuckDB (1.4 to 2.0) that starts amid a quoted cell takes the lines of that cell for records, and
    # CRLF gives no rows at all where new_line is stated.
    return (
        f"read_csv([{path}], columns = {{{columns}}}, auto_detect = false, strict_mode = true, store_rejects = true, "
        f"header = true, skip = {file.layout.skip}, delim = {literal(file.layout.delimiter)}, quote = '{quote}', "
        f"escape = '{quote}', compression = '{'gzip' if packed else 'none'}', parallel = {str(threads).lower()})"
    )
