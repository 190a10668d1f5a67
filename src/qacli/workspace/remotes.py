"""Sources that lie on another engine: qacli connects where qacli.yaml says so, and nowhere else."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from qacli.model import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from qacli.engine.remote import Remote
    from qacli.prepare.settings import Source
    from qacli.sources.profile import Profile
    from qacli.sources.warehouse import Table
    from qacli.workspace import Workspace


class NoAddress(Misconfigured):
    """The environment variable that holds the address of a database is not set."""

    def __init__(self, name: str, variable: str) -> None:
        super().__init__(
            f"source '{name}' looks for the address of its database in {variable}, which is not set",
            help=f"export {variable}=postgresql://USER@HOST/DATABASE; a password belongs into ~/.pgpass",
        )


def lies_elsewhere(workspace: Workspace, name: str) -> Source | None:
    """Return the source of this name where qacli.yaml says that it lies on another engine, else None."""
    source = workspace.settings.sources.get(name)
    return source if source and source.engine else None


@contextmanager
def open_table(workspace: Workspace, name: str, profile: Profile) -> Iterator[Table]:
    """Yield a source on another engine, read once under its profile. Raises FileFaults, Misconfigured, NotAnswered."""
    from qacli.engine.vectors import prove
    from qacli.sources.warehouse import Table

    source = workspace.settings.sources[name]
    with _connected(workspace, source, name) as remote:
        prove(remote)
        yield Table(remote, f"{name} ({source.engine})", profile, workspace.zone)


def _connected(workspace: Workspace, source: Source, name: str) -> AbstractContextManager[Remote]:
    query = source.query or f"SELECT * FROM {source.table}"
    if source.engine == "postgresql":
        from qacli.engine.postgresql import connect_postgresql

        address = os.environ.get(source.connection or "")
        if not address:
            raise NoAddress(name, source.connection or "")
        return connect_postgresql(address, query)
    from qacli.engine.spark import connect_spark

    path = source.path if "://" in source.path else str(workspace.folder / source.path)
    return connect_spark(source.master or "", query, path if source.path else "")
