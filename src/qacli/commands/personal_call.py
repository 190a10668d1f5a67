"""Closing an item as a personal call: nothing of it is kept but the fact."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qacli.commands.context import Context

PERSONAL = "It was a personal call: keep only that, withdraw what was noted, draw the next in its place."
"""What the option is called in help."""


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
    from qacli.workspace.tables import tables

    workspace = context.workspace
    texts = workspace.view().texts
    try:
        with open_transactions(workspace) as opened:
            next_of = partial(replacement, population=opened.population, source=opened.source, opt_outs=opened.opt_outs)
            outcome = context.commit(partial(act, item_id=item, tables=tables(), next_of=next_of))
    except NoSource as missing:
        context.tell(missing.message)
        outcome = context.commit(partial(act, item_id=item, tables=tables()))
    if outcome.seq:
        remove_all(workspace.folder, item)
        for line in forget_forms(workspace.folder, item):
            context.tell(line)
        gone = [texts.get(row.words, "") for row in outcome.rows if isinstance(row, Redaction)]
        for copy in copies_of(workspace, gone):
            context.tell(f"{copy.where}: {copy.what}; {copy.to_do}")
    other = next((row.id for row in outcome.rows if isinstance(row, Item)), "")
    context.say(f"{item} is closed as a personal call" + (f"; {other} takes its place" if other else ""))
