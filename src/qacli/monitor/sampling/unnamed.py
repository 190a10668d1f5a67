"""Exports that name no colleague: their transactions can be drawn and scored, as nobody's in particular.

Whoever it was, everybody of people.csv must have been told of monitoring by that day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.model import Refusal

if TYPE_CHECKING:
    from qacli.prepare.frames.frame import Frame
    from qacli.sources.population import Population

UNNAMED = (
    "the export names no colleague: nobody can be kept from scoring their own work, and nobody gets feedback on it"
)


class NoColleagues(Refusal, rule="no-colleagues"):
    """A frame takes so many of each colleague, and the export names none."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            f"{frame.reference} takes transactions of each colleague, and the export names no colleague.",
            help="map colleague in its profile (see qacli source check), or choose a design that does not go by colleague",
        )


def refuse_unnamed(population: Population, frame: Frame, stratum: str) -> None:
    """Raise NoColleagues where the strata of a design, given as SQL, are colleagues that the export does not name."""
    if not population.names_colleagues and "colleague" in stratum:
        raise NoColleagues(frame)
