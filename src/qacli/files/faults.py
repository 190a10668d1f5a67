"""Faults in files: where, what is wrong, what to do, shown with an excerpt."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.cards import masked
from qacli.model import MalformedFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WINDOW = 110
"""Characters of a long line that an excerpt shows."""

REST = 1 << 62
"""The line of a fault that counts the others of its file: it stands after all of them, and on no line."""


class Fault(NamedTuple):
    """One thing wrong in a file. ``line`` and ``column`` count from 1; 0 means the file as a whole.

    ``cell`` is the spreadsheet cell ("D3") where the file is a table. ``excerpt`` holds the lines
    ``(number, text)`` to show, ``width`` the length of the underlining.
    """

    code: str
    message: str
    file: str
    line: int = 0
    column: int = 0
    help: str = ""
    excerpt: Sequence[tuple[int, str]] = ()
    width: int = 1
    cell: str = ""

    def __str__(self) -> str:
        """Render as a compiler would: code and message, place, excerpt with carets, help."""
        from qacli.files.text import visible

        gutter = len(str(max((number for number, _ in self.excerpt), default=0)))
        pad = " " * gutter
        place = (
            self.file + (f":{self.line}" if 0 < self.line < REST else "") + (f":{self.column}" if self.column else "")
        )
        if self.cell:
            place += f" (cell {self.cell})"
        lines = [f"error[{self.code}]: {visible(masked(self.message))}", f"{pad}--> {visible(place)}"]
        if self.excerpt:
            lines.append(f"{pad} |")
        for number, text in self.excerpt:
            start = max(0, self.column - 1 - WINDOW // 2) if len(text) > WINDOW else 0
            window = _window(text, start)
            left, right = "… " if start else "", " …" if len(text) > start + WINDOW else ""
            lines.append(f"{number:>{gutter}} | {left}{visible(window)}{right}".rstrip())
            if number == self.line and self.column:
                column = self.column - 1 - start
                before, under = window[:column], window[column : column + self.width]
                blanks = " " * (len(left) + cells(visible(before)))
                lines.append(f"{pad} | {blanks}{'^' * max(1, cells(visible(under)))}")
        if self.help:
            lines.append(f"{pad} = help: {visible(masked(self.help))}")
        return "\n".join(lines)


def _window(text: str, start: int) -> str:
    """Return the part of a line to show, without card numbers, also where one reaches out of it."""
    before = max(0, start - WINDOW)
    return masked(text[before : start + 2 * WINDOW])[start - before :][:WINDOW]


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in {"W", "F"} for character in text)
    return len(text) + wide - sum(unicodedata.category(character) in {"Mn", "Me", "Cf"} for character in text)


def _at(cell: str) -> tuple[tuple[int, str], int, tuple[int, str]]:
    """Return where a cell stands among others: by sheet, row and column, t_5-2 before t_5-10 and Z before AA."""
    sheet, _, place = cell.rpartition("!")
    column = place.rstrip("0123456789")
    return (len(sheet), sheet), int(place[len(column) :] or 0), (len(column), column)


class FileFaults(MalformedFile):
    """Every fault found in one run, in order of place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line, fault.column, _at(fault.cell))))
        super().__init__("\n".join(fault.message for fault in self.faults))

    def __str__(self) -> str:
        count = len(self.faults)
        return "\n\n".join(map(str, self.faults)) + f"\n{count} error{'s' if count > 1 else ''}"
