"""A verifier of a portfolio pack, written from docs/portfolios.md alone: standard library, nothing of qacli.

    python verify_portfolio.py PACK              one line for each difference, and 1; silent and 0 where there is none
    python verify_portfolio.py PACK mon-p9       the rows behind one criterion, each with its entry of the journal

An assessor needs this file and Python, no network and no folder of records. It travels in each pack as verify.py.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from hashlib import sha256
from pathlib import Path

JOURNAL = "seq,time,host,via,actor,command,key,ranges,sizes,prev,hash"
RANGE = re.compile(r"records/[0-9]{4}/([a-z_]+)(?:\.[0-9]+)?\.csv:([0-9]+)\+([0-9]+):([0-9a-f]{64})")
WORDS = re.compile(r"w_[0-9a-f]{32}")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
SPELLED = re.compile(r"\\(?:[tnr]|x[0-9a-f]{2}|u[0-9a-f]{4})")
DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
TOLD = ("at", "by", "provenance", "via")
NOT_LISTED = {"manifest.csv"}


def main(pack: Path, criterion: str = "") -> int:
    """Verify a pack, or trace one criterion. Return 1 where anything is wrong, or nothing is there to trace."""
    lines = trace(pack, criterion) if criterion else problems(pack)
    for line in lines or [f"coverage.csv: there is no criterion {criterion}"] * bool(criterion):
        print(line)
    return int(not lines if criterion else bool(lines))


def problems(pack: Path) -> list[str]:
    """Return everything in a pack that is not as its manifest, its journal and its grid say."""
    try:
        return differences(pack)
    except (ValueError, KeyError, csv.Error, OSError) as wrong:
        return [f"the pack cannot be read: {type(wrong).__name__} {wrong}"]


def differences(pack: Path) -> list[str]:
    """Return them, or raise what reading a file that is no such file raises."""
    if not (pack / "manifest.csv").is_file():
        return ["manifest.csv: there is none: this is no pack"]
    found = manifest(pack)
    lacking = [name for name in ("ledger/journal.csv", "ledger/words.csv", "evidence.csv", "coverage.csv", "evidence.txt")
               if not (pack / name).is_file()]  # fmt: skip
    if lacking:
        return [*found, *(f"{name}: it is missing" for name in lacking)]
    entries, broken = journal(pack)
    rows, wrong = ranges(pack, entries)
    return [
        *found,
        *broken,
        *wrong,
        *evidence(pack, rows, entries),
        *words(pack, rows),
        *shown(pack, rows),
        *files(pack, rows),
        *grid(pack),
        *signatures(pack, rows),
    ]


def table(pack: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of the pack."""
    text = (pack / name).read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def manifest(pack: Path) -> list[str]:
    """Compare every file with its length and sha256; no file may be there that is not listed."""
    found, listed = [], set(NOT_LISTED)
    for line in table(pack, "manifest.csv"):
        name = line["file"]
        listed.add(name)
        path = pack / name
        if not path.resolve().is_relative_to(pack.resolve()):
            found.append(f"{name}: leads out of the pack")
        elif not path.is_file():
            found.append(f"{name}: it is missing")
        elif sha256(path.read_bytes()).hexdigest() != line["sha256"]:
            found.append(f"{name}: it is not what was packed")
    there = {path.relative_to(pack).as_posix() for path in pack.rglob("*") if not path.is_dir()}
    return found + [f"{name}: it was not packed" for name in sorted(there - listed)]


def journal(pack: Path) -> tuple[dict[int, dict[str, str]], list[str]]:
    """Walk the chain: each line's hash, its number, and the hash of the line before. Return the entries by number."""
    header, *lines = (pack / "ledger/journal.csv").read_bytes().split(b"\n")
    found = (
        [] if header.decode("utf-8", "replace") == JOURNAL else ["ledger/journal.csv:1: not the header of a journal"]
    )
    entries: dict[int, dict[str, str]] = {}
    prev = "0" * 64
    for number, line in enumerate(lines[:-1], 2):
        body, _, stated = line.rpartition(b",")
        if sha256(body).hexdigest().encode() != stated:
            found.append(f"ledger/journal.csv:{number}: the line does not match its hash")
        cells = next(csv.reader(io.StringIO(line.decode("utf-8", "replace"))), [])
        entry = dict(zip(JOURNAL.split(","), cells, strict=False))
        if entry.get("prev") != prev or entry.get("seq") != str(number - 1):
            found.append(f"ledger/journal.csv:{number}: the line does not follow the line before it")
        prev = stated.decode("utf-8", "replace")
        entries[number - 1] = entry
    return entries, found


def ranges(pack: Path, entries: dict[int, dict[str, str]]) -> tuple[dict[str, list[str]], list[str]]:
    """Compare each range with the sha256 that its entry states. Return the cells of every line in them by id."""
    rows: dict[str, list[str]] = {}
    found = []
    for path in sorted((pack / "ledger" / "ranges").glob("*.csv")):
        number, _, name = path.stem.partition("-")
        entry = entries.get(int(number), {}) if number.isascii() and number.isdigit() else {}
        stated = [part for part in RANGE.findall(entry.get("ranges", "")) if part[0] == name]
        data = path.read_bytes()
        if not any(sha256(data).hexdigest() == digest for *_, digest in stated):
            found.append(f"ledger/ranges/{path.name}: entry {number} states no such bytes")
            continue
        for cells in csv.reader(io.StringIO(data.decode("utf-8"), newline="")):
            if cells and entry_of(cells[0]) == int(number):
                rows[f"{name} {cells[0]}"] = cells
    return rows, found


def entry_of(row: str) -> int:
    """Return the number of the entry that made an id: 4p in o_4p-3 is 150; 0 where it is no id."""
    number = 0
    for digit in row.partition("_")[2].partition("-")[0]:
        number = number * 32 + DIGITS.index(digit) if digit in DIGITS else 0
    return number


