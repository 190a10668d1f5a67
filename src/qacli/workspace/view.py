"""The View of a folder: records up to one committed head, definitions, clock and actor.

A view notes which tables an act opened and which definitions governed it; the commit needs both.
"""

from __future__ import annotations

import re
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from qacli.ledger import canonical
from qacli.ledger.head import Head, read_committed
from qacli.ledger.ids import entry_number
from qacli.ledger.journal import COLUMNS, NewerJournal
from qacli.model import REDACTED, STAMPS, Correction, MalformedFile, QacliError, Row
from qacli.workspace.cells import has_words, reader
from qacli.workspace.definitions import ChangedVersion, Item, NoSuchDefinition
from qacli.workspace.meant import meant
from qacli.workspace.tables import WORDS
from qacli.workspace.versions import CitedVersion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from qacli.prepare.people import People
    from qacli.prepare.settings import Settings
    from qacli.workspace import Workspace

R = TypeVar("R", bound=Row)
COLUMN = re.compile(r"[a-z][a-z0-9_]*")
SMALL = 1 << 18
"""Bytes of a table that is read whole, once, whatever is asked of it."""
FIRST_ROWS = 1 << 16
"""Bytes in which the first row of a table surely ends: free text lies elsewhere."""
FILE = re.compile(r"records/([0-9]{4})/([a-z_]+?)(?:\.([0-9]+))?\.csv")


LISTED_BY: Mapping[str, str] = MappingProxyType(
    {
        "draws": "sample list --draws",
        "items": "sample list",
        "observations": "sample list --scored",
        "spot_checks": "spot list",
        "calibrations": "calibrate list",
        "disputes": "dispute list",
        "kpi_questions": "kpi questions",
        "findings": "finding list",
        "feedback": "feedback list",
        "coaching_plans": "plan list",
        "actions": "plan actions",
        "briefings": "brief list",
        "resource_requests": "resource list",
        "escalations": "escalate list",
        "ladder_steps": "escalate ladder",
        "causes": "cause list",
        "audits": "audit list",
        "audit_findings": "audit list --findings",
        "improvements": "audit improvements",
        "customer_feedback": "voice list",
    }
)
"""The command that lists the ids of a table; of any other table the export has them."""


class NoSuchRow(QacliError):
    """No row in force has this id."""

    def __init__(
        self,
        kind: type[Row],
        id: str,  # noqa: A002
        withdrawn: bool,
        meant: tuple[str, str] = ("", ""),
    ) -> None:
        """``meant`` says what the id is instead, and what to type (see qacli.workspace.meant)."""
        table = kind.TABLE.replace("_", " ")
        if withdrawn:
            super().__init__(f"{id} was corrected and is no longer in force", help=f"see: qacli ledger show {id}")
        elif meant[1]:
            super().__init__(meant[0] or f"there is no {id} in {table}", help=meant[1])
        else:
            like = f"ids look like {kind.LETTER}_4p{'-2' * bool(kind.PARENT)}; " if kind.LETTER else ""
            lists = LISTED_BY.get(kind.TABLE, f"export {kind.TABLE}")
            super().__init__(f"there is no {id} in {table}", help=f"{like}see: qacli {lists}")


