"""What proves a pack: tables of its evidence, an excerpt of the ledger, signatures, maps and the verifier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from qacli.files.text import spreadsheet
from qacli.govern.portfolio.coverage import HELD
from qacli.govern.portfolio.records import PortfolioEvidence, PortfolioSignature
from qacli.govern.portfolio.signing import Contents, armoured, signatures_of, statements_of
from qacli.interchange.spreadsheet import csv_for_people, csv_for_programs
from qacli.ledger import journal
from qacli.ledger.canonical import decode
from qacli.ledger.excerpt import excerpt
from qacli.ledger.ids import entry_number
from qacli.ledger.redact import find
from qacli.model import Row, Words
from qacli.reports.portfolio.contents import typed_by
from qacli.workspace.shipped import shipped
from qacli.workspace.units import unit_file

if TYPE_CHECKING:
    from qacli.govern.portfolio.coverage import Cell
    from qacli.govern.portfolio.packing import Shown
    from qacli.reports.portfolio.contents import Packed

VERIFIER = "verify_portfolio.py"
NONCE = 32
"""Characters of chance before the text that an id of words commits to."""
BESIDE = re.compile(rf"ledger/(journal\.csv|ranges/[0-9]+-{PortfolioSignature.TABLE}\.csv)")
"""Files of the ledger that grow with each signature: nobody can sign for them beforehand."""


def coverage_table(cells: Sequence[Cell]) -> str:
    """Return the grid as a table: the state of each criterion with the ids of its rows."""
    columns = ("id", "state", "rows", "put_in", "days", "customers", "occasions", "lacks")
    found = [
        (
            cell.criterion.id,
            cell.state,
            " ".join(row.id for row in cell.rows if cell.state == HELD),
            " ".join(row.id for row in cell.added),
            cell.days,
            cell.transactions,
            cell.occasions,
            "; ".join(lack.missing for lack in cell.lacks),
        )
        for cell in cells
    ]
    return csv_for_programs(columns, found)


def evidence_table(made_of: Packed, rows: Sequence[Shown]) -> str:
    """Return every row: who made it, when, by whose login, in which entry, for which criteria."""
    candidate, via = made_of.found.candidate, typed_by(made_of)
    columns = ("row", "table", "at", "by", "provenance", "entry", "via", "part", "criteria", "role_note")
    return csv_for_programs(columns, [_evidence(each, candidate, via) for each in rows])


def _evidence(each: Shown, candidate: str, via: Mapping[int, str]) -> tuple[Any, ...]:
    row, entry = each.row, entry_number(each.row.id) or 0
    part = "own" if row.by == candidate else "of others"
    made = (row.id, type(row).TABLE, row.at, row.by, row.provenance, entry, via.get(entry, ""))
    return (*made, part, " ".join(each.criteria), spreadsheet(each.note))


def row_tables(rows: Sequence[Shown]) -> Iterator[tuple[str, str]]:
    """Yield the rows themselves, one file for each table, free text masked."""
    by_kind: dict[type[Row], list[Shown]] = {}
    for each in rows:
        by_kind.setdefault(type(each.row), []).append(each)
    for kind, found in by_kind.items():
        yield f"rows/{kind.TABLE}.csv", csv_for_people(kind.columns(), [list(each.cells.values()) for each in found])


def portfolio_table(made_of: Packed) -> str:
    """Return what the portfolio states of itself, for programs."""
    names = ("candidate", "role", "sector", "assessor", "verifier")
    return csv_for_programs(names, [[getattr(made_of.portfolio, name) for name in names]])


def list_of(files: Mapping[str, bytes]) -> bytes:
    """Return the list of some files that is signed, as ``sha256sum -c`` reads it."""
    return "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())).encode()


def signature_files(made_of: Packed, contents: Contents) -> Iterator[tuple[str, bytes]]:
    """Yield what tells of the signing: a page for people, what was signed, comments and detached signatures."""
    page = "# Signed on record\n\n"
    hidden = _hidden(made_of)
    for row, stated in statements_of(made_of.view, made_of.found.candidate):
        name = f"signatures/{row.id}-{row.role}"
        yield f"{name}.txt", str(stated).encode()
        if row.ssh:
            yield f"{name}.txt.sig", armoured(row.ssh).encode()
        if row.comment:
            yield f"{name}.comment", hidden[row.comment.id].encode()
        page += f"- {row.role} {row.by} on {row.on}"
        page += f", sampled {row.sampled}" if row.sampled else ""
        page += ", with an SSH signature" if row.ssh else ""
        page += ", for these contents" if row.sha256 == contents.sha256 else ", for other contents"
        page += f": {hidden[row.comment.id][NONCE:]}\n" if row.comment else "\n"
    yield "signatures.md", page.encode()


def _hidden(made_of: Packed) -> Mapping[str, str]:
    """Return nonce and text of the comments beside signatures, by the id that commits to both."""
    wanted = [row.comment.id for row in signatures_of(made_of.view, made_of.found.candidate) if row.comment]
    cells = find(made_of.workspace.folder, made_of.view.head.sizes, wanted)
    return {each.id: "".join(decode(f"{each.nonce.decode()},{each.text.decode()}")) for each in cells}


def head_file(made_of: Packed, rows: Sequence[Shown]) -> str:
    """Return up to which entry of the journal the evidence reaches, and the hash of that entry."""
    last = max(entry_number(each.row.id) or 0 for each in rows)
    entries = journal.entries(made_of.workspace.folder / journal.NAME)
    return "".join(f"entry {entry.seq}\nhash {entry.hash}\n" for entry in entries if entry.seq == last)


def own_files(made_of: Packed) -> Iterator[tuple[str, bytes]]:
    """Yield what was put in as files, the maps and the verifier, byte for byte."""
    for row in made_of.found.rows():
        if isinstance(row, PortfolioEvidence) and row.source:
            yield f"files/{row.source}", (made_of.workspace.folder / row.source).read_bytes()
    for unit in made_of.units:
        yield f"units/{unit.id}.yaml", unit_file(unit.id).read_bytes()
    yield "verify.py", (shipped("examples") / VERIFIER).read_bytes()


def ledger_files(made_of: Packed, rows: Sequence[Shown]) -> Iterator[tuple[str, bytes]]:
    """Yield the excerpt of the ledger that holds the rows of the pack and the words that they name."""
    words: dict[str, None] = {}
    masked: dict[str, str] = {}
    for each in rows:
        for name, shown in each.cells.items():
            value = getattr(each.row, name)
            if isinstance(value, Words) and value.id:
                words[value.id] = None
                if shown != value.text:
                    masked[value.id] = shown
    wanted = [(each.row.id, type(each.row).TABLE) for each in rows]
    # Those for other candidates too: only where all are there is it seen that none was dropped.
    wanted += [(row.id, PortfolioSignature.TABLE) for row in made_of.view.rows(PortfolioSignature)]
    yield "ledger/head.txt", head_file(made_of, rows).encode()
    found = excerpt(made_of.workspace.folder, made_of.view.head, wanted, list(words), masked)
    yield "ledger/journal.csv", found.journal
    yield "ledger/words.csv", found.words
    yield from ((f"ledger/ranges/{name}", data) for name, data in found.ranges.items())
