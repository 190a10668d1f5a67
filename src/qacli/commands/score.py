"""``qacli score``: score an item at the terminal, or take filled forms from files."""

from __future__ import annotations

import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.entering import Total, Tui, Way, filled, heading_of, refuse_no_terminal, refuse_nothing_asked
from qacli.commands.options import as_before
from qacli.commands.record_told import tell_remarks
from qacli.model import QacliError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from qacli.model import View
    from qacli.monitor.observing.evaluation import Form
    from qacli.monitor.observing.sheet import Sheet
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace.drafts import Draft

app = new_app("Score a transaction against its scorecard.")
PERSONAL = "It was a personal call: keep only that, withdraw what was noted, draw the next in its place."


@command(app, writes=True)
def score(
    context: Context,
    item: Annotated[
        str, typer.Argument(metavar="[ITEM]", help="Item to score, for example t_4k-2; else your next one.")
    ] = "",
    from_: Annotated[
        list[Path] | None, typer.Option("--from", metavar="FILE", help="Filled form, YAML or JSON; may be repeated.")
    ] = None,
    correct: Annotated[
        str | None, typer.Option(help="Replace your own earlier observation openly, for this reason.")
    ] = None,
    personal_call: Annotated[bool, typer.Option("--personal-call", help=PERSONAL)] = False,
    tui: Tui = None,
    total: Total = False,
) -> None:
    """Score one item at the terminal, or take filled forms with --from. The score is computed, never typed."""
    from qacli.commands.score_measured import confirmed
    from qacli.monitor.observing.evaluation import evaluate

    draft, way = None, Way(tui, total)
    if from_ or personal_call:
        refuse_nothing_asked(way, "--from" if from_ else "--personal-call")
    if personal_call:
        if from_ or correct is not None or not item:
            raise UsageError("--personal-call keeps nothing but the fact", help="name the item alone")
        close_personal(context, item)
        return
    if correct is not None and not correct.strip():
        raise UsageError("--correct needs a reason", help='say what was wrong: --correct "..."')
    if from_:
        forms = read_forms(from_)
        if item and [form.item for form in forms] != [item]:
            raise UsageError(
                f"the file is about {', '.join(form.item for form in forms)}, not {item}",
                help="leave the item out: the file names it",
            )
        for line in adjusted(context, {form.item for form in forms}):
            context.tell(line)
        gone = opted_out(context, [form.item for form in forms])
        forms = confirmed(context, context.workspace.view(writing=True), forms, gone)
    else:
        form, draft = _entered(context, item, correct, way)
        forms, gone = [form], opted_out(context, [form.item])
    outcome = context.commit(partial(evaluate, forms=forms, correct=correct, opted_out=gone))
    if draft and outcome.seq:
        draft.remove()
    for line in _told(context, outcome.rows):
        context.say(line)
    tell_remarks(context, outcome.rows)


def opted_out(context: Context, items: Sequence[str]) -> set[str]:
    """Return the transactions among some items whose customers have opted out since they were drawn."""
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace import populations

    named = {item.transaction for item in context.workspace.view().current(Item) if item.id in items}
    return populations.opted_out(context.workspace, named)


def adjusted(context: Context, items: Collection[str]) -> list[str]:
    """Return what is done differently for the colleagues of some items, for the evaluator to go by."""
    from qacli.monitor.sampling.draw import Item
    from qacli.prepare.notices.adjustment import adjustments_of

    view = context.workspace.view()
    named = [item for item in view.current(Item) if item.id in items]
    found = [(item.colleague, row) for item in named for row in adjustments_of(view, item.colleague, item.day)]
    return list(dict.fromkeys(f"adjustment for {colleague}: {row.needs}" for colleague, row in found))


def close_personal(context: Context, item: str) -> None:
    """Close an item as a personal call, with the next of its stratum in its place where the source can be read."""
    from qacli.govern.personal_call import close_personal as act
    from qacli.govern.redaction import Redaction
    from qacli.monitor.sampling.draw import Item
    from qacli.monitor.sampling.replacement import replacement
    from qacli.workspace.drafts import remove_all
    from qacli.workspace.mend import copies_of
    from qacli.workspace.populations import NoSource, open_transactions

    workspace = context.workspace
    texts = workspace.view().texts
    try:
        with open_transactions(workspace) as opened:
            next_of = partial(replacement, population=opened.population, source=opened.source, opt_outs=opened.opt_outs)
            outcome = context.commit(partial(act, item_id=item, next_of=next_of))
    except NoSource as missing:
        context.tell(missing.message)
        outcome = context.commit(partial(act, item_id=item))
    if outcome.seq:
        remove_all(workspace.folder, item)
        gone = [texts.get(row.words, "") for row in outcome.rows if isinstance(row, Redaction)]
        for copy in copies_of(workspace, gone):
            context.tell(f"{copy.where}: {copy.what}; {copy.to_do}")
    other = next((row.id for row in outcome.rows if isinstance(row, Item)), "")
    context.say(f"{item} is closed as a personal call" + (f"; {other} takes its place" if other else ""))


