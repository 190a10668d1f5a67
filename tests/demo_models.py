"""Small definitions for the tests of the YAML floor; they stand on the same grain as the real kinds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, RootModel, StringConstraints, model_validator

from qacli.files.schema import Date, Definition, Id, Number, Reference, Strict, Text, Whole, YesNo, wrong_at


class YesOrNo(Strict):
    type: Literal["yes_no"]
    not_applicable: YesNo = False


class Points(Strict):
    type: Literal["points"]
    maximum: Whole = Field(ge=1, le=10)


class Criterion(Strict):
    id: Id
    weight: Number
    severity: Literal["minor", "major", "critical"] = "minor"
    scoring: Annotated[YesOrNo | Points, Field(discriminator="type")]
    scale: Reference | None = None
    cap: Whole | Literal["none"] | None = None


class Section(Strict):
    label: Text
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=5)


class Scorecard(Definition):
    label: Text
    sections: tuple[Section, ...] = Field(min_length=1)
    thresholds: dict[str, Whole] = Field(default_factory=dict)

    @model_validator(mode="after")
    def weights_add_up(self) -> Scorecard:
        total = sum(criterion.weight for section in self.sections for criterion in section.criteria)
        if total != 100:
            last = len(self.sections) - 1
            place = ("sections", last, "criteria", len(self.sections[last].criteria) - 1, "weight")
            raise wrong_at(place, "weights-sum", f"weights add up to {total}, not 100")
        return self


class Technique(Strict):
    id: Id
    label: Text
    since: Date | None = None
    language: Annotated[str, StringConstraints(pattern="^[a-z]{2}$")] = "en"
    note: Annotated[str, StringConstraints(max_length=20)] = ""


class Techniques(RootModel[tuple[Technique, ...]]):
    """A file that is a list of items."""
