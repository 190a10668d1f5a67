"""``qacli record check``: what a form still lacks before it is scored, and which recorded words to look at again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.context import Context, command
from qacli.commands.options import days
from qacli.model import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from qacli.monitor.observing.reuse import Written
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace.view import FolderView

COLUMNS = ("of", "by", "criterion", "rule", "message", "words")
Line = tuple[str, str, str, str, str, str]


def join(app: typer.Typer) -> None:
    """Add the command to those of ``qacli record``."""
    command(app, "check")(check)


def check(
    context: Context,
    target: Annotated[
        str,
        typer.Argument(
            metavar="[ITEM|SESSION|OBSERVATION]",
            help="An item that you are to score, or what was recorded of one; else all that was recorded.",
        ),
    ] = "",
    from_: Annotated[str, typer.Option("--from", help="First day of the transactions; else a quarter back.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day of the transactions; else today.")] = "",
) -> int:
    """Check a form before it is scored, or words that were recorded. Silent and 0 when all is well, else 1.

    Of an item: what your notes and your draft still lack. Of what was recorded: words of opinion, and words that stand in
    several forms.
    """
    from qacli.workspace.evidence import LOOK_BACK

    view = context.workspace.view()
    first, last = days(from_, to)
    last = last or view.now.date()
    first = first or last - LOOK_BACK
    item = _open_item(view, target)
    lines = list(_unscored(context, view, item) if item else _recorded(context, target, first, last))
    if lines:
        context.show("record-check", COLUMNS, lines)
    return Exit.FINDINGS if lines else Exit.FINE


def _open_item(view: FolderView, target: str) -> Item | None:
    """Return the item of that id that the actor has not scored yet. Raises NoSuchRow where nothing has that id."""
    from qacli.monitor.observing.observation import Observation, Session
    from qacli.monitor.sampling.draw import Item

    if not target:
        return None
    for kind in (Observation, Session):
        if target.startswith(f"{kind.LETTER}_"):
            view.one(kind, target)  # it is there
            return None
    found = view.one(Item, target)
    scored = view.current(Observation, item=target, by=view.actor)
    return None if scored else found


def _recorded(context: Context, target: str, first: date, last: date) -> Iterator[Line]:
    """Yield the remarks on what was recorded, or on the part of it that is asked for.

    On a terminal one line stands for all the texts that are alike.
    """
    from qacli.monitor.observing.remarks import distinct, remarks
    from qacli.workspace.evidence import Ends, opinions_of, recorded_texts

    view = context.workspace.view()
    ends = Ends(context.workspace, view, thorough=bool(target))
    recorded = recorded_texts(view, first, last)
    asked = [each for each in recorded if not target or target in {each.source, each.item}]
    found = remarks(asked, opinions_of(view), recorded, ends)
    shown = distinct(found) if context.for_people and not target else sorted(found, key=lambda each: -len(each.alike))
    for each in shown:
        text: Written = each.about
        yield text.source, text.by, text.criterion, each.rule, each.message, text.text


def _unscored(context: Context, view: FolderView, item: Item) -> Iterator[Line]:
    """Yield what the actor's notes and draft of an item lack, in order: session, notes, answers, words."""
    from qacli.monitor.observing.answers import lacks
    from qacli.monitor.observing.evaluation import card_of, notes_of, scales_of
    from qacli.monitor.observing.observable import refuse_unobservable
    from qacli.workspace.drafts import Draft
    from qacli.workspace.notebook import Notebook

    refuse_unobservable(view, item)
    card = card_of(view, item)
    scales = scales_of(view, card)
    folder, me = context.workspace.folder, context.workspace.actor
    kept = Notebook(folder, item.id, me).load().notes
    answers = Draft(folder, item.id, me).load()
    yield from ((item.id, me, *found, "") for found in _of_notes(view, item, kept))
    given = {name: each for name, each in answers.items() if each.answer}
    if not given:
        yield item.id, me, "", "missing-answer", f"no criterion of {card.reference} has an answer yet", ""
    for lack in lacks(card, scales.__getitem__, given) if given else ():
        written = answers[lack.criterion].evidence if lack.criterion in answers else ""
        yield item.id, me, lack.criterion, lack.rule, lack.message, written
    noted = [(note.criterion, note.fact.text, note.offset) for note in notes_of(view, item)]
    noted += [(note.criterion, note.fact, note.offset) for note in kept]
    noted += [(name, each.evidence, each.offset) for name, each in answers.items()]
    yield from _of_words(context, item, noted)


def _of_notes(view: FolderView, item: Item, kept: Sequence[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield criterion, rule and message of what live notes lack that are still to be recorded."""
    from qacli.monitor.observing.evaluation import notes_of
    from qacli.monitor.observing.remarks import ONE_SIDED, one_sided
    from qacli.monitor.observing.session import note_lacks

    if kept:
        waiting = f"{len(kept)} live note{'s wait' if len(kept) > 1 else ' waits'}"
        yield "", "no-session", f"{waiting}: qacli record {item.id} --technique TECHNIQUE"
    for lack in note_lacks(view, item, None, kept):
        yield lack.criterion, lack.rule, lack.message
    sides = [note.polarity for note in notes_of(view, item)] + [note.polarity for note in kept]
    if asked := one_sided(sides):
        yield "", ONE_SIDED, asked


def _of_words(context: Context, item: Item, texts: Sequence[tuple[str, str, str]]) -> Iterator[Line]:
    from qacli.monitor.observing.answers import OFFSET
    from qacli.monitor.observing.remarks import remarks
    from qacli.monitor.observing.reuse import Written
    from qacli.workspace.evidence import LOOK_BACK, Ends, opinions_of, recorded_texts

    view, me = context.workspace.view(), context.workspace.actor
    mine = [
        Written("", item.id, item.transaction, me, name, text, offset if OFFSET.fullmatch(offset) else "")
        for name, text, offset in texts
        if text
    ]
    recorded = recorded_texts(view, item.day - LOOK_BACK, item.day + LOOK_BACK) if mine else []
    for each in remarks(mine, opinions_of(view), recorded, Ends(context.workspace, view, thorough=True)):
        yield item.id, me, each.about.criterion, each.rule, each.message, each.about.text
