"""The word that a misspelt one was probably meant to be, and the question that offers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is spelled most like a word; empty where none is near."""
    from difflib import get_close_matches  # only a misspelt word needs it; commands start without

    return next(iter(get_close_matches(word, list(known), n=1)), "")


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return the help line that offers the nearest known word, or the other sentence where none is near."""
    near = nearest(word, known)
    return f"did you mean '{near}'?" if near else otherwise


def in_passing(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the end of a sentence that offers the nearest known word, or the other end where none is near."""
    near = nearest(word, known)
    return f"; did you mean {near}?" if near else otherwise
