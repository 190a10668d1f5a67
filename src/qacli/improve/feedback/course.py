"""How a colleague's own criteria went: the last weeks beside those before, with intervals, and too few said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from qacli.improve.points import item_of
from qacli.model import View
from qacli.monitor.observing.indexed import rows_by
from qacli.monitor.observing.observation import Observation, Rating
from qacli.stats.intervals import Interval, newcombe, wilson

LATELY, BEFORE = timedelta(weeks=4), timedelta(weeks=8)
"""Our choice: a month is what a talk is about, two months before it give enough to compare with."""


class Stretch(NamedTuple):
    """Some days, and how often a criterion met the standard in them: ``share`` is None where that is too few to say."""

    first: date
    last: date
    met: int
    n: int
    share: Interval | None


class Course(NamedTuple):
    """One criterion of one colleague, on one version of its card. ``change`` is None where either stretch has too few."""

    criterion: str
    scorecard: str
    before: Stretch
    lately: Stretch
    change: Interval | None
    minimum_n: int

    @property
    def in_words(self) -> str:
        """What can be said of it."""
        if self.change is None or self.change.low is None or self.change.high is None:
            named = ((self.before, "before"), (self.lately, "lately"))
            short = [f"{each.n} {when}" for each, when in named if each.n < self.minimum_n]
            return f"too few to say: n {' and '.join(short)}, {self.minimum_n} are needed"
        if self.change.low > 0:
            return "better than before"
        return "worse than before" if self.change.high < 0 else "no difference that could not be chance"


def courses(view: View, colleague: str, criteria: Iterable[tuple[str, str]], last: date) -> list[Course]:
    """Return how criteria, given with the version of their card, went up to a day, in their order.

    Only what the routine samples drew by chance counts, each transaction once; another version of a card is not mixed in.
    Intervals of a share are those of Wilson, of the change that of Newcombe, at the confidence of the workspace.
    """
    thresholds = view.settings.thresholds
    rated = _rated(view, colleague)
    found = []
    for criterion, card in dict.fromkeys(criteria):
        lately = last - LATELY + timedelta(days=1), last
        before = lately[0] - BEFORE, lately[0] - timedelta(days=1)
        one, two = (
            _stretch(rated.get((criterion, card), ()), *days, thresholds.minimum_n, thresholds.confidence / 100)
            for days in (before, lately)
        )
        change = None
        if one.share and two.share:
            change = newcombe(two.met, two.n, one.met, one.n, thresholds.confidence / 100)
        found.append(Course(criterion, card, one, two, change, thresholds.minimum_n))
    return found


def _stretch(rated: Sequence[tuple[date, bool]], first: date, last: date, minimum_n: int, confidence: float) -> Stretch:
    met = [well for day, well in rated if first <= day <= last]
    share = wilson(sum(met), len(met), confidence) if len(met) >= minimum_n else None
    return Stretch(first, last, sum(met), len(met), share)


def _rated(view: View, colleague: str) -> dict[tuple[str, str], list[tuple[date, bool]]]:
    """Return by (criterion, card) the day of each transaction of a colleague and whether the standard was met."""
    counted: dict[str, Observation] = {}
    for observation in view.current(Observation):
        item = item_of(view, observation)
        if item.colleague == colleague and item.purpose == "routine" and item.probability:
            counted.setdefault(item.transaction, observation)
    found: dict[tuple[str, str], list[tuple[date, bool]]] = {}
    for each in counted.values():
        day = item_of(view, each).day
        for rating in rows_by(view, Rating, "observation").get(each.id, ()):
            if rating.met is not None:
                found.setdefault((rating.criterion, each.scorecard), []).append((day, rating.met))
    return found
