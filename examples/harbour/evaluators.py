"""Scripted evaluators: they judge a contact by what is planted in it, each with their own leaning.

The same contact, card and evaluator give the same answers, so that the example can be scored again and again. Points
of a skill are rounded up or down by chance, which keeps an evaluator's leaning of 7 points close to 7 on average.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bank import EVALUATOR_BIAS, QUARTER, SEED, Contact, applies, met, skill, uniform
from phrases import FACTS, MATTERS, NOT_APPLICABLE, SKILLS

POINTS = ("1", "2", "3", "4", "5")
LEVELS = {"1": "low", "2": "low", "3": "near", "4": "met", "5": "top"}
SCHEMA = "qacli.score/1"
SLIP = {"p_ev3": "card"}
"""Who answers a question wrong at first, in which procedure."""


def score_file(item: str, row: Mapping[str, Any], card: Any, evaluator: str, seed: int = SEED) -> dict[str, Any]:
    """Return what an evaluator hands in for an item of a sample, in the form that ``qacli score --from`` reads."""
    return {"schema": SCHEMA, "item": item, "answers": answers(row, card, evaluator, seed)}


def answers(row: Mapping[str, Any], card: Any, evaluator: str, seed: int = SEED) -> dict[str, dict[str, str]]:
    """Return an answer with evidence and offset for every criterion of a card.

    ``row`` names the contact: transaction, and where known channel, colleague, day (or started_at), reason, seconds.
    ``card`` is a Scorecard whose scales are binary, point5 and number100.
    """
    contact = Contact(
        str(row["transaction"]),
        str(row.get("channel") or ""),
        str(row.get("colleague") or ""),
        _day(row),
        str(row.get("reason") or ""),
    )
    seconds = max(20, int(row.get("seconds") or 300))
    return {
        criterion.id: _answer(seed, contact, criterion, evaluator, place, seconds)
        for place, criterion in enumerate(criterion for section in card.sections for criterion in section.criteria)
    }


def readings(procedures: Sequence[Any], people: Sequence[str], day: date) -> list[tuple[str, ...]]:
    """Return the lines that ``qacli procedure ack --from`` reads: everybody has read every procedure."""
    return [(person, each.reference, str(day), "e-learning") for person in people for each in procedures]


def quiz_answers(procedures: Sequence[Any], person: str, attempt: int = 1) -> list[tuple[str, ...]]:
    """Return the lines that ``qacli procedure quiz --from`` reads. One evaluator needs a second attempt at one quiz."""
    lines = []
    for each in procedures:
        slip = attempt == 1 and SLIP.get(person) == each.id
        for place, question in enumerate(each.questions):
            wrong = next(letter for letter in question.answers if letter != question.right)
            lines.append((person, each.reference, question.id, wrong if slip and not place else question.right))
    return lines


def _answer(seed: int, contact: Contact, criterion: Any, evaluator: str, place: int, seconds: int) -> dict[str, str]:
    topic = criterion.id.partition("-")[2] or criterion.id
    at = int(seconds * (0.04 + 0.05 * place) + 9 * uniform(seed, contact.transaction, criterion.id, evaluator, "at"))
    offset = f"{min(at, seconds) // 60:02}:{min(at, seconds) % 60:02}"
    choices: tuple[str, ...]
    if criterion.not_applicable != "never" and not applies(seed, contact, topic):
        answer, choices = "na", NOT_APPLICABLE.get(topic, (criterion.not_applicable,))
    elif criterion.scale.startswith("binary@"):
        answer = "met" if met(seed, contact, topic) else "not_met"
        choices = FACTS[topic][answer] if topic in FACTS else (criterion.anchors[answer],)
    elif criterion.scale.startswith("number100@"):
        answer = _number(seed, contact, topic)
        fact, anchor = ("met", "100") if answer == "100" else ("not_met", "0")
        choices = FACTS[topic][fact] if topic in FACTS else (criterion.anchors[anchor],)
    else:
        answer = _point(seed, contact, topic, evaluator)
        choices = SKILLS[topic][LEVELS[answer]] if topic in SKILLS else (_nearest(criterion.anchors, answer),)
    words = choices[int(uniform(seed, contact.transaction, criterion.id, evaluator, "words") * len(choices))]
    matters = MATTERS.get(contact.reason, ("the matter",))
    matter = matters[int(uniform(seed, contact.transaction, "matter") * len(matters))]
    return {
        "answer": answer,
        "evidence": f"{contact.transaction}, {offset}: {words.format(matter=matter)}",
        "offset": offset,
    }


def _point(seed: int, contact: Contact, topic: str, evaluator: str) -> str:
    judged = skill(seed, contact, topic) + EVALUATOR_BIAS.get(evaluator, 0.0)
    step = judged / 25 + uniform(seed, contact.transaction, topic, "rounding")
    return POINTS[min(4, max(0, int(step)))]


def _number(seed: int, contact: Contact, topic: str) -> str:
    """Return what the system measured: 100 within the promise, else 0 to 75 by how late it was."""
    late = int(uniform(seed, contact.transaction, topic, "late") * 16) * 5
    return "100" if met(seed, contact, topic) else str(late)


def _nearest(anchors: Mapping[str, str], point: str) -> str:
    return anchors[min(anchors, key=lambda anchor: abs(int(anchor) - int(point)))]


def _day(row: Mapping[str, Any]) -> date:
    day = row.get("day") or row.get("started_at") or QUARTER[0]
    return date.fromisoformat(str(day)[:10])
