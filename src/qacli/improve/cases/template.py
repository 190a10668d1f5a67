"""The organisation's own format of a business case, as data: which sections it has, in which order, and what each holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from pydantic_core import PydanticCustomError

from qacli.files.schema import Definition, Id, Strict, Text, wrong_at
from qacli.improve.cases.trace import typed_figures

Holds = Literal["text", "ask", "options", "sensitivity", "risks", "actions", "assumptions", "figures"]
COMPULSORY: tuple[Holds, ...] = ("ask", "options", "sensitivity", "risks", "actions", "assumptions", "figures")
"""What no business case can do without, whatever its format: else nobody could check it."""


class Section(Strict):
    """One section of the document."""

    id: Id = Field(description="Short name; texts of a case name it.")
    title: Text = Field(description="Its heading.")
    holds: Holds = Field(
        description="text: written in the case, under texts; all others are worked out: ask, options, sensitivity, "
        "risks, actions, assumptions, figures."
    )
    asks: Text | None = Field(default=None, description="What the writer is to say in it; for sections that hold text.")


class Template(Definition):
    """One format of a business case."""

    title: Text = Field(description="Name shown to people.")
    sections: tuple[Section, ...] = Field(min_length=1, description="The sections, in order.")
    jinja: Annotated[str, StringConstraints(max_length=20_000)] | None = Field(
        default=None,
        description="The document as a Jinja template of your own, instead of one section below the other: "
        "{{ parts.options }} is a section by its id, {{ title }} the title. It runs apart and can reach nothing.",
    )

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return what is missing, what stands twice, and figures that are typed into the template."""
        held = Counter(each.holds for each in self.sections)
        if missing := [name for name in COMPULSORY if not held[name]]:
            yield wrong_at(("sections",), "section-missing", f"no section holds {', '.join(missing)}")
        ids = Counter(each.id for each in self.sections)
        for number, each in enumerate(self.sections):
            if ids[each.id] > 1:
                yield wrong_at(("sections", number, "id"), "repeated-item", f"section {each.id} stands twice")
            if typed := typed_figures(each.title):
                message = f"typed, with no record that makes it: {'; '.join(typed)}"
                yield wrong_at(("sections", number, "title"), "no-trace", message)
            if each.holds != "text" and (held[each.holds] > 1 or each.asks):
                why = "is held by two sections" if held[each.holds] > 1 else "is worked out: leave asks out"
                yield wrong_at(("sections", number), "section", f"{each.holds} {why}")
        if self.jinja and (typed := typed_figures(self.jinja)):
            yield wrong_at(("jinja",), "no-trace", f"typed, with no record that makes it: {'; '.join(typed)}")

    @property
    def written(self) -> dict[str, Section]:
        """The sections that hold text, by id."""
        return {each.id: each for each in self.sections if each.holds == "text"}
