"""A whole pack: its files by name, bound by a manifest."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from qacli.govern.portfolio.packing import shown_rows
from qacli.govern.portfolio.signing import evidence_list
from qacli.interchange.spreadsheet import csv_for_programs
from qacli.reports.portfolio.pages import coverage_page, forms, grid, readme, words_page
from qacli.reports.portfolio.proof import (
    coverage_table,
    evidence_table,
    ledger_files,
    own_files,
    row_tables,
    statements,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.reports.portfolio.contents import Packed

MANIFEST = "manifest.csv"


def pack_files(made_of: Packed) -> dict[str, bytes]:
    """Return the files of a pack by name, the manifest last. Raises what reading the records raises."""
    view, found = made_of.view, made_of.found
    rows = shown_rows(view, found, made_of.portfolio, made_of.kinds)
    texts = {
        "README.md": readme(made_of, rows),
        "coverage.md": coverage_page(made_of),
        "coverage.csv": coverage_table(found.cells),
        "words.md": words_page(made_of),
        "evidence.csv": evidence_table(made_of, rows),
        "evidence.txt": evidence_list(found),
        **{f"grid/{unit.id}.md": grid(made_of, unit, rows) for unit in made_of.units},
        **dict(forms(made_of, rows)),
        **dict(row_tables(rows)),
        **dict(statements(made_of)),
    }
    files = (
        {name: text.encode() for name, text in texts.items()}
        | dict(own_files(made_of))
        | dict(ledger_files(made_of, rows))
    )
    listed = [(name, len(data), sha256(data).hexdigest()) for name, data in sorted(files.items())]
    return files | {MANIFEST: csv_for_programs(("file", "bytes", "sha256"), listed).encode()}


def name_of(files: Mapping[str, bytes]) -> str:
    """Return the sha256 of a pack's manifest, which names the pack."""
    return sha256(files[MANIFEST]).hexdigest()
