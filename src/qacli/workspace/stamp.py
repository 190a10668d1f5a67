"""Stamping a change: ids, words, times and actor, made under the lock where the entry number is known."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.cards import card_numbers, redact, security_codes
from qacli.files.text import unsafe, visible
from qacli.ledger import canonical
from qacli.ledger.append import Block
from qacli.ledger.ids import base32
from qacli.model import Refusal, Row, Words, altered, text_of
from qacli.workspace.cells import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

OPAQUE = frozenset({"transaction", "source", "sha256", "salt"})
"""Columns that hold ids, paths, hashes and random digits as they are: long digits in them are no card number."""
WORDS_ID = re.compile(r"w_[0-9a-f]{32}")
"""Where a row names words by their id, its digits are chance too."""
PLAIN = frozenset({str, int, float, bool, type(None)})
"""What most cells hold: neither words nor another row, which is what stamping looks for."""
WORDS_HEADER = canonical.encode(("id", "nonce", "text"))


class UnsafeText(Refusal, rule="unsafe-text"):
    """Text with control, bidi or surrogate characters does not enter the records."""

    def __init__(self, text: str) -> None:
        text = redact(text)[0]  # a message is no place for a card number either
        found = unsafe(text, layout=False)
        where = "; ".join(f"{name} at character {index + 1}" for index, name in found[:3])
        super().__init__(
            f"the text '{visible(text[:60])}' holds what cannot be seen: {where}.",
            help="type the text again, or paste it as plain text on one line",
        )


class CardNumber(Refusal, rule="card-number"):
    """Typed text with a payment card number is not recorded, and not repeated in the message."""

    def __init__(self) -> None:
        super().__init__(
            "the text holds what looks like a payment card number; nothing was recorded.",
            help="write the text without the number",
        )


class SecurityCode(Refusal, rule="security-code"):
    """The code of a payment card is kept by nobody, not even by those who may keep its number (PCI DSS 3.3.1)."""

    def __init__(self) -> None:
        super().__init__(
            "the text holds what looks like the security code of a payment card; nothing was recorded.",
            help="write the text without the code",
        )


class Stamp(NamedTuple):
    """What the commit writes on every row."""

    seq: int
    at: datetime
    by: str
    provenance: str


class Stamped(NamedTuple):
    """A change ready to be written: finished rows, and the new words as (id, nonce, text)."""

    rows: Sequence[Row]
    words: Sequence[tuple[str, str, str]]


def stamped(rows: Sequence[Row], stamp: Stamp) -> Stamped:
    """Return the rows with ids, stamps and words ids; references to rows of the same change become their ids.

    Heads are numbered where an entry makes several of one letter; children are numbered below their parent.
    """
    ids = _ids(rows, stamp.seq)
    done: list[Row] = []
    words: dict[int, tuple[str, str, str]] = {}
    for row in rows:
        values: dict[str, object] = {"id": ids[id(row)], "at": stamp.at, "by": stamp.by, "provenance": stamp.provenance}
        for name, value in vars(row).items():
            if value.__class__ in PLAIN:
                continue
            if isinstance(value, Row):
                values[name] = ids[id(value)]
            elif isinstance(value, Words) and value.text and not value.id:
                # The same Words object in many rows, such as the reason of a redaction, is one text.
                made = words.setdefault(id(value), _new_words(value.text))
                values[name] = Words(value.text, made[0])
        done.append(altered(row, values))
    return Stamped(done, list(words.values()))


def _ids(rows: Iterable[Row], seq: int) -> dict[int, str]:
    rows = list(rows)
    many = Counter(row.LETTER for row in rows if row.LETTER)
    used: Counter[str] = Counter()
    ids: dict[int, str] = {}
    for row in rows:
        if row.LETTER:
            used[row.LETTER] += 1
            number = f"-{used[row.LETTER]}" if many[row.LETTER] > 1 else ""
            ids[id(row)] = f"{row.LETTER}_{base32(seq)}{number}"
    for row in rows:
        if not row.LETTER:
            parent = getattr(row, row.PARENT)
            above = ids[id(parent)] if isinstance(parent, Row) else parent
            used[above] += 1
            ids[id(row)] = f"{above}-{used[above]}"
    return ids


def _new_words(text: str) -> tuple[str, str, str]:
    nonce = secrets.token_hex(16)
    return "w_" + sha256((nonce + text).encode()).hexdigest()[:32], nonce, text


def blocks(change: Stamped) -> list[Block]:
    """Return the bytes to append for each file: the tables in order of first use, then words."""
    lines: dict[str, tuple[bytes, list[bytes]]] = {}
    for row in change.rows:
        body = lines.setdefault(table_file(type(row), _year(row)), (canonical.encode(row.columns()), []))[1]
        body.append(canonical.encode(cells(row)))
    found = [Block(file, header, b"".join(body)) for file, (header, body) in lines.items()]
    if change.words:
        body = [canonical.encode(words) for words in change.words]
        found.append(Block(f"records/{_year(change.rows[0])}/words.csv", WORDS_HEADER, b"".join(body)))
    return found


def _year(row: Row) -> str:
    """Return the year that the row's own cell says: records are in UTC, whatever the zone of the workspace."""
    return text_of(row.at)[:4]


def table_file(kind: type[Row], year: str) -> str:
    """Return the file in which rows of a kind are written in a year; a changed Row class has a file of its own."""
    version = f".{kind.VERSION}" if kind.VERSION > 1 else ""
    return f"records/{year}/{kind.TABLE}{version}.csv"


def refuse_unsafe(rows: Iterable[Row], key: str = "") -> None:
    """Refuse text that must not enter the records. Raises UnsafeText, CardNumber, SecurityCode."""
    seen = {""}  # most cells of a big entry say what others say
    for name, value in chain((("", key),), *(vars(row).items() for row in rows)):
        text = value if isinstance(value, str) else value.text if isinstance(value, Words) else ""
        if text in seen:
            continue
        # words with an id lie in the records already
        known = isinstance(value, Words) and bool(value.id)
        opaque = name in OPAQUE or known or bool(WORDS_ID.fullmatch(text))
        refuse_unsafe_text(text, opaque=opaque)
        if not opaque:
            seen.add(text)


def refuse_unsafe_text(text: str, *, opaque: bool = False) -> None:
    """Refuse one text that must not enter the records; long digits of an opaque one are no card number. As above."""
    if unsafe(text, layout=False):
        raise UnsafeText(text)
    if not opaque and card_numbers(text):
        raise CardNumber
    if not opaque and security_codes(text):
        raise SecurityCode
