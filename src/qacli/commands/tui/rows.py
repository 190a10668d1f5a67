"""Rows of text of which one is marked: what the conversation, the criteria and the guidance are shown in.

Only the rows that can be seen are drawn, and words are broken into lines once per width: thousands of rows move as one does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len, chop_cells
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size, Spacing
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qacli.commands.tui.look import MARKED, MARKED_ASIDE, STYLES

CONTEXT = 2
"""Lines that stay in view before and behind the marked row."""
NO_STYLE = Style()
Piece = tuple[str, str]
"""A text and the name of its style."""
WORD = re.compile(r"\S+\s*|\s+")


class Row(NamedTuple):
    """One row: its pieces, and how far its further lines are indented."""

    pieces: Sequence[Piece]
    indent: int = 0


class Rows(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows with at most one marked. Keys are not its own: whoever holds it hears of them by ``Pressed``.

    With ``here`` each row begins with two blanks, in which the marked row has this sign and others may have ``signs``.
    """

    class Pressed(Message):
        """A key was pressed while these rows had the keyboard."""

        def __init__(self, key: str, character: str) -> None:
            super().__init__()
            self.key, self.character = key, character

    class Pointed(Message):
        """A row was clicked."""

        def __init__(self, rows: Rows, number: int) -> None:
            super().__init__()
            self.rows, self.number = rows, number

    def __init__(self, name: str, *, takes_focus: bool = True) -> None:
        super().__init__(id=name)
        self.can_focus = takes_focus
        self.rows: Sequence[Row] = ()
        self.marked: int | None = None
        self.here = ""
        self.signs: Mapping[int, str] = {}
        self._lines: list[tuple[int, list[Piece]]] = []
        self._starts: list[int] = []
        self._width = 0

    def fill(self, rows: Sequence[Row], marked: int | None = None) -> None:
        """Show these rows, one of them marked and brought into view."""
        if self.rows != rows:
            self.rows = rows
            self._lay_out()
        self.mark(marked)

    def mark(self, number: int | None) -> None:
        """Mark a row and bring it into view; no row for None."""
        self.marked = number
        if number is not None and number < len(self._starts):
            end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._lines)
            around = min(CONTEXT, self.size.height // 4)
            self.scroll_to_region(
                Region(0, self._starts[number], 1, end - self._starts[number]),
                spacing=Spacing(around, 0, around, 0),
                animate=False,
                force=True,
            )
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return how many lines the rows take at a width."""
        return sum(len(broken(row, width)) for row in self.rows)

    def on_resize(self) -> None:
        """Break the rows anew."""
        if self.scrollable_content_region.width != self._width:
            self._lay_out()
            self.mark(self.marked)

    def render_line(self, y: int) -> Strip:
        """Return one line of what can be seen."""
        place = y + self.scroll_offset.y
        width, base = self.scrollable_content_region.width, self.rich_style
        if width != self._width:
            # a bar to scroll came or went
            self._lay_out()
        if place >= len(self._lines):
            return Strip.blank(width, base)
        number, pieces = self._lines[place]
        if self.here and place == self._starts[number]:
            sign = (self.here if number == self.marked else " ") + self.signs.get(number, " ")
            pieces = [(sign, "bold"), (pieces[0][0][len(sign) :], pieces[0][1]), *pieces[1:]]
        over = (MARKED if self.has_focus else MARKED_ASIDE) if number == self.marked else NO_STYLE
        return Strip([Segment(text, base + STYLES[style] + over) for text, style in pieces]).adjust_cell_length(
            width, base + over
        )

    def on_key(self, event: events.Key) -> None:
        """Hand a key on."""
        event.stop()
        event.prevent_default()
        self.post_message(self.Pressed(event.key, event.character if event.is_printable and event.character else ""))

    def on_click(self, event: events.Click) -> None:
        """Hand on which row was clicked."""
        place = event.y - self.gutter.top + self.scroll_offset.y
        if 0 <= place < len(self._lines):
            self.post_message(self.Pointed(self, self._lines[place][0]))

    def _lay_out(self) -> None:
        self._width = self.scrollable_content_region.width
        self._lines, self._starts = [], []
        # before the first layout there is no width, and it comes with on_resize
        for number, row in enumerate(self.rows if self._width else ()):
            self._starts.append(len(self._lines))
            self._lines += [(number, line) for line in broken(row, self._width)]
        self.virtual_size = Size(self._width, len(self._lines))


def broken(row: Row, width: int) -> list[list[Piece]]:
    """Return a row as lines of at most so many cells, broken between words; a word that is longer is broken where it must."""
    lines: list[list[Piece]] = [[]]
    used, indent = 0, min(row.indent, width // 2)
    for text, style in row.pieces:
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append([(" " * indent, "")])
                used = indent
            for word in WORD.findall(part):
                long = cell_len(word.rstrip())
                if used + long > width and used > indent:
                    lines.append([(" " * indent, "")])
                    used = indent
                for bit in chop_cells(word, max(1, width - indent)) if long > width - indent else [word]:
                    if used and used + cell_len(bit.rstrip()) > width:
                        lines.append([(" " * indent, "")])
                        used = indent
                    _join(lines[-1], bit, style)
                    used += cell_len(bit)
    return lines


def _join(line: list[Piece], text: str, style: str) -> None:
    """Put a text behind a line, as one piece with what stands there in the same style."""
    if line and line[-1][1] == style:
        line[-1] = (line[-1][0] + text, style)
    else:
        line.append((text, style))
