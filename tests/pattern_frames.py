"""Small frames of observations and ratings, as the facts give them, with a fixed course."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pandas as pd

FIRST, LAST = date(2026, 3, 30), date(2026, 6, 28)
PEOPLE = tuple(f"p_a{number:02}" for number in range(1, 9))


def rated(fails, people=PEOPLE, weekly=12, evaluators=("p_ev1",)):
    """Return ratings of one criterion, so many a week; ``fails(day, person)`` is the part that fails, evenly by person."""
    owed, rows = {person: place / len(people) for place, person in enumerate(people)}, []
    for week in range(13):
        for number in range(weekly):
            day, person = FIRST + timedelta(days=7 * week + number % 7), people[(week * weekly + number) % len(people)]
            owed[person] += fails(day, person)
            met = owed[person] < 1
            owed[person] -= not met
            rows.append(
                {
                    "item": f"t_{week}-{number}",
                    "day": day,
                    "channel": "chat",
                    "scorecard": "chat@1",
                    "criterion": "idv",
                    "met": met,
                    "colleague": person,
                    "reason": "card",
                    "evaluator": evaluators[number % len(evaluators)],
                }
            )
    return typed(rows)


def scored(mean, seed=1, people=PEOPLE, weekly=16, evaluators=("p_ev1",), sd=8):
    """Return observations, so many a week; ``mean(week, person, evaluator)`` is what they scatter around."""
    chance, rows = Random(seed), []
    for week in range(13):
        for number in range(weekly):
            person, evaluator = people[(week * weekly + number) % len(people)], chance.choice(evaluators)
            rows.append(
                {
                    "item": f"t_{week}-{number}",
                    "day": FIRST + timedelta(days=7 * week + number % 7),
                    "channel": "chat",
                    "scorecard": "chat@1",
                    "colleague": person,
                    "reason": "card",
                    "evaluator": evaluator,
                    "score": mean(week, person, evaluator) + chance.gauss(0, sd),
                }
            )
    return typed(rows)


def typed(rows):
    found = pd.DataFrame(rows)
    found["day"] = pd.to_datetime(found["day"])
    return found
