"""The sources that qacli.yaml names, opened: the population of transactions, and who opted out."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.connection import connect
from qacli.model import QacliError
from qacli.prepare.notices.notice import Span
from qacli.sources.agents import Agents, open_agents
from qacli.sources.folders import find
from qacli.sources.population import Population, unread_population
from qacli.workspace.definitions import NoSuchDefinition
from qacli.workspace.remotes import lies_elsewhere, open_table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from duckdb import DuckDBPyConnection

    from qacli.prepare.settings import Source
    from qacli.sources.profile import Profile
    from qacli.workspace import Workspace

TRANSACTIONS = "transactions"
OPT_OUTS = "opt_outs"
AGENTS = "agents"


class NoSource(QacliError):
    """qacli.yaml names no such source, or its files are not there."""

    def __init__(self, name: str, path: str = "") -> None:
        if path:
            super().__init__(
                f"no file matches {path}, the path of source '{name}' in qacli.yaml",
                help="put the export there, or correct the path",
            )
        else:
            super().__init__(f"qacli.yaml names no source '{name}'", help="connect an export: qacli source add FILE")


class Opened(NamedTuple):
    """A population with the name that people.csv uses for its agent ids, and the customers who opted out."""

    population: Population
    source: str
    opt_outs: Sequence[Span]


def source_of(workspace: Workspace, name: str) -> tuple[Source, list[Path]]:
    """Return a source and the files that it names. Raises NoSource, MixedKinds."""
    source = workspace.settings.sources.get(name)
    if source is None:
        raise NoSource(name)
    paths = find(workspace.folder, source.path).paths
    if not paths:
        raise NoSource(name, source.path)
    return source, list(paths)


def left_out_files(workspace: Workspace, name: str) -> list[str]:
    """Return what lies in the folder of a source and is not read, with the reason. Raises NoSource."""
    source, _ = source_of(workspace, name)
    return [f"not read: {path}, {why}" for path, why in find(workspace.folder, source.path).left_out]


class AgentsElsewhere(QacliError):
    """A list of agents, or the transactions, lie on another engine."""

    def __init__(self) -> None:
        super().__init__(
            "source 'agents' in qacli.yaml is a file that is looked up for transactions in files, not on another engine",
            help="join the list of agents in the query, and take the line agents: out of sources",
        )


class OtherKind(QacliError):
    """A profile reads another kind of source than the one that names it."""

    def __init__(self, source: str, profile: Profile) -> None:
        super().__init__(
            f"source '{source}' in qacli.yaml names the profile {profile.id}, which reads {profile.kind_of_source}",
            help=f"name a profile with kind_of_source: {source}, or correct that line of the profile",
        )


def profile_of(workspace: Workspace, source: Source, name: str) -> Profile:
    """Return the mapping profile of a source. Raises NoSource, NoSuchDefinition, OtherKind, FileFaults."""
    if not source.profile:
        raise QacliError(f"source '{name}' in qacli.yaml names no profile", help="propose one: qacli source add FILE")
    found = [item.model for item in workspace.definitions.items("profile") if item.model.id == source.profile]
    if not found:
        known = [item.model.id for item in workspace.definitions.items("profile")]
        raise NoSuchDefinition("profile", source.profile, known, files=workspace.definitions.paths("profile"))
    profile: Profile = found[0]
    if profile.kind_of_source != name:
        raise OtherKind(name, profile)
    return profile


@contextmanager
def open_transactions(workspace: Workspace) -> Iterator[Opened]:
    """Yield the population of the source ``transactions``, still unread, with opt-outs where a source names them.

    Raises NoSource, FileFaults, NoSuchDefinition.
    """
    with connect() as connection:
        opt_outs = read_opt_outs(workspace, connection)
        with _transactions(workspace, connection) as (population, profile):
            yield Opened(population, profile.id, opt_outs)


@contextmanager
def _transactions(workspace: Workspace, connection: DuckDBPyConnection) -> Iterator[tuple[Population, Profile]]:
    if elsewhere := lies_elsewhere(workspace, TRANSACTIONS):
        from qacli.sources.tables import population_of

        profile = profile_of(workspace, elsewhere, TRANSACTIONS)
        if AGENTS in workspace.settings.sources:
            raise AgentsElsewhere
        with open_table(workspace, TRANSACTIONS, profile) as table:
            yield population_of(table), profile
        return
    source, paths = source_of(workspace, TRANSACTIONS)
    profile = profile_of(workspace, source, TRANSACTIONS)
    with (
        agents_of(workspace, connection) as agents,
        unread_population(connection, paths, profile, workspace.zone, source.sheet, agents) as population,
    ):
        yield population, profile


@contextmanager
def agents_of(workspace: Workspace, connection: DuckDBPyConnection) -> Iterator[Agents | None]:
    """Yield the list of agents; None where no source names one. Raises as open_transactions."""
    if AGENTS not in workspace.settings.sources:
        yield None
        return
    if lies_elsewhere(workspace, AGENTS):
        raise AgentsElsewhere
    source, paths = source_of(workspace, AGENTS)
    profile = profile_of(workspace, source, AGENTS)
    with open_agents(connection, paths, profile, workspace.zone, source.sheet) as agents:
        yield agents


def opted_out(workspace: Workspace, transactions: Collection[str]) -> set[str]:
    """Return those of some transactions whose customers have opted out for that day, as the list stands now.

    Empty where no source names opt-outs; the population is read only where somebody is on the list. Raises as
    open_transactions.
    """
    if OPT_OUTS not in workspace.settings.sources:
        return set()
    with connect() as connection:
        listed = read_opt_outs(workspace, connection)
        if not listed:
            return set()
        with _transactions(workspace, connection) as (population, _):
            rows = population.connection.execute(
                "SELECT id, customer, local_date FROM population WHERE list_contains(?::VARCHAR[], id)",
                [list(transactions)],
            ).fetchall()
    return {
        id_
        for id_, customer, day in rows
        if any(span.key == customer and span.from_ <= day <= span.to for span in listed)
    }


def read_opt_outs(workspace: Workspace, connection: DuckDBPyConnection) -> list[Span]:
    """Return the days on which customers had opted out; nobody where no source names them."""
    if OPT_OUTS not in workspace.settings.sources:
        return []
    return [
        Span(row["customer"], row.get("from") or date.min, row.get("to") or date.max)
        for row in _opt_outs(workspace, connection)
    ]


def _opt_outs(workspace: Workspace, connection: DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the rows of the opt-out list as dictionaries by field."""
    if elsewhere := lies_elsewhere(workspace, OPT_OUTS):
        from qacli.sources.tables import opt_outs_of

        with open_table(workspace, OPT_OUTS, profile_of(workspace, elsewhere, OPT_OUTS)) as table:
            return opt_outs_of(table)
    from qacli.sources.opt_outs import open_opt_outs

    source, paths = source_of(workspace, OPT_OUTS)
    profile = profile_of(workspace, source, OPT_OUTS)
    with open_opt_outs(connection, paths, profile, workspace.zone, source.sheet) as listed:
        rows = connection.execute(f"SELECT * FROM {listed.table}")
        names = [column[0] for column in rows.description]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
