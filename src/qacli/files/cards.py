"""Payment cards in text: typed text with a number is refused by its callers, imported text is redacted.

PCI DSS 4.0 requirement 3.3.1 forbids to keep a security code at all, 3.5.1 to keep a number readable.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

CARD, CODE = "card number", "security code"

GAP = "[ \u00a0\u2010-\u2013-]"
RUN = re.compile(rf"\d+(?:{GAP}{{1,3}}\d+)*")
GROUP = re.compile(r"\d+")
# The first digits of payment networks in use (ISO/IEC 7812): travel, banking and retail, RuPay, Troy.
ISSUED = re.compile(r"[2-6]|8[12]|9792")
LENGTHS = range(13, 20)
SHORTEST_CODE = 3

_WORD = r"\b(?:cvv2?|cvc2?|cv2|csc|security\s+(?:code|number))\b"
_DIGITS = r"(?<!\d)\d(?:[ -]?\d){2,3}(?!\d)(?![ -]?\d)"
NEAR_WORD = re.compile(
    rf"{_WORD}[^\d\n]{{0,24}}(?P<after>{_DIGITS})|(?P<before>{_DIGITS})[^\d\n]{{1,16}}{_WORD}", re.IGNORECASE
)


class Span(NamedTuple):
    """A part of a text, from ``start`` up to but without ``end``."""

    start: int
    end: int


def card_numbers(text: str) -> list[Span]:
    """Return where payment card numbers stand: 13 to 19 digits that satisfy the Luhn check, however grouped.

    Digits that touch further digits are no card number: longer numbers are references of something else.
    """
    return [span for run in RUN.finditer(text) if len(run[0]) >= LENGTHS.start for span in _cards(text, run)]


def security_codes(text: str) -> list[Span]:
    """Return where card security codes stand: three or four digits near a word such as CVV."""
    found = (match.span("after") if match["after"] else match.span("before") for match in NEAR_WORD.finditer(text))
    return [Span(*span) for span in found]


def redact(text: str) -> tuple[str, Counter[str]]:
    """Return a text without card numbers and security codes, and how many of each were taken out."""
    counts: Counter[str] = Counter()
    for what, find in ((CARD, card_numbers), (CODE, security_codes)):
        spans = find(text)
        text = replaced(text, spans, f"[{what} removed]")
        counts[what] += len(spans)
    return text, +counts


def replaced(text: str, spans: Sequence[Span], by: str) -> str:
    """Return a text with other words in place of some parts of it, which come in their order."""
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(text)]
    return by.join(text[end:start] for end, start in zip(ends, starts, strict=True))


def masked(text: str) -> str:
    """Return a text of the same length in which no digit of a card number or of a security code can be read."""
    if sum(map(str.isdigit, text)) < SHORTEST_CODE:
        return text
    for find in (card_numbers, security_codes):
        for start, end in find(text):
            text = text[:start] + re.sub(r"\d", "x", text[start:end]) + text[end:]
    return text


def luhn(digits: str) -> bool:
    """Return whether digits satisfy the check of ISO/IEC 7812-1 annex B."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(int(digit) for digit in digits[::-2])) % 10 == 0


def _cards(text: str, run: re.Match[str]) -> list[Span]:
    """Return the cards among the groups of digits of one run, from left to right, each the longest there."""
    groups = [Span(*group.span()) for group in GROUP.finditer(text, run.start(), run.end())]
    spans, first = [], 0
    while first < len(groups):
        count = _groups_of_card(text, groups, first)
        if count:
            spans.append(Span(groups[first].start, groups[first + count - 1].end))
        first += count or 1
    return spans


def _groups_of_card(text: str, groups: list[Span], first: int) -> int:
    """Return how many groups of digits, from one on, make a card number; 0 where none do."""
    digits, count = "", 0
    for last in range(first, len(groups)):
        # People group a card in one way; mixed gaps are dates or two numbers side by side.
        if last > first + 1 and _gap(text, groups, last) != _gap(text, groups, first + 1):
            break
        digits += text[groups[last].start : groups[last].end]
        if len(digits) >= LENGTHS.stop:
            break
        if len(digits) in LENGTHS and _is_card(digits):
            count = last - first + 1
    return count


def _gap(text: str, groups: list[Span], right: int) -> str:
    return text[groups[right - 1].end : groups[right].start]


def _is_card(digits: str) -> bool:
    ascii_digits = "".join(str(int(digit)) for digit in digits)
    return bool(ISSUED.match(ascii_digits)) and luhn(ascii_digits)
