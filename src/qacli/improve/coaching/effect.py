"""What coaching changed: fresh transactions against what was to be expected without it, beside uncoached colleagues.

Who is picked for a bad score does better next time with no coaching at all. So the share after is held against what the
share before leads to expect, and against what the others did meanwhile; only what lies beyond is an effect.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import sqrt
from typing import Any

from qacli.improve.coaching.looking import Looked, judge, look
from qacli.improve.coaching.plan import CoachingEffect, effect_of, plan_of
from qacli.improve.coaching.side_by_side import Both
from qacli.model import Change, Refusal, View
from qacli.stats import (
    Beyond,
    Changed,
    benjamini_hochberg,
    change_of,
    detectable_share,
    difference_in_differences,
    mean_difference,
    newcombe,
)

BETTER, WORSE, CANNOT_TELL = "better", "worse", "cannot tell"
COUNTED = ("n_before", "met_before", "n_after", "met_after", "others", "expected", "beyond", "did", "left_out")
"""What is counted anew by each look; if it is the same, so is all the rest."""


def effect(view: View, plan_ids: Sequence[str], to: date | None = None) -> Change:
    """Record before and after of one or several plans, as of the day on which they are to be looked at.

    The side before are the 13 weeks before coaching started, the side after the days from the day after it up to the
    review, or ``to``. Of several plans those that cannot be judged are told, and p is adjusted for all that can (Benjamini
    and Hochberg). What is recorded already with the same figures makes no row. Raises NoSuchRow, NotDone, TooEarly,
    LookedAlready, TooFew, NoComparison.
    """
    confidence = view.settings.thresholds.confidence / 100
    refused: list[Refusal] = []
    judged: list[tuple[Looked, Beyond]] = []
    for name in dict.fromkeys(plan_ids):
        try:
            looked = look(view, plan_of(view, name), to)
            judged.append((looked, judge(view, looked, confidence)))
        except Refusal as refusal:
            if len(plan_ids) == 1:
                raise
            refused.append(refusal)
    if refused and not judged:
        raise refused[0]
    told = [each.message for each in refused]
    adjusted = benjamini_hochberg([beyond.p for _, beyond in judged], 1 - confidence).adjusted
    rows = [
        _row(looked, beyond, p if p is not None else beyond.p, len(judged), confidence)
        for (looked, beyond), p in zip(judged, adjusted, strict=True)
    ]
    new = []
    for row in rows:
        stands = effect_of(view, row.plan)
        if stands and _same(stands, row):
            told.append(f"{row.plan}: {stands.id} says so already ({stands.verdict}): nothing to do")
        else:
            new.append(row)
    return Change(new, [*told, *_together([looked for looked, _ in judged], confidence)])


def _row(looked: Looked, beyond: Beyond, adjusted: float, looks: int, confidence: float) -> CoachingEffect:
    both, others = looked.both, looked.others
    change = newcombe(*both.after.counts, *both.before.counts, confidence)
    means = mean_difference(both.after.values, both.before.values, confidence)
    graded = len({*both.before.values, *both.after.values}) > 2
    did = difference_in_differences(_own(both), change_of([_difference(each) for each in others]), confidence)
    if change.estimate is None or change.low is None or change.high is None or did.estimate is None:
        raise ValueError("Both sides have ratings.")
    return CoachingEffect(
        plan=looked.plan.id,
        criterion=looked.plan.criterion,
        channel=looked.need.item.channel,
        **looked.days._asdict(),
        n_before=both.before.n,
        met_before=both.before.met,
        n_after=both.after.n,
        met_after=both.after.met,
        estimate=change.estimate,
        low=change.low,
        high=change.high,
        mean_before=_mean(both.before.values) if graded else None,
        mean_after=_mean(both.after.values) if graded else None,
        mean_change=means.estimate if graded else None,
        mean_low=means.low if graded else None,
        mean_high=means.high if graded else None,
        expected=beyond.expected,
        reliability=beyond.reliability,
        beyond=beyond.estimate,
        beyond_low=beyond.low,
        beyond_high=beyond.high,
        p=beyond.p,
        adjusted=adjusted,
        looks=looks,
        needed=beyond.needed,
        detectable=detectable_share(beyond.needed, both.after.n),
        others=len(others),
        others_before=_mean([each.before.met / each.before.n for each in others]),
        others_after=_mean([each.after.met / each.after.n for each in others]),
        did=did.estimate,
        did_low=did.low,
        did_high=did.high,
        left_out=both.left_out,
        verdict=_verdict(beyond, change.estimate, adjusted, confidence),
        method=beyond.method,
    )


def _verdict(beyond: Beyond, change: float, adjusted: float, confidence: float) -> str:
    """Return better or worse only where both the change and what lies beyond the expected say so, with all looks counted."""
    if adjusted > 1 - confidence:
        return CANNOT_TELL
    if beyond.low > 0 and change > 0:
        return BETTER
    return WORSE if beyond.high < 0 and change < 0 else CANNOT_TELL


def _own(both: Both) -> Changed:
    """Return the change of the share of one colleague, with the binomial error of its two sides."""
    parts = [side.met / side.n * (1 - side.met / side.n) / side.n for side in (both.before, both.after)]
    return Changed(_difference(both), sqrt(sum(parts)), both.before.n + both.after.n - 2, 1)


def _difference(both: Both) -> float:
    return both.after.met / both.after.n - both.before.met / both.before.n


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _same(one: CoachingEffect, other: CoachingEffect) -> bool:
    """Return whether two looks counted the same, whatever else was looked at beside them."""
    return all(_alike(getattr(one, name), getattr(other, name)) for name in COUNTED)


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < 1e-9
    return bool(one == other)


def _together(judged: Sequence[Looked], confidence: float) -> list[str]:
    """Return what several colleagues who were coached for one criterion changed together, against the others."""
    criteria = {each.plan.criterion for each in judged}
    colleagues = {each.plan.colleague for each in judged}
    if len(criteria) > 1 or len(colleagues) < len(judged) or len(judged) < 2:
        return []
    coached = change_of([_difference(each.both) for each in judged])
    others = change_of([_difference(each) for each in judged[0].others])
    found = difference_in_differences(coached, others, confidence)
    if found.estimate is None or found.low is None or found.high is None:
        return []
    told = (
        f"together, {len(judged)} colleagues coached for {min(criteria)} against {others.n} who were not: "
        f"{100 * found.estimate:+.0f} points ({100 * found.low:.0f} to {100 * found.high:.0f}, {found.method}); "
        "this does not allow for regression to the mean"
    )
    return [told]
