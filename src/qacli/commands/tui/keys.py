"""The keys of the full screen: one tuple from which the program, its help, its last line and the manual are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Key(NamedTuple):
    """One thing that a key does. ``short`` stands in the last line of the screen, empty where it has no room there."""

    keys: tuple[str, ...]  # as the terminal library calls them
    shown: str
    action: str
    short: str
    does: str


ANSWERS = (
    Key((), "1 to 7", "", "", "answer on a scale of degrees, 1 for the worst; the next open criterion comes by itself"),
    Key((), "y, n", "", "", "answer met or not met"),
    Key((), "a letter", "", "", "answer on a scale of letters; other commands then have their function key"),
    Key((), "a digit", "", "", "on a scale of numbers: begin to type the number"),
)
"""Keys that depend on the scale of the criterion; for the help and the manual."""
KEYS = (
    Key(("a", "f6"), "a or F6", "away", "a N/A", "answer not applicable, where the card allows it"),
    Key(("f", "f7"), "f or F7", "fail", "f fail", "fail a critical criterion"),
    Key(("s", "f8"), "s or F8", "accept", "", "take what a rule suggests, with its words as evidence"),
    Key(
        ("e", "f2"),
        "e or F2",
        "quote",
        "e quote",
        "quote the marked line as evidence, with its time; a second line is added",
    ),
    Key(("w", "f3"), "w or F3", "write", "w write", "write the evidence in your own words; a number takes noted words"),
    Key(("c", "f4"), "c or F4", "comment", "c comment", "write a comment"),
    Key(("u", "f5"), "u or F5", "undo", "u undo", "take back the last entry, and the one before"),
    Key(("tab", "shift+tab"), "Tab", "switch", "Tab switch", "switch between conversation and criteria"),
    Key(("up",), "Up", "up", "", "go up: a criterion or a line, whichever side is marked"),
    Key(("down",), "Down", "down", "", "go down"),
    Key(("left_square_bracket",), "[", "line_up", "", "go up a line of the conversation, from either side"),
    Key(("right_square_bracket",), "]", "line_down", "", "go down a line of the conversation, from either side"),
    Key(("pageup",), "PgUp", "page_up", "", "go up a page of the conversation"),
    Key(("pagedown",), "PgDn", "page_down", "", "go down a page of the conversation"),
    Key(("home",), "Home", "first", "", "go to the first line of the conversation"),
    Key(("end",), "End", "last", "", "go to the last line of the conversation"),
    Key(("slash",), "/", "find", "/ find", "find words or a time in the conversation; again: the next place"),
    Key(("enter",), "Enter", "onward", "", "go to the next criterion that lacks something"),
    Key(
        ("g", "f9"), "g or F9", "guidance", "", "read all that is said about the criterion, where it does not fit below"
    ),
    Key(
        ("ctrl+s", "f10"),
        "Ctrl+S or F10",
        "submit",
        "^S submit",
        "see all answers and what is missing; Enter then records",
    ),
    Key(
        ("q", "escape", "ctrl+c", "ctrl+q"),
        "q or Esc",
        "keep",
        "q keep draft",
        "stop; the draft stays, and goes on where you were",
    ),
    Key(("question_mark", "f1"), "? or F1", "help", "? keys", "show these keys"),
)
ACTIONS = {name: key.action for key in KEYS for name in key.keys}
LAST = ("question_mark", "ctrl+s", "q", "e", "tab", "w", "c", "u", "a", "f", "slash")
"""What the last line names, the most needed first: what has no room is left out from the end."""


def last_line(width: int) -> str:
    """Return the last line of the screen: as many keys as have room, in the order of the table."""
    shown = {name: key.short for key in KEYS for name in key.keys if key.short}
    room, wanted = width, set()
    for name in LAST:
        room -= len(shown[name]) + 2
        if room < -2:
            break
        wanted.add(shown[name])
    return "  ".join(key.short for key in KEYS if key.short in wanted)


def table() -> Iterator[tuple[str, str]]:
    """Yield every key with what it does, for the help and the manual."""
    for key in (*ANSWERS, *KEYS):
        yield key.shown, key.does
