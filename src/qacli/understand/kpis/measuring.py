"""One pass over the transactions: every formula, period and slice at once, on the embedded engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.engine.connection import literal
from qacli.engine.remote import Remote
from qacli.model import Command, Hint, QacliError
from qacli.monitor.sampling.eligibility import write_table
from qacli.sources.answers import SQL_TYPE
from qacli.sources.profile import AS_SAID, IN_SECONDS, KPI_FIELDS
from qacli.sources.satisfaction import score_sql
from qacli.stats import rank_coverage
from qacli.understand.kpis.figures import Sums
from qacli.understand.kpis.formulas import FORMULAS, RESPONSE, Formula
from qacli.understand.kpis.value import ALL

if TYPE_CHECKING:
    from qacli.engine.remote import Engine
    from qacli.prepare.kpi import Computed
    from qacli.prepare.period import Period
    from qacli.sources.population import Population
    from qacli.sources.profile import Profile

DAY = timedelta(days=1)
TABLE = "kpi_contacts"
NOT_STATED = "not stated"
INSTRUMENTS: Mapping[str, tuple[int, int]] = {"recommend": (0, 10), "effort": (1, 7)}
"""Questions whose scale belongs to the question itself."""
FEWEST_POINTS = 4
"""A scale on which the two best points are not simply all of them, or all but one."""


class NotFromFiles(QacliError):
    """KPIs are computed by the embedded engine."""

    def __init__(self) -> None:
        super().__init__(
            "KPIs are computed from files, and the transactions lie on another engine",
            help=Hint("take out an export with path:, or bring ready figures: ", Command("kpi import FILE")),
        )


class Asked(NamedTuple):
    """One variant to be computed."""

    kpi: str
    variant: str
    computed: Computed

    @property
    def formula(self) -> Formula:
        """Its machine formula."""
        return FORMULAS[self.computed.formula]

    @property
    def asks_customers(self) -> bool:
        """Whether it counts answers, and so stands beside how many were asked."""
        return self.computed.formula != RESPONSE and bool(set(self.formula.needs) & set(AS_SAID))


class Measured(NamedTuple):
    """The sums of one variant in one slice and period; ``asked`` counts contacts whose customers were asked."""

    variant: Asked
    period: str
    cut: str
    slice: str
    sums: Sums
    asked: int | None


class Reach(NamedTuple):
    """The days that a source covers, its closed days of the week at either end included; None where it is empty."""

    first: date
    last: date


def missing(asked: Asked, profile: Profile) -> str:
    """Return why a variant cannot be computed from what a profile maps; empty where it can."""
    absent = [field for field in asked.formula.needs if field not in profile.columns]
    if absent:
        named = " and ".join(absent)
        return f"profile {profile.id} maps no column to {named}"
    for field in set(AS_SAID) & set(asked.formula.needs):
        column = profile.columns[field]
        low, high = column.lowest, column.highest
        if field in INSTRUMENTS:
            fixed = INSTRUMENTS[field]
            if (low, high) not in {(None, None), fixed}:
                return f"profile {profile.id} reads {field} from {low} to {high}; it is asked from {fixed[0]} to {fixed[1]}"
        elif low is None or high is None:
            return f"profile {profile.id} does not say from which value to which {field} goes: lowest, highest"
        elif high - low + 1 < FEWEST_POINTS and "top2" in asked.computed.formula:
            return f"a scale from {low} to {high} has no two best points among others: count its mean"
    return ""


def prepare(
    population: Population,
    profile: Profile,
    staff: Sequence[tuple[str, str, date, date]],
    inside: tuple[str, str] = (ALL, ALL),
) -> Reach | None:
    """Read the source once into a table of contacts, and return the days that it covers.

    ``staff`` says which agent id was which person from when to when, ``inside`` the slice to keep. Whether a customer came
    again is looked up in all contacts, abandoned ones too. Raises NotFromFiles, FileFaults.
    """
    if isinstance(population.engine, Remote):
        raise NotFromFiles
    engine = population.connection
    write_table(engine, "kpi_staff", "agent VARCHAR, person VARCHAR, from_ DATE, to_ DATE", staff)
    # some exports have 0 for never abandoned; where nobody says who was answered, whoever was talked to was
    answers = ", ".join(f"{_number(field, profile)} AS {field}_points" for field in AS_SAID)
    invited = "coalesce(surveyed, FALSE)" if "surveyed" in profile.columns else "handled"
    # whoever answered was asked, whatever the export says, and also after giving up: no response is above all
    asked = " OR ".join((invited, *(f"{field}_points IS NOT NULL" for field in AS_SAID)))
    engine.execute(f"""
        CREATE OR REPLACE TEMP TABLE {TABLE} AS
        WITH contacts AS (SELECT *{_absent(profile)} FROM {population.view}), known AS (
            SELECT p.* REPLACE (coalesce(s.person, CASE WHEN p.colleague <> '' THEN 'unknown' END) AS colleague),
                   coalesce(p.answered, p.abandoned_after IS NULL OR p.talk > 0, FALSE) AS handled, {answers}
            FROM contacts p
            LEFT JOIN kpi_staff s ON s.agent = p.colleague AND p.local_date BETWEEN s.from_ AND s.to_
            WHERE p.local_date IS NOT NULL)
        SELECT *, ({asked}) AS asked, lead(started_at) OVER (
            PARTITION BY customer, reason ORDER BY started_at, id) AS next_at FROM known""")
    rows = engine.execute(f"SELECT DISTINCT local_date FROM {TABLE} ORDER BY 1").fetchall()
    cut, slice_ = inside
    if cut != ALL:
        engine.execute(f"DELETE FROM {TABLE} WHERE {_slice(cut)} <> ?", [slice_])
    return reach([day for (day,) in rows])


def reach(days: Sequence[date]) -> Reach | None:
    """Return the days that contacts span; from two weeks on with the days of the week on which there never are any."""
    if not days:
        return None
    first, last, open_ = days[0], days[-1], {day.weekday() for day in days}
    if last - first < timedelta(days=13):
        return Reach(first, last)
    while (last + DAY).weekday() not in open_:
        last += DAY
    while (first - DAY).weekday() not in open_:
        first -= DAY
    return Reach(first, last)


def measure(
    population: Population,
    profile: Profile,
    wanted: Sequence[Asked],
    periods: Sequence[Period],
    cuts: Sequence[str],
    known_until: date,
    confidence: float = 0.95,
) -> list[Measured]:
    """Return the sums of every variant that counts a contact, by period and slice; ``prepare`` comes before.

    ``known_until`` is the last day on which a further contact of a customer would be seen.
    """
    spans = [(period.key, period.first, period.last) for period in periods]
    write_table(population.connection, "kpi_spans", "span VARCHAR, from_ DATE, to_ DATE", spans)
    # one query for each: with grouping sets, or with lists beside plain sums, DuckDB 2.0 takes ten times as long
    parts = [[each for each in wanted if bool(each.formula.quantile) == ranked] for ranked in (False, True)]
    return [
        found
        for part in parts
        if part and spans
        for cut in cuts
        for found in _measured(population.connection, part, cut, _cells(part, profile, known_until), confidence)
    ]


def _measured(
    engine: Engine, wanted: Sequence[Asked], cut: str, cells: Sequence[str], confidence: float
) -> Iterator[Measured]:
    sums = _aggregates(wanted, confidence)
    rows = engine.execute(f"""
        WITH cells AS (SELECT k.span, {_slice(cut)} AS slice, {", ".join(cells)}
            FROM {TABLE} c JOIN kpi_spans k ON c.local_date BETWEEN k.from_ AND k.to_)
        SELECT span, slice, {", ".join(sql for group in sums for sql in group)} FROM cells GROUP BY span, slice""")
    for row in rows.fetchall():
        yield from _read(row, wanted, cut, sums, confidence)


def _slice(cut: str) -> str:
    """Return the SQL of the slice to which a contact belongs."""
    if cut == ALL:
        return f"'{ALL}'"
    text = "CASE WHEN need THEN 'yes' WHEN NOT need THEN 'no' END" if cut == "need" else cut
    return f"coalesce({text}, '{NOT_STATED}')"


def contact_sql(asked: Asked, profile: Profile, known_until: date) -> tuple[str, str]:
    """Return the SQL of what one contact of TABLE adds to a variant, NULL where it does not count, or not yet, and of
    whether a value was to be expected: its customer was asked, or it was handled, on a channel that counts.
    """
    cells = {each.rpartition(" AS ")[2]: each.rpartition(" AS ")[0] for each in _cells([asked], profile, known_until)}
    expected = "asked" if asked.asks_customers else "handled"
    return cells["x0"], f"({expected}{_of_channels(asked.computed.channels)})"


def _absent(profile: Profile) -> str:
    """Return the SQL of the fields that a profile does not map: nothing is known of them."""
    kinds = {**dict.fromkeys(KPI_FIELDS, "VARCHAR"), **dict.fromkeys(IN_SECONDS, "DOUBLE"), **SQL_TYPE}
    return "".join(f", NULL::{kinds[field]} AS {field}" for field in KPI_FIELDS if field not in profile.columns)


def _number(field: str, profile: Profile) -> str:
    """Return the SQL of what an answer counts, NULL where it is none or lies off its scale."""
    column = profile.columns.get(field)
    if column is None:
        return "NULL::DOUBLE"
    low, high = INSTRUMENTS.get(field, (column.lowest, column.highest))
    number = score_sql(f"p.{field}", column, profile.decimal)
    return number if low is None or high is None else f"CASE WHEN {number} BETWEEN {low} AND {high} THEN {number} END"


def _cells(wanted: Sequence[Asked], profile: Profile, known_until: date) -> list[str]:
    """Return the SQL of what each variant takes of a contact: x to add, y to divide by, h for held back, a for asked."""
    cells = []
    for at, each in enumerate(wanted):
        formula, values = each.formula, _values(each, profile)
        of = _of_channels(each.computed.channels)
        counts = f"({formula.counts.format(**values)}){of}"
        held = formula.held.format(**values).replace("horizon", f"DATE '{known_until}'")
        now = f"{counts} AND NOT ({held})" if held else counts
        cells.append(f"CASE WHEN {now} THEN ({formula.adds.format(**values)})::DOUBLE END AS x{at}")
        if formula.over:
            cells.append(f"CASE WHEN {now} THEN ({formula.over.format(**values)})::DOUBLE END AS y{at}")
        cells.append(f"({counts} AND {held}) AS h{at}" if held else f"FALSE AS h{at}")
        cells.append(f"(asked{of}) AS a{at}")
    return cells


def _values(asked: Asked, profile: Profile) -> dict[str, str]:
    column = profile.columns.get("satisfaction")
    return {
        **asked.computed.parameters,
        **{field: f"{field}_points" for field in AS_SAID},
        "best": str(column.highest if column else ""),
    }


def _of_channels(channels: Sequence[str]) -> str:
    return f" AND channel IN ({', '.join(map(literal, channels))})" if channels else ""


def _aggregates(wanted: Sequence[Asked], confidence: float) -> list[tuple[str, ...]]:
    from statistics import NormalDist

    z = NormalDist().inv_cdf((1 + confidence) / 2)
    found: list[tuple[str, ...]] = []
    for at, each in enumerate(wanted):
        x, y, q = f"x{at}", f"y{at}", each.formula.quantile
        common = (f"count({x})", f"count(*) FILTER (h{at})", f"count(*) FILTER (a{at})")
        found.append((*common, *_of_kind(each.formula, x, y, q, z)))
    return found


def _of_kind(formula: Formula, x: str, y: str, q: float, z: float) -> tuple[str, ...]:
    if formula.kind == "index":
        return f"count(*) FILTER ({x} > 0)", f"count(*) FILTER ({x} < 0)"
    if formula.kind == "ratio":
        return f"sum({x})", f"sum({x} * {x})", f"sum({y})", f"sum({y} * {y})", f"sum({x} * {y})"
    if formula.kind == "quantile":
        # the ranks between which the true quantile lies, by the normal form of the binomial distribution
        middle, reach_ = f"count({x}) * {q}", f"{z} * sqrt(count({x}) * {q * (1 - q)})"
        low = f"greatest(1, floor({middle} - {reach_}))::BIGINT"
        high = f"least(count({x}), ceil({middle} + {reach_}) + 1)::BIGINT"
        ranked = f"list_sort(list({x}) FILTER ({x} IS NOT NULL))"
        return (
            f"quantile_cont({x}, {q})",
            f"list_extract({ranked}, {low})",
            f"list_extract({ranked}, {high})",
            low,
            high,
        )
    return f"sum({x})", f"sum({x} * {x})"


def _read(
    row: Sequence[Any], wanted: Sequence[Asked], cut: str, sums: Sequence[Sequence[str]], confidence: float
) -> Iterator[Measured]:
    span, slice_, *cells = row
    for each, group in zip(wanted, sums, strict=True):
        (n, held, asked, *parts), cells = cells[: len(group)], cells[len(group) :]
        if n or held:
            answers = asked if each.asks_customers else None
            yield Measured(each, span, cut, slice_, _sums(each.formula, n, held, parts, confidence), answers)


def _sums(formula: Formula, n: int, held: int, parts: Sequence[Any], confidence: float) -> Sums:
    if not n:
        return Sums(0, held)
    if formula.kind == "index":
        return Sums(n, held, up=parts[0], down=parts[1])
    if formula.kind == "ratio":
        x, xx, y, yy, xy = map(float, parts)
        return Sums(n, held, x, xx, y, yy, xy)
    if formula.kind == "quantile":
        value, low, high, first, last = parts
        told = rank_coverage(n, formula.quantile, first, last) >= confidence
        return Sums(n, held, quantiles=(value, low, high) if told else (value, None, None))
    return Sums(n, held, float(parts[0]), float(parts[1]))
