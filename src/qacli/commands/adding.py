"""What the commands share that write one definition below the others of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.commands.context import Context
    from qacli.workspace.additions import Added


def written(context: Context, kind: str, settings: Mapping[str, object]) -> Added:
    """Write a definition, with --dry-run only show it, and return it. Raises FileFaults for the file as it would be."""
    from qacli.files.faults import FileFaults
    from qacli.workspace.additions import add, adding

    try:
        added = (adding if context.dry_run else add)(context.workspace, kind, settings)
    except FileFaults:
        context.tell("nothing was written; this is what is wrong with the file as it would be:")
        raise
    context.say(added.text.rstrip("\n"))
    return added


def tell_written(context: Context, added: Added, following: str) -> None:
    """Tell where a definition now stands and what follows; or that it stood there, or that nothing was written."""
    if added.there:
        context.tell(f"{added.item.reference} stands in {added.item.place} already, word for word: nothing to do")
    elif context.dry_run:
        context.tell("dry run: nothing was written")
    else:
        context.tell(f"wrote {added.item.reference} into {added.item.place}; {following}")
