"""First contact with an export: what is proposed, and what connecting it would write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qacli.engine.connection import connect
from qacli.files.layout import Quoting
from qacli.sources.agents import open_agents
from qacli.sources.folders import find
from qacli.sources.propose import propose
from qacli.sources.propose_agents import propose_agents
from qacli.workspace.connect import NOBODY, Connected, Named, connecting, new_profile, relative, system
from qacli.workspace.populations import AGENTS, TRANSACTIONS, NoSource

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from qacli.sources.agents import Agents
    from qacli.sources.propose import Proposal
    from qacli.workspace import Workspace


class Asked(NamedTuple):
    """What somebody says of an export before it is read."""

    file: Path
    name: str
    system: str = ""
    columns: Mapping[str, str] = {}
    dates: str | None = None
    encoding: str | None = None
    quoting: Quoting = "doubled"
    sheet: str | None = None
    agents: Path | None = None


class FirstContact(NamedTuple):
    """What was proposed, what connecting it writes, the lines of qacli.yaml by source, and files that are not read."""

    proposal: Proposal
    connected: Connected
    lines: Mapping[str, str]
    left_out: tuple[tuple[str, str], ...]


def first_contact(workspace: Workspace, asked: Asked) -> FirstContact:
    """Read an export for the first time; nothing is written. Raises UsageError, FileFaults, NoSource, MixedKinds."""
    where = relative(workspace, asked.file)
    new_profile(workspace, asked.name)
    made_by = system(asked.system) if asked.system else None
    found = find(workspace.folder, where)
    if not found.paths:
        raise NoSource(TRANSACTIONS, where)
    with connect() as connection, _agents(workspace, connection, asked) as (agents, listed):
        proposal = propose(
            connection,
            found.paths,
            workspace.zone,
            id=asked.name,
            owner=workspace.actor,
            today=workspace.clock().date(),
            columns=asked.columns,
            dates=asked.dates,
            encoding=asked.encoding,
            quoting=asked.quoting,
            sheet=asked.sheet,
            system=made_by,
            agents=agents,
        )
        known = agents.known() if agents else NOBODY
    named = {TRANSACTIONS: Named(where, asked.sheet, asked.name, proposal.text), **listed}
    connected = connecting(workspace, named, proposal.colleagues, known)
    return FirstContact(proposal, connected, {source: each.line for source, each in named.items()}, found.left_out)


@contextmanager
def _agents(
    workspace: Workspace, connection: DuckDBPyConnection, asked: Asked
) -> Iterator[tuple[Agents | None, Mapping[str, Named]]]:
    """Yield the list of agents that is named beside an export, and how qacli.yaml is to name it."""
    if asked.agents is None:
        yield None, {}
        return
    name = f"{asked.name[:33]}-agents"
    new_profile(workspace, name)
    where = relative(workspace, asked.agents)
    today = workspace.clock().date()
    proposed = propose_agents(
        connection, asked.agents, id=name, owner=workspace.actor, today=today, encoding=asked.encoding
    )
    with open_agents(connection, [asked.agents], proposed.profile, workspace.zone) as agents:
        yield agents, {AGENTS: Named(where, None, name, proposed.text)}
