"""What observations show of a colleague's work: criteria that met the standard, best first, and those that did not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from qacli.model import View
from qacli.monitor.observing.indexed import rows_by
from qacli.monitor.observing.observation import Observation, Rating
from qacli.monitor.sampling.draw import Item
from qacli.monitor.scoring.weighting import decimal, stated, total
from qacli.prepare.scorecards.scorecard import Criterion

CRITICALS = ("compliance", "customer", "business")
"""Classes of critical criteria in the order in which a failure is talked about."""


class Seen(NamedTuple):
    """One applicable rating with the criterion that it judges."""

    rating: Rating
    criterion: Criterion
    top: bool  # the best point of its scale
    share: Decimal  # of 100, with every criterion applicable

    @property
    def critical(self) -> bool:
        """Whether the criterion is critical, of whatever class."""
        return self.criterion.critical != "none"

    @property
    def lost(self) -> Decimal:
        """Points of 100 that the rating costs; 0 for a critical criterion without weight."""
        return self.share * (100 - (self.rating.value or Decimal(0))) / 100


def seen(view: View, observations: Sequence[Observation]) -> list[Seen]:
    """Return every applicable rating of some observations, in their order and that of the records.

    A bonus that was not earned is left out: nothing was done wrong. Observations that were corrected since keep the ratings they had.
    """
    ratings = rows_by(view, Rating, "observation")
    return [
        each for observation in observations for each in _of_one(view, observation, ratings.get(observation.id, ()))
    ]


def _of_one(view: View, observation: Observation, ratings: Iterable[Rating]) -> Iterator[Seen]:
    card = view.definition("scorecard", observation.scorecard)
    weights, whole = stated(card), total(card)
    for rating in ratings:
        criterion = card.criterion(rating.criterion)
        if rating.met or (rating.met is False and not criterion.bonus):
            top = rating.answer == view.definition("scale", criterion.scale).top
            yield Seen(rating, criterion, top, decimal(weights[criterion.id] * 100 / whole))


def item_of(view: View, observation: Observation) -> Item:
    """Return the sampled transaction that was observed, even where its line was corrected since."""
    return rows_by(view, Item, "id")[observation.item][0]


def mixed(found: Iterable[Seen]) -> set[str]:
    """Return the criteria that met the standard in one observation and not in another."""
    found = list(found)
    return {each.criterion.id for each in found if each.rating.met} & {
        each.criterion.id for each in found if not each.rating.met
    }


def best(found: Sequence[Seen]) -> list[Seen]:
    """Return the best rating of each criterion that met the standard, best criterion first.

    Top points come first, then the heavier weight; what was met here and failed there comes last, for it is no settled
    strength. Of equal ratings of one criterion the one with evidence stands for it.
    """
    uneven = mixed(found)
    met = sorted(
        (each for each in found if each.rating.met),
        key=lambda each: (each.criterion.id in uneven, not each.top, -each.share, not each.rating.evidence),
    )
    return _one_each(met)


def worst(found: Sequence[Seen]) -> list[Seen]:
    """Return the worst rating of each criterion that failed the standard, the most urgent criterion first.

    It stands for its criterion; a sheet lists the other failed ratings of that criterion below it.

    Failed criticals come first (compliance, customer, business), then what cost most of the score over all the
    observations: weight times what its value falls short of 100.
    """
    failed = [each for each in found if not each.rating.met]
    lost: dict[str, Decimal] = defaultdict(Decimal)
    for each in failed:
        lost[each.criterion.id] += each.lost
    ranked = sorted(failed, key=lambda each: (_urgency(each), -lost[each.criterion.id], -each.lost))
    return _one_each(ranked)


def _urgency(each: Seen) -> int:
    return CRITICALS.index(each.criterion.critical) if each.critical else len(CRITICALS)


def _one_each(ranked: Iterable[Seen]) -> list[Seen]:
    chosen: dict[str, Seen] = {}
    for each in ranked:
        chosen.setdefault(each.criterion.id, each)
    return list(chosen.values())
