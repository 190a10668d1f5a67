"""Trial of a scale: several people rate the same transactions by it before it is used, and how far they agree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.nearest import did_you_mean
from qacli.model import Change, Row, UsageError, View, ref
from qacli.prepare.scorecards.scale import Scale
from qacli.stats import Agreement, cohen_kappa, gwet_ac

if TYPE_CHECKING:
    from decimal import Decimal

NOT_APPLICABLE = "na"
MINIMUM_UNITS = 10
"""Under so many units rated by two people a coefficient says nothing. Our setting; no source sets one."""
UNDEFINED, BELOW, BELOW_PERHAPS, REACHED_PERHAPS, REACHED = (
    "undefined",
    "below",
    "below, cannot tell",
    "reached, cannot tell",
    "reached",
)
"""What a trial says about the threshold; cannot tell where the interval holds it."""

_METHOD = re.compile(r" [0-9.]+%|;")


@dataclass(frozen=True, kw_only=True)
class Trial(Row, table="trials", letter="tr"):
    """One trial of one version of a scale; ``sha256`` is of its ratings, so that none is recorded twice."""

    scale: str
    ratings: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class TrialRating(Row, table="trial_ratings", parent="trial"):
    """What one person gave one transaction on one criterion. ``point`` is one of the scale, or na."""

    trial: str
    transaction: str
    scorer: str
    criterion: str
    point: str


class Tried(NamedTuple):
    """One rating of a trial, as it was handed in."""

    transaction: str
    scorer: str
    criterion: str
    point: str


class Wrong(NamedTuple):
    """What is wrong with one line: the rule, the column it stands in, what and what to do."""

    code: str
    column: str
    message: str
    help: str


class Tested(NamedTuple):
    """How far the scorers of a trial agree.

    ``exact`` is the share, 0 to 1, of pairs of scorers with the same point; ``coefficient`` Gwet's AC1 on a binary
    scale, AC2 with linear weights on an ordinal one; ``kappa`` Cohen's, with quadratic weights on an ordinal scale,
    the mean over the pairs of scorers. ``applicability`` counts units that some found not applicable and others rated.
    """

    trial: str
    scale: str
    transactions: int
    scorers: int
    units: int
    exact: float | None
    coefficient: Agreement
    kappa: float | None
    applicability: int
    verdict: str


def faults_of(
    line: Tried, scales: Mapping[str, Scale], users: Mapping[str, set[str]], people: Sequence[str]
) -> Sequence[Wrong]:
    """Return everything wrong with one line of a trial of ``scales``, by reference.

    ``users`` holds the criteria of the folder by the scale they use.
    """
    found = []
    if not line.transaction.strip():
        found.append(Wrong("no-transaction", "transaction", "the line names no transaction", "give it any id"))
    if line.scorer not in people:
        found.append(
            Wrong(
                "unknown-person",
                "scorer",
                f"there is no person '{line.scorer}' in people.csv",
                "write person ids such as p_ev1, never names; add a line to people.csv",
            )
        )
    scale = scale_of(line.criterion, scales, users)
    if scale is None:
        known = sorted(set().union(*(users.get(name, set()) for name in scales)))
        found.append(
            Wrong(
                "unknown-criterion",
                "criterion",
                f"no scorecard has a criterion '{line.criterion}' on {' or '.join(scales)}",
                did_you_mean(line.criterion, known, "write the ids of the card, such as ph-idv"),
            )
        )
    elif line.point != NOT_APPLICABLE and not scale.has(line.point):
        said = f"'{line.point}' is not a point of {scale.reference}"
        found.append(Wrong("unknown-point", "point", said, f"{scale.in_words} or na"))
    return found


class Measured(UsageError):
    """What a system measures is not tried."""

    def __init__(self, scale: Scale) -> None:
        super().__init__(
            f"{scale.reference} is for what a system measures: there are no scorers who could differ on it",
            help="leave it out; it is approved without a trial",
        )


def refuse_measured(scales: Iterable[Scale]) -> None:
    """Refuse number scales: a system measures them. Raises Measured."""
    for scale in scales:
        if scale.range_:
            raise Measured(scale)


def scale_of(criterion: str, scales: Mapping[str, Scale], users: Mapping[str, set[str]]) -> Scale | None:
    """Return which of the scales a criterion is rated on; a single scale that no card uses yet takes any criterion."""
    found = next((scale for name, scale in scales.items() if criterion in users.get(name, ())), None)
    if found is None and len(scales) == 1 and criterion:
        [(name, only)] = scales.items()
        return None if users.get(name) else only
    return found


def try_scales(view: View, scales: Sequence[str], lines: Sequence[Tried], users: Mapping[str, set[str]]) -> Change:
    """Record the ratings of a trial, one trial for each scale (given by reference) that they are on.

    The lines are sound by ``faults_of``. Raises Measured for a number scale. A trial that is recorded already makes no row.
    """
    known: dict[str, Scale] = {name: view.definition("scale", name) for name in scales}
    refuse_measured(known.values())
    by_scale: dict[str, list[Tried]] = {name: [] for name in known}
    for line in sorted(lines):
        scale = scale_of(line.criterion, known, users)
        if scale:
            by_scale[scale.reference].append(line)
    before = {(row.scale, row.sha256): row for row in view.current(Trial)}
    rows: list[Row] = []
    findings = []
    for name, mine in by_scale.items():
        digest = sha256("\n".join("\t".join(line) for line in mine).encode("utf-8")).hexdigest()
        if (name, digest) in before:
            findings.append(f"these ratings of {name} are recorded as {before[name, digest].id}: nothing to do")
        elif not mine:
            findings.append(f"no line is about {name}")
        else:
            head = Trial(scale=name, ratings=len(mine), sha256=digest)
            rows += [head, *(TrialRating(trial=ref(head), **line._asdict()) for line in mine)]
    return Change(rows, findings)


def trials_of(view: View, scale: Scale) -> Sequence[Trial]:
    """Return the trials in force of one version of a scale, oldest first."""
    return view.current(Trial, scale=scale.reference)


def ratings_of(view: View, trial: Trial) -> Sequence[TrialRating]:
    """Return the ratings of one trial."""
    return view.current(TrialRating, trial=trial.id)


def agreement(
    scale: Scale, ratings: Iterable[TrialRating], threshold: Decimal, confidence: float = 0.95, trial: str = ""
) -> Tested:
    """Return how far the scorers of a trial agree, and whether that reaches a threshold between 0 and 1.

    A unit is one criterion of one transaction; the interval counts transactions, since the criteria of one are no
    draws of their own.
    """
    by_unit: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in ratings:
        by_unit[row.transaction, row.criterion][row.scorer] = row.point
    scorers = sorted({scorer for given in by_unit.values() for scorer in given})
    points = [point.point for point in scale.points]
    rated = {
        unit: [given.get(scorer) if given.get(scorer) != NOT_APPLICABLE else None for scorer in scorers]
        for unit, given in sorted(by_unit.items())
    }
    coefficient, exact = _coefficient(scale, rated, points, confidence)
    return Tested(
        trial,
        scale.reference,
        len({transaction for transaction, _ in by_unit}),
        len(scorers),
        coefficient.n,
        exact,
        coefficient,
        _kappa(scale, list(rated.values()), points),
        sum(len({point == NOT_APPLICABLE for point in given.values()}) > 1 for given in by_unit.values()),
        verdict(coefficient, float(threshold)),
    )


def _coefficient(
    scale: Scale, rated: Mapping[tuple[str, str], Sequence[str | None]], points: Sequence[str], confidence: float
) -> tuple[Agreement, float | None]:
    units, groups = list(rated.values()), [transaction for transaction, _ in rated]
    exact = gwet_ac(units, points, "nominal", confidence, groups)
    if exact.n < MINIMUM_UNITS:
        why = f"undefined: {exact.n} ratings by two people, {MINIMUM_UNITS} are needed" if exact.n else exact.method
        return Agreement(None, None, None, exact.n, why), exact.observed
    found = exact if scale.kind == "binary" else gwet_ac(units, points, "linear", confidence, groups)
    return found, exact.observed


def _kappa(scale: Scale, units: Sequence[Sequence[str | None]], points: Sequence[str]) -> float | None:
    """Return the mean of Cohen's kappa over the pairs of scorers with units enough (Light 1971); None without any."""
    found = []
    for one, other in combinations(range(len(units[0]) if units else 0), 2):
        table = [[0] * len(points) for _ in points]
        for unit in units:
            first, second = unit[one], unit[other]
            if first is not None and second is not None:
                table[points.index(first)][points.index(second)] += 1
        kappa = cohen_kappa(table, None if scale.kind == "binary" else "quadratic")
        if kappa.n >= MINIMUM_UNITS and kappa.estimate is not None:
            found.append(kappa.estimate)
    return fmean(found) if found else None


