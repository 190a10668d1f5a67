"""One duty: what falls due on which day, whose it is, and which measure it serves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from qacli.model import Command, Hint

DAY = timedelta(days=1)


Work = Literal[
    "draw",
    "score",
    "calibration",
    "dispute",
    "question",
    "spot",
    "feedback",
    "plan",
    "case",
    "action",
    "resource",
    "briefing",
    "escalation",
    "ladder",
    "cause",
    "request",
    "notice",
    "requirement",
    "consultation",
    "review",
    "look",
    "watch",
    "settle",
    "triage",
    "audit",
    "audit-finding",
    "improvement",
]
"""What kinds of work fall due."""


class Duty(NamedTuple):
    """One thing to be done. ``key`` is the same whoever works it out; ``due`` is its day, ``command`` what does it,
    ``otherwise`` what ends it undone, both without ``qacli``; ``serves`` names the measures that it serves.
    """

    key: str
    due: date
    kind: Work
    subject: str
    owner: str
    words: str
    command: str = ""
    serves: str = ""
    otherwise: str = ""

    @property
    def how(self) -> Hint:
        """What to type, in the name of its owner; empty where no command does it."""
        parts: list[str | Command] = [Command(self.command, self.owner)] if self.command else []
        parts += [" or ", Command(self.otherwise, self.owner)] if self.otherwise else []
        return Hint(*parts)
