"""What proves a pack: tables of its evidence, an excerpt of the ledger, signatures, maps and the verifier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qacli.files.text import spreadsheet
from qacli.govern.portfolio.coverage import HELD
from qacli.govern.portfolio.packing import signatures_of
from qacli.govern.portfolio.records import PortfolioEvidence, PortfolioSignature
from qacli.govern.portfolio.signing import Statement, armoured
from qacli.interchange.spreadsheet import csv_for_people, csv_for_programs
from qacli.ledger.excerpt import excerpt
from qacli.ledger.ids import entry_number
from qacli.model import Row, Words
from qacli.reports.portfolio.contents import typed_by
from qacli.workspace.shipped import shipped
from qacli.workspace.units import unit_file

if TYPE_CHECKING:
    from qacli.govern.portfolio.coverage import Cell
    from qacli.govern.portfolio.packing import Shown
    from qacli.reports.portfolio.contents import Packed

VERIFIER = "verify_portfolio.py"


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


def statements(made_of: Packed) -> Iterator[tuple[str, str]]:
    """Yield what was signed, and the detached signatures."""
    for row in signatures_of(made_of.view, made_of.found.candidate):
        stated = Statement(row.candidate, row.role, row.by, row.sha256, row.rows, row.on, row.sampled)
        yield f"signatures/{row.id}-{row.role}.txt", str(stated)
        if row.ssh:
            yield f"signatures/{row.id}-{row.role}.txt.sig", armoured(row.ssh)


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
    wanted += [(row.id, PortfolioSignature.TABLE) for row in signatures_of(made_of.view, made_of.found.candidate)]
    found = excerpt(made_of.workspace.folder, made_of.view.head, wanted, list(words), masked)
    yield "ledger/journal.csv", found.journal
    yield "ledger/words.csv", found.words
    yield from ((f"ledger/ranges/{name}", data) for name, data in found.ranges.items())
