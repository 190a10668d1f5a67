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
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

Entries = dict[int, dict[str, str]]
Rows = dict[str, list[str]]
JOURNAL = "seq,time,host,via,actor,command,key,ranges,sizes,prev,hash"
RANGE = re.compile(r"(records/[0-9]{4}/([a-z_]+)(?:\.[0-9]+)?\.csv):([0-9]+)\+([0-9]+):([0-9a-f]{64})")
HEAD = re.compile(r"entry ([0-9]+)\nhash ([0-9a-f]{64})\n")
LISTED = re.compile(r"([0-9a-f]{64})  ([^\n]+)\n")
WORDS = re.compile(r"w_[0-9a-f]{32}")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
SPELLED = re.compile(r"\\(?:[tnr]|x[0-9a-f]{2}|u[0-9a-f]{4})")
DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
TOLD = ("at", "by", "provenance", "via")
OWN, SIGNED = "portfolio_words", "portfolio_signatures"
ASKED = {"approved": "approvals", "own_words": OWN}
NONCE = 32
COLUMNS = {
    "manifest.csv": "file,bytes,sha256",
    "portfolio.csv": "candidate,role,sector,assessor,verifier",
    "evidence.csv": "row,table,at,by,provenance,entry,via,part,criteria,role_note",
    "coverage.csv": "id,state,rows,put_in,days,customers,occasions,lacks",
    "ledger/words.csv": "id,nonce,text",
}
NEEDED = {*COLUMNS, "signed.txt", "ledger/journal.csv", "ledger/head.txt"}


class Unreadable(ValueError):
    """A file that is no such file."""


def main(pack: Path, criterion: str = "") -> int:
    """Verify a pack, or trace one criterion. Return 1 where anything is wrong, or nothing is there to trace."""
    lines = trace(pack, criterion) if criterion else problems(pack)
    for line in lines or [f"coverage.csv: there is no criterion {criterion}"] * bool(criterion):
        print(line)
    return int(not lines if criterion else bool(lines))


def problems(pack: Path) -> list[str]:
    """Return everything in a pack that is not as its manifest, its signatures, its journal and its grid say."""
    found: dict[str, None] = {}
    try:
        for line in differences(pack):
            found[line] = None
    except Unreadable as wrong:
        found[f"{wrong}: it cannot be read"] = None
    except (ValueError, LookupError, csv.Error, OSError) as wrong:
        found[f"the pack cannot be read: {type(wrong).__name__} {wrong}"] = None
    return list(found)


def differences(pack: Path) -> Iterator[str]:
    """Yield them; raise Unreadable, and what reading a file that is no such file raises."""
    if not (pack / "manifest.csv").is_file():
        yield "manifest.csv: there is none: this is no pack"
        return
    paths = {path.relative_to(pack).as_posix(): path for path in pack.rglob("*") if path.is_symlink() or path.is_file()}
    yield from (f"{name}: it is a link, and may lead out of the pack" for name in paths if paths[name].is_symlink())
    there = {name for name in paths if not paths[name].is_symlink()} - {"manifest.csv"}
    yield from compared(pack, {line["file"]: line["sha256"] for line in table(pack, "manifest.csv")}, there, "packed")
    if manifest(pack, there) != text(pack, "manifest.csv"):
        yield "manifest.csv: it is not the list of these files"
    lacking = NEEDED - there - {"manifest.csv"}
    yield from (f"{name}: it is missing" for name in sorted(lacking))
    if lacking:
        return
    entries, broken = journal(pack)
    rows, wrong = ranges(pack, entries)
    yield from broken
    yield from wrong
    yield from signing(pack, there, entries, rows)
    yield from evidence(pack, rows, entries)
    yield from words(pack, rows)
    yield from shown(pack, rows)
    yield from files(pack, rows)
    yield from grid(pack, rows)


def text(pack: Path, name: str) -> str:
    """Return a file of the pack as text, its line ends as they are. Raises Unreadable."""
    try:
        return (pack / name).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(name) from None


