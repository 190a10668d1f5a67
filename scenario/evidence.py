"""What an evaluator writes beside an answer: a phrase of the example that fits the criterion and the point."""

from __future__ import annotations

import folder  # noqa: F401  the phrases lie beside the example, which it finds
import phrases
from judging import NA

LEVELS = {"1": "low", "2": "low", "3": "near", "4": "met", "5": "top"}


def seen(criterion: str, answer: str, chance: int) -> str:
    """Return one of the phrases that fit; ``chance`` says which."""
    topic = criterion.partition("-")[2]
    if answer == NA:
        choices = phrases.NOT_APPLICABLE.get(topic, ("it did not come up",))
    elif topic in phrases.FACTS and answer in phrases.FACTS[topic]:
        choices = tuple(phrases.FACTS[topic][answer])
    else:
        met = "met" if answer.isdigit() and int(answer) >= 80 else "not_met"  # of what is measured, as the scale has it
        facts = phrases.FACTS.get(topic, {}).get(met)
        choices = phrases.SKILLS.get(topic, {}).get(LEVELS.get(answer, "")) or facts or ("as the card describes it",)
    return str(choices[chance % len(choices)]).format(matter="the matter")
