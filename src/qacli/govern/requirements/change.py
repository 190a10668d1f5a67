"""The change pack: what is new in procedure, notice, scorecard and briefing because of a rule, from which day, and whether it is live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from qacli.model import Row, View, Words

PROCEDURE, NOTICE, SCORECARD, BRIEFING = "procedure", "notice", "scorecard", "briefing"
PARTS: Final = (PROCEDURE, NOTICE, SCORECARD, BRIEFING)
"""What a pack answers for, each: what is new, or why nothing is."""


@dataclass(frozen=True, kw_only=True)
class RequirementChange(Row, table="requirement_changes", letter="qi"):
    """One thing that changes because of a rule; an empty ``new`` is left as it is, ``why`` says why."""

    consultation: str
    requirement: str  # id@version
    kind: str  # procedure, notice, scorecard or briefing
    old: str  # id@version that it takes the place of; empty for what is new altogether
    new: str  # id@version, or the id of a briefing
    live_on: date
    why: Words


@dataclass(frozen=True, kw_only=True)
class LiveCheck(Row, table="live_checks", letter="ql"):
    """Whether a change was live on a day, worked out from what is in force and on record."""

    change: str
    on: date
    live: bool
    seen: str


class Part(NamedTuple):
    """One change with the last look whether it is live; None where nobody has looked."""

    change: RequirementChange
    check: LiveCheck | None

    @property
    def state(self) -> str:
        """left, waiting, live or not live."""
        if not self.change.new:
            return "left"
        return "waiting" if self.check is None else "live" if self.check.live else "not live"


def pack_of(view: View, consultation: str) -> Sequence[Part]:
    """Return the change pack that came of a consultation, in the order of its parts; empty where there is none yet."""
    checks: dict[str, LiveCheck] = {row.change: row for row in view.current(LiveCheck)}
    mine = view.current(RequirementChange, consultation=consultation)
    return [Part(row, checks.get(row.id)) for row in mine]
