"""What every form says of an item and a criterion, on a page and in a workbook alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from types import MappingProxyType
from typing import TYPE_CHECKING

from qacli.files.text import one_line
from qacli.interchange.filled.layout import NA
from qacli.monitor.observing.evaluation import length
from qacli.prepare.scorecards.scale import plain

if TYPE_CHECKING:
    from qacli.monitor.observing.blank import Blank
    from qacli.monitor.observing.sheet import Sheet
    from qacli.monitor.suggesting.suggestion import Suggestion
    from qacli.prepare.scorecards.scale import Scale
    from qacli.prepare.scorecards.scorecard import Criterion

HARM: Mapping[str, str] = MappingProxyType(
    {"customer": "harms the customer", "business": "harms the business", "compliance": "breaks a rule"}
)


def facts(blank: Blank, zone: tzinfo) -> str:
    """Return which transaction an item is, in one line."""
    item = blank.item
    began = f"{item.started_at.astimezone(zone):%d %b %Y %H:%M}"
    return f"{item.channel} {item.transaction}, {item.team or item.colleague}, {began}, {length(item)}"


def weight(criterion: Criterion) -> str:
    """Return what a criterion weighs; empty where it only counts as critical."""
    return f"{'bonus' if criterion.bonus else 'weight'} {plain(criterion.weight)}" if criterion.weight else ""


def weighs(criterion: Criterion) -> str:
    """Return what a criterion weighs and whom a failure harms, in brackets."""
    harm = f"critical: {HARM[criterion.critical]}" if criterion.critical in HARM else ""
    said = ", ".join(filter(None, (weight(criterion), harm)))
    return f"[{said}]" if said else ""


def meanings(criterion: Criterion, scale: Scale) -> Iterator[tuple[str, str]]:
    """Yield what each answer is called and how the card describes it; points that it does not describe are left out."""
    for point, label in scale.places:
        if said := criterion.anchors.get(point, ""):
            yield _named(point, label), said
    if criterion.may_be_not_applicable:
        yield NA, criterion.not_applicable


def _named(point: str, label: str) -> str:
    """Return a point with what it is called, once where these are the same words."""
    return label if label.casefold().replace(" ", "_") == point.casefold() else f"{point} {label}"


def suggestion_in_words(sheet: Sheet, suggestion: Suggestion) -> str:
    """Return what is suggested, by which rule, and where it was found."""
    where = f", line {suggestion.turn}" if suggestion.turn else ""
    scale = sheet.scales[sheet.card.criterion(suggestion.criterion).scale]
    label = scale.label(suggestion.answer)
    answer = label if scale.range_ else _named(suggestion.answer, label)
    return f"{answer} ({suggestion.source}{where}: {one_line(suggestion.words)})"


def notes_in_words(sheet: Sheet, criterion: Criterion) -> list[str]:
    """Return what was noted about a criterion while watching, each with its time and sign."""
    return [" ".join(filter(None, (note.offset, note.polarity, note.fact.text))) for note in sheet.notes_on(criterion)]


def beside(sheet: Sheet, criterion: Criterion) -> list[str]:
    """Return what is shown beside a criterion in a workbook: what rules suggest, what was noted."""
    suggested = [f"suggested: {suggestion_in_words(sheet, each)}" for each in sheet.suggested_for(criterion)]
    return [*suggested, *(f"noted: {said}" for said in notes_in_words(sheet, criterion))]
