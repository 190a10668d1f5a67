"""The one way from data to a document: our own templates, in which whatever came from data is shown as it is."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from qacli.files.text import markdown
from qacli.prepare.period import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
NOT_KNOWN = "not known"
# One underscore inside a word is plain text in Markdown, and ids stay as people search for them.
RECORD_ID = re.compile(r"[a-z]{1,2}_[0-9a-z]+(-[0-9]+)*")
BANNERS = MappingProxyType(
    {
        "example": "Example data: every person and every transaction is invented.",
        "training": "Training data: not a record of real work.",
        "live": "",
    }
)
"""What stands at the top of a document, by provenance."""


class Inert(str):
    """Text that is Markdown already, and safe in any paragraph or table cell."""

    __slots__ = ()


def inert(value: object) -> Inert:
    """Return a value as Markdown that shows it as it is: no link, image, heading, table or HTML of its own."""
    if isinstance(value, Inert):
        return value
    if value is None:
        return Inert(NOT_KNOWN)
    if isinstance(value, date):
        return Inert(in_words(value))
    if isinstance(value, (int, float, Decimal)) or RECORD_ID.fullmatch(str(value)):
        return Inert(value)
    return Inert(markdown(str(value)))


@cache
def environment() -> Environment:
    """Return the Jinja2 environment of our templates.

    Every ``{{ }}`` goes through ``inert``, so that no template can forget it; a name that is not there is an error.
    Templates are ours: nothing from a workspace is ever read as one.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(  # noqa: S701 - Markdown, not HTML: finalize escapes every value for it
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        finalize=inert,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["md"] = inert
    return made


def render(template: str, values: Mapping[str, object]) -> str:
    """Return a document: one template of this package filled with values."""
    return environment().get_template(template).render(values)
