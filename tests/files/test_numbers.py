"""Figures as people read them: never 1.235e+05."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qacli.files.numbers import four_digits, plain, short, to_four_digits


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (-0.0, "0"),
        (330.0, "330"),
        (0.125, "0.125"),
        (0.1 + 0.2, "0.3"),
        (0.00001, "0.00001"),
        (-1_500_000.0, "-1,500,000"),
        (1_234_567.89, "1,234,567.89"),
        (1e21, "1,000,000,000,000,000,000,000"),
        (Decimal("1E+6"), "1,000,000"),
        (Decimal(100000), "100,000"),
        (Decimal("80.50"), "80.5"),
    ],
)
def test_all_digits_that_were_given(value, written):
    assert plain(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (0.5, "0.5"),
        (81.25, "81.25"),
        (-3.456, "-3.46"),
        (100_000, "100,000"),
        (1_234_567.891, "1,234,567.89"),
    ],
)
def test_two_decimals_at_most(value, written):
    assert short(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (0.01234567, "0.01235"), (81.2567, "81.26"), (999.96, "1,000"), (100_000, "100,000"), (123_456.789, "123,456.79")],
)  # fmt: skip
def test_four_digits_and_all_before_the_point(value, written):
    assert four_digits(value) == written
    assert to_four_digits(value) == Decimal(written.replace(",", ""))
