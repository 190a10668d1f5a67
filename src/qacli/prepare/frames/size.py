"""How large a sample is: a number, or an aim from which each draw works it out for what it finds eligible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from math import ceil
from types import MappingProxyType
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from qacli.files.schema import Number, Strict, Whole, refuse_all, wrong_at
from qacli.model import Refusal
from qacli.stats import (
    acceptance_plan,
    discovery_sample,
    lot_plan,
    power_two_proportions,
    sample_size_mean,
    sample_size_proportion,
)
from qacli.stats.lots import AQLS

LARGEST = 100_000
"""More evaluations than any desk can do: a larger sample is a slip of the pen, and could not be kept while it is drawn."""


class Size(Strict):
    """How many are drawn in all: one aim, and what belongs to it."""

    n: Whole | None = Field(default=None, ge=1, le=LARGEST, description="So many.")
    fraction: Number | None = Field(default=None, gt=0, le=100, description="So many per cent of those eligible.")
    margin: Number | None = Field(
        default=None, gt=0, lt=100, description="Enough to tell a share, or with sd a mean, to within so many points."
    )
    share: Number = Field(default=Decimal(50), gt=0, lt=100, description="For margin: about what per cent to expect.")
    sd: Number | None = Field(
        default=None, gt=0, description="For margin of a mean: standard deviation of scores in an earlier period."
    )
    drop: Number | None = Field(
        default=None, gt=0, le=100, description="Enough, in each of two periods, to see a share drop by so many points."
    )
    from_: Number = Field(default=Decimal(90), alias="from", gt=0, le=100, description="For drop: per cent before it.")
    power: Number = Field(default=Decimal(80), ge=50, lt=100, description="For drop: how surely, in per cent.")
    fault: Number | None = Field(
        default=None, gt=0, lt=100, description="Enough to find one case of a fault that so many per cent have."
    )
    confidence: Number = Field(default=Decimal(95), ge=50, lt=100, description="For margin and fault: in per cent.")
    acceptable: Number | None = Field(
        default=None, gt=0, lt=100, description="Plan for accepting batches: per cent failed that should pass."
    )
    rejectable: Number | None = Field(
        default=None, gt=0, lt=100, description="Plan for accepting batches: per cent failed that should not pass."
    )
    aql: Number | None = Field(default=None, description="Plan of ISO 2859-1 for batches: acceptable quality limit.")
    level: Literal["I", "II", "III"] = Field(default="II", description="For aql: inspection level.")
    inspection: Literal["normal", "tightened"] = Field(default="normal", description="For aql: how strict.")

    @model_validator(mode="after")
    def _one_aim(self) -> Self:
        refuse_all(self, _wrong(self))
        return self

    @property
    def aim(self) -> str:
        """Which of AIMS the size is."""
        return next(name for name in AIMS if getattr(self, name) is not None)

    @property
    def is_plan(self) -> bool:
        """Whether the size is that of a plan for accepting batches."""
        return self.aim in {"acceptable", "aql"}

    def asked(self, eligible: int) -> int:
        """Return how many are asked for where so many are eligible; a plain number may ask for more than there are.

        Raises SampleTooLarge.
        """
        n = AIMS[self.aim].asked(self, eligible)
        if n > LARGEST:
            raise SampleTooLarge(self, n, eligible)
        return n

    def most(self, transactions: int) -> int:
        """Return a number that is never passed by what is asked of any part of so many transactions."""
        if (
            self.fault is not None
        ):  # a smaller part may hold more faults for its size, never a greater chance to miss all
            return min(LARGEST, discovery_sample(_share(self.fault), _share(self.confidence)).estimate)
        return min(LARGEST, max(1, AIMS[self.aim].asked(self, max(1, transactions))))

    def rule(self, eligible: int) -> str:
        """Return what was worked out from what, in words; empty for a plain number."""
        if self.aim == "n":
            return ""
        return f"n {self.asked(eligible):,} from {self.in_words(eligible)}, of {eligible:,} eligible"

    @property
    def plain(self) -> bool:
        """Whether the size says how many by itself: a number, or a part of those eligible."""
        return self.aim in {"n", "fraction"}

    def in_words(self, eligible: int | None = None) -> str:
        """Return the aim in words, as the frame has it."""
        return AIMS[self.aim].words(self, eligible)


Sized = Annotated[
    Size,
    BeforeValidator(lambda value: {"n": value} if isinstance(value, str) else value, json_schema_input_type=int | Size),
]
"""A plain number needs no word before it."""


class SampleTooLarge(Refusal, rule="sample-too-large"):
    """An aim that asks for more than can be evaluated is no plan."""

    def __init__(self, size: Size, n: int, eligible: int) -> None:
        super().__init__(
            f"{size.in_words(eligible)} takes {n:,}; {eligible:,} are eligible, and no sample may pass {LARGEST:,}.",
            help="ask for less: a wider margin, a greater drop, a smaller fraction",
        )


class Aim(NamedTuple):
    """One way to say how many: how many it asks for of those eligible, how it reads, and what may stand beside it."""

    asked: Callable[[Size, int], int]
    words: Callable[[Size, int | None], str]
    beside: frozenset[str] = frozenset()


def _share(percent: Decimal) -> float:
    return float(percent) / 100


def _fraction(size: Size, eligible: int) -> int:
    return ceil((size.fraction or 0) * eligible / 100)


def _margin(size: Size, eligible: int) -> int:
    confidence, margin = _share(size.confidence), size.margin or Decimal(0)
    if size.sd is not None:
        return sample_size_mean(float(size.sd), float(margin), confidence, eligible).estimate
    return sample_size_proportion(_share(size.share), _share(margin), confidence, eligible).estimate


def _drop(size: Size, _: int) -> int:
    before = _share(size.from_)
    return power_two_proportions(before, before - _share(size.drop or Decimal(0)), _share(size.power)).estimate


def _fault(size: Size, eligible: int) -> int:
    return discovery_sample(_share(size.fault or Decimal(0)), _share(size.confidence), eligible).estimate


def _two_points(size: Size) -> tuple[int, int]:
    plan = acceptance_plan(_share(size.acceptable or Decimal(0)), _share(size.rejectable or Decimal(0)))
    return plan.n, plan.accept


def _lot(size: Size, eligible: int) -> tuple[int, int]:
    plan = lot_plan(eligible, float(size.aql or 0), size.level, size.inspection == "tightened")
    return plan.n, plan.accept


def _margin_words(size: Size, _: int | None) -> str:
    what = f"a mean with standard deviation {size.sd}" if size.sd is not None else f"a share near {size.share} %"
    return f"a margin of {size.margin} points at {size.confidence} % for {what}"


def _two_points_words(size: Size, _: int | None) -> str:
    n, accept = _two_points(size)
    return (
        f"a plan that accepts {size.acceptable} % failed and rejects {size.rejectable} %: "
        f"look at {n}, accept with at most {accept} failed"
    )


def _lot_words(size: Size, eligible: int | None) -> str:
    named = f"ISO 2859-1, AQL {size.aql}, level {size.level}, {size.inspection}"
    return named if eligible is None else f"{named}: accept with at most {_lot(size, eligible)[1]} failed"


AIMS: Mapping[str, Aim] = MappingProxyType(
    {
        "n": Aim(lambda size, _: size.n or 0, lambda size, _: str(size.n)),
        "fraction": Aim(_fraction, lambda size, _: f"{size.fraction} % of those eligible"),
        "margin": Aim(_margin, _margin_words, frozenset({"share", "sd", "confidence"})),
        "drop": Aim(
            _drop,
            lambda size, _: f"a drop by {size.drop} points from {size.from_} % seen in two periods with {size.power} %",
            frozenset({"from_", "power"}),
        ),
        "fault": Aim(
            _fault,
            lambda size, _: f"finding a fault that {size.fault} % have with {size.confidence} %",
            frozenset({"confidence"}),
        ),
        "acceptable": Aim(lambda size, _: _two_points(size)[0], _two_points_words, frozenset({"rejectable"})),
        "aql": Aim(lambda size, eligible: _lot(size, eligible)[0], _lot_words, frozenset({"level", "inspection"})),
    }
)


def _wrong(size: Size) -> Iterator[PydanticCustomError]:
    """Return what is wrong with a size as a whole."""
    aims = [name for name in AIMS if name in size.model_fields_set]
    if len(aims) != 1:
        known = ", ".join(AIMS)
        yield wrong_at((), "one-aim", f"says {' and '.join(aims) or 'no aim'}: write a number, or one of {known}")
        return
    for name in sorted(size.model_fields_set - {aims[0]} - AIMS[aims[0]].beside):
        shown = name.rstrip("_")
        yield wrong_at((shown,), "not-beside", f"{shown} has no meaning beside {aims[0]}")
    yield from _out_of_range(size, aims[0])


def _out_of_range(size: Size, aim: str) -> Iterator[PydanticCustomError]:
    if aim == "aql" and float(size.aql or 0) not in AQLS:
        yield wrong_at(
            ("aql",),
            "no-aql",
            f"{size.aql} is no limit of ISO 2859-1: one of {', '.join(f'{each:g}' for each in AQLS)}",
        )
    if aim == "drop" and (size.drop or 0) > size.from_:
        yield wrong_at(("drop",), "drop-too-deep", f"nothing at {size.from_} % can drop by {size.drop} points")
    if aim == "acceptable" and (size.rejectable is None or size.rejectable <= (size.acceptable or 0)):
        yield wrong_at(("acceptable",), "no-plan", "a plan needs rejectable too, above acceptable")
        return
    if {"share", "sd"} <= size.model_fields_set:
        yield wrong_at(("share",), "share-or-sd", "a margin is that of a share or, with sd, of a mean: take one out")
    if aim == "acceptable":
        try:
            _two_points(size)
        except ValueError:
            yield wrong_at(("rejectable",), "plan-too-large", "lies so close that no plan of 10,000 tells them apart")
