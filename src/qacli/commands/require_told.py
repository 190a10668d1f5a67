"""How one rule is told: what it asks and since when, what meets it, who looked, what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.govern.requirements.consulting import standings
from qacli.govern.requirements.register import days_of
from qacli.govern.requirements.result import RequirementCheck
from qacli.govern.requirements.reviewing import RequirementReview, look_due

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qacli.govern.requirements.requirement import Requirement
    from qacli.model import View


def told(view: View, rule: Requirement, versions: Sequence[Requirement]) -> Iterator[str]:
    """Yield the lines of one version, with what is on record of it."""
    yield f"{rule.reference}  {rule.title}"
    yield f"  asks: {rule.says}"
    yield f"  source: {rule.cited}, read on {rule.checked_on}" + (
        f"; watched by {rule.regulator}" if rule.regulator else ""
    )
    yield f"  holds {days_of(rule)}" + (f", in {', '.join(rule.nations)} only" if rule.nations else "")
    for each in versions:
        if each.reference != rule.reference:
            yield f"  beside it: {each.reference} {days_of(each)}"
    yield f"  touches: {', '.join(rule.roles) or 'everybody'}"
    yield f"  met by: {', '.join(rule.met_by) or 'nothing here'}"
    yield f"  tested by: {'; '.join(rule.test) or 'nothing'}"
    yield from _on_record(view, rule)


def _on_record(view: View, rule: Requirement) -> Iterator[str]:
    looks = view.current(RequirementReview, requirement=rule.reference)
    for look in looks:
        yield f"  looked at on {look.on} by {look.by}: {look.found} found; {look.note}"
    yield f"  {'looked at again' if looks else 'nobody here has looked at it; to be looked at'} by {look_due(view, rule)}"
    for each in standings(view):
        if each.consultation.requirement == rule.reference:
            state = "; ".join(each.lacking) or f"heard, {each.altered} of {len(each.answers)} answers altered it"
            yield f"  consulted: {each.consultation.id}, {each.consultation.change}: {state}"
    for row in view.current(RequirementCheck):
        if row.requirement == rule.reference:
            yield f"  measured {row.first} to {row.last}: {row.test}: {row.verdict}, n {row.n} ({row.measured})"
