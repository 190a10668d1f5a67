"""Shuffled marks: p against the count of all arrangements, and an error of p that figures do not share."""

from itertools import permutations, product
from math import comb, prod, sqrt
from statistics import mean

from qacli.stats.shuffling import FEW, shuffled_p

NS = (3, 3, 3, 3)
COUNTS = (3, 1, 0, 0)


def squares(counts):
    return (counts**2).sum(axis=1)


def exact():
    """Return the chance of squares as large: all ways to lay 4 marks on 12 units, counted by group."""
    ways = {each: prod(map(comb, NS, each)) for each in product(range(4), repeat=4) if sum(each) == sum(COUNTS)}
    least = sum(k * k for k in COUNTS)
    return sum(many for each, many in ways.items() if sum(k * k for k in each) >= least) / comb(12, 4)


def test_the_error_of_p_is_of_each_figures_own_and_cancels_out():
    found = [shuffled_p(each, NS, squares)[1] for each in sorted(set(permutations(COUNTS)))]
    assert len(found) == 12
    assert len(set(found)) > 6, "all orders share their shuffles, and with them the error"
    assert abs(mean(found) - exact()) < 4 * sqrt(exact() * (1 - exact()) / (12 * FEW))


def test_the_same_figures_have_the_same_p():
    assert shuffled_p(COUNTS, NS, squares) == shuffled_p(list(COUNTS), list(NS), squares)
