"""SQL over the tables in force, with their words joined, for summaries and for analysts.

Files are scanned where they lie while they hold exactly the committed bytes; beside a writer a private copy of
the committed prefix is read instead.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qacli.engine.connection import connect, literal
from qacli.engine.plain_names import by_plain_name
from qacli.files.temporary import private_folder
from qacli.ledger.head import read_committed
from qacli.model import REDACTED, MalformedFile, QacliError, Row, Words, text_of
from qacli.workspace.cells import SQL_TYPES, Column, columns
from qacli.workspace.tables import TABLES, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import duckdb
    import pandas as pd

    from qacli.workspace.view import FolderView


def run(view: FolderView, query: str, parameters: Sequence[object] = (), *, words: bool = True) -> pd.DataFrame:
    """Return the rows of a query over every table by its name; without ``words`` free text stands as its id.

    A table holds the rows in force; ``at`` and other times are UTC without zone; empty cells are NULL.
    Raises MalformedFile where the records are damaged, QacliError where the query is no SQL over their tables.
    """
    import duckdb

    try:
        return _beside_a_writer(view, query, parameters, words)
    except (duckdb.InvalidInputException, duckdb.ConversionException) as wrong:
        raise MalformedFile(
            f"the records cannot be read as their tables: {wrong}", help="run: qacli ledger verify"
        ) from None
    except duckdb.ProgrammingError as wrong:
        raise QacliError(f"this query cannot be run: {wrong}", help=f"tables: {', '.join(sorted(TABLES))}") from None


def _beside_a_writer(view: FolderView, query: str, parameters: Sequence[object], words: bool) -> pd.DataFrame:
    """Read the files themselves where nobody writes meanwhile, else private copies of what was committed."""
    import duckdb

    before = _states(view)
    try:
        with _files(view, before) as files:
            frame = _run(view, files, query, parameters, words)
    except duckdb.Error:
        if _states(view) == before:
            raise
    else:
        if _states(view) == before:
            return frame
    # A writer came between: what was read may hold more than was committed, or half of a row.
    with _files(view, {}) as files:
        return _run(view, files, query, parameters, words)


def _states(view: FolderView) -> dict[str, tuple[int, int]]:
    """Return size and time of change of every record file that is there: a file that grew and was cut back shows."""
    found = {}
    for file in view.head.sizes:
        with suppress(FileNotFoundError):
            state = (view.workspace.folder / file).stat()
            found[file] = state.st_size, state.st_mtime_ns
    return found


def _run(
    view: FolderView, files: dict[str, Path], query: str, parameters: Sequence[object], words: bool
) -> pd.DataFrame:
    with connect() as connection:
        connection.execute("CREATE TEMP TABLE withdrawn AS SELECT unnest(?::VARCHAR[]) AS id", [sorted(view.withdrawn)])
        if words:
            _words(connection, view, files)
        # A table that the query does not name is neither read nor noted as opened: the commit need not wait for it.
        for kind in (table(name) for name in TABLES if name in query.lower()):
            view.opened.add(kind.TABLE)
            connection.execute(_table(view, kind, files, words))
        return connection.execute(query, list(parameters)).df()


@contextmanager
def _files(view: FolderView, states: Mapping[str, tuple[int, int]]) -> Iterator[dict[str, Path]]:
    """Yield a path for every record file that holds exactly its committed bytes: its own by its state, or a copy's."""
    folder = view.workspace.folder
    with private_folder() as private:
        found = {}
        for number, (file, size) in enumerate(view.head.sizes.items()):
            other = private / f"{number}.csv"
            if states.get(file, (-1, 0))[0] == size:
                found[file] = by_plain_name(folder / file, other)
                continue
            found[file] = other
            descriptor = os.open(other, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as copy:
                copy.write(read_committed(folder, file, size))
        yield found


def _words(connection: duckdb.DuckDBPyConnection, view: FolderView, files: dict[str, Path]) -> None:
    parts = [_scan(files[file]) for file, _ in view.files("words")]
    source = (
        " UNION ALL BY NAME ".join(parts)
        or "SELECT NULL::VARCHAR AS id, NULL::VARCHAR AS nonce, NULL::VARCHAR AS text WHERE false"
    )
    readable = f"CASE WHEN nonce SIMILAR TO 'x+' THEN {literal(REDACTED)} ELSE text END AS text"
    connection.execute(f"CREATE TEMP VIEW words AS SELECT id, {readable} FROM ({source})")


def _table(view: FolderView, kind: type[Row], files: dict[str, Path], words: bool) -> str:
    """Return the statement that makes the view of one table in force."""
    nothing = ", ".join(f'NULL::VARCHAR AS "{column.name}"' for column in columns(kind))
    parts = []
    for file, _ in view.files(kind.TABLE):
        header = _header(files[file])
        view.tell_newer(kind, file, header)
        parts.append(_with_all_columns(kind, files[file], header))
    raw = " UNION ALL ".join([*parts, f"(SELECT {nothing} WHERE false)"])
    picked = ", ".join(_typed(column, words) for column in columns(kind))
    joins = " ".join(
        f'LEFT JOIN words AS "w_{column.name}" ON "w_{column.name}".id = r."{column.name}"'
        for column in columns(kind)
        if column.type is Words and words
    )
    made = f'CREATE TEMP VIEW "{kind.TABLE}" AS SELECT {picked} FROM ({raw}) AS r {joins}'
    return f"{made} WHERE {_in_force(kind)}" if view.withdrawn else made


def _in_force(kind: type[Row]) -> str:
    """Return the condition that neither a row ``r`` nor what it belongs to was put right or taken back."""
    below = (
        f'AND NOT EXISTS (FROM withdrawn AS g WHERE r."{kind.PARENT}" = g.id '
        f"OR starts_with(r.\"{kind.PARENT}\", g.id || '-'))"
        if kind.PARENT
        else ""
    )
    return f"r.id NOT IN (SELECT id FROM withdrawn) {below}"


def _with_all_columns(kind: type[Row], path: Path, header: Sequence[str]) -> str:
    """Return a query over one file with every column of today: a former name, or the default, where it has none."""
    picked = []
    for column in columns(kind):
        name = column.name if column.name in header else kind.FORMERLY.get(column.name, "")
        default = f"NULLIF({literal(text_of(column.default))}, '')"  # type: ignore[arg-type]
        picked.append(f'"{name}" AS "{column.name}"' if name in header else f'{default} AS "{column.name}"')
    return f"(SELECT {', '.join(picked)} FROM {_scan(path)})"


def _typed(column: Column, words: bool) -> str:
    if column.type is Words and not words:
        return f'r."{column.name}"'
    if column.type is Words:
        return f'"w_{column.name}".text AS "{column.name}"'
    if column.type is bool:
        return f'r."{column.name}" = \'yes\' AS "{column.name}"'
    return f'r."{column.name}"::{SQL_TYPES[column.type]} AS "{column.name}"'


def _header(path: Path) -> list[str]:
    with path.open("rb") as table:
        return table.readline().decode("utf-8").strip().split(",")


def _scan(path: Path) -> str:
    """Return a query over one canonical file, every column as text, empty cells as NULL."""
    named = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in _header(path))
    return (
        f"(FROM read_csv({literal(str(path))}, columns={{{named}}}, header=true, auto_detect=false, "
        "strict_mode=true, delim=',', quote='\"', escape='\"', encoding='utf-8'))"
    )
