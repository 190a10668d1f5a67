"""What makes a frame hold together: its size, strata, scorecards and techniques fit its design and its population."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pydantic_core import PydanticCustomError

from qacli.files.schema import ANY, wrong_at
from qacli.prepare.frames.evaluators import evaluators_differ
from qacli.prepare.frames.risk import classes_can_be_told
from qacli.prepare.frames.spot import spot_can_be_drawn

if TYPE_CHECKING:
    from qacli.prepare.frames.frame import Frame

STRATA = frozenset({"stratify_by", "floor", "cap"})
SIZES = frozenset({"size", "per_colleague", "clusters", "per_cluster"})
NEYMAN = frozenset({"spread", "expected"})


class Settings(NamedTuple):
    """The settings of one design: those it cannot be drawn without, and those that it may have besides."""

    needed: tuple[str, ...]
    others: frozenset[str] = frozenset()


SETTINGS: Mapping[str, Settings] = MappingProxyType(
    {
        "simple": Settings(("size",)),
        "stratified": Settings(("size", "stratify_by"), STRATA | NEYMAN | {"allocation"}),
        "proportional": Settings(("size", "stratify_by"), STRATA),
        "quota": Settings(("per_colleague",), frozenset({"stratify_by"})),
        "systematic": Settings(("size",), frozenset({"order_by"})),
        "two-stage": Settings(("clusters", "per_cluster"), frozenset({"cluster_by", "alike"})),
        "risk-weighted": Settings(("size", "risk")),
        "judgement": Settings(()),
        "times": Settings(("spot",)),
    }
)
"""Which settings belong to which design."""
WORKED_OUT: Mapping[str, str] = MappingProxyType({"quota": "per_colleague", "two-stage": "clusters"})
"""What an aim takes the place of, in designs whose number is not one in all."""


def settings_fit_design(frame: Frame) -> Iterator[PydanticCustomError]:
    """A design has what it is drawn by, and nothing that says nothing in it."""
    needed, others = _settings(frame)
    for name in needed:
        if getattr(frame, name) in (None, "none", {}):
            example = ", for example channel" if name == "stratify_by" else ""
            code = "no-strata" if example else "no-size"
            yield wrong_at(("design",), code, f"design {frame.design} needs {name}{example}")
    known = {name for each in SETTINGS.values() for name in (*each.needed, *each.others)}
    for name in sorted(known & frame.model_fields_set - {*needed, *others}):
        if getattr(frame, name) not in (None, "none"):
            instead = f": use {' and '.join(needed)}" if name in SIZES and needed else ""
            code = "other-size" if name in SIZES else "no-meaning"
            yield wrong_at((name,), code, f"{name} has no meaning in design {frame.design}{instead}")
    if frame.design == "quota" and frame.stratify_by not in {"none", "colleague"}:
        yield wrong_at(("stratify_by",), "strata", "design quota always goes by colleague: leave stratify_by out")


def _settings(frame: Frame) -> Settings:
    """Return the settings of a frame's design; with an aim, that in place of the number which is worked out from it."""
    needed, others = SETTINGS[frame.design]
    if frame.size is None or frame.size.plain or frame.design not in WORKED_OUT:
        return Settings(needed, others)
    return Settings(tuple("size" if name == WORKED_OUT[frame.design] else name for name in needed), others)


def bounds_leave_room(frame: Frame) -> Iterator[PydanticCustomError]:
    """No stratum can give at least more than at most."""
    if frame.cap is not None and "cap" in frame.model_fields_set and frame.cap < frame.floor:
        yield wrong_at(("cap",), "cap-below-floor", f"cap {frame.cap} is below floor {frame.floor}")


def neyman_knows_what_varies(frame: Frame) -> Iterator[PydanticCustomError]:
    """Neyman shares out by how much each stratum varies; nothing else does."""
    given = [name for name in sorted(NEYMAN) if getattr(frame, name)]
    if frame.allocation == "neyman" and len(given) != 1:
        told = "either spread or expected" if given else "spread (standard deviations) or expected (per cent met)"
        yield wrong_at(("allocation",), "no-spread", f"allocation neyman needs {told}, for each stratum or for any")
    if frame.allocation != "neyman" and "allocation" in SETTINGS[frame.design].others:
        for name in given:
            yield wrong_at((name,), "no-meaning", f"{name} has no meaning in allocation {frame.allocation}")
    for name, values in ((name, getattr(frame, name)) for name in given):
        for stratum, value in values.items():
            if value <= 0 or (name == "expected" and value >= 100):
                between = "above 0 and below 100" if name == "expected" else "above 0"
                yield wrong_at((name, stratum), "nothing-varies", f"{value} would mean that nothing varies: {between}")


def chance_has_a_seed(frame: Frame) -> Iterator[PydanticCustomError]:
    """What is drawn can be drawn again; what a person chooses is of a purpose that no estimate takes."""
    if frame.design != "judgement" and not frame.seed:
        yield wrong_at(("design",), "no-seed", f"design {frame.design} needs seed: any words of your own")
    if frame.design == "judgement" and frame.purpose in {"routine", "spot"}:
        message = f"what a person chooses is never in an estimate, and {frame.purpose} may be: write targeted"
        yield wrong_at(("purpose",), "judgement-purpose", message)


def targeted_says_why(frame: Frame) -> Iterator[PydanticCustomError]:
    """What is aimed at some transactions has a reason that the second person agrees with."""
    if frame.purpose == "targeted" and frame.design != "judgement" and not frame.why:
        yield wrong_at(("purpose",), "targeted-why", "purpose targeted needs why: what makes you look at these")
    if frame.purpose != "targeted" and frame.why:
        yield wrong_at(("why",), "no-meaning", f"why has no meaning for purpose {frame.purpose}: it is for targeted")


def aim_fits_design(frame: Frame) -> Iterator[PydanticCustomError]:
    """An aim counts for the designs of which a formula is known."""
    size = frame.size
    if size is None or size.plain:
        return
    if size.is_plan and frame.design != "simple":
        yield wrong_at(
            ("size",),
            "plan-design",
            "a plan for accepting batches counts what failed in a simple sample of each (design simple), which strata and weights "
            "would change, and never judges a colleague",
        )
    elif frame.design == "two-stage" and size.fault is not None:
        yield wrong_at(
            ("size",),
            "aim-design",
            f"a fault that sits with few {frame.cluster_by}s is missed with all that were not drawn, however many: no number in two "
            "stages finds it with a stated chance; use design quota or simple",
        )
    elif frame.design == "two-stage" and frame.alike is None:
        yield wrong_at(
            ("size",),
            "no-alike",
            f"how exactly two stages tell depends on how alike what lies in one {frame.cluster_by} is: write alike, per cent of "
            "what varies between them (qacli frame size tells what past scores say)",
        )
    elif frame.allocation == "neyman" and {"share", "sd"} & size.model_fields_set:
        named = next(name for name in ("share", "sd") if name in size.model_fields_set)
        yield wrong_at(
            ("size", named),
            "not-beside",
            f"{named} has no meaning beside allocation neyman: spread or expected say it for each stratum",
        )


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
    settings_fit_design,
    bounds_leave_room,
    neyman_knows_what_varies,
    classes_can_be_told,
    chance_has_a_seed,
    targeted_says_why,
    aim_fits_design,
    cards_fit_population,
    techniques_fit_population,
    evaluators_differ,
    spot_can_be_drawn,
)
