"""Random changes of good files, fed to every loader: only errors that qacli declares may come out."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import story
from trails import small_trail

from qacli.ledger import journal
from qacli.ledger.head import read_head
from qacli.ledger.journal import BadLine
from qacli.ledger.verify import verify
from qacli.model import QacliError

PIECES = [
    *(b"\0", b"\r", b"\n", b"\xff", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xed\xa0\x80", b'"', b'""', b",", b"\x1b[2J"),
    *(
        b"{",
        b"[" * 50,
        b"&a [*a]",
        b"<<: *b",
        b"!!python/object:os.system",
        b"---\n",
        b": ",
        b"- ",
        b"\t",
        b"# ",
        b"|\n",
    ),
    *(b"1e400", b"-1", b"9" * 40, "\u0665".encode(), b":", b"+", b"../", b"records/2026/x.csv:0+5:", b"\xc2\x85"),
]


class Findings(NamedTuple):
    loader: str
    runs: int
    undeclared: list[str]
    seconds: float


def changed(data: bytes, chance: random.Random) -> bytes:
    """Return data with one to four random changes: bytes, cuts, doubled stretches, awkward pieces."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at, to = sorted(chance.randrange(len(found) + 1) for _ in range(2))
        to = min(to, at + chance.choice((1, 3, 40)))
        found[at:to] = chance.choice(
            (b"", bytes([chance.randrange(256)]), found[at:to] * 2, chance.choice(PIECES), found[at:to][::-1])
        )
    return bytes(found)


def _yaml(path: Path) -> None:
    from qacli.files import yaml
    from qacli.files.validate import validate_all
    from qacli.prepare.scorecards.scorecard import Scorecard

    validate_all([(yaml.read(path), Scorecard)])


def _csv(path: Path) -> None:
    from qacli.files import csv

    for _ in csv.read(path, columns=("person", "on", "means")):
        pass


def _journal(path: Path) -> None:
    list(verify(path.parent))
    try:
        for _ in journal.entries(path):
            pass
    except BadLine:
        pass
    read_head(path.parent)


def _resealed(data: bytes, chance: random.Random) -> bytes:
    """Change a journal and compute its hashes anew, so that what its lines say is read."""
    from hashlib import sha256

    lines = changed(data, chance).split(b"\n")
    for number, line in enumerate(lines[1:], 1):
        body, comma, _ = line.rpartition(b",")
        if comma:
            lines[number] = body + b"," + sha256(body).hexdigest().encode()
    return b"\n".join(lines)


def fuzz(place: Path, seconds: float, seed: int | None = None) -> Iterator[Findings]:
    """Feed each loader for so many seconds."""
    from desk import CARD

    place.mkdir(parents=True, exist_ok=True)
    small_trail(place / "trail", 3) if (place / "trail").mkdir() is None else None
    line = (place / "trail" / "journal.csv").read_bytes()
    for loader, name, good, load, change in (
        ("YAML and scorecard", "card.yaml", CARD.encode(), _yaml, changed),
        ("CSV", "acknowledged.csv", story.ACKNOWLEDGED.encode(), _csv, changed),
        ("journal", "trail/journal.csv", line, _journal, changed),
        ("journal, hashes computed anew", "trail/journal.csv", line, _journal, _resealed),
    ):
        yield _fed(loader, place / name, good, load, change, seconds, random.Random(seed))


def _fed(
    loader: str,
    path: Path,
    good: bytes,
    load: Callable[[Path], None],
    change: Callable[[bytes, random.Random], bytes],
    seconds: float,
    chance: random.Random,
) -> Findings:
    runs, undeclared, begin = 0, [], time.monotonic()
    while time.monotonic() - begin < seconds:
        data = change(good, chance)
        path.write_bytes(data)
        runs += 1
        try:
            load(path)
        except QacliError:
            pass
        except Exception as error:  # noqa: BLE001
            undeclared.append(f"{error!r} for {data!r}")
    return Findings(loader, runs, undeclared, time.monotonic() - begin)
