"""Every rule of the improving stage is planted through the command line: by a test of a command, or in the gallery of refusals."""

from __future__ import annotations

import re
from pathlib import Path

import qacli.improve

RULE = re.compile(r'\(Refusal, rule="([a-z-]+)"\)')
TESTS = Path(__file__).parents[1]
HERE = Path(__file__).parent


def rules():
    """The rule ids of the stage, each with its module."""
    folder = Path(qacli.improve.__file__).parent
    return {rule: path.name for path in sorted(folder.rglob("*.py")) for rule in RULE.findall(path.read_text("utf-8"))}


def named(rule):
    """Whether a test of a command holds a rule as a word of its own, or the gallery shows it refused."""
    quoted = re.compile(rf'"{rule}"|refused\[{rule}\]')
    return any(quoted.search(text) for text in _texts())


def _texts():
    for path in (*sorted(HERE.rglob("test_*.py")), *sorted((TESTS / "errors").glob("*.command.expected"))):
        if path != Path(__file__):
            yield path.read_text("utf-8")


def test_every_refusal_of_the_improving_stage_is_met_by_somebody_who_types_a_command():
    found = rules()
    assert len(found) > 70
    assert {rule: module for rule, module in found.items() if not named(rule)} == {}


def test_a_rule_that_no_test_names_is_found():
    assert not named("rule-of-nobody")
