"""Text of a business case: its figures stand in braces, as names of what makes them; what is typed as digits is found."""

from __future__ import annotations

import re
from collections.abc import Iterator

FIELD = re.compile(r"\{([^{}]*)\}")
NAMED = re.compile(r"[a-z][a-z0-9-]{0,39}(\.[a-z]+)?")
"""What may stand in braces: a name, and a part of it behind a dot."""
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(
    rf"\b[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}\b|\b[0-9]{{1,2}} (?:{MONTHS})(?: [0-9]{{4}})?\b|\b(?:{MONTHS}) [0-9]{{4}}\b|"
    r"\b[0-9]{4}-(?:W[0-9]{2}|Q[1-4]|[0-9]{2})\b|\b(?:in|since|until|during|year|budget) [0-9]{4}\b(?=[.,;:)]|$)"
)
"""Days, weeks, months and years are when something is, not how much it is."""
AROUND = ".,;:!?()[]\"'"
"""What may stand around a word."""
NUMBERED = re.compile(r"(?m)^#{1,6} [0-9]{1,2}(?:\.[0-9]{1,2})*\.? ")
"""The numbers of headings count sections."""
IDS = re.compile(r"[A-Za-z]{1,8}[-_]?[0-9]{1,2}(?:\.[0-9]{1,2})?|[a-z]{1,2}_[0-9a-z]+(?:-[0-9]+)*")
"""Ids of criteria, KPIs, units and records: CH1.2, MON-16, w_3f."""
SPELLED = re.compile(
    r"\b(?:ten|eleven|twelve|\w*teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|"
    r"millions?|billions?|dozens?|half (?:of|the|as)|halves|halved|thirds|double[sd]?|twice as|triple[sd]?|threefold|tenfold)\b",
    re.IGNORECASE,
)


def without_fields(text: str) -> str:
    """Return a text without what stands in braces."""
    return FIELD.sub(" ", text)


def fields(text: str) -> Iterator[str]:
    """Yield what stands in braces, in order."""
    yield from FIELD.findall(text)


def typed_figures(text: str, currency: str = "") -> list[str]:
    """Return the words of a text that tell how much, in digits or letters, and have no record behind them.

    Dates, ids and the numbers of headings are none; ``currency`` in front of digits makes no id of them.
    """
    plain = DATE.sub(" ", NUMBERED.sub(" ", text))
    digits = [
        word
        for each in plain.split()
        if (word := each.strip(AROUND))
        and any(character.isnumeric() for character in word)
        and not _is_id(word, currency)
    ]
    return digits + SPELLED.findall(plain)


def _is_id(word: str, currency: str) -> bool:
    return bool(IDS.fullmatch(word)) and not (currency and word.upper().startswith(currency.upper()))
