"""What ``qacli sample list`` shows: items, draws, and what was put aside."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.nearest import did_you_mean
from qacli.model import UsageError
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import Draw, Item, Occasion, Replacement
from qacli.monitor.sampling.sharing import held

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qacli.commands.context import Context
    from qacli.model import View

ITEMS = (
    "item",
    "transaction",
    "day",
    "channel",
    "colleague",
    "stratum",
    "purpose",
    "evaluator",
    "scorecard",
    "observation",
)
DRAWS = ("draw", "frame", "period", "purpose", "design", "on", "by", "items", "scored", "replaced", "what for")
REPLACED = ("item", "in its place", "cause", "words", "watched", "evaluator", "by", "on", "transaction", "colleague")


class Asked(NamedTuple):
    """What a list is narrowed to; an empty text, or None, narrows nothing."""

    evaluator: str = ""
    colleague: str = ""
    draw: str = ""
    frame: str = ""
    period: str = ""
    first: date | None = None
    last: date | None = None
    purpose: str = ""
    open: bool = False
    scored: bool = False

    def refuse_unknown(self, view: View) -> None:
        """Raise UsageError for what cannot be: a frame of no draw, a text that is no period, open and scored at once."""
        known = sorted({row.frame.partition("@")[0] for row in view.current(Draw)})
        if self.frame and self.frame not in known:
            raise UsageError(
                f"nothing was drawn from a frame '{self.frame}'",
                help=did_you_mean(self.frame, known, f"drawn from: {', '.join(known) or 'none yet'}"),
            )
        if self.open and self.scored:
            raise UsageError("--open and --scored leave nothing", help="ask for one of them")
        self._days()

    def draws(self, view: View) -> list[Draw]:
        """Return the draws in force that are asked for."""
        first, last = self._days()
        return [
            row
            for row in view.current(Draw)
            if self.draw in {"", row.id}
            and self.frame in {"", row.frame.partition("@")[0]}
            and self.purpose in {"", row.purpose}
            and (first is None or row.first >= first)
            and (last is None or row.last <= last)
        ]

    def items(self, view: View, items: Iterable[Item]) -> list[Item]:
        """Return those items that are asked for; whether they are scored is not looked at."""
        draws = {row.id for row in self._without_purpose().draws(view)}
        return [
            item
            for item in items
            if item.draw in draws
            and self.purpose in {"", item.purpose}
            and self.evaluator in {"", item.evaluator}
            and self.colleague in {"", item.colleague}
            and (self.first is None or item.day >= self.first)
            and (self.last is None or item.day <= self.last)
        ]

    def _without_purpose(self) -> Asked:
        return self._replace(purpose="")

    def _days(self) -> tuple[date | None, date | None]:
        from qacli.prepare.period import parse_period

        when = parse_period(self.period) if self.period else None
        return (when.first, when.last) if when else (None, None)


def show_items(context: Context, view: View, asked: Asked) -> None:
    """Show one line per item in force."""
    scored = {row.item: row.id for row in view.current(Observation)}
    rows = [
        (
            item.id,
            item.transaction,
            item.day,
            item.channel,
            item.colleague,
            item.stratum,
            item.purpose,
            item.evaluator,
            item.scorecard,
            scored.get(item.id, ""),
        )
        for item in asked.items(view, held(view))
        if not (asked.open and item.id in scored) and not (asked.scored and item.id not in scored)
    ]
    context.show("items", ITEMS, rows)


def show_draws(context: Context, view: View, asked: Asked) -> None:
    """Show one line per draw in force."""
    done = {row.item for row in view.current(Observation)}
    items = Counter(item.draw for item in view.current(Item))
    scored = Counter(item.draw for item in view.current(Item) if item.id in done)
    put_aside = {row.item for row in view.rows(Replacement)}
    replaced = Counter(item.draw for item in view.rows(Item) if item.id in put_aside)
    why = {row.draw: row.words for row in view.rows(Occasion)}
    rows = [
        (
            row.id,
            row.frame,
            row.period,
            row.purpose,
            row.design,
            row.at.astimezone(view.now.tzinfo).date() if row.at else None,
            row.by,
            items[row.id],
            scored[row.id],
            replaced[row.id],
            why.get(row.id, ""),
        )
        for row in asked.draws(view)
        if not (asked.open and scored[row.id] == items[row.id])
    ]
    context.show("draws", DRAWS, rows)


def show_replaced(context: Context, view: View, asked: Asked) -> None:
    """Show one line per item that was put aside, with what took its place, why, and who did it."""
    found = {row.item: row for row in view.rows(Replacement)}
    items = asked.items(view, [item for item in view.rows(Item) if item.id in found])
    rows = [
        (
            item.id,
            row.new,
            row.cause,
            row.words,
            "watched" if row.watched else "",
            row.evaluator,
            row.by,
            row.at.astimezone(view.now.tzinfo).date() if row.at else None,
            item.transaction,
            item.colleague,
        )
        for item in items
        for row in [found[item.id]]
    ]
    context.show("replaced", REPLACED, rows)
