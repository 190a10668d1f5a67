"""The pack of a portfolio: what an assessor reads, what proves it, and the manifest that binds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.govern.portfolio.account import compared
from qacli.govern.portfolio.coverage import DECIDES, HELD, Cell, Coverage, spread
from qacli.govern.portfolio.packing import Shown, latest_words, masking, shown_rows, signatures_of
from qacli.govern.portfolio.records import SIGNERS, PortfolioEvidence, PortfolioSignature
from qacli.govern.portfolio.saying import PARAGRAPH
from qacli.govern.portfolio.signing import Statement, armoured, evidence_list
from qacli.govern.portfolio.unit import criteria
from qacli.interchange.spreadsheet import csv_for_programs
from qacli.ledger import journal
from qacli.ledger.excerpt import excerpt
from qacli.ledger.ids import entry_number
from qacli.model import Row, Words
from qacli.prepare.period import in_words
from qacli.reports.environment import render
from qacli.workspace.shipped import shipped
from qacli.workspace.units import unit_file

if TYPE_CHECKING:
    from qacli.govern.portfolio.portfolio import Portfolio
    from qacli.govern.portfolio.unit import Unit
    from qacli.workspace import Workspace
    from qacli.workspace.view import FolderView

MANIFEST = "manifest.csv"
VERIFIER = "verify_portfolio.py"
NOT_SIGNED = "not yet"


class Line(NamedTuple):
    """One line of a recording form: a record, its tables, and the criteria of the standard that it is for."""

    ref: str
    what: str
    criteria: frozenset[str]


class Signed(NamedTuple):
    """One place of the signature block. ``told`` says when, and whether for the evidence as it is packed."""

    role: str
    name: str
    told: str
    comment: str


class Said(NamedTuple):
    """The candidate's own words of one criterion, and what the figures of an account say."""

    id: str
    heading: str
    row: Row
    paragraphs: Sequence[str]
    claim: str
    via: str


class Packed(NamedTuple):
    """What a pack is made of."""

    workspace: Workspace
    view: FolderView
    found: Coverage
    portfolio: Portfolio
    units: Sequence[Unit]
    kinds: Sequence[type[Row]]


def pack_files(made_of: Packed) -> dict[str, bytes]:
    """Return the files of a pack by name, the manifest last. Raises what reading the records raises."""
    view, found = made_of.view, made_of.found
    rows = shown_rows(view, found, made_of.portfolio, made_of.kinds)
    texts = {
        "README.md": _readme(made_of, rows),
        "coverage.md": _page("portfolio_coverage.md.j2", made_of, cells=found.cells, decides=DECIDES),
        "coverage.csv": _coverage_table(found.cells),
        "words.md": _page("portfolio_words.md.j2", made_of, said=list(_said(made_of))),
        "evidence.csv": _evidence_table(rows, found.candidate, _typed_by(made_of)),
        "evidence.txt": evidence_list(found),
        **{f"grid/{unit.id}.md": _grid(made_of, unit, rows) for unit in made_of.units},
        **dict(_forms(made_of, rows)),
        **dict(_tables(rows)),
        **dict(_signatures(made_of)),
    }
    files = {name: text.encode() for name, text in texts.items()} | dict(_files(made_of)) | dict(_proof(made_of, rows))
    listed = [(name, len(data), sha256(data).hexdigest()) for name, data in sorted(files.items())]
    return files | {MANIFEST: csv_for_programs(("file", "bytes", "sha256"), listed).encode()}


def _page(template: str, made_of: Packed, **values: object) -> str:
    return render(template, {"candidate": made_of.found.candidate, "day": made_of.view.now.date(), **values})


def _readme(made_of: Packed, rows: Sequence[Shown]) -> str:
    view, found, portfolio = made_of.view, made_of.found, made_of.portfolio
    days, transactions, occasions = spread(view, [each.row for each in rows], found.candidate)
    signed = [f"{each.role} {each.told}" for each in _signature_block(made_of)]
    return _page(
        "portfolio.md.j2",
        made_of,
        organisation=view.settings.organisation,
        portfolio=portfolio,
        head=view.head,
        assessor=portfolio.assessor,
        verifier=portfolio.verifier or "not named",
        counts=found.counts(),
        total=len(found.cells),
        rows=len(rows),
        days=days,
        transactions=transactions,
        occasions=occasions,
        masked=sum(each.masked for each in rows),
        signed="; ".join(signed),
        decides=DECIDES,
    )


def _coverage_table(cells: Sequence[Cell]) -> str:
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


def _typed_by(made_of: Packed) -> Mapping[int, str]:
    """Return for each entry of the journal whose login typed it."""
    return {entry.seq: entry.via for entry in journal.entries(made_of.workspace.folder / journal.NAME)}


def _evidence_table(rows: Sequence[Shown], candidate: str, via: Mapping[int, str]) -> str:
    columns = ("row", "table", "at", "by", "provenance", "entry", "via", "part", "criteria", "role_note")
    return csv_for_programs(columns, [_evidence(each, candidate, via) for each in rows])


def _evidence(each: Shown, candidate: str, via: Mapping[int, str]) -> tuple[Any, ...]:
    row, entry = each.row, entry_number(each.row.id) or 0
    part = "own" if row.by == candidate else "of others"
    made = (row.id, type(row).TABLE, row.at, row.by, row.provenance, entry, via.get(entry, ""))
    return (*made, part, " ".join(each.criteria), each.note)


