"""Scores as other systems count them, from their forms; every way to answer a small card."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from itertools import product

from qacli.files.yaml import parse
from qacli.interchange.forms.imported import Choice, imported
from qacli.interchange.forms.systems import SYSTEMS, date, models
from qacli.monitor.observation import NOT_APPLICABLE


def ways(card, scales):
    """Yield every complete set of answers {criterion: point or na}."""
    choices = [
        [point.point for point in scales[each.scale].points] + [NOT_APPLICABLE] * each.may_be_not_applicable
        for each in card.criteria()
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
    of the most that could be earned. An automatic fail makes it 0.
    """
    earned, possible, failed = Fraction(0), Fraction(0), False
    for name, question in asked_in_connect(form).items():
        options = question["QuestionTypeProperties"]["SingleSelect"]["Options"]
        option = next((each for each in options if each["RefId"] == answers[name]), None)
        failed |= bool(option and option.get("AutomaticFail"))
        if option is None or question.get("ScoringConfiguration", {}).get("IsExcludedFromScoring"):
            continue
        if form["ScoringStrategy"]["Mode"] == "POINTS_BASED":
            earned += option["PointsConfiguration"]["PointValue"]
            possible += max(each["PointsConfiguration"]["PointValue"] for each in options)
        else:
            earned += Fraction(str(question["Weight"])) * option["Score"] / 10
            possible += Fraction(str(question["Weight"]))
    return rounded(Fraction(0) if failed else earned / possible * 100) if possible else None


def genesys_score(form, answers):
    """The score that Genesys Cloud gives, or None where nothing counts.

    https://help.mypurecloud.com/articles/understand-evaluation-scoring: sum(group points x weight) over
    sum(group possible x weight), without what is marked NA; 0 where a fatal question got less than its best answer.
    """
    earned, possible, failed = Fraction(0), Fraction(0), False
    for group in form["questionGroups"]:
        for question in group["questions"]:
            if question["type"] == "readOnlyTextBlockQuestion":
                continue
            said = dict(line.split(": ", 1) for line in question["helpText"].splitlines())
            points = said["Points"].split(", ")
            answer = answers[said["Criterion"].partition("/")[2]]
            if answer == NOT_APPLICABLE:
                continue
            value = question["answerOptions"][points.index(answer)]["value"]
            best = max(option["value"] for option in question["answerOptions"])
            failed |= question["isKill"] and value < best
            earned += Fraction(group["weight"]) * value
            possible += Fraction(group["weight"]) * best
    return rounded(Fraction(0) if failed else earned / possible * 100) if possible else None


def rounded(number):
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal("0.000001"))


def read_back(system, form, name="calls", channels=(), known=()):
    """The card and the scales that a form becomes, through the text of a file."""
    found = SYSTEMS[system].read(parse(json.dumps(form), "form.json"))
    return models(imported(found, Choice(name, "p_reader", date(2026, 6, 1), channels), known))
