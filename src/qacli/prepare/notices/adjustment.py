"""Adjustments: what is done differently when a colleague's work is judged. What is done is recorded, never why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from qacli.model import Change, Command, Correction, Hint, Refusal, Row, UsageError, View, Words, ref
from qacli.prepare.notices.notice import UnknownPeople
from qacli.prepare.period import in_words


@dataclass(frozen=True, kw_only=True)
class Adjustment(Row, table="adjustments", letter="ad"):
    """What is done differently for a colleague, from the first to the last day; ``last`` is None where it is open."""

    person: str
    needs: Words
    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        """Return whether the adjustment holds on a day, its last day included."""
        return self.first <= day and (self.last is None or day <= self.last)


# Beginnings of words that name a condition, not what is done. Health data has no place in monitoring records.
CONDITIONS = (
    "adhd",
    "alzheimer",
    "anaem",
    "anorexi",
    "anxiety",
    "arthrit",
    "asperger",
    "asthma",
    "autis",
    "bipolar",
    "bulimi",
    "cancer",
    "chemotherap",
    "deaf",
    "dementia",
    "depress",
    "diabet",
    "diagnos",
    "disab",
    "disease",
    "disorder",
    "dyscalculi",
    "dyslexi",
    "dysprax",
    "epilep",
    "fibromyalg",
    "hearing aid",
    "hiv",
    "illness",
    "impair",
    "medicat",
    "menopaus",
    "migraine",
    "neurodiver",
    "parkinson",
    "pregnan",
    "ptsd",
    "schizo",
    "sclerosis",
    "stammer",
    "stutter",
    "suffer",
    "syndrome",
    "therap",
    "tinnitus",
    "tourette",
)
_CONDITION = re.compile(rf"\b(?:{'|'.join(CONDITIONS)})\w*", re.IGNORECASE)


class NamesCondition(Refusal, rule="names-condition"):
    """An adjustment says what is done; why is health data, which monitoring does not need."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(
            f"the text names a condition, or seems to: {', '.join(words)}. Nothing was recorded.",
            help='say only what is done differently, for example: --needs "reads longer texts from a printed script; a '
            'pause of ten seconds is no silence"',
        )


class NoAdjustment(Refusal, rule="no-adjustment"):
    """Only what holds can be ended."""

    def __init__(self, person: str) -> None:
        super().__init__(f"no adjustment is in force for {person}.", help=Hint("see: ", Command("notice adjustments")))


def adjust(view: View, person: str, needs: str, first: date, last: date | None = None) -> Change:
    """Record what is done differently for a colleague. The same again is a finding and makes no row.

    Raises UnknownPeople, NamesCondition, and UsageError for no text or days that cannot be.
    """
    if person not in view.people:
        raise UnknownPeople([person])
    needs = needs.strip()
    if not needs:
        raise UsageError("an adjustment says what is done differently", help='--needs "..."')
    if last and last < first:
        raise UsageError(f"the adjustment ends on {last}, before it starts on {first}", help="correct --from or --to")
    if found := _CONDITION.findall(needs):
        raise NamesCondition(list(dict.fromkeys(word.casefold() for word in found)))
    if any((row.needs.text, row.first, row.last) == (needs, first, last) for row in adjustments_of(view, person)):
        return Change(findings=[f"that adjustment for {person} is recorded already: nothing to do"])
    return Change(rows=[Adjustment(person=person, needs=Words(needs), first=first, last=last)])


def end_adjustments(view: View, person: str, last: date) -> Change:
    """Record ``last`` as the last day of what is in force for a colleague then. Raises NoAdjustment."""
    rows: list[Row] = []
    reason = Words(f"ends on {in_words(last)}")
    for row in adjustments_of(view, person):
        if row.holds(last) and row.last != last:
            ended = replace(row, id="", last=last)
            rows += [
                ended,
                Correction(kind="adjustment", old=row.id, new=ref(ended), reason=reason, authority=view.actor),
            ]
    if not rows:
        raise NoAdjustment(person)
    return Change(rows)


def adjustments_of(view: View, person: str, day: date | None = None) -> list[Adjustment]:
    """Return the adjustments for a colleague, or those in force on a day."""
    return [row for row in view.current(Adjustment) if row.person == person and (day is None or row.holds(day))]
