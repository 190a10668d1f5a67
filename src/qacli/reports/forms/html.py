"""The form of one item as a page: conversation on the left, criteria on the right, keys as at the terminal.

The rules are not written a second time in the page's script: each answer says itself whether it needs evidence and why, and
each criterion what opens it. What is handed in is judged again by the rules themselves.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, NamedTuple

from qacli.interchange.filled.layout import NA
from qacli.monitor.observing.answers import why_evidence
from qacli.monitor.observing.observation import NOT_APPLICABLE
from qacli.monitor.observing.typed import clock, keys_of
from qacli.prepare.scorecards.scale import plain
from qacli.reports.forms.told import HARM, facts, meanings, notes_in_words, suggestion_in_words, weight
from qacli.reports.page import page

if TYPE_CHECKING:
    from qacli.monitor.observing.blank import Blank
    from qacli.monitor.observing.sheet import Sheet
    from qacli.monitor.suggesting.suggestion import Suggestion
    from qacli.prepare.scorecards.scale import Scale
    from qacli.prepare.scorecards.scorecard import Criterion


class Choice(NamedTuple):
    """One answer to choose: as records hold it, its key, what it is called, how the card describes it, why it asks for evidence."""

    point: str
    key: str
    label: str
    anchor: str
    why: str


class Numbers(NamedTuple):
    """The numbers of a number scale, and why one below the standard, one that meets it and the best ask for evidence."""

    lowest: str
    highest: str
    step: str
    met_at: str
    below: str
    met: str
    best: str


class Asked(NamedTuple):
    """One criterion as the form asks it."""

    number: int
    id: str
    observable: str
    weighs: str
    critical: str
    choices: Sequence[Choice]
    numbers: Numbers | None
    anchors: Sequence[tuple[str, str]]
    away: str
    procedure: str
    opened_by: str
    opening: str
    suggested: Sequence[str]
    suggestion: str
    noted: Sequence[str]


def form_page(blank: Blank, zone: tzinfo, provenance: str) -> str:
    """Return the form of one item, with the answers that its sheet already holds."""
    sheet, item = blank.sheet, blank.item
    numbers = {criterion.id: number for number, criterion in enumerate(sheet.card.criteria(), start=1)}
    values = {
        "item": item.id,
        "card": sheet.card,
        "facts": facts(blank, zone),
        "adjustments": blank.adjustments,
        "turns": [(turn.number, clock(turn.seconds), turn.role, turn.text) for turn in sheet.turns],
        "sections": [
            (section.title, [_asked(sheet, each, numbers[each.id]) for each in section.criteria])
            for section in sheet.card.sections
        ],
        "state": _json({name: answer._asdict() for name, answer in sheet.answers.items()}),
        "origin": blank.origin.model_dump_json(),
        "key": f"qacli {item.id} {blank.origin.short}",
        "away": NOT_APPLICABLE,
    }
    return page("form.html.j2", values, provenance, "form.css", "form.js")


def index_page(blanks: Sequence[Blank], zone: tzinfo, provenance: str) -> str:
    """Return a page that leads to the forms of several items, each beside it as <item>.html."""
    rows = [(blank.item.id, blank.sheet.card.title, facts(blank, zone)) for blank in blanks]
    values = {"rows": rows, "evaluator": blanks[0].evaluator}
    return page("forms.html.j2", values, provenance, "form.css")


def _asked(sheet: Sheet, criterion: Criterion, number: int) -> Asked:
    scale, opened = sheet.scales[criterion.scale], criterion.only_if
    suggested = sheet.suggested_for(criterion)
    agreed = suggested[0].answer if len({each.answer for each in suggested}) == 1 else ""
    return Asked(
        number=number,
        id=criterion.id,
        observable=criterion.observable,
        weighs=weight(criterion),
        critical=HARM.get(criterion.critical, ""),
        choices=tuple(_choices(criterion, scale, sheet.card.evidence)),
        numbers=_numbers(criterion, scale, sheet.card.evidence),
        anchors=[(name, said) for name, said in meanings(criterion, scale) if name != NA] if scale.range_ else (),
        away=criterion.not_applicable if criterion.may_be_not_applicable else "",
        procedure=criterion.procedure,
        opened_by=opened.criterion if opened else "",
        opening=" ".join(opened.answers) if opened else "",
        suggested=[suggestion_in_words(sheet, each) for each in suggested],
        suggestion=_suggestion(sheet, suggested[0]) if agreed else "",
        noted=notes_in_words(sheet, criterion),
    )


def _choices(criterion: Criterion, scale: Scale, asked_for: Collection[str]) -> Iterator[Choice]:
    called = {point.point: point.label for point in scale.points}
    for key, point in keys_of(criterion, scale).items():
        label = NA if point == NOT_APPLICABLE else called[point]
        anchor = criterion.not_applicable if point == NOT_APPLICABLE else criterion.anchors.get(point, "")
        yield Choice(point, key, label, anchor, why_evidence(criterion, scale, point, asked_for))


def _numbers(criterion: Criterion, scale: Scale, asked_for: Collection[str]) -> Numbers | None:
    if scale.range_ is None:
        return None
    points = (scale.bottom, scale.met_at, scale.top)
    below, met, best = (why_evidence(criterion, scale, each, asked_for) for each in points)
    return Numbers(scale.bottom, scale.top, plain(scale.range_.step), scale.met_at, below, met, best)


def _suggestion(sheet: Sheet, suggestion: Suggestion) -> str:
    """Return the answer, the evidence and the time that taking what is suggested gives, as JSON."""
    times = {turn.number: turn.seconds for turn in sheet.turns}
    return _json(
        {"answer": suggestion.answer, "evidence": suggestion.words, "offset": clock(times.get(suggestion.turn or 0))}
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
