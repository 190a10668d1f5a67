"""Retirement: the records of one class and one year go at the end of their period; the journal keeps that they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qacli.govern.redaction import NoReason, Redaction, texts_of
from qacli.govern.retention import CLASSES
from qacli.govern.staying import reasons_to_stay
from qacli.model import Change, Command, Hint, Refusal, Row, UsageError, View, Words


@dataclass(frozen=True, kw_only=True)
class Retirement(Row, table="retirements", letter="z"):
    """One table of one year that went."""

    kind: str  # the class that went
    name: str  # the table
    year: int
    rows: int
    reason: Words


class YearNotOver(Refusal, rule="year-not-over"):
    """Records of a running year stay."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year} is not over: its records are still in use.", help="name an earlier year")


class HeldYear(Refusal, rule="legal-hold"):
    """What is held stays."""

    def __init__(self, kind: str, year: int, why: str) -> None:
        super().__init__(
            f"{kind} of {year} cannot go: {why}.", help=Hint("see what is held, and by what: ", Command("privacy due"))
        )


def retire(view: View, tables: Sequence[type[Row]], kind: str, year: int, reason: str) -> Change:
    """Let the tables of one class and year go, with every text in them.

    Nothing there, or gone already, is a finding. Raises YearNotOver, NoReason, HeldYear, UsageError for another class.
    """
    if kind not in CLASSES:
        raise UsageError(f"'{kind}' is not a class of records", help=f"one of: {', '.join(CLASSES)}")
    if not reason.strip():
        raise NoReason
    if year >= view.now.year:
        raise YearNotOver(year)
    going = {each: _of_year(view, each, year) for each in tables if each.TABLE in CLASSES[kind]}
    going = {each: rows for each, rows in going.items() if rows}
    if not going:
        return Change(findings=[f"there are no {kind} of {year}: nothing to do"])
    stays = reasons_to_stay(view, tables)
    if held := [stays[each.TABLE, year] for each in going if (each.TABLE, year) in stays]:
        raise HeldYear(kind, year, held[0])
    done = {row.words for row in view.rows(Redaction)}
    why = Words(reason)
    words = [word for rows in going.values() for row in rows for word in texts_of(row)]
    retired: list[Row] = [
        Retirement(kind=kind, name=each.TABLE, year=year, rows=len(rows), reason=why) for each, rows in going.items()
    ]
    redacted = [Redaction(words=word, reason=why) for word in dict.fromkeys(words) if word not in done]
    return Change([*retired, *redacted], redacts=words, retires=[(each.TABLE, year) for each in going])


def _of_year(view: View, kind: type[Row], year: int) -> list[Row]:
    return [row for row in view.rows(kind) if row.at and row.at.year == year]
