"""The arithmetic as it is written comes to what is computed, whatever the policy of the card."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_cards import card as card_of
from scoring_cards import scored

from qacli.monitor.scoring.exactly import exactly

CARD = """
scoring: {POLICY}
sections:
  - id: open
    weight: 40
    criteria: [{id: q1, scale: five@1, weight: 30}, {id: q2, scale: five@1, weight: 70}]
  - id: close
    weight: 60
    criteria:
      - {id: q3, scale: five@1, weight: 90}
      - {id: q4, scale: binary@1, weight: 10, critical: customer}
      - {id: extra, scale: binary@1, weight: 5, bonus: yes}
"""
ZEROED = "critical: {customer: zero_section}, cap: none, critical_weight: counted"
POLICIES = {
    "shares": f"section_weights: share, {ZEROED}",
    "shares in full": f"section_weights: share, not_applicable: full, {ZEROED}",
    "multiplied": f"mode: points, section_weights: multiply, {ZEROED}",
    "points as nothing": f"mode: points, not_applicable: zero, {ZEROED}",
    "points in full": f"mode: points, not_applicable: full, {ZEROED}",
}
FIVE, TWO = st.sampled_from(["1", "2", "3", "4", "5", "na"]), st.sampled_from(["met", "not_met", "na"])


@pytest.mark.parametrize("policy", POLICIES)
@settings(max_examples=25)
@given(st.tuples(FIVE, FIVE, FIVE, TWO, TWO))
def test_whoever_does_the_written_sum_finds_the_score(policy, answers):
    weights = "" if "section_weights" in POLICIES[policy] else "    weight: {}\n"
    text = CARD.replace("{POLICY}", f"{{{POLICIES[policy]}}}")
    for number in ("40", "60"):
        text = text.replace(weights.format(number), "") if weights else text
    said = " ".join(f"{name}={each}" for name, each in zip(("q1", "q2", "q3", "q4", "extra"), answers, strict=True))
    found = scored(text, said)
    lines = exactly(card_of(text), found)
    if found.score is None:
        assert lines == []
        return
    sum_, *_, shown = lines[-1].split(" = ")
    marked = sum_.replace(" (N/A in full)", "").replace(" (bonus)", "").replace(" x ", "*")
    whole = eval(marked)
    assert abs(Fraction(whole).limit_denominator(10**9) - Fraction(found.score)) < Fraction(1, 10**4)
    assert Decimal(shown) == found.score


def test_a_third_is_told_to_six_places_and_reached_exactly():
    found = scored(
        CARD.replace("{POLICY}", "{section_weights: share, critical_weight: counted}"),
        "q1=5 q2=na q3=2 q4=met extra=met",
    )
    assert exactly(card_of(CARD.replace("{POLICY}", "{section_weights: share, critical_weight: counted}")), found) == [
        "section open: 30 x 100 / 30 = 100",
        "section close: (90 x 25 + 10 x 100 + 5 x 100 (bonus)) / 100 = 3750 / 100 = 37.5",
        "(40 x 100 + 60 x 37.5) / 100 = 6250 / 100 = 62.5",
    ]
