"""The lines of a text file, from which every fault takes its excerpt. Secrets are never part of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

SECRET_WORD = r"(?:password|passwd|passphrase|secret|token|api[_-]?key|private[_-]?key)"  # noqa: S105 - names of secrets, not one
SECRET_KEY = re.compile(rf"(?:.*[_-])?{SECRET_WORD}", re.IGNORECASE)
SECRET_VALUE = re.compile(rf"({SECRET_WORD}[\"']?[ \t]*:)[ \t]*(?:\"[^\"]*\"?|'[^']*'?|[^,}}\]]+)", re.IGNORECASE)


class Position(NamedTuple):
    """A place in a text, line and column counted from 1; ``width`` characters are meant."""

    line: int
    column: int
    width: int = 1


class Document:
    """A text with its name, cut into lines."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.text = text
        self.lines = text.split("\n")
        self._shown: dict[int, str] = {}

    def fault(
        self,
        code: str,
        message: str,
        at: Position,
        help: str = "",  # noqa: A002 - the word users see
        also: Iterable[int] = (),
    ) -> Fault:
        """Return a fault at a place, with the line before and after and the lines ``also`` as its excerpt."""
        if at.line > len(self.lines):  # the parsers count a line more at the very end
            at = Position(len(self.lines), max(1, len(self.lines[-1])))
        numbers = {at.line - 1, at.line, at.line + 1, *also}
        shown = [(n, self._shown.get(n) or self._masked(n)) for n in sorted(numbers) if 1 <= n <= len(self.lines)]
        if shown[-1][0] == len(self.lines) > at.line and not shown[-1][1]:
            shown.pop()
        return Fault(code, message, self.name, at.line, at.column, help, tuple(shown), at.width)

    def _masked(self, number: int) -> str:
        """Return a line without the value of a secret; the lines of a block of text below its key go whole."""
        line = self.lines[number - 1]
        if self._in_secret_block(number):
            line = " " * _indent(line) + "***"
        # As wide as what it stands for, so that carets further right stay in place.
        self._shown[number] = SECRET_VALUE.sub(lambda found: f"{found[1]} ***".ljust(len(found[0])), line)
        return self._shown[number]

    def _in_secret_block(self, number: int) -> bool:
        """Return whether the line that a line is indented under opens the value of a secret."""
        indent = _indent(self.lines[number - 1])
        above = reversed(self.lines[max(0, number - 40) : number - 1])
        parent = next((line for line in above if line.strip() and _indent(line) < indent), "")
        return bool(SECRET_VALUE.search(parent[-100:] + " |"))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
