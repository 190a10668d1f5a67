"""Forms that were made elsewhere become cards that say what is missing."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from command_line import run, snapshot
from workspaces import workspace

from qacli.files.faults import FileFaults
from qacli.files.validate import validate
from qacli.files.yaml import parse, read
from qacli.interchange.forms import zendesk_reading
from qacli.interchange.forms.imported import Choice, NothingScored, TooManyAnswers, imported
from qacli.interchange.forms.systems import SYSTEMS, date, models
from qacli.model import UsageError
from qacli.prepare.scorecards.scorecard import Scorecard


def choice(ref, text, score, **more):
    return {"RefId": ref, "Text": text, "Score": score, **more}


def question(ref, title, weight, *options, **more):
    return {
        "Question": {
            "Title": title,
            "RefId": ref,
            "QuestionType": "SINGLESELECT",
            "QuestionTypeProperties": {"SingleSelect": {"Options": list(options)}},
            "Weight": weight,
            **more,
        }
    }


YES_NO = (choice("o1", "Yes", 10), choice("o2", "No", 0))
PARTIAL = (choice("o1", "Yes", 10), choice("o2", "Partial", 0), choice("o3", "No", 0))
CONDITION = {"Condition": {"Operands": []}, "Action": "ENABLE"}
# As DescribeEvaluationForm answers; titles after the example form of Amazon's administrator guide.
CONNECT = {
    "EvaluationForm": {
        "EvaluationFormId": "15d8fbf1",
        "Locked": False,
        "Title": "Compliance Evaluation Form",
        "Description": "How we listen",
        "ScoringStrategy": {
            "Mode": "QUESTION_ONLY",
            "Status": "ENABLED",
            "ScoreThresholds": [{"PerformanceCategory": "NEEDS_IMPROVEMENT"}],
        },
        "Items": [
            {
                "Section": {
                    "Title": "The title of the section",
                    "RefId": "s1a1b58d6",
                    "Items": [
                        question("q73bc5b9d", "Did the agent introduce themselves?", 45, *YES_NO, NotApplicableEnabled=True,
                                 Instructions="A name is enough."),
                        question("q2", "Was the notice given?", 45, *PARTIAL),
                        question("q3", "Was the account kept safe?", 10, YES_NO[0], {**YES_NO[1], "AutomaticFail": True}),
                        question("q4", "Was the offer made?", 0, *YES_NO, Enablement=CONDITION,
                                 ScoringConfiguration={"IsExcludedFromScoring": True}),
                        {"Question": {"Title": "Describe the outcome.", "RefId": "qc2effc9d", "QuestionType": "TEXT"}},
                        {
                            "Section": {
                                "Title": "The title of the subsection",
                                "RefId": "s46661c49",
                                "Items": [question("q5", "Closed?", 0, choice("a", "No", None), choice("b", "Yes", None))],
                            }
                        },
                    ],
                }
            }
        ],
    }
}  # fmt: skip


def made(system, form, known=()):
    tree = parse(json.dumps(form), "form.json")
    found = imported(SYSTEMS[system].read(tree), Choice("theirs", "p_tl1", date(2026, 6, 1), ["phone"]), known)
    return found, *models(found)


def told(found):
    return "\n".join(found.findings)


def test_a_form_of_connect_becomes_a_card():
    _, card, scales = made("amazon-connect", CONNECT)
    assert [(each.id, each.weight, each.critical) for each in card.criteria()] == [
        ("q73bc5b9d", 45, "none"),
        ("q2", 45, "none"),
        ("q3", 10, "compliance"),
    ]
    assert (card.scoring.critical.compliance, card.scoring.critical_weight) == ("zero", "counted")
    assert card.channels == ("phone",)
    first = card.criterion("q73bc5b9d")
    assert first.anchors == {
        "no": "to complete: what is seen or heard when it is 'No'",
        "yes": "to complete: A name is enough.",
    }
    assert (first.not_applicable, card.criterion("q2").not_applicable) == (
        "to complete: when it does not apply",
        "never",
    )
    assert [(scale.id, [(p.point, p.label, p.value) for p in scale.points], scale.met_at) for scale in scales] == [
        ("theirs-yes-no", [("no", "No", 0), ("yes", "Yes", 100)], "yes"),
        ("theirs-yes-partial-no", [("partial-no", "Partial / No", 0), ("yes", "Yes", 100)], "yes"),
    ]


def test_what_a_form_of_connect_holds_and_a_card_does_not_is_told():
    found, _, _ = made("amazon-connect", CONNECT)
    assert list(found.findings) == [
        "not taken over: ScoreThresholds",
        "not taken over: Description",
        "question 'Was the offer made?' has a condition: here it is not applicable where that does not hold",
        "question 'Describe the outcome.' is of type TEXT: not taken over",
        "section 'The title of the subsection' lay inside 'The title of the section': now beside it",
        "question 'Was the offer made?' counts for nothing in the form: not taken over",
        "question 'Closed?' counts for nothing in the form: not taken over",
        "'Partial' and 'No' of 'Was the notice given?' are worth the same: one point here",
    ]


def asked(form, place):
    return form["EvaluationForm"]["Items"][0]["Section"]["Items"][place]["Question"]


def changed(act):
    form = json.loads(json.dumps(CONNECT))
    act(form)
    return form


def test_a_condition_stands_in_the_card():
    _, card, _ = made("amazon-connect", changed(lambda form: asked(form, 0).update(Enablement=CONDITION)))
    assert card.criterion("q73bc5b9d").not_applicable.startswith("to complete: applies only where its condition in")


def failing(section):
    target = {"AutomaticFail": True, "AutomaticFailConfiguration": {"TargetSection": section}}
    return changed(lambda form: asked(form, 0)["QuestionTypeProperties"]["SingleSelect"]["Options"][1].update(target))


def test_a_question_that_fails_its_own_section_does_so_here():
    found, card, _ = made("amazon-connect", failing("s1a1b58d6"))
    assert card.criterion("q73bc5b9d").critical == "compliance"
    # q3 fails the whole form, and a class has one effect
    assert "questions of class compliance differ in what they fail; here all do alike: zero" in told(found)


def test_another_section_that_is_failed_is_told():
    found, card, _ = made("amazon-connect", failing("s46661c49"))
    assert card.criterion("q73bc5b9d").critical == "none"
    assert "'No' fails the section s46661c49 only: not taken over" in told(found)


def test_an_answer_that_fails_although_it_is_worth_more():
    def better(form):
        asked(form, 2)["QuestionTypeProperties"]["SingleSelect"]["Options"][0].update(AutomaticFail=True)
        asked(form, 2)["QuestionTypeProperties"]["SingleSelect"]["Options"][1].update(AutomaticFail=False)

    _, card, _ = made("amazon-connect", changed(better))
    assert card.criterion("q3").fails_on == ("yes",)


def test_a_form_that_contradicts_itself_is_told():
    def twice(form):
        asked(form, 1).update(RefId="q73bc5b9d", Weight=40)

    found, card, _ = made("amazon-connect", changed(twice))
    assert "the form contradicts itself: q73bc5b9d stands 2 times\n" in told(found)
    assert "the form contradicts itself: weights add up to 95, not 100\n" in told(found)
    assert [each.id for each in card.criteria()] == ["q73bc5b9d", "q73bc5b9d-2", "q3"]
    assert sum(each.weight for each in card.criteria()) == 100


def test_weights_of_sections_are_shared_out():
    def by_section(form):
        form["EvaluationForm"]["ScoringStrategy"]["Mode"] = "SECTION_ONLY"
        form["EvaluationForm"]["Items"][0]["Section"]["Weight"] = 100

    found, card, _ = made("amazon-connect", changed(by_section))
    assert "shared out evenly" in told(found)
    assert [each.weight for each in card.criteria()] == [25, 25, 25, 25]


def test_points_and_a_bonus():
    def worth(points, *, bonus=False):
        return {"PointsConfiguration": {"PointValue": points, "IsBonus": bonus}}

    def by_points(form):
        form["EvaluationForm"]["ScoringStrategy"]["Mode"] = "POINTS_BASED"
        for place, points in ((0, (15, 0)), (1, (5, 2, 0)), (2, (10, 5))):
            options = asked(form, place)["QuestionTypeProperties"]["SingleSelect"]["Options"]
            for option, value in zip(options, points, strict=True):
                option.update(worth(value, bonus=place == 2 and value > 5))

    found, card, scales = made("amazon-connect", changed(by_points))
    assert "question 'Was the account kept safe?' gives a bonus for some answers: not taken over" in told(found)
    assert [(each.id, each.weight) for each in card.criteria()] == [("q73bc5b9d", 75), ("q2", 25)]
    assert [point.value for point in scales[1].points] == [0, 40, 100]


def test_a_bonus_question_stands_beside_the_hundred():
    def extra(form):
        form["EvaluationForm"]["ScoringStrategy"]["Mode"] = "POINTS_BASED"
        for place, best in ((0, 15), (1, 5), (2, 5)):
            for option in asked(form, place)["QuestionTypeProperties"]["SingleSelect"]["Options"]:
                points = best if option["Text"] == "Yes" else 0
                option.update(PointsConfiguration={"PointValue": points, "IsBonus": place == 1})

    _, card, _ = made("amazon-connect", changed(extra))
    assert [(each.id, each.weight, each.bonus) for each in card.criteria()] == [
        ("q73bc5b9d", 75, False),
        ("q2", 25, True),
        ("q3", 25, False),
    ]


def test_a_form_that_scores_nothing_is_refused():
    def off(form):
        form["EvaluationForm"]["ScoringStrategy"]["Status"] = "DISABLED"

    with pytest.raises(NothingScored, match="no question of 'Compliance Evaluation Form' counts"):
        made("amazon-connect", changed(off))


def test_more_answers_than_a_scale_has_points_are_refused_all_at_once():
    def graded(form):
        for place, most in ((0, 10), (1, 6), (2, 8)):
            options = [choice(f"o{score}", f"Grade {score}", score) for score in range(most + 1)]
            asked(form, place)["QuestionTypeProperties"]["SingleSelect"]["Options"] = options

    with pytest.raises(TooManyAnswers) as refused:
        made("amazon-connect", changed(graded))
    assert str(refused.value).splitlines()[1:3] == [
        "  - 'Did the agent introduce themselves?': 11",
        "  - 'Was the account kept safe?': 9",
    ]


def test_a_file_that_is_no_form_is_refused_with_its_place():
    with pytest.raises(FileFaults) as refused:
        made("amazon-connect", {"Title": "x", "Items": [{"Section": {"Title": "s"}}]})
    assert "missing-setting" in str(refused.value)
    assert "lacks 'RefId'" in str(refused.value)


# After the complete example of the Terraform provider for Genesys Cloud (MyPureCloud/terraform-provider-genesyscloud,
# examples/resources/genesyscloud_quality_forms_evaluation), in the spelling of the API.
def answer(text, value):
    return {"id": "5c", "text": text, "value": value}


GENESYS = {
    "id": "8f75",
    "name": "Example Evaluation Form",
    "published": True,
    "evaluationSettings": {"disputesEnabled": True},
    "questionGroups": [
        {
            "name": "Question Group 1",
            "defaultAnswersToHighest": True,
            "defaultAnswersToNA": False,
            "naEnabled": True,
            "weight": 1,
            "manualWeight": True,
            "questions": [
                {"text": "Yes or no question.", "helpText": "A simple question.", "naEnabled": True, "isKill": True,
                 "isCritical": True, "answerOptions": [answer("Yes", 1), answer("No", 0)], "type": "multipleChoiceQuestion"},
                {"text": "With a condition", "answerOptions": [answer("Yes", 1), answer("No", 0)],
                 "visibilityCondition": {"combiningOperation": "AND", "predicates": ["/form/questionGroup/0/question/0/answer/0"]}},
                {"text": "Read this.", "type": "readOnlyTextBlockQuestion"},
            ],
        },
        {
            "name": "Question Group 2",
            "weight": 1.5,
            "questions": [
                {"text": "Multiple Choice Question.", "answerOptions": [answer("1", 1), answer("2", 2), answer("3", 3)]},
                {"text": "How likely?", "type": "npsQuestion", "answerOptions": []},
            ],
        },
    ],
}  # fmt: skip


def test_a_form_of_genesys_becomes_a_card():
    found, card, scales = made("genesys", GENESYS)
    assert [(each.id, each.weight, each.critical) for each in card.criteria()] == [
        # 1 x 1 point each against 3 x 1.5 points: 15.38, 15.38 and 69.23 of 100; the hundredth left goes to what lost most
        ("yes-or-no-question", Decimal("15.39"), "compliance"),
        ("with-a-condition", Decimal("15.38"), "none"),
        ("multiple-choice-question", Decimal("69.23"), "none"),
    ]
    assert [section.title for section in card.sections] == ["Question Group 1", "Question Group 2"]
    assert [[point.value for point in scale.points] for scale in scales] == [
        [0, 100],
        [Decimal("33.333333"), Decimal("66.666667"), 100],
    ]
    assert list(found.findings) == [
        "not taken over: evaluationSettings",
        "text between questions is not taken over: 'Read this.'",
        "answers that are filled in beforehand in 'Question Group 1' are not taken over",
        "question 'With a condition' has a condition: not applicable where it does not hold",
        "question 'How likely?' is of type npsQuestion: not taken over",
    ]


# As the list of categories gives them (fields: airbyte-source-klaus-api 0.1.15, schemas/categories.json).
CATEGORIES = [
    {"id": "1", "name": "Solution", "description": "Was it solved?", "critical": True, "archived": False, "weight": 100,
     "maxRating": 5, "scorecards": ["Phone"], "rootCauses": [], "groupName": "Content", "position": 1},
    {"id": "2", "name": "Tone", "description": None, "critical": False, "archived": None, "weight": 20, "maxRating": 4,
     "scorecards": ["Phone", "Chat"], "groupName": "Style"},
    {"id": "3", "name": "Grammar", "critical": False, "weight": 10, "maxRating": 2, "scorecards": ["Phone"]},
    {"id": "4", "name": "Old", "archived": True, "weight": 10, "maxRating": 2, "scorecards": ["Phone"]},
]  # fmt: skip
REVIEWS = {
    "conversations": [
        {
            "externalId": "1",
            "reviews": [
                {
                    "id": "9",
                    "reviewer": {"name": "Invented"},
                    "score": 50.0,
                    "scorecard": None,
                    "ratings": [
                        {"categoryId": "1", "categoryName": "Solution", "score": 4, "weight": 1.5, "critical": True, "cause": []},
                        {"categoryId": "2", "categoryName": "Tone", "score": None, "weight": 0.5, "critical": False},
                    ],
                }
            ],
        }
    ]
}  # fmt: skip


def zendesk(data, *words):
    form = zendesk_reading.read(parse(json.dumps(data), "export.json"), *words)
    found = imported(form, Choice("phone", "p_tl1", date(2026, 6, 1), ["phone"]))
    return found, *models(found)


def test_categories_of_zendesk_become_a_card():
    found, card, scales = zendesk(CATEGORIES, "Phone")
    assert card.title == "Phone"
    assert [(each.id, each.weight, each.critical) for each in card.criteria()] == [
        # weights of 100, 20 and 10
        ("solution", Decimal("76.92"), "compliance"),
        ("tone", Decimal("15.39"), "none"),
        ("grammar", Decimal("7.69"), "none"),
    ]
    # 5 points count 0/25/50/75/100, and a critical category fails below a half
    assert [[str(point.value) for point in scale.points] for scale in scales] == [
        ["0", "25", "50", "75", "100"],
        ["0", "33.33", "66.67", "100"],
        ["0", "100"],
    ]
    assert [(scale.id, scale.met_at) for scale in scales] == [
        ("phone-points-5", "3"),
        ("phone-points-4", "4"),
        ("phone-points-2", "2"),
    ]
    assert "category 'Old' is archived: not taken over" in told(found)


def test_reviews_of_zendesk_become_a_card_once_the_points_are_said():
    with pytest.raises(UsageError, match="does not say how many points"):
        zendesk(REVIEWS)
    _, card, scales = zendesk(REVIEWS, "", 3)
    assert [(each.id, each.weight) for each in card.criteria()] == [("solution", 75), ("tone", 25)]
    assert [scale.met_at for scale in scales] == ["2", "3"]


def test_a_file_with_several_scorecards_asks_which():
    with pytest.raises(UsageError) as refused:
        zendesk(CATEGORIES)
    assert "one of: Chat, Phone" in str(refused.value)
    with pytest.raises(UsageError, match="no scorecard 'Mail'"):
        zendesk({"categories": CATEGORIES}, "Mail")


def test_import_writes_files_that_check_goes_on_about(tmp_path):
    desk = workspace(tmp_path)
    (tmp_path / "form.json").write_text(json.dumps(CONNECT), "utf-8")
    line = f"scorecard import {tmp_path / 'form.json'} --from amazon-connect --id theirs"
    before = snapshot(desk.folder)
    assert run(line, tmp_path, "p_tl1").code == 2
    assert "say it, for example: --channel phone" in run(line, tmp_path, "p_tl1").err
    tried = run(f"{line} --channel phone --dry-run", tmp_path, "p_tl1")
    assert tried.out.startswith("would write definitions/scales/theirs-yes-no.yaml\n# yaml-language-server: ")
    assert snapshot(desk.folder) == before
    done = run(f"{line} --channel phone", tmp_path, "p_tl1")
    assert (done.code, done.out.splitlines()[-1]) == (0, "wrote definitions/scorecards/theirs.yaml")
    assert "to complete by hand:\n  - promises: " in done.err
    assert validate(read(tmp_path / "definitions/scorecards/theirs.yaml"), Scorecard).owner == "p_tl1"
    said = run("check", tmp_path).out
    assert {"error[to-complete]", "error[unknown-procedure]"} <= set(said.replace(":", "").split())
    # typed twice it changes nothing; what somebody has edited is not overwritten
    again = run(f"{line} --channel phone", tmp_path, "p_tl1")
    assert (again.code, again.out) == (0, "")
    assert "theirs.yaml is there already, word for word: nothing to do" in again.err
    card = tmp_path / "definitions/scorecards/theirs.yaml"
    card.write_text(card.read_text("utf-8") + "# mine\n", "utf-8")
    again = run(f"{line} --channel phone", tmp_path, "p_tl1")
    assert again.code == 1
    assert (
        "refused[already-there]: definitions/scorecards/theirs.yaml is there already; nothing was written." in again.err
    )


def test_export_and_back_by_the_command_line(tmp_path):
    run(f"init {tmp_path / 'ours'} --as p_tl1")
    done = run(f"scorecard export phone --to amazon-connect --instance i-1 -o {tmp_path / 'f.json'}", tmp_path / "ours")
    assert done.code == 0
    assert "not in the form: owner, scale.owner: person ids stay here; whoever" in done.err
    assert json.loads((tmp_path / "f.json").read_text("utf-8"))["InstanceId"] == "i-1"
    back = run(f"scorecard import {tmp_path / 'f.json'} --from amazon-connect --id ring", tmp_path / "ours", "p_tl1")
    assert back.out == "wrote definitions/scorecards/ring.yaml\n"
    assert "to complete" not in back.err
    files = [tmp_path / f"ours/definitions/scorecards/{name}.yaml" for name in ("phone", "ring")]
    one, other = (validate(read(path), Scorecard) for path in files)
    assert other == one.model_copy(update={"id": "ring"})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("scorecard export phone --to genesys --instance i-1", "--instance belongs to Amazon Connect"),
        ("scorecard import f.json --from genesys --points 5", "--only and --points belong to Zendesk QA"),
        ("scorecard export phone --to zendesk-qa", "'zendesk-qa' is not one of"),
    ],
)
def test_options_of_another_system(tmp_path, line, said):
    workspace(tmp_path)
    (tmp_path / "f.json").write_text("{}\n", "utf-8")
    result = run(line.replace("f.json", str(tmp_path / "f.json")), tmp_path)
    assert (result.code, said in result.err) == (2, True)
