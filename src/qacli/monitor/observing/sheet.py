"""The scoring sheet: everything that is entered about one item, whatever it is entered with.

Prompts, the full screen and forms fill the same sheet. A sheet never changes: each entry returns the next one, so that what
is shown, what is kept as a draft and what can be taken back are the same thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from qacli.files.text import one_line, visible
from qacli.model import QacliError
from qacli.monitor.observing.answers import NO_ANSWER, Answer, Lack, lacks, lacks_of, why_evidence
from qacli.monitor.observing.observation import Note
from qacli.monitor.observing.opinion import Opinion, opined
from qacli.monitor.observing.typed import clock, keys_of, timed, untimed, writable
from qacli.monitor.scoring.score import Score, score
from qacli.monitor.suggesting.suggestion import Spoken, Suggestion, filled
from qacli.prepare.scorecards.conditions import asked
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Criterion, Scorecard

LONGEST_QUOTE = 400
"""Characters of one turn that a quotation takes: an e-mail is one turn."""


class NoSuchTurn(QacliError):
    """A turn of the transcript was named that is not there."""

    def __init__(self, number: str, turns: Sequence[Spoken]) -> None:
        there = f"its lines are {turns[0].number} to {turns[-1].number}" if turns else "there is no transcript"
        super().__init__(f"the transcript has no line {number}: {there}")


class NothingSuggested(QacliError):
    """There is no one suggestion to take."""


class Step(NamedTuple):
    """One entry as it can be taken back: the criterion, and what stood there before; None for nothing."""

    criterion: str
    before: Answer | None


class Typing(NamedTuple):
    """A text that is being typed: the comment or the evidence of the criterion that the sheet stands at."""

    what: str
    text: str


class Offer(NamedTuple):
    """Words that may be taken as evidence by their number: noted while watching, or found by a rule."""

    words: str
    offset: str
    kind: str  # noted or suggested
    told: str


@dataclass(frozen=True)
class Sheet:
    """One item being scored. ``at`` is the criterion that stands open, ``line`` the turn of the transcript that was read
    last, 0 for none; ``steps`` are the entries so far, oldest first.

    ``answers`` may hold more than is asked: what an answer closed comes back when it opens again.
    """

    card: Scorecard
    scales: Mapping[str, Scale]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    at: str = ""
    line: int = 0
    steps: tuple[Step, ...] = ()
    typing: Typing | None = None
    turns: Sequence[Spoken] = ()
    notes: Sequence[Note] = ()
    suggested: Sequence[Suggestion] = ()
    opinions: Sequence[Opinion] = ()

    # --- what there is to see ---

    @cached_property
    def asked(self) -> tuple[Criterion, ...]:
        """The criteria that the answers so far leave to be asked, in order of the card."""
        return asked(self.card, {name: given.answer for name, given in self.answers.items()})

    @cached_property
    def place(self) -> int:
        """Where the sheet stands among the criteria that are asked, from 0."""
        return next((place for place, each in enumerate(self.asked) if each.id == self.at), 0)

    @property
    def criterion(self) -> Criterion:
        """The criterion that stands open."""
        return self.asked[self.place]

    @property
    def scale(self) -> Scale:
        """The scale of the criterion that stands open."""
        return self.scales[self.criterion.scale]

    @property
    def answer(self) -> Answer:
        """What is entered for the criterion that stands open."""
        return self.answers.get(self.criterion.id, Answer(""))

    @cached_property
    def given(self) -> dict[str, Answer]:
        """The answers to what is asked, in order of the card: what is recorded once nothing is missing."""
        return {each.id: self.answers[each.id] for each in self.asked if self.answers.get(each.id, Answer("")).answer}

    @cached_property
    def missing(self) -> tuple[Lack, ...]:
        """What the sheet still lacks before it can be recorded, in order of the card."""
        return tuple(lacks(self.card, self.scales.__getitem__, self.given))

    def lacking(self, criterion: Criterion) -> str:
        """Return what one criterion lacks, in words; empty where it is done."""
        answer = self.answers.get(criterion.id, Answer(""))
        if not answer.answer:
            return "no answer yet"
        wrong = lacks_of(criterion, self.scales[criterion.scale], answer, self.card.evidence)
        return "; ".join(lack.message for lack in wrong)

    def remark(self, criterion: Criterion) -> str:
        """Return what to ask oneself about the words of a criterion: opinion, a time that is none; empty for nothing."""
        answer = self.answers.get(criterion.id, Answer(""))
        said = [each.in_words() for each in opined(f"{answer.evidence} / {answer.comment}", self.opinions)]
        if time := untimed(answer.evidence):
            said.append(f"{time} is no time from the start, such as 02:41, and stays among the words")
        return "; ".join(said)

    def done(self, criterion: Criterion) -> bool:
        """Return whether a criterion has an answer that lacks nothing."""
        return not self.lacking(criterion)

    def why_evidence(self, point: str = "") -> str:
        """Return why an answer to the open criterion (the one given, if left out) needs evidence; empty if it need not."""
        point = point or self.answer.answer
        return why_evidence(self.criterion, self.scale, point, self.card.evidence) if point else ""

    def keys(self) -> dict[str, str]:
        """Return the answers to the open criterion by the key to press."""
        return keys_of(self.criterion, self.scale)

    def notes_on(self, criterion: Criterion) -> Sequence[Note]:
        """Return what was noted about a criterion while watching."""
        return [note for note in self.notes if note.criterion == criterion.id]

    def suggested_for(self, criterion: Criterion) -> Sequence[Suggestion]:
        """Return what rules suggest for a criterion."""
        return [each for each in self.suggested if each.criterion == criterion.id]

    @property
    def measured(self) -> Suggestion | None:
        """What was measured for the open criterion, to be confirmed; None where nothing was."""
        return filled(self.criterion.id, self.suggested)

    def offers(self) -> list[Offer]:
        """Return what may be taken as evidence of the open criterion by its number, counted from 1."""
        return [*self._noted(), *self._found()]

    def _noted(self) -> Iterator[Offer]:
        for note in self.notes_on(self.criterion):
            marks = " ".join(part for part in (note.offset, note.polarity) if part)
            yield Offer(note.fact.text, note.offset, "noted", f"{marks} {visible(note.fact.text)}".strip())

    def _found(self) -> Iterator[Offer]:
        times = {turn.number: turn.seconds for turn in self.turns}
        for each in self.suggested_for(self.criterion):
            where = f", turn {each.turn}" if each.turn else ""
            says = f"suggests {each.answer}: {visible(each.words)}{where}"
            says = f"measured {each.words}: {each.answer}" if each.measure else says
            yield Offer(each.words, clock(times.get(each.turn or 0)), "suggested", f"{each.source} {says}; you decide")

    def is_quoted(self, turn: Spoken) -> bool:
        """Return whether the words of a turn are part of the evidence of the open criterion."""
        begins = turn.text.split(maxsplit=1)[:1]
        # thousands of turns are asked at every key: most are told by their first word
        return f"{turn.role}: {''.join(begins)}" in self.answer.evidence and _words(turn) in self.answer.evidence

    def so_far(self) -> Score | None:
        """Return the score of what is answered so far, as if the card asked nothing else; None where nothing is."""
        answers = {each.id: self.given[each.id].answer for each in self.asked if self._stands(each)}
        sections = [
            section.model_copy(update={"criteria": here})
            for section in self.card.sections
            if (here := tuple(each for each in section.criteria if each.id in answers))
        ]
        if not sections:
            return None
        return score(self.card.model_copy(update={"sections": tuple(sections)}), self.scales.__getitem__, answers)

    def _stands(self, criterion: Criterion) -> bool:
        """Return whether a criterion is answered, though its evidence may still be lacking."""
        answer = self.given.get(criterion.id)
        wrong = lacks_of(criterion, self.scales[criterion.scale], answer) if answer else []
        return answer is not None and not any(lack.rule in NO_ANSWER for lack in wrong)

    # --- moving: nothing is entered ---

    def moved(self, criterion: str) -> Sheet:
        """Return the sheet with another criterion open; one that is not asked leaves it where it is."""
        return replace(self, at=criterion) if any(each.id == criterion for each in self.asked) else self

    def by(self, step: int) -> Sheet:
        """Return the sheet some criteria further, or back, and no further than the first and the last."""
        place = min(max(self.place + step, 0), len(self.asked) - 1)
        return replace(self, at=self.asked[place].id)

    def onward(self) -> Sheet:
        """Return the sheet at the next criterion that lacks something, from the top again after the last."""
        order = [*self.asked[self.place + 1 :], *self.asked[: self.place + 1]]
        return next((replace(self, at=each.id) for each in order if not self.done(each)), self)

    def begun(self) -> Sheet:
        """Return the sheet where work goes on: where it stopped, else at the first criterion that lacks something."""
        if any(each.id == self.at for each in self.asked):
            return self
        return next((replace(self, at=each.id) for each in self.asked if not self.done(each)), self.by(0))

    # --- entering: each entry can be taken back ---

    def answered(self, point: str) -> Sheet:
        """Return the sheet with the open criterion answered; evidence and comment stay.

        Only where it was measured is no evidence for another answer than the measured one.
        """
        answer, measured = self.answer._replace(answer=point), self.measured
        if measured and point != measured.answer and answer.evidence == measured.words:
            answer = answer._replace(evidence="", offset="")
        return self._entered(answer)

    def evidenced(self, text: str, offset: str = "") -> Sheet:
        """Return the sheet with evidence for the open criterion; a time in front of the text is its offset.

        Raises Unwritable.
        """
        found = timed(writable(text))
        return self._entered(self.answer._replace(evidence=found.text, offset=offset or found.offset))

    def taken(self, number: int) -> Sheet:
        """Return the sheet with the words of an offer as evidence. Raises IndexError."""
        offer = self.offers()[number - 1]
        return self._entered(self.answer._replace(evidence=offer.words, offset=offer.offset))

    def quoted(self, number: int) -> Sheet:
        """Return the sheet with a turn of the transcript as evidence, behind what is quoted already.

        Raises NoSuchTurn, Unwritable.
        """
        turn = next((turn for turn in self.turns if turn.number == number), None)
        if turn is None:
            raise NoSuchTurn(str(number), self.turns)
        time, before, words = clock(turn.seconds), self.answer, _words(turn)
        if not before.evidence:
            return self._entered(before._replace(evidence=words if time else f"line {number}, {words}", offset=time))
        if self.is_quoted(turn):
            return self
        return self._entered(before._replace(evidence=f"{before.evidence} / {time or f'line {number},'} {words}"))

    def commented(self, text: str) -> Sheet:
        """Return the sheet with a comment on the open criterion. Raises Unwritable."""
        return self._entered(self.answer._replace(comment=writable(text)))

    def accepted(self) -> Sheet:
        """Return the sheet with what is suggested for the open criterion as its answer, and its words as evidence.

        Raises NothingSuggested, also where rules disagree.
        """
        found = [self.measured] if self.measured else self.suggested_for(self.criterion)
        if len({each.answer for each in found}) != 1:
            raise NothingSuggested("the rules disagree: answer it yourself" if found else "nothing is suggested here")
        offset = next(offer.offset for offer in self._found() if offer.words == found[0].words)
        kept = self.answer.evidence
        words, offset = (kept, self.answer.offset) if kept else (found[0].words, offset)
        return self._entered(self.answer._replace(answer=found[0].answer, evidence=words, offset=offset))

    def undone(self) -> Sheet:
        """Return the sheet as it was before the last entry, its criterion open; unchanged where nothing was entered."""
        if not self.steps:
            return self
        *rest, last = self.steps
        answers = {name: given for name, given in self.answers.items() if name != last.criterion}
        if last.before is not None:
            answers[last.criterion] = last.before
        return replace(self, answers=answers, steps=tuple(rest), at=last.criterion, typing=None)

    def reading(self, line: int) -> Sheet:
        """Return the sheet with another turn of the transcript as the one that was read last."""
        return replace(self, line=line)

    def typed(self, what: str, text: str) -> Sheet:
        """Return the sheet with a text that is not finished yet; empty words end it."""
        return replace(self, typing=Typing(what, text) if what else None)

    def _entered(self, answer: Answer) -> Sheet:
        name = self.criterion.id
        before = self.answers.get(name)
        if answer == (before or Answer("")):
            return replace(self, at=name, typing=None)
        return replace(
            self, answers={**self.answers, name: answer}, steps=(*self.steps, Step(name, before)), at=name, typing=None
        )


def _words(turn: Spoken) -> str:
    """Return the words of a turn as a quotation. Raises Unwritable."""
    words = writable(one_line(visible(f"{turn.role}: {turn.text}", layout=True)))
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE].rstrip()} ..."


def resumed(
    sheet: Sheet, answers: Mapping[str, Answer], at: str = "", steps: Sequence[Step] = (), line: int = 0
) -> Sheet:
    """Return a sheet with what a draft holds. A draft may be of another day, or edited: what the card has not is left out."""
    known = [criterion.id for criterion in sheet.card.criteria()]
    return replace(
        sheet,
        answers={name: answers[name] for name in known if name in answers},
        at=at,
        line=line if any(turn.number == line for turn in sheet.turns) else 0,
        steps=tuple(step for step in steps if step.criterion in known),
    ).begun()
