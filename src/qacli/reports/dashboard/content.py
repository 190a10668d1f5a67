"""What the page is made of: the sample once, who may be named, and the parts in which it is told."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from markupsafe import Markup

from qacli.prepare.period import Period
from qacli.understand.facts import ratings, sample
from qacli.understand.summary import policy_of

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from qacli.model import View
    from qacli.understand.estimates import Policy
    from qacli.understand.facts import Sample, Selection


class Part(NamedTuple):
    """A section: a heading that says what was found, what it rests on, the picture. ``long`` may go over several sheets."""

    name: str
    heading: str
    lead: str
    body: Markup
    long: bool = False


class Said(NamedTuple):
    """One sentence of what to know, with its n and caution. ``weight`` orders them: what is surest and gravest first."""

    weight: int
    words: str


class Names:
    """How people are called on the page: by name, or by a number that says nothing outside the folder."""

    def __init__(self, view: View, people: Sequence[str], hidden: bool) -> None:
        self._view, self.hidden = view, hidden
        mixed = sorted(
            people, key=lambda person: hashlib.sha256(f"{view.settings.organisation}/{person}".encode()).hexdigest()
        )
        self._numbers = {person: f"Colleague {number:02}" for number, person in enumerate(mixed, 1)}

    def of(self, person: str) -> str:
        """Return what somebody is called."""
        if not person:
            return "nobody in particular"
        if self.hidden:
            return self._numbers.get(person, "a colleague")
        return str(self._view.people.get(person).name)

    def in_text(self, text: str, person: str) -> str:
        """Return a sentence about somebody, whose id stands in it, with what they are called here."""
        return text.replace(person, self.of(person)) if person else text


class Once:
    """A view that asks the records the same question once: the parts of a page ask many of them again."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._answers: dict[tuple[str, tuple[object, ...]], pd.DataFrame] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._view, name)

    def sql(self, query: str, parameters: Sequence[object] = (), *, words: bool = True) -> pd.DataFrame:
        """Return what the view answers, a copy of its own for each that asks."""
        asked = (query, (words, *map(repr, parameters)))
        if asked not in self._answers:
            self._answers[asked] = self._view.sql(query, parameters, words=words)
        return self._answers[asked].copy()


class Content(NamedTuple):
    """The observations of a selection, their ratings, and the days that they span (None where there are none)."""

    view: View
    selection: Selection
    found: Sample
    rated: pd.DataFrame
    policy: Policy
    names: Names
    first: date | None
    last: date | None

    @property
    def days(self) -> str:
        """The days in words."""
        if self.first is None or self.last is None:
            return "no days yet"
        return Period("", self.first, self.last).describe()


def content(view: View, selection: Selection, hidden: bool) -> Content:
    """Return what is there to tell. ``hidden`` keeps people's names off the page."""
    view = cast("View", Once(view))
    found = sample(view, selection)
    drawn = found.drawn
    span = (None, None) if drawn.empty else (_day(drawn["day"].min()), _day(drawn["day"].max()))
    first, last = selection.from_ or span[0], selection.to or span[1]
    people = sorted({str(person) for person in drawn["colleague"]})
    names = Names(view, people, hidden)
    return Content(view, selection, found, ratings(view, selection), policy_of(view, found), names, first, last)


def _day(value: object) -> date:
    from pandas import Timestamp

    return Timestamp(str(value)).date()


def counted(n: int, what: str, plural: str = "") -> str:
    """Return a number of things in words: 1 week, 2 weeks."""
    return f"{n:,} {what if n == 1 else plural or what + 's'}"
