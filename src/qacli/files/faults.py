"""Faults in files: where, what is wrong, what to do, shown with an excerpt."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.model import MalformedFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
        place = self.file + (f":{self.line}" if self.line else "") + (f":{self.column}" if self.column else "")
        if self.cell:
            place += f" (cell {self.cell})"
        lines = [f"error[{self.code}]: {visible(self.message)}", f"{pad}--> {visible(place)}"]
        if self.excerpt:
            lines.append(f"{pad} |")
        for number, text in self.excerpt:
            lines.append(f"{number:>{gutter}} | {visible(text)}".rstrip())
            if number == self.line and self.column:
                before = visible(text[: self.column - 1])
                lines.append(f"{pad} | {' ' * len(before)}{'^' * max(1, self.width)}")
        if self.help:
            lines.append(f"{pad} = help: {visible(self.help)}")
        return "\n".join(lines)


class FileFaults(MalformedFile):
    """Every fault found in one run, in order of place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda fault: (fault.file, fault.line, fault.column)))
        super().__init__("\n".join(fault.message for fault in self.faults))

    def __str__(self) -> str:
        count = len(self.faults)
        return "\n\n".join(map(str, self.faults)) + f"\n{count} error{'s' if count > 1 else ''}"
