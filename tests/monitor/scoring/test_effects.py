"""What is done to a sum of points: in which order, and in which words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from qacli.monitor.scoring.effects import effects
from qacli.prepare.scorecards.scoring_policy import Scoring

NONE = {"customer": [], "business": [], "compliance": []}


def done(reached, policy, **failed):
    found = effects(Scoring.model_validate(policy), NONE | failed, Fraction(reached))
    return [(step.words, step.score) for step in found]


@pytest.mark.parametrize(
    ("policy", "reached", "failed", "steps"),
    [
        ({}, 77, {"compliance": ["idv"]}, []),
        ({"critical": {"compliance": "zero"}}, 77, {"compliance": ["idv"]}, [("set to 0 by idv", 0)]),
        ({"critical": {"compliance": "zero"}}, 0, {"compliance": ["idv"]}, [("set to 0 by idv", 0)]),
        ({"critical": {"compliance": "zero"}}, 77, {"customer": ["care"]}, []),
        # a published form of a hospital group: a critical violation deducts 30
        ({"critical": {"customer": {"deduct": "30"}}}, 97, {"customer": ["care"]}, [("less 30 for care", 67)]),
        (
            {"critical": {"customer": {"deduct": "30"}}},
            97,
            {"customer": ["care", "harm"]},
            [("less 30 for care", 67), ("less 30 for harm", 37)],
        ),
        (
            {"critical": {"customer": {"deduct": "30"}}},
            20,
            {"customer": ["care"]},
            [("less 30 for care", -10), ("not below 0", 0)],
        ),
        ({"critical": {"business": {"cap": "60"}}}, 97, {"business": ["sum"]}, [("at most 60 because of sum", 60)]),
        ({"critical": {"business": {"cap": "60"}}}, 45, {"business": ["sum"]}, []),
        # what is taken off comes before the cap
        (
            {"critical": {"business": {"cap": "60"}, "customer": {"deduct": "30"}}},
            100,
            {"business": ["sum"], "customer": ["care"]},
            [("less 30 for care", 70), ("at most 60 because of sum", 60)],
        ),
        # Verint: baseline, then lowering that respects the minimum, then setting that does not
        (
            {"baseline": "10", "minimum": "25", "critical": {"business": {"cap": "20"}, "compliance": "zero"}},
            30,
            {"business": ["sum"], "compliance": ["idv"]},
            [
                ("plus the baseline of 10", 40),
                ("at most 20 because of sum", 20),
                ("not below 25", 25),
                ("set to 0 by idv", 0),
            ],
        ),
        ({"baseline": "10"}, 95, {}, [("plus the baseline of 10", 105), ("cut to 100", 100)]),
        ({"baseline": "10", "cap": "none"}, 95, {}, [("plus the baseline of 10", 105)]),
    ],
)
def test_effects_come_in_order(policy, reached, failed, steps):
    assert done(reached, policy, **failed) == steps


@pytest.mark.parametrize(
    ("score", "critical", "despite", "passed"),
    [
        ("85", False, "no", True),
        ("84.999999", False, "no", False),
        ("90", True, "no", False),
        ("90", True, "yes", True),
        (None, False, "no", None),
    ],
)
def test_a_transaction_passes_at_its_mark_and_without_failed_criticals(score, critical, despite, passed):
    policy = Scoring.model_validate({"pass_mark": "85", "pass_despite_critical": despite})
    assert policy.passed(score and Decimal(score), critical) is passed
    assert Scoring().passed(score and Decimal(score), critical) is None


def test_a_band_begins_where_it_says():
    policy = Scoring.model_validate(
        {"bands": [{"name": "Support", "from": "0"}, {"name": "Sound", "from": "75"}, {"name": "Model", "from": "90"}]}
    )
    assert [policy.band(Decimal(n)) for n in ("0", "74.99", "75", "90", "100")] == [
        "Support",
        "Support",
        "Sound",
        "Model",
        "Model",
    ]
    assert policy.band(None) == ""
    assert Scoring().band(Decimal(50)) == ""
