"""Cards as forms of Amazon Connect pass Amazon's own model, its resource schema and the checks that neither makes."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from pathlib import Path

import botocore.session
import jsonschema
import pytest
from botocore.validate import ParamValidator
from cards import BINARY, CARD, GRADE, POLICIES, card, scales, shipped, under
from forms import asked_in_connect, connect_score, read_back, ways

from qacli.interchange.forms import connect, connect_check
from qacli.interchange.forms.losses import CannotHold
from qacli.monitor.scoring.score import score

RESOURCE = Path(__file__).parents[3] / "shared/reference/AWS_Connect_EvaluationForm.cfn.schema.json"
HELD = [policy for policy in POLICIES if policy != "sections multiply"]
CARDS = [*shipped(), (card(), scales()), *map(under, HELD)]
IDS = [*(each.id for each, _ in CARDS[: -len(HELD)]), *HELD]
TENS = GRADE.replace("50", "40")


def exported(text=CARD, *scale):
    return connect.export(card(text), {each.reference: each for each in scales(*scale)})


@pytest.fixture(scope="module")
def create():
    """The input of CreateEvaluationForm, as botocore knows it."""
    model = botocore.session.get_session().get_service_model("connect")
    return model.operation_model("CreateEvaluationForm").input_shape


@pytest.fixture(scope="module")
def resource():
    if not RESOURCE.exists():
        pytest.skip("shared data is absent")
    schema = json.loads(RESOURCE.read_text("utf-8"))

    def patterns(node):
        # Python's re has no \p{..}; the two patterns that use it are of settings that no card has
        if isinstance(node, dict):
            return {name: patterns(value) for name, value in node.items() if name != "pattern" or "\\p" not in value}
        return [patterns(value) for value in node] if isinstance(node, list) else node

    return jsonschema.Draft7Validator(patterns(schema))


def as_resource(form):
    arn = "arn:aws:connect:eu-west-2:123456789012:instance/00000000-0000-0000-0000-000000000000"
    return {**form, "InstanceArn": arn, "Status": "DRAFT"}


@pytest.mark.parametrize(("one", "used"), CARDS, ids=IDS)
def test_a_card_passes_both_models_and_our_own_checks(one, used, create, resource):
    form = connect.export(one, {each.reference: each for each in used})
    report = ParamValidator().validate({"InstanceId": "i" * 36, **form}, create)
    assert report.generate_report() == ""
    assert [error.message for error in resource.iter_errors(as_resource(form))] == []
    assert connect_check.wrong(form) == []


def test_the_two_models_see_what_they_should(create, resource):
    """One fault for each, so that an empty report means something."""
    form = exported()
    bad = copy.deepcopy(form)
    bad["Items"][0]["Section"]["Items"][0]["Question"]["RefId"] = "a b"
    assert [error.message for error in resource.iter_errors(as_resource(bad))] != []
    del bad["ScoringStrategy"]["Mode"]
    report = ParamValidator().validate({"InstanceId": "i" * 36, **bad}, create)
    assert 'Missing required parameter in ScoringStrategy: "Mode"' in report.generate_report()


def test_values_in_tens_are_scores_others_are_points():
    form = exported(CARD, BINARY, TENS)
    assert form["ScoringStrategy"] == {"Mode": "QUESTION_ONLY", "Status": "ENABLED"}
    greet = asked_in_connect(form)["greet"]
    assert greet["Weight"] == 40
    assert [option["Score"] for option in greet["QuestionTypeProperties"]["SingleSelect"]["Options"]] == [0, 4, 10]
    # 40 x 0.75 = 30 and 60 x 0.75 = 45 are whole already
    points = exported(CARD, BINARY, GRADE.replace("50", "75"))
    assert points["ScoringStrategy"]["Mode"] == "POINTS_BASED"
    options = asked_in_connect(points)["own"]["QuestionTypeProperties"]["SingleSelect"]["Options"]
    assert [option["PointsConfiguration"]["PointValue"] for option in options] == [0, 45, 60]


def test_a_failed_critical_fails_the_form_only_where_the_card_says_so():
    form = exported(CARD.replace("compliance: zero", "compliance: apart"))
    idv = asked_in_connect(form)["idv"]
    assert idv["ScoringConfiguration"] == {"IsExcludedFromScoring": True}
    assert "AutomaticFail" not in json.dumps(form)
    idv = asked_in_connect(exported())["idv"]
    options = idv["QuestionTypeProperties"]["SingleSelect"]["Options"]
    assert [option.get("AutomaticFail") for option in options] == [True, None]


@pytest.mark.parametrize("scale", [GRADE, TENS, GRADE.replace("50", "75")])
def test_connect_comes_to_the_score_of_the_card(scale):
    """By the rules of Amazon's administrator guide: see forms.connect_score."""
    one, used = card(), {each.reference: each for each in scales(BINARY, scale)}
    form = connect.export(one, used)
    tried = 0
    for answers in ways(one, used):
        assert connect_score(form, answers) == score(one, used.get, answers).score, answers
        tried += 1
    assert tried == 3 * 3 * 4


