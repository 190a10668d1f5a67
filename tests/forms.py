"""Scores as other systems count them, from their forms; every way to answer a small card."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from itertools import product

from qacli.files.yaml import parse
from qacli.interchange.forms.imported import Choice, imported
from qacli.interchange.forms.systems import SYSTEMS, date, models
from qacli.monitor.observing.observation import NOT_APPLICABLE


def ways(card, scales):
    """Yield every complete set of answers {criterion: point or na}."""
    choices = [
        [*scales[each.scale].answers] + [NOT_APPLICABLE] * each.may_be_not_applicable for each in card.criteria()
    ]
    for answers in product(*choices):
        yield dict(zip([each.id for each in card.criteria()], answers, strict=True))


def asked_in_connect(form):
    """The questions of a form by RefId."""
    return {
        item["Question"]["RefId"]: item["Question"] for section in form["Items"] for item in section["Section"]["Items"]
    }


def connect_score(form, answers):
    """The score that Amazon Connect gives, or None where nothing counts.

    https://docs.aws.amazon.com/connect/latest/adminguide/about-scoring-and-weights.html: the weight of a question times
    its answer's score out of 10, weights shared out anew without what is not applicable; with points, those earned out
    of the most that could be earned, a bonus earned only. An automatic fail makes the form, or its section, 0. A question
    whose condition does not hold is not there.
    """
    earned, possible, failed = Fraction(0), Fraction(0), False
    for section in form["Items"]:
        its, zeroed = Fraction(0), False
        for item in section["Section"]["Items"]:
            question = item["Question"]
            options = question["QuestionTypeProperties"]["SingleSelect"]["Options"]
            option = next((each for each in options if each["RefId"] == answers[question["RefId"]]), None)
            if option is None or not _enabled(form, question, answers):
                continue
            target = option.get("AutomaticFailConfiguration", {}).get("TargetSection")
            zeroed |= target == section["Section"]["RefId"]
            failed |= bool(option.get("AutomaticFail")) and target is None
            scoring = question.get("ScoringConfiguration", {})
            if scoring.get("IsExcludedFromScoring"):
                continue
            if form["ScoringStrategy"]["Mode"] == "POINTS_BASED":
                its += option["PointsConfiguration"]["PointValue"]
                if not scoring.get("PointsConfiguration", {}).get("IsBonus"):
                    possible += max(each["PointsConfiguration"]["PointValue"] for each in options)
            else:
                its += Fraction(str(question["Weight"])) * option["Score"] / 10
                possible += Fraction(str(question["Weight"]))
        earned += 0 if zeroed else its
    return rounded(Fraction(0) if failed else earned / possible * 100) if possible else None


def _enabled(form, question, answers):
    if "Enablement" not in question:
        return True
    [operand] = question["Enablement"]["Condition"]["Operands"]
    source = operand["Expression"]["Source"]["RefId"]
    values = {value["RefId"] for value in operand["Expression"]["Values"]}
    return answers[source] in values and _enabled(form, asked_in_connect(form)[source], answers)


def genesys_score(form, answers):
    """The score that Genesys Cloud gives, or None where nothing counts.

    https://help.mypurecloud.com/articles/understand-evaluation-scoring: sum(group points x weight) over
    sum(group possible x weight), without what is marked NA or hidden; 0 where a fatal question got less than its best
    answer. Conditions name a question by its place.
    """
    asked = {}
    for g, group in enumerate(form["questionGroups"]):
        for q, question in enumerate(group["questions"]):
            if question["type"] == "multipleChoiceQuestion":
                said = dict(line.split(": ", 1) for line in question["helpText"].splitlines())
                answer = answers[said["Criterion"].partition("/")[2]]
                points = said["Points"].split(", ")
                asked[g, q] = question, group["weight"], points.index(answer) if answer in points else None
    earned, possible, failed = Fraction(0), Fraction(0), False
    for place, (question, weight, answer) in asked.items():
        if answer is None or not _visible(asked, place):
            continue
        value = question["answerOptions"][answer]["value"]
        best = max(option["value"] for option in question["answerOptions"])
        failed |= question["isKill"] and value < best
        earned += Fraction(weight) * value
        possible += Fraction(weight) * best
    return rounded(Fraction(0) if failed else earned / possible * 100) if possible else None


def _visible(asked, place):
    condition = asked[place][0].get("visibilityCondition")
    if not condition:
        return True
    found = [[int(part) for part in each.split("/")[3::2]] for each in condition["predicates"]]
    return any(asked[g, q][2] == a and _visible(asked, (g, q)) for g, q, a in found)


def rounded(number):
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal("0.000001"))


def read_back(system, form, name="calls", channels=(), known=()):
    """The card and the scales that a form becomes, through the text of a file."""
    found = SYSTEMS[system].read(parse(json.dumps(form), "form.json"))
    return models(imported(found, Choice(name, "p_reader", date(2026, 6, 1), channels), known))
