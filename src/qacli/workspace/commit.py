"""Committing an act: run it without the lock, append under the lock, run it again where its tables moved.

A scan of millions of rows thus stays outside the lock, and what an act read is still true when it is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qacli.ledger import journal
from qacli.ledger.head import Head, read_head
from qacli.ledger.trail import Signature, Trail, writing
from qacli.model import Change, Misconfigured, Refusal, Row
from qacli.workspace.stamp import Stamp, blocks, refuse_unsafe, stamped
from qacli.workspace.versions import CitedVersion
from qacli.workspace.view import FILE, FolderView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from qacli.ledger.recovery import SetAside
    from qacli.workspace import Workspace

    Act = Callable[[FolderView], Change]

TRIES_OUTSIDE = 2
"""So often is an act run before the lock; the next run is under it, so that it cannot be overtaken for ever."""


@dataclass(frozen=True)
class Outcome:
    """What a commit did: the rows as recorded (with ids), findings, and what recovery set aside before it.

    ``seq`` is None where nothing was recorded: a dry run, or nothing to do.
    """

    seq: int | None
    rows: Sequence[Row]
    findings: Sequence[str]
    set_aside: Sequence[SetAside] = ()

    @property
    def first(self) -> str:
        """Id of the first row of the act."""
        return self.rows[0].id if self.rows else ""


class FixedProvenance(Refusal, rule="provenance"):
    """A folder keeps the provenance of its first entry."""

    def __init__(self, recorded: str, stated: str) -> None:
        super().__init__(
            f"the records of this folder are '{recorded}', but qacli.yaml now says '{stated}'.",
            help=f"write provenance: {recorded} in qacli.yaml, or begin a new folder: qacli init",
        )


class NewerTable(Misconfigured):
    """A table was written by a newer qacli."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} was written by a newer qacli", help="use the newer qacli here; this one only reads")


def commit(workspace: Workspace, act: Act, command: str, *, dry_run: bool = False) -> Outcome:
    """Run an act and record its change in one entry.

    Raises whatever the act refuses, UnsafeText, CardNumber, FixedProvenance, and the errors of ledger.writing.
    """
    for _ in range(TRIES_OUTSIDE):
        view = FolderView(workspace, read_head(workspace.folder))
        change = act(view)
        refuse_unsafe(change.rows)
        if dry_run or not change.rows:
            return Outcome(None, _preview(view, change), change.findings)
        with _writing(workspace, command) as trail:
            if _unchanged(view, trail.head):
                return _record(workspace, trail, view, change)
    with _writing(workspace, command) as trail:
        view = FolderView(workspace, trail.head)
        change = act(view)
        refuse_unsafe(change.rows)
        if not change.rows:
            return Outcome(None, (), change.findings, trail.set_aside)
        return _record(workspace, trail, view, change)


def _writing(workspace: Workspace, command: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return writing(workspace.folder, Signature(workspace.actor, workspace.via, command))


def _unchanged(view: FolderView, head: Head) -> bool:
    """Return whether no table that the act opened grew since its view."""
    if view.head.seq == head.seq:
        return True
    return _sizes(view.head, view.opened) == _sizes(head, view.opened)


def _sizes(head: Head, tables: set[str]) -> dict[str, int]:
    found = ((FILE.fullmatch(file), size) for file, size in head.sizes.items())
    return {match[0]: size for match, size in found if match and match[2] in tables}


def _record(workspace: Workspace, trail: Trail, view: FolderView, change: Change) -> Outcome:
    settings = workspace.settings
    _same_provenance(workspace.folder, settings.provenance)
    _no_newer_table(trail.head, change.rows)
    citations = list(_citations(workspace, view))
    stamp = Stamp(trail.head.seq + 1, workspace.clock(), workspace.actor, settings.provenance)
    done = stamped([*change.rows, *citations], stamp)
    trail.append(blocks(done), key=change.key)
    return Outcome(stamp.seq, done.rows[: len(change.rows)], change.findings, trail.set_aside)


def _citations(workspace: Workspace, view: FolderView) -> Iterator[CitedVersion]:
    """Keep and cite each version that governed the act for the first time."""
    known = {(version.kind, version.reference) for version in view.rows(CitedVersion)}
    for place, item in view.cited.items():
        if place not in known:
            workspace.definitions.store(item)
            yield CitedVersion(item.kind, item.model.id, item.model.version, item.sha256)


def _preview(view: FolderView, change: Change) -> Sequence[Row]:
    """Return the rows as they would be recorded next, for a dry run."""
    stamp = Stamp(view.head.seq + 1, view.now, view.actor, view.settings.provenance)
    return stamped(change.rows, stamp).rows


def recorded_provenance(folder: Path) -> str | None:
    """Return the provenance of the first recorded row, or None where there is none."""
    for entry in journal.entries(folder / journal.NAME):
        for part in entry.ranges:
            if part.start == 0 and not part.file.endswith("/words.csv"):
                with (folder / part.file).open("rb") as table:
                    table.readline()
                    return table.readline().split(b",")[3].decode()
    return None


def _same_provenance(folder: Path, stated: str) -> None:
    recorded = recorded_provenance(folder)
    if recorded not in {None, stated}:
        raise FixedProvenance(str(recorded), stated)


def _no_newer_table(head: Head, rows: Sequence[Row]) -> None:
    versions = {kind.TABLE: kind.VERSION for kind in map(type, rows)}
    for file in head.sizes:
        match = FILE.fullmatch(file)
        if match and int(match[3] or 1) > versions.get(match[2], 1 << 30):
            raise NewerTable(file)
