"""Mapping profiles: which column of somebody's export is which field of ours, and how its cells are to be read."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from qacli.engine.ranks import normal
from qacli.files.layout import Quoting
from qacli.files.schema import Definition, Id, Number, Strict, Text, wrong_at
from qacli.sources.emotion import INSTEAD, RULE, WHY, column_claims_emotion

DateOrder = Literal["d/m/y", "m/d/y", "y-m-d", "d-mon-y", "epoch-s", "epoch-ms", "sheet-days"]
LOCAL_ORDERS = ("d/m/y", "m/d/y", "y-m-d", "d-mon-y", "sheet-days")
"""Ways of writing dates that may stand in one column together; the others are instants."""
Unit = Literal["seconds", "minutes", "milliseconds", "hh:mm:ss", "mm:ss", "clock", "day-fraction"]
Encoding = Literal["utf-8", "cp1252", "latin-1", "utf-16-le", "utf-16-be"]
Kind = Literal["transactions", "agents", "opt_outs", "surveys"]

KPI_FIELDS = (
    "product",
    "wait",
    "answered",
    "abandoned_after",
    "talk",
    "hold",
    "after_work",
    "ready",
    "concurrency",
    "first_response",
    "transferred",
    "escalated",
    "resolved",
    "complaint",
    "surveyed",
    "recommend",
    "effort",
    "need",
)
"""Fields of transactions from which KPIs are computed, and nothing else."""
DATES = ("started_at", "ended_at", "changed_at", "from", "to", "answered_at")
FIELDS: dict[str, tuple[str, ...]] = {
    "transactions": (
        "transaction",
        "started_at",
        "ended_at",
        "changed_at",
        "colleague",
        "team",
        "channel",
        "customer",
        "reason",
        "queue",
        "seconds",
        "satisfaction",
        *KPI_FIELDS,
    ),
    "agents": ("agent", "colleague", "name", "login", "team"),
    "opt_outs": ("customer", "from", "to", "scope"),
    "surveys": ("transaction", "answered_at", "customer", "satisfaction"),
}
IN_SECONDS = ("seconds", "wait", "abandoned_after", "talk", "hold", "after_work", "ready", "first_response")
"""Fields that hold seconds."""
YES_NO = ("answered", "transferred", "escalated", "resolved", "surveyed", "need")
COUNTS = ("concurrency",)
MADE = (*DATES, *IN_SECONDS, *YES_NO, *COUNTS)
"""Fields whose cells become times, numbers or yes and no: one that cannot be read is a fault."""
AS_SAID = ("satisfaction", "recommend", "effort")
"""Answers of customers: kept as they were said; the scale is for those who count them."""
REQUIRED = {
    "transactions": ("transaction", "started_at"),
    "agents": ("agent",),
    "opt_outs": ("customer",),
    "surveys": ("transaction", "satisfaction"),
}


DateOrders = Annotated[
    Annotated[DateOrder, Tag("one")] | Annotated[tuple[DateOrder, ...], Field(min_length=2), Tag("list")],
    Discriminator(lambda value: "list" if isinstance(value, (list, tuple)) else "one"),
]
"""One way of writing dates, or several that occur in one column."""


class Column(Strict):
    """Where one field comes from."""

    column: Text = Field(description="The name in the first row of the export, exactly as written there.")
    values: dict[Text, Text] = Field(
        default_factory=dict, description="What a value of the export is called here, for example Phone: phone."
    )
    dates: DateOrders | None = Field(
        default=None,
        description=(
            "How dates are written in this column, or a list of the ways that occur in it, [y-m-d, d/m/y], of which no cell "
            "may fit two with different meanings: d/m/y, m/d/y, y-m-d, d-mon-y (01-Aug-2026), or seconds or milliseconds "
            "since 1970 (epoch-s, epoch-ms), or a spreadsheet's count of days (sheet-days). The separator may be / - or a "
            "dot. Real dates of a spreadsheet or of Parquet are y-m-d."
        ),
    )
    time: Text | None = Field(default=None, description="The column with the time of day, where it stands apart.")
    unit: Unit | None = Field(
        default=None,
        description=(
            "What a duration counts, never guessed: seconds, minutes, milliseconds, hh:mm:ss, mm:ss, clock (a spreadsheet "
            "shows 2 min 23 s as 12:02:23 AM) or day-fraction (as 0.00165)."
        ),
    )
    unit_column: Text | None = Field(
        default=None, description="The column that says in each row what the duration counts, in place of unit."
    )
    lowest: Number | None = Field(default=None, description="Answers of customers: the worst value of their scale.")
    highest: Number | None = Field(default=None, description="Answers of customers: the best value of their scale.")

    @property
    def renamed(self) -> dict[str, str]:
        """What cells are called here: {cell as it is compared, composed and without blanks around it: our word}."""
        return {normal(raw): ours for raw, ours in self.values.items()}

    @property
    def named(self) -> str:
        """The column as messages name it; both columns, Datum+Uhrzeit, where the time of day stands apart."""
        return f"{self.column}+{self.time}" if self.time else self.column


class MeasureColumn(Strict):
    """A column that measures something: a wait, a hold, how many transfers."""

    column: Text = Field(description="The name in the first row of the export, exactly as written there.")
    unit: Unit | None = Field(
        default=None, description="What a duration counts, as for seconds; left out where the column is a plain count."
    )
    unit_column: Text | None = Field(
        default=None, description="The column that says in each row what the duration counts, in place of unit."
    )
    values: dict[Text, Text] = Field(
        default_factory=dict, description="Numbers for words, for example transferred {Y: 1, N: 0}."
    )


DURATIONS = ("seconds", "minutes", "hours")
"""Last words of the names of measures that are durations."""


class Grain(Strict):
    """What to do where a transaction fills several rows."""

    one_per: Literal["transaction"] = Field(description="Take one row for each transaction.")
    keep: Literal["last", "first"] = Field(description="Which row counts: the last or the first.")
    by: Literal["changed_at", "started_at", "ended_at"] | None = Field(
        default=None,
        description="The time that orders the rows, for example changed_at; left out: their order in the file.",
    )


class Profile(Definition):
    """How one kind of export is read. Columns that are not named here are left out."""

    kind_of_source: Kind = Field(default="transactions", description="transactions, agents, opt_outs or surveys.")
    encoding: Encoding | None = Field(
        default=None,
        description=(
            "How the file was saved, where it is not UTF-8: cp1252 is Windows, Western Europe; latin-1 is ISO 8859-1; "
            "utf-16-le or utf-16-be only where the file has no byte order mark."
        ),
    )
    delimiter: Literal[",", ";", "|", "tab"] | None = Field(
        default=None, description="What separates the cells, where the header does not tell."
    )
    quoting: Quoting = Field(
        default="doubled",
        description=(
            'How a quote inside a quoted cell is written: doubled (""), backslash (\\"), or none where quotes mean nothing.'
        ),
    )
    decimal: Literal[".", ","] = Field(default=".", description="What stands before decimals: 2.5 or 2,5.")
    columns: dict[str, Column] = Field(description="Our field: the column of the export it comes from.")
    measures: dict[Id, MeasureColumn] = Field(
        default_factory=dict,
        description="What else the export measures, for rules that fill in criteria: wait-seconds, hold-seconds, transfers.",
    )
    time_zone: Text | None = Field(
        default=None,
        description=("Time zone of local times, for example Europe/London. Left out: that of the workspace."),
    )
    missing: tuple[str, ...] = Field(default=("",), description='What stands where nothing is known, for example "?".')
    grain: Grain | None = Field(default=None, description="Only where a transaction fills several rows.")

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str | None) -> str | None:
        if name is not None and name not in available_timezones():
            raise wrong_at((), "time-zone", f"'{name}' is no time zone: write it as Europe/London")
        return name

    @model_validator(mode="after")
    def _fields_fit(self) -> Self:
        fields = FIELDS[self.kind_of_source]
        for field, column in self.columns.items():
            if field not in fields:
                raise wrong_at(
                    ("columns", field),
                    "no-such-field",
                    f"'{field}' is no field of {self.kind_of_source}: one of {', '.join(fields)}",
                )
            if column_claims_emotion(column.column):
                raise wrong_at(("columns", field, "column"), RULE, f"'{column.column}': {WHY}; {INSTEAD}")
            if field in DATES and column.dates is None:
                raise wrong_at(
                    ("columns", field, "column"),
                    "dates-missing",
                    f"say how dates are written in '{column.column}': dates: d/m/y or another order",
                )
            self._dates_fit_together(field, column)
            if field in IN_SECONDS and (column.unit is None) == (column.unit_column is None):
                raise wrong_at(
                    ("columns", field, "column"),
                    "unit-missing",
                    f"say what '{column.column}' counts: unit: {', '.join(get_args(Unit))}; or the column that says it: "
                    "unit_column",
                )
        self._measures_fit()
        if self.grain and self.kind_of_source != "transactions":
            raise wrong_at(("grain",), "no-grain", f"{self.kind_of_source} have no grain: it is for transactions only")
        if self.grain and self.grain.by and self.grain.by not in self.columns:
            by = self.grain.by
            raise wrong_at(("grain", "by"), "no-such-time", f"rows are ordered by {by}, and columns does not name {by}")
        for field in REQUIRED[self.kind_of_source]:
            if field not in self.columns:
                raise wrong_at(("columns",), "field-missing", f"columns must name the field {field}")
        return self

    def _dates_fit_together(self, field: str, column: Column) -> None:
        orders = column.dates if isinstance(column.dates, tuple) else ()
        if alone := [order for order in orders if order not in LOCAL_ORDERS]:
            raise wrong_at(
                ("columns", field, "dates"),
                "dates-apart",
                f"{alone[0]} is an instant, and the other ways are local times: a list takes {', '.join(LOCAL_ORDERS)}",
            )
        if len(set(orders)) < len(orders):
            raise wrong_at(("columns", field, "dates"), "repeated", "a way of writing dates stands twice")

    def _measures_fit(self) -> None:
        for name, column in self.measures.items():
            place, duration = ("measures", name, "column"), name.rpartition("-")[2] in DURATIONS
            if self.kind_of_source != "transactions":
                raise wrong_at(("measures",), "no-measures", f"{self.kind_of_source} have no measures")
            if column_claims_emotion(column.column):
                raise wrong_at(place, RULE, f"'{column.column}': {WHY}; {INSTEAD}")
            if duration and (column.unit is None) == (column.unit_column is None):
                raise wrong_at(place, "unit-missing", f"say what '{column.column}' counts: unit, or unit_column")
            if not duration and (column.unit or column.unit_column):
                raise wrong_at(
                    place,
                    "unit-of-count",
                    f"{name} is a count by its name: call a duration {name}-seconds, or leave unit out",
                )

    @property
    def separator(self) -> str | None:
        """The delimiter as a character, None where the header decides."""
        return "\t" if self.delimiter == "tab" else self.delimiter

    def zone(self, default: ZoneInfo) -> ZoneInfo:
        """Return the time zone of local times."""
        return ZoneInfo(self.time_zone) if self.time_zone else default


def fields_of(profile: Profile) -> list[str]:
    """Return the fields of what a profile reads: when a row was written, and what KPIs are made of, only where it is said."""
    only_if_said = {"changed_at", *KPI_FIELDS}
    return [field for field in FIELDS[profile.kind_of_source] if field not in only_if_said or field in profile.columns]
