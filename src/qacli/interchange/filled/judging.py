"""Judging what was handed in against the item as it stands: which form it was, what each answer means, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.faults import Fault
from qacli.interchange.filled.handed import Given, Handed, point
from qacli.monitor.observing.answers import Answer, Lack, lacks
from qacli.monitor.observing.blank import origin
from qacli.monitor.observing.evaluation import Form
from qacli.monitor.observing.sheet import NoSuchTurn, Sheet
from qacli.monitor.observing.typed import Unwritable, clock, writable

if TYPE_CHECKING:
    from qacli.monitor.observing.blank import Origin

LONGEST = 4000
"""Characters of evidence or of a comment."""
UNFINISHED = frozenset({"missing-answer", "missing-evidence"})
"""Lacks of a form that is not finished; all others are faults of what was entered."""
PLACES = {"bad-offset": "offset", "missing-evidence": "evidence", "unknown-criterion": "answer"}


class Judged(NamedTuple):
    """One form as it can be recorded: its sheet filled in, what it lacks, what is wrong with it, what else is to be told."""

    handed: Handed
    sheet: Sheet
    lacks: Sequence[Lack]
    faults: Sequence[Fault]
    told: Sequence[str]
    same_suggested: bool

    @property
    def form(self) -> Form:
        """The form as evaluation takes it."""
        answers = _given(self.sheet) if self.handed.origin else self.sheet.answers
        suggested = self.sheet.suggested if self.same_suggested else ()
        return Form(self.handed.item, answers, self.handed.entered, suggested)


def judge(handed: Handed, sheet: Sheet, evaluator: str) -> Judged:
    """Return a form judged against a sheet of its item with nothing entered. Nothing is raised: all faults are returned.

    A file that a program wrote comes whole or not at all, and what it lacks is left to evaluation to refuse.
    """
    made, now = handed.origin, origin(sheet, evaluator)
    faults = list(_another(handed, made, now)) if made else []
    if faults:
        return Judged(handed, sheet, (), faults, (), same_suggested=False)
    answers, wrong = _answers(handed, sheet)
    closed = _closed(replace(sheet, answers=answers)) if made else []
    filled = replace(sheet, answers={name: given for name, given in answers.items() if name not in closed})
    moved = made is not None and made.transcript_hash != now.transcript_hash
    filled, more = _quoted(handed, filled, moved=moved)
    told = [f"{handed.item}: {name} is left out, {_condition(sheet, name)}" for name in closed]
    if not made:
        return Judged(handed, filled, (), [*wrong, *more], told, same_suggested=False)
    same = made.suggested_hash == now.suggested_hash
    if not same:
        told.append(f"{handed.item}: rules have changed since the form was made; what they suggested is not recorded")
    found = lacks(sheet.card, sheet.scales.__getitem__, _given(filled))
    faults = [*wrong, *more, *(_fault_of(handed, lack) for lack in found if lack.rule not in UNFINISHED)]
    return Judged(handed, filled, [lack for lack in found if lack.rule in UNFINISHED], faults, told, same)


def _given(sheet: Sheet) -> dict[str, Answer]:
    return {name: given for name, given in sheet.answers.items() if given.answer}


def _another(handed: Handed, made: Origin, now: Origin) -> Iterator[Fault]:
    """Yield what keeps a form from being taken at all: another person's, or another card's."""
    if made.evaluator != now.evaluator:
        yield handed.fault(
            "form-of-another",
            f"the form of {handed.item} was made for {made.evaluator}, not for {now.evaluator}",
            f"hand it in for the person who filled it in: --as {made.evaluator}",
        )
    if (made.card, made.card_hash) != (now.card, now.card_hash):
        shows = (
            f"{made.card}, and the item is scored by {now.card}" if made.card != now.card else f"{now.card} as it was"
        )
        yield handed.fault(
            "changed-form",
            f"the form of {handed.item} shows {shows}",
            f"the card was changed since; write the form anew: qacli score {handed.item} --form html, or --form xlsx",
        )


def _answers(handed: Handed, sheet: Sheet) -> tuple[dict[str, Answer], list[Fault]]:
    """Return the answers as records hold them, and what is wrong with their texts."""
    scales = {criterion.id: sheet.scales[criterion.scale] for criterion in sheet.card.criteria()}
    found: dict[str, Answer] = {}
    faults: list[Fault] = []
    for name, given in handed.answers.items():
        answer = point(given.answer, scales[name]) if name in scales else given.answer
        texts = {"evidence": given.evidence, "offset": given.offset, "comment": given.comment}
        if handed.origin:
            texts = {part: text.strip() for part, text in texts.items()}
            faults += _unwritable(given, texts)
        if answer or any(texts.values()) or given.lines or not handed.origin:
            found[name] = Answer(answer, **texts)
    return found, faults


def _closed(sheet: Sheet) -> list[str]:
    """Return the criteria that were answered and that the other answers close."""
    asked = {criterion.id for criterion in sheet.asked}
    return [each.id for each in sheet.card.criteria() if each.id in sheet.answers and each.id not in asked]


def _condition(sheet: Sheet, name: str) -> str:
    opened = sheet.card.criterion(name).only_if
    return opened.in_words() if opened else ""


def _unwritable(given: Given, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what no record may hold. What is said of it holds nothing of the text."""
    for part, text in texts.items():
        if len(text) > LONGEST:
            message = f"{len(text):,} characters; {LONGEST:,} at most"
            yield given.fault(part, "too-long", message, "say it shorter: the fact, and where it is seen")
        try:
            writable(text)
        except Unwritable as why:
            message = why.message.partition(";")[0]
            yield given.fault(part, "unwritable", message, "take it out and hand the form in again")


def _quoted(handed: Handed, sheet: Sheet, *, moved: bool) -> tuple[Sheet, list[Fault]]:
    """Return the sheet with the words of the lines that were named as evidence, and what is wrong with those."""
    faults = []
    for criterion in sheet.asked:
        given = handed.answers.get(criterion.id)
        if not given or not given.lines:
            continue
        if moved:
            message = "the conversation is not the one that the form showed, so its lines are others"
            faults.append(
                given.fault("lines", "changed-transcript", message, "name the lines of the new one, or write the words")
            )
            continue
        before = sheet
        try:
            for number in dict.fromkeys(given.lines):
                sheet = sheet.moved(criterion.id).quoted(number)
        except (NoSuchTurn, Unwritable) as why:
            faults.append(
                given.fault("lines", "no-such-line", why.message, "name a line of the conversation, by its number")
            )
            sheet = before
            continue
        sheet = _timed(sheet, criterion.id, given)
    return sheet, faults


def _timed(sheet: Sheet, criterion: str, given: Given) -> Sheet:
    """Return the sheet with the time of the first line where none was stated."""
    answer = sheet.answers[criterion]
    first = next((turn.seconds for turn in sheet.turns if turn.number == given.lines[0]), None)
    return replace(
        sheet, answers={**sheet.answers, criterion: answer._replace(offset=given.offset.strip() or clock(first))}
    )


def _fault_of(handed: Handed, lack: Lack) -> Fault:
    given = handed.answers.get(lack.criterion)
    if given is None:
        return handed.fault(lack.rule, f"{lack.criterion}: {lack.message}", "")
    return given.fault(PLACES.get(lack.rule, "answer"), lack.rule, lack.message, "")
