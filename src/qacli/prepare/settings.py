"""qacli.yaml: whose workspace this is, why it monitors, where its sources lie and who may do what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from qacli.files.schema import Date, Id, Number, PersonId, SourceName, Strict, Text, Whole, YesNo, refuse_all, wrong_at
from qacli.sources.transcripts.collection import Utterances

Provenance = Literal["live", "training", "example"]
Statement = Annotated[
    str,
    BeforeValidator(lambda value: "" if value is None else value),
    StringConstraints(max_length=4000, strip_whitespace=True),
    WithJsonSchema({"type": ["string", "number", "boolean", "null"], "maxLength": 4000}),
]
"""Text that may still be empty: ``qacli check`` asks for it, opening the workspace does not."""


Engine = Literal["postgresql", "spark"]
VARIABLE = "^[A-Za-z_][A-Za-z0-9_]*$"
TABLE = r"^[A-Za-z_][\w$]*(\.[A-Za-z_][\w$]*){0,3}$"
TEXT_FILES = (".csv", ".csv.gz", ".tsv", ".txt")
TABLES = ("transactions", "opt_outs")
"""Sources that may lie on another engine."""


class Reach(NamedTuple):
    """What an engine is asked for, and the setting that says where it runs."""

    asks: tuple[str, ...]
    needs: str


ENGINES: Mapping[str, Reach] = MappingProxyType(
    {"postgresql": Reach(("table", "query"), "connection"), "spark": Reach(("table", "query", "path"), "master")}
)


def _named_variable(name: str) -> str:
    if not re.fullmatch(VARIABLE, name):
        raise PydanticCustomError(
            "address-in-file",
            "name an environment variable here, such as QA_WAREHOUSE, and put the address into it: an address may hold a "
            "password, and files are copied",
        )
    return name


def _of(engine: str | None) -> str:
    return f"on {engine}" if engine else "of files"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise PydanticCustomError(
            "time-zone", "'{name}' is not a time zone: write one such as Europe/London", {"name": name}
        ) from None
    return name


class Source(Strict):
    """Where one kind of other people's data lies, and how it is read: files, or a table on another engine."""

    path: Annotated[str, StringConstraints(max_length=4000)] = Field(
        default="",
        description="File, folder or pattern below this folder, for example exports/transactions-*.csv; ** is any depth.",
    )
    sheet: Text | None = Field(
        default=None, description="Spreadsheets only: the sheet to read, where several can be seen."
    )
    engine: Engine | None = Field(
        default=None, description="Where a table or query is answered: postgresql or spark. Left out: files."
    )
    connection: (
        Annotated[str, AfterValidator(_named_variable), WithJsonSchema({"type": "string", "pattern": VARIABLE})] | None
    ) = Field(
        default=None,
        description="postgresql only: the environment variable that holds the address of the database, for example "
        "QA_WAREHOUSE. The address itself never stands in a file.",
    )
    master: Text | None = Field(default=None, description="spark only: the cluster, for example spark://head:7077.")
    table: Annotated[str, StringConstraints(pattern=TABLE)] | None = Field(
        default=None, description="A table or view of the engine, for example telephony.calls."
    )
    query: Text | None = Field(default=None, description="Instead of a table: a SELECT in the engine's own SQL.")
    profile: Id | None = Field(default=None, description="Mapping profile that says what the columns mean.")
    roles: dict[str, Text] = Field(
        default_factory=dict, description="Transcripts only: who speaks behind a mark, for example A: colleague."
    )
    times: Literal["clock", "elapsed"] = Field(
        default="clock",
        description="Transcripts only: 10:02 is a time of day (clock), or minutes and seconds since the start (elapsed).",
    )
    utterances: Utterances | None = Field(
        default=None,
        description="Transcripts only: one file of all conversations, a row for each utterance; its columns.",
    )

    @model_validator(mode="after")
    def _lies_somewhere(self) -> Source:
        refuse_all(self, self._misplaced())
        return self

    def _misplaced(self) -> Iterator[PydanticCustomError]:
        named = [name for name in ("path", "table", "query") if getattr(self, name)]
        asks = ("path",) if self.engine is None else ENGINES[self.engine].asks
        if len(named) != 1 or named[0] not in asks:
            words = "a path" if self.engine is None else f"one of {', '.join(asks)}, and one only"
            more = "" if self.engine or named == [] else "; a table or query also needs engine: postgresql or spark"
            at = (named[-1],) if named else ()
            yield wrong_at(at, "source-nowhere", f"a source {_of(self.engine)} has {words}{more}")
        for setting in ("connection", "master"):
            needed = self.engine is not None and ENGINES[self.engine].needs == setting
            if needed and not getattr(self, setting):
                yield wrong_at(("engine",), "source-nowhere", f"a source {_of(self.engine)} also needs {setting}:")
            elif getattr(self, setting) and not needed:
                yield wrong_at((setting,), "source-nowhere", f"a source {_of(self.engine)} has no {setting}")
        if self.engine == "spark" and self.path.lower().endswith(TEXT_FILES):
            yield wrong_at(
                ("path",),
                "spark-reads-parquet",
                "a path of Spark holds Parquet: text files are read by qacli itself, without engine and master",
            )


