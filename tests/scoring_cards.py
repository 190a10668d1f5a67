"""Cards for sums: what a scorecard says of scoring, in YAML; the rest of each criterion is filled in."""

from __future__ import annotations

from functools import cache

from qacli.files.yaml import parse
from qacli.monitor.scoring.score import Score, score
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard

HEAD = {"version": "1", "owner": "p_tl1", "from": "2026-01-01"}
CARD = HEAD | {"id": "card", "title": "Card", "channels": ["phone"], "promises": {"safe": "Your money is safe."}}
CRITERION = {
    "observable": "It is said.",
    "anchors": {"0": "It is not said."},
    "not_applicable": "Nothing to say.",
    "procedure": "idv@1",
    "promise": "safe",
}
SCALES = """
binary: {met_at: met, points: {not_met: 0, met: 100}}
five: {met_at: "4", points: {1: 0, 2: 25, 3: 50, 4: 75, 5: 100}}
ten: {met_at: "8", points: {0: 0, 4: 40, 5: 50, 6: 60, 8: 80, 10: 100}}
close: {met_at: "50", points: {0: 0, 49: 49, 50: 50, 100: 100}}
marks: {met_at: "90", points: {0: 0, 90: 90, 95: 95, 100: 100}}
"""


@cache
def scale(reference: str) -> Scale:
    """Return one of the SCALES by its reference, for example five@1."""
    name = reference.removesuffix("@1")
    said = parse(SCALES, "scales.yaml").data[name]
    points = [{"point": point, "value": value, "label": point} for point, value in said["points"].items()]
    kind = "binary" if len(points) == 2 else "ordinal"
    more = {"id": name, "title": name, "kind": kind, "points": points, "met_at": said["met_at"]}
    return Scale.model_validate(HEAD | more)


def filled(text: str) -> dict:
    """Return what a piece of YAML says of a card, with everything that it leaves out.

    ``criteria`` alone stands for one section.
    """
    return whole(parse(text, "card.yaml").data)


def whole(said: dict) -> dict:
    """Return a card as far as it is said, with everything that is left out."""
    sections = said.get("sections") or [{"id": "all", "criteria": said["criteria"]}]
    sections = [
        {
            "title": "Section",
            **section,
            "criteria": [CRITERION | {"weight": "0"} | each for each in section["criteria"]],
        }
        for section in sections
    ]
    return {**CARD, **{name: each for name, each in said.items() if name != "criteria"}, "sections": sections}


def card(text: str) -> Scorecard:
    return Scorecard.model_validate(filled(text))


def answers(text: str) -> dict[str, str]:
    """Return answers written as q1=10 q2=na."""
    return dict(each.split("=") for each in text.split())


def scored(text: str, given: str) -> Score:
    """Return the score of answers, q1=10 q2=na, under a card in YAML."""
    return score(card(text), scale, answers(given))
