"""Scoring at line prompts: one key per answer, back, evidence, comment, transcript, anchors, keep the draft.

It reads lines and writes lines, so that a screen reader, a pipe and a test use it as a person does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from qacli.files.cards import card_numbers
from qacli.files.text import unsafe, visible
from qacli.monitor.observing.answers import OFFSET, Answer, lacks_of, why_evidence
from qacli.monitor.observing.observation import NOT_APPLICABLE, Note
from qacli.monitor.suggesting.suggestion import Suggestion, filled
from qacli.prepare.scorecards.conditions import asked
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Criterion, Scorecard

HELP = "e evidence   c comment   b back   t transcript   ? anchors   q keep draft"
SPELLED = MappingProxyType(
    {"back": "b", "evidence": "e", "comment": "c", "transcript": "t", "anchors": "?", "keep": "q"}
)
"""What may be written out, and has to be where a letter is a point of the scale."""


class KeepDraft(Exception):
    """The evaluator stops; the draft stays."""


@dataclass
class Prompts:
    """One form being filled. ``ask`` returns a typed line, ``show`` writes one, ``save`` keeps the draft."""

    card: Scorecard
    scales: Mapping[str, Scale]
    answers: dict[str, Answer]
    ask: Callable[[str], str]
    show: Callable[[str], None]
    save: Callable[[dict[str, Answer]], None]
    transcript: Sequence[Any] = field(default=())
    notes: Sequence[Note] = field(default=())
    suggested: Sequence[Suggestion] = field(default=())

    def run(self) -> dict[str, Answer]:
        """Ask every criterion that has no full answer yet, and return the answers to all that are asked.

        Which these are is decided anew after each answer. Raises KeepDraft, EOFError.
        """
        criteria = self.card.criteria()
        # a draft may be of another day, or edited by hand
        self.answers = {each.id: self.answers[each.id] for each in criteria if each.id in self.answers}
        open_ = self._asked()
        place = self._first_lacking(open_)
        if self.answers:
            self.show(f"draft: {place} of {len(open_)} answered; b goes back")
        self.show(_help(any(each.may_be_not_applicable for each in criteria)))
        while place < len(open_):
            step = self._one(place, open_)
            open_ = self._asked()
            place = max(0, place + step)
            if step > 0 and place >= len(open_):
                place = self._first_lacking(open_)
        return {each.id: self.answers[each.id] for each in open_}

    def _asked(self) -> Sequence[Criterion]:
        """Return the criteria that the answers so far leave to be asked; conditions only look back on the card."""
        return asked(self.card, {name: given.answer for name, given in self.answers.items()})

    def _first_lacking(self, criteria: Sequence[Criterion]) -> int:
        return next((i for i, each in enumerate(criteria) if not self._full(each)), len(criteria))

    def _full(self, criterion: Criterion) -> bool:
        """Return whether a criterion has an answer that lacks nothing."""
        answer = self.answers.get(criterion.id)
        return answer is not None and not lacks_of(criterion, self.scales[criterion.scale], answer)

    def _one(self, place: int, criteria: Sequence[Criterion]) -> int:
        """Ask one criterion until it is answered; return the step to the next: 1, or -1 for back."""
        criterion = criteria[place]
        scale = self.scales[criterion.scale]
        keys = keys_of(criterion, scale)
        self._introduce(place, criteria)
        if {"a", *SPELLED.values()} & scale.keys().keys():
            self.show(f"  letters are points here; write out {', '.join(SPELLED)}")
        earlier = self._filled(criterion, self.answers.get(criterion.id, Answer("")))
        offered = ", or ".join([scale.in_words, *keys]) if scale.range_ else "/".join(keys)
        while True:
            measured = "" if criterion.id in self.answers or not earlier.answer else " measured, Enter confirms"
            given = f" ({earlier.answer}{measured})" if earlier.answer else ""
            typed = self.ask(f"{offered}{given}> ").strip()
            if not typed:
                kept = earlier.answer if scale.range_ else ""
                typed = next((key for key, point in keys.items() if point == earlier.answer), kept)
            point = meant(typed, keys, scale)
            typed = SPELLED.get(typed.casefold(), typed)
            if not point and typed.casefold() in {"b", "<"}:
                return -1
            if point:
                answer = self._with_evidence(criterion, scale, earlier, point)
                if answer:
                    self.answers[criterion.id] = answer
                    self.save(self.answers)
                    return 1
            else:
                earlier = self._aside(typed, criterion, scale, earlier, offered)

    def _filled(self, criterion: Criterion, earlier: Answer) -> Answer:
        """Return what was measured as the answer to confirm, where nothing was answered yet."""
        found = filled(criterion.id, self.suggested)
        if earlier.answer or found is None:
            return earlier
        return earlier._replace(answer=found.answer, evidence=earlier.evidence or found.words)

    def _introduce(self, place: int, criteria: Sequence[Criterion]) -> None:
        """Show a criterion, and what was noted about it while watching."""
        criterion = criteria[place]
        mark = f"  [critical: {criterion.critical}]" if criterion.critical != "none" else ""
        mark += "  [bonus]" if criterion.bonus else ""
        self.show(f"{place + 1}/{len(criteria)} {criterion.id}  {criterion.observable}{mark}")
        for number, note in enumerate(self._notes(criterion), start=1):
            self.show(
                f"  noted [{number}] {' '.join(part for part in (note.offset, note.polarity) if part)} {note.fact}"
            )
        for number, each in enumerate(self._suggested(criterion), start=len(self._notes(criterion)) + 1):
            where = f", turn {each.turn}" if each.turn else ""
            says = (
                f"measured {each.words}: {each.answer}"
                if each.measure
                else f"suggests {each.answer}: {visible(each.words)}{where}"
            )
            self.show(f"  [{number}] {each.source} {says}; you decide")

    def _with_evidence(self, criterion: Criterion, scale: Scale, earlier: Answer, point: str) -> Answer | None:
        """Ask for the evidence that an answer needs; None where the evaluator would rather answer again."""
        answer = earlier._replace(answer=point)
        found = filled(criterion.id, self.suggested)
        if found and point != found.answer and answer.evidence == found.words:
            answer = answer._replace(evidence="")  # where it was measured does not bear out another answer
        if answer.evidence and earlier.answer not in {"", point}:
            # what was written for another answer may not bear out this one
            text = self._line(f'  evidence so far: "{visible(answer.evidence)}" (empty keeps it)> ')
            answer = _timed(answer._replace(evidence=text, offset="")) if text else answer
        why = "" if answer.evidence else why_evidence(criterion, scale, point)
        if why:
            noted = self._evidence(criterion, f"{why}; ", "empty: answer again")
            if not noted.evidence:
                return None
            answer = answer._replace(evidence=noted.evidence, offset=noted.offset or answer.offset)
        wrong = lacks_of(criterion, scale, answer)
        for lack in wrong:
            self.show(f"  {lack.message}")
        return None if wrong else answer

    def _aside(self, typed: str, criterion: Criterion, scale: Scale, earlier: Answer, offered: str) -> Answer:
        key, rest = typed[:1].casefold(), typed[1:]
        if key == "q" and not rest:
            self.save(self.answers)
            raise KeepDraft
        if typed == "?":
            for point, label in scale.places:
                called = "" if label == point.replace("_", " ") else f" ({label})"
                said = criterion.anchors.get(point, "" if scale.range_ else "between its neighbours")
                self.show(f"  {point}{called}{': ' if said else ''}{said}")
            measure = f"   measure: {criterion.filled_from}" if criterion.filled_from else ""
            self.show(f"  N/A: {criterion.not_applicable}   procedure: {criterion.procedure}{measure}")
            self.show(_help(criterion.may_be_not_applicable))
        elif key == "t" and rest[:1] in {"", " "}:
            self._transcript(rest.strip())
        elif key == "e" and not rest:
            noted = self._evidence(criterion, "", "02:41 in front sets the time")
            return self._kept(criterion, earlier._replace(evidence=noted.evidence, offset=noted.offset))
        elif key == "c" and not rest:
            return self._kept(criterion, earlier._replace(comment=self._line("  comment> ")))
        elif typed:
            self.show(f"  '{visible(typed)}' is none of {offered}; ? shows what each means")
        return earlier

    def _kept(self, criterion: Criterion, answer: Answer) -> Answer:
        """Keep what was written before its answer is given: nothing typed is lost."""
        self.answers[criterion.id] = answer
        self.save(self.answers)
        return answer

    def _notes(self, criterion: Criterion) -> Sequence[Note]:
        return [note for note in self.notes if note.criterion == criterion.id]

    def _evidence(self, criterion: Criterion, why: str, hint: str) -> Answer:
        """Ask for evidence; the number of a note takes the note. Empty where nothing was typed."""
        notes = {
            str(number): Answer("", words, offset)
            for number, (words, offset) in enumerate(self._offered(criterion), start=1)
        }
        offer = f"{'/'.join(notes)} takes its words; " if notes else ""
        text = self._line(f"  evidence ({why}{offer}{hint})> ")
        return notes.get(text) or _timed(Answer("", text))

    def _suggested(self, criterion: Criterion) -> Sequence[Suggestion]:
        return [each for each in self.suggested if each.criterion == criterion.id]

    def _offered(self, criterion: Criterion) -> Iterator[tuple[str, str]]:
        """Yield words that may be taken as evidence by their number, each with its offset."""
        times = {turn.number: turn.seconds for turn in self.transcript}
        yield from ((note.fact.text, note.offset) for note in self._notes(criterion))
        for each in self._suggested(criterion):
            seconds = times.get(each.turn)
            yield each.words, "" if seconds is None else f"{seconds // 60:02}:{seconds % 60:02}"

    def _line(self, prompt: str) -> str:
        while True:
            text = self.ask(prompt).strip()
            if unsafe(text, layout=False):
                self.show("  that holds characters that cannot be seen; type it again")
            elif card_numbers(text):
                # before the draft is saved: it is a file like any other
                self.show("  that holds what looks like a payment card number; type it again without the number")
            else:
                return text

    def _transcript(self, number: str) -> None:
        if not self.transcript:
            self.show("  no transcript was found for this transaction")
        turns = [turn for turn in self.transcript if not number or str(turn.number) == number]
        for turn in turns:
            time = f"{turn.seconds // 60:02}:{turn.seconds % 60:02} " if turn.seconds is not None else ""
            self.show(f"  {turn.number:>3} {time}{turn.role}: {visible(turn.text)}")


def keys_of(criterion: Criterion, scale: Scale) -> dict[str, str]:
    """Return the answers by the key to press, not applicable among them where the card allows it."""
    keys = scale.keys()
    away = {"na" if "a" in keys else "a": NOT_APPLICABLE} if criterion.may_be_not_applicable else {}
    return {**keys, **away}


def meant(typed: str, keys: Mapping[str, str], scale: Scale) -> str:
    """Return the point that was typed: by its key, its name or its label, in small letters or capitals, yes or no.

    A number stands for itself as records hold it.
    Empty where it is none of them. ``keys`` are the points by their keys, na among them where it may be given.
    """
    word = typed.casefold()
    names = {point.casefold(): point for point in keys.values()}
    labels = Counter(point.label.casefold() for point in scale.points)
    called = {point.label.casefold(): point.point for point in scale.points if labels[point.label.casefold()] == 1}
    away = NOT_APPLICABLE if NOT_APPLICABLE in names else ""
    spoken = {"yes": keys.get("y", ""), "no": keys.get("n", ""), "n/a": away}
    # a key comes before a name: on a scale of points named 0 to 4 the key 1 stands for the worst
    return keys.get(word) or names.get(word) or called.get(word) or spoken.get(word) or scale.read(word)


def _help(may_be_not_applicable: bool) -> str:
    return f"  {'a N/A   ' if may_be_not_applicable else ''}{HELP}"


def _timed(answer: Answer) -> Answer:
    """Take a time that stands in front of the evidence as its offset."""
    first, _, rest = answer.evidence.partition(" ")
    return answer._replace(offset=first, evidence=rest.strip()) if OFFSET.fullmatch(first) and rest else answer
