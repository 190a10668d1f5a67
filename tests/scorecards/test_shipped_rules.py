"""The rules that come with qacli, with their marks taken off, are rules about criteria of the shipped cards."""

from __future__ import annotations

from pathlib import Path

from qacli.files.validate import validate
from qacli.files.yaml import parse
from qacli.prepare.scorecards.rule import Rule

SHIPPED = Path(__file__).parents[2] / "scorecards"


def test_each_is_a_rule_about_a_criterion_that_there_is():
    text = (SHIPPED / "rules.yaml").read_text("utf-8")
    assert text.endswith("\n[]\n"), "none is in use before somebody says so"
    marked = text[text.index("# - id") : -len("[]\n")].splitlines()
    tree = parse("\n".join(line.removeprefix("# ") for line in marked), "rules.yaml")
    rules = [validate(tree.part((number,)), Rule) for number in range(len(tree.data))]
    cards = "".join(path.read_text("utf-8") for path in (SHIPPED / "scorecards").glob("*.yaml"))
    assert len(rules) == 3
    assert all(f"- id: {rule.criterion}\n" in cards for rule in rules)
