"""Scoring a calibration: items asked one after the other or taken from files, kept as drafts, sealed when all are there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qacli.commands.entering import Way, filled, heading_of, refuse_no_terminal
from qacli.commands.options import as_before
from qacli.model import QacliError, Refusal, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qacli.commands.context import Context
    from qacli.model import View
    from qacli.monitor.calibrating.calibration import Standing
    from qacli.monitor.observing.answers import Answer
    from qacli.monitor.sampling.draw import Item
    from qacli.workspace.commit import Outcome


def counted(items: int) -> str:
    """Return a number of items in words."""
    return f"{items} item{'s' * (items != 1)}"


def sealed(context: Context, session: str, given: dict[str, dict[str, Answer]], *, unsealed: bool) -> Outcome:
    """Record what a scorer gave as sealed, or as unsealed; the drafts go once the scores are recorded."""
    from qacli.monitor.calibrating.blind import Draft, what_is_wrong
    from qacli.monitor.calibrating.calibration import Reveal, standing
    from qacli.monitor.calibrating.revealing import score_unsealed
    from qacli.monitor.calibrating.revealing import seal as act
    from qacli.workspace.sealed import read_sealed, remove_sealed, unfinished, write_sealed

    workspace = context.workspace
    read = partial(read_sealed, workspace.folder, session)
    if unsealed:
        outcome = context.commit(partial(score_unsealed, session=session, given=given))
    elif context.dry_run:
        outcome = context.commit(partial(act, session=session, draft=Draft("", given), read=read))
    else:
        draft = write_sealed(workspace.folder, session, workspace.actor, given)
        try:
            outcome = context.commit(partial(act, session=session, draft=draft, read=read))
        except (QacliError, OSError):
            seal = standing(workspace.view(), session).sealed.get(workspace.actor)
            if not seal or what_is_wrong(seal, draft, ""):  # it was not recorded, and the draft would belong to no seal
                remove_sealed(workspace.folder, session, [workspace.actor])
            raise
    if outcome.seq:
        for item in given:
            unfinished(workspace.folder, session, item, workspace.actor).remove()
        told = [row.scorer for row in outcome.rows if isinstance(row, Reveal)]
        remove_sealed(workspace.folder, session, told)
    return outcome


def became(session: str, outcome: Outcome, left: Sequence[str]) -> list[str]:
    """Return what was recorded, in lines."""
    from qacli.monitor.calibrating.calibration import Reveal, Seal

    reveals = [row for row in outcome.rows if isinstance(row, Reveal)]
    lines = [
        f"{row.id}: {counted(row.items)} of {session} sealed" + (f", without {' '.join(left)}" if left else "")
        for row in outcome.rows
        if isinstance(row, Seal)
    ]
    if reveals and reveals[0].sealed:
        lines.append(f"all are in, and {session} is revealed: qacli calibrate report {session}")
    elif reveals:
        lines.append(f"{reveals[0].id}: recorded as unsealed; it is in no figure")
    return lines


def askable(context: Context, view: View, found: Standing) -> dict[str, Item]:
    """Return the items of a session that may still be observed, by id; the others are told."""
    from qacli.commands.items import opted_out
    from qacli.monitor.observing.observable import refuse_unobservable
    from qacli.monitor.sampling.draw import Item

    items = {row.item: view.one(Item, row.item) for row in found.items}
    gone = opted_out(context, list(items))
    for name, item in list(items.items()):
        try:
            refuse_unobservable(view, item, gone)
        except Refusal as refused:
            context.tell(f"left out: {refused.message}")
            del items[name]
    return items


def given_of(
    context: Context, view: View, found: Standing, items: dict[str, Item], files: Sequence[Path], way: Way
) -> dict[str, dict[str, Answer]]:
    """Return what the actor has scored of a session by now: from files or at prompts, and before that from drafts.

    Raises what keeps the actor from scoring, and IncompleteForm.
    """
    from qacli.commands.items import adjusted
    from qacli.commands.score_handed import plain_forms
    from qacli.commands.score_measured import measured, taken
    from qacli.monitor.calibrating.revealing import card_for, refuse_incomplete
    from qacli.monitor.observing.readiness import refuse_unready
    from qacli.workspace.sealed import unfinished

    workspace, session = context.workspace, found.calibration.id
    refuse_unready(view, [(item, card_for(view, found, item.id)) for item in items.values()])
    forms = {
        form.item: taken(form.answers, measured(context, view, items[form.item], card_for(view, found, form.item)))
        if form.item in items
        else dict(form.answers)
        for form in (plain_forms(files) if files else ())
    }
    if strange := [name for name in forms if name not in items]:
        raise UsageError(f"{', '.join(strange)}: no item of {session}", help=f"its items: {', '.join(items)}")
    refuse_incomplete(view, found, forms)
    for line in adjusted(context, forms):
        context.tell(line)
    if not files:
        _ask(context, view, found, items, way)
    drafts = {name: unfinished(workspace.folder, session, name, workspace.actor) for name in items}
    given = {name: forms.get(name) or _whole(view, found, name, draft.load()) for name, draft in drafts.items()}
    return {name: answers for name, answers in given.items() if answers}


def _whole(view: View, found: Standing, item: str, answers: dict[str, Answer]) -> dict[str, Answer]:
    """Return the answers of a draft; none where it is not finished."""
    from qacli.monitor.calibrating.revealing import card_for
    from qacli.monitor.observing.answers import lacks
    from qacli.monitor.observing.evaluation import scales_of

    card = card_for(view, found, item)
    return {} if not answers or lacks(card, scales_of(view, card).__getitem__, answers) else answers


def _ask(context: Context, view: View, found: Standing, items: dict[str, Item], way: Way) -> None:
    """Have each item filled that is not finished; the draft is kept at every entry."""
    from qacli.commands.items import adjusted, transcript_of
    from qacli.commands.score_measured import measured
    from qacli.monitor.calibrating.revealing import card_for
    from qacli.monitor.observing.evaluation import scales_of
    from qacli.monitor.observing.sheet import Sheet
    from qacli.workspace.evidence import opinions_of
    from qacli.workspace.sealed import unfinished

    workspace, session = context.workspace, found.calibration.id
    refuse_no_terminal(way, "hand in filled forms: --from FILE")
    again = f"qacli calibrate score {session}{as_before(workspace)}"
    for place, (name, item) in enumerate(items.items(), 1):
        draft = unfinished(workspace.folder, session, name, workspace.actor)
        if _whole(view, found, name, draft.load()):
            continue
        card = card_for(view, found, name)
        turns, said = transcript_of(context, item), measured(context, view, item, card)
        sheet = Sheet(card, scales_of(view, card), turns=turns, suggested=said, opinions=opinions_of(view))
        heading = f"{session}, {place} of {len(items)}: {heading_of(context, item, card.reference)}"
        draft.save(filled(context, sheet, draft, way, [heading, *adjusted(context, [name])], again).given)
