"""Cards as forms of Genesys Cloud give the score of the card by the rules of Genesys."""

from __future__ import annotations

import pytest
from cards import BINARY, CARD, GRADE, card, scales, shipped
from forms import genesys_score, ways

from qacli.interchange.forms import genesys
from qacli.interchange.forms.losses import CannotHold
from qacli.monitor.scoring.score import score

ORDINAL_FATAL = (
    CARD.replace("scale: binary@1", "scale: grade@4")
    .replace("{not_met: A detail", "{1: A detail")
    .replace("met: Every question", "3: Every question")
)


def exported(text=CARD, *scale):
    return genesys.export(card(text), {each.reference: each for each in scales(*scale)})


@pytest.mark.parametrize("scale", [GRADE, GRADE.replace("50", "33.3")])
def test_genesys_comes_to_the_score_of_the_card(scale):
    one, used = card(), {each.reference: each for each in scales(BINARY, scale)}
    form = genesys.export(one, used)
    tried = 0
    for answers in ways(one, used):
        assert genesys_score(form, answers) == score(one, used.get, answers).score, answers
        tried += 1
    assert tried == 3 * 3 * 4


def test_points_are_whole_and_groups_keep_the_order_of_the_card():
    one, used = shipped()[1]
    form = genesys.export(one, {each.reference: each for each in used})
    questions = [each for group in form["questionGroups"] for each in group["questions"]][1:]
    assert [each["helpText"].splitlines()[0].partition("/")[2] for each in questions] == [
        each.id for each in one.criteria()
    ]
    assert all(isinstance(option["value"], int) for each in questions for option in each["answerOptions"])
    assert {group["weight"] for group in form["questionGroups"]} == {0.0, 1.0}


def test_a_critical_criterion_is_fatal_only_where_the_card_says_so():
    marks = [
        (question["isKill"], question["isCritical"])
        for text in (CARD, CARD.replace("zero", "apart"))
        for question in exported(text)["questionGroups"][0]["questions"][1:]
    ]
    assert marks == [(True, True), (False, True)]


@pytest.mark.parametrize(
    ("text", "used", "said"),
    [
        (CARD.replace("exclude", "full"), (), "scoring.not_applicable: what does not apply leaves the score"),
        (ORDINAL_FATAL, (), "scale.met_at: a fatal question fails there with any answer below the best; idv fails only with 1 of"),
        (CARD, (BINARY.replace("100", "90"), GRADE), "the best point of binary@1 is worth 90"),
        (CARD.replace("weight: 40", "weight: 33.333333").replace("60", "66.666667"),
         (BINARY, GRADE.replace("50", "33.333333")), "the points would be too large"),
    ],
)  # fmt: skip
def test_what_a_form_cannot_hold_is_refused_by_name(text, used, said):
    with pytest.raises(CannotHold) as refused:
        exported(text, *used)
    assert said in str(refused.value)