class Thresholds(Strict):
    """Numbers below or beyond which summaries stay silent and owners are told. They are ours, set by no source."""

    minimum_n: Whole = Field(default=5, ge=2, description="Fewer evaluations than this are shown as too few.")
    observed_channels: Whole = Field(
        default=3, ge=1, description="Whoever works on so many channels is to be observed on so many."
    )
    confidence: Whole = Field(default=95, ge=80, le=99, description="Confidence of every interval, in per cent.")
    score_within: Whole = Field(default=7, ge=1, description="Days after the draw by which an item is to be scored.")
    ahead: Whole = Field(default=28, ge=1, description="Days before a notice ends on which its owner is told.")
    trial_agreement: Number = Field(
        default=Decimal("0.6"), ge=0, le=1, description="Agreement, 0 to 1, that the trial of a scale has to reach."
    )
    answer_within: Whole = Field(
        default=14, ge=1, description="Days within which a question about a KPI is to be answered."
    )
    calibrate_within: Whole = Field(
        default=7, ge=1, description="Days after a calibration is opened by which it is scored."
    )
    calibration_tolerance: Number = Field(
        default=Decimal(5), ge=0, le=100, description="Points of 100 by which two scores of one item may differ."
    )


class Targets(Strict):
    """When a target counts as too easy or out of reach. The numbers are ours, set by no source."""

    hit_low: Whole = Field(default=10, ge=0, le=50, description="Met in fewer per cent of periods: out of reach.")
    hit_high: Whole = Field(default=90, ge=50, le=100, description="Met in more per cent of periods: too easy.")
    look_back: Whole = Field(default=13, ge=8, le=120, description="How many past periods are looked at.")
    by: Literal["day", "week", "month"] = Field(default="week", description="What a period is.")


class Disputes(Strict):
    """How scores may be contested. The numbers are ours, set by no source."""

    raise_within: Whole = Field(
        default=14, ge=1, le=365, description="Days from the feedback, or without one from the score, to raise it."
    )
    decide_within: Whole = Field(default=10, ge=1, le=365, description="Days from raising it by which it is decided.")
    never_lower: YesNo = Field(
        default=False, description="yes: no decision may lower a score, or fail a critical that had not failed."
    )


class Consulting(Strict):
    """Who is asked before a rule changes the work: both groups, always."""

    leaders: tuple[Id, ...] = Field(default=("team-leader",), min_length=1, description="Roles that lead people.")
    front_line: tuple[Id, ...] = Field(
        default=("colleague",), min_length=1, description="Roles that serve customers; colleague: all who do."
    )


class FeedbackTimes(Strict):
    """When feedback comes and is answered. The numbers are ours, set by no source."""

    lead_hours: Whole = Field(
        default=24, ge=0, le=336, description="Hours that the colleague has with the evidence before the talk."
    )
    answer_within: Whole = Field(
        default=7, ge=1, le=365, description="Days from the talk within which the colleague replies and acknowledges."
    )


