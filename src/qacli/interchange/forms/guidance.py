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

from qacli.prepare.scale import Scale
from qacli.prepare.scorecard import Criterion, Scorecard

FIRST = "qacli scorecard"
"""The name of the line that says whose words these are: only a form that begins with it is read back line by line."""
LIST = ", "


def about(card: Scorecard) -> list[str]:
    """Return what stands over the whole form."""
    said = {
        FIRST: card.reference,
        "In force from": str(card.from_),
        "In force to": str(card.to or ""),
        "Review by": str(card.review_by or ""),
        "Channels": LIST.join(card.channels),
        "Failed criticals": LIST.join(f"{name} {effect}" for name, effect in card.scoring.critical),
        "Decimals": str(card.scoring.rounding),
    }
    return _lines([*said.items(), *((f"Promise {name}", text) for name, text in card.promises.items())])


def guidance(criterion: Criterion, scale: Scale, *, worth: bool = False) -> list[str]:
    """Return what stands beside one question; with ``worth`` the values too, where its answers carry no points."""
    anchors = [(f"Point {point}", text) for point, text in criterion.anchors.items()]
    never = not criterion.may_be_not_applicable
    rest = {
        "Not applicable": "" if never else criterion.not_applicable,
        "Critical": "" if criterion.critical == "none" else criterion.critical,
        "Standard": criterion.procedure,
        "Promise": criterion.promise,
        "So that": criterion.benefit or "",
        "Perceived by": LIST.join(criterion.needs),
        "Measures": LIST.join(criterion.kpis),
    }
    head = {
        "Scale": f"{scale.reference}, met from {scale.met_at}",
        "Worth": LIST.join(f"{point.value:f}" for point in scale.points) if worth else "",
    }
    return _lines([*head.items(), *anchors, *rest.items()])


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
