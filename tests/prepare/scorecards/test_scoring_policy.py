"""What a scoring policy may say, and what is refused because it would change nothing or contradict the card."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError
from scoring_cards import card, filled, scale

from qacli.prepare.scorecards.lint import lint
from qacli.prepare.scorecards.scorecard import Scorecard
from qacli.prepare.scorecards.scoring_policy import PROFILES, Cap, Deduct, Scoring

TWO = """
scoring: {}
sections:
  - id: open
    criteria:
      - {id: idv, scale: binary@1, critical: compliance}
  - id: middle
    criteria:
      - {id: need, scale: five@1, weight: 60}
      - {id: next, scale: five@1, weight: 40}
"""


def wrong(text):
    """Return what is wrong with a card in YAML: {place: message}."""
    with pytest.raises(ValidationError) as caught:
        Scorecard.model_validate(filled(text))
    return {".".join(map(str, (*e["loc"], *e.get("ctx", {}).get("at", ())))): e["msg"] for e in caught.value.errors()}


def policy(said):
    return TWO.replace("scoring: {}", f"scoring: {said}")


def test_a_card_that_says_nothing_scores_as_before():
    # the settings of a card agreed before there were any others
    found = card(TWO).scoring
    assert found == Scoring()
    assert found.model_dump() == {
        "profile": None,
        "mode": "percentage",
        "section_weights": "none",
        "not_applicable": "exclude",
        "critical": {"customer": "apart", "business": "apart", "compliance": "apart"},
        "critical_weight": "none",
        "critical_below": "standard",
        "missing": "refuse",
        "baseline": 0,
        "cap": "at_100",
        "minimum": 0,
        "pass_mark": None,
        "pass_despite_critical": False,
        "bands": (),
        "rounding": 1,
    }


def test_effects_carry_their_number():
    found = card(
        policy("{critical: {customer: {cap: 60}, business: {deduct: 7.5}, compliance: zero}}")
    ).scoring.critical
    assert (found.customer, found.business, found.of("compliance")) == (
        Cap(cap=Decimal(60)),
        Deduct(deduct=Decimal("7.5")),
        "zero",
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_what_is_written_goes_before_the_profile(profile):
    defaults = {name: value for name, value in PROFILES[profile].items() if name != "critical"}
    found = Scoring.model_validate({"profile": profile})
    assert {name: getattr(found, name) for name in defaults} == defaults
    effects = dict.fromkeys(("customer", "business", "compliance"), "apart") | PROFILES[profile].get("critical", {})
    assert found.critical.model_dump() == effects
    mine = Scoring.model_validate(
        {"profile": profile, "mode": "points", "critical": {"business": {"cap": "40"}}, "cap": "at_100"}
    )
    assert (mine.mode, mine.cap, mine.critical.business) == ("points", "at_100", Cap(cap=Decimal(40)))
    assert mine.critical.customer == effects["customer"]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            policy("{section_weights: multiply}"),
            "scoring.section_weights",
            "multiply is a factor of points: it needs mode: points",
        ),
        (
            policy("{pass_despite_critical: yes}"),
            "scoring.pass_despite_critical",
            "there is no pass_mark, so nothing passes",
        ),
        (
            policy("{bands: [{name: Fair, from: 10}]}"),
            "scoring.bands.0.from",
            "the lowest band begins at 0, or some scores would be in none",
        ),
        (
            policy("{bands: [{name: Low, from: 0}, {name: High, from: 0}]}"),
            "scoring.bands.1.from",
            "High begins at 0, not above Low before it",
        ),
        (
            policy("{bands: [{name: Low, from: 0}, {name: low, from: 50}]}"),
            "scoring.bands.1.name",
            "band low stands twice",
        ),
        (
            policy("{bands: [{name: Low, from: 0}, {name: Top, from: 110}]}"),
            "scoring.bands.1.from",
            "no score of this card reaches 110: its cap is 100",
        ),
        (policy("{cap: none}"), "scoring.cap", "cap does nothing here: the card has no bonus or baseline"),
        (
            policy("{critical: {compliance: zero_section}}"),
            "scoring.critical.compliance",
            "idv stands in section open, where nothing has a weight: zero_section would take nothing away",
        ),
        (
            policy("{section_weights: share}"),
            "sections.1.id",
            "section middle has no weight, which scoring.section_weights: share needs",
        ),
        (
            TWO.replace("id: middle", "id: middle\n    weight: 100"),
            "sections.1.weight",
            "middle has a weight, but scoring.section_weights does not say share or multiply",
        ),
        (
            policy("{section_weights: share}").replace("id: middle", "id: middle\n    weight: 90"),
            "sections.1.weight",
            "section weights add up to 90, not 100",
        ),
        (
            policy("{section_weights: share}")
            .replace("id: middle", "id: middle\n    weight: 60")
            .replace("id: open", "id: open\n    weight: 40"),
            "sections.0.weight",
            "nothing in section open counts but criticals of no weight or bonus: it has no share to give",
        ),
        (
            policy("{section_weights: share}").replace("id: middle", "id: middle\n    weight: 100").replace("60", "50"),
            "sections.1.criteria.1.weight",
            "weights in section middle add up to 90, not 100",
        ),
        (
            TWO.replace("compliance}", "compliance, bonus: yes}"),
            "sections.0.criteria.0.bonus",
            "idv is critical: a bonus only adds and never fails",
        ),
        (
            TWO.replace("weight: 40", "weight: 40, fails_on: [1]"),
            "sections.1.criteria.1.fails_on",
            "next is not critical: say whom a failure harms, for example critical: compliance",
        ),
        (
            TWO.replace("weight: 60", "weight: 60, bonus: yes"),
            "sections.1.criteria.1.weight",
            "weights add up to 40, not 100",
        ),
        (
            policy("{mode: points}").replace("weight: 60", "weight: 60, bonus: yes").replace("40", "40, bonus: yes"),
            "sections",
            "every criterion is bonus or weighs 0: there is no score",
        ),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_at_its_place(text, place, message):
    assert wrong(text) == {place: message}


@pytest.mark.parametrize("setting", ["critical_weight: counted", "critical_below: best"])
def test_a_setting_for_criticals_needs_one(setting):
    without = policy(f"{{{setting}}}").replace(", critical: compliance}", ", weight: 20}").replace("60", "40")
    name = setting.partition(":")[0]
    assert wrong(without) == {f"scoring.{name}": f"{name} does nothing here: the card has no critical criterion"}
    assert card(policy(f"{{{setting}}}"))


def test_points_need_no_sum_and_criticals_may_weigh_where_the_card_says_so():
    assert card(
        policy("{mode: points, critical_weight: counted}")
        .replace("60", "7")
        .replace("compliance}", "compliance, weight: 2}")
    )
    counted = policy("{critical_weight: counted}").replace("60", "50").replace("compliance}", "compliance, weight: 10}")
    assert card(counted).criterion("idv").weight == 10


CHAIN = """
criteria:
  - {id: hold, scale: binary@1, weight: 40}
  - {id: why, scale: five@1, weight: 30, only_if: {criterion: hold, answers: [met]}}
  - {id: back, scale: five@1, weight: 30, only_if: {criterion: why, answers: ["3", "4", "5"]}}
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("criterion: hold", "criterion: hole", "no criterion hole is on this card; did you mean hold?"),
        ("criterion: hold", "criterion: why", "why waits for why: none of them would ever be asked"),
        ("criterion: hold", "criterion: back", "why waits for back waits for why: none of them would ever be asked"),
    ],
)
def test_a_condition_leads_to_an_earlier_criterion(old, new, message):
    assert wrong(CHAIN.replace(old, new)) == {"sections.0.criteria.1.only_if.criterion": message}


