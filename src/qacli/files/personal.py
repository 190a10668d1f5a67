"""Personal numbers and addresses in text: what is imported is shown and kept without them.

Patterns find what is written as people write it; a name is no pattern, and none is looked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from qacli.files import cards
from qacli.files.cards import Span

EMAIL, PHONE, IDENTITY, ACCOUNT = "e-mail address", "phone number", "identity number", "bank account number"

_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}")
# Written with + and a country, as in Britain with a leading 0, or as in North America in groups of 3, 3 and 4.
_PHONE = re.compile(
    r"(?<![\w+.])(?:"
    r"\+[1-9][0-9]{0,2}(?:[ .-]?\(?0?\)?[0-9]){6,13}"
    r"|0[1-9][0-9]{1,4}[ .-]?[0-9]{3,4}[ .-]?[0-9]{3,4}"
    r"|\([2-9][0-9]{2}\)[ .-]?[0-9]{3}[ .-]?[0-9]{4}"
    r"|[2-9][0-9]{2}([ .-])[0-9]{3}\1[0-9]{4}"
    r")(?![\w-])"
)
# National Insurance numbers (HMRC manual NIM39110), social security numbers of the United States.
_IDENTITY = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b"
    r"|\b(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}\b"
)
_ACCOUNT = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")


def _accounts(text: str) -> Iterator[Span]:
    """Yield international bank account numbers (ISO 13616): their check digits hold."""
    for match in _ACCOUNT.finditer(text):
        bare = match[0].replace(" ", "")
        if int("".join(str(int(each, 36)) for each in bare[4:] + bare[:4])) % 97 == 1:
            yield Span(*match.span())


def _matches(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Span]]:
    return lambda text: (Span(*match.span()) for match in pattern.finditer(text))


KINDS: Sequence[tuple[str, Callable[[str], Iterator[Span]]]] = (
    (ACCOUNT, _accounts),
    (EMAIL, _matches(_EMAIL)),
    (IDENTITY, _matches(_IDENTITY)),
    (PHONE, _matches(_PHONE)),
)


def redact(text: str) -> tuple[str, Counter[str]]:
    """Return a text without card numbers, security codes, bank accounts, e-mail addresses, identity and phone numbers, and
    how many of each were taken out.
    """
    text, counts = cards.redact(text)
    for what, find in KINDS:
        spans = list(find(text))
        text = cards.replaced(text, spans, f"[{what} removed]")
        counts[what] += len(spans)
    return text, +counts
