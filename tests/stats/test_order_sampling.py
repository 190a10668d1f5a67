"""Chances in proportion to size, by arithmetic and by drawing."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.stats import class_probabilities, inclusion_probabilities, pareto_rank


def test_two_of_twelve_are_taken_for_certain():
    # R sps 0.6.2, README: revenue c(1:10, 100, 150), n = 6: weights 2.291667, 1.964286, 1.527778, 1.375, 1, 1
    sizes = {str(unit): float(size) for unit, size in enumerate([*range(1, 11), 100, 150], 1)}
    chances = inclusion_probabilities(sizes, 6)
    weights = [1 / chances[unit] for unit in ("6", "7", "9", "10", "11", "12")]
    assert weights == pytest.approx([2.291667, 1.964286, 1.527778, 1.375, 1, 1], abs=1e-6)


@given(st.dictionaries(st.text(max_size=3), st.floats(0.01, 1000), min_size=1, max_size=12), st.data())
def test_chances_add_up_to_the_sample(sizes, data):
    n = data.draw(st.integers(1, len(sizes)))
    chances = inclusion_probabilities(sizes, n)
    assert sum(chances.values()) == pytest.approx(n)
    assert all(0 < chance <= 1 for chance in chances.values())


def test_pareto_order_draws_with_nearly_these_chances():
    # Rosen (1997): realised chances come close to those asked for; within 1.6 % for 10 units, 4 drawn
    sizes = {unit: float(size) for unit, size in zip("abcdefghij", [3, 7, 1, 22, 9, 4, 6, 2, 18, 11], strict=True)}
    chances, numbers, times = inclusion_probabilities(sizes, 4), random.Random(5), 4000
    drawn: Counter[str] = Counter()
    for _ in range(times):
        drawn.update(sorted(sizes, key=lambda unit: pareto_rank(numbers.random(), chances[unit]))[:4])
    for unit, chance in chances.items():
        assert drawn[unit] / times == pytest.approx(chance, abs=0.016 + 4 * (0.25 / times) ** 0.5)


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="from 1 units"):
        inclusion_probabilities({"a": 1, "b": 0}, 2)


@given(st.lists(st.tuples(st.integers(1, 6), st.floats(0.01, 1000)), min_size=1, max_size=5), st.data())
def test_classes_have_the_chances_of_their_units(classes, data):
    n = data.draw(st.integers(1, sum(count for count, _ in classes)))
    by_class = class_probabilities({str(place): each for place, each in enumerate(classes)}, n)
    units = {f"{place}-{k}": size for place, (count, size) in enumerate(classes) for k in range(count)}
    for unit, chance in inclusion_probabilities(units, n).items():
        assert by_class[unit.partition("-")[0]] == pytest.approx(chance)
