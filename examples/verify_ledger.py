"""A second verifier of a qacli folder, written from docs/ledger.md alone: standard library, nothing of qacli.

    python verify_ledger.py FOLDER [SEAL]

Prints one line for each difference and ends with 1; silent and 0 where every record is as its journal says. It is here
so that an auditor need not trust the program that wrote the records.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from hashlib import sha256
from pathlib import Path

COLUMNS = "seq,time,host,via,actor,command,key,ranges,sizes,prev,hash"
RANGE = re.compile(r"(records/[0-9]{4}/[a-z_]+(?:\.[0-9]+)?\.csv):([0-9]+)\+([0-9]+):([0-9a-f]{64})")


def main(folder: Path, seal: Path | None = None) -> int:
    """Verify a folder, and compare it with a seal where one is given. Return 1 where anything differs."""
    problems, entries = journal(folder / "journal.csv")
    problems += files(folder, entries)
    if seal:
        problems += against(entries, seal.read_text("utf-8"))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def journal(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Walk the chain: each line's hash, its number, and the hash of the line before."""
    header, *lines = path.read_bytes().split(b"\n")
    problems = [] if header.decode("utf-8", "replace") == COLUMNS else ["journal.csv:1: not the header of a journal"]
    entries, prev = [], "0" * 64
    if lines and lines[-1]:
        problems.append(f"journal.csv:{len(lines) + 1}: the last line does not end: it belongs to no entry")
    for number, line in enumerate(lines[:-1], 2):
        body, _, stated = line.rpartition(b",")
        if sha256(body).hexdigest().encode() != stated:
            problems.append(f"journal.csv:{number}: the line does not match its hash")
        cells = next(csv.reader(io.StringIO(line.decode("utf-8", "replace"))), [])
        entry = dict(zip(COLUMNS.split(","), cells, strict=False))
        if entry.get("prev") != prev or entry.get("seq") != str(len(entries) + 1):
            problems.append(f"journal.csv:{number}: the line does not follow the line before it")
        prev = stated.decode("utf-8", "replace")
        entries.append(entry)
    return problems, entries


def files(folder: Path, entries: list[dict[str, str]]) -> list[str]:
    """Compare every range with its bytes, and every file with its length."""
    ranges: dict[str, list[tuple[int, int, str, str]]] = {}
    for entry in entries:
        for file, start, length, digest in RANGE.findall(entry.get("ranges", "")):
            # a range without bytes retires the file: what it held before need no longer be there
            ranges[file] = (
                []
                if length == "0"
                else [*ranges.get(file, []), (int(start), int(length), digest, entry.get("seq", "?"))]
            )
    redacted, problems, seen = redactions(folder), [], set[str]()
    for file, parts in sorted(ranges.items()):
        data = (folder / file).read_bytes() if (folder / file).is_file() else b""
        end = 0
        for start, length, digest, seq in parts:
            piece = data[start : start + length]
            if start != end:
                problems.append(f"{file}: entry {seq} begins at byte {start}, not at {end}")
            if sha256(piece).hexdigest() != digest and not (
                file.endswith("/words.csv") and len(piece) == length and only_redacted(piece, redacted, seen)
            ):
                row = data.count(b"\n", 0, start) + 1
                problems.append(f"{file} row {row}: entry {seq} is not what was recorded")
            end = start + length
        if len(data) > end:
            problems.append(f"{file}: {len(data) - end} bytes belong to no entry")
    for path in sorted((folder / "records").rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir() and name not in ranges:
            problems.append(f"{name}: no entry wrote this file")
    return problems


def redactions(folder: Path) -> set[str]:
    """Return the ids of the words that the redactions name."""
    found = set()
    for path in (folder / "records").glob("*/redactions*.csv"):
        with path.open(newline="", encoding="utf-8") as table:
            found |= {row["words"] for row in csv.DictReader(table)}
    return found


def only_redacted(piece: bytes, redacted: set[str], seen: set[str]) -> bool:
    """Return whether these words are as they were but for redacted ones, each of which stands once."""
    for line in piece.decode("utf-8", "replace").split("\n")[:-1]:
        name, nonce, text = [*line.split(",", 2), "", ""][:3]
        if (name, nonce, text) == ("id", "nonce", "text"):
            continue
        if set(nonce + text) <= {"x"} and name in redacted and name not in seen:
            seen.add(name)
            continue
        plain = [*next(csv.reader(io.StringIO(line)), []), "", "", ""][2]
        if name != "w_" + sha256((nonce + plain).encode()).hexdigest()[:32]:
            return False
    return True


def against(entries: list[dict[str, str]], seal: str) -> list[str]:
    """Compare the chain with a head that was kept elsewhere."""
    said = dict(line.split(" ", 1) for line in seal.splitlines() if " " in line)
    count = int(said["entries"])
    if not entries or entries[0]["hash"] != said["folder"]:
        return ["the seal belongs to another folder, or the trail was written anew"]
    if len(entries) < count:
        return [f"the trail ends before entry {count}, which was sealed"]
    return [] if entries[count - 1]["hash"] == said["head"] else [f"entry {count} is not the one that was sealed"]


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
