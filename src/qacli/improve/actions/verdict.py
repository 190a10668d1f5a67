"""The verdict on one letter: its parts, each held, failed or not to be told, with their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

State = Literal["held", "cannot tell", "failed"]
HELD: Final = "held"
CANNOT_TELL: Final = "cannot tell"
FAILED: Final = "failed"
ORDER: Final = (HELD, CANNOT_TELL, FAILED)


class Part(NamedTuple):
    """One thing that was looked at."""

    state: State
    words: str


class Verdict(NamedTuple):
    """The verdict on a letter: failed where one part failed, else cannot tell where one cannot be told, else held."""

    check: str
    parts: tuple[Part, ...]

    @property
    def state(self) -> State:
        """held, cannot tell or failed."""
        return max((part.state for part in self.parts), key=ORDER.index, default=FAILED)

    @property
    def because(self) -> str:
        """What it rests on: where it failed the causes first."""
        return "; ".join(part.words for part in self.worst_first)

    @property
    def worst_first(self) -> list[Part]:
        """Its parts, what failed first."""
        return sorted(self.parts, key=lambda part: -ORDER.index(part.state))


def verdict(check: str, parts: Iterable[Part]) -> Verdict:
    """Return the verdict on a letter."""
    return Verdict(check, tuple(parts))
