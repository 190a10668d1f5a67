"""Sampling frames: which transactions are looked at, how many, and how they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from qacli.files.schema import (
    ANY,
    PER_CHANNEL,
    Definition,
    Id,
    Named,
    Reference,
    Strict,
    Text,
    Whole,
    on_channel,
    wrong_at,
)
from qacli.prepare.frames.evaluators import Evaluators, evaluators_differ, room
from qacli.prepare.frames.spot import Spot, spot_fits_design
from qacli.prepare.period import Cadence


class Population(Strict):
    """Which transactions the frame is about. What is left out does not narrow it."""

    channel: tuple[Id, ...] = Field(default=(), description="Only these channels.")
    team: tuple[Text, ...] = Field(default=(), description="Only these teams, as the export names them.")
    reason: tuple[Text, ...] = Field(default=(), description="Only these contact reasons, as the export names them.")
    minimum_seconds: Whole | None = Field(default=None, ge=1, description="Only transactions at least this long.")


class Frame(Definition):
    """A sampling frame."""

    title: Text = Field(description="Name shown to people.")
    purpose: Literal["routine", "spot", "targeted"] = Field(
        description="routine and spot may be used in estimates; targeted never is."
    )
    cadence: Cadence = Field(description="How often a sample is drawn.")
    population: Population = Field(default_factory=Population, description="Which transactions it is about.")
    scorecards: dict[Id, Reference] = Field(
        min_length=1, description="Scorecard and version per channel, or any for all the others."
    )
    design: Literal["simple", "proportional", "quota", "times"] = Field(
        description="simple: all alike; proportional: each stratum its share; quota: so many per colleague; times: "
        "unannounced checks, see spot."
    )
    stratify_by: Literal["none", "channel", "team", "colleague", "reason"] = Field(
        default="none", description="What the strata are, for a proportional sample."
    )
    size: Whole | None = Field(default=None, ge=1, description="How many in all, for simple and proportional.")
    per_colleague: Whole | None = Field(default=None, ge=1, description="How many per colleague, for quota.")
    floor: Whole = Field(default=2, ge=0, description="At least so many per stratum, for proportional.")
    seed: Text = Field(description="Any words. With the period they fix the draw, so that anybody can repeat it.")
    technique: Annotated[dict[Id, Named], PER_CHANNEL] = Field(
        min_length=1, description="How transactions are looked at: one technique, or one per channel."
    )
    because: Annotated[dict[Id, Text], PER_CHANNEL] = Field(
        default_factory=dict, description="Why this technique here: one reason, or one per channel."
    )
    complement: Annotated[dict[Id, Named], PER_CHANNEL] = Field(
        default_factory=dict, description="A technique that shows what this one misses: one, or one per channel."
    )
    spot: Spot | None = Field(default=None, description="When unannounced checks may be made, how many, and why.")
    evaluators: Evaluators = Field(
        description="Who scores: a list, or each with hours or a quota per period, {p_ev1: {hours: 6, quota: 20}}."
    )
    minutes_per_evaluation: Whole = Field(ge=1, description="Working time per evaluation; frame show adds it up.")

    def wrong(self) -> Iterator[PydanticCustomError]:
        """Return what the RULES find."""
        return (error for rule in RULES for error in rule(self))

    def work(self) -> str:
        """Return how long scoring one sample takes if all that is asked for is drawn, in words."""
        spotted = (self.spot.checks or self.spot.of_each or 0) if self.spot else 0
        minutes = self.minutes_per_evaluation * (self.per_colleague or self.size or spotted)
        hours, rest = divmod(minutes, 60)
        took = " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)
        return f"{took} of evaluators' time" + (" per colleague" if self.design == "quota" else "")

    def room(self) -> dict[str, int]:
        """Return how many items each evaluator takes at most in a period; without those whom nothing limits."""
        return room(self.evaluators, self.minutes_per_evaluation)

    def card_for(self, channel: str) -> str | None:
        """Return the scorecard, as id@version, by which a channel is scored; None where the frame names none."""
        return on_channel(self.scorecards, channel)

    def technique_for(self, channel: str) -> str:
        """Return the technique, as it is written, by which a channel is looked at; a RULE sees that there is one."""
        return on_channel(self.technique, channel) or ""


def size_fits_design(frame: Frame) -> Iterator[PydanticCustomError]:
    """A quota counts per colleague, times are counted by spot, every other design in all."""
    if frame.design == "times":
        for setting in ("size", "per_colleague"):
            if getattr(frame, setting) is not None:
                yield wrong_at((setting,), "other-size", f"{setting} has no meaning in design times: see spot")
        return
    wanted, other = ("per_colleague", "size") if frame.design == "quota" else ("size", "per_colleague")
    if getattr(frame, wanted) is None:
        yield wrong_at(("design",), "no-size", f"design {frame.design} needs {wanted}")
    if getattr(frame, other) is not None:
        yield wrong_at((other,), "other-size", f"{other} has no meaning in design {frame.design}: use {wanted}")


def strata_fit_design(frame: Frame) -> Iterator[PydanticCustomError]:
    """Only a proportional sample has strata to choose; a quota's are its colleagues."""
    if frame.design == "proportional" and frame.stratify_by == "none":
        yield wrong_at(("design",), "no-strata", "design proportional needs stratify_by, for example channel")
    if frame.design == "simple" and frame.stratify_by != "none":
        yield wrong_at(("stratify_by",), "strata", "design simple has no strata: use proportional")
    if frame.design == "quota" and frame.stratify_by not in {"none", "colleague"}:
        yield wrong_at(("stratify_by",), "strata", "design quota always goes by colleague: leave stratify_by out")
    if frame.design != "proportional" and "floor" in frame.model_fields_set:
        yield wrong_at(("floor",), "floor", f"floor has no meaning in design {frame.design}")


def cards_fit_population(frame: Frame) -> Iterator[PydanticCustomError]:
    """Each channel of the population can be scored, and no scorecard is named in vain."""
    channels = frame.population.channel
    for place, channel in enumerate(channels):
        if frame.card_for(channel) is None:
            yield wrong_at(
                ("population", "channel", place),
                "no-scorecard",
                f"scorecards names none for {channel}: add one, or any",
            )
    for channel in frame.scorecards if channels else ():
        if channel not in {*channels, ANY}:
            yield wrong_at(("scorecards", channel), "unused-scorecard", f"{channel} is not in the population")


def techniques_fit_population(frame: Frame) -> Iterator[PydanticCustomError]:
    """Each channel has a technique, and nothing is said of a channel outside the population."""
    channels = frame.population.channel
    for place, channel in enumerate(channels or frame.scorecards):
        if not frame.technique_for(channel):
            at = ("population", "channel", place) if channels else ("scorecards", channel)
            yield wrong_at(at, "no-technique", f"technique names none for {channel}: add one, or any")
    for setting in ("technique", "because", "complement") if channels else ():
        for channel in getattr(frame, setting):
            if channel not in {*channels, ANY}:
                yield wrong_at((setting, channel), "unused-technique", f"{channel} is not in the population")


RULES: tuple[Callable[[Frame], Iterator[PydanticCustomError]], ...] = (
    size_fits_design,
    strata_fit_design,
    cards_fit_population,
    techniques_fit_population,
    evaluators_differ,
    spot_fits_design,
)
