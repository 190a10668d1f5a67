"""Postcodes and dates of birth in what people type of customers: with one more thing known they say who it was.

A day alone is no date of birth, and passes: it is one near a word such as born.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qacli.files.cards import Span

POSTCODE, BIRTH = "postcode", "date of birth"
# Areas and shape of British postcodes: Royal Mail, Programmers' Guide to the Postcode Address File.
_AREA = (
    "AB|AL|BA|BB|BD|BH|BL|BN|BR|BS|BT|B|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|E|FK|FY|"
    "GL|GU|GY|G|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|L|ME|MK|ML|M|NE|NG|NN|NP|NR|NW|"
    "N|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|S|TA|TD|TF|TN|TQ|TR|TS|TW|UB|WA|WC|WD|"
    "WF|WN|WR|WS|WV|W|YO|ZE"
)
_UNIT = "[0-9][ABD-HJLNP-UW-Z]{2}"
_POSTCODE = re.compile(
    rf"\b(?:{_AREA})[0-9][0-9A-HJKMNPR-Y]?{_UNIT}\b"
    # in small letters only with a blank, and then 'M25 1st exit' is a road
    rf"|\b(?i:{_AREA})[0-9][0-9A-HJKMNPR-Ya-hjkmnpr-y]? (?![0-9](?:st|nd|rd|th)\b)(?i:{_UNIT})\b"
)
_MONTH = "(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\\.?"
_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
_DATE = (
    rf"(?:{_DAY}(?: of)? {_MONTH}(?:,? [0-9]{{2,4}})?|{_MONTH} {_DAY}(?:,? [0-9]{{4}})?"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[./ -][0-9]{1,2}[./ -](?:[0-9]{4}|[0-9]{2}))(?![0-9])"
)
_WORD = r"\b(?:born|d\.?o\.?b\b\.?|dates? of birth|birth ?(?:date|day)s?)"
_BIRTH = re.compile(
    rf"{_WORD}[^0-9\n.;]{{0,16}}?\b(?P<after>{_DATE})|\b(?P<before>{_DATE})[^0-9\n.;]{{0,16}}?{_WORD}", re.IGNORECASE
)


def identifying(text: str) -> Iterator[tuple[str, Span]]:
    """Yield where postcodes and dates of birth stand in a text."""
    for match in _POSTCODE.finditer(text):
        yield POSTCODE, Span(*match.span())
    for match in _BIRTH.finditer(text):
        yield BIRTH, Span(*(match.span("after") if match["after"] else match.span("before")))


def without(text: str) -> tuple[str, set[str]]:
    """Return a text without postcodes and dates of birth, and which of them were taken out."""
    found = sorted(identifying(text), key=lambda each: each[1], reverse=True)
    for what, (start, end) in found:
        text = f"{text[:start]}[{what} removed]{text[end:]}"
    return text, {what for what, _ in found}
