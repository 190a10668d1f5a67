"""What could not be told and why, and what the page rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.reports.charts.markup import el, joined, scrolled, table
from qacli.reports.dashboard.content import Content, Part, counted
from qacli.understand.notes import notes_of
from qacli.understand.weighting import strata_of, weight_notes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def untold(content: Content, more: Sequence[str] = ()) -> Part:
    """Return what is not on this page, with the reason; ``more`` is what other parts could not tell."""
    reasons = [*_excluded(content), *_few(content), *_notes(content), *more]
    body = el("ul", *(el("li", each) for each in reasons), class_="said")
    heading = "What could not be told, and why" if reasons else "Nothing was left untold"
    return Part("untold", heading, "A page that shows only what it knows would mislead.", body)


def sources(content: Content) -> Part:
    """Return the draws behind the figures with their n, days and source, and how figures were made."""
    drawn = content.found.drawn
    rows = [
        (name, rows["frame"].iloc[0], rows["period"].iloc[0], rows["design"].iloc[0], len(rows), int(rows["counted"].sum()),
         rows["source"].iloc[0], rows["sha256"].iloc[0][:12])
        for name, rows in drawn.groupby("draw", sort=False)
    ]  # fmt: skip
    cards = sorted(set(content.found.observed["scorecard"]))
    lines = [
        content.selection.in_words(),
        f"scorecards: {', '.join(cards) or 'none used yet'}; figures never mix their versions",
        *weight_notes(strata_of(content.found)),
        f"confidence {100 * content.policy.confidence:g} %; too few: under {content.policy.minimum_n} observations",
        "scores that a failed critical set to 0 are in no mean; failed criticals are told as shares of their own",
    ]
    columns = ("draw", "frame", "period", "design", "drawn", "observed", "source", "sha256")
    made = el("details", el("summary", f"Show {counted(len(rows), 'draw')}"), scrolled(table(columns, rows), "Draws"))
    body = joined([el("ul", *(el("li", each) for each in lines), class_="said"), made])
    return Part("sources", "What this page rests on", f"Routine samples of {content.days}.", body, long=True)


def _excluded(content: Content) -> Iterator[str]:
    for row in content.found.exclusions.itertuples():
        yield f"{row.transactions:,} transactions could not be drawn: {WHY.get(str(row.reason), str(row.reason))}"


def _few(content: Content) -> Iterator[str]:
    drawn = content.found.drawn
    if drawn.empty:
        yield "everything: nothing was drawn in these days. To begin: qacli sample draw"
        return
    counts = drawn.groupby("colleague")["counted"].sum()
    few = sorted(content.names.of(str(person)) for person, n in counts.items() if n < content.policy.minimum_n)
    if few:
        yield f"how these colleagues do, with fewer than {content.policy.minimum_n} observations: {', '.join(few)}"


def _notes(content: Content) -> Iterator[str]:
    """Yield those notes of the summaries that say what is in no figure."""
    for note in notes_of(content.found, content.policy):
        if note.startswith(TOLD):
            yield note


TOLD = (
    "nothing observed yet",
    "closed as personal calls",
    "replaced,",
    "without a score",
    "left out, because",
    "drawn ",
)
WHY = {
    "notice-gap": "no notice to customers was in force",
    "opt-out": "the customer had opted out",
    "no-acknowledgement": "the colleague had not acknowledged the notice",
    "already-sampled": "they lay in a sample already",
    "no-colleague": "the export names no colleague",
    "unknown-colleague": "people.csv does not know the colleague",
    "no-scorecard": "the frame names no scorecard for the channel",
}
