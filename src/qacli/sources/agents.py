"""Lists of agents: who is behind the agent id of an export, and in which team, where the export itself does not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qacli.sources.typed import Bad, open_typed

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from duckdb import DuckDBPyConnection

    from qacli.sources.profile import Profile

TABLE = "agents"
NOBODY = Bad(
    "agent-blank", "agent", "t_agent IS NULL", "is blank: no agent is named", "mend the row, or take it out of the list"
)
TWICE = Bad(
    "agent-twice",
    "agent",
    "t_agent IN (SELECT agent FROM agents GROUP BY 1 HAVING count(*) > 1)",
    "stands in several rows that differ",
    "keep one row for each agent: it says what holds for the whole export",
)


class Known(NamedTuple):
    """What a list says of one agent; empty where it does not say."""

    name: str
    login: str


class Agents(NamedTuple):
    """A list of agents as the table ``table``: agent (unique), colleague, name, login, team; ``digests`` by file name."""

    connection: DuckDBPyConnection
    table: str
    digests: Sequence[tuple[str, str]]

    def known(self) -> Mapping[str, Known]:
        """Return what is said of each agent, by what a transaction then calls the colleague."""
        rows = self.connection.execute(f"SELECT coalesce(colleague, agent), name, login FROM {self.table} ORDER BY 1")
        return {colleague: Known(name or "", login or "") for colleague, name, login in rows.fetchall()}

    def joined(self, transactions: str) -> str:
        """Return the SQL of transactions whose agent ids are looked up: what the export says of the team itself counts."""
        return (
            "SELECT t.* REPLACE (coalesce(a.colleague, t.colleague) AS colleague, coalesce(t.team, a.team) AS team) "
            f"FROM ({transactions}) AS t LEFT JOIN {self.table} AS a ON a.agent = t.colleague"
        )


@contextmanager
def open_agents(
    connection: DuckDBPyConnection,
    paths: Sequence[Path],
    profile: Profile,
    time_zone: ZoneInfo,
    sheet: str | None = None,
) -> Iterator[Agents]:
    """Yield a list of agents. Raises FileFaults, NoSuchColumn, NoSuchSource."""
    with open_typed(connection, paths, profile, time_zone, sheet) as typed:
        typed.read()
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {TABLE} AS SELECT DISTINCT * FROM ({typed.final()})")
        try:
            rows, named, agents = connection.execute(
                f"SELECT count(*), count(agent), count(DISTINCT agent) FROM {TABLE}"
            ).fetchall()[0]
            typed.refuse(([NOBODY] if named < rows else []) + ([TWICE] if agents < named else []))
            yield Agents(connection, TABLE, typed.source.digests)
        finally:
            connection.execute(f"DROP TABLE IF EXISTS {TABLE}")
