"""Every rule of the governing stage that has an id is named in a test that types a command, or by a broken file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import qacli.govern

TESTS = Path(__file__).parents[1]
SOURCE = Path(qacli.govern.__file__).parent
RAISED = re.compile(
    r'\brule="([a-z0-9-]+)"|\b(?:wrong_at|Fault|PydanticCustomError)\((?:\s*\([^()]*\),)?\s*"([a-z0-9-]+)"'
)
"""A refusal says ``rule=``; a fault of a definition or of a file gives its id after the place."""


def rules():
    text = "\n".join(path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.py")))
    return sorted({found for pair in RAISED.findall(text) for found in pair if found})


RULES = rules()
PLANTED = "\n".join(
    path.read_text("utf-8", "replace")
    for folder in ("commands", "errors")
    for path in sorted((TESTS / folder).rglob("*"))
    if path.suffix in {".py", ".expected"}
)


def test_the_rules_are_found():
    assert len(RULES) > 120
    assert {"nothing-to-pack", "own-assessor", "repeated-case"} <= set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_planted(rule):
    assert re.search(rf"(?<![\w-]){rule}(?![\w-])", PLANTED), f"nothing types a command that is refused by {rule}"
