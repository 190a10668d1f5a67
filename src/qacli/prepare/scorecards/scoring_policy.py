"""The scoring policy of a card: what becomes of N/A, failed criticals, bonus and limits, and the vendors' defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from qacli.files.schema import Number, Strict, Text, Whole, YesNo, refuse_all, wrong_at

FULL = Decimal(100)


class Cap(Strict):
    """A failed critical leaves the score at most so high."""

    cap: Number = Field(gt=0, lt=100, description="The most that the score can be once a critical of the class failed.")


class Deduct(Strict):
    """Each failed critical takes points off the score."""

    deduct: Number = Field(gt=0, le=100, description="Points of 100 that each failed critical of the class takes off.")


def _kind_of_effect(value: object) -> str:
    if isinstance(value, str):
        return "word"
    return "deduct" if isinstance(value, Deduct) or (isinstance(value, dict) and "deduct" in value) else "cap"


Effect = Annotated[
    Annotated[Literal["apart", "zero", "zero_section"], Tag("word")]
    | Annotated[Cap, Tag("cap")]
    | Annotated[Deduct, Tag("deduct")],
    Discriminator(_kind_of_effect),
]
"""What a failed critical does: a word, or the number of a cap or of a deduction."""


class Criticals(Strict):
    """What a failed critical criterion does to the score, per class."""

    customer: Effect = Field(
        default="apart", description="Harm to the customer: apart, zero, zero_section, {cap: 60} or {deduct: 30}."
    )
    business: Effect = Field(default="apart", description="Harm to the business: as for customer.")
    compliance: Effect = Field(default="apart", description="Breach of a rule: as for customer.")

    def of(self, kind: str) -> Effect:
        """Return the effect of a class: customer, business or compliance."""
        found: Effect = getattr(self, kind)
        return found


class Band(Strict):
    """A name for scores from a number on, for display only."""

    name: Text = Field(description="What the band is called, for example Needs support.")
    from_: Number = Field(alias="from", ge=0, description="Lowest score in the band; it ends where the next begins.")


Profile = Literal["amazon-connect", "genesys", "zendesk-qa", "maestroqa", "evaluagent", "verint"]

_ALL_ZERO = MappingProxyType({"customer": "zero", "business": "zero", "compliance": "zero"})
PROFILES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "amazon-connect": {"critical_weight": "counted", "critical": _ALL_ZERO},
        "genesys": {
            "mode": "points",
            "section_weights": "multiply",
            "critical_weight": "counted",
            "critical_below": "best",
        },
        "zendesk-qa": {"mode": "points", "critical_weight": "counted", "critical_below": "half", "critical": _ALL_ZERO},
        "maestroqa": {"mode": "points", "critical_weight": "counted", "critical": _ALL_ZERO, "cap": "none"},
        "evaluagent": {"critical_weight": "counted", "critical": _ALL_ZERO},
        "verint": {"section_weights": "share", "critical_weight": "counted"},
    }
)
"""What each vendor's system does where the card says nothing else; docs/scoring.md gives the grounds."""


