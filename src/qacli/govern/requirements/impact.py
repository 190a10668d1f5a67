"""Impact: what here carries out or watches a rule, and what depends on that in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from qacli.files.schema import newest_in_force
from qacli.improve.briefing.brief import standings as briefings

if TYPE_CHECKING:
    from qacli.govern.requirements.requirement import Requirement
    from qacli.model import View
    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.scorecards.scorecard import Scorecard

KINDS = (
    "procedure",
    "notice",
    "scorecard",
    "criterion",
    "trigger",
    "control",
    "frame",
    "kpi",
    "briefing",
    "option",
    "check",
)


class Touched(NamedTuple):
    """One thing that a rule touches, by its reference; ``why`` says through what."""

    kind: str
    name: str
    owner: str
    why: str


def impact(view: View, rule: Requirement) -> list[Touched]:
    """Return what a rule touches today, by kind, each thing once."""
    today = view.now.date()
    cards: Sequence[Scorecard] = newest_in_force(view.definitions("scorecard"), today)
    named = [*_named(view, rule, today, cards), *_controls(rule)]
    criteria = {each.name: f"criterion {each.name}" for each in named if each.kind == "criterion"}
    watching = {each.name.partition("@")[0] for each in named if each.kind == "scorecard"}
    found = [*named, *_frames(view, today, cards, watching), *_further(view, rule, cards, criteria)]
    first: dict[tuple[str, str], Touched] = {}
    for each in found:
        first.setdefault((each.kind, each.name), each)
    return sorted(first.values(), key=lambda each: KINDS.index(each.kind))


def _named(view: View, rule: Requirement, today: date, cards: Sequence[Scorecard]) -> Iterator[Touched]:
    for kind, names in (
        ("procedure", rule.procedures),
        ("notice", rule.notices),
        ("scorecard", rule.scorecards),
        ("trigger", rule.triggers),
    ):
        for item in newest_in_force(view.definitions(kind), today):
            if item.id in {name.partition("@")[0] for name in names}:
                yield Touched(kind, item.reference, item.owner, rule.reference)
    carried = {name.partition("@")[0] for name in rule.procedures}
    for card in cards:
        for criterion in card.criteria():
            if criterion.id in rule.criteria:
                yield Touched("criterion", criterion.id, card.owner, f"{rule.reference}, on {card.reference}")
                yield Touched("scorecard", card.reference, card.owner, f"criterion {criterion.id}")
            elif criterion.procedure.partition("@")[0] in carried:
                yield Touched("criterion", criterion.id, card.owner, f"{criterion.procedure}, on {card.reference}")
                yield Touched("scorecard", card.reference, card.owner, f"criterion {criterion.id}")


def _controls(rule: Requirement) -> Iterator[Touched]:
    for control in rule.controls:
        yield Touched("control", control, rule.owner, rule.reference)


def _frames(view: View, today: date, cards: Sequence[Scorecard], watching: set[str]) -> Iterator[Touched]:
    frames: list[Frame] = newest_in_force(view.definitions("frame"), today)
    for frame in frames:
        for card in cards:
            cited = {name.partition("@")[0] for name in frame.scorecards.values()}
            if card.id in watching & cited:
                yield Touched("frame", frame.reference, frame.owner, card.reference)


def _further(view: View, rule: Requirement, cards: Sequence[Scorecard], criteria: dict[str, str]) -> Iterator[Touched]:
    owners = {kpi.id: kpi.owner for kpi in view.definitions("kpi")}
    for kpi, why in _kpis(rule, cards, criteria).items():
        yield Touched("kpi", kpi, owners.get(kpi, ""), why)
    for each in briefings(view):
        told = [row.source for row in each.evidence if row.source in criteria]
        if told and not each.end:
            yield Touched("briefing", each.briefing.id, each.briefing.by, criteria[told[0]])
    for option in view.definitions("option"):
        fits = [name for name in option.fits if name in criteria]
        if fits:
            yield Touched("option", option.reference, option.owner, criteria[fits[0]])
    for automatic in view.definitions("rule"):
        if automatic.criterion in criteria:
            yield Touched("check", automatic.reference, automatic.owner, criteria[automatic.criterion])


def _kpis(rule: Requirement, cards: Sequence[Scorecard], criteria: dict[str, str]) -> dict[str, str]:
    """Return the KPIs that test a rule, or should move with its criteria, each with why."""
    found = {bound.name: rule.reference for bound in rule.bounds if bound.kind == "kpi"}
    for card in cards:
        for criterion in card.criteria():
            for kpi in criterion.kpis if criterion.id in criteria else ():
                found.setdefault(kpi, criteria[criterion.id])
    return found
