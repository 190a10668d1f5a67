"""Work that is due and will not be done: who said so, and why. It is told no more, and counted as missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qacli.model import Row, View, Words


@dataclass(frozen=True, kw_only=True)
class Excuse(Row, table="excuses", letter="xc"):
    """Somebody (``by``) said why a duty, named by its natural key, is not done."""

    duty: str
    owner: str
    due: date
    reason: Words


def excuses(view: View) -> dict[str, Excuse]:
    """Return the excuse of each duty that has one, by its natural key."""
    return {row.duty: row for row in view.current(Excuse)}


def scoring_of(item: str) -> str:
    """Return the natural key of scoring an item."""
    return f"score/{item}"