def _lines(rows: Sequence[Shown], ids: frozenset[str]) -> list[Line]:
    """Return a line for each record that is for some criteria; what lies below a record is told on its line."""
    lines: dict[str, Line] = {}
    for each in rows:
        criteria = frozenset(name.partition("-")[2] for name in each.criteria if name in ids)
        ref = _parent(each.row) or each.row.id
        before = lines.get(ref)
        if criteria and before:
            what = list(dict.fromkeys([*before.what.split(", "), _what(each.row)]))
            lines[ref] = Line(ref, ", ".join(what), before.criteria | criteria)
        elif criteria:
            lines[ref] = Line(ref, _what(each.row), criteria)
    return list(lines.values())


def _what(row: Row) -> str:
    if isinstance(row, PortfolioEvidence):
        return f"{row.record or row.source} ({row.method} by {row.author})"
    return type(row).TABLE


def _grid(made_of: Packed, unit: Unit, rows: Sequence[Shown]) -> str:
    ids = [each.id for each in unit.criteria]
    lines = _lines(rows, frozenset(ids))
    block = _signature_block(made_of)
    sampled = [row.sampled for row in signatures_of(made_of.view, made_of.found.candidate) if row.sampled]
    return _page(
        "portfolio_grid.md.j2",
        made_of,
        unit=unit,
        assessor=made_of.portfolio.assessor,
        columns=[name.partition("-")[2] for name in ids],
        lines=lines,
        signatures=block,
        sampled=sampled[-1] if sampled else "not sampled",
    )


def _signature_block(made_of: Packed) -> list[Signed]:
    """Return the places of the signature block: the last signature in each role, with what it is for."""
    now = sha256(evidence_list(made_of.found).encode()).hexdigest()
    block, mask = [], masking(made_of.view, made_of.portfolio)
    for role in SIGNERS:
        person = made_of.portfolio.person(role)
        name = made_of.view.people.get(person).name if person in made_of.view.people else ""
        rows = [row for row in signatures_of(made_of.view, made_of.found.candidate) if row.role == role]
        told, comment = NOT_SIGNED, ""
        if rows:
            last, comment = rows[-1], mask(rows[-1].comment.text)[0]
            same = "for this evidence" if last.sha256 == now else f"for {last.rows} rows as they stood then"
            told = f"on {in_words(last.on)} {same}{', with an SSH signature' if last.ssh else ''}"
        block.append(Signed(role, f"{name} ({person})" if name else person or "not named", told, comment))
    return block


def _said(made_of: Packed) -> Iterator[Said]:
    known, mask = criteria(made_of.units), masking(made_of.view, made_of.portfolio)
    via = _typed_by(made_of)
    for row in latest_words(made_of.found):
        figures = compared(made_of.view, row.before, row.after).in_words if row.claim else ""
        paragraphs = mask(row.words.text)[0].split(PARAGRAPH)
        typed = via.get(entry_number(row.id) or 0, "")
        yield Said(row.criterion, known[row.criterion].heading, row, paragraphs, figures, typed)


def _forms(made_of: Packed, rows: Sequence[Shown]) -> Iterator[tuple[str, str]]:
    """Yield a page for each record that was put in, with the rows below it and the note on the candidate's part."""
    shown = {each.row.id: each for each in rows}
    for row in made_of.found.rows():
        if isinstance(row, PortfolioEvidence) and row.record in shown:
            head = shown[row.record]
            below = [each for each in rows if _parent(each.row) == row.record]
            page = {"head": head, "table": type(head.row).TABLE, "note": head.note, "rows": [head, *below]}
            yield f"forms/{row.record}.md", render("portfolio_record.md.j2", page)


def _parent(row: Row) -> str:
    return str(getattr(row, row.PARENT)) if row.PARENT else ""


def _tables(rows: Sequence[Shown]) -> Iterator[tuple[str, str]]:
    by_kind: dict[type[Row], list[Shown]] = {}
    for each in rows:
        by_kind.setdefault(type(each.row), []).append(each)
    for kind, found in by_kind.items():
        yield f"rows/{kind.TABLE}.csv", csv_for_programs(kind.columns(), [list(each.cells.values()) for each in found])


def _signatures(made_of: Packed) -> Iterator[tuple[str, str]]:
    for row in signatures_of(made_of.view, made_of.found.candidate):
        stated = Statement(row.candidate, row.role, row.by, row.sha256, row.rows, row.on, row.sampled)
        yield f"signatures/{row.id}-{row.role}.txt", str(stated)
        if row.ssh:
            yield f"signatures/{row.id}-{row.role}.txt.sig", armoured(row.ssh)


def _files(made_of: Packed) -> Iterator[tuple[str, bytes]]:
    """Yield what was put in as files, the maps and the verifier, byte for byte."""
    for row in made_of.found.rows():
        if isinstance(row, PortfolioEvidence) and row.source:
            yield f"files/{row.source}", (made_of.workspace.folder / row.source).read_bytes()
    for unit in made_of.units:
        yield f"units/{unit.id}.yaml", unit_file(unit.id).read_bytes()
    yield "verify.py", (shipped("examples") / VERIFIER).read_bytes()


def _proof(made_of: Packed, rows: Sequence[Shown]) -> Iterator[tuple[str, bytes]]:
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


def mapping(files: Mapping[str, bytes]) -> str:
    """Return the sha256 of a pack's manifest, which names the pack."""
    return sha256(files[MANIFEST]).hexdigest()
