"""Figures as people read them: never 1.235e+05."""

from __future__ import annotations

import pytest

from qacli.improve.numbers import four_digits, short


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (0.5, "0.5"), (81.25, "81.25"), (-3.456, "-3.46"), (100_000, "100000"), (1_234_567.891, "1234567.89")],
)
def test_two_decimals_at_most(value, written):
    assert short(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (0.01234567, "0.01235"), (81.2567, "81.26"), (999.96, "1000"), (100_000, "100000"), (123_456.789, "123456.79")],
)  # fmt: skip
def test_four_digits_and_all_before_the_point(value, written):
    assert four_digits(value) == written
