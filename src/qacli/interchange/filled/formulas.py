"""Where formulas stand in a workbook: readers of values give what a formula last came to, or nothing, and do not say so."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from qacli.files.layout import letters

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
BROKEN = (zipfile.BadZipFile, zlib.error, ET.ParseError, KeyError, ValueError, RuntimeError, OSError, EOFError)
"""What a zip archive, or the XML in it, is found to be when it is cut off, locked or forged."""
MOST_REPEATED = 1 << 14


class Unreadable(ValueError):
    """The inside of a workbook is not what such a file holds."""


def formulas(path: Path) -> dict[str, set[str]]:
    """Return the cells that hold a formula, {sheet: {"C6"}}. Raises Unreadable."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            found = _of_xlsx(archive) if "xl/workbook.xml" in names else _of_ods(archive)
            return {sheet: set(cells) for sheet, cells in found}
    except BROKEN as wrong:
        raise Unreadable(str(wrong)) from None


def _xml(archive: zipfile.ZipFile, name: str) -> Element:
    data = archive.read(name)
    if DECLARED.search(data):
        raise Unreadable(f"{name} declares entities, which no spreadsheet program writes")
    return ET.fromstring(data)  # noqa: S314 - nothing is declared in it, and its size was judged


def _of_xlsx(archive: zipfile.ZipFile) -> Iterator[tuple[str, list[str]]]:
    parts = {each.get("Id"): each.get("Target", "") for each in _xml(archive, "xl/_rels/workbook.xml.rels")}
    for sheet in _xml(archive, "xl/workbook.xml").iter(f"{MAIN}sheet"):
        target = parts[sheet.get(RELATION)]
        name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        cells = _xml(archive, name).iter(f"{MAIN}c")
        yield sheet.get("name", ""), [cell.get("r", "") for cell in cells if cell.find(f"{MAIN}f") is not None]


def _of_ods(archive: zipfile.ZipFile) -> Iterator[tuple[str, list[str]]]:
    for table in _xml(archive, "content.xml").iter(f"{TABLE}table"):
        yield table.get(f"{TABLE}name", ""), list(_of_table(table))


def _of_table(table: Element) -> Iterator[str]:
    row_number = 0
    for row in table.iter(f"{TABLE}table-row"):
        column = 0
        for cell in row:
            repeated = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
            if cell.get(f"{TABLE}formula") is not None:
                yield from (
                    f"{letters(column + each + 1)}{row_number + 1}" for each in range(min(repeated, MOST_REPEATED))
                )
            column += repeated
        row_number += int(row.get(f"{TABLE}number-rows-repeated", "1"))
