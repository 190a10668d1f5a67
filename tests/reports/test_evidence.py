"""What a failed criterion means to the colleague, under the policy of its card."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from scoring_cards import card

from qacli.files.yaml import parse
from qacli.improve.points import Seen
from qacli.prepare.scorecards.scale import Scale
from qacli.reports.evidence import Shown, meeting


@pytest.mark.parametrize(
    ("policy", "weight", "means"),
    [
        ("apart", 0, "It is counted apart from the score."),
        ("zero", 0, "It sets the score of this transaction to 0."),
        ("zero_section", 0, "It sets its section of the card to 0."),
        ("{cap: 60}", 0, "It caps the score at 60."),
        ("{deduct: 7.50}", 0, "It takes 7.5 off the score."),
        ("apart", 40, "It earned 10 of its weight of 40."),
        ("{cap: 60}", 40, "It caps the score at 60. It earned 10 of its weight of 40."),
    ],
)
def test_a_failed_critical_means_what_its_card_makes_of_it(policy, weight, means):
    made = card(f"""
scoring: {{mode: points, critical_weight: counted, critical: {{customer: {policy}}}}}
criteria:
  - {{id: care, scale: five@1, weight: {weight}, critical: customer}}
  - {{id: need, scale: five@1, weight: 60}}
""")
    rating = SimpleNamespace(weight=Decimal(weight), value=Decimal(25))
    seen = Seen(rating, made.criterion("care"), False, Decimal(weight))
    assert Shown(seen, None, made, None, None).impact == f"Critical: it harms the customer. {means}"


def test_meeting_the_standard_looks_like_the_point_that_meets_it_or_like_the_better_end_of_a_number():
    number = Scale.model_validate(parse("""
{id: wait, version: 1, owner: p_tl1, from: 2026-01-01, title: Wait, kind: number, range: {from: 0, to: 100, step: 5},
 bands: [{band: fail, from: 0, label: not met}, {band: met, from: 80, label: met}], met_at: 80}
""", "scale.yaml").data)  # fmt: skip
    for anchors, looks in (
        ({"0": "twice the promised time", "100": "within the promised time"}, "within the promised time"),
        ({"fail": "late", "met": "in time"}, "in time"),
        ({}, ""),
    ):
        assert meeting(number, SimpleNamespace(anchors=anchors)) == looks
