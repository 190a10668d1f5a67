"""``qacli score``: score an item at the terminal, or take filled forms from files."""

from __future__ import annotations

import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qacli.commands.context import Context, command, new_app
from qacli.commands.entering import Total, Tui, Way, filled, heading_of, refuse_no_terminal, refuse_nothing_asked
from qacli.commands.items import adjusted, opted_out, told_of
from qacli.commands.options import as_before
from qacli.commands.personal_call import PERSONAL, close_personal
from qacli.commands.record_told import tell_remarks
from qacli.model import Exit, QacliError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.model import View
    from qacli.monitor.observing.evaluation import Form
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace.drafts import Draft

app = new_app("Score a transaction against its scorecard.")
FORMS = (".html", ".xlsx")


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


def _entered(context: Context, item_id: str, correct: str | None, way: Way) -> tuple[Form, Draft]:
    """Return the form that the actor fills at the terminal, and the draft in which it was kept meanwhile."""
    from qacli.commands.score_sheet import sheet_of
    from qacli.monitor.observing.evaluation import Form
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace.drafts import Draft

    workspace = context.workspace
    view = workspace.view(writing=True)
    item = view.one(Item, item_id) if item_id else _next(view)
    refuse_no_terminal(way, "hand in a filled form: --from FILE")  # an item that is not there has no form either
    sheet = sheet_of(context, view, item, correct)
    draft = Draft(workspace.folder, item.id, workspace.actor)
    whole = [f"noted {note.offset} {note.polarity} {note.fact}" for note in sheet.notes if not note.criterion]
    others = [f"assigned to {item.evaluator}"] if item.evaluator not in {"", workspace.actor} else []
    heading = [heading_of(context, item, sheet.card.reference), *others, *adjusted(context, [item.id]), *whole]
    why = f" --correct {shlex.quote(correct)}" if correct else ""
    again = f"qacli score {item.id}{why}{' --tui' * bool(way.tui)}{as_before(workspace)}"
    done = filled(context, sheet, draft, way, heading, again)
    return Form(item.id, done.given, way.entered, sheet.suggested), draft


def _next(view: View) -> Item:
    """Return the actor's next item without an observation. Raises QacliError where there is none."""
    from qacli.monitor.observing.agenda import to_score

    waiting = to_score(view, view.actor)
    if not waiting:
        raise QacliError(f"nothing waits for {view.actor}", help="see all items: qacli sample list")
    return waiting[0]
