"""A small trail, changed in every way that is small: is it found, and are file and row named?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import story  # noqa: F401  (puts src and tests on the path)
from trails import ARRANGE, FILES, WHO, broken, rows_of, small_trail, tree

from qacli.ledger.head import BrokenTail
from qacli.ledger.trail import writing

MASKS = (0x01, 0x80, 0xFF)


class Findings(NamedTuple):
    tried: int
    missed: list[str]


def flips(folder: Path, masks: tuple[int, ...] = MASKS) -> Findings:
    """Flip every byte of every file."""
    tried, missed = 0, []
    for file, data in _files(folder):
        rows = rows_of(data)
        for mask in masks:
            for at, byte in enumerate(data):
                (folder / file).write_bytes(data[:at] + bytes([byte ^ mask]) + data[at + 1 :])
                tried += 1
                if not any(each.file == file and each.first <= rows[at] <= each.last for each in broken(folder)):
                    missed.append(f"{file}, byte {at} ^ {mask:#x}")
    return Findings(tried, missed)


def cuts(folder: Path) -> Findings:
    """Cut every file at every length. A journal cut between two lines shows in the tables, which are longer then."""
    tried, missed = 0, []
    for file, data in _files(folder):
        whole = file == "journal.csv" and {at + 1 for at, byte in enumerate(data) if byte == 10} | {0}
        for length in range(len(data)):
            (folder / file).write_bytes(data[:length])
            tried += 1
            named = [each for each in broken(folder) if each.file == file or (whole and length in whole)]
            if not named:
                missed.append(f"{file} cut to {length} bytes")
    return Findings(tried, missed)


def moves(folder: Path) -> Findings:
    """Drop, double, swap and insert every line of every file."""
    tried, missed = 0, []
    for file, data in _files(folder):
        lines = data.splitlines(keepends=True)
        for how, arrange in ARRANGE.items():
            for at in range(len(lines) - (how == "swapped")):
                changed = b"".join(arrange(lines, at))
                if changed == data:
                    continue
                (folder / file).write_bytes(changed)
                tried += 1
                last_entry_dropped = file == "journal.csv" and how == "dropped" and at == len(lines) - 1
                if not any(each.file == file or last_entry_dropped for each in broken(folder)):
                    missed.append(f"{file} row {at + 1} {how}")
    return Findings(tried, missed)


def last_line(folder: Path, masks: tuple[int, ...] = MASKS, every: int = 1) -> Findings:
    """Flip every byte, or each so-manieth, of the last, complete journal line: a writer refuses, and sets nothing aside.

    The byte that ends the line, and one that becomes NUL or a line feed, make it what a torn write leaves.
    """
    tried, missed = 0, []
    folder.mkdir(parents=True)
    small_trail(folder, 3)
    path = folder / "journal.csv"
    data = path.read_bytes()
    for at in range(data[:-1].rindex(b"\n") + 1, len(data) - 1, every):
        for mask in masks:
            byte = data[at] ^ mask
            if byte in b"\0\n":
                continue
            path.write_bytes(data[:at] + bytes([byte]) + data[at + 1 :])
            before = tree(folder)
            tried += 1
            try:
                with writing(folder, WHO):
                    missed.append(f"byte {at} ^ {mask:#x} was not refused")
            except BrokenTail:
                pass
            if tree(folder) != before:
                missed.append(f"byte {at} ^ {mask:#x}: bytes were changed")
    return Findings(tried, missed)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Make a fresh trail and yield its files; each is put back as it was."""
    folder.mkdir(parents=True)
    small_trail(folder, 3)
    for file in FILES:
        data = (folder / file).read_bytes()
        yield file, data
        (folder / file).write_bytes(data)
