"""Assignment of drawn items to evaluators: even work within their limits, nobody's own, each colleague seen by several.

Who shares colleagues with whom is what lets leniency be told from skill later, so earlier samples are looked at: the
same records give the same assignment, whoever works it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Pair = tuple[str, str]
"""An evaluator and a colleague."""
NO_LIMITS: Mapping[str, int] = MappingProxyType({})
NOBODY_YET: Mapping[Pair, int] = MappingProxyType({})


def assign(
    colleagues: Sequence[str],
    evaluators: Iterable[str],
    most: Mapping[str, int] = NO_LIMITS,
    seen: Mapping[Pair, int] = NOBODY_YET,
) -> list[str]:
    """Return an evaluator for each item, given whose work it is; empty where nobody may observe it or has room left.

    ``most`` is how many an evaluator takes at most, ``seen`` how often each saw each colleague in earlier samples. A
    colleague's items go round all evaluators. Where they do not come out even, the one with least work for their limit
    comes first, then the one who saw this colleague least before, then the order of the frame. Colleagues whom
    evaluators saw most unevenly are served first.
    """
    waiting: dict[str, list[int]] = {}
    for place, colleague in enumerate(colleagues):
        waiting.setdefault(colleague, []).append(place)
    shares = Shares(list(dict.fromkeys(evaluators)), most, seen)
    found = [""] * len(colleagues)
    for colleague in sorted(waiting, key=shares.unevenness):
        places = iter(waiting[colleague])
        while able := shares.able(colleague):
            given = list(zip(able, places, strict=False))
            for evaluator, place in given:
                found[place] = evaluator
                shares.load[evaluator] += 1
            if len(given) < len(able):
                break
    return found


class Shares:
    """Who has how much, and who may still take whose work."""

    def __init__(self, evaluators: Sequence[str], most: Mapping[str, int], seen: Mapping[Pair, int]) -> None:
        self.evaluators, self.most, self.seen = evaluators, most, seen
        self.by_limit = all(most.get(each) for each in evaluators)
        self.load: Counter[str] = Counter()

    def able(self, colleague: str) -> list[str]:
        """Return who may take an item of a colleague, whose turn it is first."""
        able = [
            each
            for each in self.evaluators
            if each != colleague and (each not in self.most or self.load[each] < self.most[each])
        ]
        return sorted(able, key=lambda each: (self._filled(each), self.seen.get((each, colleague), 0)))

    def _filled(self, evaluator: str) -> float:
        """Return how much an evaluator has: by their limit where every one has a limit, else in items."""
        return self.load[evaluator] / (self.most[evaluator] if self.by_limit else 1)

    def unevenness(self, colleague: str) -> int:
        """Return how unevenly evaluators saw a colleague before; the most uneven sorts first."""
        times = [self.seen.get((each, colleague), 0) for each in self.evaluators if each != colleague]
        return min(times, default=0) - max(times, default=0)
