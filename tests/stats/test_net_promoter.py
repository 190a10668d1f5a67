from __future__ import annotations

import random

import pytest

from qacli.stats import nps


def test_score_and_standard_error(reference):
    given, expected, tolerance = reference("nps-se")
    n = given["n"]
    found = nps(n // 2, n // 3, n // 6)
    assert found.estimate == pytest.approx(expected["nps"], abs=tolerance)
    assert found.se == pytest.approx(expected["se"], abs=tolerance)
    assert found.low < found.estimate < found.high
    assert found.n == 324


def test_all_alike_is_no_certainty():
    found = nps(6, 0, 0)
    assert (found.estimate, found.se, found.high) == (100, 0, 100)
    assert found.low < 75


def test_the_interval_covers_as_often_as_it_says():
    """20 answers of 45 % promoters and 20 % detractors, 3,000 times: 95 % less four Monte Carlo errors is 93.4."""
    chance = random.Random(7)
    covered = 0
    for _ in range(3000):
        answers = chance.choices("pnd", (45, 35, 20), k=20)
        found = nps(*(answers.count(kind) for kind in "pnd"))
        covered += found.low <= 25 <= found.high
    assert covered / 3000 > 0.934


def test_no_answers_and_impossible_ones():
    assert nps(0, 0, 0)[:4] == (None, None, None, 0)
    with pytest.raises(ValueError, match="below 0"):
        nps(1, -1, 0)
