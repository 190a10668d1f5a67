"""Scoring at line prompts: one key per answer; back, evidence, comment, transcript, guidance, review, keep the draft.

It reads lines and writes lines, so that a screen reader, a pipe and a test use it as a person does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from qacli.files.text import visible
from qacli.model import QacliError
from qacli.monitor.observing.answers import Answer
from qacli.monitor.observing.guidance import anchors, rules, set_apart
from qacli.monitor.observing.sheet import Sheet
from qacli.monitor.observing.typed import Unwritable, clock, meant, offered, writable
from qacli.monitor.scoring.telling import rounded
from qacli.monitor.suggesting.suggestion import Spoken
from qacli.prepare.scorecards.scorecard import Criterion

HELP = "e evidence   c comment   b back   u undo   t transcript   ? guidance   r review   q keep draft"
SPELLED = MappingProxyType(
    {
        "back": "b",
        "<": "b",
        "evidence": "e",
        "comment": "c",
        "transcript": "t",
        "anchors": "?",
        "guidance": "?",
        "suggested": "s",
        "undo": "u",
        "review": "r",
        "keep": "q",
    }
)
"""What may be written out, and has to be where a letter is a point of the scale."""
ASIDE = re.compile(r"(t|transcript|e|evidence)(?: +([0-9]+)(?:-([0-9]+))?)?", re.IGNORECASE)
"""What is no evidence where evidence is asked for: a look at the transcript, or a line of it to quote."""
RECORD = "r records, a number opens that answer, q keeps the draft> "


class KeepDraft(Exception):
    """The evaluator stops; the draft stays."""


@dataclass
class Prompts:
    """One sheet being filled. ``ask`` returns a typed line, ``show`` writes one, ``keep`` saves the draft.

    With ``total`` the score so far is told after each answer.
    """

    sheet: Sheet
    ask: Callable[[str], str]
    show: Callable[[str], None]
    keep: Callable[[Sheet], None]
    total: bool = False
    _kept: Sheet = field(init=False)
    _reviewing: bool = field(init=False)
    _editing: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._kept, self._reviewing = self.sheet, not self.sheet.missing

    def run(self) -> Sheet:
        """Ask every criterion that lacks something, then show all for review; return the sheet that is to be recorded.

        Which criteria are asked is decided anew after each answer. Raises KeepDraft, EOFError.
        """
        if self.sheet.answers:
            done = sum(map(self.sheet.done, self.sheet.asked))
            self.show(f"draft: {done} of {len(self.sheet.asked)} answered; b goes back")
        self.show(_help(any(each.may_be_not_applicable for each in self.sheet.card.criteria())))
        while not (self._reviewing and self._review()):
            if not self._reviewing:
                self._one()
        return self.sheet

    def _one(self) -> None:
        """Ask the open criterion until it is answered, another is opened, or the review is wanted."""
        self._introduce()
        here = self.sheet.at
        while self.sheet.at == here and not self._reviewing:
            stands, measured = self.sheet.answer.answer, self.sheet.measured
            waits = f" ({measured.answer} measured, Enter confirms)" if measured else ""
            given = f" ({stands})" if stands else waits
            typed = self._typed(f"{offered(self.sheet.criterion, self.sheet.scale)}{given}> ")
            point = meant(typed, self.sheet.keys(), self.sheet.scale) if typed else stands
            try:
                if not typed and not stands and measured:
                    self._accept()
                elif point:
                    self._answer(point)
                elif typed:
                    self._aside(typed)
            except QacliError as wrong:
                self.show(f"  {wrong.message}")

    def _answer(self, point: str) -> None:
        """Enter an answer, ask for the evidence that it needs, and go on unless it is rather answered again."""
        earlier, self.sheet = self.sheet.answer, self.sheet.answered(point)
        if earlier.evidence and earlier.answer not in {"", point}:
            # what was written for another answer may not bear out this one
            self._evidence(f'for {earlier.answer} it was: "{visible(earlier.evidence)}"; ', "empty keeps it")
        why = "" if self.sheet.answer.evidence else self.sheet.why_evidence()
        if why:
            self._evidence(f"{why}; ", "empty: answer again")
        if lack := self.sheet.lacking(self.sheet.criterion):
            self.show(f"  {lack}" if not why else f"  {self.sheet.criterion.id} still lacks its evidence")
        else:
            self._go_on()

    def _go_on(self) -> None:
        if self.total and (score := self.sheet.so_far()) and score.score is not None:
            self.show(f"  so far {rounded(score.score, self.sheet.card.scoring.rounding)} of 100")
        last = self.sheet.place + 1 == len(self.sheet.asked)
        self._reviewing = not self.sheet.missing and (last or self._editing)
        if not self._reviewing:
            self.sheet = self.sheet.onward() if last or self._editing else self.sheet.by(1)

    def _aside(self, typed: str) -> None:
        """Do what is no answer. Raises KeepDraft, QacliError."""
        word, _, rest = typed.partition(" ")
        alone: dict[str, Callable[[], None]] = {
            "q": self._stop, "b": self._back, "u": self._undo, "r": self._to_review, "?": self._guidance,
            "c": self._comment, "s": self._accept, "e": lambda: self._evidence("", "02:41 in front sets the time"),
        }  # fmt: skip
        match SPELLED.get(word.casefold(), word.casefold()), rest.strip():
            case "t", lines:
                self._transcript(lines)
            case "e", number if number.isdecimal():
                self._quote(number)
            case key, "" if key in alone:
                alone[key]()
            case _:
                choice = offered(self.sheet.criterion, self.sheet.scale)
                self.show(f"  '{visible(typed)}' is none of {choice}; ? shows what each means")

    def _stop(self) -> None:
        raise KeepDraft

    def _back(self) -> None:
        self.sheet = self.sheet.by(-1)

    def _to_review(self) -> None:
        self._reviewing = True

    def _comment(self) -> None:
        self.sheet = self.sheet.commented(self._line("  comment> "))
        self._remark()

    def _accept(self) -> None:
        self.sheet = self.sheet.accepted()
        self._answer(self.sheet.answer.answer)

    def _undo(self) -> None:
        self.show(f"  taken back: {self.sheet.steps[-1].criterion}" if self.sheet.steps else "  nothing to take back")
        self.sheet = self.sheet.undone()

    # --- evidence ---

    def _evidence(self, why: str, hint: str) -> None:
        """Ask for evidence; the number of an offer takes its words, e 12 quotes line 12. Nothing typed changes nothing."""
        offers = self.sheet.offers()
        numbers = [str(number) for number in range(1, len(offers) + 1)]
        offer = f"{'/'.join(numbers)} takes its words; " if numbers else ""
        quote = "e 12 quotes line 12; " if self.sheet.turns else ""
        while text := self._line(f"  evidence ({why}{offer}{quote}{hint})> "):
            aside = ASIDE.fullmatch(text)
            if aside and aside[1][0].casefold() == "t":
                self._transcript(text.partition(" ")[2].strip())
            elif aside and aside[2] and not aside[3]:
                try:
                    self._quote(aside[2])
                except QacliError as wrong:
                    self.show(f"  {wrong.message}")
                    continue
                return
            elif text not in numbers and (len(text) == 1 or meant(text, self.sheet.keys(), self.sheet.scale)):
                self.show(f"  '{visible(text)}' is no evidence: write what was seen or heard")
            else:
                self.sheet = self.sheet.taken(int(text)) if text in numbers else self.sheet.evidenced(text)
                self._remark()
                return

    def _remark(self) -> None:
        """Ask about words of opinion; whether they stay is the evaluator's."""
        if remark := self.sheet.remark(self.sheet.criterion):
            self.show(f"  look again: {remark}")

    def _quote(self, number: str) -> None:
        self.sheet = self.sheet.quoted(int(number))
        time = f"{self.sheet.answer.offset} " if self.sheet.answer.offset else ""
        self.show(f"  evidence: {time}{visible(self.sheet.answer.evidence)}")

    def _transcript(self, lines: str) -> None:
        """Show the transcript: all of it, one line, some lines (10-20), or those that hold a word."""
        if not self.sheet.turns:
            self.show("  no transcript was found for this transaction")
        found = list(_looked_up(self.sheet.turns, lines))
        if self.sheet.turns and not found:
            self.show(f"  no line is '{visible(lines)}' or holds it")
        for turn in found:
            time = f"{clock(turn.seconds)} " if turn.seconds is not None else ""
            self.show(f"  {turn.number:>3} {time}{turn.role}: {visible(turn.text)}")

    # --- what is shown ---

    def _introduce(self) -> None:
        """Show a criterion with its anchors, and what was noted or found about it."""
        criterion = self.sheet.criterion
        mark = f"  {set_apart(criterion)}" if set_apart(criterion) else ""
        self.show(f"{self.sheet.place + 1}/{len(self.sheet.asked)} {criterion.id}  {criterion.observable}{mark}")
        for anchor in anchors(criterion, self.sheet.scale):
            if anchor.words:
                self.show(f"  {anchor.key}  {anchor.label}: {anchor.words}")
        for number, offer in enumerate(self.sheet.offers(), 1):
            lead = "noted " if offer.kind == "noted" else ""
            self.show(f"  {lead}[{number}] {offer.told}{'' if lead or self.sheet.measured else ', s takes it'}")
        if {"a", *SPELLED.values()} & {*self.sheet.scale.keys()}:
            self.show(f"  letters are points here; write out {', '.join(word for word in SPELLED if word.isalpha())}")

    def _guidance(self) -> None:
        criterion = self.sheet.criterion
        for anchor in anchors(criterion, self.sheet.scale):
            between = "" if self.sheet.scale.range_ else "between its neighbours"
            self.show(
                f"  {anchor.key}  {anchor.label}{': ' if anchor.words or between else ''}{anchor.words or between}"
            )
        for line in rules(criterion):
            self.show(f"  {line}")
        self.show(_help(criterion.may_be_not_applicable))

    # --- the review ---

    def _review(self) -> bool:
        """Show what is entered; return whether it is to be recorded. Raises KeepDraft."""
        for number, criterion in enumerate(self.sheet.asked, 1):
            self.show(f"{number:>3} {criterion.id}  {_entered(self.sheet, criterion)}")
        self._editing, self._reviewing = True, False
        while True:
            typed = self._typed(RECORD)
            if typed.isdecimal() and 1 <= int(typed) <= len(self.sheet.asked):
                self.sheet = self.sheet.moved(self.sheet.asked[int(typed) - 1].id)
                return False
            match SPELLED.get(typed.casefold(), typed.casefold()):
                case "q":
                    raise KeepDraft
                case "r" | "record" if self.sheet.missing:
                    self.show(f"  not yet: {self.sheet.missing[0].criterion}: {self.sheet.missing[0].message}")
                    self.sheet = self.sheet.moved(self.sheet.missing[0].criterion)
                    return False
                case "r" | "record":
                    self._reviewing = True
                    return True

    # --- typing ---

    def _typed(self, prompt: str) -> str:
        """Return what is typed. All that was entered before is kept before it is asked: nothing typed is lost."""
        if (self.sheet.answers, self.sheet.at) != (self._kept.answers, self._kept.at):
            self.keep(self.sheet)
            self._kept = self.sheet
        return self.ask(prompt).strip()

    def _line(self, prompt: str) -> str:
        while True:
            try:
                return writable(self._typed(prompt))
            except Unwritable as wrong:
                self.show(f"  {wrong.message}")


def _entered(sheet: Sheet, criterion: Criterion) -> str:
    """Return what is entered for a criterion in one line, and what it lacks."""
    answer = sheet.answers.get(criterion.id, Answer(""))
    quote = " ".join(part for part in (answer.offset, answer.evidence) if part)
    parts = [answer.answer, visible(quote), f"({visible(answer.comment)})" if answer.comment else ""]
    lack = sheet.lacking(criterion)
    return "  ".join([*(part for part in parts if part), *([f"LACKS: {lack}"] if lack else [])])


def _looked_up(turns: Sequence[Spoken], wanted: str) -> Iterator[Spoken]:
    """Yield the turns that are asked for: by number, from number to number, by a word, or all."""
    first, dash, last = wanted.partition("-")
    numbers = first.isdecimal() and (last.isdecimal() or not dash)
    for turn in turns:
        if numbers:
            if int(first) <= turn.number <= int(last or first):
                yield turn
        elif wanted.casefold() in turn.text.casefold():
            yield turn


def _help(may_be_not_applicable: bool) -> str:
    return f"  {'a N/A   ' if may_be_not_applicable else ''}{HELP}"
