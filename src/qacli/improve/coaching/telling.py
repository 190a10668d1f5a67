"""An effect in words: what was to be expected first, then what was seen, then what it allows to say."""

from __future__ import annotations

from collections.abc import Iterator

from qacli.improve.coaching.plan import CoachingEffect
from qacli.prepare.period import in_words

VERDICTS = {
    "better": "better than was to be expected without coaching",
    "worse": "worse than was to be expected without coaching",
    "cannot tell": "cannot tell: chance, or what would have come without coaching, is enough to explain it",
}


def effect_in_words(found: CoachingEffect) -> Iterator[str]:
    """Yield the sentences of an effect, the expectation first and the verdict last; each figure is one of the record."""
    yield (
        f"before it ({in_words(found.before_first)} to {in_words(found.before_last)}) {found.criterion} ({found.channel}) was "
        f"met in {found.met_before} of {found.n_before}; with no coaching at all {found.expected:.0%} were to be expected after, "
        f"by regression to the mean (reliability {found.reliability:.2f}) and what the others did"
    )
    yield (
        f"after it ({in_words(found.after_first)} to {in_words(found.after_last)}) it was met in {found.met_after} of "
        f"{found.n_after}; observed less expected {_points(found.beyond, found.beyond_low, found.beyond_high)}"
    )
    yield f"plain change {_points(found.estimate, found.low, found.high)} (Newcombe), which allows for none of that"
    yield (
        f"{found.others} colleagues who were not coached for it: {found.others_before:.0%} before, {found.others_after:.0%} "
        f"after; difference in differences {_points(found.did, found.did_low, found.did_high)}"
    )
    if found.mean_before is not None and found.mean_after is not None and found.mean_change is not None:
        limits = "" if found.mean_low is None else f" ({found.mean_low:+.0f} to {found.mean_high:+.0f}, Welch)"
        yield (
            f"mean of the answers, 0 to 100: {found.mean_before:.0f} before, {found.mean_after:.0f} after, "
            f"{found.mean_change:+.0f}{limits}"
        )
    yield could_show(found)
    if found.left_out:
        yield f"left out: {found.left_out} ratings by evaluators who rated on one side only and are not calibrated"
    looks = f"; {found.looks} plans looked at together (Benjamini and Hochberg)" if found.looks > 1 else ""
    yield f"{VERDICTS[found.verdict]}, p {_p(found.adjusted)}{looks}"


def could_show(found: CoachingEffect) -> str:
    """Return what the numbers could have shown at all."""
    if found.needed is None or found.detectable is None:
        return f"not even {found.n_after} of {found.n_after} would have shown an effect: more ratings are needed"
    return (
        f"{found.needed} of {found.n_after} or more would show an effect; who truly meets it in {found.detectable:.0%} of "
        "transactions does so in four of five cases"
    )


def _points(estimate: float, low: float | None, high: float | None) -> str:
    limits = "no interval" if low is None or high is None else f"{100 * low:+.0f} to {100 * high:+.0f}"
    return f"{100 * estimate:+.0f} points ({limits})"


def _p(p: float) -> str:
    return "< .001" if p < 0.001 else f"{p:.3f}".removeprefix("0")
