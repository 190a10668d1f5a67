"""Scores against published sums: vendor examples and forms, quoted with their source."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
import scoring_cards
from hypothesis import given, settings
from hypothesis import strategies as st

from qacli.files.yaml import parse
from qacli.monitor.scoring.score import score
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard

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
    assert not found.steps


def test_a_failed_critical_zeroes_the_score_where_the_card_says_so():
    # Amazon Connect, create-evaluation-forms: an automatic fail of the form makes the score 0
    strict = card([100], ["compliance", "customer"], critical={"compliance": "zero"})
    found = scored(strict, 9, "not_met", "met")
    assert (found.score, found.steps) == (0, [("set to 0 by k1", 0)])
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
    assert [line.rule for line in found.lines] == [
        "",
        "not applicable: its weight is shared among the others",
        "not applicable: it carries no weight",
    ]


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


SECTIONS = """
scoring: {section_weights: share, critical: {compliance: zero_section, customer: apart}}
sections:
  - id: safe
    weight: 40
    criteria:
      - {id: idv, scale: binary@1, critical: compliance}
      - {id: words, scale: five@1, weight: 50}
      - {id: note, scale: five@1, weight: 50}
  - id: help
    weight: 60
    criteria:
      - {id: need, scale: five@1, weight: 70}
      - {id: next, scale: five@1, weight: 30}
"""


@pytest.mark.parametrize(
    ("given", "expected", "applied", "applicable"),
    [
        # 40 x (.5 x 100 + .5 x 50) + 60 x (.7 x 75 + .3 x 100)
        ("idv=met words=5 note=3 need=4 next=5", "79.5", [0, 20, 20, 42, 18], 100),
        # what does not apply gives its weight to its own section: 40 x 50 + 60 x (.7 x 75 + .3 x 100)
        ("idv=met words=na note=3 need=4 next=5", "69.5", [0, 0, 40, 42, 18], 80),
        # a section of which nothing applies leaves its percentage to the other
        ("idv=met words=na note=na need=4 next=5", "82.5", [0, 0, 0, 70, 30], 60),
        ("idv=not_met words=5 note=3 need=4 next=5", "49.5", [0, 20, 20, 42, 18], 100),
    ],
)
def test_sections_have_their_percentage_of_the_score(given, expected, applied, applicable):
    found = scoring_cards.scored(SECTIONS, given)
    assert found.score == Decimal(expected)
    assert [line.applied for line in found.lines] == applied
    assert found.applicable_weight == applicable
    assert sum(line.points for line in found.lines) == found.score == sum(part.points for part in found.parts)


def test_every_line_of_a_section_that_is_set_to_0_says_so():
    found = scoring_cards.scored(SECTIONS, "idv=not_met words=na note=3 need=4 next=5")
    assert [line.rule for line in found.lines] == [
        "failed compliance-critical: sets its section to 0",
        "not applicable: its weight is shared among the others; its section is set to 0 by idv",
        "its section is set to 0 by idv",
        "",
        "",
    ]
    assert [(part.points, part.zeroed_by) for part in found.parts] == [(0, ["idv"]), (Decimal("49.5"), ())]


BONUS = """
scoring: {mode: points, cap: none}
criteria:
  - {id: need, scale: five@1, weight: 8}
  - {id: next, scale: five@1, weight: 2}
  - {id: extra, scale: five@1, weight: 1, bonus: yes}
"""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("need=5 next=5 extra=1", "100"),
        ("need=5 next=5 extra=5", "110"),
        ("need=5 next=na extra=5", "112.5"),
        ("need=5 next=5 extra=na", "100"),
        ("need=1 next=1 extra=3", "5"),
    ],
)
@pytest.mark.parametrize("policy", ["exclude", "full", "zero"])
def test_a_bonus_is_on_top_whatever_happens_to_what_does_not_apply(given, expected, policy):
    changed = {"need=5 next=na extra=5": {"full": "110", "zero": "90"}}.get(given, {}).get(policy, expected)
    text = BONUS.replace("mode: points", f"mode: points, not_applicable: {policy}")
    assert scoring_cards.scored(text, given).score == Decimal(changed)
    capped = scoring_cards.scored(text.replace("none", "at_100"), given)
    assert capped.score == min(Decimal(changed), 100)
    assert capped.steps == ([("cut to 100", 100)] if Decimal(changed) > 100 else [])


def test_where_only_a_bonus_applies_there_is_no_score():
    assert scoring_cards.scored(BONUS, "need=na next=na extra=5").score is None


HOLD = """
scoring: {not_applicable: POLICY}
criteria:
  - {id: hold, scale: binary@1, weight: 40}
  - {id: why, scale: five@1, weight: 30, only_if: {criterion: hold, answers: [met]}}
  - {id: back, scale: five@1, weight: 30, only_if: {criterion: why, answers: ["4", "5", na]}}
