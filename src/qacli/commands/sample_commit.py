"""Committing an act that asks the transactions of the workspace, opened for it alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from qacli.commands.context import Context
    from qacli.model import Change
    from qacli.workspace.commit import Outcome


def commit_over_transactions(context: Context, act: Callable[..., Change], **asked: Any) -> Outcome:
    """Commit ``act``, given the view, what is asked, and the population with its source and opt-outs. Raises as it does."""
    from qacli.workspace.populations import open_transactions

    with open_transactions(context.workspace) as opened:
        over = {"population": opened.population, "source": opened.source, "opt_outs": opened.opt_outs}
        return context.commit(partial(act, **asked, **over))
