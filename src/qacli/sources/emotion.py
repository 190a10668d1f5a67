"""Columns and criteria that claim to know what a colleague feels. qacli takes none: a model's guess is no observation."""

from __future__ import annotations

import re

WHO = r"agents?|colleagues?|advis[eo]rs?|employees?|staff|workers?|operators?|handlers?|representatives?|reps?|csr"
WHAT = r"sentiments?|emotions?|emotional|moods?|feelings?|anger|stress|frustration|happiness|empathy|valence|arousal"
SCORED = r"sentiment|emotion|mood|valence|arousal"
MEASURED = r"scores?|scored|analysis|analytics|detection|detected|model|index|rating|algorithm|ai"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_COLUMN = re.compile(rf"(?=.*\b(?:{WHO})\b)(?=.*\b(?:{WHAT})\b)")
_TEXT = re.compile(rf"\b(?:{SCORED})s?\W+(?:\w+\W+)?(?:{MEASURED})\b", re.IGNORECASE)
RULE = "emotion-of-colleagues"
WHY = "what a program guesses of a colleague's emotion is not scored here"
INSTEAD = "let an evaluator hear or read it, with evidence: words said, tone, pace"


def column_claims_emotion(name: str) -> bool:
    """Return whether a column is named after the emotion of a colleague: agent_sentiment, AgentMoodScore.

    The customer's own, such as customer_sentiment or satisfaction, is another thing.
    """
    words = re.sub(r"[^0-9A-Za-z]+", " ", _CAMEL.sub(" ", name)).casefold()
    return bool(_COLUMN.search(words))


def text_claims_emotion(text: str) -> str:
    """Return the words of a criterion that rest on a program's guess of emotion, such as sentiment score; else empty."""
    found = _TEXT.search(text)
    return found[0] if found and "customer" not in text.casefold() else ""
