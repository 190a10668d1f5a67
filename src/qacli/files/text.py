"""Text that may be shown: for terminals, Markdown, HTML and spreadsheets. Records keep the text as it was said."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Unicode property Bidi_Control; it reorders what a reader sees (CVE-2021-42574).
BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Joiners (U+200C, U+200D) are no part of this: Persian, Hindi and family emoji are spelled with them.
INVISIBLE = "\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"
NO_TEXT = f"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff{BIDI}"
LAYOUT = "\t\n"
UNSAFE = re.compile(f"[{NO_TEXT}]")
UNSAFE_IN_A_LINE = re.compile(f"[{NO_TEXT}{LAYOUT}]")
HIDDEN = re.compile(f"[{NO_TEXT}{INVISIBLE}]")
HIDDEN_IN_A_LINE = re.compile(f"[{NO_TEXT}{INVISIBLE}{LAYOUT}]")

SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
BLANKS = re.compile(r"[ \t\r\n]+")
# The first group is active wherever it stands; the others start a list, a heading, a link or an emoji.
MARKDOWN = re.compile(r"([\\`*_{}\[\]|~$#@])|^([-+=])|(:)(?=//|[\w+-]+:)|(?<=\bwww)(\.)", re.IGNORECASE)
NUMBERED = re.compile(r"^([0-9]{1,9})([.)])")
# OWASP "CSV Injection", with the full-width forms that East Asian locales read as the same.
FORMULA = re.compile("'*[=+\\-@|\t\r\n＝＋－＠｜]")
NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?")


class Unsafe(NamedTuple):
    """A character that no file may bring in: where in the text (from 0), and what it is called."""

    at: int
    name: str


def unsafe(text: str, *, layout: bool = True) -> list[Unsafe]:
    """Return the control, bidi and surrogate characters of a text; with ``layout`` tabs and line feeds may stand."""
    if text.isascii() and text.isprintable():
        return []
    pattern = UNSAFE if layout else UNSAFE_IN_A_LINE
    return [Unsafe(found.start(), name(found[0])) for found in pattern.finditer(text)]


def name(character: str) -> str:
    """Return what a character is called in a message: ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    kind = {"Cc": "control character", "Cs": "half of a surrogate pair"}.get(unicodedata.category(character))
    return f"U+{ord(character):04X} {kind or unicodedata.name(character, 'not a character')}"


def visible(text: str, *, layout: bool = False) -> str:
    r"""Return a text with what cannot be seen spelled out, ESC as ``\x1b``; with ``layout`` tabs and lines stay."""
    if text.isascii() and text.isprintable():
        return text
    return (HIDDEN if layout else HIDDEN_IN_A_LINE).sub(lambda found: spelled(found[0]), text)


def spelled(character: str) -> str:
    r"""Return a character as an escape: ``\t``, ``\x1b``, ``\u202e``."""
    point = ord(character)
    return SHORT.get(character) or (f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}")


def one_line(text: str) -> str:
    """Return a text on one line: each run of blanks with a tab or line break in it becomes one space."""
    return BLANKS.sub(lambda run: " " if run[0].strip(" ") else run[0], text).strip(" \t\r\n")


def markdown(text: str) -> str:
    """Return a text as one line of Markdown that shows it as it is: nothing in it is a link, an image or a table."""
    from html import escape

    plain = escape(visible(one_line(text)), quote=False)
    return NUMBERED.sub(r"\1\\\2", MARKDOWN.sub(lambda found: "\\" + found[0], plain), count=1)


def spreadsheet(text: str) -> str:
    """Return a text cell that no spreadsheet reads as a formula; negative numbers stay numbers."""
    return "'" + text if FORMULA.match(text) and not NEGATIVE.fullmatch(text) else text


def from_spreadsheet(text: str) -> str:
    """Return the text that ``spreadsheet`` was given: exactly one leading quote goes, where it guards a formula."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
