"""Whatever reaches a template is made inert, whether the template asks for it or not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from jinja2 import UndefinedError

from qacli.monitor.scoring.telling import rounded
from qacli.reports.environment import TEMPLATES, environment, inert


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("<b>", "&lt;b&gt;"),
        ("*a*", r"\*a\*"),
        (None, "not known"),
        (date(2026, 5, 18), "18 May 2026"),
        (-3, "-3"),
        (Decimal("81.25"), "81.25"),
        ("o_4p-12", "o_4p-12"),
        ("p_a07", "p_a07"),
        ("o_4p_", r"o\_4p\_"),
        ("a@1.0", r"a\@1.0"),
    ],
)
def test_a_value_is_shown_as_it_is(value, shown):
    assert inert(value) == shown
    assert inert(inert(value)) == shown
    assert environment().from_string("{{ value }}").render(value=value) == shown


def test_a_name_that_is_not_there_is_an_error():
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nobody }}").render()


def test_no_template_switches_the_safety_off():
    assert [path.name for path in TEMPLATES.iterdir() if "safe" in path.read_text("utf-8")] == []


@pytest.mark.parametrize(
    ("value", "decimals", "shown"), [("81.25", 1, "81.3"), ("-0.05", 1, "-0.1"), ("52.5", 0, "53")]
)
def test_halves_are_rounded_away_from_zero(value, decimals, shown):
    assert rounded(Decimal(value), decimals) == shown