def verdict(found: Agreement, threshold: float) -> str:
    """Return what a coefficient says about the threshold: reached, below, undefined, or that it cannot tell."""
    if found.estimate is None:
        return UNDEFINED
    if found.estimate >= threshold:
        return REACHED if found.low is None or found.low >= threshold else REACHED_PERHAPS
    return BELOW if found.high is None or found.high < threshold else BELOW_PERHAPS


def in_words(found: Tested) -> str:
    """Return the agreement of a trial in one sentence, with its n."""
    what = found.coefficient
    n = f"{found.units} ratings of {found.transactions} transactions by {found.scorers} people"
    same = f"{100 * found.exact:.0f} % the same; " if found.exact is not None else ""
    if what.estimate is None:
        return f"{same}coefficient {what.method}; {n}"
    name = _METHOD.split(what.method)[0]
    span = f", {what.low:.2f} to {what.high:.2f}" if what.low is not None and what.high is not None else ""
    return f"{same}{name} {what.estimate:.2f}{span}; {n}"


def with_verdict(found: Tested, threshold: Decimal) -> str:
    """Return the agreement of a trial in one sentence, and what it means for approving the scale."""
    said = {
        UNDEFINED: "the scale cannot be approved on it",
        BELOW: f"below {threshold}, so that the scale cannot be approved on it",
        BELOW_PERHAPS: f"below {threshold}, but the interval holds it: more transactions would tell",
        REACHED_PERHAPS: f"reaches {threshold}, but the interval holds it: more transactions would tell",
        REACHED: f"reaches {threshold}",
    }[found.verdict]
    return f"{found.scale}: {in_words(found)}: {said}"


def latest(view: View, scale: Scale) -> Tested | None:
    """Return the last trial of a version of a scale, which decides; None where there is none."""
    held = trials_of(view, scale)
    if not held:
        return None
    settings = view.settings.thresholds
    last = held[-1]
    return agreement(scale, ratings_of(view, last), settings.trial_agreement, settings.confidence / 100, last.id)
