"""Blank forms: the sheet of one item on paper of another kind, with what it was made of.

An answer means something only beside the anchors and the conversation that were shown. Each form carries what tells them
apart, and comes back to the same ones or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from qacli.files.schema import PersonId, Reference, Strict
from qacli.files.yaml import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.monitor.observing.sheet import Sheet
    from qacli.monitor.sampling.draw import Item

HEX = 16
"""Digits of a hash that a form carries: it tells versions apart and proves nothing."""


class Origin(Strict):
    """What a form was made of, and for whom."""

    evaluator: PersonId = Field(description="The person it was made for.")
    card: Reference = Field(description="Scorecard and version.")
    card_hash: str = Field(description="Tells whether the card or one of its scales was changed since.")
    transcript_hash: str = Field(default="", description="Tells whether it is still the same conversation.")
    suggested_hash: str = Field(default="", description="Tells whether the same is still suggested.")

    @property
    def short(self) -> str:
        """One word for all of it, by which a browser tells drafts apart."""
        return digest(self.model_dump())[:HEX]


@dataclass(frozen=True)
class Blank:
    """One item to be scored away from a terminal. ``adjustments`` are sentences for the evaluator."""

    item: Item
    sheet: Sheet
    evaluator: str
    adjustments: Sequence[str] = ()

    @property
    def origin(self) -> Origin:
        """What the form is made of."""
        return origin(self.sheet, self.evaluator)


def origin(sheet: Sheet, evaluator: str) -> Origin:
    """Return what a form of a sheet is made of."""
    models = [sheet.card, *(sheet.scales[name] for name in sorted(sheet.scales))]
    spoken = [[str(turn.number), turn.role, turn.text] for turn in sheet.turns]
    suggested = [[str(part) for part in each] for each in sheet.suggested]
    return Origin(
        evaluator=evaluator,
        card=sheet.card.reference,
        card_hash=_hash([model.model_dump(mode="json", exclude_defaults=True) for model in models]),
        transcript_hash=_hash(spoken),
        suggested_hash=_hash(suggested),
    )


def _hash(parts: Sequence[object]) -> str:
    return digest(parts)[:HEX] if parts else ""
