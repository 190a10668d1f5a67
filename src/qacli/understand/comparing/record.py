"""Comparisons on record: what was found linked, not linked or undecided, of which pairs, by which method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

from qacli.model import STAMPS, Change, Row

if TYPE_CHECKING:
    from qacli.model import View
    from qacli.understand.comparing.pairs import Compared

METHOD = "Spearman, Bonett-Wright"


@dataclass(frozen=True, kw_only=True)
class LinkFound(Row, table="links", letter="lk"):
    """One comparison as it was told. ``most`` is the greatest correlation that the reliability of both sides allows."""

    criterion: str
    scorecard: str  # id@version
    kpi: str  # id@version
    variant: str
    level: str  # transaction, colleague, team or period
    purpose: str
    first: date | None
    last: date | None
    n: int
    rho: float | None
    low: float | None
    high: float | None
    margin: float
    verdict: str
    method: str
    looks: int  # how many comparisons were made together
    most: float | None
    sha256: str  # of the source that the measure was read from


def recorded(
    view: View, compared: Sequence[Compared], span: tuple[date | None, date | None], confidence: float
) -> Change:
    """Return the rows of comparisons that are not on record already, with the same figures from the same source."""
    there = {_content(row): row.id for row in view.current(LinkFound)}
    made = [_row(each, span, confidence, len(compared)) for each in compared]
    new = [row for row in made if _content(row) not in there]
    old = [there[_content(row)] for row in made if _content(row) in there]
    findings = [f"on record already, nothing added: {', '.join(old)}"] if old else []
    return Change(rows=new, findings=findings)


def _row(each: Compared, span: tuple[date | None, date | None], confidence: float, looks: int) -> LinkFound:
    found = each.found
    return LinkFound(
        criterion=each.criterion,
        scorecard=each.scorecard,
        kpi=each.measure.reference,
        variant=each.measure.variant,
        level=each.by,
        purpose=each.purpose,
        first=span[0],
        last=span[1],
        n=found.n,
        rho=_kept(found.rho),
        low=_kept(found.low),
        high=_kept(found.high),
        margin=found.margin,
        verdict=found.verdict,
        method=f"{METHOD} {100 * confidence:g}%",
        looks=looks,
        most=_kept(each.most),
        sha256=each.sha256,
    )


def _kept(value: float | None) -> float | None:
    """Return a coefficient as records keep it: the same figures must be the same again."""
    return None if value is None else round(value, 6)


def _content(row: LinkFound) -> tuple[object, ...]:
    return tuple(getattr(row, each.name) for each in fields(row) if each.name not in STAMPS)
