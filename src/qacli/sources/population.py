"""The population: one row for each transaction of an export, as a view that sampling joins and never copies."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.scan import digest_of
from qacli.sources.differences import refuse_copies
from qacli.sources.typed import Bad, Typed, open_typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from duckdb import DuckDBPyConnection

    from qacli.engine.remote import Engine
    from qacli.engine.source import Source
    from qacli.sources.agents import Agents
    from qacli.sources.profile import Profile

VIEW = "population"
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


class Population(NamedTuple):
    """The transactions of one source, as the view ``view`` of ``connection`` while it is open.

    Columns: id, started_at and ended_at (UTC), local_date, colleague, team, channel, customer, reason, queue,
    seconds, satisfaction; ids are NFC and stripped, and NULL is missing. ``digest`` is that of the source files,
    ``undated`` counts transactions without a start, ``lines`` is None where there are none, ``left_out`` the unmapped columns,
    ``channels`` those that occur in the source.
    """

    connection: Engine
    view: str
    paths: tuple[Path, ...]
    digest: str
    records: int
    lines: int | None
    transactions: int
    undated: int
    left_out: tuple[str, ...]
    channels: tuple[str, ...]


@contextmanager
def open_population(
    connection: DuckDBPyConnection,
    paths: Sequence[Path],
    profile: Profile,
    time_zone: ZoneInfo,
    sheet: str | None = None,
    agents: Agents | None = None,
) -> Iterator[Population]:
    """Yield the transactions of an export. ``time_zone`` is that of local times, unless the profile names one.

    ``agents`` says who is behind an agent id; its files then belong to the digest.
    Where the profile declares a grain, the last (or first) row in order of file name and line counts; else an id that
    stands twice is refused. Raises FileFaults, NoSuchColumn, NoSuchSource.
    """
    with open_typed(connection, paths, profile, time_zone, sheet) as typed:
        source = typed.source
        make_view(typed, VIEW, agents)
        try:
            transactions, undated = counted(typed)
            yield Population(
                connection,
                VIEW,
                tuple(paths),
                digest_of([*source.digests, *agents.digests]) if agents else source.digest,
                typed.counts.records,
                source.lines,
                transactions,
                undated,
                left_out(source, typed),
                typed.counts.channels,
            )
        finally:
            connection.execute(f"DROP VIEW IF EXISTS {VIEW}; DROP TABLE IF EXISTS {VIEW}_rows")


def left_out(source: Source, typed: Typed) -> tuple[str, ...]:
    """Return the columns that the profile does not map, and those of a spreadsheet that have no name."""
    unnamed = [f"{letter} (no name)" for file in source.files if file.sheet for letter in file.sheet.unnamed]
    return (*(name for name in source.header if name not in typed.columns), *dict.fromkeys(unnamed))


def make_view(typed: Typed, view: str, agents: Agents | None = None) -> None:
    """Make the view of one row for each transaction; with a grain, over a table of the rows that count."""
    connection, grain = typed.source.connection, typed.profile.grain
    if grain is None:
        final = agents.joined(typed.final()) if agents else typed.final()
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {final}")
        return
    order = "DESC" if grain.keep == "last" else "ASC"
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE {view}_rows AS SELECT * EXCLUDE (file, record) FROM ({typed.final(numbered=True)})
        QUALIFY row_number() OVER (PARTITION BY id ORDER BY file {order}, record {order}) = 1""")
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
