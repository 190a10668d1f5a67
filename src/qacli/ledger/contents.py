"""What lies in the ranges of a trail: hashed ahead of the walk, and in a long trail by several processes.

Threads would do it too, as sha256 lets go of the interpreter, but they wait for each other's look at the times.
"""

from __future__ import annotations

import os
import re
import sys
import time
from datetime import datetime
from hashlib import sha256
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, Self

from qacli.files.disk import of_the_disk
from qacli.ledger import journal
from qacli.ledger.journal import BadLine, Entry, Range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor, Future
    from pathlib import Path

CHUNK = 1 << 20
SOON = 0.05
"""Seconds after which a trail counts as long."""
WORKERS = min(4, os.cpu_count() or 1)
LINES = 64
"""Journal lines that are read at a time: enough to make handing them over cheap."""
PR_SET_PDEATHSIG = 1
STRAY = 120
"""Seconds by which a live row's own time may differ from its entry."""
STAMP = re.compile(rb"[^,\n]*,(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ),[^,\n]*,([a-z]*),")
LIVE = re.compile(rb"^[^,\n]*,(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ),[^,\n]*,live,", re.MULTILINE)


class Content(NamedTuple):
    """What lies where a range should lie: sha256, how many bytes are not there, how many live rows stray in time."""

    sha256: str
    missing: int
    straying: int


class Line(NamedTuple):
    """One line of a journal: its number, its bytes, what it says or why it cannot be believed, what its ranges hold."""

    number: int
    data: bytes
    entry: Entry | BadLine
    contents: Sequence[Content]


def lines(folder: Path, columns: Sequence[str]) -> Iterator[Line]:
    """Yield every complete line of a journal after the header, with what lies in its ranges now.

    Raises OSError, also where a process that read ahead was ended.
    """
    found = journal.lines(folder / journal.NAME)
    until = time.monotonic() + SOON
    while time.monotonic() < until and (batch := tuple(islice(found, LINES))):
        yield from _read(folder, batch, columns)
    if batch := tuple(islice(found, LINES)):
        yield from _ahead(folder, chain(batch, found), columns)


def _ahead(folder: Path, found: Iterator[tuple[int, bytes]], columns: Sequence[str]) -> Iterator[Line]:
    from collections import deque
    from concurrent.futures import BrokenExecutor

    with _executor() as apart:
        waiting: deque[Future[Sequence[Line]]] = deque()
        try:
            while batch := tuple(islice(found, LINES)):
                waiting.append(apart.submit(_read, folder, batch, columns))
                if len(waiting) > 2 * WORKERS:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenExecutor as wrong:
            raise OSError("a process that read the records was ended") from wrong


def _executor() -> Executor:
    """Return processes where they can be forked, else threads."""
    from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
    from multiprocessing import get_context

    if sys.platform != "linux":
        return ThreadPoolExecutor(WORKERS)
    return ProcessPoolExecutor(WORKERS, get_context("fork"), _beside, (os.getpid(),))


def _beside(walker: int) -> None:
    """Let this process read for the one that walks the trail, and end when that one does, however it ends."""
    import ctypes
    import signal

    # Ctrl-C goes to all processes of a terminal: the one that walks the trail answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != walker:  # it ended before it could be told
        os._exit(1)


def _read(folder: Path, batch: Sequence[tuple[int, bytes]], columns: Sequence[str]) -> Sequence[Line]:
    read = []
    with _Descriptors(folder) as files:
        for number, line in batch:
            try:
                entry = journal.parse(line, columns)
            except BadLine as wrong:
                read.append(Line(number, line, wrong, ()))
                continue
            read.append(Line(number, line, entry, [content(files[part.file], part, entry) for part in entry.ranges]))
    return read


def content(descriptor: int | None, part: Range, entry: Entry) -> Content:
    """Return what lies in a range of an open file; nothing does in None, a file that cannot be opened."""
    digest, at, straying, begun = sha256(), part.start, 0, b""
    while descriptor is not None and at < part.end:
        if not (data := os.pread(descriptor, min(part.end - at, CHUNK), at)):
            break
        whole = len(data) if at + len(data) == part.end else data.rfind(b"\n") + 1
        straying += _straying(begun + data[:whole] if begun else data[:whole], entry, header=at == 0)
        digest.update(data)
        begun = data[whole:] if whole else begun + data
        at += len(data)
    return Content(digest.hexdigest(), part.end - at, straying)


class _Descriptors:
    """Open record files by name; None for one that is missing or is no plain file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, int | None] = {}

    def __getitem__(self, file: str) -> int | None:
        if file not in self._open:
            self._open[file] = self._opened(file)
        return self._open[file]

    def _opened(self, file: str) -> int | None:
        try:
            return os.open(self._folder / file, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError as error:
            # who may not read a file does not know that it is broken
            if of_the_disk(error) or isinstance(error, PermissionError):
                raise
            return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for descriptor in self._open.values():
            if descriptor is not None:
                os.close(descriptor)


def seconds(earlier: str, later: str) -> float:
    """Return the seconds from one time to another."""
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()


def _straying(data: bytes, entry: Entry, *, header: bool) -> int:
    """Return how many live rows among these lines are more than two minutes off the time of their entry."""
    first = STAMP.match(data, data.find(b"\n") + 1 if header else 0)
    if first and not _is_stray(first[1], entry) and _is_one_time(data, first):
        return 0
    return sum(_is_stray(row[1], entry) for row in LIVE.finditer(data)) if b",live," in data else 0


def _is_one_time(data: bytes, first: re.Match[bytes]) -> bool:
    """Whether counting proves that every live row has the time of the first row; False where rows have to be read.

    A live row of another time has a Z, and a ",live", that are in no stamp like the first row's. All rows of an
    entry carry one stamp, so that counting is many times faster than reading each row.
    """
    # Counting what replacing takes away is, for a single byte, three times faster than counting; a needle between two
    # commas is found faster than without, because it lets the search jump from one comma to the next but twenty.
    if data.count(b"," + first[1] + b",") == len(data) - len(data.replace(b"Z", b"")):
        return True
    return first[2] == b"live" and data.count(b",live") == data.count(first[0][first[0].index(b",") : -1])


def _is_stray(at: bytes, entry: Entry) -> bool:
    try:
        return abs(seconds(at.decode("ascii"), entry.time)) > STRAY
    except ValueError:
        return True
