"""Elements as safe text: whatever came from data is shown as it is, and can be no markup."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from qacli.files.text import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

UNKNOWN = "–"


def safe(value: object) -> Markup:
    """Return a value as text of a page; markup of ours stays markup."""
    if isinstance(value, Markup):
        return value
    return escape(visible(str(value), layout=True))


def el(name: str, *content: object, **attributes: object) -> Markup:
    """Return one element. An attribute that is None is left out; ``class_`` and ``for_`` lose their underscore, inner
    underscores become hyphens. Numbers have at most one decimal: pixels need no more.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_attribute(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(safe(each) for each in content)
    if not content and name in {"line", "rect", "circle", "path", "polyline", "col"}:
        return Markup(f"<{name}{given}/>")  # noqa: S704 - names are ours, values are escaped
    return Markup(f"<{name}{given}>{inside}</{name}>")  # noqa: S704


def joined(parts: Iterable[object], between: str = "") -> Markup:
    """Return parts one after the other."""
    return escape(between).join(safe(part) for part in parts)


def table(
    columns: Sequence[object], rows: Iterable[Sequence[object]], caption: object = "", **attributes: object
) -> Markup:
    """Return a table whose first column heads its rows. A cell that is a number stands to the right."""
    head = el("thead", el("tr", *(el("th", column, scope="col") for column in columns)))
    body = el("tbody", *(el("tr", el("th", row[0], scope="row"), *map(_cell, row[1:])) for row in rows))
    return el("table", *([el("caption", caption)] if caption else []), head, body, **attributes)


def scrolled(content: Markup, label: str) -> Markup:
    """Return what may be wider than a telephone, so that it scrolls by itself, by keys too."""
    return el("div", content, class_="wide-table", tabindex="0", role="group", aria_label=label)


def numbers(columns: Sequence[object], rows: Iterable[Sequence[object]], of: str) -> Markup:
    """Return what stands under every picture: its numbers as a table, folded away until somebody wants them."""
    return el("details", el("summary", "Show the numbers"), scrolled(table(columns, rows, of), of))


def _cell(value: object) -> Markup:
    if isinstance(value, Markup) and value.startswith("<td"):
        return value
    right = "r" if isinstance(value, (int, float, Decimal)) else None
    return el("td", UNKNOWN if value is None else value, class_=right)


def _attribute(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return visible(one_line(str(value)))
