"""Who was observed, and what was not: by team and channel, and which colleagues have too few to say anything of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.reports.charts.bars import bar_of
from qacli.reports.charts.markup import el, joined, numbers
from qacli.reports.dashboard.content import Content, Part, counted

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup


def coverage(content: Content) -> Part:
    """Return what was drawn and what of it was observed."""
    drawn = content.found.drawn
    done = int(drawn["counted"].sum())
    few = _few(drawn, content.policy.minimum_n)
    heading = _heading(done, len(drawn), few, drawn["colleague"].nunique())
    lead = f"Of {len(drawn):,} transactions drawn for routine samples, {done:,} were observed, {content.days}."
    return Part(
        "coverage",
        heading,
        lead,
        joined([_table(drawn, "team"), _table(drawn, "channel"), _each(content, drawn)]),
        long=True,
    )


def _heading(done: int, drawn: int, few: list[str], people: int) -> str:
    if not drawn:
        return "Nothing has been drawn"
    if few:
        return f"{len(few)} of {counted(people, 'colleague')} {'has' if len(few) == 1 else 'have'} too few observations to speak of"
    return f"{done / drawn:.0%} of what was drawn is observed, enough of each of {counted(people, 'colleague')}"


def _few(drawn: pd.DataFrame, minimum_n: int) -> list[str]:
    counts = drawn.groupby("colleague")["counted"].sum()
    return [str(person) for person, n in counts.items() if n < minimum_n]


def _table(drawn: pd.DataFrame, key: str) -> Markup:
    groups = drawn.assign(key=drawn[key].replace("", "not stated")).groupby("key")["counted"].agg(["sum", "size"])
    rows = [
        el(
            "tr",
            el("th", name, scope="row"),
            el(
                "td",
                el(
                    "div",
                    bar_of(row["sum"] / row["size"]),
                    el("span", f"{int(row['sum'])} of {int(row['size'])}"),
                    class_="barred",
                ),
            ),
        )
        for name, row in groups.iterrows()
    ]
    head = el("tr", el("th", key, scope="col"), el("th", "observed of drawn", scope="col"))
    return el("table", el("thead", head), el("tbody", *rows), class_="pareto part")


def _each(content: Content, drawn: pd.DataFrame) -> Markup:
    groups = drawn.groupby("colleague")["counted"].agg(["sum", "size"])
    rows = sorted(
        (content.names.of(str(person)), int(row["sum"]), int(row["size"])) for person, row in groups.iterrows()
    )
    return numbers(("colleague", "observed", "drawn"), rows, "Observed and drawn, by colleague")