def test_a_condition_that_looks_ahead_is_refused():
    ahead = (
        CHAIN.replace("weight: 40}", "weight: 40, only_if: {criterion: back, answers: [1]}}", 1)
        .replace(", only_if: {criterion: hold, answers: [met]}", "")
        .replace(', only_if: {criterion: why, answers: ["3", "4", "5"]}', "")
    )
    assert wrong(ahead) == {
        "sections.0.criteria.0.only_if.criterion": "back comes after hold, which is asked by its answer: move back before it"
    }


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        ("[met]", "[yes-it-was]", "unknown-point", "yes-it-was cannot be answered to hold"),
        ("[met]", "[met, not_met, na]", "always-asked", "why is asked whatever is answered to hold"),
        (
            "weight: 40}",
            "weight: 0, critical: customer, fails_on: [no]}",
            "unknown-point",
            "no is not a point of binary@1",
        ),
        (
            "weight: 40}",
            "weight: 0, critical: customer, fails_on: [met, not_met]}",
            "always-fails",
            "every point of binary@1 fails hold",
        ),
    ],
)
def test_lint_knows_which_answers_can_be_given(old, new, code, message):
    scales = [scale("binary@1"), scale("five@1")]
    text = CHAIN.replace(old, new)
    text = text.replace("weight: 30", "weight: 50") if "weight: 0" in text else text
    assert [each.code for each in lint(card(CHAIN), scales) if "anchors" not in each.place] == []
    found = [each for each in lint(card(text), scales) if "anchors" not in each.place]
    assert [(each.code, each.message) for each in found] == [(code, message)]
