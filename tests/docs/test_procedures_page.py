"""What the page on procedures shows is a procedure, and its table holds the states that there are."""

from __future__ import annotations

import re
from pathlib import Path

from qacli.files.validate import validate
from qacli.files.yaml import parse
from qacli.prepare.procedures.currency import STATES
from qacli.prepare.procedures.procedure import Procedure

PAGE = (Path(__file__).parents[2] / "docs" / "procedures.md").read_text("utf-8")


def test_the_example_is_a_procedure_as_it_stands():
    [example] = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    found = validate(parse(example, "parking.yaml"), Procedure)
    assert (found.reference, found.pass_mark, len(found.questions)) == ("parking@1", 80, 1)


def test_the_table_holds_every_state():
    assert dict(re.findall(r"^\| ([a-z ]+) \| (.*) \|$", PAGE, re.MULTILINE)[1:]) == dict(STATES)
