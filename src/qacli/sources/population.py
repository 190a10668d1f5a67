"""The population: one row for each transaction of an export, as a view that sampling joins and never copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from qacli.engine.source import CELLS, Asked
from qacli.files.scan import digest_of
from qacli.sources.differences import refuse_copies
from qacli.sources.typed import Bad, Typed, open_typed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from duckdb import DuckDBPyConnection

    from qacli.engine.remote import Engine
    from qacli.engine.source import Source
    from qacli.sources.agents import Agents
    from qacli.sources.profile import Profile

VIEW = "population"
ROWS = "classified"
BLANK = Bad(
    "id-blank",
    "transaction",
    "t_transaction IS NULL",
    "is blank: the row belongs to no transaction",
    "mend the row, or take it out of the export",
)
TWICE = Bad(
    "id-twice",
    "transaction",
    "t_transaction IN (SELECT t_transaction FROM ({texts}) GROUP BY 1 HAVING count(*) > 1)",
    "stands in several rows",
    "if a transaction fills several rows, say so in the profile: grain: {one_per: transaction, keep: last}",
)


class Figures(NamedTuple):
    """What reading found. ``transactions`` is how many rows count, ``undated`` how many of them have no start.

    ``lines`` is None where there are none.
    """

    digest: str
    records: int
    lines: int | None
    transactions: int
    undated: int


class Question(NamedTuple):
    """What is asked of a population: ``query`` groups or filters the table ROWS, and joins it with nothing.

    ``rows`` returns that table: the SQL of rows of the view as p, each at most once, with ``also`` among what it selects.
    Where it is given something to select besides, it leaves out no row. ``parameters`` are those of both.
    """

    rows: Callable[[str], str]
    query: str
    parameters: Sequence[object] = ()


class Population:
    """The transactions of one source, as the view ``view`` beside the tables of ``engine`` while it is open.

    Columns: id, started_at and ended_at (UTC), local_date, colleague, team, channel, customer, reason, queue,
    seconds, satisfaction; ids are NFC and stripped, and NULL is missing. ``left_out`` are the unmapped columns.
    Where the source has no column of colleagues, ``names_colleagues`` is False and colleague is empty text, never NULL.
    The source is read when the first question is asked, in the same pass; any other use of it reads it before.
    """

    view = VIEW

    def __init__(
        self,
        engine: Engine,
        paths: Sequence[Path],
        left_out: tuple[str, ...],
        read: Callable[[Question | None], tuple[Figures, list[Any] | None]],
        names_colleagues: bool = True,
    ) -> None:
        """``read`` checks the source, makes the view and may answer a question meanwhile. It is called once."""
        self.engine, self.paths, self.left_out = engine, tuple(paths), left_out
        self.names_colleagues = names_colleagues
        self._read, self._figures = read, cast("Figures | None", None)

    def ask(self, question: Question) -> list[Any]:
        """Return the rows that answer a question, in any order. Raises FileFaults where the source cannot be read."""
        if self._figures is None:
            self._figures, rows = self._read(question)
            if rows is not None:
                return rows
        query = f"WITH {ROWS} AS ({question.rows('')}) {question.query}"
        return self.engine.execute(query, question.parameters).fetchall()

    @property
    def figures(self) -> Figures:
        """What reading found. Raises FileFaults where the source cannot be read."""
        if self._figures is None:
            self._figures, _ = self._read(None)
        return self._figures

    @property
    def connection(self) -> Engine:
        """The engine, once the source has been read. Raises FileFaults where it cannot be."""
        return self.figures and self.engine

    @property
    def digest(self) -> str:
        """That of the source files."""
        return self.figures.digest

    @property
    def transactions(self) -> int:
        """How many there are."""
        return self.figures.transactions


@contextmanager
def open_population(
    connection: DuckDBPyConnection,
    paths: Sequence[Path],
    profile: Profile,
    time_zone: ZoneInfo,
    sheet: str | None = None,
    agents: Agents | None = None,
) -> Iterator[Population]:
    """Yield the transactions of an export, all of it read, as ``unread_population``. Raises FileFaults besides."""
    with unread_population(connection, paths, profile, time_zone, sheet, agents) as population:
        _ = population.figures
        yield population


@contextmanager
def unread_population(
    connection: DuckDBPyConnection,
    paths: Sequence[Path],
    profile: Profile,
    time_zone: ZoneInfo,
    sheet: str | None = None,
    agents: Agents | None = None,
) -> Iterator[Population]:
    """Yield the transactions of an export. ``time_zone`` is that of local times, unless the profile names one.

    ``agents`` says who is behind an agent id; its files then belong to the digest.
    Where the profile declares a grain, the last (or first) row counts, by the time that it names or in order of file name
    and line; else an id that stands twice is refused. Raises FileFaults, NoSuchColumn, NoSuchSource.
    """
    with open_typed(connection, paths, profile, time_zone, sheet) as typed:

        def read(question: Question | None) -> tuple[Figures, list[Any] | None]:
            source, rows = typed.source, None
            if profile.grain or agents or question is None:
                typed.read()
            else:
                query = f"WITH {ROWS} AS (SELECT * FROM {CELLS}) {question.query}"
                rows = typed.answer(VIEW, question.rows, Asked(query, question.parameters))
            make_view(typed, VIEW, agents)
            digest = digest_of([*source.digests, *agents.digests]) if agents else source.digest
            return Figures(digest, typed.counts.records, source.lines, *counted(typed)), rows

        try:
            yield Population(connection, paths, left_out(typed.source, typed), read, "colleague" in profile.columns)
        finally:
            connection.execute(f"DROP VIEW IF EXISTS {VIEW}; DROP TABLE IF EXISTS {VIEW}_rows")


def left_out(source: Source, typed: Typed) -> tuple[str, ...]:
    """Return the columns that the profile does not map, and those of a spreadsheet that have no name."""
    measures = {each for column in typed.profile.measures.values() for each in (column.column, column.unit_column)}
    unnamed = [f"{letter} (no name)" for file in source.files if file.sheet for letter in file.sheet.unnamed]
    return (*(name for name in source.header if name not in {*typed.columns, *measures}), *dict.fromkeys(unnamed))


def make_view(typed: Typed, view: str, agents: Agents | None = None) -> None:
    """Make the view of one row for each transaction; with a grain, over a table of the rows that count."""
    connection, grain = typed.source.connection, typed.profile.grain
    if grain is None:
        final = agents.joined(typed.final()) if agents else typed.final()
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {final}")
        return
    order = "DESC" if grain.keep == "last" else "ASC"
    # a row without the time counts only where no other row has it
    time = f"{grain.by} {order} NULLS LAST, " if grain.by else ""
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE {view}_rows AS SELECT * EXCLUDE (file, record) FROM ({typed.final(numbered=True)})
        QUALIFY row_number() OVER (PARTITION BY id ORDER BY {time}file {order}, record {order}) = 1""")
    rows = f"SELECT * FROM {view}_rows"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {agents.joined(rows) if agents else rows}")


def counted(typed: Typed) -> tuple[int, int]:
    """Return (transactions, those without a start). Raises FileFaults for blank ids and ids that stand twice."""
    counts = typed.counts
    if counts.ids < counts.records:
        typed.refuse([BLANK])
    if counts.distinct is None:
        rows, dated = typed.source.connection.execute(f"SELECT count(*), count(started_at) FROM {VIEW}").fetchall()[0]
        return int(rows), int(rows - dated)
    if counts.distinct < counts.ids:
        refuse_copies(typed.source)
        typed.refuse([TWICE._replace(where=TWICE.where.replace("{texts}", typed.texts()))])
    return counts.records, counts.records - counts.dated
