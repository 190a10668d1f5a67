"""A business case as somebody writes it: options with costs, benefits and risks, each figure by the name of what makes it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from pydantic_core import PydanticCustomError

from qacli.files.schema import Date, Definition, Id, Named, Number, PersonId, Strict, Text, Whole, wrong_at
from qacli.improve.cases import formula
from qacli.improve.cases.formula import Part, Wrong
from qacli.improve.cases.sources import SourceName
from qacli.improve.cases.trace import NAMED, fields, typed_figures, without_fields

Each = Literal["once", "week", "month", "year"]
DO_NOTHING = "do-nothing"
"""The option that every case has: what comes of it if nobody decides anything."""
OF_OPTION = ("cost", "benefit", "net", "gain", "worst", "best", "payback")
"""What a text may say of an option: {panel.gain}."""
OF_FIGURE = ("low", "high", "range")
"""What a text may say of a figure or an assumption besides its value: {failed.range}."""
Place = tuple[str | int, ...]


class Figure(Strict):
    """Where one figure comes from: the command that shows it, the row, and the column."""

    from_: SourceName = Field(alias="from", description="The command that makes it, for example resource review.")
    row: Text = Field(description="Which row: a desk, a KPI, a criterion, a finding, a benchmark, by its id.")
    column: Text = Field(description="Which column of it.")
    where: dict[Id, Text] = Field(
        default_factory=dict, description="What narrows it down, as the options of the command do: {period: 2026-05}."
    )
    unit: Text | None = Field(default=None, description="What it counts, where the source does not say.")


class Assumption(Strict):
    """A figure that no record holds: with its source, and how low and how high it may be."""

    value: Number = Field(description="What you take it to be.")
    low: Number = Field(description="How low it may be.")
    high: Number = Field(description="How high it may be.")
    unit: Text = Field(description="What it counts.")
    source: Text = Field(description="Where it is from: a document, a person who knows, a trial, with its date.")


class Amount(Strict):
    """One cost."""

    what: Text = Field(description="What it is for, in a few words.")
    amount: Annotated[str, StringConstraints(min_length=1, max_length=400)] = Field(
        description="A formula of figures and assumptions by name, with + - * / and brackets; never a number."
    )
    each: Each = Field(default="once", description="once, or each week, month or year.")

    @cached_property
    def formula(self) -> Part:
        """The parts of the formula. Raises Wrong."""
        return formula.parse(self.amount)


class Benefit(Amount):
    """One benefit, measured against how things are now."""

    baseline: Id | None = Field(
        default=None, description="The figure that says how things are now; it stands in the amount, and is recorded."
    )


class Risk(Strict):
    """What may go wrong with an option."""

    what: Text = Field(description="What may happen.")
    answer: Text = Field(description="What is done about it.")
    owner: PersonId = Field(description="Who watches it, by person id.")


class Option(Strict):
    """One way to go."""

    id: Id = Field(description="Short name; do-nothing is the one that changes nothing.")
    title: Text = Field(description="Name shown to people.")
    costs: tuple[Amount, ...] = Field(default=(), description="What it costs.")
    benefits: tuple[Benefit, ...] = Field(default=(), description="What it brings.")
    risks: tuple[Risk, ...] = Field(min_length=1, description="What may go wrong with it; doing nothing has risks too.")

    def amounts(self) -> Iterator[tuple[Place, Amount]]:
        """Yield each cost, then each benefit, with its place in the option."""
        for name, listed in (("costs", self.costs), ("benefits", self.benefits)):
            for number, each in enumerate(listed):
                yield (name, number), each


class Action(Strict):
    """One thing that is to be done once the case is approved."""

    what: Text = Field(description="What is done.")
    owner: PersonId = Field(description="Who does it, by person id.")
    due: Date = Field(description="By when.")


class Ask(Strict):
    """What is asked of whom."""

    what: Text = Field(description="The decision that is asked for, in one sentence.")
    of: PersonId = Field(description="Who decides: that person approves the case.")
    by: Date = Field(description="The day by which a decision is needed.")


class Case(Definition):
    """A business case."""

    title: Text = Field(description="What it is about.")
    template: Named = Field(default="business-case", description="The format, of definitions/templates.yaml.")
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = Field(
        description="What money is counted in, for example GBP."
    )
    months: Whole = Field(ge=1, le=120, description="How many months costs and benefits are counted over.")
    figures: dict[Id, Figure] = Field(min_length=1, description="Figures by a name of yours, each with what makes it.")
    assumptions: dict[Id, Assumption] = Field(
        default_factory=dict, description="What no record holds, with source, low and high."
    )
    options: tuple[Option, ...] = Field(min_length=2, description="The ways to go; one of them is do-nothing.")
    recommend: Id = Field(description="The option that is recommended.")
    because: Text = Field(description="Why that one.")
    actions: tuple[Action, ...] = Field(min_length=1, description="What is done once it is approved.")
    ask: Ask = Field(description="What is asked of whom, by when.")
    texts: dict[Id, Text] = Field(
        description="The sections that the template leaves to you, by id. Figures stand in braces: {failed}, {panel.gain}."
    )

    def option(self, id: str) -> Option:  # noqa: A002
        """Return an option. Raises StopIteration where there is none."""
        return next(each for each in self.options if each.id == id)

    def written(self) -> Iterator[tuple[Place, str]]:
        """Yield every text that the document shows as it was written, with its place."""
        yield ("title",), self.title
        yield ("because",), self.because
        yield ("ask", "what"), self.ask.what
        for name, text in self.texts.items():
            yield ("texts", name), text
        for number, action in enumerate(self.actions):
            yield ("actions", number, "what"), action.what
        for at, option in enumerate(self.options):
            yield ("options", at, "title"), option.title
            for place, each in option.amounts():
                yield ("options", at, *place, "what"), each.what
            for number, risk in enumerate(option.risks):
                yield ("options", at, "risks", number, "what"), risk.what
                yield ("options", at, "risks", number, "answer"), risk.answer

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return every figure without a trace, and what else does not hold together."""
        yield from self._options()
        for at, option in enumerate(self.options):
            for place, each in option.amounts():
                yield from self._amount(("options", at, *place), each)
        for place, text in self.written():
            yield from self._text(place, text)
        for name, taken in self.assumptions.items():
            if name in self.figures:
                yield wrong_at(("assumptions", name), "repeated-item", f"{name} is the name of a figure already")
            if not taken.low <= taken.value <= taken.high:
                message = f"{taken.value} does not lie between {taken.low} and {taken.high}"
                yield wrong_at(("assumptions", name, "value"), "assumption-range", message)
        if self.ask.of == self.owner:
            yield wrong_at(("ask", "of"), "same-person", f"{self.owner} owns the case and cannot decide it as well")
        if not any(name in self._used() for name in self.figures):
            yield wrong_at(("figures",), "no-trace", "no cost or benefit rests on a recorded figure")

    def _options(self) -> Iterator[PydanticCustomError]:
        ids = [each.id for each in self.options]
        if DO_NOTHING not in ids:
            message = "doing nothing is no option of it: write one with id: do-nothing, its risks and what it costs"
            yield wrong_at(("options",), "no-do-nothing", message)
        for at, name in enumerate(ids):
            if name in ids[:at] or name in self.figures or name in self.assumptions:
                yield wrong_at(("options", at, "id"), "repeated-item", f"{name} is the name of something else already")
        if self.recommend not in ids:
            yield wrong_at(("recommend",), "unknown-option", f"there is no option {self.recommend}: {', '.join(ids)}")
        for at, option in enumerate(self.options):
            if option.id != DO_NOTHING and not option.costs:
                yield wrong_at(
                    ("options", at), "no-cost", f"{option.id} costs nothing: say what it takes, if only hours"
                )
            yield from self._twice(at, option)

    def _twice(self, at: int, option: Option) -> Iterator[PydanticCustomError]:
        """A saving is counted as what doing nothing costs, or as what acting brings, not as both."""
        idle = {each.baseline for one in self.options if one.id == DO_NOTHING for each in one.benefits}
        idle |= {name for one in self.options if one.id == DO_NOTHING for each in one.costs for name in _names(each)}
        for number, each in enumerate(option.benefits if option.id != DO_NOTHING else ()):
            if each.baseline and each.baseline in idle:
                message = f"{each.baseline} is a cost of doing nothing already: its saving would be counted twice"
                yield wrong_at(("options", at, "benefits", number, "baseline"), "counted-twice", message)

    def _amount(self, place: Place, each: Amount) -> Iterator[PydanticCustomError]:
        try:
            used = set(formula.names(each.formula))
        except Wrong as wrong:
            yield wrong_at((*place, "amount"), wrong.code, str(wrong))
            return
        for name in sorted(used - set(self.figures) - set(self.assumptions)):
            yield wrong_at((*place, "amount"), "unknown-figure", f"no figure or assumption is called {name}")
        if isinstance(each, Benefit):
            if each.baseline is None or each.baseline not in self.figures:
                message = "a benefit needs a baseline: the recorded figure that says how things are now"
                yield wrong_at((*place, "baseline") if each.baseline else place, "no-baseline", message)
            elif each.baseline not in used:
                message = f"{each.baseline} does not stand in its amount"
                yield wrong_at((*place, "baseline"), "no-baseline", message)

    def _text(self, place: Place, text: str) -> Iterator[PydanticCustomError]:
        if typed := typed_figures(without_fields(text), self.currency):
            message = f"typed, with no record that makes it: {'; '.join(typed)}. Name a figure in braces instead"
            yield wrong_at(place, "no-trace", message)
        for field in fields(text):
            if not self._known(field):
                yield wrong_at(place, "unknown-figure", f"{{{field}}} is no figure, assumption or result of an option")

    def _known(self, field: str) -> bool:
        name, _, part = field.partition(".")
        if not NAMED.fullmatch(field):
            return False
        if name in self.figures or name in self.assumptions:
            return not part or part in OF_FIGURE
        return field == "months" or (name in {each.id for each in self.options} and part in OF_OPTION)

    def _used(self) -> set[str]:
        return {name for option in self.options for _, each in option.amounts() for name in _names(each)}


def _names(each: Amount) -> list[str]:
    try:
        return list(formula.names(each.formula))
    except Wrong:
        return []
