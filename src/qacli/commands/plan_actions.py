"""``qacli plan add``, ``check``, ``progress``, ``actions``, and ``close`` of an action: actions that are SMART, followed and ended."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.context import Context, command
from qacli.model import Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.improve.actions.action import Standing
    from qacli.improve.actions.draft import Draft
    from qacli.improve.actions.verdict import Verdict
    from qacli.model import View

FILE = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help="YAML: id, verb, object, scope, owner, metric, target, start, review, due, decisions, hours, money, why.",
    ),
]
WHICH = Annotated[str, typer.Argument(metavar="[ACTION]", help="Id or name of an action, for example pn_5g.")]
WORDS = ("letter", "verdict", "because")


def join(app: typer.Typer) -> None:
    """Add the commands about actions to ``qacli plan``."""
    command(app, writes=True)(add)
    command(app)(check)
    command(app, writes=True)(progress)
    command(app)(actions)


def add(
    context: Context,
    file: FILE,
    override: Annotated[str, typer.Option(help="Why A or R may fail; only whom qacli.yaml names can.")] = "",
) -> None:
    """Record an action with the verdicts on its five letters. One of which a letter failed is refused, with the numbers."""
    from qacli.improve.actions import checking
    from qacli.improve.actions.action import ActionCheck

    draft = _draft(file)
    outcome = context.commit(partial(checking.add, draft=draft, override=override))
    if outcome.rows:
        kept = [(row.check, row.verdict, str(row.because)) for row in outcome.rows if isinstance(row, ActionCheck)]
        _show(context, WORDS, kept)
        if not context.dry_run:
            context.tell(f"{outcome.first}: {draft.id} recorded{context.recorded_by}")


def _draft(path: Path) -> Draft:
    from qacli.files import yaml
    from qacli.files.validate import validate
    from qacli.improve.actions.draft import Draft

    return validate(yaml.read(path), Draft)


def check(
    context: Context,
    action: Annotated[
        str,
        typer.Argument(
            metavar="[ACTION|FILE]", help="A recorded action, or a file; left out: all that have not ended."
        ),
    ] = "",
) -> int:
    """Check an action letter by letter: S, M, A, R, T, each with its numbers. Ends with 1 where a letter failed."""
    from qacli.improve.actions.checking import checked, recorded_check
    from qacli.improve.actions.verdict import FAILED

    view = context.workspace.view()
    if action.endswith((".yaml", ".yml")) or (action and Path(action).is_file()):
        found = checked(view, _draft(Path(action)))[0]
        _show(context, WORDS, _rows(found))
        return _told(context, found)
    verdicts = [(each, recorded_check(view, each)) for each in _chosen(view, action)]
    if action:
        _show(context, WORDS, _rows(verdicts[0][1]))
    else:
        rows = [(each.action.id, *row) for each, made in verdicts for row in _rows(made)]
        _show(context, ("action", *WORDS), rows)
    if not verdicts:
        context.tell("no action is running; write one: qacli plan add FILE")
    return Exit.FINDINGS if any(each.state == FAILED for _, made in verdicts for each in made) else Exit.FINE


def _show(context: Context, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    """Show verdicts: on a terminal each with its parts one below the other, else as rows."""
    if not context.for_people:
        context.show("smart", columns, rows)
        return
    from shutil import get_terminal_size
    from textwrap import fill

    from qacli.files.text import visible

    width = max(60, get_terminal_size().columns)
    for *head, because in rows:
        margin = "  ".join([*head[:-1], f"{head[-1]:<11}  "])
        for part in because.split("; "):
            told = fill(visible(part), width, initial_indent=margin, subsequent_indent=" " * (len(margin) + 2))
            context.say(told)
            margin = " " * len(margin)


def _rows(found: Sequence[Verdict]) -> list[tuple[str, str, str]]:
    return [(each.check, each.state, each.because) for each in found]


def _told(context: Context, found: Sequence[Verdict]) -> int:
    failed = [each.check for each in found if each.state == "failed"]
    if failed:
        context.tell(f"{', '.join(failed)} failed: mend the file before qacli plan add")
        return Exit.FINDINGS
    context.tell("no letter failed: qacli plan add FILE")
    return Exit.FINE


def _chosen(view: View, action: str) -> list[Standing]:
    from qacli.improve.actions.action import standing_of, standings

    return [standing_of(view, action)] if action else [each for each in standings(view) if not each.end]


def progress(
    context: Context,
    action: WHICH = "",
    words: Annotated[str, typer.Option(help="What was done, in your own words; then no figure is looked up.")] = "",
) -> None:
    """Record the figures that became known since an action started, and show how far it is; or record what was done."""
    from qacli.improve.actions.action import standing_of
    from qacli.improve.actions.progress import also_then, record

    made = context.commit(partial(record, action=action, words=words)).rows
    if words:
        if made:
            context.say(f"{action}: what was done is recorded{context.recorded_by}")
        return
    view = context.workspace.view()
    found = _chosen(view, action)
    rows = [
        (
            each.action.id,
            row.period,
            row.value,
            row.low,
            row.high,
            row.n,
            row.moved,
            row.moved_low,
            row.moved_high,
            each.action.target,
            row.verdict,
            row.counter_verdict or None,
            row.source,
        )
        for each in found
        for row in each.figures
    ]
    columns = (
        "action",
        "period",
        "value",
        "low",
        "high",
        "n",
        "moved",
        "from",
        "to",
        "target",
        "verdict",
        "paired",
        "source",
    )
    context.show("action-progress", columns, rows)
    for each in found:
        context.tell(_far(standing_of(view, each.action.id)))
        for event in also_then(view, each):
            context.tell(f"{each.action.id}: {event}")


def _far(each: Standing) -> str:
    from qacli.files.numbers import short

    row = each.action
    start = f"{row.id} {row.name}: {row.metric} from {short(row.baseline)} to {short(row.target)} by {row.due}"
    told = f"what was done is told {len(each.said)} time{'s' * (len(each.said) != 1)}"
    last = each.figures[-1] if each.figures else None
    if last is None or last.moved is None:
        return f"{start}; no figure since {row.start}; {told}"
    better = f"{short(abs(last.moved))} {'better' if last.moved >= 0 else 'worse'}, {short(abs(row.target - row.baseline))} wanted"
    return f"{start}; {last.period} {better}: {last.verdict}; figures up to {row.judged} decide; {told}"


def actions(context: Context) -> None:
    """List actions: what, whose, from where to where, by when, and how far they are."""
    from qacli.improve.actions.action import standings

    view = context.workspace.view()
    known, today = standings(view), view.now.date()
    rows = [
        (
            each.action.id,
            each.action.name,
            each.action.what,
            each.action.owner,
            each.action.metric,
            each.action.baseline,
            each.action.target,
            each.figures[-1].value if each.figures else None,
            each.action.start,
            each.action.review,
            each.action.due,
            each.state(today),
            each.against or None,
        )
        for each in known
    ]
    columns = (
        "action",
        "name",
        "what",
        "owner",
        "metric",
        "baseline",
        "target",
        "latest",
        "start",
        "review",
        "due",
        "state",
        "against",
    )
    context.show("actions", columns, rows)
    if passed := [each for each in known if each.against]:
        names = ", ".join(f"{each.action.id} ({each.against}, {each.action.by})" for each in passed)
        context.tell(f"{len(passed)} of {len(rows)} recorded although a letter failed: {names}")


def tell_of_actions(context: Context, view: View) -> None:
    """Tell beside the plans for people how many actions there are, and where."""
    running = len(_chosen(view, ""))
    if running:
        context.tell(f"besides, {running} action{'s' * (running != 1)} not ended: qacli plan actions")


def close(context: Context, action: str, words: str, outcome: Any) -> None:
    """End an action: by its last figure on the day due, or drop it with the reason. Its owner cannot."""
    from qacli.improve.actions import ending
    from qacli.improve.actions.action import ActionEnd

    done = context.commit(partial(ending.close, action=action, outcome=outcome, words=words))
    for row in done.rows:
        if isinstance(row, ActionEnd):
            context.say(f"{action} ended: {row.outcome}{context.recorded_by}")
