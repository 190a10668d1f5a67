"""A scorecard on one page: what is looked for, what each point looks like, and which promise it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qacli.reports.environment import BANNERS, render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qacli.model import View
    from qacli.prepare.scorecards.scale import Scale
    from qacli.prepare.scorecards.scorecard import Criterion, Scorecard

FORM = (
    "section",
    "criterion",
    "observable",
    "weight",
    "critical",
    "scale",
    "point",
    "value",
    "label",
    "anchor",
    "not applicable",
    "procedure",
    "promise",
    "kpis",
)


def form_document(view: View, card: Scorecard, scales: Mapping[str, Scale], approved: str) -> str:
    """Return the one-page form of a card as Markdown, with its anchors and the coverage of its promises."""
    return render(
        "scorecard.md.j2",
        {
            "banner": BANNERS[view.provenance],
            "organisation": view.settings.organisation,
            "card": card,
            "scales": scales,
            "approved": approved,
            "covering": {name: [each.id for each in card.criteria() if each.promise == name] for name in card.promises},
            "provenance": view.provenance,
        },
    )


def form_rows(card: Scorecard, scales: Mapping[str, Scale]) -> list[tuple[Any, ...]]:
    """Return the form as rows of FORM, one for each point of each criterion."""
    return [
        (
            section.title,
            criterion.id,
            criterion.observable,
            criterion.weight,
            criterion.critical,
            criterion.scale,
            place,
            scales[criterion.scale].value(place) if scales[criterion.scale].has(place) else None,
            label,
            criterion.anchors.get(place, ""),
            criterion.not_applicable,
            criterion.procedure,
            criterion.promise,
            " ".join(criterion.kpis),
        )
        for section in card.sections
        for criterion in section.criteria
        for place, label in scales[criterion.scale].places
    ]


def form_text(card: Scorecard, scales: Mapping[str, Scale], approved: str) -> str:
    """Return the form as plain text for a terminal."""
    lines = [
        f"{card.reference}  {card.title}",
        f"channels {', '.join(card.channels)}; owner {card.owner}; in force from {card.from_}"
        + (f" to {card.to}" if card.to else "")
        + (f"; review by {card.review_by}" if card.review_by else ""),
        f"approved {approved}",
    ]
    for section in card.sections:
        lines += ["", section.title]
        for criterion in section.criteria:
            lines += _criterion_text(criterion, scales[criterion.scale])
    return "\n".join(lines)


def _criterion_text(criterion: Criterion, scale: Scale) -> list[str]:
    worth = f"weight {criterion.weight}" if criterion.critical == "none" else f"critical: {criterion.critical}"
    width = max(3, *(len(place) for place, _ in scale.places))
    anchored = [place for place, _ in scale.places if place in criterion.anchors]
    return [
        f"  {criterion.id}  {worth}, {criterion.scale}",
        f"    {criterion.observable}",
        *(f"      {place:<{width}}  {criterion.anchors[place]}" for place in anchored),
        f"      {'n/a':<{width}}  {criterion.not_applicable}",
        f"    promise {criterion.promise}; procedure {criterion.procedure}; KPIs {', '.join(criterion.kpis) or 'none'}",
    ]


def coverage(card: Scorecard) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    """Return the grid of criteria by promises as columns and rows: x where a criterion serves a promise.

    The last row says what each promise rests on: the kinds and days of its expectations.
    """
    columns = ("criterion", *card.promises, "procedure", "kpis")
    rows = [
        (
            criterion.id,
            *("x" if criterion.promise == promise else "" for promise in card.promises),
            criterion.procedure,
            " ".join(criterion.kpis) or "none",
        )
        for criterion in card.criteria()
    ]
    resting = (
        ", ".join(f"{each.source} {each.on}" for each in card.expectations if each.promise == promise) or "not said"
        for promise in card.promises
    )
    return columns, [*rows, ("rests on", *resting, "", "")]
