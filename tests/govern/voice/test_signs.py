"""The expressions of complaint as they are shipped: what they see, and what they leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from qacli.files import yaml
from qacli.govern.voice.noting import hidden
from qacli.workspace.definitions import Definitions

SHIPPED = Path(__file__).parents[3] / "scorecards" / "signs.yaml"


@pytest.fixture(scope="module")
def signs():
    return [item.model for item in Definitions.read_items("sign", yaml.read(SHIPPED, "signs.yaml"))]


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("This is the third time I\u2019ve asked for it", "third time I've asked"),
        ("it is the 2nd time we have had to ring", "2nd time we have had"),
        ("I keep being passed from one to another", "keep being passed"),
        ("How many times do I have to say it?", "How many times do I have to"),
        ("it's just not good enough", "not good enough"),
        ("I'm closing my account", "closing my account"),
        ("I complained in April", "complained"),
        ("I will go to the ombudsman", "ombudsman"),
        ("third time lucky, and it worked", None),
        ("on the second day it came", None),
        ("thanks, that was good enough for me", None),
        ("I could not compliment them enough", None),
        ("still happy after ten years", None),
    ],
)
def test_expressions_of_complaint(signs, said, seen):
    found = hidden(signs, said)
    assert (found.said if found else None) == seen
    assert found is None or found.sign.source == "our setting"
