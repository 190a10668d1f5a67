"""What is said of the records of a draw, when it is made and whenever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.commands.context import Context


def tell_draw(context: Context, rows: Sequence[Any]) -> None:
    """Tell the records of a draw: population, exclusions by reason, and what each stratum held, was asked for and gave."""
    from qacli.monitor.sampling.draw import Exclusion, Item, Stratum
    from qacli.stats import chance_to_miss

    drawn = rows[0]
    strata = [row for row in rows if isinstance(row, Stratum)]
    weights = {row.stratum: row.weight for row in rows if isinstance(row, Item)}
    left_out = [f"{row.transactions:,} {row.reason}" for row in rows if isinstance(row, Exclusion)]
    context.tell(f"population {drawn.population:,} transactions of {drawn.period}, sha256 {drawn.sha256[:12]}...")
    if left_out:
        context.tell(f"  excluded   {'   '.join(left_out)}")
    parts = "clusters" if drawn.design == "two-stage" else "stratum" if len(strata) == 1 else "strata"
    context.tell(f"  eligible {drawn.eligible:,} in {len(strata)} {parts}")
    shown = [
        (
            row.stratum,
            row.eligible,
            row.asked,
            row.drawn,
            weights.get(row.stratum),
            100 * chance_to_miss(0.1, row.drawn, row.eligible),
        )
        for row in strata
        if row.asked or drawn.design != "two-stage"
    ]
    context.show("draw", ("stratum", "eligible", "asked", "drawn", "weight", "% chance to miss a 1-in-10 fault"), shown)
