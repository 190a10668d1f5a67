"""Ratings and a measure side by side: of each transaction that has both, and of colleagues, teams and weeks."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from qacli.stats import autocorrelation, shrink
from qacli.understand.comparing.link import LINKED, MARGIN, UNDECIDED, Link, among_many, link
from qacli.understand.comparing.parting import of_sums
from qacli.understand.estimates import Policy, scored
from qacli.understand.facts import FACTS

if TYPE_CHECKING:
    import pandas as pd

    from qacli.model import View
    from qacli.understand.facts import Selection

By = Literal["transaction", "colleague", "team", "period"]
UNITS = MappingProxyType({"colleague": "colleagues", "team": "teams", "period": "weeks"})
"""What is counted in place of pairs."""
SCORE = "score"
KPI_LINK = "kpi-link"
TOO_ALIKE = 0.2
"""Correlation of each week with the next from which limits are too narrow."""
RATINGS = f"""
SELECT f.item, f.transaction, f.day, f.channel, f.team, f.colleague, f.reason, f.evaluator, f.scorecard, f.purpose,
       f.probability, f.observed_at, f.observation, f.score::DOUBLE AS score, f.customer, f.business, f.compliance,
       r.criterion, r.value::DOUBLE AS value
FROM ({FACTS}) AS f JOIN ratings AS r ON r.observation = f.observation
WHERE f.selected
ORDER BY f.observed_at, length(f.observation), f.observation, length(r.id), r.id
"""


class Measure(NamedTuple):
    """A KPI in one of its variants, as its definition has it. ``better`` is higher or lower."""

    kpi: str
    reference: str
    variant: str
    title: str
    better: str
    gaming: str
    counter: str

    @property
    def named(self) -> str:
        """The KPI with its variant: without it, no figure compares."""
        return f"{self.kpi} {self.variant}".strip()


class Measured(NamedTuple):
    """A measure of transactions.

    ``values`` has it for single transactions; ``groups`` sums up all of them: day, colleague, team, channel, reason,
    transactions, answered (those that have a value), total, squares. ``survey`` says that customers gave the values.
    ``source`` and ``sha256`` say of what.
    """

    measure: Measure
    values: Mapping[str, float]
    groups: pd.DataFrame
    survey: bool
    source: str
    sha256: str


class Rated(NamedTuple):
    """Ratings drawn by chance for one purpose: transaction, day, channel, team, colleague, reason, evaluator, scorecard,
    criterion (``score`` for the whole), value 0 to 100. ``chosen`` counts observations of chosen transactions, left out.
    """

    frame: pd.DataFrame
    purpose: str
    chosen: int


class Compared(NamedTuple):
    """One criterion of one card against one measure at one level.

    ``most`` is the greatest correlation that the unreliability of both sides lets through, None at transaction level.
    """

    criterion: str
    scorecard: str
    measure: Measure
    by: By
    purpose: str
    found: Link
    sha256: str
    most: float | None = None


def ratings(view: View, selection: Selection) -> pd.DataFrame:
    """Return one row per rating of the days and places of a selection, of every purpose, in order of time."""
    found: pd.DataFrame = view.sql(RATINGS, selection._replace(purpose="all").parameters())
    return found


def purpose_at_hand(rows: pd.DataFrame) -> str:
    """Return kpi-link where transactions were drawn to be compared and are scored, else routine."""
    return KPI_LINK if bool(((rows["purpose"] == KPI_LINK) & (rows["probability"] > 0)).any()) else "routine"


def rated(rows: pd.DataFrame, purpose: str, policy: Policy) -> Rated:
    """Return ratings and scores of one purpose; the first observation of a transaction counts.

    Scores that a failed critical set to 0 are left out, as they are of every mean.
    """
    import pandas as pd

    rows = rows[rows["purpose"] == purpose]
    heads = rows.drop_duplicates("observation")
    counted = heads[heads["probability"] > 0].drop_duplicates("transaction")
    whole = counted.assign(criterion=SCORE, value=counted["item"].map(scored(counted, policy)).astype(float))
    parts = rows[rows["observation"].isin(set(counted["observation"]))]
    frame = pd.concat([parts, whole], ignore_index=True) if len(whole) else parts
    return Rated(frame, purpose, int((~(heads["probability"] > 0)).sum()))


def at_transaction(
    found: Rated, measured: Measured, margin: float = MARGIN, confidence: float = 0.95
) -> list[Compared]:
    """Return each criterion of each card against a measure of the same transactions."""
    rows = found.frame.assign(outcome=found.frame["transaction"].map(measured.values))
    pairs = rows[rows["value"].notna() & rows["outcome"].notna()]
    return [
        Compared(
            str(criterion),
            str(card),
            measured.measure,
            "transaction",
            found.purpose,
            link(part["value"].tolist(), part["outcome"].tolist(), margin, confidence),
            measured.sha256,
        )
        for (card, criterion), part in pairs.groupby(["scorecard", "criterion"], sort=False)
    ]


def by_unit(rows: pd.DataFrame, measured: Measured, by: By, minimum_n: int) -> pd.DataFrame:
    """Return per colleague, team or week that has both: n, mean and variance of a rating and of the measure.

    ``rows`` are ratings of one criterion of one card. A unit with fewer than ``minimum_n`` of either is left out.
    """
    import pandas as pd

    quality = _keyed(rows[rows["value"].notna()], by).groupby("unit")["value"].agg(["size", "mean", "var"])
    sums = _keyed(measured.groups, by).groupby("unit")[["answered", "total", "squares"]].sum()
    parts = {unit: of_sums(int(n), total, squares) for unit, n, total, squares in sums.reset_index().values.tolist()}
    both = [
        (unit, int(row["size"]), row["mean"], row["var"], *parts[unit])
        for unit, row in quality.iterrows()
        if unit in parts and row["size"] >= minimum_n and parts[unit].n >= minimum_n
    ]
    return pd.DataFrame(both, columns=["unit", "n", "mean", "variance", "answered", "outcome", "outcome_variance"])


def at_unit(
    of: Rated, measured: Measured, by: By, minimum_n: int, margin: float = MARGIN, confidence: float = 0.95
) -> list[Compared]:
    """Return each criterion of each card against a measure over colleagues, teams or weeks, as means of each.

    Such means are no proof about a person, and say least of all about one transaction.
    """
    found = []
    for (card, criterion), part in of.frame.groupby(["scorecard", "criterion"], sort=False):
        units = by_unit(part, measured, by, minimum_n)
        each = link(units["mean"].tolist(), units["outcome"].tolist(), margin, confidence)
        each = each._replace(note=each.note.replace("pairs", UNITS[by]))
        if by == "period":
            each = _of_a_series(each, units)
        found.append(
            Compared(str(criterion), str(card), measured.measure, by, of.purpose, each, measured.sha256, _most(units))
        )
    return found


def judged_together(compared: list[Compared]) -> list[Compared]:
    """Return comparisons that were looked at together; see link.among_many."""
    links = among_many([each.found for each in compared])
    return [each._replace(found=found) for each, found in zip(compared, links, strict=True)]


def _keyed(rows: pd.DataFrame, by: By) -> pd.DataFrame:
    import pandas as pd

    if by != "period":
        return rows.assign(unit=rows[by].fillna(""))
    week = pd.to_datetime(rows["day"]).dt.isocalendar()
    return rows.assign(unit=week["year"].astype(str) + "-W" + week["week"].astype(str).str.zfill(2))


def _of_a_series(found: Link, units: pd.DataFrame) -> Link:
    """Two series that drift go together without any link: where weeks resemble the next ones, none is asserted."""
    if found.verdict != LINKED:
        return found
    alike = [autocorrelation(units[name].tolist()) or 0.0 for name in ("mean", "outcome")]
    if max(alike) <= TOO_ALIKE:
        return found
    return found._replace(verdict=UNDECIDED, note=f"weeks resemble the next ones ({max(alike):.2f}): limits too narrow")


def _most(units: pd.DataFrame) -> float | None:
    """Return √(B·B), with B the mean reliability of each side; None where it cannot be told."""
    sides = [("mean", "variance", "n"), ("outcome", "outcome_variance", "answered")]
    parts = []
    for mean, variance, n in sides:
        spread = [None if value != value else float(value) for value in units[variance]]
        found = shrink(units[mean].tolist(), spread, units[n].tolist()).reliability
        if not found:
            return None
        parts.append(sum(found) / len(found))
    return sqrt(parts[0] * parts[1])
