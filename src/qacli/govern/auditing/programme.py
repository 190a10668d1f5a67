"""Audit programmes: what is audited against which clause, how it is tested, how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Id, Strict, Text, Whole, wrong_at
from qacli.govern.clock import months_later
from qacli.prepare.workdays import DAY

SAMPLE, TRAIL = "sample", "trail"
Grade = Literal["major", "minor", "observation"]
Check = Literal[
    "own-work",
    "told-first",
    "approved-cards",
    "evidence",
    "scored-in-time",
    "feedback-acknowledged",
    "disputes-in-time",
    "calibrated",
    "trail",
]
"""What is looked up in the records themselves, see ``checks``; trail in the files that hold them."""
COMPLAINTS, DECISIONS = "complaints", "decisions"
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        COMPLAINTS: ("case", "received", "answered", "kind"),
        DECISIONS: ("on", "case", "person", "decision", "amount", "approver"),
    }
)
"""What a register holds, by its kind."""
MONTHS: Mapping[str, int] = MappingProxyType({"month": 1, "quarter": 3, "year": 12})


class Test(Strict):
    """One question of an audit. It is answered by the auditor for each form of the sample, or by records, or a register."""

    id: Id = Field(description="Short name of the question.")
    clause: Text = Field(description="What it is held against: standard, clause, our own rule.")
    asks: Text = Field(description="What has to hold.")
    check: Check | None = Field(default=None, description="It is looked up in all records of the period.")
    register_: Id | None = Field(
        default=None, alias="register", description="It is worked out of a register, named in registers."
    )
    grade: Grade = Field(default="minor", description="Grade of a finding, where the auditor states no other.")

    @property
    def by(self) -> str:
        """How it is answered: the name of a check, of a register, or sample."""
        return self.check or self.register_ or SAMPLE


class Register(Strict):
    """A list that another system keeps: complaints with their days, or decisions about money."""

    kind: Literal["complaints", "decisions"] = Field(description="complaints or decisions.")
    path: Text = Field(description="The CSV file, below the folder of the workspace.")
    columns: dict[str, Text] = Field(description="Our field: the column of the file, exactly as written there.")
    clocks: dict[Text, Id] = Field(
        default_factory=dict,
        description="Complaints: which trigger of escalations.yaml, with its clocks, each kind has; any stands for the others.",
    )

    def missing(self) -> list[str]:
        """Return the fields that the columns lack."""
        return [field for field in COLUMNS[self.kind] if field not in self.columns]


class Programme(Definition):
    """An audit that comes round: its scope, its tests, the size of its sample."""

    title: Text = Field(description="Name shown to people.")
    scope: Text = Field(description="What it is about, and what not.")
    standard: Text = Field(description="What it is held against, with its edition.")
    every: Literal["month", "quarter", "year"] = Field(description="How often.")
    sample: Whole = Field(default=10, ge=1, le=500, description="How many scored forms are looked at.")
    tests: tuple[Test, ...] = Field(min_length=1, max_length=60, description="What is asked.")
    registers: dict[Id, Register] = Field(default_factory=dict, description="Registers that tests read.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return tests that are asked twice or in two ways, and registers that are not stated whole."""
        seen: set[str] = set()
        for place, test in enumerate(self.tests):
            if test.id in seen:
                yield wrong_at(("tests", place, "id"), "repeated-test", f"test {test.id} stands twice")
            seen.add(test.id)
            if test.check and test.register_:
                yield wrong_at(("tests", place), "two-ways", f"{test.id} is answered by check or by register, not both")
            if test.register_ and test.register_ not in self.registers:
                yield wrong_at(("tests", place, "register"), "no-register", f"there is no register {test.register_}")
        for name, register in self.registers.items():
            if lacks := register.missing():
                yield wrong_at(("registers", name, "columns"), "columns-missing", f"columns lack {', '.join(lacks)}")
            if register.kind == COMPLAINTS and not register.clocks:
                yield wrong_at(("registers", name), "no-clock", "say in clocks which clock each kind of complaint has")

    @property
    def reads_sample(self) -> bool:
        """Whether forms are looked at one by one."""
        return any(test.by == SAMPLE for test in self.tests)

    @property
    def reads_records(self) -> bool:
        """Whether all records of a period are looked through."""
        return any(test.check for test in self.tests)

    def period_before(self, day: date) -> tuple[date, date]:
        """Return the first and last day of the last whole month, quarter or year before a day."""
        months = MONTHS[self.every]
        first = date(day.year, (day.month - 1) // months * months + 1, 1)
        return months_later(first, -months), first - DAY


def due_after(day: date) -> date:
    """Return by when an audit is planned after its period, and done after it was planned: 30 days, our setting."""
    return day + timedelta(days=30)
