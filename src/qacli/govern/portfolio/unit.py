"""Unit maps: what each criterion of a standard asks of the records, as data in a small closed language.

A criterion has parts, and holds where every part holds. There are five kinds of part: records of a table, records that
follow each other, an approved definition, the candidate's own words, and what the portfolio states of itself. No part is
a sentence or a piece of program, so that anybody can read from the map why a criterion counts as held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from qacli.files.schema import Definition, Strict, Text, Whole

ANYONE = "anyone"
CriterionId = Annotated[str, StringConstraints(pattern=r"^(mon|d13|per|gde|cfa)-[a-z0-9]+(\.[0-9]+)?$")]
Table = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
Column = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*(@[a-z_]+\.[a-z_]+)*$")]
"""A column of the table; ``item@items.channel`` goes on to the row of items whose id stands in the column item."""
Command = Annotated[str, StringConstraints(pattern=r"^qacli [a-z]", max_length=200)]


class Filter(Strict):
    """Which rows of one table count."""

    table: Table = Field(description="The table.")
    where: dict[Column, tuple[Text, ...]] = Field(default_factory=dict, description="Values that a column may have.")
    filled: tuple[Column, ...] = Field(default=(), description="Columns that must not be empty.")
    whose: Text = Field(default="by", description="Column that names the candidate; anyone: it may be of others.")


class Records(Filter):
    """Rows of one table."""

    least: Whole = Field(default=1, ge=1, description="So many at least.")
    covers: dict[Column, tuple[Text, ...]] = Field(default_factory=dict, description="Each of these values occurs.")
    differ: dict[Column, Whole] = Field(default_factory=dict, description="So many different values or days occur.")
    every: dict[Column, Text] = Field(
        default_factory=dict, description="Each value occurs that definitions in force name: authority.role."
    )
    make: Command = Field(description="The command that makes such a record.")

    @property
    def tables(self) -> frozenset[str]:
        """The tables that the part reads."""
        columns = [*self.where, *self.filled, *self.covers, *self.differ, *self.every]
        return frozenset({self.table, *(table for column in columns for table in tables_of(column))})

    @property
    def in_words(self) -> str:
        """What the part asks for."""
        words = [f"at least {self.least} {told(self)}" if self.least > 1 else told(self)]
        words += [f"{plain(name)} with each of {', '.join(values)}" for name, values in self.covers.items()]
        words += [f"{many} different {plural(name)}" for name, many in self.differ.items()]
        words += [f"{plain(name)} with each {source.replace('.', ' ')}" for name, source in self.every.items()]
        return ", ".join(words)


class Step(Filter):
    """One record of a chain."""

    links: Column | None = Field(default=None, description="Column with the id of an earlier record of the chain.")


class Chain(Strict):
    """Records that follow each other: each was made after the one before, and names one of those before."""

    chain: tuple[Step, ...] = Field(min_length=2, description="The records, in order.")
    make: Command = Field(description="The command that makes the next record.")

    @property
    def tables(self) -> frozenset[str]:
        """The tables that the part reads."""
        columns = [(step.table, [*step.where, *step.filled]) for step in self.chain]
        return frozenset(
            name
            for table, found in columns
            for name in (table, *(each for column in found for each in tables_of(column)))
        )

    @property
    def in_words(self) -> str:
        """What the part asks for."""
        return ", then ".join(told(step) for step in self.chain)


class Approved(Strict):
    """A definition that is in force and agreed by a second person; the candidate owns it or agreed it."""

    approved: Text = Field(description="Kind of definition, for example frame.")
    make: Command = Field(description="The command by which it is agreed.")

    @property
    def tables(self) -> frozenset[str]:
        """The tables that the part reads."""
        return frozenset({"approvals"})

    @property
    def in_words(self) -> str:
        """What the part asks for."""
        return f"{self.approved} in force, agreed by a second person"


class OwnWords(Strict):
    """The candidate says it in their own words; qacli never says it for them."""

    own_words: Literal["yes"] = Field(description="yes: nothing else is asked.")

    @property
    def tables(self) -> frozenset[str]:
        """The tables that the part reads."""
        return frozenset({"portfolio_words"})

    @property
    def in_words(self) -> str:
        """What the part asks for."""
        return "the candidate's own words"


class Stated(Strict):
    """The portfolio says it of itself."""

    stated: Literal["role", "sector", "assessor", "verifier"] = Field(description="Setting of portfolio.yaml.")

    @property
    def tables(self) -> frozenset[str]:
        """The tables that the part reads: none."""
        return frozenset()

    @property
    def make(self) -> str:
        """What states it."""
        return f"definitions/portfolio.yaml: {self.stated}"

    @property
    def in_words(self) -> str:
        """What the part asks for."""
        return f"{self.stated} stated in portfolio.yaml"


Part = Records | Chain | Approved | OwnWords | Stated


class Criterion(Strict):
    """One criterion of a standard: a heading in our words, and what the records must hold."""

    id: CriterionId = Field(description="Source and number, for example mon-p9.")
    heading: Text = Field(description="What it is about, in our words. It is no text of the standard.")
    needs: tuple[Part, ...] = Field(min_length=1, description="The parts; each of them must hold.")

    @property
    def tables(self) -> frozenset[str]:
        """The tables whose rows the criterion rests on."""
        return frozenset().union(*(part.tables for part in self.needs))

    @property
    def asks_for_words(self) -> bool:
        """Whether the candidate says something of it in their own words."""
        return any(isinstance(part, OwnWords) for part in self.needs)

    def make(self, part: Part) -> str:
        """Return the command that makes what a part asks for."""
        if isinstance(part, OwnWords):
            return f"qacli portfolio say {self.id} --words-file FILE"
        return part.make


class Unit(Definition):
    """One of the five standards, mapped criterion by criterion."""

    title: Text = Field(description="What the standard is called.")
    source: Text = Field(description="Which document it maps.")
    grid: Text = Field(
        default="", description="What an assessor's own form for it is called; empty where there is none."
    )
    criteria: tuple[Criterion, ...] = Field(min_length=1, description="Its criteria, in the order of the document.")


def criteria(units: Sequence[Unit]) -> Mapping[str, Criterion]:
    """Return every criterion of some units by its id, in order."""
    return {each.id: each for unit in units for each in unit.criteria}


def tables_of(column: str) -> Iterator[str]:
    """Yield the further tables that a column leads to."""
    for step in column.split("@")[1:]:
        yield step.partition(".")[0]


def plain(column: str) -> str:
    """Return what a column is called at its end: item@items.channel is channel."""
    return column.rpartition(".")[2]


def plural(column: str) -> str:
    """Return what several values of a column are called; times count as days."""
    return "days" if plain(column) == "at" else f"{plain(column)}s"


def told(part: Filter) -> str:
    """Return which rows a filter lets through, in words."""
    whose = {ANYONE: "", "by": " by the candidate"}.get(part.whose, f" whose {part.whose} is the candidate")
    words = [f"{plain(name)} {' or '.join(values)}" for name, values in part.where.items()]
    words += [f"with {' and '.join(plain(name) for name in part.filled)}"] if part.filled else []
    return ", ".join([f"{part.table}{whose}", *words])
