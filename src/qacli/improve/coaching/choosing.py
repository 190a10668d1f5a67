"""Choosing from the catalogue: what is in force, and what of it fits a criterion."""

from __future__ import annotations

from qacli.files.nearest import did_you_mean
from qacli.files.schema import newest_in_force
from qacli.improve.catalogue import Option, fitting
from qacli.model import UsageError, View


def choices(view: View, criterion: str = "") -> list[Option]:
    """Return the options in force, of a criterion those that fit it, best first. Raises UsageError for one of no card."""
    known: list[Option] = newest_in_force(view.definitions("option"), view.now.date())
    if not criterion:
        return known
    sections = {
        each.id: section.id
        for card in view.definitions("scorecard")
        for section in card.sections
        for each in section.criteria
    }
    if criterion not in sections:
        hint = did_you_mean(criterion, sections, "see: qacli scorecard show")
        raise UsageError(f"no scorecard has a criterion '{criterion}'", help=hint)
    return fitting(known, criterion, sections[criterion])