def evidence(pack: Path, rows: dict[str, list[str]], entries: dict[int, dict[str, str]]) -> list[str]:
    """Every row of evidence is in the ledger as it is told: same maker, same time, same login, and live."""
    found = []
    for line in table(pack, "evidence.csv"):
        cells = rows.get(f"{line['table']} {line['row']}")
        if not cells:
            found.append(f"evidence.csv: {line['row']} is in no range of the ledger")
        elif [*cells[1:4], entries[entry_of(line["row"])]["via"]] != [line[name] for name in TOLD]:
            found.append(f"evidence.csv: {line['row']} is told otherwise than it was recorded")
        elif cells[3] != "live":
            found.append(f"evidence.csv: {line['row']} is {cells[3]}, not live")
    return found


def words(pack: Path, rows: dict[str, list[str]]) -> list[str]:
    """Every text commits to the id that a row holds; masked texts have no nonce and prove nothing."""
    found = []
    named = {cell for cells in rows.values() for cell in cells if WORDS.fullmatch(cell)}
    for line in table(pack, "ledger/words.csv"):
        if line["id"] not in named:
            found.append(f"ledger/words.csv: no row names {line['id']}")
        elif set(line["nonce"]) - {"x"} and line["id"] != "w_" + commitment(line["nonce"] + line["text"]):
            found.append(f"ledger/words.csv: {line['id']} is not the text that was recorded")
    return found


def commitment(text: str) -> str:
    """Return what an id of words holds of nonce and text."""
    return sha256(text.encode()).hexdigest()[:32]


def shown(pack: Path, rows: dict[str, list[str]]) -> list[str]:
    """Every row for people says what its row in the ledger says; free text as ledger/words.csv has it."""
    found = []
    texts = {line["id"]: line["text"] or "" for line in table(pack, "ledger/words.csv")}
    for path in sorted((pack / "rows").glob("*.csv")):
        for row, *cells in filter(None, list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))[1:]):
            told = [texts.get(cell, cell) for cell in rows.get(f"{path.stem} {row}", [])[1:]]
            if len(cells) != len(told) or not all(map(same, cells, told)):
                found.append(f"rows/{path.name}: {row} is told otherwise than it was recorded")
    return found


def same(cell: str, held: str) -> bool:
    """Whether a cell for people says what is held: in text for them, guards, blanks and hidden characters may differ."""
    return cell == held or (not NUMBER.fullmatch(held) and letters(cell) == letters(held))


def letters(text: str) -> str:
    """Return the letters and digits of a text, without what spells out a hidden character."""
    return "".join(filter(str.isalnum, SPELLED.sub("", text)))


def files(pack: Path, rows: dict[str, list[str]]) -> list[str]:
    """Every file is, byte for byte, one whose sha256 the candidate's evidence holds."""
    known = {cell for name, cells in rows.items() if name.startswith("portfolio_evidence ") for cell in cells}
    there = [path for path in sorted((pack / "files").rglob("*")) if path.is_file()]
    return [
        f"{path.relative_to(pack).as_posix()}: it is not what was put in"
        for path in there
        if sha256(path.read_bytes()).hexdigest() not in known
    ]


def grid(pack: Path) -> list[str]:
    """Whatever is held rests on rows that are in the pack, and the list that was signed names these rows."""
    there = {line["row"]: line["table"] for line in table(pack, "evidence.csv")}
    found, named = [], set()
    for cell in table(pack, "coverage.csv"):
        rows = [*cell["rows"].split(), *cell["put_in"].split()]
        named.update(rows)
        found += [
            f"coverage.csv: {cell['id']} names {row}, which is not in the pack" for row in rows if row not in there
        ]
        if cell["state"] == "held" and not rows:
            found.append(f"coverage.csv: {cell['id']} is held by nothing")
    listed = {line.split(" ")[0] for line in (pack / "evidence.txt").read_text("utf-8").splitlines()}
    signed = {row for row in named & set(there) if there[row] != "portfolio_signatures"}
    return found + ([] if listed == signed else ["evidence.txt: it is not the list of the rows behind the grid"])


def signatures(pack: Path, rows: dict[str, list[str]]) -> list[str]:
    """Each statement that was signed is the one on record: same person, role, evidence and day."""
    found = []
    for path in sorted((pack / "signatures").glob("*.txt")):
        said = dict(line.partition(" ")[::2] for line in path.read_text("utf-8").splitlines())
        cells = rows.get(f"portfolio_signatures {path.stem.rpartition('-')[0]}", [])
        told = [said.get(name) for name in ("person", "candidate", "role", "evidence", "rows", "on")]
        if "qacli-portfolio/1" not in said or cells[2:3] + cells[4:9] != told:
            found.append(f"signatures/{path.name}: it is told otherwise than it was recorded")
    return found


def trace(pack: Path, criterion: str) -> list[str]:
    """Return the state of a criterion and each of its rows with table, entry, time, command and actor."""
    entries, _ = journal(pack)
    there = {line["row"]: line for line in table(pack, "evidence.csv")}
    lines = []
    for cell in table(pack, "coverage.csv"):
        if cell["id"] == criterion:
            lines.append(f"{criterion}: {cell['state']}{': ' * bool(cell['lacks'])}{cell['lacks']}")
            for row in [*cell["rows"].split(), *cell["put_in"].split()]:
                entry = entries.get(entry_of(row), {})
                told = there.get(row, {}).get("table", "not in the pack")
                lines.append(f"  {row} ({told}) <- entry {entry_of(row)}, {entry.get('time')}, "
                             f"{entry.get('command')}, {entry.get('actor')}")  # fmt: skip
    return lines


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:3]))
