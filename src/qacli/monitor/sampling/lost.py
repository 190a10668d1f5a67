"""Who is lost to monitoring before any sample is drawn: transactions without a notice, and customers who opted out."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.sampling.eligibility import Ground, write_table
from qacli.prepare.notices.notice import merged_periods
from qacli.stats import Interval, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from qacli.prepare.notices.notice import Span
    from qacli.sources.population import Population

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "channel": "coalesce(p.channel, '(none)')",
        "reason": "coalesce(p.reason, '(none)')",
        "colleague": "coalesce(k.person, '(unknown)')",
    }
)
"""What the loss can be told by: the SQL that says to which group a transaction belongs."""
SPAN = "key VARCHAR, from_ DATE, to_ DATE"


class Loss(NamedTuple):
    """One group: its transactions, how many opted out, and what that says against the others.

    ``share`` is the part that opted out, between 0 and 1, with Wilson's interval. ``of_lost`` and ``of_kept`` are the
    parts that the group has of all that were lost and of all that were kept; None where none were.
    """

    group: str
    transactions: int
    opted_out: int
    share: Interval
    of_lost: float | None
    of_kept: float | None
    verdict: str


def counted(population: Population, gaps: Sequence[Span]) -> list[int]:
    """Return how many transactions of the source lie in each gap, told by channel and local day."""
    write_table(population.connection, "gaps", f"number INTEGER, {SPAN}", [(n, *gap) for n, gap in enumerate(gaps)])
    found = dict(
        population.connection.execute(
            "SELECT g.number, count(*) FROM population AS p JOIN gaps AS g "
            "ON g.key = p.channel AND p.local_date BETWEEN g.from_ AND g.to_ GROUP BY 1"
        ).fetchall()
    )
    return [int(found.get(n, 0)) for n in range(len(gaps))]


def lost(
    population: Population, ground: Ground, by: str, first: date, last: date, confidence: float, minimum: int
) -> list[Loss]:
    """Return what opting out takes from each group, the most first. ``ground`` gives the opt-outs and who is who.

    The verdict compares a group with all others: their share lies outside the group's interval, widened so that
    ``confidence`` holds for all groups together (Bonferroni); under ``minimum`` transactions it is too few.
    """
    connection = population.connection
    write_table(connection, "opted_out", SPAN, merged_periods(ground.opt_outs))
    write_table(connection, "colleagues", "source_id VARCHAR, person VARCHAR, from_ DATE, to_ DATE", ground.known_as())
    rows = connection.execute(
        f"""SELECT {GROUPS[by]}, count(*), count(o.key)
        FROM population AS p
        LEFT JOIN opted_out AS o ON o.key = p.customer AND p.local_date BETWEEN o.from_ AND o.to_
        LEFT JOIN colleagues AS k ON k.source_id = p.colleague AND p.local_date BETWEEN k.from_ AND k.to_
        WHERE p.local_date BETWEEN ? AND ? GROUP BY 1 ORDER BY 3 DESC, 1""",
        [first, last],
    ).fetchall()
    everything, out = sum(row[1] for row in rows), sum(row[2] for row in rows)
    wider = 1 - (1 - confidence) / max(1, len(rows))
    return [
        Loss(
            group,
            n,
            k,
            wilson(k, n, confidence),
            k / out if out else None,
            (n - k) / (everything - out) if everything > out else None,
            against(k, n, out - k, everything - n, wider, minimum),
        )
        for group, n, k in rows
    ]


def against(
    k: int, n: int, others_out: int, others: int, confidence: float, minimum: int, verb: str = "opts out"
) -> str:
    """Return what ``k`` of ``n`` say beside the others: more often, less often, or that it cannot be told."""
    if not others:
        return "no others to compare with"
    if n < minimum:
        return "too few"
    found, rest = wilson(k, n, confidence), others_out / others
    if found.low is not None and rest < found.low:
        return f"{verb} more often than the others"
    if found.high is not None and rest > found.high:
        return f"{verb} less often than the others"
    return "cannot be told from the others"
