"""Sampling frames: which transactions are looked at, how many, and how they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from qacli.files.schema import PER_CHANNEL, Definition, Id, Named, Number, Reference, Strict, Text, Whole, on_channel
from qacli.prepare.frames.evaluators import USUAL, Evaluators, room
from qacli.prepare.frames.frame_rules import RULES
from qacli.prepare.frames.risk import RiskClass
from qacli.prepare.frames.size import LARGEST, Size, Sized
from qacli.prepare.frames.spot import Spot
from qacli.prepare.period import Cadence

if TYPE_CHECKING:
    from pydantic_core import PydanticCustomError


class Population(Strict):
    """Which transactions the frame is about. What is left out does not narrow it."""

    channel: tuple[Id, ...] = Field(default=(), description="Only these channels.")
    team: tuple[Text, ...] = Field(default=(), description="Only these teams, as the export names them.")
    reason: tuple[Text, ...] = Field(default=(), description="Only these contact reasons, as the export names them.")
    minimum_seconds: Whole | None = Field(default=None, ge=1, description="Only transactions at least this long.")


class Frame(Definition):
    """A sampling frame."""

    title: Text = Field(description="Name shown to people.")
    purpose: Literal["routine", "spot", "targeted", "kpi-link"] = Field(
        description="routine and spot may be used in estimates; targeted never is, nor is kpi-link: it draws only "
        "transactions whose customers answered the survey, to compare ratings with what they said."
    )
    why: Text | None = Field(
        default=None, description="For targeted: why these transactions are looked at apart from all others."
    )
    cadence: Cadence = Field(description="How often a sample is drawn.")
    population: Population = Field(default_factory=Population, description="Which transactions it is about.")
    scorecards: dict[Id, Reference] = Field(
        min_length=1, description="Scorecard and version per channel, or any for all the others."
    )
    design: Literal[
        "simple",
        "systematic",
        "stratified",
        "proportional",
        "quota",
        "two-stage",
        "risk-weighted",
        "judgement",
        "times",
    ] = Field(
        description=(
            "simple: all alike; systematic: every so many along an order; stratified: so many of each stratum; "
            "proportional: stratified, each its share; quota: so many per colleague; two-stage: some colleagues, then "
            "some of each; risk-weighted: more of what carries risk; judgement: chosen by a person, never in an estimate; "
            "times: unannounced checks, see spot."
        )
    )
    size: Sized | None = Field(
        default=None,
        description="How many in all: a number, or an aim such as {margin: 5}. For quota and two-stage only an aim, from "
        "which the number per colleague, or of clusters, is worked out. Not for judgement and times.",
    )
    order_by: Literal["started_at", "seconds", "channel", "team", "colleague", "reason"] = Field(
        default="started_at", description="For systematic: along what, then by time."
    )
    stratify_by: Literal["none", "channel", "team", "colleague", "reason"] = Field(
        default="none", description="What the strata are, for stratified and proportional."
    )
    allocation: Literal["proportional", "equal", "neyman"] = Field(
        default="proportional",
        description="How stratified shares out: by size, the same to each, or more to what varies more.",
    )
    spread: dict[Text, Number] = Field(
        default_factory=dict, description="For neyman: standard deviation of scores per stratum, any for all others."
    )
    expected: dict[Text, Number] = Field(
        default_factory=dict, description="For neyman instead of spread: per cent met per stratum, any for all others."
    )
    floor: Whole = Field(default=2, ge=0, description="At least so many per stratum, for stratified and proportional.")
    cap: Whole | None = Field(
        default=None, ge=1, description="At most so many per stratum, for stratified and proportional."
    )
    per_colleague: Whole | None = Field(
        default=None, ge=1, le=LARGEST, description="How many per colleague, for quota."
    )
    cluster_by: Literal["colleague", "team", "day", "hour"] = Field(
        default="colleague", description="For two-stage: what is drawn first; days and hours make time blocks."
    )
    clusters: Whole | None = Field(
        default=None, ge=2, description="For two-stage: how many colleagues, teams, days or hours."
    )
    per_cluster: Whole | None = Field(
        default=None, ge=2, le=LARGEST, description="For two-stage: how many of each of them."
    )
    alike: Number | None = Field(
        default=None,
        ge=0,
        lt=100,
        description="For two-stage: per cent of what varies that lies between the clusters, as you plan with it (the "
        "intraclass correlation); frame size tells what past scores say.",
    )
    risk: dict[Id, RiskClass] = Field(
        default_factory=dict, description="For risk-weighted: classes and their weights; what is in none weighs 1."
    )
    seed: Text = Field(
        default="", description="Any words. With the period they fix the draw, so that anybody can repeat it."
    )
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
        spotted = self.spot.checks if self.spot else None
        n = (
            self.per_colleague
            or (self.clusters or 0) * (self.per_cluster or 0)
            or (self.size.n if self.size else spotted)
        )
        if n is None:
            return f"{self.minutes_per_evaluation} min of evaluators' time for each"
        hours, rest = divmod(self.minutes_per_evaluation * n, 60)
        took = " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)
        return f"{took} of evaluators' time" + (" per colleague" if self.design == "quota" else "")

    def size_in_words(self) -> str:
        """Return how many are asked for, in words."""
        if self.size and not self.size.plain:
            many = {
                "quota": "of each colleague as many",
                "two-stage": f"{self.per_cluster} of each of as many {self.cluster_by}s",
            }
            return f"{many.get(self.design, 'as many')} as it takes for {self.aim_in_words()}"
        if self.size:
            return f"{self.size.n} in all" if self.size.aim == "n" else self.size.in_words()
        if self.clusters:
            return f"{self.per_cluster} of each of {self.clusters} {self.cluster_by}s"
        if self.spot:
            return self.spot.in_words()
        return f"{self.per_colleague} per colleague" if self.per_colleague else "chosen by a person"

    def aim_in_words(self) -> str:
        """Return the aim of the size in words; empty where there is none."""
        if not self.size:
            return ""
        if self.allocation != "neyman" or self.size.margin is None:
            return self.size.in_words()
        what = "a mean that varies by spread" if self.spread else "shares as expected"
        return f"a margin of {self.size.margin} points at {self.size.confidence} % for {what}"

    def room(self, days: Callable[[], int] | None = None) -> dict[str, int]:
        """Return how many items each evaluator takes at most in a period; without those whom nothing limits.

        ``days`` counts its working days where that matters; left out, those of a usual period.
        """
        return room(self.evaluators, self.minutes_per_evaluation, days or (lambda: USUAL[self.cadence]))

    def asking(self, n: int) -> Frame:
        """Return the frame with a plain number as its size in all."""
        return self.model_copy(update={"size": Size.model_validate({"n": n})})

    def card_for(self, channel: str) -> str | None:
        """Return the scorecard, as id@version, by which a channel is scored; None where the frame names none."""
        return on_channel(self.scorecards, channel)

    def technique_for(self, channel: str) -> str:
        """Return the technique, as it is written, by which a channel is looked at; a RULE sees that there is one."""
        return on_channel(self.technique, channel) or ""
