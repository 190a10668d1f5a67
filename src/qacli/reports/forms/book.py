"""Forms as one workbook: a sheet for each item with its criteria, one beside it with the conversation, a first sheet of all.

Every text of a person, a card or a conversation is written as text; the only formulas are those of this module, and what
they compare with stands in quotes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.files.text import visible
from qacli.interchange.filled import layout
from qacli.interchange.spreadsheet import in_a_cell, workbooks
from qacli.monitor.observing.typed import clock
from qacli.reports.environment import BANNERS
from qacli.reports.forms.cells import A_TEXT, NOT_ASKED, a_line, called, choices, greyed, is_number, needed, needs
from qacli.reports.forms.told import beside, facts, meanings, weighs

if TYPE_CHECKING:
    from qacli.monitor.observing.blank import Blank
    from qacli.prepare.scorecards.scorecard import Criterion

WHAT_TO_DO = (
    "Fill in the yellow cells of each sheet, save, and hand the file in. Whole items are recorded; others wait."
)
NO_WORDS = "no transcript was found: write what you hear, and at what time from the start, such as 02:41"
TOP = 4
"""Row of an item's sheet, from 0, in which the columns are named."""
WIDTHS = (14, 38, 58, 13, 6, 28, 7, 36, 26, 10, 26)
LINE_HEIGHT, MOST_HEIGHT = 13.5, 400
"""Points. Only Excel fits rows to their text by itself, so they are given a height."""
COLUMN: Mapping[str, int] = MappingProxyType({name: number for number, name in enumerate(layout.COLUMNS)})
LETTER: Mapping[str, str] = MappingProxyType({name: chr(ord("A") + number) for name, number in COLUMN.items()})
CELL: Mapping[str, Any] = MappingProxyType({"text_wrap": True, "font_size": 10, "valign": "top", "border": 1})
YELLOW: Mapping[str, Any] = MappingProxyType({"bg_color": "#FFF8E1", "border_color": "#C9B458", "locked": False})
TITLE, HEAD, TEXT, FILL, CHOICE, NUMBER, GREY, LINK = (
    "title",
    "head",
    "text",
    "fill",
    "choice",
    "number",
    "grey",
    "link",
)
STYLES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        TITLE: {"bold": True, "font_size": 14},
        HEAD: {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3864", **CELL},
        TEXT: {"border_color": "#D0D7DE", **CELL},
        # text, or a spreadsheet takes 02:41 for a time of day and =x for a formula
        FILL: {**YELLOW, **CELL, "num_format": "@"},
        CHOICE: {**YELLOW, **CELL, "align": "center", "num_format": "@"},
        NUMBER: {**YELLOW, **CELL, "align": "center"},
        GREY: {"font_color": "#8C959F", "bg_color": "#E5E7EA"},
        LINK: {"font_color": "#0B57B0", "underline": 1, "border_color": "#D0D7DE", **CELL},
    }
)
PROTECTED: Mapping[str, bool] = MappingProxyType({"format_columns": True, "format_rows": True})


class _Book(NamedTuple):
    """The workbook that is being written, and its styles by name."""

    book: Any
    styles: dict[str, Any]


def forms_book(blanks: Sequence[Blank], zone: tzinfo, provenance: str) -> bytes:
    """Return a workbook with a form for each item, the answers that their sheets already hold filled in. Raises NoWorkbooks."""
    made = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with workbooks().Workbook(made, options) as book:
        writing = _Book(book, {name: book.add_format(dict(style)) for name, style in STYLES.items()})
        start = book.add_worksheet(layout.START)
        for blank in blanks:
            _form(writing, blank, zone)
            if blank.sheet.turns:
                _words(writing, blank)
        _start(writing, start, blanks, zone, provenance)
        _hidden(writing, blanks)
    return made.getvalue()


def _text(page: Any, row: int, column: int, text: str, style: Any = None) -> None:
    """Write a text as it is: never a formula, an address or a number."""
    shown = in_a_cell(visible(text, layout=True))
    if shown:
        page.write_string(row, column, shown, style)
    else:
        page.write_blank(row, column, None, style)


