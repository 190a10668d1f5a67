"""A colleague's own view of their work: a form to fill in, or asked line by line on a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qacli.files.text import visible
from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from qacli.commands.context import Context
    from qacli.improve.feedback.assessing import OwnView
    from qacli.model import View
    from qacli.monitor.sampling.draw import Item


def blank_view(view: View, feedback: str) -> str:
    """Return what can be rated as YAML to fill in. Raises NoSuchRow, ScoresOpen."""
    from qacli.improve.feedback.assessing import answers_to, askable, refuse_open
    from qacli.improve.feedback.sheet import sheet_of
    from qacli.prepare.period import in_words

    sheet = sheet_of(view, feedback)
    refuse_open(view, feedback)
    lines = [f"# Your own view for {feedback}, before the scores are open; leave out what you do not want to rate.", ""]
    lines.append("assessments:")
    shown = ""
    for observation, criterion, scale in askable(view, sheet):
        if observation != shown:
            item = _item(view, observation)
            lines.append(f"  # {observation}: {item.channel} {item.transaction} of {in_words(item.day)}")
            shown = observation
        lines += [
            f"  # {criterion.observable}",
            f"  - observation: {observation}",
            f"    criterion: {criterion.id}",
            f'    answer: ""  # {answers_to(criterion, scale)}',
            '    comment: ""',
        ]
    return "\n".join(lines)


def _item(view: View, observation: str) -> Item:
    from qacli.improve.points import item_of
    from qacli.monitor.observing.observation import Observation

    return item_of(view, next(iter(view.rows(Observation, id=observation))))


def asked(context: Context, feedback: str) -> OwnView:
    """Ask every criterion on a terminal and return the answers. Raises UsageError where there is none."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "there is no terminal to ask on",
            help=f"write your points into a file: qacli feedback selfassess {feedback} --blank -o own.yaml, then --from own.yaml",
        )
    return answered(context.workspace.view(), feedback, input, print)


def answered(view: View, feedback: str, ask: Callable[[str], str], show: Callable[[str], None]) -> OwnView:
    """Ask every criterion once and return the answers; an empty line leaves one out. ``ask`` returns a typed line.

    Raises NoSuchRow, ScoresOpen.
    """
    from qacli.improve.feedback.assessing import Assessed, OwnView, answers_to, askable, refuse_open
    from qacli.improve.feedback.sheet import sheet_of
    from qacli.monitor.observing.observation import NOT_APPLICABLE

    sheet = sheet_of(view, feedback)
    refuse_open(view, feedback)
    found = []
    for observation, criterion, scale in askable(view, sheet):
        show(f"\n{observation}  {visible(criterion.observable)}")
        for point in (scale.met_at, scale.top):
            if described := scale.described(point, criterion.anchors):
                show(f"  {point}  {visible(described)}")
        while (answer := ask(f"{answers_to(criterion, scale)}> ").strip()) and not (
            scale.has(answer) or answer == NOT_APPLICABLE
        ):
            show(f"  '{visible(answer)}' is none of {answers_to(criterion, scale)}")
        if answer:
            comment = ask("why? ").strip()
            found.append(Assessed(observation=observation, criterion=criterion.id, answer=answer, comment=comment))
    if not found:
        raise UsageError("nothing was rated", help="nothing was recorded")
    return OwnView(assessments=tuple(found))
