"""Assignment of drawn items to evaluators: even work, nobody's own, each colleague seen by several."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def assign(colleagues: Sequence[str], evaluators: Sequence[str]) -> list[str]:
    """Return an evaluator for each item, given whose work it is; empty where nobody may observe it.

    The one who saw this colleague least comes first, then the one with least work, then the order of the frame:
    evaluators and colleagues are crossed, which is what lets leniency be told from skill later.
    """
    load: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    found = []
    for colleague in colleagues:
        able = [evaluator for evaluator in evaluators if evaluator != colleague]
        if not able:
            found.append("")
            continue
        chosen = min(
            able, key=lambda evaluator: (pairs[evaluator, colleague], load[evaluator], evaluators.index(evaluator))
        )
        load[chosen] += 1
        pairs[chosen, colleague] += 1
        found.append(chosen)
    return found
