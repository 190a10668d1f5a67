"""How often a protocol was left, and how far: deviations over opportunities, per criterion on a deviation scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.understand.estimates import Policy
from qacli.understand.facts import Selection, ratings, sample
from qacli.understand.notes import NOTHING, notes_of
from qacli.understand.summary import Summary, framed, method_note, policy_of
from qacli.understand.weighting import Strata, strata_of, weighted_share

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from qacli.model import View
    from qacli.prepare.scorecards.scale import Scale

COLUMNS = ("criterion", "scorecard", "degree", "n", "deviations", "share", "low", "high", "note")
WHOLE = ("n", "deviations")
ANY = "any"
"""The row that counts deviations of every degree."""


def by_deviation(view: View, selection: Selection) -> Summary:
    """Return per criterion on a deviation scale how many of its opportunities were deviations, of any and each degree.

    ``n`` counts the opportunities: observations to which the criterion applied. Shares and limits are weighted by the
    design, as in ``by_criterion``.
    """
    found = sample(view, selection)
    policy = policy_of(view, found)
    strata = strata_of(found)
    rated = ratings(view, selection)
    rows: list[dict[str, object]] = []
    of_scale = [
        (group, scale)
        for (card, criterion), group in rated.groupby(["scorecard", "criterion"], sort=False)
        if (scale := _scale(view, str(card), str(criterion))).kind == "deviation"
    ]
    for group, scale in sorted(of_scale, key=lambda each: (each[0]["scorecard"].iloc[0], each[0]["place"].min())):
        rows += _rows(group, scale, strata, policy)
    frame = framed(rows, COLUMNS, WHOLE, ("criterion", "scorecard", "degree", "note"))
    notes = [
        *notes_of(found, policy),
        method_note(policy),
        "n: opportunities, one for each observation to which the criterion applied; the worst deviation in it counts",
    ]
    nothing = NOTHING if rated.empty else "no criterion in these observations is rated on a deviation scale"
    statement = _statement(frame) if rows else nothing
    return Summary("Deviations from protocol", frame, notes, "qacli.summary-deviation/1", statement)


def _scale(view: View, card: str, criterion: str) -> Scale:
    found: Scale = view.definition("scale", view.definition("scorecard", card).criterion(criterion).scale)
    return found


def _rows(group: pd.DataFrame, scale: Scale, strata: Strata, policy: Policy) -> Iterator[dict[str, object]]:
    """Yield the row of any deviation, then one per degree, worst first."""
    applicable = group[group["met"].notna()]
    degrees = [point.point for point in scale.points if point.point != scale.top]
    for degree in (ANY, *degrees):
        counted = set(degrees) if degree == ANY else {degree}
        values = {row["item"]: row["answer"] in counted for row in applicable.to_dict("records")}
        found = weighted_share(strata, values, policy.confidence)
        few = "too few" if 0 < len(values) < policy.minimum_n else ""
        reason = found.method if values and found.low is None else ""
        yield {
            "criterion": group["criterion"].iloc[0],
            "scorecard": group["scorecard"].iloc[0],
            "degree": degree,
            "n": len(values),
            "deviations": sum(values.values()),
            "share": found.estimate,
            "low": found.low,
            "high": found.high,
            "note": "; ".join(filter(None, (few, reason))) if values else "never applicable",
        }


def _statement(frame: pd.DataFrame) -> str:
    """Return deviations over opportunities of all criteria together, as counted."""
    every = frame[frame["degree"] == ANY]
    deviations, opportunities = int(every["deviations"].sum()), int(every["n"].sum())
    if not opportunities:
        return "no opportunity for a deviation in these observations"
    degrees = frame[frame["degree"] != ANY].groupby("degree", sort=False)["deviations"].sum()
    counts = ", ".join(f"{degree} {int(count)}" for degree, count in degrees.items())
    return f"{deviations} deviations in {opportunities} opportunities ({deviations / opportunities:.1%} as counted): {counts}"
