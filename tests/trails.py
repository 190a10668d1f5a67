"""Small trails for the tests of the ledger, and the journal as somebody else would compute it."""

from __future__ import annotations

import csv
import io
from hashlib import sha256

from qacli.ledger.append import Block
from qacli.ledger.head import read_head
from qacli.ledger.trail import Signature, writing
from qacli.ledger.verify import verify

WHO = Signature("p_ev1", "p_ev1", "score")
HEADER = b"id,at,by,provenance,text\n"


def table(name="ratings", year="2026"):
    return f"records/{year}/{name}.csv"


FILES = ("journal.csv", table("observations"), table())
"""The files of a small trail."""
ARRANGE = {
    "dropped": lambda lines, at: lines[:at] + lines[at + 1 :],
    "doubled": lambda lines, at: lines[: at + 1] + lines[at:],
    "swapped": lambda lines, at: [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]],
    "inserted": lambda lines, at: [*lines[:at], b"o_7,2026-05-18T11:00:00Z,p_ev1,training,made up\n", *lines[at:]],
}
"""Ways to move the lines of a file about."""


def block(lines, file=None):
    return Block(file or table(), HEADER, lines)


def write(folder, *blocks, key="", who=WHO):
    """Record one entry and return it."""
    with writing(folder, who, patience=5) as trail:
        return trail.append(blocks, key=key)


def small_trail(folder, entries=3):
    """Two tables, one of them with two rows an entry."""
    for number in range(1, entries + 1):
        write(
            folder,
            block(f"o_{number},2026-05-18T11:00:00Z,p_ev1,training,greeted\n".encode(), table("observations")),
            block(
                f"o_{number}-1,2026-05-18T11:00:00Z,p_ev1,training,met\n"
                f'o_{number}-2,2026-05-18T11:00:00Z,p_ev1,training,"not, met"\n'.encode()
            ),
        )


def tree(folder):
    """Every file with its bytes, the lock left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def walk(folder):
    """Recompute a journal from nothing but its description: (seq, committed sizes, last hash). Asserts every line."""
    lines = (folder / "journal.csv").read_bytes().split(b"\n")
    assert lines[0] == b"seq,time,host,via,actor,command,key,ranges,sizes,prev,hash"
    assert lines[-1] == b""
    previous, ends, seq = "0" * 64, {}, 0
    for seq, line in enumerate(lines[1:-1], 1):
        cells = next(csv.reader(io.StringIO(line.decode())))
        assert cells[0] == str(seq)
        assert cells[9] == previous
        assert cells[10] == sha256(line[: line.rindex(b",")]).hexdigest()
        for part in cells[7].split():
            file, extent, digest = part.split(":")
            start, length = map(int, extent.split("+"))
            assert start == ends.get(file, 0)
            assert sha256((folder / file).read_bytes()[start : start + length]).hexdigest() == digest
            ends[file] = start + length
        stated = dict(part.split(":") for part in cells[8].split())
        assert stated == ({file: str(end) for file, end in ends.items()} if seq % 256 == 0 else {})
        previous = cells[10]
    return seq, ends, previous


def mended(folder):
    """Make the journal fit rows that were changed by hand and kept their length, as somebody who knows it could."""
    path = folder / "journal.csv"
    header, *lines, end = path.read_text("utf-8").split("\n")
    previous, done = "0" * 64, [header]
    for line in lines:
        cells = next(csv.reader(io.StringIO(line)))
        parts = [part.split(":") for part in cells[7].split()]
        for part in parts:
            start, length = map(int, part[1].split("+"))
            part[2] = sha256((folder / part[0]).read_bytes()[start : start + length]).hexdigest()
        cells[7], cells[9] = " ".join(":".join(part) for part in parts), previous
        previous = sha256(",".join(cells[:-1]).encode()).hexdigest()
        done.append(",".join([*cells[:-1], previous]))
    path.write_text("\n".join([*done, end]), "utf-8")


def state(folder):
    """What read_head says, in the same shape."""
    head = read_head(folder)
    return head.seq, dict(head.sizes), head.hash


def broken(folder):
    """What verify calls a difference; notes are left out."""
    return [damage for damage in verify(folder) if not damage.note]


def rows_of(data):
    """Row numbers of a file by byte, as a spreadsheet counts; a newline belongs to the line that it ends."""
    row, found = 1, []
    for byte in data:
        found.append(row)
        row += byte == 10
    return found
