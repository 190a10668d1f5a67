"""Figures as people read them: few digits, and never an exponent."""

from __future__ import annotations


def short(value: float) -> str:
    """Return a number with two decimals at most."""
    return f"{round(value, 2):.15g}"


def four_digits(value: float) -> str:
    """Return a number with four digits, or with all that stand before the point where those are more."""
    return f"{value:.4g}" if 0.001 <= abs(value) < 1000 else short(value)
