"""What colleagues handled, by the source of transactions: on which channels, how many, and how long each took."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qacli.monitor.sampling.eligibility import known_as, write_table
from qacli.understand.observer_effect import Usual, Watched
from qacli.workspace.populations import open_transactions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from qacli.workspace import Workspace

# COLLEAGUE names who handled a transaction on its day; unknown agent ids are nobody's.
COLLEAGUE = "JOIN who AS k ON k.source_id = p.colleague AND p.local_date BETWEEN k.from_ AND k.to_"
USUAL = f"""
SELECT k.person, p.channel, count(*), count(p.seconds), avg(p.seconds) FROM population AS p {COLLEAGUE}
WHERE p.local_date BETWEEN ? AND ? AND p.channel IS NOT NULL AND NOT list_contains(?::VARCHAR[], p.id)
GROUP BY 1, 2"""
WATCHED = f"""
SELECT k.person, p.channel, p.seconds FROM population AS p {COLLEAGUE}
WHERE p.local_date BETWEEN ? AND ? AND p.channel IS NOT NULL AND p.seconds IS NOT NULL
  AND list_contains(?::VARCHAR[], p.id)
ORDER BY p.id"""


class Handled(NamedTuple):
    """What was handled in some days: of each colleague and channel, those that were watched apart from all others."""

    usual: Mapping[tuple[str, str], Usual]
    watched: list[Watched]

    def channels(self) -> dict[str, set[str]]:
        """Return on which channels each colleague worked."""
        found: dict[str, set[str]] = {}
        for who, channel in [*self.usual, *((each.colleague, each.channel) for each in self.watched)]:
            found.setdefault(who, set()).add(channel)
        return found


def handled(workspace: Workspace, first: date, last: date, watched: Collection[str] = ()) -> Handled:
    """Return what was handled in some days; ``watched`` are the transactions at which somebody was present.

    Raises as open_transactions.
    """
    with open_transactions(workspace) as opened:
        engine = opened.population.connection
        columns = "source_id VARCHAR, person VARCHAR, from_ DATE, to_ DATE"
        write_table(engine, "who", columns, known_as(workspace.people, opened.source))
        parameters = [first, last, sorted(watched)]
        usual = engine.execute(USUAL, parameters).fetchall()
        present = engine.execute(WATCHED, parameters).fetchall()
    return Handled(
        {(who, channel): Usual(rows, n, mean) for who, channel, rows, n, mean in usual},
        [Watched(*row) for row in present],
    )
