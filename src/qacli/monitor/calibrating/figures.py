"""Agreement of the people who scored calibrations: by criterion, and of the total score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations
from statistics import fmean
from typing import NamedTuple

from qacli.model import View
from qacli.monitor.calibrating.calibration import EXPERT, CalibrationScore, Reveal, Standing
from qacli.monitor.observing.observation import NOT_APPLICABLE, NOT_ASKED
from qacli.monitor.scoring.score import score
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard
from qacli.stats import Agreement, Interval, Weights, benchmark, gwet_ac, icc, krippendorff_alpha, specific_agreement

MINIMUM_UNITS, LABEL_UNITS = 10, 30
"""Under so many units rated twice a coefficient says nothing, and a label says too much. Our settings, after trials by
simulation: with 92 % agreement and 4 units kappa is undefined in every second session."""


class Scored(NamedTuple):
    """What one person gave one item. ``answers`` are by criterion; ``total`` of 100 is None where nothing applied."""

    session: str
    item: str
    scorer: str
    expert: bool
    sealed: bool
    card: Scorecard
    answers: Mapping[str, CalibrationScore]
    total: float | None


def scored(view: View, sessions: Iterable[Standing]) -> list[Scored]:
    """Return what was revealed in sessions, in their order. Who scored unsealed is among it, and is marked."""
    rows: dict[tuple[str, str], dict[str, CalibrationScore]] = defaultdict(dict)
    for row in view.current(CalibrationScore):
        rows[row.reveal, row.item][row.criterion] = row
    scale_of: Callable[[str], Scale] = cache(lambda name: view.look_up("scale", name))
    found = []
    for session in sessions:
        cards = {row.item: view.look_up("scorecard", row.scorecard) for row in session.items}
        for told in session.revealed:
            for item, card in cards.items():
                if given := rows.get((told.id, item)):
                    found.append(_scored(scale_of, session, told, item, card, given))
    return found


def _scored(
    scale_of: Callable[[str], Scale],
    session: Standing,
    told: Reveal,
    item: str,
    card: Scorecard,
    given: Mapping[str, CalibrationScore],
) -> Scored:
    role = next(each.role for each in session.scorers if each.scorer == told.scorer)
    answers = {name: row.answer for name, row in given.items() if row.answer != NOT_ASKED}
    total = score(card, scale_of, answers).score
    return Scored(
        session.calibration.id,
        item,
        told.scorer,
        role == EXPERT,
        told.sealed,
        card,
        given,
        None if total is None else float(total),
    )


class CriterionAgreement(NamedTuple):
    """How far people agree on one criterion.

    ``units`` were rated by two people or more, ``passed`` is the share, 0 to 1, of their ratings that met the standard,
    ``exact`` that of pairs of raters with the same answer. ``coefficient`` is Gwet's AC1 on a binary scale, else AC2
    with the weights that were asked for, ``alpha`` Krippendorff's beside it; ``fails`` is how likely another finds a failure too where
    one does. ``applicability`` counts units that some found not applicable and others rated. ``label`` is empty under
    30 units.
    """

    criterion: str
    scale: str
    units: int
    raters: int
    passed: float | None
    exact: float | None
    coefficient: Agreement
    alpha: Interval
    fails: Interval
    applicability: int
    label: str


def by_criterion(
    view: View, given: Sequence[Scored], confidence: float, weights: Weights = "linear"
) -> list[CriterionAgreement]:
    """Return the agreement on each criterion of the cards, in their order; only what was scored blind counts.

    ``weights`` say how far apart two points of a scale of degrees lie; on a binary scale they make no difference.
    """
    blind = [each for each in given if each.sealed]
    places = {(criterion.id, criterion.scale): None for each in blind for criterion in each.card.criteria()}
    return [_agreement(view.look_up("scale", scale), name, blind, confidence, weights) for name, scale in places]


def _agreement(
    scale: Scale, criterion: str, given: Sequence[Scored], confidence: float, weights: Weights
) -> CriterionAgreement:
    rows = _rows(scale, criterion, given)
    raters = sorted({scorer for unit in rows.values() for scorer in unit})
    answers = [[_point(unit.get(scorer)) for scorer in raters] for unit in rows.values()]
    met = [[_met(unit.get(scorer)) for scorer in raters] for unit in rows.values()]
    twice = [unit for unit in met if sum(value is not None for value in unit) > 1]
    passes = [value for unit in twice for value in unit if value is not None]
    differ = sum(len({row.answer == NOT_APPLICABLE for row in unit.values()}) > 1 for unit in rows.values())
    exact, coefficient, alpha = _coefficients(scale, answers, len(twice), confidence, weights)
    fails = specific_agreement([["fail" if value is False else value for value in unit] for unit in met], "fail")
    return CriterionAgreement(
        criterion,
        scale.reference,
        len(twice),
        len(raters),
        fmean(passes) if passes else None,
        exact,
        coefficient,
        alpha,
        fails,
        differ,
        _label(coefficient),
    )


def _rows(scale: Scale, criterion: str, given: Sequence[Scored]) -> dict[tuple[str, str], dict[str, CalibrationScore]]:
    """Return what each scorer gave a criterion on a scale, by session and item; what was not asked is left out."""
    rows: dict[tuple[str, str], dict[str, CalibrationScore]] = defaultdict(dict)
    for each in given:
        row = each.answers.get(criterion)
        if row and row.answer != NOT_ASKED and each.card.criterion(criterion).scale == scale.reference:
            rows[each.session, each.item][each.scorer] = row
    return rows


def _point(row: CalibrationScore | None) -> str | None:
    return None if row is None or row.answer == NOT_APPLICABLE else row.answer


def _met(row: CalibrationScore | None) -> bool | None:
    return None if row is None else row.met


def _coefficients(
    scale: Scale, answers: Sequence[Sequence[str | None]], units: int, confidence: float, weights: Weights
) -> tuple[float | None, Agreement, Interval]:
    """Return the share of agreeing pairs, the coefficient that the scale demands, and alpha; words where too few."""
    if not scale.judged:
        why = "undefined: it is measured, not judged"
        return None, Agreement(None, None, None, units, why), Interval(None, None, None, units, why)
    points = [point.point for point in scale.points]
    plain = gwet_ac(answers, points, "nominal", confidence)
    if units < MINIMUM_UNITS:
        why = too_few(units)
        return plain.observed, Agreement(None, None, None, units, why), Interval(None, None, None, units, why)
    binary = scale.kind == "binary"
    places = [[None if point is None else points.index(point) for point in unit] for unit in answers]
    return (
        plain.observed,
        plain if binary else gwet_ac(answers, points, weights, confidence),
        krippendorff_alpha(places, "nominal" if binary else "ordinal"),
    )


def too_few(units: int) -> str:
    """Return why nothing is said of so few units."""
    if not units:
        return "undefined: nothing was rated by two people"
    return f"too few: {units} of the {MINIMUM_UNITS} units that are needed"


def _label(found: Agreement) -> str:
    if found.n < LABEL_UNITS or found.estimate is None:
        return ""
    return benchmark(found.estimate, found.se or 0.0).label


class TotalAgreement(NamedTuple):
    """How near the total scores lie: ``coefficient`` is the intraclass correlation for absolute agreement where everybody
    scored every item, else alpha; ``apart`` the mean distance of two scorers in points of 100, ``within`` the share, 0
    to 1, of pairs no further apart than the tolerance."""

    units: int
    raters: int
    coefficient: Interval
    apart: float | None
    within: float | None


def distance(one: float, other: float) -> float:
    """Return how far two total scores lie apart, to the six places that a score has.

    Of 63.888889 and 68.888889 a machine says a hair more than 5, and they would not lie within 5 points.
    """
    return round(abs(one - other), 6)


def of_totals(given: Sequence[Scored], tolerance: float, confidence: float) -> TotalAgreement:
    """Return how near the total scores lie that were given blind."""
    units: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for each in given:
        if each.sealed and each.total is not None:
            units[each.session, each.item][each.scorer] = each.total
    twice = [unit for unit in units.values() if len(unit) > 1]
    raters = sorted({scorer for unit in twice for scorer in unit})
    pairs = [distance(one, other) for unit in twice for one, other in combinations(unit.values(), 2)]
    if len(twice) < MINIMUM_UNITS:
        coefficient = Interval(None, None, None, len(twice), too_few(len(twice)))
    elif all(len(unit) == len(raters) for unit in twice):
        coefficient = icc([[unit[scorer] for scorer in raters] for unit in twice], confidence=confidence)
    else:
        coefficient = krippendorff_alpha([[unit.get(scorer) for scorer in raters] for unit in twice], "interval")
    return TotalAgreement(
        len(twice),
        len(raters),
        coefficient,
        fmean(pairs) if pairs else None,
        fmean(apart <= tolerance for apart in pairs) if pairs else None,
    )