class Unstated(NamedTuple):
    """A setting that monitoring should not start without."""

    setting: str
    message: str
    help: str


STATEMENTS = (
    Unstated(
        "purpose",
        "purpose of monitoring is not stated",
        "one sentence, for example: improve the quality of service to customers",
    ),
    Unstated(
        "lawful_basis",
        "lawful basis of monitoring is not stated",
        "name it, for example: legitimate interests, assessed on 2 March 2026",
    ),
    Unstated(
        "dpia",
        "no data protection impact assessment is named",
        "give its reference, for example: DPIA-QA-2 of 5 January 2026",
    ),
)


class Settings(Strict):
    """The whole of qacli.yaml."""

    organisation: Text = Field(description="Name printed on every document.")
    sector: Literal["private", "public", "not-for-profit"] = Field(
        description="Kind of organisation; a portfolio states the same."
    )
    provenance: Provenance = Field(
        description="live for real work, training or example otherwise; fixed by the first entry."
    )
    time_zone: Annotated[str, AfterValidator(_known_zone)] = Field(
        default="Europe/London", description="Time zone of the transactions and of everything printed."
    )
    nation: Literal["england-wales", "scotland", "northern-ireland"] = Field(
        default="england-wales", description="Whose bank holidays count in clocks of business days, and in deadlines."
    )
    purpose: Statement = Field(default="", description="Why you monitor, in one sentence that you tell people.")
    lawful_basis: Statement = Field(default="", description="Lawful basis under data protection law.")
    dpia: Statement = Field(default="", description="Reference of the data protection impact assessment.")
    dpia_review_by: Date | None = Field(
        default=None, description="Day by which the assessment is looked at again; qacli check says when it has passed."
    )
    sources: dict[SourceName, Source] = Field(
        default_factory=dict,
        description="Exports by what they hold: transactions, agents, transcripts, surveys, opt_outs.",
    )
    roles: dict[Id, tuple[PersonId, ...]] = Field(
        default_factory=dict, description="Who holds which role, by person id."
    )
    agreement: dict[Id, Id] = Field(
        default_factory=dict,
        description="Role that must agree a kind, for example frame: manager; left out: any second person. "
        "override: the role that may approve against a rule; dispute: the role that decides them.",
    )
    thresholds: Thresholds = Field(
        default_factory=Thresholds, description="When summaries say too few, and owners are told."
    )

    targets: Targets = Field(default_factory=Targets, description="When targets count as too easy or out of reach.")
    disputes: Disputes = Field(default_factory=Disputes, description="Until when scores may be contested, and how.")
    consulting: Consulting = Field(
        default_factory=Consulting, description="Who is asked before a rule changes the work."
    )
    feedback: FeedbackTimes = Field(
        default_factory=FeedbackTimes,
        description="How long before the talk its evidence is shared, and when it is answered.",
    )

    @model_validator(mode="after")
    def _rules(self) -> Settings:
        refuse_all(self, [*self._agreed_by_nobody(), *self._not_of_tables()])
        return self

    def _agreed_by_nobody(self) -> Iterator[PydanticCustomError]:
        for kind, role in self.agreement.items():
            if not self.roles.get(role):
                yield wrong_at(("agreement", kind), "unknown-role", f"nobody holds the role {role}: name them in roles")

    def _not_of_tables(self) -> Iterator[PydanticCustomError]:
        for name, source in self.sources.items():
            if source.engine and name not in TABLES:
                words = f"{name} are read from files; tables of an engine hold {' or '.join(TABLES)}"
                yield wrong_at(("sources", name, "engine"), "not-a-table", words)

    def unstated(self) -> list[Unstated]:
        """Return the statements that are still empty; ``qacli check`` reports each as missing-setting."""
        return [entry for entry in STATEMENTS if not getattr(self, entry.setting)]

    def roles_of(self, person: str) -> tuple[str, ...]:
        """Return the roles that a person holds, in the order of the file."""
        return tuple(role for role, people in self.roles.items() if person in people)
