from __future__ import annotations

from collections import defaultdict
from math import log
from statistics import fmean, variance

import pytest

from qacli.stats import between_variance, shrink


def test_variance_between_trials(reference):
    given, expected, tolerance = reference("dersimonian-laird-bcg")
    effects = [log(a / (a + b) / (c / (c + d))) for a, b, c, d in given["events"]]
    errors = [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in given["events"]]
    assert between_variance(effects, errors) == pytest.approx(expected["tau2"], abs=tolerance)


def test_scores_of_eight_colleagues_against_a_mixed_model(reference):
    """lme4 estimates by REML, which finds another variance between people; the shrunk means differ by less than .8."""
    given, expected, _ = reference("eb-agent-scores")
    scores = defaultdict(list)
    for agent, score in zip(given["agent"], given["score"], strict=True):
        scores[agent].append(score)
    found = shrink(
        [fmean(values) for values in scores.values()],
        [variance(values) for values in scores.values()],
        [len(values) for values in scores.values()],
    )
    assert found.estimates == pytest.approx(expected["shrunk"], abs=0.8)
    assert found.between == pytest.approx(15.09, abs=0.005)  # DerSimonian and Laird, by statsmodels
    assert found.within == pytest.approx(expected["var_within"], rel=0.03)
    assert found.mean == pytest.approx(expected["mean"], abs=0.1)
    assert found.reliability == pytest.approx(
        [15.09 / (15.09 + found.within / len(v)) for v in scores.values()], abs=1e-3
    )


def test_where_people_do_not_differ_all_get_the_mean_of_all():
    found = shrink([80.0, 80.2, 79.9], [100.0, 90.0, 110.0], [5, 5, 5])
    assert found.between == 0
    assert found.estimates == pytest.approx([found.mean] * 3)
    assert found.reliability == (0, 0, 0)


def test_one_evaluation_has_no_variance_of_its_own_and_is_drawn_in_most():
    found = shrink([60.0, 80.0, 95.0], [None, 100.0, 90.0], [1, 20, 20])
    assert found.reliability[0] == min(found.reliability)
    assert 60 < found.estimates[0] < found.mean


@pytest.mark.parametrize(
    ("means", "variances", "ns", "words"),
    [
        ([80.0], [10.0], [5], "fewer than two groups"),
        ([80.0, 90.0], [None, None], [1, 1], "no group has two evaluations"),
        ([80.0, 90.0], [0.0, 0.0], [4, 4], "no variation within groups"),
    ],
)
def test_where_nothing_can_be_told_it_says_so(means, variances, ns, words):
    found = shrink(means, variances, ns)
    assert words in found.method
    assert found.estimates == ()


def test_a_group_without_evaluations_is_refused():
    with pytest.raises(ValueError, match="leave it out"):
        shrink([80.0, 0.0], [10.0, None], [5, 0])
    with pytest.raises(ValueError, match="above 0"):
        between_variance([1, 2], [0, 0.1])
