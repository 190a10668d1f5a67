"""What an evaluator is told beside a criterion: what each answer looks like, when it does not apply, where the rule stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qacli.monitor.observing.typed import keys_of
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Criterion


class Anchor(NamedTuple):
    """What one answer looks or sounds like. ``key`` is what is typed for it, ``words`` are empty where nobody described it."""

    key: str
    label: str
    words: str


def anchors(criterion: Criterion, scale: Scale) -> list[Anchor]:
    """Return the answers of a criterion, worst first; of a number scale its ends and bands."""
    keys = {point: key for key, point in keys_of(criterion, scale).items()}
    return [Anchor(keys.get(point, point), label, criterion.anchors.get(point, "")) for point, label in scale.places]


def set_apart(criterion: Criterion) -> str:
    """Return what sets a criterion apart, for example [critical: compliance]; empty for an ordinary one."""
    critical = f"[critical: {criterion.critical}]" if criterion.critical != "none" else ""
    return " ".join(mark for mark in (critical, "[bonus]" if criterion.bonus else "") if mark)


def rules(criterion: Criterion) -> Iterator[str]:
    """Yield what governs a criterion besides its anchors, a line each."""
    yield f"N/A: {criterion.not_applicable}"
    yield f"procedure: {criterion.procedure}"
    if criterion.filled_from:
        yield f"measure: {criterion.filled_from}"
    if criterion.only_if:
        yield criterion.only_if.in_words()
    if criterion.benefit:
        yield f"so that {criterion.benefit}"
