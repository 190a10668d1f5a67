"""What each transaction adds to a KPI: read from the source by the KPI's own formula, summed up in its engine."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qacli.model import QacliError
from qacli.monitor.sampling.eligibility import known_as, write_table
from qacli.prepare.kpi import Kpi
from qacli.sources.profile import AS_SAID
from qacli.understand.comparing.pairs import Measure, Measured
from qacli.understand.kpis.measuring import TABLE, Asked, contact_sql, missing, prepare
from qacli.workspace.populations import TRANSACTIONS, NoSource, open_transactions, profile_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import pandas as pd

    from qacli.engine.remote import Engine
    from qacli.sources.profile import Profile
    from qacli.understand.facts import Selection
    from qacli.workspace import Workspace

KINDS = ("mean", "index", "share")
"""Formulas to which each contact adds a number of its own; the first says most of one contact."""
GROUPS = ("day", "colleague", "team", "channel", "reason", "transactions", "answered", "total", "squares")
BESIDE = "compared"


class NoValuePerTransaction(QacliError):
    """A KPI is a figure of many transactions only, or its columns are not mapped."""

    def __init__(self, kpi: str, why: str, known: Collection[str]) -> None:
        there = f"comparable are: {', '.join(known)}" if known else "map its columns in the profile: qacli source check"
        super().__init__(f"{kpi} has no value of a single transaction to compare: {why}", help=there)


def measured(
    workspace: Workspace, kpis: Collection[str], variant: str, transactions: Collection[str], selection: Selection
) -> list[Measured]:
    """Return KPIs of some transactions, with sums over all that a selection names; without ``kpis`` all that compare.

    ``variant`` is that of a single KPI; else the one that says most of a contact. What is asked for by name must have a
    value of a single transaction; of several, those that have none are left out. Raises NoValuePerTransaction, NoSource,
    NoSuchDefinition, NotFromFiles, FileFaults.
    """
    asked = _wanted(workspace, kpis, variant)
    with open_transactions(workspace) as opened:
        profile = _profile(workspace)
        reach = prepare(opened.population, profile, known_as(workspace.people, opened.source))
        engine = opened.population.connection
        write_table(engine, BESIDE, "id VARCHAR", [(name,) for name in transactions])
        until = min(reach.last, workspace.clock().date()) if reach else workspace.clock().date()
        digest = opened.population.digest
        return [
            Measured(
                _measure(each, definition),
                *_of(engine, each, profile, until, selection),
                bool(set(each.formula.needs) & set(AS_SAID)),
                opened.source,
                digest,
            )
            for each, definition in asked
        ]


def _wanted(workspace: Workspace, kpis: Collection[str], variant: str) -> list[tuple[Asked, Kpi]]:
    view, profile = workspace.view(), _profile(workspace)
    definitions: Sequence[Kpi] = [view.look_up("kpi", name) for name in sorted(kpis)] or view.definitions("kpi")
    found = [(each, definition) for definition in definitions if (each := _variant(definition, variant, profile))]
    if len(definitions) == 1 and not found:
        others = [each.id for each in view.definitions("kpi") if _variant(each, "", profile)]
        raise NoValuePerTransaction(definitions[0].id, _why(definitions[0], variant, profile), others)
    return found


def _variant(kpi: Kpi, variant: str, profile: Profile) -> Asked | None:
    usable = [each for each in _variants(kpi, variant) if each.formula.kind in KINDS and not missing(each, profile)]
    return min(usable, key=lambda each: KINDS.index(each.formula.kind), default=None)


def _variants(kpi: Kpi, variant: str) -> Iterator[Asked]:
    for name, computed in kpi.computed.items():
        if variant in {"", name} and computed.formula != "survey-response":
            yield Asked(kpi.reference, name, computed)


def _why(kpi: Kpi, variant: str, profile: Profile) -> str:
    there = list(_variants(kpi, variant))
    if not there:
        return f"{variant or 'none of its variants'} is not computed from transactions"
    return next((why for each in there if (why := missing(each, profile))), "it is no sum over single ones")


def _measure(asked: Asked, kpi: Kpi) -> Measure:
    return Measure(kpi.id, kpi.reference, asked.variant, kpi.title, kpi.better, kpi.gaming, kpi.counter)


def _of(
    engine: Engine, asked: Asked, profile: Profile, until: date, selection: Selection
) -> tuple[dict[str, float], pd.DataFrame]:
    """Return the values of the transactions asked for, and the sums of all, in the unit of the KPI."""
    value, expected = contact_sql(asked, profile, until)
    scale = asked.formula.scale
    where, parameters = _where(selection)
    rows = f"""(SELECT c.id, c.local_date AS day, c.colleague, c.team, c.channel, c.reason,
        {scale} * ({value}) AS value, {expected} AS counts FROM {TABLE} AS c) AS r"""
    groups = engine.execute(
        f"""SELECT day, colleague, team, channel, reason, count(*) FILTER (counts), count(value), coalesce(sum(value), 0),
            coalesce(sum(value * value), 0) FROM {rows} WHERE {where} GROUP BY ALL ORDER BY ALL""",
        parameters,
    ).fetchall()
    values = engine.execute(
        f"SELECT id, value FROM {rows} WHERE value IS NOT NULL AND id IN (SELECT id FROM {BESIDE})"
    ).fetchall()
    return dict(values), _frame(groups)


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

    types = {"transactions": int, "answered": int, "total": float, "squares": float}
    return pd.DataFrame(rows, columns=list(GROUPS)).astype(types)
