"""What ``qacli run --ahead`` and ``--since`` show: what falls due, and what became of what did."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qacli.commands.context import Context

FEW = 3


def show_ahead(context: Context, ahead: int, person: str) -> None:
    """Show what falls due in the next days, late work first: by day, with its owner and the measures that it serves."""
    from qacli.govern.duties.due import duties

    view = context.workspace.view()
    today = view.now.date()
    columns = ["due", "late", "owner", "what", "serves", "work", "subject", "duty", "command"]
    rows = [
        (
            duty.due,
            "late" if duty.due < today else "",
            duty.owner,
            duty.words,
            _few(duty.serves.split()) if context.for_people else duty.serves,
            duty.kind,
            duty.subject,
            duty.key,
            context.completed(duty.how),
        )
        for duty in duties(view, today + timedelta(days=ahead))
        if person in {"", duty.owner}
    ]
    if context.for_people:
        columns, rows = columns[:5], [row[:5] for row in rows]  # type: ignore[misc]
    context.show("calendar", columns, rows)


def show_since(context: Context, since: date, person: str) -> None:
    """Show every check that fell due since a day: when it was done, or that it is late, missed or excused, and why.

    A terminal shows what was not done in time; the rest is counted below it.
    """
    from qacli.govern.kept import kept

    view = context.workspace.view()
    found = [each for each in kept(view, since, view.now.date()) if person in {"", each.owner}]
    columns = ["due", "done", "state", "work", "subject", "owner", "why", "duty"]
    rows = [
        (
            each.due,
            each.done.astimezone(context.workspace.zone).date() if each.done else None,
            each.state,
            each.kind,
            each.subject,
            each.owner,
            each.why,
            each.key,
        )
        for each in found
    ]
    if context.for_people:
        columns, rows = columns[:7], [row[:7] for row in rows if row[2] != "done"]  # type: ignore[misc]
    if rows or not context.for_people:
        context.show("kept", columns, rows)
    counts = Counter(each.state for each in found)
    told = ", ".join(f"{count} {state}" for state, count in counts.most_common())
    hint = "; what was done in time too: --format csv" if context.for_people and counts["done"] else ""
    context.tell(f"{len(found)} fell due since {since}{': ' if told else ''}{told}{hint}")


def _few(measures: Sequence[str]) -> str:
    """Return the first measures, and how many more there are."""
    more = f" and {len(measures) - FEW} more" if len(measures) > FEW else ""
    return f"{' '.join(measures[:FEW])}{more}"
