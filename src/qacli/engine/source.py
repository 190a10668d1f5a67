"""Other people's tables as SQL: CSV, gzip, several files or Parquet, every cell as text, nothing half read."""

from __future__ import annotations

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.connection import literal, quoted
from qacli.files.csv import LONGEST_CELL, NoSuchColumn, all_faults
from qacli.files.csv import places as layout_places
from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import CsvLayout, NoSuchSource, letters, probe, shown
from qacli.files.scan import Scan, digest_of, scan, sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from concurrent.futures import Future

    from duckdb import DuckDBPyConnection

PATTERN = set("*?[]{}")
UNSAFE_SQL = r"[\x00-\x1f\x7f-\x{9f}\x{2028}\x{2029}\x{61c}\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]"


class SourceFile(NamedTuple):
    """One file of a source. ``layout`` is None for Parquet; ``readable`` is what DuckDB reads (a copy in UTF-8)."""

    path: Path
    layout: CsvLayout | None
    header: tuple[str, ...]
    readable: Path
    scan: Future[Scan] | None

    @property
    def sha256(self) -> str:
        """The digest of the file as it lies there."""
        return self.scan.result().sha256 if self.scan else sha256_of(self.path)


class Source:
    """Several files read as one table. Rows keep the order of file name, then of the file."""

    def __init__(self, connection: DuckDBPyConnection, files: Sequence[SourceFile]) -> None:
        self.connection, self.files = connection, tuple(files)
        self.threads = False  # until `check` has seen that no record spans lines

    @property
    def header(self) -> tuple[str, ...]:
        """The columns of the first file."""
        return self.files[0].header

    @property
    def digest(self) -> str:
        """sha256 of the file; of several, of the sorted lines that sha256sum prints for them."""
        return digest_of((file.path.name, file.sha256) for file in self.files)

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
            cells = [f"{quoted(name)}::VARCHAR AS c{index}" for index, name in enumerate(columns)]
            if numbered:
                cells += [f"{number} AS file", "row_number() OVER () AS record"]
            parts.append(f"SELECT {', '.join(cells) or '1'} FROM {_table(file, self.threads)}")
        return " UNION ALL ".join(parts)

    def check(
        self, columns: Sequence[str], query: Callable[[], str] | None = None, more: Sequence[str] = ()
    ) -> tuple[int, list[Any]]:
        """Return the number of records, and ``more`` aggregates over ``query``, after reading every mapped cell once.

        ``query`` returns SQL built on ``select(columns)`` that keeps c0, c1, ...; one pass over a big file pays for
        everything. Raises FileFaults for whatever the strict reader refuses: bytes that are no text, ragged rows,
        quotes, mixed line ends, and unsafe characters or cells over 64 kB in these columns.
        """
        cells = [f"c{index}" for index in range(len(columns))]
        longest = f"greatest(0, {', '.join(f'max(strlen({cell}))' for cell in cells)})" if cells else "0"
        made = query or (lambda: self.select(columns))
        self.threads = True  # nearly always right, and told from the scan by the time the records are counted
        (records, length, *found), rejected = self._counted(made(), [longest, *more])
        scans = [file.scan.result() for file in self.files if file.scan]
        if not all(scan.closed for scan in scans):
            self.threads, several = False, records
            (records, length, *found), said = self._counted(made(), [longest, *more])
            if several != records or rejected:
                self._judge(columns)
            rejected = said
        if rejected or not all(scan.text for scan in scans) or length > LONGEST_CELL:
            self._refuse(columns, rejected)
        clean = self.threads and len(scans) == len(self.files) and all(scan.clean for scan in scans)
        if cells and not clean and self._unsafe(columns):
            self._refuse(columns, ["a control or bidi character in a mapped column"])
        return records, found

    def place(self, places: Collection[tuple[int, int]], column: str) -> dict[tuple[int, int], Fault]:
        """Return a Fault to fill in for each (file, record): file, physical line and cell of ``column``."""
        found = {}
        for number, file in enumerate(self.files, 1):
            wanted = {record for at, record in places if at == number}
            lines = layout_places(file.path, file.layout, wanted) if file.layout and wanted else {}
            for record in wanted:
                line, row = lines.get(record, (0, 0))
                cell = f"{letters(file.header.index(column) + 1)}{row}" if row else ""
                found[number, record] = Fault("", "", shown(file.path), line, cell=cell)
        return found

    def _counted(self, query: str, more: Sequence[str]) -> tuple[list[Any], list[str]]:
        """Return count(*) and ``more`` aggregates of a query, and what DuckDB rejected meanwhile."""
        import duckdb

        self.connection.execute("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans")
        try:
            # fetchall: the rejects are only written once a result has been read to its end
            (row,) = self.connection.execute(f"SELECT {', '.join(['count(*)', *more])} FROM ({query})").fetchall()
        except duckdb.InvalidInputException as error:
            return [0, 0], [str(error).splitlines()[0]]
        if not any(file.layout for file in self.files):
            return list(row), []
        rejected = self.connection.execute("SELECT error_message FROM reject_errors LIMIT 20").fetchall()
        return list(row), [str(message) for (message,) in rejected]

    def _judge(self, columns: Sequence[str]) -> None:
        """Refuse a file whose last quote stays open: one thread drops its end without a word, several do notice."""
        faults = self._faults(columns)
        if faults:
            raise FileFaults(faults)

    def _unsafe(self, columns: Sequence[str]) -> bool:
        anywhere = " OR ".join(f"regexp_matches(c{index}, {literal(UNSAFE_SQL)})" for index in range(len(columns)))
        row = self.connection.execute(f"SELECT count(*) FROM ({self.select(columns)}) WHERE {anywhere}").fetchone()
        return bool(row and row[0])

    def _refuse(self, columns: Sequence[str], said: Sequence[str]) -> None:
        where = shown(self.files[0].path)
        raise FileFaults(
            self._faults(columns)
            or [Fault("not-readable", message, where) for message in said or ("a cell is too long",)]
        )

    def _faults(self, columns: Sequence[str]) -> list[Fault]:
        return [
            fault
            for file in self.files
            if file.layout
            for fault in all_faults(file.path, file.layout, columns) or all_faults(file.path, file.layout)
        ]


