"""Comparing designs on a real population: what each takes, how exactly it tells, what it misses, how well it stands for
the whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import sqrt
from statistics import NormalDist, fmean
from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.sampling.rehearsal import SIDES, rehearsals
from qacli.stats import chance_to_miss

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from qacli.monitor.sampling.rehearsal import Drawn, Stage
    from qacli.prepare.frames.frame import Frame

SAFE = 0.25
"""Variance of a share of which nothing is known: the one that needs most."""
ALIKE = ("colleague", "day")
"""What makes two transactions alike: the same colleague, the same day."""
BALANCED = tuple(side for side in SIDES if side not in {"colleague", "day"})
"""The sides on which a sample is held against its population; colleagues and days are too many for one."""


class Question(NamedTuple):
    """What a comparison asks: ``confidence``, a ``fault`` and how ``alike`` two transactions of one colleague or one day
    are (the intra-class correlation), all as shares of 1; colleagues seen with ``fewer`` transactions; the ``side`` whose
    worst group is told.
    """

    confidence: float
    fault: float
    alike: float
    fewer: int
    side: str


class Compared(NamedTuple):
    """One design, mean over many draws. Shares of 1; None where some draw tells nothing.

    ``margin`` is that of a share of the whole desk, ``worst`` that of the ``group`` that is told least exactly. ``missed`` is
    the chance to miss a fault that is spread over all, ``missed_people`` one that so many of the colleagues always make.
    ``balance`` is, by side, the largest difference between a group's share of the sample, weighted, and of the population.
    ``colleagues`` had eligible transactions, ``thin`` of them were seen with fewer than asked, ``unseen`` not at all.
    """

    design: str
    n: float
    margin: float | None
    group: str
    worst: float | None
    missed: float
    missed_people: float
    balance: Mapping[str, float]
    colleagues: int
    thin: float
    unseen: float

    @property
    def largest(self) -> float:
        """The largest difference on any side."""
        return max(self.balance.values())


class _One(NamedTuple):
    """What one draw of one design gave."""

    n: int
    variance: float
    inverse: Mapping[str, float | None]
    balance: Mapping[str, float]
    seen: int
    thin: int


def compared(stage: Stage, frames: Mapping[str, Frame], seed: str, question: Question) -> list[Compared]:
    """Return what each frame does with a population, in their order. ``seed`` fixes the draws on paper."""
    shares = {side: _shares(stage.groups[side]) for side in SIDES}
    drawn: dict[str, list[_One]] = defaultdict(list)
    for samples in rehearsals(stage, frames, seed):
        for name, sample in samples.items():
            drawn[name].append(_one(stage, shares, sample, question))
    return [_compared(stage, name, drawn[name], shares, question) for name in frames]


def _shares(groups: Sequence[str]) -> dict[str, float]:
    """Return the part that each group has of all."""
    return {group: n / len(groups) for group, n in Counter(groups).items()}


def _one(stage: Stage, shares: Mapping[str, Mapping[str, float]], sample: Drawn, question: Question) -> _One:
    total = sum(sample.values())
    parts = {place: weight / total for place, weight in sample.items()}
    of = {side: _weights(stage.groups[side], parts) for side in SIDES}
    seen = Counter(stage.groups["colleague"][place] for place in sample)
    return _One(
        len(sample),
        _variance(stage.eligible, parts, [_distance(shares[side], of[side]) for side in ALIKE], question.alike),
        _inverses(stage, question.side, sample, shares[question.side]),
        {side: max(abs(of[side].get(name, 0) - part) for name, part in shares[side].items()) for side in BALANCED},
        len(seen),
        sum(seen[name] < question.fewer for name in shares["colleague"]),
    )


def _weights(groups: Sequence[str], parts: Mapping[int, float]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for place, part in parts.items():
        found[groups[place]] += part
    return found


def _distance(population: Mapping[str, float], sample: Mapping[str, float]) -> float:
    """Return Σ(w_c - P_c)²: how far the parts of a sample lie from those of the population."""
    return sum((sample.get(name, 0) - part) ** 2 for name, part in population.items())


def _variance(eligible: int, parts: Mapping[int, float], distances: Sequence[float], alike: float) -> float:
    """Return the variance of a share of the whole, estimated by the weighted mean of a sample.

    The model is y = mean + colleague + day + rest, each effect with the part ``alike`` of the variance. The error of the
    weighted mean is then alike·Σ(w_c-P_c)² for colleagues and days, and (1-2·alike)·Σ(v_i-1/N)² for the rest, v_i = 0 for
    what is not in the sample (Valliant, Dorfman and Royall 2000, Finite Population Sampling and Inference, chapter 8, two
    crossed effects). Without likeness it is that of simple random sampling where weights are equal.
    """
    rest = sum(part**2 for part in parts.values()) - 1 / eligible
    return SAFE * (alike * sum(distances) + (1 - alike * len(distances)) * rest)


def _inverses(stage: Stage, side: str, sample: Drawn, shares: Mapping[str, float]) -> dict[str, float | None]:
    """Return 1/n - 1/N of each group, n as its weights make it (Kish 1965); None where none of it was drawn."""
    weights: dict[str, list[float]] = {group: [] for group in shares}
    for place, weight in sample.items():
        weights[stage.groups[side][place]].append(weight)
    return {
        group: max(0.0, sum(each**2 for each in found) / sum(found) ** 2 - 1 / (shares[group] * stage.eligible))
        if found
        else None
        for group, found in weights.items()
    }


def _compared(
    stage: Stage, name: str, drawn: Sequence[_One], shares: Mapping[str, Mapping[str, float]], question: Question
) -> Compared:
    z = NormalDist().inv_cdf((1 + question.confidence) / 2)
    colleagues, n = len(shares["colleague"]), fmean(each.n for each in drawn)
    worst, group = max(
        (_margin(z, (each.inverse[group] for each in drawn)), group) for group in sorted(shares[question.side])
    )
    whole = z * sqrt(max(0.0, fmean(each.variance for each in drawn)))
    return Compared(
        name,
        n,
        whole if whole < 0.5 else None,
        group,
        worst if worst < 0.5 else None,
        chance_to_miss(question.fault, round(n), stage.eligible),
        fmean(chance_to_miss(question.fault, each.seen, colleagues) for each in drawn),
        {side: fmean(each.balance[side] for each in drawn) for side in BALANCED},
        colleagues,
        fmean(each.thin for each in drawn),
        colleagues - fmean(each.seen for each in drawn),
    )


def _margin(z: float, inverses: Iterable[float | None]) -> float:
    """Return the margin of a group over some draws; 1 where one of them drew none of it."""
    found = list(inverses)
    known = [each for each in found if each is not None]
    return z * sqrt(SAFE * fmean(known)) if len(known) == len(found) else 1.0
