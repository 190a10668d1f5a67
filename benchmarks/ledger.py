"""What the ledger costs: writing one entry against the bare system calls, verifying against hashing the same bytes.

Trails are made by the ledger's own journal lines, but without a sync each: only what is measured has to wait.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from measure import MeasurementError, ratio

from qacli.ledger import journal
from qacli.ledger.append import Block
from qacli.ledger.journal import Entry, Range
from qacli.ledger.trail import Signature, this_host, writing
from qacli.ledger.verify import verify

SIZE = 1 << 30
"""Bytes of records in the trail that is verified at file speed."""
HEADER = b"id,at,by,provenance,observation,criterion,answer,met,value,weight,evidence,offset,comment\n"
ROW = b"o_%d-%d,2026-05-18T11:00:00Z,p_ev1,live,o_%d,ph-%d,met,yes,100,50,w_0123456789abcdef0123456789abcdef,02:15,\n"
TIME = "2026-05-18T11:00:00Z"
TABLES = ("observations", "ratings", "words")
WHO = Signature("p_ev1", "p_ev1", "score")
ONCE = 40
"""Entries that are written in one round, so that a single slow sync does not decide it."""
SYNC = 0.008
"""Seconds that a sync took on the disk for which the budget was set."""
RATE = 25_000
"""Entries that are to be verified in a second."""


def one_entry() -> float:
    """An entry over three tables, against four times lock, write, sync, where a sync takes 8 ms more than here.

    Some disks, and most virtual ones, answer before anything is durable; then nothing but Python would be compared.
    """
    sync = os.fsync

    def slow(file: int) -> None:
        time.sleep(SYNC)
        sync(file)

    with mock.patch("os.fsync", slow):
        return one_entry_here(entries=10)


def one_entry_here(entries: int = ONCE) -> float:
    """The same with the sync of this disk, as fast as it is."""
    with TemporaryDirectory(dir=_disk()) as place:
        trail = Path(place) / "trail"
        trail.mkdir()
        _write(trail)
        peer = Path(place) / "peer"
        return ratio(lambda: _entries(trail, entries), lambda: _bare(peer, len(TABLES) + 1, entries))


def one_entry_late() -> float:
    """An entry after 100,000 others, against one after a few."""
    with TemporaryDirectory(dir=_disk()) as place:
        early, late = Path(place) / "early", Path(place) / "late"
        make_trail(late, 100_000, 1, files=[f"records/2026/{table}.csv" for table in TABLES])
        early.mkdir()
        _write(early)
        return ratio(lambda: _entries(late), lambda: _entries(early))


def verify_bytes() -> float:
    """A trail of 10,000 entries over 20 tables, against ``hashlib.file_digest`` of the same files."""
    files = [f"records/2026/table_{chr(97 + number)}.csv" for number in range(20)]
    with TemporaryDirectory(dir=_disk()) as place:
        trail = Path(place)
        if shutil.disk_usage(place).free < 2 * SIZE:
            raise MeasurementError(f"there is no room for {SIZE:,} bytes in {place}")
        make_trail(trail, 10_000, SIZE // 10_000 // len(ROW), files)
        return ratio(lambda: _verified(trail), lambda: _digested(trail), rounds=5)


def verify_entries() -> float:
    """A million entries of one row, against the time that 25,000 a second would take."""
    with TemporaryDirectory(dir=_disk()) as place:
        make_trail(Path(place), 1_000_000, 1, ["records/2026/table_a.csv"])
        return ratio(lambda: _verified(Path(place)), lambda: 1_000_000 / RATE, rounds=3)


def verify_memory() -> float:
    """The most memory that verifying ten times as many entries takes, against the fewer."""
    with TemporaryDirectory(dir=_disk()) as place:
        small, large = Path(place) / "small", Path(place) / "large"
        make_trail(small, 20_000, 1, ["records/2026/table_a.csv"])
        make_trail(large, 200_000, 1, ["records/2026/table_a.csv"])
        return _peak(large) / _peak(small)


def make_trail(folder: Path, entries: int, rows: int, files: list[str]) -> None:
    """Write a trail of so many entries, each of so many live rows, to the files in turn."""
    (folder / "records" / "2026").mkdir(parents=True)
    ends = dict.fromkeys(files, 0)
    prev, host = journal.GENESIS, this_host()
    with _opened(folder, [journal.NAME, *files]) as opened:
        opened[journal.NAME].write(journal.HEADER)
        for seq in range(1, entries + 1):
            file = files[seq % len(files)]
            lines = b"".join(ROW % (seq, row, seq, row) for row in range(1, rows + 1))
            data = lines if ends[file] else HEADER + lines
            part = Range(file, ends[file], len(data), sha256(data).hexdigest())
            ends[file] = part.end
            sizes = {name: end for name, end in ends.items() if end} if seq % journal.CHECKPOINT == 0 else {}
            entry = Entry(seq, TIME, host, "p_ev1", "p_ev1", "score", "", (part,), sizes, prev).sealed()
            prev = entry.hash
            opened[file].write(data)
            opened[journal.NAME].write(entry.encode())


@contextmanager
def _opened(folder: Path, names: list[str]) -> Iterator[dict]:
    opened = {name: (folder / name).open("wb") for name in names}
    try:
        yield opened
    finally:
        for file in opened.values():
            file.close()


def _entries(folder: Path, entries: int = ONCE) -> float:
    begin = time.perf_counter()
    for _ in range(entries):
        _write(folder)
    return time.perf_counter() - begin


def _write(folder: Path) -> None:
    blocks = [Block(f"records/2026/{table}.csv", HEADER, ROW % (1, 1, 1, 1)) for table in TABLES]
    with writing(folder, WHO) as trail:
        trail.append(blocks)


def _bare(folder: Path, times: int, entries: int) -> float:
    """Lock, write and sync so many files in turn, as often as entries are written."""
    folder.mkdir(exist_ok=True)
    data = ROW % (1, 1, 1, 1)
    begin = time.perf_counter()
    for _ in range(entries):
        for number in range(times):
            lock = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(lock, fcntl.LOCK_EX)
            file = os.open(folder / str(number), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            os.write(file, data)
            os.fsync(file)
            os.close(file)
            os.close(lock)
    return time.perf_counter() - begin


def _verified(folder: Path) -> float:
    begin = time.perf_counter()
    found = next(verify(folder), None)
    if found:
        raise MeasurementError(f"the trail that was made for this is not clean: {found}")
    return time.perf_counter() - begin


def _digested(folder: Path) -> float:
    begin = time.perf_counter()
    for path in sorted(folder.glob("records/*/*.csv")):
        with path.open("rb") as file:
            file_digest(file, "sha256")
    return time.perf_counter() - begin


def _peak(folder: Path) -> int:
    """Return the most memory that verifying a folder takes, in kB: the process, and the largest that it starts."""
    script = (
        "import resource, sys; from pathlib import Path; from qacli.ledger.verify import verify; "
        "assert not list(verify(Path(sys.argv[1]))); "
        "print(sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))"
    )
    done = subprocess.run([sys.executable, "-c", script, folder], capture_output=True, text=True, check=False)
    if done.returncode:
        raise MeasurementError(f"verifying ended with {done.returncode}: {done.stderr.strip()[-200:]}")
    return int(done.stdout)


def _disk() -> Path:
    """Return a place on a disk: a sync in memory costs nothing and would be no peer."""
    return Path(__file__).parent
