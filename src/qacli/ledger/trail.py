"""A trail open for writing: locked, its tail checked, recovered where a crash left bytes behind."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.disk import remedy
from qacli.ledger.append import Block, append
from qacli.ledger.head import Head, is_still, read_head
from qacli.ledger.journal import COLUMNS, Entry, NewerJournal
from qacli.ledger.lock import PATIENCE, locked
from qacli.ledger.recovery import SetAside, cut_tables, recover
from qacli.ledger.redact import finish
from qacli.model import NotPermitted, NotRecorded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Signature(NamedTuple):
    """Who writes what: ``via`` ran the command in the name of ``actor``; ``key`` names a duty."""

    actor: str
    via: str
    command: str
    key: str = ""


class OtherHost(NotPermitted):
    """The folder has one writing host, and it is not this one."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"the last entry of this folder was written on another computer ({host})",
            help="if that computer no longer writes here, and this copy is complete, run: qacli ledger host take",
        )


def this_host() -> str:
    """Return an id of this computer that names nobody: a short hash of what the system calls itself."""
    import platform

    for place in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            name = Path(place).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
        if name:
            break
    else:
        name = platform.node()
    return "h_" + sha256(f"qacli/host/1\0{name}".encode()).hexdigest()[:8]


def system_time() -> str:
    """Return the system clock as the journal writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Trail:
    """The trail of one folder under its lock."""

    folder: Path
    signature: Signature
    head: Head
    set_aside: Sequence[SetAside] = field(default=())

    def append(self, blocks: Sequence[Block], key: str = "", retired: Sequence[str] = ()) -> Entry:
        """Append one entry; ``retired`` files hold nothing after it. Raises NotRecorded; then nothing changed."""
        who = self.signature
        entry = Entry(0, system_time(), this_host(), who.via, who.actor, who.command, key or who.key, (), {}, "")
        entry, self.head = append(self.folder, self.head, entry, blocks, retired)
        return entry


@contextmanager
def writing(
    folder: Path, signature: Signature, *, known: Head | None = None, patience: float = PATIENCE, any_host: bool = False
) -> Iterator[Trail]:
    """Lock a folder for writing, check its tail, recover what a crash left, and yield the Trail.

    ``known`` is a head that was read, and so checked, just before: its lines are not checked twice.
    Raises Busy, BrokenTail, ShortFile, LostJournal, OtherHost, NewerJournal, NotRecorded.
    """
    with _locked(folder, patience):
        head = known if known and is_still(folder, known) else read_head(folder)
        if head.columns != COLUMNS:
            raise NewerJournal(head.columns)
        if head.host and head.host != this_host() and not any_host:
            raise OtherHost(head.host)
        trail = Trail(folder, signature, head)
        try:
            _recover(trail)
        except OSError as wrong:
            raise NotRecorded(f"not recorded: {wrong}") from wrong
        yield trail


def _recover(trail: Trail) -> None:
    """Finish what a crash left undone, and set aside what it left behind; that is an entry of its own."""
    finish(trail.folder, trail.head)
    trail.set_aside = recover(trail.folder, trail.head, system_time())
    if trail.set_aside:
        recovery = Trail(trail.folder, trail.signature._replace(command="recovery"), trail.head)
        recovery.append((), key=" ".join(f"{part.copy}:{part.sha256}" for part in trail.set_aside))
        trail.head = recovery.head
    cut_tables(trail.folder, trail.head)


@contextmanager
def _locked(folder: Path, patience: float) -> Iterator[None]:
    """Hold the lock; a folder that cannot be written is said in words."""
    lock = locked(folder, patience)
    try:
        lock.__enter__()
    except OSError as wrong:
        reason = os.strerror(wrong.errno) if wrong.errno else str(wrong)
        kind = NotPermitted if isinstance(wrong, PermissionError) else NotRecorded
        raise kind(f"not recorded: {folder} cannot be written ({reason})", help=remedy(wrong)) from wrong
    try:
        yield
    finally:
        lock.__exit__(None, None, None)
