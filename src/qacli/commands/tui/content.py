"""What the full screen says of a sheet: the conversation, the criteria, the guidance, the review."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qacli.commands.tui.keys import table
from qacli.commands.tui.look import Marks
from qacli.commands.tui.rows import Piece, Row
from qacli.files.text import visible
from qacli.monitor.observing.answers import Answer
from qacli.monitor.observing.guidance import anchors, rules, set_apart
from qacli.monitor.observing.observation import NOT_APPLICABLE
from qacli.monitor.observing.typed import clock, keys_of, offered
from qacli.monitor.scoring.telling import rounded

if TYPE_CHECKING:
    from qacli.monitor.observing.sheet import Sheet
    from qacli.prepare.scorecards.scorecard import Criterion

ROOMY = 60
"""Columns of the conversation from which its words have a column of their own."""
NARROW = 80
"""Columns below which the panes stand one below the other."""


def conversation(sheet: Sheet, width: int) -> list[Row]:
    """Return the turns of the transcript, a row each, with their numbers and times; further lines stand under the words."""
    if not sheet.turns:
        return [Row([("no transcript was found for this transaction; w writes evidence in your own words", "dim")])]
    timed = any(turn.seconds is not None for turn in sheet.turns)
    wide = max(len(clock(turn.seconds)) for turn in sheet.turns) + 1 if timed else 0
    number = len(str(sheet.turns[-1].number))
    who = max(len(turn.role) for turn in sheet.turns)
    return [
        Row(
            [
                (f"  {turn.number:>{number}} ", "dim"),
                (f"{clock(turn.seconds):<{wide}}", "dim"),
                (f"{turn.role:<{who}} ", turn.role if turn.role in {"colleague", "customer"} else "dim"),
                (visible(turn.text, layout=True), ""),
            ],
            3 + number + wide + (who + 1 if width >= ROOMY else 0),
        )
        for turn in sheet.turns
    ]


def criteria(sheet: Sheet, marks: Marks, width: int) -> list[Row]:
    """Return the criteria that are asked: state, name, words, answer; of the open one also evidence and comment."""
    longest = max(len(each.id) for each in sheet.asked)
    return [
        Row([*_line(sheet, each, marks, longest, width), *(_below(sheet, marks) if each.id == sheet.at else ())], 4)
        for each in sheet.asked
    ]


def _line(sheet: Sheet, criterion: Criterion, marks: Marks, longest: int, width: int) -> Iterator[Piece]:
    answer = sheet.answers.get(criterion.id, Answer("")).answer
    done = sheet.done(criterion)
    here = marks.here if criterion.id == sheet.at else " "
    yield here, "bold"
    yield (marks.done, "done") if done else (marks.lacks, "lacks") if answer else (marks.open, "dim")
    yield ("!" if criterion.critical != "none" else " "), "critical"
    yield f"{criterion.id:<{longest}} ", "bold" if criterion.id == sheet.at else ""
    said = _said(sheet, criterion, answer)
    room = width - longest - len(said) - 6
    words = criterion.observable
    yield f"{words if len(words) <= room else words[: max(0, room - 1)] + '…':<{max(0, room)}} ", "dim"
    yield said, "bold" if answer else "dim"


def _said(sheet: Sheet, criterion: Criterion, answer: str) -> str:
    """Return what stands at the end of a line: the answer; a suggestion with a question mark; or the keys to press."""
    if answer:
        return "N/A" if answer == NOT_APPLICABLE else answer
    suggested = {each.answer for each in sheet.suggested_for(criterion)}
    if len(suggested) == 1:
        return f"{suggested.pop()}?"
    scale = sheet.scales[criterion.scale]
    keys = [*keys_of(criterion, scale)]
    if scale.range_:
        return f"{scale.bottom}-{scale.top}"
    digits = [key for key in keys if key.isdecimal()]
    return "/".join([f"{digits[0]}-{digits[-1]}", *keys[len(digits) :]] if digits else keys)


def _below(sheet: Sheet, marks: Marks) -> Iterator[Piece]:
    answer = sheet.answer
    if answer.evidence:
        yield f"\n{marks.quote} {answer.offset} {visible(answer.evidence)}".replace("  ", " "), "quote"
    if answer.comment:
        yield f"\n{marks.comment} {visible(answer.comment)}", "quote"
    if remark := sheet.remark(sheet.criterion):
        yield f"\nlook again: {remark}", "dim"
    if answer.answer and (lack := sheet.lacking(sheet.criterion)):
        yield f"\n{lack}", "lacks"


def guidance(sheet: Sheet, marks: Marks) -> list[Row]:
    """Return what is looked for in the open criterion, what each answer looks like, what was noted and suggested."""
    return [Row([(sheet.criterion.observable, "bold")]), *_anchors(sheet), *_found(sheet, marks)]


def _anchors(sheet: Sheet) -> Iterator[Row]:
    criterion, given, keys = sheet.criterion, sheet.answer.answer, sheet.keys()
    for anchor in anchors(criterion, sheet.scale):
        chosen = keys.get(anchor.key, anchor.key) == given
        if anchor.words or chosen:
            yield Row([(f"{anchor.key} ", "bold"), (f"{anchor.label}: {anchor.words}", "done" if chosen else "")], 2)
    if sheet.scale.range_:
        yield Row([(offered(criterion, sheet.scale), "dim")])
    if criterion.may_be_not_applicable:
        away = next(key for key, point in keys.items() if point == NOT_APPLICABLE)
        key = away if len(away) == 1 else "F6"
        yield Row(
            [(f"{key} ", "bold"), (f"N/A: {criterion.not_applicable}", "done" if given == NOT_APPLICABLE else "")], 2
        )


def _found(sheet: Sheet, marks: Marks) -> Iterator[Row]:
    for number, offer in enumerate(sheet.offers(), 1):
        how = f"noted [{number}] " if offer.kind == "noted" else "suggested, s takes it: "
        yield Row([(f"{marks.found} {how}", "lacks"), (offer.told, "")], 2)
    if sheet.scale.keys().keys() & set("acefgqsuw"):
        yield Row([("letters are points here: the other commands have their function keys, F1 shows them", "dim")])


def whole_guidance(sheet: Sheet, marks: Marks) -> list[Row]:
    """Return the guidance with what governs the criterion as well."""
    return [*guidance(sheet, marks), *(Row([(line, "dim")]) for line in rules(sheet.criterion))]


def guidance_title(sheet: Sheet) -> str:
    """Return where the open criterion stands on the card."""
    section = sheet.card.section_of(sheet.criterion.id).title
    parts = [f"{sheet.place + 1}/{len(sheet.asked)} {sheet.criterion.id}", section, set_apart(sheet.criterion)]
    return " - ".join(part for part in parts if part)


def progress(sheet: Sheet, *, total: bool) -> str:
    """Return how far a sheet is, and with ``total`` its score so far."""
    done = sum(map(sheet.done, sheet.asked))
    short = sum(lack.rule == "missing-evidence" for lack in sheet.missing)
    parts = [f"{done} of {len(sheet.asked)} done"]
    parts += [f"{short} without evidence"] if short else []
    if total and (score := sheet.so_far()) and score.score is not None:
        parts.append(f"so far {rounded(score.score, sheet.card.scoring.rounding)}")
    return ", ".join(parts)


def review(sheet: Sheet, marks: Marks) -> list[Row]:
    """Return every answer with its evidence, and what is missing in front of it."""
    return [_reviewed(sheet, each, marks) for each in sheet.asked]


def _reviewed(sheet: Sheet, criterion: Criterion, marks: Marks) -> Row:
    longest = max(len(each.id) for each in sheet.asked)
    answer, lack = sheet.answers.get(criterion.id, Answer("")), sheet.lacking(criterion)
    sign: Piece = (f"{marks.done} ", "done") if not lack else (f"{marks.lacks} ", "lacks")
    pieces: list[Piece] = [sign, (f"{criterion.id:<{longest}}  ", "bold")]
    pieces += [(f"{_said(sheet, criterion, answer.answer)}  ", "")] if answer.answer else []
    evidence = f"{answer.offset} {visible(answer.evidence)}".strip()
    pieces += [(f"{marks.quote} {evidence}  ", "quote")] if evidence else []
    pieces += [(f"{marks.comment} {visible(answer.comment)}  ", "quote")] if answer.comment else []
    return Row([*pieces, *([(lack, "lacks")] if lack else [])], longest + 4)


def signs(sheet: Sheet, marks: Marks) -> dict[int, str]:
    """Return what stands in front of turns, by their places: that they are quoted for the open criterion, or found by a rule."""
    found = {each.turn for each in sheet.suggested_for(sheet.criterion)}
    quoted = {turn.number for turn in sheet.turns if sheet.is_quoted(turn)} if sheet.answer.evidence else set()
    return {
        place: marks.quote if turn.number in quoted else marks.found
        for place, turn in enumerate(sheet.turns)
        if turn.number in found | quoted
    }


def all_keys() -> list[Row]:
    """Return every key with what it does."""
    wide = max(len(shown) for shown, _ in table()) + 2
    return [Row([(f"{shown:<{wide}}", "bold"), (does, "")], wide) for shown, does in table()]
