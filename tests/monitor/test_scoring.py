"""Scores against published sums: vendor examples and forms, quoted with their source."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qacli.files.yaml import parse
from qacli.monitor.scoring import score
from qacli.prepare.scale import Scale
from qacli.prepare.scorecard import Scorecard

# Eleven points, 0 to 10, as vendors' forms have them; met from 8.
TENTHS = Scale.model_construct(
    id="tenths",
    version="1",
    met_at="8",
    kind="ordinal",
    points=[type("P", (), {"point": str(n), "value": Decimal(10 * n), "label": ""})() for n in range(11)],
)
PASS = Scale.model_validate(
    parse(
        """
id: binary
version: 1
owner: p_tl1
from: 2026-01-01
title: Met or not met
kind: binary
points: [{point: not_met, value: 0, label: not met}, {point: met, value: 100, label: met}]
met_at: met
""",
        "binary.yaml",
    ).data
)
SCALES = {"tenths@1": TENTHS, "binary@1": PASS}


def card(weights, criticals=(), **policy):
    """A card of criteria q1, q2, ... with these weights, and critical criteria k1, k2, ... of these classes."""

    def criterion(name, scale, weight, critical="none"):
        return {
            "id": name,
            "observable": "x",
            "scale": scale,
            "weight": str(weight),
            "critical": critical,
            "anchors": {"0": "x"},
            "not_applicable": "now and then",
            "procedure": "idv@1",
            "promise": "safe",
        }

    criteria = [criterion(f"q{n}", "tenths@1", weight) for n, weight in enumerate(weights, 1)]
    criteria += [criterion(f"k{n}", "binary@1", 0, kind) for n, kind in enumerate(criticals, 1)]
    return Scorecard.model_validate(
        {
            "id": "golden",
            "version": "1",
            "owner": "p_tl1",
            "from": "2026-01-01",
            "title": "Golden",
            "channels": ["phone"],
            "promises": {"safe": "x"},
            "scoring": policy,
            "sections": [{"id": "all", "title": "All", "criteria": criteria}],
        }
    )


def scored(card, *answers):
    return score(
        card, SCALES.__getitem__, dict(zip([each.id for each in card.criteria()], map(str, answers), strict=True))
    )


def test_the_percentage_mode_of_amazon_connect():
    # Amazon Connect Administrator Guide, about-scoring-and-weights: 40/20/20/20, answers 10/5/5/0 of 10 give 60 %
    found = scored(card([40, 20, 20, 20]), 10, 5, 5, 0)
    assert found.score == 60
    assert found.applicable_weight == 100
    assert [line.points for line in found.lines] == [40, 10, 10, 0]


def test_a_question_that_does_not_apply_shares_its_weight_among_the_others():
    # same example with the last question not applicable: 75 %, weights 50/25/25/0
    found = scored(card([40, 20, 20, 20]), 10, 5, 5, "na")
    assert found.score == 75
    assert [line.applied for line in found.lines] == [50, 25, 25, 0]
    assert found.applicable_weight == 80
    assert "shared among the others" in found.lines[-1].rule


@pytest.mark.parametrize(("policy", "expected"), [("exclude", "81.25"), ("full", "85"), ("zero", "65")])
def test_the_three_policies_of_not_applicable(policy, expected):
    # EvaluAgent support 13284840: 50/30/20 with outcomes 1, 0.5, N/A: ignored 81.25, as a pass 85; zero is ours
    assert scored(card([50, 30, 20], not_applicable=policy), 10, 5, "na").score == Decimal(expected)


def test_a_published_form_that_gives_full_points_for_not_applicable():
    # a published 17-item form of 100 points: 15 of 15, N/A of 10, 60 of 75 make 85
    assert scored(card([15, 10, 75], not_applicable="full"), 10, "na", 8).score == 85


def test_a_failed_critical_is_told_apart_from_the_score():
    found = scored(card([100], ["compliance", "customer"]), 9, "not_met", "met")
    assert found.score == 90
    assert dict(found.failed) == {"customer": [], "business": [], "compliance": ["k1"]}
    assert not found.zeroed_by


def test_a_failed_critical_zeroes_the_score_where_the_card_says_so():
    # Amazon Connect, create-evaluation-forms: an automatic fail of the form makes the score 0
    strict = card([100], ["compliance", "customer"], critical={"compliance": "zero"})
    found = scored(strict, 9, "not_met", "met")
    assert (found.score, found.zeroed_by) == (0, ["k1"])
    rules = {line.criterion.id: line.rule for line in found.lines}
    assert rules["k1"] == "failed compliance-critical: sets the score to 0"
    assert scored(strict, 9, "met", "not_met").score == 90
    assert scored(strict, 9, "na", "met").score == 90


def test_where_nothing_applies_there_is_no_score():
    found = scored(card([60, 40], ["compliance"], critical={"compliance": "zero"}), "na", "na", "not_met")
    assert found.score is None
    assert found.applicable_weight == 0
    assert found.failed["compliance"] == ["k1"]
    assert [(line.applied, line.points) for line in found.lines] == [(0, 0)] * 3


def test_a_line_tells_the_rule_that_changed_what_it_counts_and_no_other():
    found = scored(card([60, 40], ["compliance"]), 8, "na", "na")
    assert [line.rule for line in found.lines] == ["", "not applicable: its weight is shared among the others", ""]


def test_sums_are_exact_and_only_the_last_step_is_rounded():
    assert scored(card([50, 25, 25]), 10, 7, "na").score == Decimal(90)
    assert scored(card([Decimal("33.3"), Decimal("33.3"), Decimal("33.4")]), 10, 10, 10).score == 100


def weights(count):
    """Weights in whole numbers that add up to 100."""
    return (
        st.lists(st.integers(1, 100), min_size=count, max_size=count, unique=True)
        .map(lambda parts: [b - a for a, b in zip([0, *sorted(parts)[:-1]], [*sorted(parts)[:-1], 100], strict=True)])
        .filter(lambda found: min(found) > 0)
    )


ANSWERS = st.one_of(st.integers(0, 10), st.just("na"))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 6).flatmap(lambda n: st.tuples(weights(n), st.lists(ANSWERS, min_size=n, max_size=n))),
    st.sampled_from(["exclude", "full", "zero"]),
)
def test_laws_of_scores(form, policy):
    shares, answers = form
    found = scored(card(shares, not_applicable=policy), *answers)
    if found.score is None:
        assert policy == "exclude"
        assert set(answers) == {"na"}
        return
    assert 0 <= found.score <= 100
    assert float(sum(line.applied for line in found.lines)) == pytest.approx(100, abs=1e-4)
    assert float(sum(line.points for line in found.lines)) == pytest.approx(float(found.score), abs=1e-4)
    # not applicable, excluded, is the same as a card without the criterion
    if policy == "exclude":
        kept = [(Fraction(w), a) for w, a in zip(shares, answers, strict=True) if a != "na"]
        assert float(found.score) == pytest.approx(
            float(sum(w * a * 10 for w, a in kept) / sum(w for w, _ in kept)), abs=1e-6
        )
