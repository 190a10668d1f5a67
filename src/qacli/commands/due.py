"""Bare ``qacli``: what is due for me, in a workspace; elsewhere the help."""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from qacli.commands.approvals import first_few
from qacli.commands.help import Listed, show_help
from qacli.commands.options import FEW, as_before, parse_today

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qacli.model import View
    from qacli.workspace import Workspace
    from qacli.workspace.view import FolderView


def due_or_help(early: Sequence[str], commands: Sequence[Listed]) -> int:
    """List what waits for the actor; outside a workspace show the help. ``early`` holds -C, --as, --today and -q as typed."""
    from qacli.workspace import NoWorkspace, Workspace

    given = {name: value for name, value in pairwise([*early, ""]) if name.startswith("-")}
    quiet = "-q" in given or "--quiet" in given
    folder = given.get("-C") or given.get("--folder") or os.environ.get("QACLI_FOLDER")
    actor = given.get("--as") or os.environ.get("QACLI_AS", "")
    try:
        workspace = Workspace.find(folder or Path(), actor, parse_today(given.get("--today")))
    except NoWorkspace:
        if folder:
            raise
        return show_help(commands)
    workspace.quiet = quiet
    lines = list(due(workspace))
    sys.stdout.write("\n".join(lines or [f"nothing is due for {workspace.actor}"]) + "\n")
    if not quiet:
        sys.stderr.write("all commands: qacli --help\n")
    return 0


def due(workspace: Workspace) -> Iterator[str]:
    """Yield what waits for the actor, each with the command that does it."""
    from qacli.improve.coaching.plan import plans
    from qacli.monitor.observing.agenda import to_score
    from qacli.workspace.notebook import waiting_notes

    view, me, who = workspace.view(), workspace.actor, as_before(workspace)
    yield from _to_agree(workspace, view, who)
    waiting = to_score(view, me)
    if waiting:
        yield from _before_scoring(view, me, who)
    if waiting:
        yield f"{len(waiting)} to score, next {waiting[0].id} ({waiting[0].channel} of {waiting[0].day}): qacli score{who}"
    for item in waiting_notes(workspace.folder, me):
        yield f"live notes of {item} wait: qacli record {item} --technique TECHNIQUE{who}"
    yield from _contested(view, me, who)
    yield from _targets(view, me, who)
    yield from _checks(view, me, who)
    yield from _actions(view, me, who)
    yield from _feedback(view, me, who)
    for each in plans(view):
        if each.plan.owner == me and each.overdue:
            yield f"plan {each.plan.id} for {each.plan.colleague}: {each.overdue}: qacli {each.next}{who}"


def _actions(view: View, me: str, who: str) -> Iterator[str]:
    """Yield the actor's actions that start, are to be looked at, or are due."""
    from qacli.govern.duties.improving import actions

    for duty in actions(view, view.now.date()):
        if duty.owner == me and duty.due <= view.now.date():
            yield f"{duty.words}, {duty.due}: qacli {duty.command}{who}"


def _feedback(view: View, me: str, who: str) -> Iterator[str]:
    """Yield the feedback that the actor is to read and to rate themselves in, to deliver, to answer or to acknowledge."""
    from qacli.improve.feedback.sheet import DECLINED, DELIVERED, REPLIED, due, events, held_on, own_view
    from qacli.prepare.period import in_words

    for sheet in due(view):
        name = sheet.id
        told = events(view, name, DELIVERED)
        answered = events(view, name, REPLIED) or events(view, name, DECLINED)
        if sheet.colleague == me and not told and not own_view(view, name):
            yield (
                f"feedback {name} on {in_words(held_on(view, sheet))}: its evidence is there, and your own view is asked for: "
                f"qacli report pack {name}{who}, qacli feedback selfassess {name}{who}"
            )
        elif sheet.colleague == me and told and not answered:
            yield f"feedback {name} waits for your answer: qacli feedback reply {name}{who}, qacli feedback ack {name}{who}"
        elif sheet.colleague == me and told:
            yield f"feedback {name} is still to be acknowledged: qacli feedback ack {name}{who}"
        elif sheet.by == me and not told:
            yield f"feedback {name} for {sheet.colleague} is to be delivered: qacli feedback deliver {name}{who}"


