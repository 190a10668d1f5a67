"""A first mapping profile for a list of agents: whose id it is, and what else it says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.source import open_source
from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import NOT_TEXT, shown
from qacli.sources.names import matched
from qacli.sources.profile import Profile
from qacli.sources.profile_text import profile_text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "agent": ("agent id", "user id", "agent", "owner id", "hubspot owner id", "responder id", "assignee id", "id"),
        "login": ("login", "user name", "agent username", "email", "e mail", "agent email", "user email"),
        "name": ("name", "full name", "agent name", "display name", "contact name"),
        "team": (
            "team",
            "team name",
            "group",
            "group name",
            "agent group",
            "department",
            "division",
            "team id",
            "group id",
        ),
    }
)


class AgentsProposal(NamedTuple):
    """A profile of a list of agents and its YAML text."""

    profile: Profile
    text: str


def propose_agents(
    connection: DuckDBPyConnection,
    path: Path,
    *,
    id: str,  # noqa: A002
    owner: str,
    today: date,
    encoding: str | None = None,
) -> AgentsProposal:
    """Return a profile for a list of agents; ``encoding`` counts where the file is no UTF-8.

    Raises FileFaults where no column is recognised as the agent id.
    """
    header, used = _header(connection, path, encoding)
    found = matched(header, NAMES)
    if "agent" not in found:
        remedy = f"call it agent_id in the first row, or write a profile; the columns are: {', '.join(header)}"
        raise FileFaults([Fault("field-unknown", "no column was recognised as agent", shown(path), 1, help=remedy)])
    body: dict[str, Any] = {"id": id, "version": "1", "owner": owner, "from": today.isoformat()}
    body |= {"kind_of_source": "agents"} | ({"encoding": used} if used else {})
    body |= {"missing": [""], "columns": {field: {"column": column} for field, column in found.items()}}
    notes = ["to call colleagues here by another column than their id: colleague: {column: ...}"]
    return AgentsProposal(Profile.model_validate(body), profile_text(body, notes))


def _header(connection: DuckDBPyConnection, path: Path, encoding: str | None) -> tuple[Sequence[str], str | None]:
    try:
        with open_source(connection, [path]) as source:
            source.check(source.header)
            return source.header, None
    except FileFaults as found:
        if encoding is None or not any(fault.code == NOT_TEXT for fault in found.faults):
            raise
    with open_source(connection, [path], encoding) as source:
        return source.header, encoding
