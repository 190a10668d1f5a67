"""Opt-out lists: customers whose transactions are not to be observed, from when to when."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qacli.sources.typed import Bad, open_typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from duckdb import DuckDBPyConnection

    from qacli.sources.profile import Profile

TABLE = "opt_outs"
NOBODY = Bad(
    "customer-blank",
    "customer",
    "t_customer IS NULL",
    "is blank: nobody is named",
    "mend the row, or take it out of the list",
)


class OptOuts(NamedTuple):
    """An opt-out list as the table ``table`` (customer, from, to, scope); an open end is NULL, ``to`` is included."""

    table: str
    paths: tuple[Path, ...]
    digest: str
    records: int


@contextmanager
def open_opt_outs(
    connection: DuckDBPyConnection,
    paths: Sequence[Path],
    profile: Profile,
    time_zone: ZoneInfo,
    sheet: str | None = None,
) -> Iterator[OptOuts]:
    """Yield an opt-out list as a table of local dates. Raises FileFaults, NoSuchColumn, NoSuchSource."""
    with open_typed(connection, paths, profile, time_zone, sheet) as typed:
        typed.read()
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {TABLE} AS {typed.final()}")
        try:
            blank = connection.execute(f"SELECT count(*) FROM {TABLE} WHERE customer IS NULL").fetchall()[0][0]
            typed.refuse([NOBODY] if blank else [])
            yield OptOuts(TABLE, tuple(paths), typed.source.digest, typed.counts.records)
        finally:
            connection.execute(f"DROP TABLE IF EXISTS {TABLE}")