def read_forms(paths: Sequence[Path]) -> list[Form]:
    """Return the forms of files; a file holds one, or a list. Raises FileFaults with all that is wrong in them."""
    from qacli.files import yaml
    from qacli.files.faults import FileFaults
    from qacli.files.validate import validate_all
    from qacli.monitor.observing.form import ScoreForm

    trees = []
    for path in paths:
        if not path.exists() or path.is_dir():
            why = "is a folder" if path.is_dir() else "is not there"
            raise UsageError(f"{path} {why}", help="name a filled form: --from FILE")
        tree = yaml.read(path)
        trees += [tree.part((i,)) for i in range(len(tree.data))] if isinstance(tree.data, list) else [tree]
    if not trees:
        raise UsageError(f"{', '.join(map(str, paths))} holds no form", help="a list needs at least one form")
    forms = validate_all([(tree, ScoreForm) for tree in trees])
    seen: dict[str, int] = {}
    twice = [
        tree.document.fault(
            "repeated-item", f"{form.item} is scored twice", tree.place(("item",)), "keep one form of it"
        )
        for tree, form in zip(trees, forms, strict=True)
        if seen.setdefault(form.item, id(form)) != id(form)
    ]
    if twice:
        raise FileFaults(twice)
    return [form.form() for form in forms]


def _entered(context: Context, item_id: str, correct: str | None, way: Way) -> tuple[Form, Draft]:
    """Return the form that the actor fills at the terminal, and the draft in which it was kept meanwhile."""
    from qacli.monitor.observing.evaluation import Form
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace.drafts import Draft

    workspace = context.workspace
    refuse_no_terminal(way, "hand in a filled form: --from FILE")
    view = workspace.view(writing=True)
    item = view.one(Item, item_id) if item_id else _next(view)
    sheet = sheet_of(context, view, item, correct)
    draft = Draft(workspace.folder, item.id, workspace.actor)
    whole = [f"noted {note.offset} {note.polarity} {note.fact}" for note in sheet.notes if not note.criterion]
    heading = [heading_of(context, item, sheet.card.reference), *adjusted(context, [item.id]), *whole]
    why = f" --correct {shlex.quote(correct)}" if correct else ""
    again = f"qacli score {item.id}{why}{' --tui' * bool(way.tui)}{as_before(workspace)}"
    done = filled(context, sheet, draft, way, heading, again)
    return Form(item.id, done.given, way.entered, sheet.suggested), draft


def sheet_of(context: Context, view: View, item: Item, correct: str | None) -> Sheet:
    """Return the empty sheet of an item, with all that is shown beside it. Raises whatever keeps the actor from scoring."""
    from qacli.commands.score_measured import suggested
    from qacli.monitor.observing.evaluation import card_of, notes_of, refuse_twice, scales_of
    from qacli.monitor.observing.observable import refuse_unobservable
    from qacli.monitor.observing.perceived import refuse_unperceived
    from qacli.monitor.observing.readiness import refuse_unready
    from qacli.monitor.observing.sheet import Sheet
    from qacli.workspace.evidence import opinions_of

    refuse_unobservable(view, item, opted_out(context, [item.id]))
    refuse_twice(view, item, correct)
    card = card_of(view, item)
    refuse_unperceived(view, item, card)
    refuse_unready(view, [(item, card)])
    scales, turns = scales_of(view, card), transcript_of(context, item)
    said = suggested(context, view, item, card, turns)
    return Sheet(card, scales, turns=turns, notes=notes_of(view, item), suggested=said, opinions=opinions_of(view))


def _next(view: View) -> Item:
    """Return the actor's next item without an observation. Raises QacliError where there is none."""
    from qacli.monitor.observing.agenda import to_score

    waiting = to_score(view, view.actor)
    if not waiting:
        raise QacliError(f"nothing waits for {view.actor}", help="see all items: qacli sample list")
    return waiting[0]


def transcript_of(context: Context, item: Item) -> Sequence[Any]:
    """Return the turns of an item's transcript; none where no source names transcripts or there is no file."""
    from qacli.workspace.conversations import transcripts_of

    transcripts = transcripts_of(context.workspace)
    found = transcripts.read(item.transaction) if transcripts else None
    return found.turns if found else ()


def _told(context: Context, rows: Sequence[Any]) -> list[str]:
    """Return what was recorded, in one line per observation."""
    from qacli.monitor.observing.observation import Observation, Rating
    from qacli.monitor.scoring.telling import told

    view = context.workspace.view()
    lines = []
    for observation in rows:
        if isinstance(observation, Observation):
            ratings = [row for row in rows if isinstance(row, Rating) and row.observation == observation.id]
            lines.append(told(view.definition("scorecard", observation.scorecard), observation, ratings))
    return lines