def _contested(view: View, me: str, who: str) -> Iterator[str]:
    """Yield the calibrations that the actor is to score, the disputes to decide and the questions to answer."""
    from qacli.govern.duties.monitoring import calibrations, open_disputes
    from qacli.govern.duties.understanding import questions

    for work in (calibrations, open_disputes, questions):
        for duty in work(view, view.now.date()):
            if duty.owner == me:
                yield f"{duty.words} by {duty.due}: qacli {duty.command}{who}"


def _targets(view: View, me: str, who: str) -> Iterator[str]:
    """Yield the proposed targets that are the actor's to agree: another's, and in the role that decides them."""
    from qacli.files.numbers import plain
    from qacli.understand.targets.proposing import waiting
    from qacli.understand.targets.target import place_of

    role, held = view.settings.agreement.get("target"), view.settings.roles_of(me)
    for row in waiting(view):
        if row.by != me and (role in held if role else held):
            yield f"target {plain(row.new)} for {place_of(row).in_words()} from {row.effective}: qacli target agree {row.id}{who}"


def _to_agree(workspace: Workspace, view: FolderView, who: str) -> Iterator[str]:
    """Yield what waits for the actor's approval, and what the actor owns and was to look at again."""
    from qacli.files.faults import FileFaults
    from qacli.prepare.approval import awaiting, may_decide, verb_of
    from qacli.workspace.check import overdue_reviews

    try:
        waiting = awaiting(view)
    except FileFaults:
        yield "definitions have faults: qacli check"
        return
    for kind, shown, more in first_few(each for each in waiting if may_decide(view, *each)):
        for each in shown:
            yield f"{kind} {each.item.reference} waits for approval: qacli {kind} {verb_of(kind)} {each.item.id}{who}"
        if more:
            yield f"and {more} more {kind}s wait for approval; all of them: qacli check --format json{who}"
    for kind, late, day in overdue_reviews(workspace):
        if late.model.owner == workspace.actor:
            how = f"qacli frame review {late.model.id}{who}" if kind == "frame" else late.place
            yield f"{kind} {late.reference} was to be reviewed by {day}: {how}"


def _before_scoring(view: View, me: str, who: str) -> Iterator[str]:
    """Yield what has to be read and passed before what waits can be scored."""
    from qacli.monitor.observing.readiness import lacking, to_learn

    read, quiz = lacking(to_learn(view, me))
    if read:
        yield f"{_some(read, 'procedure')} to read before you score: qacli procedure ack --all{who}"
    if quiz:
        yield f"{_some(quiz, 'quiz')} to pass before you score: qacli procedure quiz{who}"


def _checks(view: View, me: str, who: str) -> Iterator[str]:
    """Yield the actor's unannounced checks that are not closed."""
    from qacli.monitor.sampling.spot import visits

    for check, *_ in [each for each in visits(view) if each.event is None and each.check.evaluator == me]:
        starts, ends = check.starts.astimezone(view.now.tzinfo), check.ends.astimezone(view.now.tzinfo)
        when = f"{starts:%H:%M} to {ends:%H:%M} on {starts.date()}"
        over = "was to be made" if ends < view.now else "is to be made"
        yield f"unannounced check {check.id} of {check.block} {over} from {when}: qacli spot done {check.id}{who}"


def _some(references: Sequence[str], what: str) -> str:
    """Return for example: 2 procedures (idv@4, notes@1); the names only where they are few."""
    plural = {"quiz": "quizzes"}.get(what, f"{what}s") if len(references) != 1 else what
    return f"{len(references)} {plural}" + (f" ({', '.join(references)})" if len(references) <= FEW else "")
