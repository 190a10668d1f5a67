"""The same words about different transactions: who describes what was heard does not write the same line twice.

Texts are compared as bags of words (Jaccard). Only texts that share two of their rarest words are compared at all: prefix
filtering as Wang, Li and Feng extend it, "Can we beat the prefix filtering?", SIGMOD 2012.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FEWEST = 5
"""Shorter texts, such as ok or named Friday, are the same in many honest forms."""
LONG = 10
"""So many words are the same twice only where they were copied; shorter ones may be, so they are told from FORMS on."""
FORMS = 3
ALIKE = 0.8
"""Share of words in common from which two texts count as one: one word in ten may differ."""
WORD = re.compile(r"\w+")
TIME = re.compile(r"\b(?:[0-9]{1,2}:)?[0-9]{1,2}:[0-9]{2}\b")


class Written(NamedTuple):
    """A text as it was recorded or is about to be: ``source`` is an observation or a session, empty before it has an id."""

    source: str
    item: str
    transaction: str
    by: str
    criterion: str
    text: str
    offset: str = ""


def reused(texts: Iterable[Written]) -> list[list[Written]]:
    """Return the groups of texts that are alike and stand in several forms, of different transactions, the largest first.

    In a group they stand in the order in which they were given.
    Several texts of one transaction are no reuse among themselves.
    """
    groups: dict[tuple[str, ...], list[tuple[int, Written]]] = defaultdict(list)
    for number, each in enumerate(texts):
        words = words_of(each)
        if len(words) >= FEWEST:
            groups[words].append((number, each))
    joined: dict[int, list[tuple[int, Written]]] = defaultdict(list)
    keys = list(groups)
    for place, root in enumerate(_roots(keys)):
        joined[root] += groups[keys[place]]
    found = [[each for _, each in sorted(group, key=lambda pair: pair[0])] for group in joined.values()]
    several = [group for group in found if _forms(group) >= (2 if len(words_of(group[0])) >= LONG else FORMS)]
    return sorted(several, key=lambda group: (-len(group), group[0].source, group[0].criterion))


def words_of(written: Written) -> tuple[str, ...]:
    """Return the words of a text in order of their letters, without times and the name of its own transaction."""
    own = written.transaction.casefold()
    return tuple(sorted(word for word in WORD.findall(TIME.sub(" ", written.text.casefold())) if word != own))


def _forms(group: Sequence[Written]) -> int:
    return len({each.transaction for each in group})


def _roots(keys: Sequence[tuple[str, ...]]) -> list[int]:
    """Return for each bag of words the first that it is, over others perhaps, alike to."""
    roots = list(range(len(keys)))

    def root(place: int) -> int:
        while roots[place] != place:
            place = roots[place]
        return place

    for one, other in _pairs(keys):
        first, last = sorted((root(one), root(other)))
        roots[last] = first
    return [root(place) for place in range(len(keys))]


def _pairs(keys: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield the places of bags of words that are alike, the earlier first."""
    counts = Counter(word for words in keys for word in words)
    bags = [bag_of(words) for words in keys]
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, words in enumerate(keys):
        rarest_first = sorted(words, key=lambda word: (counts[word], word))
        # all but ALIKE of them, and two more: so many of the rarest hold two words that an alike text has there as well
        shared = set(combinations(rarest_first[: len(words) // 5 + 2], 2))
        for other in sorted({each for pair in shared for each in index[pair]}):
            if alike(bags[other], bags[place]):
                yield other, place
        for pair in shared:
            index[pair].append(place)


def bag_of(words: Iterable[str]) -> frozenset[tuple[str, int]]:
    """Return words as a set in which a word that comes again is another one."""
    times: Counter[str] = Counter()
    found = []
    for word in words:
        times[word] += 1
        found.append((word, times[word]))
    return frozenset(found)


def alike(one: frozenset[tuple[str, int]], other: frozenset[tuple[str, int]]) -> bool:
    """Return whether two bags of words share at least ALIKE of all their words."""
    if min(len(one), len(other)) < ALIKE * max(len(one), len(other)):
        return False
    both = len(one & other)
    return both >= ALIKE * (len(one) + len(other) - both)
