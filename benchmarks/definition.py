"""A 2,500-line definition, loaded and validated with positions, against PyYAML's C loader composing the same text."""

from __future__ import annotations

from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Annotated, Literal

import yaml
from pydantic import Field

from qacli.files.schema import Definition, Id, Number, Strict, Text, Whole, YesNo
from qacli.files.validate import validate
from qacli.files.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Callable

NAME = "a 2,500-line definition loaded and validated"
PEER = "yaml.compose(CSafeLoader)"
BUDGET = 4.0
ROUNDS = 9


class YesOrNo(Strict):
    type: Literal["yes_no"]
    not_applicable: YesNo = False


class Points(Strict):
    type: Literal["points"]
    maximum: Whole


class Criterion(Strict):
    id: Id
    label: Text
    weight: Number
    severity: Literal["minor", "major", "critical"] = "minor"
    guide: Text | None = None
    scoring: Annotated[YesOrNo | Points, Field(discriminator="type")]


class Section(Strict):
    id: Id
    label: Text
    criteria: tuple[Criterion, ...]


class Scorecard(Definition):
    label: Text
    sections: tuple[Section, ...]


def definition(sections: int = 35, criteria: int = 10) -> str:
    """Return a scorecard of about 2,500 lines."""
    lines = ["id: phone", "version: 1.0", "owner: p_q01", "from: 2026-01-01", "label: Telephone", "sections:"]
    for s in range(sections):
        lines += [f"  - id: section-{s}", f"    label: Section {s}", "    criteria:"]
        for c in range(criteria):
            lines += [
                f"      - id: criterion-{s}-{c}",
                f"        label: The colleague gave the name of the bank, case {c}",
                "        weight: 2.5",
                f"        severity: {('minor', 'major', 'critical')[c % 3]}",
                '        guide: "Within the first ten seconds, or as soon as the customer lets them"',
                "        scoring:",
                "          type: yes_no",
            ]
    return "\n".join(lines) + "\n"


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that a piece of work takes."""
    start = process_time()
    work()
    return process_time() - start


def measure() -> float:
    """Return the ratio of medians over interleaved rounds; the model is built before, as in any run over many files."""
    text = definition()
    peers: list[Callable[[], object]] = [
        lambda: validate(parse(text, "phone.yaml"), Scorecard),
        lambda: yaml.compose(text, Loader=yaml.CSafeLoader),
    ]
    for work in peers:
        work()
    rounds = [[seconds(work) for work in peers] for _ in range(ROUNDS)]
    ours, theirs = (median(times) for times in zip(*rounds, strict=True))
    return ours / theirs


if __name__ == "__main__":
    ratio = measure()
    print(f"{NAME}: {ratio:.2f} x {PEER}, budget {BUDGET:g}: {'ok' if ratio <= BUDGET else 'over'}")
