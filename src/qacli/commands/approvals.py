"""What the commands share that approve something: how a decision is told, and who decided."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qacli.commands.context import Context
    from qacli.files.faults import Fault
    from qacli.model import Row, View

FEW = 5
"""Definitions of one kind that await approval and are told one by one; of more, the rest is counted."""
Kinded = TypeVar("Kinded")  # has a kind


def say_decisions(context: Context, rows: Sequence[Row]) -> None:
    """Say each decision among the rows that were recorded, one a line."""
    from qacli.prepare.approval import Approval, told

    for row in rows:
        if isinstance(row, Approval):
            context.say(f"{row.item} {told(row.kind, row.decision)} by {context.workspace.actor}{context.recorded_by}")


def first_few(waiting: Iterable[Kinded]) -> Iterator[tuple[str, Sequence[Kinded], int]]:
    """Yield, of what awaits approval, each kind with its first few and how many more there are."""
    for kind, found in groupby(waiting, key=attrgetter("kind")):
        group = list(found)
        shown = group if len(group) <= FEW + 1 else group[:FEW]
        yield kind, shown, len(group) - len(shown)


def approved_by(view: View, kind: str, item: Any) -> str:
    """Return by whom and when a definition was approved as it stands, and against which rule; else that it was not."""
    from qacli.prepare.approval import approval, override_of

    row = approval(view, kind, item)
    if not row:
        return "not yet, as it stands"
    passed = override_of(view, row)
    on = f" on {row.at.astimezone(view.now.tzinfo).date()}" if row.at else ""
    against = f", against {passed.rule}: {passed.reason}" if passed else ""
    return f"by {row.by}{on}{against}"


def lint_file(context: Context, kind: str, id: str) -> int:  # noqa: A002
    """Tell every fault in the file of one definition. Returns 1 where there are any, else 0. Raises NoSuchItem."""
    from qacli.workspace.check import check_item

    return show_faults(context, check_item(context.workspace, kind, id))


def show_faults(context: Context, faults: Sequence[Fault], beside: Mapping[str, Any] | None = None) -> int:
    """Show faults, as a table to programs, an empty one where there are none. Returns 1 where there are any, else 0.

    ``beside`` is what JSON holds beside them.
    """
    from qacli.files.faults import FileFaults

    if context.for_programs:
        rows = [(fault.code, fault.file, fault.line, fault.column, fault.message, fault.help) for fault in faults]
        context.show("check", ("code", "file", "line", "column", "message", "help"), rows, beside=beside or {})
    elif faults:
        context.say(str(FileFaults(faults)))
    return 1 if faults else 0
