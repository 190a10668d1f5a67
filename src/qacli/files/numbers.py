"""Figures as people read them: no exponent, and thousands told apart."""

from __future__ import annotations

from decimal import Decimal


def plain(value: float | Decimal) -> str:
    """Return a number with all digits that it was given with."""
    return _told(value if isinstance(value, Decimal) else Decimal(f"{value:.15g}"))


def short(value: float) -> str:
    """Return a number with two decimals at most."""
    return plain(round(value, 2))


def four_digits(value: float) -> str:
    """Return a number with four digits, or with all that stand before the point where those are more."""
    return _told(to_four_digits(value))


def to_four_digits(value: float) -> Decimal:
    """Return what four_digits tells as a number, for a machine."""
    return Decimal(f"{value:.4g}" if 0.001 <= abs(value) < 1000 else f"{round(value, 2):.15g}")


def _told(number: Decimal) -> str:
    text = f"{number:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
