"""Ids of records: a letter or two, ``_``, the entry number in base 32, ``-n`` where an entry makes several.

They are unique without a look-up, and they name the journal line that made them.
"""

from __future__ import annotations

import re

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in small letters: no i, l, o or u, which are misread or misheard."""

PATTERN = re.compile(rf"[a-z]{{1,2}}_(0|[{ALPHABET[1:]}][{ALPHABET}]{{0,12}})(?:-[1-9][0-9]*)*")
"""Ids of words, ``w_`` and 32 hex digits, are longer and name no entry."""


def base32(number: int) -> str:
    """Return a number in the alphabet of the ids, without leading zeros."""
    digits = ""
    while number:
        number, digit = divmod(number, 32)
        digits = ALPHABET[digit] + digits
    return digits or "0"


def entry_number(id: str) -> int | None:  # noqa: A002
    """Return the number of the journal entry that made an id, or None where it is no id of ours."""
    match = PATTERN.fullmatch(id)
    if not match:
        return None
    number = 0
    for digit in match[1]:
        number = number * 32 + ALPHABET.index(digit)
    return number
