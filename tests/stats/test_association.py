from __future__ import annotations

import pytest

from qacli.stats import spearman

# "Spearman's rank correlation coefficient", the usual example: IQ and hours of television, rho = -29/165
IQ = (106, 100, 86, 101, 99, 103, 97, 113, 112, 110)
HOURS = (7, 27, 2, 50, 28, 29, 20, 12, 6, 17)


def test_correlation_of_ranks_with_its_interval(reference):
    _, expected, tolerance = reference("spearman-ci")
    found = spearman(IQ, HOURS)
    assert found.estimate == pytest.approx(-29 / 165)
    assert (found.low, found.high) == pytest.approx(tuple(expected), abs=tolerance)
    assert found.n == 10


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [([1, 2], [1, 2], "no correlation under 10 pairs"), ([1] * 12, list(range(12)), "no correlation: no variation")],
)
def test_where_nothing_can_be_told_it_says_so(x, y, words):
    assert spearman(x, y)[:3] == (None, None, None)
    assert spearman(x, y).method == words


def test_the_same_order_throughout_has_no_interval():
    found = spearman(range(12), range(12))
    assert (found.estimate, found.low) == (pytest.approx(1), None)


def test_values_that_make_no_pairs_are_refused():
    with pytest.raises(ValueError, match="no pairs"):
        spearman([1, 2, 3], [1, 2])
