"""Where an observer is, and from where each technique is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.model import Refusal
from qacli.monitor.observing.observation import AFTERWARDS, AS_CUSTOMER, BESIDE, IN_THE_ROOM, REMOTE
from qacli.monitor.observing.visit import is_visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.prepare.frames.technique import Technique

SCREEN = "screen"
"""Who sees it while it is worked on sits beside it, as a rule."""


class PositionWrong(Refusal, rule="position-wrong"):
    """Where the observer was does not go with the technique."""

    def __init__(self, position: str, technique: Technique, fitting: Sequence[str]) -> None:
        super().__init__(
            f"nobody observes by {technique.id} from the position {position}.",
            help=f"one of: {', '.join(fitting)}; or name the technique that was really used",
        )


def positions(technique: Technique, channel: str) -> tuple[str, ...]:
    """Return from where a technique is used on a channel, what is usual first."""
    if is_visit(technique):
        return (AS_CUSTOMER,)
    if not technique.live:
        return (AFTERWARDS,)
    return (BESIDE, IN_THE_ROOM, REMOTE) if SCREEN in technique.sees_on(channel) else (REMOTE, IN_THE_ROOM, BESIDE)


def position_of(said: str, technique: Technique, channel: str) -> str:
    """Return where the observer was: as said, or where that technique is usually used from. Raises PositionWrong."""
    fitting = positions(technique, channel)
    if said and said not in fitting:
        raise PositionWrong(said, technique, fitting)
    return said or fitting[0]
