"""The whole account of one score: each criterion with its sum, its evidence and what was suggested; what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from qacli.model import Command, Hint, Refusal, View
from qacli.monitor.observing.evaluation import scales_of
from qacli.monitor.observing.observation import NOT_APPLICABLE, NOT_ASKED, Observation, Rating
from qacli.monitor.scoring.history import Event, chain, history
from qacli.monitor.scoring.score import Line, Score, score
from qacli.monitor.scoring.weighting import decimal, stated, total
from qacli.monitor.suggesting.suggestion import Spoken, Suggested
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard


class NotOnTheScale(Refusal, rule="not-on-the-scale"):
    """A sum is made of points that there are; another program may have written others."""

    def __init__(self, observation: str, wrong: Sequence[str]) -> None:
        super().__init__(
            f"{observation} cannot be worked out again: {'; '.join(wrong)}.",
            help=Hint("no answer entered here looks so; say what it was: ", Command(f"score --correct {observation}")),
        )


class Entry(NamedTuple):
    """One criterion of an account: its line in the sum, its rating, and what stands beside it.

    ``means`` is what its answer is called, ``before`` its share of 100 if everything applied, ``quoted`` the turn of the
    transcript at the time that the evidence names, or that a rule pointed at.
    """

    line: Line
    rating: Rating | None
    means: str
    before: Decimal
    suggested: Sequence[Suggested]
    quoted: Spoken | None

    @property
    def overruled(self) -> bool | None:
        """Whether the person answered otherwise than was suggested; None where nothing was."""
        return any(each.answer != self.line.answer for each in self.suggested) if self.suggested else None


class Account(NamedTuple):
    """One observation explained. ``versions`` are all that it replaced or that replaced it, oldest first."""

    observation: Observation
    card: Scorecard
    score: Score
    entries: Sequence[Entry]
    ratings: Sequence[Rating]
    versions: Sequence[Observation]
    events: Sequence[Event]


def account(view: View, observation: Observation, turns: Sequence[Spoken] = ()) -> Account:
    """Return the account of an observation, computed again from its ratings under its own scorecard version.

    It may be one that was replaced since. ``turns`` are those of its transcript, where there is one. Raises NotOnTheScale.
    """
    ratings = view.rows(Rating, observation=observation.id)
    card: Scorecard = view.definition("scorecard", observation.scorecard)
    scales = scales_of(view, card)
    _refuse_others(observation, card, scales, ratings)
    again = score(card, scales.__getitem__, {row.criterion: row.answer for row in ratings})
    by_criterion = {row.criterion: row for row in ratings}
    shown = view.rows(Suggested, observation=observation.id)
    whole, weights = total(card), stated(card)
    entries = []
    for line in again.lines:
        name = line.criterion.id
        mine = [row for row in shown if row.criterion == name]
        rating = by_criterion.get(name)
        before = decimal(weights[name] * 100 / whole) if whole else Decimal(0)
        means = _means(scales[line.criterion.scale], line.answer)
        entries.append(Entry(line, rating, means, before, mine, _quoted(turns, rating, mine)))
    versions = chain(view, observation.id)
    return Account(observation, card, again, entries, ratings, versions, history(view, versions))


def _refuse_others(
    observation: Observation, card: Scorecard, scales: Mapping[str, Scale], ratings: Sequence[Rating]
) -> None:
    wrong = [
        f"{row.criterion} was answered {row.answer}, which {scale.reference} does not have"
        for row in ratings
        if row.answer not in {NOT_APPLICABLE, NOT_ASKED}
        and not (scale := scales[card.criterion(row.criterion).scale]).has(row.answer)
    ]
    if wrong:
        raise NotOnTheScale(observation.id, wrong)


def _means(scale: Scale, answer: str) -> str:
    """Return what an answer is called; empty where that says no more than the answer."""
    if answer == NOT_APPLICABLE:
        return "not applicable"
    if answer == NOT_ASKED:
        return ""
    label = scale.label(answer).removeprefix(f"{answer} (").removesuffix(")" if scale.range_ else "")
    return "" if label.casefold() == answer.replace("_", " ").casefold() else label


def _quoted(turns: Sequence[Spoken], rating: Rating | None, suggested: Sequence[Suggested]) -> Spoken | None:
    if rating and rating.offset:
        at = seconds_of(rating.offset)
        return next((turn for turn in reversed(turns) if turn.seconds is not None and turn.seconds <= at), None)
    numbers = {row.turn for row in suggested if row.turn is not None}
    return next((turn for turn in turns if turn.number in numbers), None)


def seconds_of(offset: str) -> int:
    """Return the seconds of a time from the start, 02:41 or 1:02:41."""
    found = 0
    for part in offset.split(":"):
        found = 60 * found + int(part)
    return found


def offset_of(seconds: int) -> str:
    """Return seconds as a time from the start, 02:41."""
    return f"{seconds // 60:02}:{seconds % 60:02}"


def agrees(found: Account) -> bool:
    """Return whether the record says what its ratings come to."""
    return found.score.score == found.observation.score


def suggestion_in_words(entry: Entry, each: Suggested) -> str:
    """Return what was suggested for a criterion, and whether the person went by it."""
    how = f"measured {each.measured}: {each.answer}" if each.measured else f"suggested {each.answer}"
    became = "confirmed" if each.answer == entry.line.answer else f"overruled by {entry.line.answer}"
    return f"{each.source} {how}{f', turn {each.turn}' if each.turn else ''}; {became}"
