"""Who handled how much: transactions of each colleague by channel, on days on which that colleague had been told or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.sampling.eligibility import write_table

if TYPE_CHECKING:
    from datetime import date

    from qacli.monitor.sampling.eligibility import Ground
    from qacli.sources.population import Population

COLUMNS = "source_id VARCHAR, cover VARCHAR, person VARCHAR, told BOOLEAN, from_ DATE, to_ DATE"


class Handled(NamedTuple):
    """The transactions of one colleague on one channel; ``told`` of them on days on which the colleague had been told.

    ``first`` and ``last`` are the first and the last day with any.
    """

    colleague: str
    channel: str
    transactions: int
    told: int
    first: date
    last: date


def handled(population: Population, ground: Ground, first: date, last: date) -> list[Handled]:
    """Return what each known colleague handled on some days, both included, in order of person and channel."""
    connection = population.connection
    write_table(connection, "handling", COLUMNS, ground.staff("monitoring"))
    rows = connection.execute(
        """SELECT k.person, coalesce(p.channel, '(none)'), count(*), count(*) FILTER (k.told),
                  min(p.local_date), max(p.local_date)
           FROM population AS p
           JOIN handling AS k ON k.source_id = p.colleague AND p.local_date BETWEEN k.from_ AND k.to_
           WHERE p.local_date BETWEEN ? AND ? GROUP BY 1, 2 ORDER BY 1, 2""",
        [first, last],
    ).fetchall()
    return [Handled(*row) for row in rows]
