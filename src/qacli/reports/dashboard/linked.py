"""What is on record of ratings beside measures: linked, not linked, undecided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.reports.charts.markup import scrolled, table
from qacli.reports.dashboard.content import Content, Part, counted
from qacli.understand.comparing.link import LINKED, NOT_LINKED
from qacli.understand.comparing.record import LinkFound

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ("rating", "measure", "level", "verdict", "rho", "limits", "n", "days")


def parts(content: Content) -> Iterator[Part]:
    """Yield the latest comparison of each pair; nothing where none is on record."""
    latest = {
        (row.criterion, row.scorecard, row.kpi, row.variant, row.level): row for row in content.view.current(LinkFound)
    }
    rows = [row for row in latest.values() if _within(content, row)]
    if not rows:
        return
    linked, apart = (sum(row.verdict == verdict for row in rows) for verdict in (LINKED, NOT_LINKED))
    of = counted(len(rows), "comparison")
    heading = f"{linked} of {of} of ratings with measures show{'s' * (linked == 1)} a link, {apart} that there is none"
    lead = "From records of qacli compare. That two things go together does not say that one brings the other."
    body = scrolled(table(COLUMNS, [_cells(row) for row in rows]), "Ratings beside measures")
    yield Part("links", heading, lead, body)


def _within(content: Content, row: LinkFound) -> bool:
    return content.first is None or row.last is None or row.last >= content.first


def _cells(row: LinkFound) -> tuple[object, ...]:
    rho = "–" if row.rho is None else f"{row.rho:.2f}"
    limits = "–" if row.low is None or row.high is None else f"{row.low:.2f} to {row.high:.2f}"
    verdict = f"{row.verdict} within {row.margin:g}" if row.verdict == NOT_LINKED else row.verdict
    days = f"{row.first or 'all'} to {row.last or 'now'}" if row.first or row.last else "all days"
    return (
        f"{row.criterion} ({row.scorecard})",
        f"{row.kpi.partition('@')[0]} {row.variant}",
        row.level,
        verdict,
        rho,
        limits,
        row.n,
        days,
    )
