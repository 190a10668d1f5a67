"""Everything that a frame needs, tried and approved in one entry, so that the ids of what comes after stay short."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from qacli.model import Change, ref
from qacli.prepare.approval import decision_row
from qacli.prepare.scorecards.trial import Trial, TrialRating, latest
from qacli.workspace import Workspace

SCORERS = ("p_ev1", "p_ev2")


def approve_everything(folder: Path, frame: str, actor: str, day: str, *, agree: bool = True) -> None:
    """Record a trial of each scale in full agreement, and the approvals of scales, cards and, to ``agree``, the frame."""
    workspace = Workspace.find(folder, actor, datetime.fromisoformat(f"{day}T12:00"))
    workspace.commit(lambda view: _everything(view, frame, agree), "scorecard approve")


def _everything(view, frame: str, agree: bool) -> Change:
    asked = view.definition("frame", frame)
    cards = [view.definition("scorecard", name) for name in sorted(set(asked.scorecards.values()))]
    criteria = {each.scale: each.id for card in cards for each in card.criteria()}
    scales = [view.definition("scale", name) for name in sorted(criteria)]
    rows = []
    for scale in scales:
        if scale.points and latest(view, scale) is None:
            head = Trial(scale=scale.reference, ratings=24, sha256=f"trial of {scale.reference}")
            rows += [head, *_ratings(head, scale, criteria[scale.reference])]
    for kind, items in (("scale", scales), ("scorecard", cards), ("frame", [asked] * agree)):
        rows += [decision_row(view, kind, item, "agreed", "", "") for item in items]
    return Change(rows)


def _ratings(head: Trial, scale, criterion: str) -> list[TrialRating]:
    return [
        TrialRating(
            trial=ref(head),
            transaction=f"trial-{number}",
            scorer=scorer,
            criterion=criterion,
            point=scale.points[number % len(scale.points)].point,
        )
        for number in range(12)
        for scorer in SCORERS
    ]
