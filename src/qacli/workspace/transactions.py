"""Whether a transaction that somebody typed is one of a draw, or of the exports that are here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.model import QacliError
from qacli.monitor.sampling.draw import Item
from qacli.workspace.populations import TRANSACTIONS, open_transactions

if TYPE_CHECKING:
    from qacli.model import View
    from qacli.workspace import Workspace


def doubt(workspace: Workspace, view: View, transaction: str) -> str:
    """Return in one sentence why a transaction is not known here; empty for one that is, or where none is named.

    What was said today is in no export yet, so that it may be right all the same.
    """
    if not transaction or view.rows(Item, transaction=transaction):
        return ""
    if TRANSACTIONS not in workspace.settings.sources:
        return f"transaction {transaction} is in no draw, and no export is connected that it could be looked up in"
    try:
        with open_transactions(workspace) as opened:
            engine = opened.population.connection
            known = engine.execute("SELECT 1 FROM population WHERE id = ? LIMIT 1", [transaction]).fetchone()
    except QacliError as wrong:
        return f"transaction {transaction} is in no draw, and the exports cannot be read: {wrong.message}"
    return (
        "" if known else f"transaction {transaction} is in no draw and in no export that is here: is it spelled right?"
    )
