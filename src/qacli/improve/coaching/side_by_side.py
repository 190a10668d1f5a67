"""One criterion before and after: what was drawn by chance of one colleague and of those who were not coached for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from qacli.improve.coaching.needing import Need
from qacli.improve.coaching.plan import CoachingPlan
from qacli.model import Command, Hint, View
from qacli.monitor.calibrating.calibration import standings as calibrations
from qacli.monitor.calibrating.figures import MINIMUM_UNITS, scored
from qacli.monitor.calibrating.strictness import LENIENT, STRICTER, by_evaluator
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import Draw
from qacli.prepare.period import Period
from qacli.understand.facts import Selection, ratings

if TYPE_CHECKING:
    import pandas as pd

BACK = timedelta(weeks=13)
"""How far back the side before reaches."""
DAY = timedelta(days=1)
FEWEST = 10
"""Ratings on either side under which no effect of one colleague is claimed."""


class Days(NamedTuple):
    """The days before and after coaching, all included; those between belong to neither side."""

    before_first: date
    before_last: date
    after_first: date
    after_last: date

    def side(self, day: date) -> str:
        """Return before or after, empty for a day that is neither."""
        if self.before_first <= day <= self.before_last:
            return "before"
        return "after" if self.after_first <= day <= self.after_last else ""


class Side(NamedTuple):
    """The values, 0 to 100, of the answers on one side, and how many of them met the standard."""

    values: tuple[float, ...]
    met: int

    @property
    def n(self) -> int:
        """How many ratings there are."""
        return len(self.values)

    @property
    def counts(self) -> tuple[int, int]:
        """How many were met, and of how many."""
        return self.met, self.n


class Both(NamedTuple):
    """Both sides of one colleague. ``left_out`` counts ratings by evaluators who are on one side only and not calibrated."""

    colleague: str
    before: Side
    after: Side
    left_out: int


def before(day: date) -> tuple[date, date]:
    """Return the first and the last day of the side before a day."""
    return day - BACK, day - DAY


def baseline(view: View, need: Need, colleague: str, starts: date) -> tuple[int, int]:
    """Return how often the criterion of a need was met in what was drawn by chance before a day, and of how many."""
    first, last = before(starts)
    rows = rated(view, need, Selection(first, last, "all", need.item.channel, colleague=colleague))
    return int(rows["met"].astype(bool).sum()), len(rows)


def fresh_checks(view: View, need: Need, plan: CoachingPlan, number: int, days: Period) -> Hint:
    """Return how so many fresh checks of a colleague are drawn from the frame that drew the need."""
    drawn = next((draw.frame for draw in view.rows(Draw) if draw.id == need.item.draw), "")
    first = max(days.first, view.look_up("frame", drawn).from_) if drawn else days.first
    line = (
        f"sample confirm {drawn.partition('@')[0] or 'FRAME'} "
        f"--period {first}..{days.last} --size {number} "
        f"--channel {need.item.channel} --colleague {plan.colleague} --question 'effect of coaching on {plan.criterion}'"
    )
    return Hint(f"draw {number} fresh checks: ", Command(line))


def rated(view: View, need: Need, selection: Selection) -> pd.DataFrame:
    """Return the applicable ratings of the criterion of a need, drawn by chance, routine or spot.

    Of other versions of its card only those count in which the criterion is word for word the same.
    """
    card = view.one(Observation, need.seen.rating.observation).scorecard.partition("@")[0]
    found = ratings(view, selection)
    found = found[(found["criterion"] == need.seen.criterion.id) & found["met"].notna()]
    same = {
        reference
        for reference in set(found["scorecard"])
        if reference.partition("@")[0] == card
        and view.definition("scorecard", reference).criterion(need.seen.criterion.id) == need.seen.criterion
    }
    return found[found["scorecard"].isin(same)]


def side_by_side(view: View, rows: pd.DataFrame, days: Days) -> Mapping[str, Both]:
    """Return both sides of every colleague in some ratings.

    A rating counts where its evaluator rated the same colleague on both sides, or is calibrated: another evaluator may be
    another strictness, and no change of the colleague. Where one side is empty nothing is compared, and all count.
    """
    side = rows["day"].dt.date.map(days.side)
    rows = rows.assign(side=side)[side != ""]
    known = _evaluators(rows)
    trusted = calibrated(view) if any(len(set(pair)) for pair in _one_sided(known)) else frozenset[str]()
    found = {}
    for colleague, own in rows.groupby("colleague", sort=True):
        one, other = known[str(colleague)].values()
        usable = (one & other) | trusted if one and other else one | other
        kept = own[own["evaluator"].isin(usable)]
        found[str(colleague)] = Both(str(colleague), _side(kept, "before"), _side(kept, "after"), len(own) - len(kept))
    return found


def _evaluators(rows: pd.DataFrame) -> dict[str, dict[str, set[str]]]:
    found: dict[str, dict[str, set[str]]] = {}
    for colleague, side, evaluator in zip(rows["colleague"], rows["side"], rows["evaluator"], strict=True):
        found.setdefault(colleague, {"before": set(), "after": set()})[side].add(evaluator)
    return found


def _one_sided(known: Mapping[str, Mapping[str, set[str]]]) -> Iterable[set[str]]:
    return (sides["before"] ^ sides["after"] for sides in known.values())


def _side(rows: pd.DataFrame, side: str) -> Side:
    own = rows[rows["side"] == side]
    return Side(tuple(map(float, own["value"])), int(own["met"].astype(bool).sum()))


def calibrated(view: View) -> frozenset[str]:
    """Return the evaluators who scored enough items blind beside an expert, and were not found stricter or more lenient."""
    rules = view.settings.thresholds
    given = scored(view, calibrations(view))
    found = by_evaluator(view, given, float(rules.calibration_tolerance), rules.confidence / 100)
    return frozenset(
        each.evaluator for each in found if each.bias.n >= MINIMUM_UNITS and each.verdict not in {STRICTER, LENIENT}
    )
