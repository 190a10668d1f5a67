"""Cells of a workbook of forms: what may be chosen, what is still needed, when a criterion is not asked.

What a formula compares with is a point of a scale or its label; the quotes around it are doubled, and a label that could be
anything else gives way to the name of its point.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from qacli.interchange.filled.handed import point as meant
from qacli.interchange.filled.judging import LONGEST
from qacli.interchange.filled.layout import NA
from qacli.interchange.spreadsheet import cut
from qacli.monitor.observing.answers import why_evidence
from qacli.monitor.observing.observation import NOT_APPLICABLE

if TYPE_CHECKING:
    from qacli.monitor.observing.sheet import Sheet
    from qacli.prepare.scorecards.scale import Scale
    from qacli.prepare.scorecards.scorecard import Criterion

SHORT = re.compile(r"[A-Za-z][A-Za-z0-9 /'-]{0,29}")
"""Labels that may stand in a list of choices: no comma, nothing that a spreadsheet takes for a number or a formula."""
WHOLE = re.compile(r"0|[1-9][0-9]{0,8}(\.[0-9]{0,5}[1-9])?")
LONGEST_LIST, LONGEST_TITLE, LONGEST_HINT = 255, 32, 255
"""Units of UTF-16 that Excel allows."""
NO_ANSWER, NO_EVIDENCE, NOT_ASKED = "answer", "evidence", "not asked"


def called(answer: str, scale: Scale) -> str:
    """Return what an answer is called in a cell: a label of letters where it says more than the point, else the point."""
    if answer == NOT_APPLICABLE:
        return NA
    label = next((each.label for each in scale.points if each.point == answer), "")
    plain = len(answer) > 1 and answer.isidentifier() and SHORT.fullmatch(label)
    return label if plain and meant(label, scale) == answer else answer


def is_number(text: str) -> bool:
    """Return whether a spreadsheet that takes an answer for a number gives it back as it is."""
    return WHOLE.fullmatch(text) is not None


def choices(criterion: Criterion, scale: Scale, cell: str) -> dict[str, Any]:
    """Return the rule of an answer's cell, with the anchors as its hint."""
    away = [NA] if criterion.may_be_not_applicable else []
    said = hint(criterion.id, "\n".join(f"{point}: {said}" for point, said in criterion.anchors.items()))
    if scale.range_:
        range_ = f"AND(ISNUMBER({cell}),{cell}>={scale.bottom},{cell}<={scale.top})"
        rule: dict[str, Any] = {
            "validate": "custom",
            "value": f"=OR({_is(cell, NA)},{range_})" if away else f"={range_}",
        }
        points = [scale.in_words, *away]
    else:
        points = [*(called(point, scale) for point in scale.answers), *away]
        if len(",".join(points)) > LONGEST_LIST:
            points = [*scale.answers, *away]
        rule = {"validate": "list", "source": points}
    wrong = {"error_title": "Not on the scale", "error_message": f"The answers are: {', '.join(points)}"[:LONGEST_HINT]}
    return {**rule, **wrong, **said}


def a_line(sheet: Sheet) -> dict[str, Any]:
    """Return the rule of a cell that names a line of the conversation."""
    first, last = sheet.turns[0].number, sheet.turns[-1].number
    wrong = {"error_title": "No such line", "error_message": f"The conversation has lines {first} to {last}."}
    says = hint("Evidence", "Number of the line of the conversation that shows it.")
    return {"validate": "integer", "criteria": "between", "minimum": first, "maximum": last, **wrong, **says}


def hint(title: str, text: str) -> dict[str, str]:
    """Return what is shown beside a cell that is chosen, cut to what a spreadsheet takes."""
    return {"input_title": title[:LONGEST_TITLE], "input_message": cut(text, LONGEST_HINT)}


def greyed(sheet: Sheet, criterion: Criterion, cells: Mapping[str, tuple[str, str]]) -> str:
    """Return the formula that holds where a criterion is not asked; empty where it always is.

    ``cells`` hold the answer of each criterion and what it still needs: what hangs on a criterion that is not asked is
    not asked either.
    """
    opened = criterion.only_if
    if opened is None:
        return ""
    before = sheet.card.criterion(opened.criterion)
    answer, state = cells[before.id]
    fits = ",".join(_is(answer, called(each, sheet.scales[before.scale])) for each in opened.answers)
    return f'OR({state}="{NOT_ASKED}",NOT(OR({fits})))' if before.only_if else f"NOT(OR({fits}))"


def needs(sheet: Sheet, criterion: Criterion, answer: str, evidence: tuple[str, str], unasked: str) -> str:
    """Return the formula of what a criterion still needs: an answer, evidence, nothing; or that it is not asked."""
    line, words = evidence
    said = f'IF({answer}="","{NO_ANSWER}",IF(AND({_wants(sheet, criterion, answer)},{line}="",{words}=""),"{NO_EVIDENCE}",""))'
    return f'=IF({unasked},"{NOT_ASKED}",{said})' if unasked else f"={said}"


def needed(sheet: Sheet, criterion: Criterion) -> str:
    """Return what the formula of ``needs`` comes to as the sheet stands."""
    if criterion.id not in [each.id for each in sheet.asked]:
        return NOT_ASKED
    if criterion.id not in sheet.given:
        return NO_ANSWER
    return "" if sheet.done(criterion) else NO_EVIDENCE


def _wants(sheet: Sheet, criterion: Criterion, cell: str) -> str:
    """Return the formula that holds where an answer needs evidence."""
    scale = sheet.scales[criterion.scale]

    def why(point: str) -> bool:
        return bool(why_evidence(criterion, scale, point, sheet.card.evidence))

    found = [_is(cell, NA)] if criterion.may_be_not_applicable and why(NOT_APPLICABLE) else []
    if scale.range_ is None:
        found += [_is(cell, called(point, scale)) for point in scale.answers if why(point)]
    else:
        number = f"N({cell})"
        found += [f"{number}<{scale.met_at}"] if why(scale.bottom) else []
        found += [f"{number}={scale.top}"] if why(scale.top) else []
        found += [f"{number}>={scale.met_at}"] if why(scale.met_at) else []
    return f"OR({','.join(found)})" if found else "FALSE"


def _is(cell: str, text: str) -> str:
    """Return the formula that holds where a cell shows a text, be it a number or letters."""
    quoted = text.replace('"', '""')
    return f'{cell}&""="{quoted}"'


A_TEXT: Mapping[str, Any] = MappingProxyType(
    {
        "validate": "length",
        "criteria": "<=",
        "value": LONGEST,
        **hint("What you write", "For evidence: what was seen or heard, as a quote or a fact. Up to 4,000 characters."),
    }
)
"""The rule of a cell for evidence or a comment."""
