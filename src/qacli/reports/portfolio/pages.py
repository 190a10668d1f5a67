"""What an assessor reads of a pack: the grid, recording forms with signatures, own words, annotated records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from qacli.govern.portfolio.account import compared
from qacli.govern.portfolio.coverage import APART, DECIDES, spread
from qacli.govern.portfolio.packing import latest_words, masking
from qacli.govern.portfolio.records import SIGNERS, PortfolioEvidence
from qacli.govern.portfolio.saying import PARAGRAPH
from qacli.govern.portfolio.unit import criteria
from qacli.ledger.ids import entry_number
from qacli.reports.environment import render
from qacli.reports.portfolio.contents import page, parent_of, typed_by

if TYPE_CHECKING:
    from qacli.govern.portfolio.packing import Shown
    from qacli.govern.portfolio.unit import Unit
    from qacli.model import Row
    from qacli.reports.portfolio.contents import Packed


class Line(NamedTuple):
    """One line of a recording form: a record, its tables, and the criteria of the standard that it is for."""

    ref: str
    what: str
    criteria: frozenset[str]


class Signer(NamedTuple):
    """Who is to sign in a role. Whether they did cannot stand on a page that they sign: signatures.md tells it."""

    role: str
    name: str


class Said(NamedTuple):
    """The candidate's own words of one criterion, and what the figures of an account say."""

    id: str
    heading: str
    row: Row
    paragraphs: Sequence[str]
    claim: str
    via: str


def readme(made_of: Packed, rows: Sequence[Shown]) -> str:
    """Return what a pack says of itself: what is in it, how it is checked, who signed."""
    view, found, portfolio = made_of.view, made_of.found, made_of.portfolio
    days, transactions, occasions = spread(view, [each.row for each in rows], found.candidate)
    return page(
        "portfolio.md.j2",
        made_of,
        organisation=view.settings.organisation,
        portfolio=portfolio,
        assessor=portfolio.assessor,
        verifier=portfolio.verifier or "not named",
        counts={**found.counts(), APART: sum(cell.state == APART for cell in found.cells)},
        total=len(found.cells),
        rows=len(rows),
        days=days,
        transactions=transactions,
        occasions=occasions,
        masked=sum(each.masked for each in rows),
        decides=DECIDES,
    )


def grid(made_of: Packed, unit: Unit, rows: Sequence[Shown]) -> str:
    """Return the recording form of one standard: evidence against criteria, statement, signatures."""
    ids = [each.id for each in unit.criteria]
    lines = _lines(rows, frozenset(ids))
    return page(
        "portfolio_grid.md.j2",
        made_of,
        unit=unit,
        assessor=made_of.portfolio.assessor,
        columns=[name.partition("-")[2] for name in ids],
        lines=lines,
        signers=[_signer(made_of, role) for role in SIGNERS],
    )


def _lines(rows: Sequence[Shown], ids: frozenset[str]) -> list[Line]:
    """Return a line for each record that is for some criteria; what lies below a record is told on its line."""
    lines: dict[str, Line] = {}
    for each in rows:
        criteria = frozenset(name.partition("-")[2] for name in each.criteria if name in ids)
        ref = parent_of(each.row) or each.row.id
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


def _signer(made_of: Packed, role: str) -> Signer:
    person = made_of.portfolio.person(role)
    name = made_of.view.people.get(person).name if person in made_of.view.people else ""
    return Signer(role, f"{name} ({person})" if name else person or "not named")


def words_page(made_of: Packed) -> str:
    """Return the candidate's own words, and the account with what its figures say now."""
    return page("portfolio_words.md.j2", made_of, said=list(_said(made_of)))


def coverage_page(made_of: Packed) -> str:
    """Return the grid of all criteria."""
    return page("portfolio_coverage.md.j2", made_of, cells=made_of.found.cells, decides=DECIDES)


def _said(made_of: Packed) -> Iterator[Said]:
    known, mask = criteria(made_of.units), masking(made_of.view, made_of.portfolio)
    via = typed_by(made_of)
    for row in latest_words(made_of.found):
        figures = compared(made_of.view, row.before, row.after).in_words if row.claim else ""
        paragraphs = mask(row.words.text)[0].split(PARAGRAPH)
        typed = via.get(entry_number(row.id) or 0, "")
        yield Said(row.criterion, known[row.criterion].heading, row, paragraphs, figures, typed)


def forms(made_of: Packed, rows: Sequence[Shown]) -> Iterator[tuple[str, str]]:
    """Yield a page for each record that was put in, with the rows below it and the note on the candidate's part."""
    shown = {each.row.id: each for each in rows}
    for row in made_of.found.rows():
        if isinstance(row, PortfolioEvidence) and row.record in shown:
            head = shown[row.record]
            below = [each for each in rows if parent_of(each.row) == row.record]
            page = {"head": head, "table": type(head.row).TABLE, "note": head.note, "rows": [head, *below]}
            yield f"forms/{row.record}.md", render("portfolio_record.md.j2", page)
