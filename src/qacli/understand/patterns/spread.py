"""Whose hands a fault is in: a process fails in many hands, a person in one pair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from qacli.stats import count_test, spread_test

Verdict = Literal["process", "person", "cannot tell"]
FEWEST = 5
"""Failures, and colleagues with the criterion rated, under which nothing is said."""
TOP = 2
"""How many colleagues are taken away to see whether the fault stays."""
ALPHA = 0.05
SURE = 0.01
"""Chance under which unevenness is shown: a word about persons needs more than one about processes."""


class Spread(NamedTuple):
    """How failures are spread over colleagues.

    ``colleagues_failed`` of ``colleagues`` failed it at least once; ``half`` is how few of them made half of the
    failures; ``p`` the chance of failures so unevenly spread if all colleagues were alike (shuffled). ``left`` of
    ``n_left`` remain without the two colleagues who failed most. ``words`` says the verdict and why.
    """

    verdict: Verdict
    colleagues_failed: int
    colleagues: int
    half: int
    p: float | None
    left: int
    n_left: int
    words: str


def spread_of(counts: Mapping[str, tuple[int, int]], before: tuple[int, int] | None = None, looks: int = 1) -> Spread:
    """Return how failures are spread, given failed and n per colleague; ``before`` is failed and n of the days before.

    ``looks`` says of how many criteria it is asked at once: the more, the less a single one may be put down to a person.

    It looks like process only where unevenness is not shown and the fault stays without the two who failed most: above
    what it was before, or where nothing is known of that, in half of the others. It looks like person only where chance would
    seldom leave it so uneven and a quarter of the colleagues made half of it.
    """
    each = {name: pair for name, pair in counts.items() if pair[1]}
    failures = sorted((k for k, _ in each.values()), reverse=True)
    total, many = sum(failures), len(each)
    failed = sum(k > 0 for k in failures)
    half = next((n for n in range(1, many + 1) if 2 * sum(failures[:n]) >= total), 0)
    rest = sorted(each.values(), key=lambda pair: -pair[0])[TOP:]
    left, n_left = sum(k for k, _ in rest), sum(n for _, n in rest)
    over = f"{failed} of {many} colleagues failed it"
    if total < FEWEST or many < FEWEST:
        words = f"{over}: too few to tell process from person"
        return Spread("cannot tell", failed, many, half, None, left, n_left, words)
    p = spread_test([k for k, _ in each.values()], [n for _, n in each.values()]).p
    if p is not None and p < min(SURE, ALPHA / looks) and half <= max(1, many // 4):
        words = f"{half} of {many} colleagues made half of the {total} failures: looks like person, not process"
        return Spread("person", failed, many, half, p, left, n_left, words)
    # without a p everybody failed alike, always: nothing is more even
    if (p is None or p >= ALPHA) and 2 * failed >= many and _stays(rest, left, n_left, before):
        words = f"spread over {failed} of {many} eligible colleagues: looks like process, not person"
        return Spread("process", failed, many, half, p, left, n_left, words)
    words = f"{over}: cannot tell process from person at this n"
    return Spread("cannot tell", failed, many, half, p, left, n_left, words)


def _stays(rest: list[tuple[int, int]], left: int, n_left: int, before: tuple[int, int] | None) -> bool:
    """Return whether the fault is there without the two who failed most."""
    if not before or not before[1]:
        return 2 * sum(k > 0 for k, _ in rest) >= len(rest)
    groups = [(n_left + before[1], left + before[0], n_left)]
    return bool(n_left) and count_test(groups, left).high < ALPHA
