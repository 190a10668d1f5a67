"""Colours of the pages, light and dark. Each says again what a number, a word or a shape says already."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Colour(NamedTuple):
    """One role in both modes; ``light`` is also what is printed."""

    light: str
    dark: str


PALETTE: Mapping[str, Colour] = MappingProxyType(
    {
        "page": Colour("#ffffff", "#14181b"),
        "card": Colour("#f6f8fa", "#1d2226"),
        "edge": Colour("#d5dbe1", "#343b42"),
        "ink": Colour("#1b1f24", "#e9ebee"),
        "soft": Colour("#515a64", "#aab3bd"),
        "line": Colour("#0b5cad", "#7ab7ff"),
        "signal": Colour("#a8190f", "#ff9187"),
        "good": Colour("#1f6b3a", "#7fd69a"),
        "mark": Colour("#6b4a00", "#e3b75c"),
    }
)
"""Text and lines: ink, soft, line, signal, good and mark stand on page and on card."""
HEAT: Mapping[str, Colour] = MappingProxyType(
    {
        "h0": Colour("#ee8f70", "#8a3d26"),
        "h1": Colour("#f6b79f", "#6b3a2b"),
        "h2": Colour("#fbdfd3", "#463029"),
        "h3": Colour("#f1f2f3", "#2b3137"),
        "h4": Colour("#d6e7f2", "#21394a"),
        "h5": Colour("#a8cfe6", "#1f4d6b"),
        "h6": Colour("#74b3d8", "#1d5f8a"),
    }
)
"""From far below to far above; ink stands on each. Red and blue are told apart by those who cannot tell red from green."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, by WCAG 2.2; text needs 4.5, lines and signs 3."""
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def variables(mode: str) -> str:
    """Return the colours of a mode, light or dark, as CSS variables."""
    return ";".join(f"--{name}:{getattr(colour, mode)}" for name, colour in {**PALETTE, **HEAT}.items())


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
