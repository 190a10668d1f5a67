"""What customers said of transactions, and how long these took: read from the source, summed up in its engine."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from qacli.engine.connection import quoted
from qacli.model import UsageError
from qacli.monitor.sampling.eligibility import known_as, write_table
from qacli.sources.satisfaction import score_sql
from qacli.understand.comparing.pairs import Measure, Measured
from qacli.workspace.populations import TRANSACTIONS, NoSource, open_transactions, profile_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import pandas as pd

    from qacli.prepare.kpi import Kpi
    from qacli.sources.profile import Profile
    from qacli.understand.facts import Selection
    from qacli.workspace import Workspace

FIELDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"csat": ("satisfaction", "mean"), "aht": ("seconds", "standard")}
)
"""KPIs of which every single transaction has a value: the field of the source, and the variant that its mean is."""
GROUPS = ("day", "colleague", "team", "channel", "reason", "transactions", "answered", "total", "squares")


class NoValuePerTransaction(UsageError):
    """A KPI is a figure of many transactions, or its column is not mapped."""

    def __init__(self, kpi: str, known: Collection[str], field: str = "") -> None:
        if field:
            super().__init__(
                f"the source of transactions has no column of {field}, from which {kpi} is read",
                help=f"map it in the profile: columns: {field}: {{column: ...}}; see: qacli source check",
            )
        else:
            super().__init__(
                f"{kpi} has no value of a single transaction to compare", help=f"comparable are: {', '.join(known)}"
            )


def measurable(workspace: Workspace) -> list[str]:
    """Return the KPIs that are defined here and of which the transactions have a column. Raises NoSource."""
    there = {item.model.id for item in workspace.definitions.items("kpi")}
    columns = _profile(workspace).columns
    return [name for name, (field, _) in FIELDS.items() if name in there and field in columns]


def measured(workspace: Workspace, kpi: Kpi, transactions: Collection[str], selection: Selection) -> Measured:
    """Return a measure of some transactions, and its sums over all that a selection names.

    Raises NoValuePerTransaction, NoSource, FileFaults.
    """
    if kpi.id not in FIELDS:
        raise NoValuePerTransaction(kpi.id, measurable(workspace))
    field, variant = FIELDS[kpi.id]
    measure = Measure(kpi.id, kpi.reference, variant, kpi.title, kpi.better, kpi.gaming, kpi.counter)
    with open_transactions(workspace) as opened:
        value = _value_sql(workspace, kpi.id, field)
        engine = opened.population.connection
        staff = known_as(workspace.people, opened.source)
        write_table(engine, "staff", "source_id VARCHAR, person VARCHAR, from_ DATE, to_ DATE", staff)
        where, parameters = _where(selection)
        rows = f"""(SELECT p.id, p.local_date AS day, coalesce(k.person, p.colleague) AS colleague, p.team, p.channel,
            p.reason, {value} AS value FROM population AS p LEFT JOIN staff AS k
            ON k.source_id = p.colleague AND p.local_date BETWEEN k.from_ AND k.to_) AS r"""
        groups = engine.execute(
            f"""SELECT day, colleague, team, channel, reason, count(*), count(value), coalesce(sum(value), 0),
                coalesce(sum(value * value), 0) FROM {rows} WHERE {where} GROUP BY ALL ORDER BY ALL""",
            parameters,
        ).fetchall()
        values = engine.execute(
            f"SELECT id, value FROM {rows} WHERE value IS NOT NULL AND list_contains(?::VARCHAR[], id)",
            [list(transactions)],
        ).fetchall()
        return Measured(measure, dict(values), _frame(groups), opened.source, opened.population.digest)


def _value_sql(workspace: Workspace, kpi: str, field: str) -> str:
    profile = _profile(workspace)
    column = profile.columns.get(field)
    if column is None:
        raise NoValuePerTransaction(kpi, (), field)
    cell = f"p.{quoted(field)}"
    return score_sql(cell, column, profile.decimal) if field == "satisfaction" else cell


def _profile(workspace: Workspace) -> Profile:
    source = workspace.settings.sources.get(TRANSACTIONS)
    if source is None:
        raise NoSource(TRANSACTIONS)
    return profile_of(workspace, source, TRANSACTIONS)


def _where(selection: Selection) -> tuple[str, list[object]]:
    """Return the condition on the rows of a selection, with its parameters."""
    tests = ["day BETWEEN ? AND ?"]
    parameters: list[object] = [selection.from_ or date.min, selection.to or date.max]
    for column in ("channel", "team", "colleague"):
        if value := getattr(selection, column):
            tests.append(f"{column} = ?")
            parameters.append(value)
    return " AND ".join(tests), parameters


def _frame(rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(GROUPS)).astype(
        {"transactions": int, "answered": int, "total": float, "squares": float}
    )