def _height(texts: Sequence[tuple[str, int]]) -> float:
    """Return the height of a row that shows each of some texts in a column of some width."""
    lines = [sum(1 + len(part) // round(width * 1.15) for part in text.split("\n")) for text, width in texts]
    return min(MOST_HEIGHT, LINE_HEIGHT * max(lines, default=1) + 2)


def _closed(page: Any) -> None:
    """Lock what is not to be filled in, without a password: against slips, not against people. One page wide on paper."""
    page.protect("", dict(PROTECTED))
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)


def _named(page: Any, row: int, columns: Sequence[tuple[str, int]], style: Any) -> None:
    """Write the row that names the columns, each with its width."""
    for column, (name, width) in enumerate(columns):
        page.set_column(column, column, width)
        _text(page, row, column, name, style)


def _start(writing: _Book, page: Any, blanks: Sequence[Blank], zone: tzinfo, provenance: str) -> None:
    styles = writing.styles
    _text(page, 0, 0, f"To score: {blanks[0].evaluator}", styles[TITLE])
    _text(page, 1, 0, WHAT_TO_DO)
    _text(page, 2, 0, BANNERS[provenance])
    _named(page, 3, (("Item", 12), ("Card", 28), ("Transaction", 60), ("Done", 12), ("State", 18)), styles[HEAD])
    for row, blank in enumerate(blanks, start=4):
        page.write_url(row, 0, f"internal:'{blank.item.id}'!A1", styles[LINK], blank.item.id)
        _text(page, row, 1, f"{blank.sheet.card.title} {blank.sheet.card.version}", styles[TEXT])
        _text(page, row, 2, facts(blank, zone), styles[TEXT])
        _progress(page, row, blank, styles[TEXT])
    page.freeze_panes(4, 1)
    _closed(page)


def _progress(page: Any, row: int, blank: Blank, style: Any) -> None:
    """Write how far an item is, as formulas over its sheet, with what they come to now."""
    asked, done = len(blank.sheet.asked), sum(map(blank.sheet.done, blank.sheet.asked))
    state, answered = _range(blank, layout.NEEDED), _range(blank, layout.ANSWER)
    count, of = f'SUMPRODUCT(--({state}=""))', f'(ROWS({state})-COUNTIF({state},"{NOT_ASKED}"))'
    page.write_formula(row, 3, f'={count}&" of "&{of}', style, f"{done} of {asked}")
    told = f'=IF({count}={of},"ready",IF(COUNTA({answered})=0,"not begun","unfinished"))'
    now = "ready" if done == asked else "unfinished" if blank.sheet.given else "not begun"
    page.write_formula(row, 4, told, style, now)


def _range(blank: Blank, column: str) -> str:
    """Return the cells of a column of an item's sheet, as another sheet names them."""
    last = TOP + 1 + len(blank.sheet.card.criteria())
    return f"'{blank.item.id}'!${LETTER[column]}${TOP + 2}:${LETTER[column]}${last}"


def _form(writing: _Book, blank: Blank, zone: tzinfo) -> None:
    styles, item = writing.styles, blank.item.id
    page = writing.book.add_worksheet(item)
    _text(page, 0, 0, f"{item} - {blank.sheet.card.title} {blank.sheet.card.version}", styles[TITLE])
    _text(page, 1, 0, facts(blank, zone))
    _text(page, 2, 0, "; ".join(blank.adjustments))
    page.write_url(3, 0, f"internal:'{layout.START}'!A1", styles[LINK], "to the list")
    if blank.sheet.turns:
        page.write_url(3, 1, f"internal:'{item}{layout.WORDS}'!A1", styles[LINK], "to the conversation")
    else:
        _text(page, 3, 1, NO_WORDS)
    _named(page, TOP, tuple(zip(layout.COLUMNS, WIDTHS, strict=True)), styles[HEAD])
    for row, criterion in enumerate(blank.sheet.card.criteria(), start=TOP + 1):
        _criterion(writing, page, blank, criterion, row)
    page.freeze_panes(TOP + 1, 2)
    page.repeat_rows(TOP)
    _closed(page)


def _criterion(writing: _Book, page: Any, blank: Blank, criterion: Criterion, row: int) -> None:
    sheet, styles = blank.sheet, writing.styles
    answer = sheet.answers.get(criterion.id)
    scale = sheet.scales[criterion.scale]
    texts = {
        layout.CRITERION: criterion.id,
        layout.ASKED: " ".join(filter(None, (criterion.observable, weighs(criterion)))),
        layout.SUGGESTED: "\n".join(beside(sheet, criterion)),
        layout.ANCHORS: "\n".join(f"{name}: {said}" for name, said in meanings(criterion, scale)),
    }
    page.set_row(row, _height([(text, WIDTHS[COLUMN[name]]) for name, text in texts.items()]))
    for name, text in texts.items():
        _text(page, row, COLUMN[name], text, styles[TEXT])
    # as text, or a spreadsheet takes the answer 1-2 for a day and may-1 for another
    style = NUMBER if scale.range_ or all(map(is_number, scale.answers)) else CHOICE
    _answer(page, row, called(answer.answer, scale) if answer else "", styles[style], number=style == NUMBER)
    filled = {
        layout.TIME: answer.offset if answer else "",
        layout.EVIDENCE: answer.evidence if answer else "",
        layout.COMMENT: answer.comment if answer else "",
    }
    for name, text in filled.items():
        _text(page, row, COLUMN[name], text, styles[FILL])
    page.write_blank(row, COLUMN[layout.LINE], None, styles[NUMBER])
    _checked(page, blank, criterion, row)
    _computed(writing, page, blank, criterion, row)


def _answer(page: Any, row: int, text: str, style: Any, *, number: bool) -> None:
    """Write an answer that was given before as it would have been typed: a number as a number."""
    if number and is_number(text):
        page.write_number(row, COLUMN[layout.ANSWER], float(text), style)
    else:
        _text(page, row, COLUMN[layout.ANSWER], text, style)


def _checked(page: Any, blank: Blank, criterion: Criterion, row: int) -> None:
    """Let a cell take only what can be meant: an answer of the scale, a line of the conversation."""
    answer, line = COLUMN[layout.ANSWER], COLUMN[layout.LINE]
    scale = blank.sheet.scales[criterion.scale]
    page.data_validation(row, answer, row, answer, choices(criterion, scale, f"${LETTER[layout.ANSWER]}${row + 1}"))
    if blank.sheet.turns:
        page.data_validation(row, line, row, line, a_line(blank.sheet))
    page.data_validation(row, COLUMN[layout.EVIDENCE], row, COLUMN[layout.COMMENT], A_TEXT)


def _computed(writing: _Book, page: Any, blank: Blank, criterion: Criterion, row: int) -> None:
    """Write what the workbook says itself: the words of the line, what is still needed; grey where nothing is asked."""
    sheet, styles = blank.sheet, writing.styles
    rows = {each.id: place for place, each in enumerate(sheet.card.criteria(), start=TOP + 2)}
    cells = {name: (f"${LETTER[layout.ANSWER]}${at}", f"${LETTER[layout.NEEDED]}${at}") for name, at in rows.items()}
    line, words = f"${LETTER[layout.LINE]}${row + 1}", f"${LETTER[layout.EVIDENCE]}${row + 1}"
    found = f"INDEX('{blank.item.id}{layout.WORDS}'!$D:$D,{line}+1)"
    said = f'=IF({line}="","",IFERROR({found},""))' if sheet.turns else '=""'
    page.write_formula(row, COLUMN[layout.SAID], said, styles[TEXT], "")
    unasked = greyed(sheet, criterion, cells)
    page.write_formula(
        row,
        COLUMN[layout.NEEDED],
        needs(sheet, criterion, cells[criterion.id][0], (line, words), unasked),
        styles[TEXT],
        needed(sheet, criterion),
    )
    if unasked:
        shut = f'={cells[criterion.id][1]}="{NOT_ASKED}"'
        rule = {"type": "formula", "criteria": shut, "format": styles[GREY]}
        page.conditional_format(row, 0, row, len(layout.COLUMNS) - 1, rule)


def _words(writing: _Book, blank: Blank) -> None:
    styles = writing.styles
    page = writing.book.add_worksheet(f"{blank.item.id}{layout.WORDS}")
    _named(page, 0, (("Line", 6), ("At", 9), ("Who", 12), ("Words", 110)), styles[HEAD])
    for row, turn in enumerate(blank.sheet.turns, start=1):
        page.set_row(row, _height([(turn.text, 110)]))
        page.write_number(row, 0, turn.number, styles[TEXT])
        for column, text in enumerate((clock(turn.seconds), turn.role, turn.text), start=1):
            _text(page, row, column, text, styles[TEXT])
    page.write_url(0, 4, f"internal:'{blank.item.id}'!A1", styles[LINK], f"to {blank.item.id}")
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    _closed(page)


def _hidden(writing: _Book, blanks: Sequence[Blank]) -> None:
    """Write which form each sheet is, where nobody sees it."""
    page = writing.book.add_worksheet(layout.HIDDEN)
    _text(page, 0, 0, layout.SCHEMA)
    for row, blank in enumerate(blanks, start=1):
        for column, text in enumerate((blank.item.id, blank.item.id, blank.origin.model_dump_json())):
            _text(page, row, column, text)
    page.very_hidden()
    page.protect("", dict(PROTECTED))
