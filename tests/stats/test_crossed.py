"""Two crossed factors: textbook numbers, a planted leniency that raw means hide, and what cannot be told."""

from __future__ import annotations

import random
from statistics import fmean

import pytest

from qacli.stats import crossed_effects
from qacli.stats.crossed import connected

Y = [80, 70, 90, 84, 60, 66, 75]
PEOPLE = [1, 1, 2, 2, 3, 3, 3]
RATERS = ["a", "b", "a", "c", "b", "c", "a"]


def test_effects_solve_the_normal_equations():
    found = crossed_effects(Y, PEOPLE, RATERS)
    effect = {name: each.estimate for name, each in found.effects.items()}
    assert sum(effect.values()) == pytest.approx(0, abs=1e-12)
    person = {p: fmean(y - effect[r] for y, q, r in zip(Y, PEOPLE, RATERS, strict=True) if q == p) for p in set(PEOPLE)}
    rest = [y - person[p] - effect[r] for y, p, r in zip(Y, PEOPLE, RATERS, strict=True)]
    # at the least squares what is left over adds up to nothing for each rater and each person
    for name in "abc":
        assert sum(each for each, r in zip(rest, RATERS, strict=True) if r == name) == pytest.approx(0, abs=1e-9)
    assert (found.n, found.free) == (7, 2)


def test_a_balanced_design_gives_the_differences_of_means():
    # every rater rates every person: the effect is the mean of the rater less the mean of all, as in any textbook
    scores = {"a": [81, 72, 66], "b": [85, 78, 70], "c": [74, 71, 61]}
    values = [value for each in scores.values() for value in each]
    found = crossed_effects(values, [1, 2, 3] * 3, [name for name in scores for _ in range(3)])
    for name, each in scores.items():
        assert found.effects[name].estimate == pytest.approx(fmean(each) - fmean(values))
    # two-way analysis of variance by hand: residual sum of squares 9.7778, 4 degrees of freedom, error of an effect
    # sqrt(2.4444 x (1/3 - 1/9)) = 0.7370, times t(0.975, 4) = 2.776
    assert found.free == 4
    effect = found.effects["b"]
    assert effect.high - effect.estimate == pytest.approx(2.776 * 0.7370, abs=0.002)


def desk(seed, planted=7.0):
    """Two teams of eight: the weaker lies 7 points below; ev1, lenient by 7, scores 70 % of the weaker and little else."""
    chance = random.Random(seed)
    rows = []
    for team, level in (("weak", 74.0), ("strong", 81.0)):
        for number in range(8):
            ability = level + chance.gauss(0, 2)
            for _ in range(12):
                share = 0.7 if team == "weak" else 0.1
                rater = "ev1" if chance.random() < share else chance.choice(["ev2", "ev3", "ev4"])
                rows.append((ability + planted * (rater == "ev1") + chance.gauss(0, 6), f"{team}{number}", rater))
    return rows


def test_c09_a_planted_leniency_is_recovered_where_raw_means_mislead():
    raw, adjusted, held = [], [], 0
    for seed in range(40):
        values, people, raters = zip(*desk(seed), strict=True)
        means = {r: fmean(v for v, q in zip(values, raters, strict=True) if q == r) for r in set(raters)}
        raw.append(means["ev1"] - fmean(means[name] for name in ("ev2", "ev3", "ev4")))
        found = crossed_effects(values, people, raters).effects
        adjusted.append(found["ev1"].estimate - fmean(found[name].estimate for name in ("ev2", "ev3", "ev4")))
        held += found["ev1"].low <= 7.0 * 3 / 4 <= found["ev1"].high
    # beside the three others ev1 gives 7 points more; the raw table tells less than 3 of them
    assert fmean(raw) == pytest.approx(2.5, abs=0.7)
    assert fmean(adjusted) == pytest.approx(7, abs=0.35)
    assert held >= 34, "limits of 95 % that hold 34 times of 40 or more often"


@pytest.mark.parametrize(
    ("values", "people", "raters", "said"),
    [
        ([70, 80], ["x", "y"], ["a", "a"], "it takes two raters"),
        ([70, 80, 75, 60], ["x", "x", "y", "y"], ["a", "b", "c", "d"], "not all raters are connected"),
        ([70, 80], ["x", "x"], ["a", "b"], "nobody was rated often enough"),
        ([70, 70, 70, 70], ["x", "x", "y", "y"], ["a", "b", "a", "b"], "there is no variation"),
        ([], [], [], "it takes two raters"),
    ],
)
def test_what_cannot_be_told_is_said(values, people, raters, said):
    found = crossed_effects(values, people, raters)
    assert (dict(found.effects), said in found.method) == ({}, True)


def test_chains_of_people_connect_raters():
    assert connected(["x", "x", "y", "y", "z"], ["a", "b", "b", "c", "d"]) == [["a", "b", "c"], ["d"]]
    with pytest.raises(ValueError, match="zip"):
        crossed_effects([1.0], [], [])
