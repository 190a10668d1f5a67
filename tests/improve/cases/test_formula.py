"""Formulas: exact, and never resting on a number that somebody typed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from qacli.improve.cases.formula import Wrong, names, parse, value

KNOWN = {"calls": Fraction(1000), "late": Fraction(30), "share": Fraction(1, 10), "none": Fraction(0)}


@pytest.mark.parametrize(
    ("text", "comes_to"),
    [
        ("calls", 1000),
        ("calls * late / 100", 300),
        ("calls * (100 - late) / 100", 700),
        ("calls - late - late", 940),  # from the left
        ("calls / late / 100", Fraction(1, 3)),
        ("calls + late * share", 1003),  # times before plus
        ("(calls + late) * share", 103),
        ("1 - share", Fraction(9, 10)),
        ("calls * 12 * 52 / 60", 10400),
    ],
)
def test_it_comes_to(text, comes_to):
    assert value(parse(text), KNOWN) == comes_to


@pytest.mark.parametrize("text", ["calls / none", "calls / (share - share) + late"])
def test_a_division_by_nothing_comes_to_nothing_that_is_known(text):
    with pytest.raises(ZeroDivisionError):
        value(parse(text), KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "40000",
        "1000 * 60",
        "12",
        "calls + 1000",
        "calls - 1",
        "100 - 12",
        "(1000 * 52) + calls",
        "calls * 40",
        "£5",
        "４",
        "1 - 1",
    ],
)
def test_a_typed_figure_has_no_trace(text):
    with pytest.raises(Wrong) as wrong:
        parse(text)
    assert wrong.value.code == "no-trace"


@pytest.mark.parametrize(
    "text", ["", "calls *", "(calls", "calls)", "calls late", "* calls", "calls ** late", "(" * 30 + "a"]
)
def test_what_is_no_formula_is_refused(text):
    with pytest.raises(Wrong):
        parse(text)


def test_its_names_are_told_in_order():
    assert list(names(parse("calls * (100 - late) / calls"))) == ["calls", "late", "calls"]