@contextmanager
def open_source(
    connection: DuckDBPyConnection, paths: Sequence[Path], encoding: str | None = None, delimiter: str | None = None
) -> Iterator[Source]:
    """Yield files as one Source; their bytes are hashed and checked in a thread meanwhile.

    What DuckDB cannot read as it is (cp1252, UTF-16) is first copied as UTF-8 to a file that only its owner can read,
    deleted at the end. Raises NoSuchSource and FileFaults.
    """
    with ThreadPoolExecutor(1, "scan") as pool, tempfile.TemporaryDirectory(prefix="qacli-") as private:
        files = []
        for number, path in enumerate(paths):
            if not path.is_file():
                raise NoSuchSource(path, "there is no such file")
            if path.suffix == ".parquet":
                files.append(SourceFile(path, None, _parquet_header(connection, path), path, None))
                continue
            layout = probe(path, encoding, delimiter)
            copied = layout.encoding != "utf-8"
            readable = Path(private) / f"{number}.csv" if copied or PATTERN & set(str(path)) else path
            if readable != path and not copied:
                readable.symlink_to(path.resolve())  # DuckDB would read its name as a pattern
            running = pool.submit(_scan, path, layout, readable if copied else None)
            if copied and not running.result().text:
                raise FileFaults(all_faults(path, layout))
            files.append(SourceFile(path, layout, layout.header, readable, running))
        yield Source(connection, files)


def _scan(path: Path, layout: CsvLayout, utf8: Path | None) -> Scan:
    if utf8 is None:
        return scan(path, layout)
    with os.fdopen(os.open(utf8, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
        return scan(path, layout, copy)


def _parquet_header(connection: DuckDBPyConnection, path: Path) -> tuple[str, ...]:
    import duckdb

    try:
        rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(str(path))})").fetchall()
    except duckdb.Error:
        raise FileFaults([Fault("not-parquet", "this cannot be read as Parquet", shown(path))]) from None
    return tuple(row[0] for row in rows)


def _table(file: SourceFile, threads: bool) -> str:
    path = literal(str(file.readable))
    if file.layout is None:
        return f"read_parquet({path})"
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in file.header)
    packed = file.layout.compressed and file.layout.encoding == "utf-8"
    # A thread of DuckDB (1.4 to 2.0) that starts amid a quoted cell takes the lines of that cell for records, and
    # CRLF gives no rows at all where new_line is stated.
    return (
        f"read_csv([{path}], columns = {{{columns}}}, auto_detect = false, strict_mode = true, store_rejects = true, "
        f"header = true, skip = {file.layout.skip}, delim = {literal(file.layout.delimiter)}, quote = '\"', "
        f"escape = '\"', compression = '{'gzip' if packed else 'none'}', parallel = {str(threads).lower()})"
    )
