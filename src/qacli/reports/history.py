"""The history of a definition: its versions in order, who decided on each, when, and what changed because of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qacli.prepare.approval import Approval, Ending, NoSuchItem, override_of, told
from qacli.workspace.versions import CitedVersion

if TYPE_CHECKING:
    from datetime import date, datetime

    from qacli.model import View

HISTORY = ("version", "sha256", "decision", "by", "role", "on", "comment", "against", "last day", "review by")


def history(view: View, kind: str, id: str) -> list[tuple[Any, ...]]:  # noqa: A002
    """Return the rows of HISTORY: every decision on every version, oldest first; last what nobody decided on yet.

    A decision that was made under another text of the same version says so by its sha256. Raises NoSuchItem.
    """
    there = {item.reference: item for item in view.definitions(kind) if item.id == id}
    cited = [row.reference for row in view.rows(CitedVersion) if (row.kind, row.item) == (kind, id)]
    if not there and not cited:
        raise NoSuchItem(kind, id, sorted({item.id for item in view.definitions(kind)}))
    made = [row for row in view.current(Approval) if row.kind == kind and row.item.partition("@")[0] == id]
    last = {row.approval: row.last for row in view.current(Ending)}
    rows = [
        (
            row.item,
            row.sha256[:12],
            told(kind, row.decision),
            row.by,
            row.role,
            _day(view, row.at),
            str(row.comment),
            _against(view, row),
            last.get(row.id),
            _review_by(there.get(row.item)),
        )
        for row in made
    ]
    decided = {row.item for row in made}
    waiting = [name for name in dict.fromkeys([*cited, *there]) if name not in decided]
    return rows + [
        (name, view.sha256(kind, name)[:12], "none yet", "", "", None, "", "", None, _review_by(there.get(name)))
        for name in waiting
    ]


def _against(view: View, row: Approval) -> str:
    passed = override_of(view, row)
    return f"{passed.rule}: {passed.reason}" if passed else ""


def _day(view: View, at: datetime | None) -> date | None:
    return at.astimezone(view.now.tzinfo).date() if at else None


def _review_by(item: Any) -> date | None:
    return item.review_by if item else None
