"""Strictness: how far each evaluator stands from the expert on the same items, on which criteria, and whether it drifts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from statistics import fmean
from typing import NamedTuple

from qacli.model import View
from qacli.monitor.calibrating.figures import MINIMUM_UNITS, Scored, distance
from qacli.monitor.scoring.alignment import alignment
from qacli.prepare.scorecards.scale import Scale
from qacli.stats import Bias, SignificanceTest, benjamini_hochberg, guarded, holm, mcnemar, paired_bias, run_rules, xmr

STRICTER, LENIENT, CANNOT_TELL, SAME = "stricter", "more lenient", "cannot tell", "the same"


class Pair(NamedTuple):
    """One item that an evaluator and the expert scored, both blind."""

    mine: Scored
    expert: Scored


def pairs(given: Sequence[Scored]) -> dict[str, list[Pair]]:
    """Return by evaluator the items that the expert of the session scored too; only what was scored blind."""
    blind = [each for each in given if each.sealed]
    experts = {(each.session, each.item): each for each in blind if each.expert}
    found: dict[str, list[Pair]] = defaultdict(list)
    for each in blind:
        expert = experts.get((each.session, each.item))
        if expert and not each.expert:
            found[each.scorer].append(Pair(each, expert))
    return dict(sorted(found.items()))


class Strictness(NamedTuple):
    """One evaluator against the expert.

    ``bias`` is in points of 100 of the total score, below 0 for the stricter; ``within`` the share, 0 to 1, of items no
    further apart than the tolerance; ``alignment`` the mean nearness, 0 to 100, of the answers of an item by weight;
    ``missed`` counts criteria that only the expert failed, ``added`` those that only the evaluator did, and
    ``direction`` tests the two against each other.
    """

    evaluator: str
    sessions: int
    bias: Bias
    within: float | None
    alignment: float | None
    missed: int
    added: int
    direction: SignificanceTest
    verdict: str


def by_evaluator(view: View, given: Sequence[Scored], tolerance: float, confidence: float) -> list[Strictness]:
    """Return how strict each evaluator is beside the expert, in order of their ids.

    Evaluators are looked at together: who does not stand out among them all (Holm 1979) cannot be told.
    """
    scale_of: Callable[[str], Scale] = cache(lambda name: view.look_up("scale", name))
    found = [_strictness(scale_of, evaluator, both, tolerance, confidence) for evaluator, both in pairs(given).items()]
    stands = holm([each.bias.p for each in found], guarded(1 - confidence)).rejected
    return [
        each._replace(verdict=CANNOT_TELL)
        if each.verdict in {STRICTER, LENIENT} and each.bias.p and not stood
        else each
        for each, stood in zip(found, stands, strict=True)
    ]


def _strictness(
    scale_of: Callable[[str], Scale], evaluator: str, found: Sequence[Pair], tolerance: float, confidence: float
) -> Strictness:
    totals = [(each.mine.total, each.expert.total) for each in found]
    both = [(mine, expert) for mine, expert in totals if mine is not None and expert is not None]
    bias = paired_bias([mine for mine, _ in both], [expert for _, expert in both], confidence)
    if bias.n < MINIMUM_UNITS:
        bias = Bias(None, None, None, bias.n, _too_few(bias.n), bias.mean_absolute)
    near = [alignment(each.mine.card, scale_of, _answers(each.mine), _answers(each.expert)).estimate for each in found]
    missed, added = _directions(found)
    return Strictness(
        evaluator,
        len({each.mine.session for each in found}),
        bias,
        fmean(distance(mine, expert) <= tolerance for mine, expert in both) if both else None,
        fmean(float(each) for each in near if each is not None) if any(each is not None for each in near) else None,
        missed,
        added,
        mcnemar(missed, added),
        _verdict(bias),
    )


def _answers(each: Scored) -> Mapping[str, str]:
    return {name: row.answer for name, row in each.answers.items()}


def _directions(found: Sequence[Pair], criterion: str = "") -> tuple[int, int]:
    """Return how many criteria only the expert failed, and how many only the evaluator did."""
    both = [
        (row.met, each.expert.answers[name].met)
        for each in found
        for name, row in each.mine.answers.items()
        if name in each.expert.answers and criterion in {"", name}
    ]
    return both.count((True, False)), both.count((False, True))


def _too_few(n: int) -> str:
    return f"too few: {n} of the {MINIMUM_UNITS} items that are needed"


def _verdict(bias: Bias) -> str:
    if bias.n < MINIMUM_UNITS:
        return bias.method
    if bias.low is None or bias.high is None or bias.low <= 0 <= bias.high:
        return CANNOT_TELL if bias.estimate else SAME
    return LENIENT if bias.low > 0 else STRICTER


class Severity(NamedTuple):
    """One evaluator against the expert on one criterion: ``difference`` is the mean of value minus value, -100 to 100,
    below 0 for the stricter; ``missed`` and ``added`` as in Strictness. ``p`` is of the exact McNemar test where answers
    are all or nothing, else of the paired t test."""

    criterion: str
    evaluator: str
    units: int
    difference: float | None
    missed: int
    added: int
    p: float | None
    verdict: str


def by_severity(given: Sequence[Scored], confidence: float) -> list[Severity]:
    """Return how strict each evaluator is on each criterion, in order of the cards.

    A verdict holds for all of them together: p is adjusted for as many looks (Benjamini and Hochberg 1995).
    """
    found = [
        _severity(criterion, evaluator, mine)
        for criterion in dict.fromkeys(name for each in given for name in each.answers)
        for evaluator, mine in pairs(given).items()
    ]
    told = [each for each in found if each.units]
    adjusted = benjamini_hochberg([each.p for each in told], 1 - confidence).adjusted
    return [_judged(each, p, 1 - confidence) for each, p in zip(told, adjusted, strict=True)]


def _severity(criterion: str, evaluator: str, found: Sequence[Pair]) -> Severity:
    values = [
        (float(mine.value), float(expert.value))
        for each in found
        if (mine := each.mine.answers.get(criterion)) and (expert := each.expert.answers.get(criterion))
        if mine.value is not None and expert.value is not None
    ]
    missed, added = _directions(found, criterion)
    if len(values) < MINIMUM_UNITS:
        return Severity(criterion, evaluator, len(values), None, missed, added, None, _too_few(len(values)))
    bias = paired_bias([mine for mine, _ in values], [expert for _, expert in values])
    all_or_nothing = {value for pair in values for value in pair} <= {0.0, 100.0}
    p = mcnemar(missed, added).p if all_or_nothing else bias.p
    return Severity(criterion, evaluator, bias.n, bias.estimate, missed, added, p, "")


def differs(each: Severity) -> bool:
    """Return whether evaluator and expert differ at all on a criterion."""
    return bool(each.difference or each.missed or each.added)


def _judged(each: Severity, p: float | None, error: float) -> Severity:
    if each.verdict:
        return each
    if p is None:
        return each._replace(verdict="always by as much" if each.difference else SAME)
    sure = STRICTER if (each.difference or 0) < 0 else LENIENT
    return each._replace(p=p, verdict=sure if p <= error else CANNOT_TELL)


class Drift(NamedTuple):
    """The mean difference of one evaluator from the expert in one session, in points of 100, with the limits within which
    that person's sessions vary; ``verdict`` says by which rule it stands out, or why there are no limits."""

    evaluator: str
    session: str
    units: int
    difference: float
    low: float | None
    high: float | None
    verdict: str


def by_session(given: Sequence[Scored]) -> list[Drift]:
    """Return the difference of each evaluator from the expert session by session, on a chart of individual values."""
    return [drift for evaluator, found in pairs(given).items() for drift in _drift(evaluator, found)]


def _drift(evaluator: str, found: Sequence[Pair]) -> Iterator[Drift]:
    sessions: dict[str, list[float]] = defaultdict(list)
    for each in found:
        if each.mine.total is not None and each.expert.total is not None:
            sessions[each.mine.session].append(each.mine.total - each.expert.total)
    means = [fmean(apart) for apart in sessions.values()]
    chart = xmr(means)
    center, sigmas = chart.center or 0.0, [sigma for sigma in chart.sigma if sigma]
    runs = run_rules([(mean - center) / sigma for mean, sigma in zip(means, sigmas, strict=True)]) if sigmas else ()
    rules = {run.end: run.words for run in runs}
    steady = "" if chart.method == "XmR" else chart.method
    for place, (session, apart) in enumerate(sessions.items()):
        limits = chart.lower[place], chart.upper[place]
        yield Drift(evaluator, session, len(apart), means[place], *limits, rules.get(place, steady))