PLANTED = {
    "greet stands 2 times": lambda form: asked_in_connect(form)["own"].update(RefId="greet"),
    "greet: option 2 stands 2 times": lambda form: asked_in_connect(form)["greet"]["QuestionTypeProperties"][
        "SingleSelect"
    ]["Options"][0].update(RefId="2"),
    "weights add up to 90, not 100": lambda form: asked_in_connect(form)["own"].update(Weight=50),
    "idv: fails the section gone, which is not there": lambda form: asked_in_connect(form)["idv"][
        "QuestionTypeProperties"
    ]["SingleSelect"]["Options"][0].update(AutomaticFailConfiguration={"TargetSection": "gone"}),
    "own: depends on lost, which is not there": lambda form: condition(form, "lost", "1"),
    "own: depends on 9, no answer of greet": lambda form: condition(form, "greet", "9"),
}


def condition(form, source, value):
    expression = {
        "Source": {"Type": "QUESTION_REF_ID", "RefId": source},
        "Values": [{"Type": "OPTION_REF_ID", "RefId": value}],
        "Comparator": "IN",
    }
    enablement = {"Condition": {"Operands": [{"Expression": expression}]}, "Action": "ENABLE"}
    asked_in_connect(form)["own"].update(Enablement=enablement)


@pytest.mark.parametrize("said", PLANTED)
def test_a_planted_contradiction_is_found_by_us_alone(said, create, resource):
    form = exported()
    PLANTED[said](form)
    assert ParamValidator().validate({"InstanceId": "i" * 36, **form}, create).generate_report() == ""
    assert [error.message for error in resource.iter_errors(as_resource(form))] == []
    assert connect_check.wrong(form) == [said]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("not_applicable: exclude", "not_applicable: full", "scoring.not_applicable: what does not apply leaves"),
        ("title: Calls", f"title: {'x' * 129}", "title: 129 characters, 128 are allowed"),
        ("title: Opening", f"title: {'x' * 129}", "title of section open: 129 characters"),
        ("observable: The caller", f"observable: {'x' * 340} caller", "observable of greet: "),
        ("id: solve", "id: idv", "a section and a criterion are both called idv"),
    ],
)
def test_what_a_form_cannot_hold_is_refused_by_name(old, new, said):
    with pytest.raises(CannotHold) as refused:
        exported(CARD.replace(old, new))
    assert said in str(refused.value)
    assert refused.value.rule == "cannot-hold"


def test_everything_that_stands_against_it_is_said_at_once():
    with pytest.raises(CannotHold) as refused:
        exported(
            CARD.replace("exclude", "zero").replace("title: Calls", f"title: {'x' * 129}"),
            BINARY,
            GRADE.replace("100", "95"),
        )
    assert str(refused.value).count("\n  - ") == 3
    assert "the best point of grade@4 is worth 95" in str(refused.value)


def test_points_that_do_not_come_out_whole_are_refused_not_rounded():
    text = CARD.replace("weight: 40", "weight: 33.3").replace("weight: 60", "weight: 66.7")
    with pytest.raises(CannotHold, match="whole points up to 100"):
        exported(text, BINARY, GRADE.replace("50", "75"))
    assert exported(text)["ScoringStrategy"]["Mode"] == "QUESTION_ONLY"


def test_guidance_that_is_too_long_is_cut_by_whole_lines():
    text = CARD.replace("benefit: one call is enough", f"benefit: {'so ' * 320}that")
    [*_, own] = asked_in_connect(exported(text)).values()
    assert own["Instructions"].splitlines()[-1] == "Promise: sorted"
    assert len(own["Instructions"]) <= 1024


def test_shares_of_weights_are_kept_to_the_last_digit():
    text = CARD.replace("weight: 40", "weight: 33.333333").replace("weight: 60", "weight: 66.666667")
    back, _ = read_back("amazon-connect", exported(text))
    assert [criterion.weight for criterion in back.criteria()] == [0, Decimal("33.333333"), Decimal("66.666667")]
