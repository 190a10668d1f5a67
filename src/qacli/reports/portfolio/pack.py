"""A whole pack: its files by name, bound by a manifest."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from qacli.govern.portfolio.packing import shown_rows
from qacli.govern.portfolio.records import PortfolioSignature
from qacli.govern.portfolio.signing import Contents, signatures_of
from qacli.interchange.spreadsheet import csv_for_programs
from qacli.reports.portfolio.pages import coverage_page, forms, grid, readme, words_page
from qacli.reports.portfolio.proof import (
    BESIDE,
    coverage_table,
    evidence_table,
    ledger_files,
    list_of,
    own_files,
    portfolio_table,
    row_tables,
    signature_files,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.reports.portfolio.contents import Packed

MANIFEST = "manifest.csv"
SIGNED = "signed.txt"


def pack_files(made_of: Packed) -> dict[str, bytes]:
    """Return the files of a pack by name, the manifest last. Raises what reading the records raises."""
    signed, beside, contents = _contents(made_of)
    files = signed | beside | {SIGNED: list_of(signed)} | dict(signature_files(made_of, contents))
    listed = [(name, len(data), sha256(data).hexdigest()) for name, data in sorted(files.items())]
    return files | {MANIFEST: csv_for_programs(("file", "bytes", "sha256"), listed).encode()}


def contents_of(made_of: Packed) -> Contents:
    """Return what there is to sign in a pack as it would be written now. Raises what ``pack_files`` raises."""
    return _contents(made_of)[2] if made_of.found.without(PortfolioSignature.TABLE).rows() else Contents("", 0)


def is_signed(made_of: Packed, files: Mapping[str, bytes]) -> bool:
    """Return whether the candidate has signed for the files of a pack."""
    now = sha256(files[SIGNED]).hexdigest()
    signed = signatures_of(made_of.view, made_of.found.candidate)
    return any(row.role == "candidate" and row.sha256 == now for row in signed)


def _contents(made_of: Packed) -> tuple[dict[str, bytes], dict[str, bytes], Contents]:
    """Return the files that signatures are for, those of the ledger that grow with each, and what is signed."""
    made_of = made_of._replace(found=made_of.found.without(PortfolioSignature.TABLE))
    view, found = made_of.view, made_of.found
    rows = shown_rows(view, found, made_of.portfolio, made_of.kinds)
    texts = {
        "README.md": readme(made_of, rows),
        "portfolio.csv": portfolio_table(made_of),
        "coverage.md": coverage_page(made_of),
        "coverage.csv": coverage_table(found.cells),
        "words.md": words_page(made_of),
        "evidence.csv": evidence_table(made_of, rows),
        **{f"grid/{unit.id}.md": grid(made_of, unit, rows) for unit in made_of.units},
        **dict(forms(made_of, rows)),
        **dict(row_tables(rows)),
    }
    ledger = dict(ledger_files(made_of, rows))
    beside = {name: data for name, data in ledger.items() if BESIDE.fullmatch(name)}
    signed = {name: text.encode() for name, text in texts.items()} | dict(own_files(made_of))
    signed |= {name: data for name, data in ledger.items() if name not in beside}
    return signed, beside, Contents(sha256(list_of(signed)).hexdigest(), len(rows))


def name_of(files: Mapping[str, bytes]) -> str:
    """Return the sha256 of a pack's manifest, which names the pack."""
    return sha256(files[MANIFEST]).hexdigest()
