"""The journal: one line per entry, each bound to the line before by its hash.

``ranges`` names what the entry appended, ``file:start+length:sha256`` for each file; ``sizes`` repeats the
committed length of every file on every 256th line, so that the state is known from the tail alone. ``hash`` is
the sha256 of the canonical line without its last field and the comma before it.
"""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from qacli.ledger import canonical
from qacli.model import MalformedFile, Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

NAME = "journal.csv"
COLUMNS = ("seq", "time", "host", "via", "actor", "command", "key", "ranges", "sizes", "prev", "hash")
HEADER = canonical.encode(COLUMNS)
CHECKPOINT = 256
"""Every so many entries a line carries the sizes of all files."""
GENESIS = "0" * 64
TIME_WIDTH = len("2026-05-18T11:00:00Z")
FILE = re.compile(r"records/[0-9]{4}/[a-z][a-z_]*(?:\.[0-9]+)?\.csv")
"""The only names that a range may have: a forged line must not lead out of the folder."""
NUMBER = r"(0|[1-9][0-9]{0,14})"
"""``int`` takes more: signs, underscores, digits of other scripts, and numbers that no file is long enough for."""
RANGE = re.compile(rf"({FILE.pattern}):{NUMBER}\+{NUMBER}:([0-9a-f]{{64}})")
SIZE = re.compile(rf"({FILE.pattern}):{NUMBER}")


class Range(NamedTuple):
    """The bytes that one entry appended to one file."""

    file: str
    start: int
    length: int
    sha256: str

    @property
    def retires(self) -> bool:
        """Whether the entry ended the file: from here on it holds nothing."""
        return not self.length

    @property
    def end(self) -> int:
        return self.start + self.length

    def __str__(self) -> str:
        return f"{self.file}:{self.start}+{self.length}:{self.sha256}"


class Entry(NamedTuple):
    """One line of the journal. ``time`` is the system clock, never the command's clock."""

    seq: int
    time: str
    host: str
    via: str
    actor: str
    command: str
    key: str
    ranges: Sequence[Range]
    sizes: Mapping[str, int]
    prev: str
    hash: str = ""

    def sealed(self) -> Entry:
        """Return the entry with its hash computed."""
        return self._replace(hash=sha256(self._line()[:-1]).hexdigest())

    def encode(self) -> bytes:
        """Return the journal line, newline included."""
        return self._line()[:-1] + b"," + self.hash.encode() + b"\n"

    def _line(self) -> bytes:
        sizes = " ".join(f"{file}:{size}" for file, size in sorted(self.sizes.items()))
        ranges = " ".join(map(str, self.ranges))
        who = self.host, self.via, self.actor, self.command, self.key
        return canonical.encode((str(self.seq), self.time, *who, ranges, sizes, self.prev))


class BadLine(ValueError):
    """A complete journal line that is not what its hash says, or no journal line at all."""


def parse(line: bytes, columns: Sequence[str] = COLUMNS) -> Entry:
    """Return the entry of one complete line (without newline). Raises BadLine, also where the hash is wrong."""
    body, _, stated = line.rpartition(b",")
    if sha256(body).hexdigest().encode() != stated:
        raise BadLine("the line does not match its hash")
    return read(line, columns)


def read(line: bytes, columns: Sequence[str] = COLUMNS) -> Entry:
    """Return what a line says, whether or not its hash is right. Raises BadLine."""
    try:
        cells = canonical.decode(line.decode("utf-8"))
        if columns != COLUMNS:
            named = dict(zip(columns, cells, strict=True))
            cells = [named[name] for name in COLUMNS]
        seq, time, host, via, actor, command, key, ranges, sizes, prev, hash = cells  # noqa: A001
        if not re.fullmatch(NUMBER, seq):
            raise ValueError(f"'{seq[:40]}' is no number of an entry")
        if len(time) != TIME_WIDTH or not datetime.fromisoformat(time).tzinfo:
            raise ValueError(f"'{time[:40]}' is not a time in UTC")
        return Entry(int(seq), time, host, via, actor, command, key, _ranges(ranges), _sizes(sizes), prev, hash)
    except ValueError as wrong:
        raise BadLine(f"the line cannot be read: {wrong}") from None


def _ranges(text: str) -> tuple[Range, ...]:
    found = []
    for part in text.split():
        match = RANGE.fullmatch(part)
        if not match:
            raise ValueError(f"'{part[:80]}' is no range of a record file")
        found.append(Range(match[1], int(match[2]), int(match[3]), match[4]))
    return tuple(found)


def _sizes(text: str) -> dict[str, int]:
    found = {}
    for part in text.split():
        match = SIZE.fullmatch(part)
        if not match:
            raise ValueError(f"'{part[:80]}' is no size of a record file")
        found[match[1]] = int(match[2])
    return found


class NewerJournal(Misconfigured):
    """A journal with columns that this qacli does not know: it may be read, but not written."""

    def __init__(self, columns: Sequence[str]) -> None:
        unknown = ", ".join(sorted(set(columns) - set(COLUMNS)))
        super().__init__(
            f"{NAME} was written by a newer qacli: this one does not know its columns {unknown}",
            help="use the newer qacli here; this one writes nothing into the folder",
        )


def columns_of(header: bytes) -> Sequence[str]:
    """Return the columns that a journal's first line names: ours, or more in a newer one. Raises MalformedFile."""
    if header == HEADER:
        return COLUMNS
    found = tuple(header.decode("utf-8", "replace").removesuffix("\n").split(","))
    if not header.endswith(b"\n") or not set(COLUMNS) < set(found) or found[-1] != COLUMNS[-1]:
        raise MalformedFile(f"{NAME}:1: this is not the header of a journal", help="run: qacli ledger verify")
    return found


def lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield (line number, line without newline) of every complete line after the header.

    The number counts from 1 for the header. A line without newline at the end is uncommitted and left out.
    """
    with path.open("rb") as journal:
        journal.readline()
        for number, line in enumerate(journal, 2):
            if line.endswith(b"\n"):
                yield number, line[:-1]


def first_line(path: Path) -> bytes:
    """Return the header line of a journal, with its newline where it has one."""
    with path.open("rb") as journal:
        return journal.readline()


def entries(path: Path) -> Iterator[Entry]:
    """Yield every committed entry, oldest first. Raises BadLine at the first damaged line."""
    if path.exists():
        header = first_line(path)
        columns = columns_of(header) if header.endswith(b"\n") else COLUMNS
        for _, line in lines(path):
            yield parse(line, columns)
