"""Scoring at line prompts: one key per answer, back, evidence, comment, transcript, anchors, keep the draft.

It reads lines and writes lines, so that a screen reader, a pipe and a test use it as a person does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qacli.files.text import unsafe, visible
from qacli.monitor.answers import OFFSET, Answer, lacks_of, why_evidence
from qacli.monitor.observation import NOT_APPLICABLE
from qacli.prepare.scale import Scale
from qacli.prepare.scorecard import Criterion, Scorecard

HELP = "  a N/A   e evidence   c comment   b back   t transcript   ? anchors   q keep draft"


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

    def run(self) -> dict[str, Answer]:
        """Ask every criterion that has no answer yet, and return all answers. Raises KeepDraft, EOFError."""
        criteria = self.card.criteria()
        place = next((i for i, each in enumerate(criteria) if each.id not in self.answers), len(criteria))
        if place:
            self.show(f"draft: {place} of {len(criteria)} answered; b goes back")
        self.show(HELP)
        while place < len(criteria):
            place = max(0, place + self._one(place, criteria[place]))
        return self.answers

    def _one(self, place: int, criterion: Criterion) -> int:
        """Ask one criterion until it is answered; return the step to the next: 1, or -1 for back."""
        scale = self.scales[criterion.scale]
        keys = {**scale.keys(), **({"a": NOT_APPLICABLE} if criterion.may_be_not_applicable else {})}
        mark = f"  [critical: {criterion.critical}]" if criterion.critical != "none" else ""
        self.show(f"{place + 1}/{len(self.card.criteria())} {criterion.id}  {criterion.observable}{mark}")
        earlier = self.answers.get(criterion.id, Answer(""))
        while True:
            given = f" ({earlier.answer})" if earlier.answer else ""
            typed = self.ask(f"{'/'.join(keys)}{given}> ").strip()
            if not typed and earlier.answer:
                typed = next(key for key, point in keys.items() if point == earlier.answer)
            if typed in {"b", "<"}:
                return -1
            if typed in keys:
                answer = self._with_evidence(criterion, scale, earlier._replace(answer=keys[typed]))
                if answer:
                    self.answers[criterion.id] = answer
                    self.save(self.answers)
                    return 1
            else:
                earlier = self._aside(typed, criterion, scale, earlier, keys)

    def _with_evidence(self, criterion: Criterion, scale: Scale, answer: Answer) -> Answer | None:
        """Ask for the evidence that the answer needs; None where the evaluator would rather answer again."""
        why = "" if answer.evidence else why_evidence(criterion, scale, answer.answer)
        if why:
            text = self._line(f"  evidence ({why}; empty: answer again)> ")
            if not text:
                return None
            answer = _timed(answer._replace(evidence=text))
        wrong = lacks_of(criterion, scale, answer)
        for lack in wrong:
            self.show(f"  {lack.message}")
        return None if wrong else answer

    def _aside(self, typed: str, criterion: Criterion, scale: Scale, earlier: Answer, keys: Mapping[str, str]) -> Answer:
        if typed == "q":
            self.save(self.answers)
            raise KeepDraft
        if typed == "?":
            for point in scale.points:
                label = "" if point.label == point.point.replace("_", " ") else f" ({point.label})"
                self.show(f"  {point.point}{label}: {criterion.anchors.get(point.point, 'between its neighbours')}")
            self.show(f"  N/A: {criterion.not_applicable}   procedure: {criterion.procedure}")
            self.show(HELP)
        elif typed == "t" or typed.startswith("t "):
            self._transcript(typed[1:].strip())
        elif typed == "e":
            return _timed(earlier._replace(evidence=self._line("  evidence (02:41 in front sets the time)> ")))
        elif typed == "c":
            return earlier._replace(comment=self._line("  comment> "))
        else:
            self.show(f"  '{visible(typed)}' is none of {'/'.join(keys)}; ? shows what each means")
        return earlier

    def _line(self, prompt: str) -> str:
        while True:
            text = self.ask(prompt).strip()
            if not unsafe(text, layout=False):
                return text
            self.show("  that holds characters that cannot be seen; type it again")

    def _transcript(self, number: str) -> None:
        if not self.transcript:
            self.show("  no transcript was found for this transaction")
        turns = [turn for turn in self.transcript if not number or str(turn.number) == number]
        for turn in turns:
            time = f"{turn.seconds // 60:02}:{turn.seconds % 60:02} " if turn.seconds is not None else ""
            self.show(f"  {turn.number:>3} {time}{turn.role}: {visible(turn.text)}")


def _timed(answer: Answer) -> Answer:
    """Take a time that stands in front of the evidence as its offset."""
    first, _, rest = answer.evidence.partition(" ")
    return answer._replace(offset=first, evidence=rest.strip()) if OFFSET.fullmatch(first) and rest else answer
