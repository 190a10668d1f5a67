"""Nelson's eight rules on sequences made for them, and how often a stable process sets each off."""

from __future__ import annotations

import random

import pytest

from qacli.stats import run_rules


def test_each_rule_finds_its_own_pattern_and_nothing_short_of_it(reference):
    given, expected, _ = reference("nelson-rules-constructed")
    found = {name: [run.end for run in run_rules(z, rules=(int(name[1]),))] for name, z in given["cases"].items()}
    assert found == expected


def test_the_usual_rules_are_limits_and_nine_on_one_side():
    found = run_rules([0.2] * 9 + [-4.0])
    assert [(run.rule, run.end, run.words) for run in found] == [
        (2, 8, "nine in a row on one side of the centre"),
        (1, 9, "beyond three standard deviations"),
    ]


def test_a_zone_counts_on_one_side_only():
    assert not run_rules([2.5, 0.0, -2.5], rules=(5,))
    assert not run_rules([2.5, 2.5, 0.0], rules=(5,)), "the last point itself lies in the zone"


def test_the_more_rules_the_more_false_alarms():
    """Champ and Woodall (1987): beyond the limits alone one point in 370 of a stable process."""
    chance = random.Random(20261122)
    z = [chance.gauss(0, 1) for _ in range(60_000)]
    alone = len(run_rules(z, rules=(1,)))
    # 162 expected of 60,000; four standard deviations of a Poisson count are 51
    assert abs(alone - 60_000 * 0.0027) < 51
    assert len({run.end for run in run_rules(z[:6000], rules=(1, 2, 5, 6))}) > 3 * len(run_rules(z[:6000], rules=(1,)))


def test_a_rule_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match="no rule 9: choose from 1 to 8"):
        run_rules([0.0], rules=(1, 9))