class Resaved(MalformedFile):
    """The first line of a table is none that any qacli writes."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} was saved by another program: its first line is not the header of a table.",
            help="record files are only read elsewhere, never saved; run: qacli ledger verify, then: qacli ledger repair",
        )


def refuse_resaved(file: str, header: Sequence[str]) -> None:
    """Refuse a table whose header has a byte order mark, another delimiter, quotes or other line ends. Raises Resaved."""
    if tuple(header[: len(STAMPS)]) != STAMPS or not all(COLUMN.fullmatch(name) for name in header):
        raise Resaved(file)


def _having(rows: Iterable[R], cells: Mapping[str, str | Collection[str]]) -> Sequence[R]:
    """Return the rows that have these cells, by column: this one, or one of some."""
    sought = {name: frozenset((cell,) if isinstance(cell, str) else cell) for name, cell in cells.items()}
    return [row for row in rows if all(getattr(row, name) in among for name, among in sought.items())]


class FolderView:
    """One snapshot of a workspace. See model.View for what each method promises."""

    def __init__(self, workspace: Workspace, head: Head, *, writing: bool = True) -> None:
        """``writing`` refuses a definition that was edited after records cited it; else it is read as they cite it."""
        self.workspace = workspace
        self.head = head
        self.writing = writing
        if head.columns != COLUMNS:
            workspace.warn(NewerJournal(head.columns).message)
        self.opened: set[str] = set()
        self.cited: dict[tuple[str, str], Item] = {}
        self._rows: dict[type[Row], Sequence[Any]] = {}
        self._current: dict[type[Row], Sequence[Any]] = {}
        self._known: dict[tuple[str, str], tuple[dict[str, Item], dict[str, str]]] = {}

    @cached_property
    def now(self) -> datetime:
        return self.workspace.clock()

    @property
    def actor(self) -> str:
        return self.workspace.actor

    @property
    def settings(self) -> Settings:
        return self.workspace.settings

    @property
    def provenance(self) -> str:
        return self.workspace.settings.provenance

    @property
    def people(self) -> People:
        return self.workspace.people

    def rows(self, kind: type[R], /, **cells: str | Collection[str]) -> Sequence[R]:
        self.opened.add(kind.TABLE)
        if cells and kind not in self._rows and sum(size for _, size in self.files(kind.TABLE)) > SMALL:
            return _having(self._read(kind, *next(iter(cells.items()))), cells)
        if kind not in self._rows:
            self._rows[kind] = tuple(self._read(kind))
        return _having(self._rows[kind], cells) if cells else self._rows[kind]

    def files(self, table: str) -> Sequence[tuple[str, int]]:
        """Return (file, committed length) of a table, oldest first: by year, then by version of its columns."""
        found = []
        for file, size in self.head.sizes.items():
            match = FILE.fullmatch(file)
            if match and match[2] == table:
                found.append((match[1], int(match[3] or 1), file, size))
        return [(file, size) for _, _, file, size in sorted(found)]

    def _read(self, kind: type[R], column: str = "", sought: str | Collection[str] = ()) -> Iterator[R]:
        """Yield the rows of a table; with a column at least those that have what is sought there."""
        for file, size in self.files(kind.TABLE):
            lines = self._cells(file, size, column, {sought} if isinstance(sought, str) else sought)
            header = next(lines, ())
            self.tell_newer(kind, file, header)
            read = reader(kind, header, self.texts if has_words(kind) else {})
            for cells in lines:
                yield read(cells)  # type: ignore[misc]

    def _cells(self, file: str, size: int, column: str = "", sought: Collection[str] = ()) -> Iterator[Sequence[str]]:
        data = read_committed(self.workspace.folder, file, size)
        width = 0
        try:
            for cells in canonical.rows_with(data, column, sought) if column else canonical.rows(data):
                width = width or len(cells)
                if len(cells) != width:
                    raise ValueError(f"a line has {len(cells)} cells, the header has {width}")
                yield cells
        except ValueError as wrong:
            raise MalformedFile(f"{file} is damaged: {wrong}", help="run: qacli ledger verify") from None

    def tell_newer(self, kind: type[Row], file: str, header: Sequence[str]) -> None:
        """Warn of a file that a newer qacli wrote: what this one does not know of it is left out. Raises Resaved."""
        refuse_resaved(file, header)
        match = FILE.fullmatch(file)
        version = int(match[3] or 1) if match else 1
        if version > kind.VERSION or (version == kind.VERSION and set(header) - set(kind.columns())):
            self.workspace.warn(f"{file} was written by a newer qacli; this one reads only the columns that it knows")

    def recorded_provenance(self) -> str | None:
        """Return the provenance that the first row of the records carries, or None where there is none."""
        for file, size in self.head.sizes.items():
            match = FILE.fullmatch(file)
            if match and match[2] != WORDS:
                start = read_committed(self.workspace.folder, file, min(size, FIRST_ROWS))
                return start.split(b"\n")[1].split(b",")[STAMPS.index("provenance")].decode("ascii", "replace")
        return None

    @cached_property
    def texts(self) -> dict[str, str]:
        """Every text of the records by its words id."""
        found = {}
        for file, size in self.files(WORDS):
            for id_, nonce, text in self._cells(file, size):
                found[id_] = REDACTED if set(nonce) == {"x"} else text
        return found

    @cached_property
    def withdrawn(self) -> frozenset[str]:
        """Ids of the heads that a correction replaced or withdrew."""
        return frozenset(correction.old for correction in self.rows(Correction))

    def current(self, kind: type[R], /, **cells: str | Collection[str]) -> Sequence[R]:
        self.opened.add(Correction.TABLE)
        gone = self.withdrawn
        if not gone:
            return self.rows(kind, **cells)
        if cells:
            return list(self._in_force_of(self.rows(kind, **cells), kind.PARENT, gone))
        if kind not in self._current:
            self._current[kind] = tuple(self._in_force_of(self.rows(kind), kind.PARENT, gone))
        return self._current[kind]

    def _in_force_of(self, rows: Sequence[R], parent: str, gone: frozenset[str]) -> Iterator[R]:
        for row in rows:
            if row.id not in gone and not (parent and self._below(getattr(row, parent), gone)):
                yield row

    @staticmethod
    def _below(parent: str, gone: frozenset[str]) -> bool:
        """Return whether a parent, or a head that its own id is built on, is withdrawn."""
        while parent:
            if parent in gone:
                return True
            parent = parent.rpartition("-")[0]
        return False

    def before(self, kind: type[R], id: str) -> Sequence[R]:  # noqa: A002
        until = entry_number(id)
        return [row for row in self.rows(kind) if until is None or (entry_number(row.id) or 0) < until]

    def one(self, kind: type[R], id: str) -> R:  # noqa: A002
        for row in self.current(kind, id=id):
            return row
        raise NoSuchRow(kind, id, bool(self.rows(kind, id=id)), meant(self, kind, id))

    def definition(self, kind: str, id: str, on: date | None = None) -> Any:  # noqa: A002
        item = self.item(kind, id, on)
        self.cited[kind, item.reference] = item
        return item.model

    def look_up(self, kind: str, id: str, on: date | None = None) -> Any:  # noqa: A002
        return self.item(kind, id, on).model

    def definitions(self, kind: str) -> Sequence[Any]:
        return [item.model for item in self.workspace.definitions.items(kind)]

    def sha256(self, kind: str, reference: str) -> str:
        return self.item(kind, reference).sha256

    def item(self, kind: str, id: str, on: date | None = None) -> Item:  # noqa: A002
        """Return a definition with its hash, without citing it. Raises NoSuchDefinition, ChangedVersion."""
        known, changed = self._versions(kind, id.partition("@")[0])
        if "@" in id:
            if id not in known:
                raise self._no_such(kind, id, known or self._all(kind))
            found = known[id]
        else:
            found = self._in_force(kind, id, on or self.now.date(), known)
        return self._as_cited(found, changed[found.reference]) if found.reference in changed else found

    def _no_such(self, kind: str, id: str, known: Iterable[str], on: date | None = None) -> NoSuchDefinition:  # noqa: A002
        return NoSuchDefinition(kind, id, sorted(known), on, self.workspace.definitions.paths(kind))

    def _as_cited(self, edited: Item, sha256: str) -> Item:
        changed = ChangedVersion(edited, sha256)
        if self.writing:
            raise changed
        self.workspace.warn(f"{changed.sentence} ({edited.place}); read here as it was cited, from {changed.kept}")
        return self.workspace.definitions.stored(edited.kind, sha256)

    def _in_force(self, kind: str, id: str, day: date, known: dict[str, Item]) -> Item:  # noqa: A002
        fitting = [item for item in known.values() if item.model.in_force(day)]
        if not fitting:
            names = {reference.partition("@")[0] for reference in known or self._all(kind)}
            raise self._no_such(kind, id, names, day if known else None)
        # of two versions from the same day the later counts
        return max(fitting, key=lambda item: item.model.newness)

    def _versions(self, kind: str, name: str) -> tuple[dict[str, Item], dict[str, str]]:
        """Return every version of an item, as it stands or as records cite it, and the cited hash of each edited one."""
        if (kind, name) not in self._known:
            definitions = self.workspace.definitions
            cited = {place: sha256 for place, sha256 in self._cited(kind).items() if place.partition("@")[0] == name}
            stand = {item.reference: item for item in definitions.of(kind, name)}
            kept = {place: definitions.stored(kind, sha256) for place, sha256 in cited.items() if place not in stand}
            changed = {place: cited[place] for place in stand.keys() & cited if stand[place].sha256 != cited[place]}
            self._known[kind, name] = {**stand, **kept}, changed
        return self._known[kind, name]

    def _cited(self, kind: str) -> dict[str, str]:
        return {version.reference: version.sha256 for version in self.rows(CitedVersion) if version.kind == kind}

    def _all(self, kind: str) -> list[str]:
        """Return the references of a kind that stand or were cited. Raises FileFaults: it may be in a file with faults."""
        return [*(item.reference for item in self.workspace.definitions.items(kind)), *self._cited(kind)]

    def sql(self, query: str, parameters: Sequence[object] = (), *, words: bool = True) -> Any:
        from qacli.workspace.sql import run

        return run(self, query, parameters, words=words)
