"""``qacli score``: score an item at the terminal, or take filled forms from files."""

from __future__ import annotations

import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.entering import Total, Tui, Way, filled, heading_of, refuse_no_terminal, refuse_nothing_asked
from qacli.commands.options import as_before
from qacli.commands.record_told import tell_remarks
from qacli.model import Exit, QacliError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from qacli.model import View
    from qacli.monitor.observing.evaluation import Form
    from qacli.monitor.observing.sheet import Sheet
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace.drafts import Draft

app = new_app("Score a transaction against its scorecard.")
FORMS = (".html", ".xlsx")
PERSONAL = "It was a personal call: keep only that, withdraw what was noted, draw the next in its place."


@command(app, writes=True, forms=FORMS)
def score(
    context: Context,
    item: Annotated[
        str, typer.Argument(metavar="[ITEM]", help="Item to score, for example t_4k-2; else your next one.")
    ] = "",
    from_: Annotated[
        list[Path] | None,
        typer.Option("--from", metavar="FILE", help="Filled form: .score.json, .xlsx, .ods, YAML; may be repeated."),
    ] = None,
    form: Annotated[
        Literal["html", "xlsx"] | None,
        typer.Option(help="Write a form to fill in elsewhere: html, a page for each item; xlsx, one workbook of all."),
    ] = None,
    correct: Annotated[
        str | None, typer.Option(help="Replace your own earlier observation openly, for this reason.")
    ] = None,
    personal_call: Annotated[bool, typer.Option("--personal-call", help=PERSONAL)] = False,
    tui: Tui = None,
    total: Total = False,
) -> int:
    """Score one item at the terminal, or take filled forms with --from. The score is computed, never typed."""
    from qacli.commands.score_forms import write_forms
    from qacli.commands.score_handed import hand_in
    from qacli.monitor.observing.evaluation import evaluate

    way = Way(tui, total)
    _refuse_mixed(context, way, {"--form": form, "--from": from_, "--personal-call": personal_call}, item, correct)
    if personal_call:
        close_personal(context, item)
        return Exit.FINE
    if form:
        write_forms(context, item, form)
        return Exit.FINE
    if from_:
        return hand_in(context, from_, item, correct)
    entered, draft = _entered(context, item, correct, way)
    outcome = context.commit(
        partial(evaluate, forms=[entered], correct=correct, opted_out=opted_out(context, [entered.item]))
    )
    if draft and outcome.seq:
        draft.remove()
    for line in told_of(context, outcome.rows):
        context.say(line)
    tell_remarks(context, outcome.rows)
    return Exit.FINE


def _refuse_mixed(context: Context, way: Way, chosen: Mapping[str, object], item: str, correct: str | None) -> None:
    """Refuse options that do not go together. ``chosen`` are those that ask nothing, by name."""
    asked_not = next((name for name, value in chosen.items() if value), "")
    if asked_not:
        refuse_nothing_asked(way, asked_not)
    others = [name for name, value in chosen.items() if value][1:]
    if chosen["--personal-call"] and (others or correct is not None or not item):
        raise UsageError("--personal-call keeps nothing but the fact", help="name the item alone")
    if correct is not None and not correct.strip():
        raise UsageError("--correct needs a reason", help='say what was wrong: --correct "..."')
    if chosen["--form"] and (others or correct is not None):
        raise UsageError("--form writes a form to fill in", help="leave out what is for one that is filled in")
    if not chosen["--form"] and context.output and context.output.suffix in FORMS:
        raise UsageError(f"{context.output} would be a form", help="to write one, say --form html or --form xlsx")


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
    from qacli.commands.score_forms import forget_forms
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
        for line in forget_forms(workspace.folder, item):
            context.tell(line)
        gone = [texts.get(row.words, "") for row in outcome.rows if isinstance(row, Redaction)]
        for copy in copies_of(workspace, gone):
            context.tell(f"{copy.where}: {copy.what}; {copy.to_do}")
    other = next((row.id for row in outcome.rows if isinstance(row, Item)), "")
    context.say(f"{item} is closed as a personal call" + (f"; {other} takes its place" if other else ""))


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


def told_of(context: Context, rows: Sequence[Any]) -> list[str]:
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