def table(pack: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of the pack. Raises Unreadable."""
    names = COLUMNS[name].split(",")
    try:
        header, *lines = csv.reader(io.StringIO(text(pack, name), newline=""), strict=True)
        found = [dict(zip(names, line, strict=True)) for line in lines]
    except (ValueError, csv.Error):
        raise Unreadable(name) from None
    if header != names:
        raise Unreadable(name)
    return found


def manifest(pack: Path, names: set[str]) -> str:
    """Return the manifest of some files as it is written."""
    made = io.StringIO(newline="")
    lines = csv.writer(made, lineterminator="\n")
    lines.writerow(COLUMNS["manifest.csv"].split(","))
    for name in sorted(names):
        data = (pack / name).read_bytes()
        lines.writerow([name, len(data), sha256(data).hexdigest()])
    return made.getvalue()


def compared(pack: Path, listed: dict[str, str], there: set[str], done: str) -> Iterator[str]:
    """Compare files with the sha256 that a list says; none may be there that is not on it."""
    for name, digest in listed.items():
        if name not in there:
            yield f"{name}: it is missing"
        elif sha256((pack / name).read_bytes()).hexdigest() != digest:
            yield f"{name}: it is not what was {done}"
    yield from (f"{name}: it was not {done}" for name in sorted(there - set(listed)))


def journal(pack: Path) -> tuple[Entries, list[str]]:
    """Walk the chain: each line's hash, its number, and the hash of the line before. Return the entries by number."""
    header, *lines = (pack / "ledger/journal.csv").read_bytes().split(b"\n")
    found = (
        [] if header.decode("utf-8", "replace") == JOURNAL else ["ledger/journal.csv:1: not the header of a journal"]
    )
    entries: Entries = {}
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
    if lines[-1:] != [b""]:
        found.append("ledger/journal.csv: it ends within a line")
    head = HEAD.fullmatch(text(pack, "ledger/head.txt"))
    if not head:
        raise Unreadable("ledger/head.txt")
    if entries.get(int(head[1]), {}).get("hash") != head[2]:
        found.append(f"ledger/journal.csv: entry {head[1]} is not the one of ledger/head.txt")
    return entries, found


def ranges(pack: Path, entries: Entries) -> tuple[Rows, list[str]]:
    """Compare each range with the sha256 that its entry states. Return the cells of every line in them by id."""
    rows: Rows = {}
    found = []
    for path in sorted((pack / "ledger" / "ranges").glob("*.csv")):
        number, _, name = path.stem.partition("-")
        entry = entries.get(int(number), {}) if re.fullmatch("[1-9][0-9]*", number) else {}
        stated = [part for part in RANGE.findall(entry.get("ranges", "")) if part[1] == name]
        data = path.read_bytes()
        if not any(sha256(data).hexdigest() == digest for *_, digest in stated):
            found.append(f"ledger/ranges/{path.name}: entry {number} states no such bytes")
            continue
        for cells in csv.reader(io.StringIO(text(pack, f"ledger/ranges/{path.name}"), newline="")):
            if cells and entry_of(cells[0]) == int(number):
                rows[f"{name} {cells[0]}"] = cells
    return rows, found


def entry_of(row: str) -> int:
    """Return the number of the entry that made an id: 4p in o_4p-3 is 150; 0 where it is no id."""
    number = 0
    for digit in row.partition("_")[2].partition("-")[0]:
        number = number * 32 + DIGITS.index(digit) if digit in DIGITS else 0
    return number


def signing(pack: Path, there: set[str], entries: Entries, rows: Rows) -> Iterator[str]:
    """Every file is one that was signed, but for those that tell of the signing; these follow from the ledger."""
    told, found = signatures(pack, rows)
    stated = [(number, *part) for number, entry in entries.items() for part in RANGE.findall(entry.get("ranges", ""))]
    retired = {file: number for number, file, _, _, length, _ in stated if length == "0"}
    signed = {f"ledger/ranges/{number}-{name}.csv" for number, file, name, *_ in stated
              if name == SIGNED and number > retired.get(file, 0)}  # fmt: skip
    beside = {"signed.txt", "ledger/journal.csv", *signed, *told}
    listed = text(pack, "signed.txt")
    if LISTED.sub("", listed):
        yield "signed.txt: it is no list of files"
    yield from compared(pack, {name: digest for digest, name in LISTED.findall(listed)}, there - beside, "signed")
    for name in sorted(beside):
        if name not in there:
            yield f"{name}: it is missing"
        elif name in told and told[name].encode() != (pack / name).read_bytes():
            yield f"{name}: it is not what the ledger says of the signing"
    yield from found


def signatures(pack: Path, rows: Rows) -> tuple[dict[str, str], list[str]]:
    """Return the files that tell of the signing, as they follow from the ledger, and which roles signed another list."""
    candidate = table(pack, "portfolio.csv")[0]["candidate"]
    digest = sha256((pack / "signed.txt").read_bytes()).hexdigest()
    told, last, before, page = {}, {"candidate": ("", "none")}, "", "# Signed on record\n\n"
    mine = [cells for name, cells in rows.items() if name.startswith(f"{SIGNED} ") and cells[4] == candidate]
    for cells in sorted(mine, key=lambda each: entry_of(each[0])):
        row, _, by, _, _, role, signed, count, on, sampled, comment, ssh = cells
        name, last[role] = f"signatures/{row}-{role}", (signed, row)
        said = text(pack, f"{name}.comment") if comment and (pack / f"{name}.comment").is_file() else ""
        lines = ["qacli-portfolio/1", f"candidate {candidate}", f"role {role}", f"person {by}", f"evidence {signed}",
                 f"rows {count}", f"on {on}", *[f"sampled {sampled}"] * bool(sampled), *[f"after {before}"] * bool(before),
                 *[f"comment {said[NONCE:]}"] * bool(comment)]  # fmt: skip
        told[f"{name}.txt"] = "".join(f"{line}\n" for line in lines)
        before = sha256(told[f"{name}.txt"].encode()).hexdigest()
        page += f"- {role} {by} on {on}" + f", sampled {sampled}" * bool(sampled)
        page += ", with an SSH signature" * bool(ssh) + f", for {'these' if signed == digest else 'other'} contents"
        if ssh:
            body = "\n".join(ssh[at : at + 70] for at in range(0, len(ssh), 70))
            told[f"{name}.txt.sig"] = f"-----BEGIN SSH SIGNATURE-----\n{body}\n-----END SSH SIGNATURE-----\n"
        if comment:
            told[f"{name}.comment"] = said if comment == "w_" + commitment(said) else f"not {said}"
            page += f": {said[NONCE:]}"
        page += "\n"
    told["signatures.md"] = page
    return told, [f"signed.txt: not signed by the {role} as it stands; last signature: {row}"
                  for role, (signed, row) in last.items() if signed != digest]  # fmt: skip


def evidence(pack: Path, rows: Rows, entries: Entries) -> list[str]:
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


def words(pack: Path, rows: Rows) -> list[str]:
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


def shown(pack: Path, rows: Rows) -> list[str]:
    """Every row for people says what its row in the ledger says; free text as ledger/words.csv has it."""
    found = []
    texts = {line["id"]: line["text"] or "" for line in table(pack, "ledger/words.csv")}
    for path in sorted((pack / "rows").glob("*.csv")):
        lines = csv.reader(io.StringIO(text(pack, f"rows/{path.name}"), newline=""))
        for row, *cells in filter(None, list(lines)[1:]):
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


def files(pack: Path, rows: Rows) -> list[str]:
    """Every file is, byte for byte, one whose sha256 the candidate's evidence holds."""
    known = {cell for name, cells in rows.items() if name.startswith("portfolio_evidence ") for cell in cells}
    there = [path for path in sorted((pack / "files").rglob("*")) if path.is_file()]
    return [
        f"{path.relative_to(pack).as_posix()}: it is not what was put in"
        for path in there
        if sha256(path.read_bytes()).hexdigest() not in known
    ]


def grid(pack: Path, rows: Rows) -> Iterator[str]:
    """Whatever is held rests on rows in the pack, of each table that the map asks for; own words are of that criterion."""
    there = {line["row"]: line["table"] for line in table(pack, "evidence.csv")}
    asked = {id_: tables for path in sorted((pack / "units").glob("*.yaml")) for id_, tables in needs(pack, path.name)}
    cells = {cell["id"]: cell for cell in table(pack, "coverage.csv")}
    for id_, cell in cells.items():
        named = cell["rows"].split()
        for row in [*named, *cell["put_in"].split()]:
            if row not in there:
                yield f"coverage.csv: {id_} names {row}, which is not in the pack"
        lacks = asked.get(id_, set()) - {there.get(row, "") for row in named}
        of = {rows.get(f"{OWN} {row}", [""] * 5)[4] for row in named if there.get(row) == OWN}
        if cell["state"] == "held" and not named:
            yield f"coverage.csv: {id_} is held by nothing"
        elif cell["state"] == "held" and (lacks or of - {id_}):
            yield f"coverage.csv: {id_} is held by other rows than units/ asks for"
    yield from (f"coverage.csv: {id_} is not as in units/" for id_ in sorted(set(asked) ^ set(cells)))


def needs(pack: Path, name: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the criteria of a map with the tables that each asks for, read from its text: Python knows no YAML."""
    for part in re.split(r"\n *- \{?id: ", text(pack, f"units/{name}"))[1:]:
        other = {asks for word, asks in ASKED.items() if re.search(rf"\b{word}: ", part)}
        yield re.split(r"[,\s]", part)[0], {*re.findall(r"\btable: (\w+)", part), *other}


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
