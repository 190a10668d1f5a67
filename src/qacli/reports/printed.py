"""A report of ours, written as Markdown, as one HTML page: to be read on a screen, printed, or saved as PDF by a browser."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from qacli.reports.page import page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TOGETHER = re.compile(r"(?<=\d) (?=%)|(?<=\b[A-Z]{3}) (?=-?\d)")
"""Spaces at which no line of a page ends: before a per cent sign, and between a currency and its amount."""
ADDRESS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
"""What a link may lead to; any other stays the text that was typed."""


def printed(document: str, provenance: str) -> str:
    """Return a Markdown document as one self-contained HTML file with its own style for paper.

    Nothing in it is fetched and nothing runs: HTML of the document is shown as text, and of images their words. Its title is
    the first heading.
    """
    from markupsafe import Markup

    reader = _reader()
    tokens = reader.parse(TOGETHER.sub("\N{NO-BREAK SPACE}", document))
    headings = [tokens[place + 1] for place, token in enumerate(tokens) if token.type == "heading_open"]
    title = "".join(each.content for each in headings[0].children or ()) if headings else ""
    _named(tokens)
    body = Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 - escaped by the reader
    return page("printed.html.j2", {"title": title, "body": body}, provenance, "printed.css") + "\n"


@cache
def _reader() -> MarkdownIt:
    """Return the reader of CommonMark with tables and without HTML."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.validateLink = _may_lead  # type: ignore[method-assign]
    made.add_render_rule("image", _image)
    made.add_render_rule("table_open", _table_open)
    made.add_render_rule("table_close", _table_close)
    return made


def _may_lead(url: str) -> bool:
    return bool(ADDRESS.match(url))


def _image(_renderer: Any, tokens: Sequence[Token], place: int, _options: Any, _env: Any) -> str:
    from html import escape

    return escape(tokens[place].content)  # its words in place of what would have to be fetched


def _named(tokens: Sequence[Token]) -> None:
    """Say of each table which one it is, and of each of its heads that it heads a column; an empty head is a cell."""
    number = 0
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            number += 1
            token.meta["number"] = number
        elif token.type == "th_open":
            if tokens[place + 1].content:
                token.attrSet("scope", "col")
            else:
                token.tag = tokens[place + 2].tag = "td"


def _table_open(_renderer: Any, tokens: Sequence[Token], place: int, _options: Any, _env: Any) -> str:
    # what is wider than a telephone is moved sideways, by keys too
    return f'<div class="wide" tabindex="0" role="region" aria-label="Table {tokens[place].meta["number"]}"><table>\n'


def _table_close(_renderer: Any, _tokens: Sequence[Token], _place: int, _options: Any, _env: Any) -> str:
    return "</table></div>\n"
