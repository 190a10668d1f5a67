"""Who handled how much: transactions of each colleague by channel, on days on which that colleague had been told or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.sampling.eligibility import write_table

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from qacli.monitor.sampling.eligibility import Ground
    from qacli.sources.population import Population

COLUMNS = "source_id VARCHAR, cover VARCHAR, person VARCHAR, told BOOLEAN, from_ DATE, to_ DATE"


class Handled(NamedTuple):
    """The transactions of one colleague on one channel; ``told`` of them on days on which the colleague had been told.

    ``first`` and ``last`` are the first and the last day with any; ``open`` are those of ``told`` on days from which a
    sample was drawn, all of them where nobody asked which days these are.
    """

    colleague: str
    channel: str
    transactions: int
    told: int
    first: date
    last: date
    open: int | None = None


def handled(
    population: Population, ground: Ground, first: date, last: date, sampled: Collection[tuple[date, date]]
) -> list[Handled]:
    """Return what each known colleague handled on some days, both included, in order of person and channel.

    ``sampled`` are the first and last days of the samples that were drawn.
    """
    connection = population.connection
    write_table(connection, "handling", COLUMNS, ground.staff("monitoring"))
    write_table(connection, "sampled_days", "start DATE, stop DATE", _apart(sampled))
    rows = connection.execute(
        """SELECT k.person, coalesce(p.channel, '(none)'), count(*), count(*) FILTER (k.told),
                  min(p.local_date), max(p.local_date),
                  count(*) FILTER (k.told AND s.start IS NOT NULL)
           FROM population AS p
           JOIN handling AS k ON k.source_id = p.colleague AND p.local_date BETWEEN k.from_ AND k.to_
           LEFT JOIN sampled_days AS s ON p.local_date BETWEEN s.start AND s.stop
           WHERE p.local_date BETWEEN ? AND ? GROUP BY 1, 2 ORDER BY 1, 2""",
        [first, last],
    ).fetchall()
    return [Handled(*row) for row in rows]


def _apart(spans: Collection[tuple[date, date]]) -> list[tuple[date, date]]:
    """Return the same days as spans that do not overlap, so that no transaction is counted twice."""
    found: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found
