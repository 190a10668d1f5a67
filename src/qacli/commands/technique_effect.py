"""``qacli technique effect``: what being watched does to the work, and how it felt."""

from __future__ import annotations

from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qacli.commands.context import Context, command
from qacli.commands.options import days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.model import View
    from qacli.monitor.observing.observation import Session
    from qacli.monitor.sampling.draw import Item

AROUND = timedelta(days=14)
"""So much before the first and after the last day of watching is compared as well."""
COLUMNS = (
    "channel",
    "colleagues",
    "watched",
    "unwatched",
    "seconds",
    "usual",
    "difference",
    "low",
    "high",
    "verdict",
    "n_comfort",
    "comfort",
    "intervened",
)
NOTES = (
    "watched: transactions at which somebody was present; unwatched: all others of the same colleagues and channels",
    "difference in seconds, watched less unwatched of the same colleague and channel, each colleague counting the same",
    "seconds: mean of the watched; usual: mean of the unwatched, weighted as the watched are spread over colleagues and channels",
    "who is watched when is not decided by chance, so a difference may have other causes than being watched",
    "comfort: median of what colleagues said themselves, 1 to 5; intervened: how often the observer stepped in",
)


def join(app: typer.Typer) -> None:
    """Add the command to those of ``qacli technique``."""
    command(app, "effect", slow=True)(effect)


def effect(
    context: Context,
    from_: Annotated[str, typer.Option("--from", help="First day of the transactions: 2026-05-04.")] = "",
    to: Annotated[str, typer.Option("--to", help="Last day of the transactions.")] = "",
) -> None:
    """Compare how long transactions take that somebody sat in on with the same colleagues' others, and how it felt.

    The source of transactions says how long each took. "cannot tell" is a result.
    """
    from qacli.understand.observer_effect import effects
    from qacli.workspace.handled import handled

    view = context.workspace.view()
    found = _present(view, *days(from_, to))
    thresholds = view.settings.thresholds
    if not found:
        context.tell("nobody was watched live in these days: nothing to compare")
        return
    first = min(item.day for _, item in found) - AROUND
    last = max(item.day for _, item in found) + AROUND
    source = handled(context.workspace, first, last, {item.transaction for _, item in found})
    rows = []
    for each in effects(source.watched, source.usual, thresholds.minimum_n, thresholds.confidence / 100):
        sessions = [session for session, item in found if each.channel in {"all", item.channel}]
        rows.append((*each[:-1], *_felt(sessions)))
    context.show("observer-effect", COLUMNS, rows, "What being watched goes with")
    lost = len({item.transaction for _, item in found}) - len(source.watched)
    for note in (
        f"period: {first} to {last}",
        *([f"watched, but not timed in the source: {lost}"] if lost else []),
        f"t interval over colleagues, {thresholds.confidence} %; under {thresholds.minimum_n} of them: too few",
        *NOTES,
    ):
        context.tell(note)


def _present(view: View, first: Any, last: Any) -> list[tuple[Session, Item]]:
    """Return the sessions at which somebody was present, shoppers apart: nobody at the desk knew of them."""
    from qacli.monitor.observing.observation import Session
    from qacli.monitor.sampling.draw import Item

    items = {item.id: item for item in view.current(Item)}
    live = [each for each in view.current(Session) if view.look_up("technique", each.technique).live]
    found = [(each, items[each.item]) for each in live if each.item in items and not each.shopper]
    return [(each, item) for each, item in found if (not first or item.day >= first) and (not last or item.day <= last)]


def _felt(sessions: Sequence[Session]) -> tuple[int, float | None, int]:
    said = [each.comfort for each in sessions if each.comfort is not None]
    return len(said), median(said) if said else None, sum(each.intervened for each in sessions)
