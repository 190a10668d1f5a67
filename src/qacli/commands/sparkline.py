"""Pictures made of letters: a line of small blocks for a course, bars for counts. The numbers stand beside them.

CSV and JSON never hold them: a command adds such a column where ``context.for_people``.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.commands.context import Context

BLOCKS = "▁▂▃▄▅▆▇█"
EIGHTHS = "▏▎▍▌▋▊▉"
GAP, SIGNAL, BAR = "·", "!", "bar"
WIDTH = 24
LONGEST = 26
"""So many values make a line: half a year of weeks. Of more, the latest are shown."""


def sparkline(
    values: Sequence[float | None], *, lowest: float | None = None, highest: float | None = None, plain: bool = False
) -> str:
    """Return one block per value, low to high; a dot is a period without a value.

    ``lowest`` and ``highest`` fix the scale, so that lines below each other compare; else it is that of the values. Equal
    values stand in the middle. ``plain`` returns words, for those who hear the screen: first, last, least and greatest.
    """
    latest = list(values)[-LONGEST:]
    there = [value for value in latest if value is not None]
    if not there:
        return "no values"
    if plain:
        return _in_words(there)
    low = min(there) if lowest is None else lowest
    high = max(there) if highest is None else highest
    return "".join(GAP if value is None else _block(value, low, high) for value in latest)


def bars(values: Sequence[float | None], *, width: int = WIDTH, plain: bool = False) -> list[str]:
    """Return a bar per value, the greatest ``width`` characters wide; what is undefined or nothing has none.

    ``plain`` returns no bars: the number beside each says all.
    """
    greatest = max((value for value in values if value is not None), default=0)
    if plain or greatest <= 0:
        return [""] * len(values)
    return [_bar(value / greatest * width) if value and value > 0 else "" for value in values]


def is_watched(context: Context) -> bool:
    """Return whether a result goes to a terminal where somebody looks at pictures."""
    return context.for_people and not context.output and not context.plain and sys.stdout.isatty()


def with_bars(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], of: str, width: int = WIDTH
) -> tuple[list[str], list[list[Any]]]:
    """Return a table with a column of bars behind the column ``of``; as it is where there is no such column."""
    if of not in columns:
        return list(columns), [list(row) for row in rows]
    at = list(columns).index(of) + 1
    drawn = bars([row[at - 1] if row[at - 1] == row[at - 1] else None for row in rows], width=width)
    return [*columns[:at], BAR, *columns[at:]], [
        [*row[:at], bar, *row[at:]] for row, bar in zip(rows, drawn, strict=True)
    ]


def marked(text: str, worst: bool) -> str:
    """Return a cell that is pointed out by a sign, for those to whom a colour says nothing."""
    return f"{text} {SIGNAL}" if worst else text


def _block(value: float, low: float, high: float) -> str:
    if high <= low:
        return BLOCKS[len(BLOCKS) // 2]
    place = (value - low) / (high - low) * len(BLOCKS)
    return BLOCKS[min(max(int(place), 0), len(BLOCKS) - 1)]


def _bar(eighths: float) -> str:
    whole, part = divmod(round(eighths * 8), 8)
    # a count that is there shows at least the thinnest bar
    return "█" * whole + (EIGHTHS[part - 1] if part else "") or EIGHTHS[0]


def _in_words(values: Sequence[float]) -> str:
    if len(values) == 1:
        return f"{values[0]:.1f}"
    return f"{values[0]:.1f} to {values[-1]:.1f}, from {min(values):.1f} to {max(values):.1f}"
