"""Committing an act: run it without the lock, append under the lock, run it again where its tables moved.

A scan of millions of rows thus stays outside the lock, and what an act read is still true when it is recorded.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qacli.files.disk import UNTOUCHED, in_words, remedy
from qacli.ledger.append import cut
from qacli.ledger.head import Head, read_committed, read_head
from qacli.ledger.redact import find, overwrite
from qacli.ledger.trail import Signature, Trail, writing
from qacli.model import Change, Misconfigured, NotRecorded, Refusal, Row
from qacli.workspace.stamp import Stamp, blocks, refuse_unsafe, stamped
from qacli.workspace.tables import WORDS, versions
from qacli.workspace.versions import CitedVersion
from qacli.workspace.view import FILE, FolderView, refuse_resaved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from qacli.ledger.append import Block
    from qacli.ledger.recovery import SetAside
    from qacli.workspace import Workspace
    from qacli.workspace.definitions import Item

    Act = Callable[[FolderView], Change]

LONGEST_HEADER = 1 << 12
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
    """A table was written by a newer qacli: another version, further columns, or a table that is not known here."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file} was written by a newer qacli", help="use the newer qacli here; this one only reads")


def commit(workspace: Workspace, act: Act, command: str, *, dry_run: bool = False) -> Outcome:
    """Run an act and record its change in one entry.

    Raises whatever the act refuses, UnsafeText, CardNumber, FixedProvenance, and the errors of ledger.writing.
    """
    for _ in range(TRIES_OUTSIDE):
        view = FolderView(workspace, read_head(workspace.folder))
        change = _run(act, view)
        if dry_run or not (change.rows or change.redacts):
            return Outcome(None, _preview(view, change), change.findings)
        with _writing(workspace, command, view.head) as trail:
            if _unchanged(view, trail.head):
                return _record(workspace, trail, view, change)
    with _writing(workspace, command) as trail:
        view = FolderView(workspace, trail.head)
        change = _run(act, view)
        if not (change.rows or change.redacts):
            return Outcome(None, (), change.findings, trail.set_aside)
        return _record(workspace, trail, view, change)


def _run(act: Act, view: FolderView) -> Change:
    """Return the change that an act asks for, once nothing in it must be refused."""
    change = act(view)
    if change.rows:
        refuse_unsafe(change.rows, change.key)
        _same_provenance(view)
        _nothing_newer(view.head, change.rows)
    return change


def _writing(workspace: Workspace, command: str, known: Head | None = None) -> AbstractContextManager[Trail]:
    return writing(workspace.folder, Signature(workspace.actor, workspace.via, command), known=known)


def _unchanged(view: FolderView, head: Head) -> bool:
    """Return whether no table that the act opened grew since its view."""
    if view.head.seq == head.seq:
        return True
    return _sizes(view.head, view.opened) == _sizes(head, view.opened)


def _sizes(head: Head, tables: set[str]) -> dict[str, int]:
    found = ((FILE.fullmatch(file), size) for file, size in head.sizes.items())
    return {match[0]: size for match, size in found if match and match[2] in tables}


def _record(workspace: Workspace, trail: Trail, view: FolderView, change: Change) -> Outcome:
    if not change.rows:  # what a redaction names is overwritten again, where a crash came between
        return Outcome(None, (), [*change.findings, *_removed(workspace, trail, change, ())], trail.set_aside)
    # Once more, under the lock: the first entry may have been another's.
    _same_provenance(FolderView(workspace, trail.head))
    cited = _first_cited(view)
    citations = [CitedVersion(item.kind, item.model.id, item.model.version, item.sha256) for item in cited]
    stamp = Stamp(trail.head.seq + 1, workspace.clock(), workspace.actor, view.provenance)
    done = stamped([*change.rows, *citations], stamp)
    appended = blocks(done)
    _same_columns(workspace.folder, trail.head, appended)
    retired = _files_of(trail.head, change.retires)
    with _kept(workspace, cited):
        trail.append(appended, key=change.key, retired=retired)
    findings = [*change.findings, *_removed(workspace, trail, change, retired)]
    return Outcome(stamp.seq, done.rows[: len(change.rows)], findings, trail.set_aside)


def _files_of(head: Head, retires: Sequence[tuple[str, int]]) -> list[str]:
    """Return the record files of some tables and years, whatever the version of their columns."""
    found = [(match, file) for file in head.sizes if (match := FILE.fullmatch(file))]
    return [file for match, file in found if (match[2], int(match[1])) in set(retires)]


def _removed(workspace: Workspace, trail: Trail, change: Change, retired: Sequence[str]) -> list[str]:
    """Overwrite what was redacted and remove what was retired, after the entry that says so; return what went wrong."""
    try:
        overwrite(workspace.folder, find(workspace.folder, trail.head.sizes, change.redacts))
        for file in retired:
            cut(workspace.folder / file, 0)
    except OSError as wrong:
        return [f"recorded, but not finished ({wrong}): the next command that writes here finishes it"]
    return []


def _first_cited(view: FolderView) -> Sequence[Item]:
    """Return each version that governed the act and that no record has cited before."""
    if not view.cited:
        return []
    known = {(version.kind, version.reference) for version in view.rows(CitedVersion)}
    return [item for place, item in view.cited.items() if place not in known]


@contextmanager
def _kept(workspace: Workspace, cited: Sequence[Item]) -> Iterator[None]:
    """Keep the files of newly cited versions, unless their entry is not recorded. Raises NotRecorded."""
    made: list[Path] = []
    try:
        made += filter(None, map(workspace.definitions.store, cited))
        yield
    except BaseException as wrong:
        for path in made:
            path.unlink(missing_ok=True)
        if isinstance(wrong, OSError):
            raise NotRecorded(f"not recorded: {in_words(wrong)}", help=remedy(wrong, UNTOUCHED)) from wrong
        raise


def _preview(view: FolderView, change: Change) -> Sequence[Row]:
    """Return the rows as they would be recorded next, for a dry run."""
    stamp = Stamp(view.head.seq + 1, view.now, view.actor, view.settings.provenance)
    return stamped(change.rows, stamp).rows


def _same_provenance(view: FolderView) -> None:
    recorded = view.recorded_provenance()
    if recorded not in {None, view.provenance}:
        raise FixedProvenance(str(recorded), view.provenance)


def _nothing_newer(head: Head, rows: Sequence[Row]) -> None:
    """Refuse to write beside tables that this qacli does not know: what it records might contradict them."""
    files = [match for file in head.sizes if (match := FILE.fullmatch(file))]
    known = versions({match[2] for match in files}) | {row.TABLE: row.VERSION for row in rows}
    for match in files:
        if int(match[3] or 1) > known.get(match[2], 0):
            raise NewerTable(match[0])


def _same_columns(folder: Path, head: Head, appended: Sequence[Block]) -> None:
    """Refuse to append to a file whose header is not ours."""
    for block in appended:
        if block.file not in head.sizes:
            continue
        start = read_committed(folder, block.file, min(head.sizes[block.file], LONGEST_HEADER))
        if not start.startswith(block.header):
            if not block.file.endswith(f"/{WORDS}.csv"):
                refuse_resaved(block.file, start.partition(b"\n")[0].decode("utf-8", "replace").split(","))
            raise NewerTable(block.file)
