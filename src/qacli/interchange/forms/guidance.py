"""Guidance text of a form: what a card says beyond questions and answers, as lines that people read and qacli reads back.

    Scale: point5@1, met from 4
    Point 1: Talks over the caller more than once.
    Not applicable: The caller ends the call before this point.
    Promise: plain

A line is a name, a colon and a text on one line. What is most needed to judge stands first: where a system limits
the length, whole lines are left out from the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from qacli.model import text_of
from qacli.prepare.scorecards.scale import Scale, plain
from qacli.prepare.scorecards.scorecard import Criterion, Scorecard

FIRST = "qacli scorecard"
"""The name of the line that says whose words these are: only a form that begins with it is read back line by line."""
LIST = ", "
MET_FROM = ", met from "
POLICY: Mapping[str, str] = MappingProxyType(
    {
        "Policy of": "profile",
        "Weights are": "mode",
        "Section weights": "section_weights",
        "Weight of criticals": "critical_weight",
        "Criticals fail below": "critical_below",
        "Highest score": "cap",
        "Pass mark": "pass_mark",
        "Pass despite critical": "pass_despite_critical",
        "Decimals": "rounding",
    }
)
"""By the name of its line: a setting of the scoring policy that is written where it is not the usual one."""


def about(card: Scorecard) -> list[str]:
    """Return what stands over the whole form."""
    said = {
        FIRST: card.reference,
        "In force from": str(card.from_),
        "In force to": str(card.to or ""),
        "Review by": str(card.review_by or ""),
        "Channels": LIST.join(card.channels),
        "Failed criticals": LIST.join(f"{name} {effect}" for name, effect in card.scoring.critical),
    }
    said |= {name: text_of(getattr(card.scoring, field)) for name, field in POLICY.items() if _stated(card, field)}
    said |= {f"Band {band.from_}": band.name for band in card.scoring.bands}
    return _lines([*said.items(), *((f"Promise {name}", text) for name, text in card.promises.items())])


def _stated(card: Scorecard, field: str) -> bool:
    """Return whether a setting of the policy has to be written: a profile has defaults of its own."""
    usual = type(card.scoring).model_fields[field].get_default(call_default_factory=True)
    return card.scoring.profile is not None or getattr(card.scoring, field) != usual


def guidance(card: Scorecard, criterion: Criterion, scale: Scale, *, worth: bool = False) -> list[str]:
    """Return what stands beside one question; with ``worth`` the values too, where its answers carry no points."""
    asked = criterion.only_if
    anchors = [(f"Point {point}", text) for point, text in criterion.anchors.items()]
    never = not criterion.may_be_not_applicable
    rest = {
        "Not applicable": "" if never else criterion.not_applicable,
        "Critical": "" if criterion.critical == "none" else criterion.critical,
        "Standard": criterion.procedure,
        "Promise": criterion.promise,
        "So that": criterion.benefit or "",
        "Filled from": criterion.filled_from or "",
        "Perceived by": LIST.join(criterion.needs),
        "Measures": LIST.join(criterion.kpis),
    }
    head = {
        **_scale(scale),
        "Worth": LIST.join(f"{point.value:f}" for point in scale.points) if worth else "",
        "Weight": f"{criterion.weight:f}" if card.scoring.mode == "points" else "",
        "Fails on": LIST.join(criterion.fails_on),
        "Asked only if": f"{asked.criterion} is {LIST.join(asked.answers)}" if asked else "",
    }
    return _lines([*head.items(), *anchors, *rest.items()])


def _scale(scale: Scale) -> dict[str, str]:
    """Return what the answers to choose from do not tell of a scale."""
    return {
        "Scale": f"{scale.reference}{MET_FROM}{scale.met_at}",
        "Kind": scale.kind if scale.kind == "deviation" else "",
        "Numbers": scale.in_words if scale.range_ else "",
        **{f"Band {band.band}": f"{plain(band.from_)}{LIST}{band.label}" for band in scale.bands},
        "To describe": LIST.join(scale.describe),
    }


def _lines(said: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{name}: {' '.join(text.split())}" for name, text in said if text]


def fitted(lines: Sequence[str], most: int) -> str:
    """Return the lines as a text of at most so many characters; whole lines are left out from the end."""
    kept = list(lines)
    while kept and len("\n".join(kept)) > most:
        kept.pop()
    return "\n".join(kept)


def read(text: str) -> dict[str, str]:
    """Return what a text that qacli wrote says, by the names of its lines."""
    found = (re.fullmatch(r"([^:]+): (.+)", line) for line in text.splitlines())
    return {match[1]: match[2] for match in found if match}


def taken(text: str, *, ours: bool) -> tuple[dict[str, str], str]:
    """Return what guidance beside a question says by name, and the text itself where somebody else wrote it."""
    said = read(text) if ours else {}
    return (said, "") if "Scale" in said else ({}, text)


def is_ours(text: str) -> bool:
    """Return whether a text over a form was written by qacli."""
    return text.startswith(f"{FIRST}: ")


def named(said: Mapping[str, str], word: str) -> Iterator[tuple[str, str]]:
    """Yield what a text says under a name with a word behind it, for example every ``Point``, with its id."""
    for name, text in said.items():
        if name.startswith(f"{word} "):
            yield name.removeprefix(f"{word} "), text


def listed(said: Mapping[str, str], name: str) -> list[str]:
    """Return a list of a text, empty where it has none of that name."""
    return said[name].split(LIST) if name in said else []
