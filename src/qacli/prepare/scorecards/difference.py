"""Differences between two versions of a scorecard, and which of them end a trend.

Every change of a setting takes a new version once a version is approved or records cite it. BREAKS is the whole list of
what each change does to figures over time; comments, quoting, blank lines and the order of settings are no change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from qacli.prepare.scorecards.scorecard import Criterion, Scorecard
from qacli.prepare.scorecards.scoring_policy import Scoring

Trend = Literal["criterion", "score"]
CARD = "card"
BREAKS: Mapping[str, tuple[Trend, ...]] = MappingProxyType(
    {
        "criterion added": ("score",),
        "criterion removed": ("criterion", "score"),
        "observable": ("criterion", "score"),
        "scale": ("criterion", "score"),
        "anchors": ("criterion", "score"),
        "critical": ("criterion", "score"),
        "not_applicable": ("criterion", "score"),
        "procedure": ("criterion", "score"),
        "weight": ("score",),
        "scoring.not_applicable": ("score",),
        "scoring.critical": ("score",),
        "scoring.missing": ("score",),
        "scoring.rounding": (),
        **{
            f"scoring.{name}": ("score",)
            for name in (
                "profile",
                "mode",
                "section_weights",
                "critical_weight",
                "critical_below",
                "baseline",
                "cap",
                "minimum",
            )
        },
        **{f"scoring.{name}": () for name in ("pass_mark", "pass_despite_critical", "bands")},
        "bonus": ("score",),
        "fails_on": ("criterion", "score"),
        "only_if": ("criterion", "score"),
        "filled_from": ("criterion", "score"),
        "section_weight": ("score",),
        "wording": (),
        "promise": (),
        "kpis": (),
        "needs": (),
        "benefit": (),
        "controllable": (),
        "causes": (),
        "section": (),
        "id": (),
        "owner": (),
        "from": (),
        "to": (),
        "review_by": (),
        "title": (),
        "channels": (),
        "promises": (),
        "expectations": (),
        "evidence": (),
    }
)
"""What a change ends: the trend of the criterion, that of the score of the card, or nothing.

wording: capitals, blanks and punctuation in an observable, an anchor or a rule. section: its title, or the place of a
criterion.
"""
JUDGED = ("observable", "scale", "critical", "not_applicable", "procedure")
OTHERS = (
    "weight", "bonus", "fails_on", "only_if", "filled_from", "promise", "kpis", "needs", "benefit", "controllable", "causes"
)  # fmt: skip
CARD_SETTINGS = ("id", "owner", "from_", "to", "review_by", "title", "channels", "promises", "expectations", "evidence")
POLICIES = tuple(Scoring.model_fields)
_SAID = re.compile(r"\w+")


class Difference(NamedTuple):
    """One change: the criterion, or card; the setting as BREAKS names it; before and after; the trends that it ends."""

    where: str
    setting: str
    before: str
    after: str
    breaks: tuple[Trend, ...]


def differences(old: Scorecard, new: Scorecard) -> list[Difference]:
    """Return what changed from one version to another, the card first, then its criteria in the order of the new one."""
    return [
        Difference(where, setting, before, after, BREAKS[setting.partition("[")[0]])
        for where, setting, before, after in [*_of_card(old, new), *_of_criteria(old, new)]
    ]


Found = tuple[str, str, str, str]
"""Where, which setting, before, after."""


def _of_card(old: Scorecard, new: Scorecard) -> Iterator[Found]:
    for name in CARD_SETTINGS:
        yield from _changed(CARD, name.rstrip("_"), getattr(old, name), getattr(new, name))
    for name in POLICIES:
        yield from _changed(CARD, f"scoring.{name}", getattr(old.scoring, name), getattr(new.scoring, name))
    weights = {section.id: section.weight for section in old.sections}
    for section in new.sections:
        yield from _changed(CARD, f"section_weight[{section.id}]", weights.get(section.id), section.weight)


def _of_criteria(old: Scorecard, new: Scorecard) -> Iterator[Found]:
    before = {criterion.id: criterion for criterion in old.criteria()}
    after = {criterion.id: criterion for criterion in new.criteria()}
    for name, criterion in after.items():
        if name not in before:
            yield name, "criterion added", "", f"{criterion.observable} (weight {criterion.weight})"
            continue
        yield from _changed(name, "section", old.section_of(name).title, new.section_of(name).title)
        yield from _of_criterion(before[name], criterion)
    for name in before.keys() - after.keys():
        yield name, "criterion removed", f"{before[name].observable} (weight {before[name].weight})", ""


def _of_criterion(old: Criterion, new: Criterion) -> Iterator[Found]:
    for name in JUDGED:
        yield from _reworded(old.id, name, getattr(old, name), getattr(new, name))
    for point in dict.fromkeys([*old.anchors, *new.anchors]):
        yield from _reworded(
            old.id, "anchors", old.anchors.get(point, ""), new.anchors.get(point, ""), place=f"[{point}]"
        )
    for name in OTHERS:
        yield from _changed(old.id, name, getattr(old, name), getattr(new, name))


def _reworded(where: str, setting: str, before: str, after: str, place: str = "") -> Iterator[Found]:
    """Yield a change of words; one of capitals, blanks and punctuation alone is no change of meaning."""
    if before != after:
        same = _SAID.findall(before.casefold()) == _SAID.findall(after.casefold()) and setting not in {
            "scale",
            "procedure",
        }
        yield where, f"wording[{setting}{place}]" if same else f"{setting}{place}", before, after


def _changed(where: str, setting: str, before: Any, after: Any) -> Iterator[Found]:
    if before != after:
        yield where, setting, _text(before), _text(after)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {text}" for name, text in value.items())
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return str(value)