"""


@pytest.mark.parametrize("policy", ["exclude", "full", "zero"])
def test_what_is_not_asked_takes_its_weight_out_under_every_policy(policy):
    found = scoring_cards.scored(HOLD.replace("POLICY", policy), "hold=not_met")
    assert (found.score, found.applicable_weight) == (0, 40)
    assert [(line.answer, line.met, line.rule) for line in found.lines[1:]] == [
        ("not asked", None, "only asked when hold is met: its weight is shared among the others"),
        ("not asked", None, "only asked when why is 4 or 5 or na: its weight is shared among the others"),
    ]
    # one that did not apply was chosen, and the policy holds for it: 40 + 30 x (0 or 100) + 30 x 50 of 70 or 100
    chosen = scoring_cards.scored(HOLD.replace("POLICY", policy), "hold=met why=na back=3").score
    assert chosen == {"exclude": Decimal("78.571429"), "full": 85, "zero": 55}[policy]


def test_what_is_asked_on_a_condition_says_so():
    found = scoring_cards.scored(HOLD.replace("POLICY", "exclude"), "hold=met why=4 back=3")
    assert [line.rule for line in found.lines] == ["", "asked when hold is met", "asked when why is 4 or 5 or na"]


def test_an_answer_to_what_is_not_asked_changes_nothing():
    text = HOLD.replace("POLICY", "full")
    assert scoring_cards.scored(text, "hold=met why=2 back=5") == scoring_cards.scored(text, "hold=met why=2")


def policies():
    """Policies of every kind under which a better answer can only help and nothing passes 100."""
    effect = st.one_of(
        st.sampled_from(["apart", "zero", "zero_section"]),
        st.integers(1, 99).map(lambda n: {"cap": str(n)}),
        st.integers(1, 100).map(lambda n: {"deduct": str(n)}),
    )
    return st.fixed_dictionaries(
        {
            "mode": st.just("points"),
            "section_weights": st.sampled_from(["share", "multiply"]),
            "not_applicable": st.sampled_from(["exclude", "full", "zero"]),
            "critical": st.fixed_dictionaries(dict.fromkeys(("customer", "business", "compliance"), effect)),
            "critical_weight": st.just("counted"),
            "critical_below": st.sampled_from(["standard", "half", "best"]),
            "baseline": st.integers(0, 20).map(str),
            "minimum": st.integers(0, 40).map(str),
        }
    )


@st.composite
def forms(draw):
    """A card of two sections with answers of 1 to 5 or na."""
    policy = draw(policies())
    lengths = [draw(st.integers(1, 3)) for _ in range(2)]
    kinds = st.sampled_from(["none", "none", "customer", "business", "compliance"])
    first = draw(st.integers(1, 99))
    sections, place = [], 0
    for number, (length, weight) in enumerate(zip(lengths, (first, 100 - first), strict=True)):
        criteria = [
            {"id": f"q{place + n}", "scale": "five@1", "weight": str(draw(st.integers(1, 50))), "critical": draw(kinds)}
            for n in range(length)
        ]
        place += length
        sections.append({"id": f"s{number}", "weight": str(weight), "criteria": criteria})
    critical = any(each["critical"] != "none" for section in sections for each in section["criteria"])
    if not critical:
        policy = {**policy, "critical_weight": "none", "critical_below": "standard"}
    given = {f"q{n}": draw(st.sampled_from(["1", "2", "3", "4", "5", "na"])) for n in range(place)}
    return {"scoring": policy, "sections": sections}, given


def exactly(said, given):
    return score(Scorecard.model_validate(scoring_cards.whole(said)), scoring_cards.scale, given)


@settings(max_examples=60, deadline=None)
@given(forms(), st.randoms(use_true_random=False))
def test_laws_of_scores_under_any_policy(form, random):
    said, given = form
    found = exactly(said, given)
    if found.score is None:
        assert set(given.values()) == {"na"}
        return
    assert 0 <= found.score <= 100
    # the order of sections and criteria is for the reader
    mixed = [{**each, "criteria": random.sample(each["criteria"], len(each["criteria"]))} for each in said["sections"]]
    assert exactly({**said, "sections": mixed[::-1]}, given).score == found.score
    # a better answer never costs anything
    name = random.choice([name for name in given if given[name] != "na"] or list(given))
    if given[name] not in {"na", "5"}:
        assert exactly(said, {**given, name: str(int(given[name]) + 1)}).score >= found.score
    # a criterion that does not apply, excluded, might as well not stand on the card
    if said["scoring"]["not_applicable"] == "exclude" and "na" in given.values():
        kept = [
            {**each, "criteria": [c for c in each["criteria"] if given[c["id"]] != "na"]} for each in said["sections"]
        ]
        kept = [each for each in kept if each["criteria"]]
        if len(kept) == 1:
            kept = [{**kept[0], "weight": "100"}]
        left = {name: answer for name, answer in given.items() if answer != "na"}
        criteria = [c for each in kept for c in each["criteria"]]
        policy = said["scoring"]
        if all(c["critical"] == "none" for c in criteria):
            policy = {**policy, "critical_weight": "none", "critical_below": "standard"}
        assert exactly({"scoring": policy, "sections": kept}, left).score == found.score
