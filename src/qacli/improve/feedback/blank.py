"""The items of a talk to be filled in: the prepared points, step by step of a model, with what is on record."""

from __future__ import annotations

import json

from qacli.improve.feedback.items import what_was_shown
from qacli.improve.feedback.model import FeedbackModel, Part
from qacli.improve.feedback.sheet import Feedback, FeedbackPoint
from qacli.improve.points import Seen, item_of
from qacli.model import View
from qacli.monitor.observing.observation import Observation
from qacli.prepare.period import in_words


def blank(view: View, sheet: Feedback, model: FeedbackModel) -> str:
    """Return the prepared points of a sheet as YAML to be filled in: each step of the model, with what is on record."""
    points = sorted(
        (row for row in view.current(FeedbackPoint) if row.feedback == sheet.id), key=lambda row: row.position
    )
    shown = what_was_shown(view, sheet)
    lines = [f"# {sheet.id} for {sheet.colleague}: fill in, then qacli feedback deliver {sheet.id} --items FILE"]
    lines += [f"# {model.title}", f"model: {model.id}", "items:" if points else "items: []"]
    for point in points:
        each = shown.seen[point.observation, point.criterion]
        lines += [
            f"  # {each.criterion.observable}",
            f"  - kind: {point.kind}",
            f"    observation: {point.observation}",
            f"    criterion: {point.criterion}",
        ]
        lines += [
            f"    {step.part}: {_quoted(_on_record(view, each, step.part))}  # {step.name}: {step.asks}"
            for step in model.of(point.kind)
        ]
        if not each.criterion.benefit:
            lines.append('    effect: ""  # What does it do for the customer?')
        lines.append('    question: ""  # What do you ask the colleague? May stay empty.')
    return "\n".join([*lines, ""])


def _on_record(view: View, each: Seen, part: Part) -> str:
    """Return what the records already say of a step; empty where it is to be written."""
    if part == "behaviour":
        return each.rating.evidence.text
    if part != "situation":
        return ""
    item = item_of(view, view.one(Observation, each.rating.observation))
    place = f", at {each.rating.offset}" if each.rating.offset else ""
    return f"{item.channel} {item.transaction} of {in_words(item.day)}{place}"


def _quoted(text: str) -> str:
    """Return a text as one YAML string that is nothing but text."""
    return json.dumps(text, ensure_ascii=False)
