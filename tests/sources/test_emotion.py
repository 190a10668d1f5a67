from __future__ import annotations

import pytest
from pydantic import ValidationError

from qacli.sources.emotion import column_claims_emotion, text_claims_emotion
from qacli.sources.profile import Profile


@pytest.mark.parametrize(
    "name",
    [
        "agent_sentiment",
        "AgentSentimentScore",
        "Overall mood (advisor)",
        "EMPLOYEE STRESS",
        "csr-anger",
        "Sentiment.Agent",
    ],
)
def test_columns_of_a_colleagues_emotion_are_recognised(name):
    assert column_claims_emotion(name)


@pytest.mark.parametrize(
    "name", ["customer_sentiment", "sentiment", "agent_id", "CSAT", "agent_talk_s", "reagent moods", "caller emotion"]
)
def test_other_columns_are_not(name):
    assert not column_claims_emotion(name)


def test_c05_a_profile_that_reads_a_colleagues_emotion_is_refused():
    columns = {
        "transaction": {"column": "id"},
        "started_at": {"column": "start", "dates": "d/m/y"},
        "satisfaction": {"column": "agent_sentiment"},
    }
    with pytest.raises(ValidationError) as caught:
        Profile.model_validate({"id": "x", "version": "1", "owner": "p_tl1", "from": "2026-01-01", "columns": columns})
    (error,) = caught.value.errors()
    assert (error["type"], error["ctx"]["at"]) == ("emotion-of-colleagues", ("columns", "satisfaction", "column"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The sentiment score stays above 0.6.", "sentiment score"),
        ("Emotion detection finds no anger.", "Emotion detection"),
        ("The mood index is green.", "mood index"),
        ("The customer's sentiment score is read out.", ""),
        ("Names the feeling that the caller shows and waits.", ""),
    ],
)
def test_a_criterion_must_not_rest_on_a_guess_of_emotion(text, found):
    assert text_claims_emotion(text) == found
