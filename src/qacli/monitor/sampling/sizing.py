"""Sizing: what the sample that a frame asks for can tell about a real population, and what it cannot."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from math import prod, sqrt
from statistics import NormalDist
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.model import Command, Hint, UsageError, View
from qacli.monitor.sampling.designs.aims import rule_of, settled
from qacli.monitor.sampling.draw import Draw, Item
from qacli.monitor.sampling.drawing import EmptyPopulation, NothingEligible, seed_of, whole_period
from qacli.monitor.sampling.eligibility import Ground, judged
from qacli.monitor.sampling.likeness import likeness
from qacli.monitor.sampling.picking import Picks, pick
from qacli.monitor.sampling.telling import UNEVEN, told
from qacli.prepare.frames.size import Size
from qacli.prepare.notices.delivery import told as delivered
from qacli.prepare.notices.notice import Acknowledgement, Span
from qacli.prepare.period import last_whole, period_of
from qacli.stats import chance_to_miss, detectable_drop, discovery_sample, power_two_proportions, sample_size_proportion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.period import Cadence, Period
    from qacli.sources.population import Population

WHOLE = "all"
SAFE = 0.5
"""A proportion of which nothing is known: the one that needs most."""


class Aim(NamedTuple):
    """What the sample is to show, all as shares of 1: a share to within ``margin``, a drop from ``level`` by ``drop``, a
    ``fault``. What is None is not asked for.
    """

    confidence: float
    level: float
    margin: float | None = None
    drop: float | None = None
    fault: float | None = None


class Power(NamedTuple):
    """What ``drawn`` of ``eligible`` tell: shares to within ± ``margin``, a drop of ``drop``, a fault in ten missed by
    ``missed``; None where nothing is told. ``needed`` is how many each aim takes, in the order of ``NEEDED``.
    """

    stratum: str
    eligible: int
    drawn: int
    minutes: int
    margin: float | None
    drop: float | None
    missed: float | None
    needed: Sequence[int | None]


class Sizes(NamedTuple):
    """What a draw of a period would tell: per stratum, and last in all where there are several.

    ``colleagues`` had eligible transactions; ``rule`` says in words how the frame came by its number, if by an aim, ``rests_on``
    on what the margin of an UNEVEN design does. The sample tells as much as ``alike`` drawn alike (None: nobody knows).
    """

    powers: Sequence[Power]
    colleagues: int
    rule: str
    rests_on: str = ""
    alike: int | None = None

    @property
    def whole(self) -> Power:
        """What all strata together tell."""
        return self.powers[-1]


def size_of(
    view: View, frame: Frame, period: Period, population: Population, source: str, opt_outs: Sequence[Span], aim: Aim
) -> Sizes:
    """Return what a draw of a period would tell, as if it had not been drawn yet. Records nothing.

    Raises NotOfCadence, EmptyPopulation, NothingEligible, what the design raises, UsageError for an aim that is none.
    """
    _require(aim)
    period = whole_period(frame, period)
    ground = ground_now(view, frame, period, source, opt_outs)
    picks = _picked(population, frame, period, ground)
    strata = [(stratum, n, picks.sizes[stratum].drawn) for stratum, n in sorted(picks.eligible.items())]
    found = [_power(stratum, [(n, drawn)], frame, aim) for stratum, n, drawn in strata]
    powers = found if len(found) == 1 else [*found, _power(WHOLE, [(n, drawn) for _, n, drawn in strata], frame, aim)]
    rule, colleagues = rule_of(frame, picks.eligible), _colleagues(population, frame, period, ground)
    if frame.design not in UNEVEN:
        return Sizes(powers, colleagues, rule, alike=_effective([(n, drawn) for _, n, drawn in strata]))
    known = told(view, frame, picks.eligible, aim.confidence)
    drop = detectable_drop(aim.level, known.alike) if known.alike else None
    takes = [_takes(view, frame, picks.eligible, each) for each in _sizes(aim)]
    whole = powers[-1]._replace(stratum=WHOLE, margin=known.margin, drop=drop, needed=takes)
    return Sizes([*powers[: len(powers) - 1], whole], colleagues, rule, known.words, known.alike)


def _sizes(aim: Aim) -> list[Size | None]:
    """Return what an aim asks for as sizes that a frame may have, in the order of NEEDED; None for what is not asked."""
    confidence = 100 * aim.confidence
    asked = (
        aim.margin and {"margin": 100 * aim.margin, "confidence": confidence},
        aim.drop and {"drop": 100 * aim.drop, "from": 100 * aim.level},
        aim.fault and {"fault": 100 * aim.fault, "confidence": confidence},
    )
    return [
        Size.model_validate({name: f"{value:.6g}" for name, value in each.items()}) if each else None for each in asked
    ]


def _takes(view: View, frame: Frame, eligible: Mapping[str, int], size: Size | None) -> int | None:
    """Return how many evaluations a size takes in an UNEVEN design; None where no number does, or nobody knows."""
    likely = likeness(view, frame).alike if frame.design == "two-stage" else 0.0
    if size is None or likely is None or (frame.design == "two-stage" and size.fault is not None):
        return None
    found = settled(frame.model_copy(update={"size": size, "alike": Decimal(f"{100 * likely:.6g}")}), eligible)
    return found.n if found.reached else None


def _colleagues(population: Population, frame: Frame, period: Period, ground: Ground) -> int:
    """Return how many colleagues have eligible transactions."""
    query, parameters = judged(population, frame, period, ground)
    found = population.connection.execute(
        f"SELECT count(DISTINCT colleague) FROM ({query}) WHERE why = ''", parameters
    ).fetchone()
    return int(found[0]) if found else 0


def ground_now(view: View, frame: Frame, period: Period, source: str, opt_outs: Sequence[Span]) -> Ground:
    """Return what decides eligibility as it stands now, as if the frame had not been drawn for the period yet."""
    own = {draw.id for draw in view.rows(Draw) if (draw.frame.partition("@")[0], draw.period) == (frame.id, period.key)}
    return Ground(
        delivered(view),
        view.current(Acknowledgement),
        view.people,
        opt_outs,
        [item.transaction for item in view.rows(Item) if item.draw not in own],
        source,
    )


def refuse_empty(population: Population, frame: Frame, period: Period, ground: Ground) -> None:
    """Raise EmptyPopulation or NothingEligible where there is nothing to draw from."""
    _picked(population, frame, period, ground)


def _picked(population: Population, frame: Frame, period: Period, ground: Ground) -> Picks:
    picks = pick(population, frame, period, seed_of(frame, period), ground)
    if not picks.population:
        raise EmptyPopulation(frame, period, population)
    if not picks.eligible:
        raise NothingEligible(frame, period, picks)
    return picks


def newest_whole(population: Population, cadence: Cadence) -> Period:
    """Return the last period of a cadence that a population holds whole, or the newest where it holds none whole.

    Raises UsageError for a population that is empty.
    """
    days = population.connection.execute("SELECT min(local_date), max(local_date) FROM population")
    oldest, newest = days.fetchone() or (None, None)
    if oldest is None or newest is None:
        raise UsageError("the source holds no transaction", help=Hint("see what it holds: ", Command("source check")))
    whole = last_whole(cadence, newest + timedelta(days=1))
    return whole if whole.last >= oldest else period_of(cadence, newest)


def _power(name: str, strata: Sequence[tuple[int, int]], frame: Frame, aim: Aim) -> Power:
    eligible, drawn = sum(n for n, _ in strata), sum(n for _, n in strata)
    return Power(
        name,
        eligible,
        drawn,
        drawn * frame.minutes_per_evaluation,
        margin_of(strata, aim.confidence),
        detectable_drop(aim.level, _effective(strata)),
        prod(chance_to_miss(0.1, n, size) for size, n in strata) if eligible else None,
        [needed(eligible, aim) if eligible else None for needed in NEEDED.values()],
    )


def margin_of(strata: Sequence[tuple[int, int]], confidence: float) -> float | None:
    """Return to within what ± strata of (units, drawn) estimate a share near one half; 0 where all are drawn.

    z·sqrt(Σ(N_h/N)²·p(1-p)/n_h·(N_h-n_h)/(N_h-1)): Cochran (1977), section 5.10, at p = 1/2. None where a stratum gives
    nothing, or where the answer would be a half or more, which tells nothing.
    """
    total = sum(size for size, _ in strata)
    if not total or any(size and not n for size, n in strata):
        return None
    variance = sum(
        (size / total) ** 2 * SAFE * (1 - SAFE) / n * (size - n) / (size - 1) for size, n in strata if size > 1
    )
    margin = NormalDist().inv_cdf((1 + confidence) / 2) * sqrt(variance)
    return margin if margin < SAFE else None


def as_many_alike(margin: float, eligible: int, confidence: float) -> int:
    """Return how many of ``eligible`` units drawn alike would have a margin, that of a share near one half."""
    variance = (margin / NormalDist().inv_cdf((1 + confidence) / 2)) ** 2
    return int(1 / (variance / SAFE / (1 - SAFE) + 1 / eligible) + 1e-9)


def _effective(strata: Sequence[tuple[int, int]]) -> int:
    """Return how many units drawn alike would tell as much: strata with few for their share tell less (Kish 1965)."""
    total = sum(size for size, _ in strata)
    if any(size and not n for size, n in strata) or not total:
        return 0
    return int(1 / sum((size / total) ** 2 / n for size, n in strata if size) + 1e-9)


def _for_margin(eligible: int, aim: Aim) -> int | None:
    if aim.margin is None:
        return None
    return sample_size_proportion(SAFE, aim.margin, aim.confidence, eligible).estimate


def _for_drop(_: int, aim: Aim) -> int | None:
    return None if aim.drop is None else power_two_proportions(aim.level, aim.level - aim.drop).estimate


def _for_fault(eligible: int, aim: Aim) -> int | None:
    return None if aim.fault is None else discovery_sample(aim.fault, aim.confidence, eligible).estimate


NEEDED: Mapping[str, Callable[[int, Aim], int | None]] = MappingProxyType(
    {"margin": _for_margin, "drop": _for_drop, "fault": _for_fault}
)


def require_share(name: str, share: float) -> None:
    """Raise UsageError where an option does not name a part of the whole."""
    if not 0 < share < 1:
        raise UsageError(f"{name} {100 * share:g} is no share", help="give a number of per cent between 0 and 100")


def _require(aim: Aim) -> None:
    asked: Mapping[str, float | None] = {"--margin": aim.margin, "--drop": aim.drop, "--fault": aim.fault}
    for name, share in asked.items():
        if share is not None:
            require_share(name, share)
    if aim.drop is not None and aim.drop > aim.level:
        raise UsageError(
            f"nothing at {100 * aim.level:g} % can drop by {100 * aim.drop:g} points",
            help="raise --from, or ask for less",
        )
    if not 0.5 <= aim.confidence < 1 or not 0 < aim.level <= 1:
        raise UsageError(
            f"--confidence {100 * aim.confidence:g} or --from {100 * aim.level:g} is out of range",
            help="confidence lies from 50 to below 100 per cent, --from above 0 to 100",
        )