class Scoring(Strict):
    """The scoring policy of one card. It belongs to the card and never to the whole workspace."""

    profile: Profile | None = Field(
        default=None, description="Take the defaults of a vendor's system; every setting can still be set."
    )
    mode: Literal["percentage", "points"] = Field(
        default="percentage", description="percentage: weights add up to 100; points: they are points of any sum."
    )
    section_weights: Literal["none", "share", "multiply"] = Field(
        default="none",
        description="share: each section is a percentage of the score; multiply: a factor of its points.",
    )
    not_applicable: Literal["exclude", "full", "zero"] = Field(
        default="exclude", description="exclude takes the weight out; full or zero count it as met or failed."
    )
    critical: Criticals = Field(default_factory=Criticals, description="What failed critical criteria do.")
    critical_weight: Literal["none", "counted"] = Field(
        default="none", description="none: critical criteria weigh 0; counted: they may also carry weight."
    )
    critical_below: Literal["standard", "half", "best"] = Field(
        default="standard",
        description="A critical fails below the standard of its scale, below half of its worth, or below the best.",
    )
    missing: Literal["refuse"] = Field(default="refuse", description="An unanswered criterion is refused.")
    baseline: Number = Field(default=Decimal(0), ge=0, le=100, description="Points of 100 that are added to the sum.")
    cap: Literal["at_100", "none"] = Field(default="at_100", description="Whether bonus can take a score above 100.")
    minimum: Number = Field(
        default=Decimal(0), ge=0, lt=100, description="A floor that caps and deductions respect, and zero does not."
    )
    pass_mark: Number | None = Field(
        default=None, gt=0, le=100, description="Score from which on a transaction passes."
    )
    pass_despite_critical: YesNo = Field(
        default=False, description="Whether a transaction can pass although a critical criterion failed."
    )
    bands: tuple[Band, ...] = Field(default=(), description="Names of scores for display, lowest first, from 0.")
    rounding: Whole = Field(default=1, ge=0, le=2, description="Decimals shown. Sums are never rounded.")

    @model_validator(mode="before")
    @classmethod
    def _under_profile(cls, written: Any) -> Any:
        """Lay what is written over the defaults of the profile that it names."""
        defaults = PROFILES.get(str(written.get("profile", ""))) if isinstance(written, dict) else None
        if defaults is None:
            return written
        effects = written.get("critical", {})
        if isinstance(effects, dict):
            effects = {**defaults.get("critical", {}), **effects}
        return {**defaults, **written, "critical": effects}

    @model_validator(mode="after")
    def _hold_together(self) -> Scoring:
        refuse_all(self, [*_bands_rise(self), *_settings_fit(self)])
        return self

    def passed(self, score: Decimal | None, any_critical_failed: bool) -> bool | None:
        """Return whether a transaction passes; None without a pass mark or a score."""
        if self.pass_mark is None or score is None:
            return None
        return score >= self.pass_mark and (self.pass_despite_critical or not any_critical_failed)

    def band(self, score: Decimal | None) -> str:
        """Return the name of the band of a score; empty without bands or a score."""
        reached = [band.name for band in self.bands if score is not None and score >= band.from_]
        return reached[-1] if reached else ""


def _bands_rise(policy: Scoring) -> Iterator[PydanticCustomError]:
    """Bands cover every score, in order, under names of their own."""
    if policy.bands and policy.bands[0].from_ != 0:
        yield wrong_at(
            ("bands", 0, "from"), "first-band", "the lowest band begins at 0, or some scores would be in none"
        )
    for place, (lower, upper) in enumerate(pairwise(policy.bands), start=1):
        if upper.from_ <= lower.from_:
            yield wrong_at(
                ("bands", place, "from"),
                "bands-rise",
                f"{upper.name} begins at {upper.from_}, not above {lower.name} before it",
            )
        if upper.name.casefold() in {band.name.casefold() for band in policy.bands[:place]}:
            yield wrong_at(("bands", place, "name"), "repeated-band", f"band {upper.name} stands twice")
    for place, band in enumerate(policy.bands):
        if band.from_ > FULL and policy.cap == "at_100":
            yield wrong_at(
                ("bands", place, "from"),
                "band-above-100",
                f"no score of this card reaches {band.from_}: its cap is 100",
            )


def _settings_fit(policy: Scoring) -> Iterator[PydanticCustomError]:
    """No setting stands beside one that leaves it nothing to do."""
    if policy.section_weights == "multiply" and policy.mode == "percentage":
        yield wrong_at(
            ("section_weights",), "multiply-percentages", "multiply is a factor of points: it needs mode: points"
        )
    if policy.pass_despite_critical and policy.pass_mark is None:
        yield wrong_at(("pass_despite_critical",), "no-pass-mark", "there is no pass_mark, so nothing passes")
