"""``qacli score --form``: forms to be filled in away from a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qacli.commands.options import as_before
from qacli.model import QacliError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qacli.commands.context import Context
    from qacli.model import View
    from qacli.monitor.observing.blank import Blank
    from qacli.monitor.sampling.draw import Item

Kind = Literal["html", "xlsx"]
PLACE = "out/forms"


def write_forms(context: Context, item_id: str, kind: Kind) -> None:
    """Write the form of one item, or of all that wait for the actor; nothing is recorded. Raises what scoring refuses."""
    if context.output and context.output.suffix.lower() != f".{kind}":
        raise UsageError(f"{context.output}: --form {kind} writes a .{kind} file", help=f"end its name in .{kind}")
    view = context.workspace.view(writing=True)
    blanks = _named(context, view, item_id) if item_id else _waiting(context, view)
    files = _pages(context, blanks) if kind == "html" else _book(context, blanks, item_id or view.actor)
    if context.output and len(files) > 1:
        raise UsageError(
            f"{len(blanks)} forms do not go into one page",
            help="name one item, leave -o out, or write one workbook of all: --form xlsx",
        )
    for path in _written(context, files):
        (context.tell if context.output else context.say)(path)
    who = as_before(context.workspace)
    back = f"{blanks[0].item.id}.score.json" if kind == "html" else "FILE.xlsx"
    context.tell(f"when filled in: qacli score --from {back}{who}")


def _named(context: Context, view: View, item_id: str) -> list[Blank]:
    from qacli.monitor.sampling.draw import Item

    item = view.one(Item, item_id)
    return [_blank(context, view, item)]


def _waiting(context: Context, view: View) -> list[Blank]:
    """Return a form for each item that waits for the actor; what may not be scored is told and left out."""
    from qacli.model import Refusal
    from qacli.monitor.observing.agenda import to_score

    blanks = []
    for item in to_score(view, view.actor):
        try:
            blanks.append(_blank(context, view, item))
        except Refusal as why:
            context.tell(f"no form of {item.id}: {why.message} {why.help}".rstrip())
    if not blanks:
        raise QacliError(f"nothing waits for {view.actor}", help="see all items: qacli sample list")
    return blanks


def _blank(context: Context, view: View, item: Item) -> Blank:
    from qacli.commands.items import adjusted
    from qacli.commands.score_sheet import sheet_of
    from qacli.monitor.observing.blank import Blank
    from qacli.workspace.drafts import Draft

    draft = Draft(context.workspace.folder, item.id, view.actor)
    sheet = draft.resume(sheet_of(context, view, item, None))
    return Blank(item, sheet, view.actor, adjusted(context, [item.id]))


def _pages(context: Context, blanks: Sequence[Blank]) -> dict[str, str | bytes]:
    from qacli.reports.forms.html import form_page, index_page

    zone, provenance = context.workspace.zone, context.workspace.settings.provenance
    pages: dict[str, str | bytes] = {f"{each.item.id}.html": form_page(each, zone, provenance) for each in blanks}
    if len(blanks) > 1:
        pages[f"{blanks[0].evaluator}.html"] = index_page(blanks, zone, provenance)
    return pages


def _book(context: Context, blanks: Sequence[Blank], name: str) -> dict[str, str | bytes]:
    from qacli.reports.forms.book import forms_book

    book = forms_book(blanks, context.workspace.zone, context.workspace.settings.provenance)
    return {f"{name}.xlsx": book}


def _written(context: Context, files: dict[str, str | bytes]) -> list[str]:
    """Write files below out/forms/, or one where -o says, each private and whole; return their paths."""
    from qacli.commands.output import NotWritten, from_here
    from qacli.files.whole import make_directories, replace_files

    folder = context.workspace.folder
    target = folder / PLACE
    named: dict[Path, str | bytes] = {context.output or target / name: content for name, content in files.items()}
    paths = [str(from_here(path)) for path in named]
    if context.dry_run:
        context.tell("dry run: nothing was written")
        return paths
    try:
        if not context.output:
            make_directories(target, folder)
        replace_files(named)
    except OSError as wrong:
        raise NotWritten(from_here(next(iter(named))), wrong) from None
    return paths


def forget_forms(folder: Path, item: str) -> list[str]:
    """Remove the page of an item, whose conversation nobody may keep; return where else it may stand."""
    for page in (folder / PLACE).glob(f"{item}.*"):
        page.unlink(missing_ok=True)
    books = sorted(path.name for path in (folder / PLACE).glob("*.xlsx"))
    return [
        f"{PLACE}/{name} may hold its conversation: delete it, and write it anew with --form xlsx" for name in books
    ]
