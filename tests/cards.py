"""A scorecard that says something in every setting, with its two scales; and the shipped ones."""

from __future__ import annotations

from pathlib import Path

from qacli.files.validate import validate
from qacli.files.yaml import parse, read
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard

SHIPPED = Path(__file__).parents[1] / "scorecards"
CARD = """\
id: calls
version: 2.1
owner: p_tl1
from: 2026-01-01
to: 2026-12-31
review_by: 2026-09-30
title: Calls
channels: [phone, video]
promises:
  sorted: We sort it out the first time.
  safe: Your money is safe with us.
scoring:
  not_applicable: exclude
  critical: {customer: apart, business: apart, compliance: zero}
  rounding: 2
sections:
  - id: open
    title: Opening
    criteria:
      - id: idv
        observable: The identity check is passed before anything is said about the account.
        scale: binary@1
        weight: 0
        critical: compliance
        anchors: {not_met: A detail is given first., met: Every question is answered first.}
        not_applicable: A general question.
        procedure: idv@3
        promise: safe
        kpis: [compliance-accuracy]
        needs: [words, screen]
        benefit: nobody else gets at the money
      - id: greet
        observable: The caller hears a name.
        scale: grade@4
        weight: 40
        anchors: {1: No name., 3: A name and a greeting.}
        not_applicable: never
        procedure: opening@1
        promise: sorted
  - id: solve
    title: Solving
    criteria:
      - id: own
        observable: The colleague stays with it.
        scale: grade@4
        weight: 60
        anchors: {1: Passed on., 2: Tried once., 3: Settled.}
        not_applicable: The caller hangs up.
        procedure: ownership@1
        promise: sorted
        kpis: [fcr, ces]
        benefit: one call is enough
"""
# A measure instead of a judgement, and a question that waits for some of its numbers.
MEASURED = (
    ("scale: grade@4\n        weight: 40", "scale: wait@1\n        filled_from: wait-seconds\n        weight: 40"),
    ("{1: No name., 3: A name", "{0: No name., 10: A name"),
    ("id: own\n", "id: own\n        only_if: {criterion: greet, answers: [6, 10]}\n"),
)
# By what is written instead of what, one after the other: cards with a policy of every kind.
POLICIES = {
    "bonus": (("weight: 40", "weight: 40\n        bonus: yes"), ("weight: 60", "weight: 100"),
              ("  rounding: 2", "  rounding: 2\n  cap: none")),
    "counted critical": (("  rounding: 2", "  rounding: 2\n  critical_weight: counted"),
                         ("weight: 0\n", "weight: 20\n"), ("weight: 40", "weight: 20")),
    "zero section": (("compliance: zero", "compliance: zero_section"),),
    "condition": (("id: own\n", "id: own\n        only_if: {criterion: greet, answers: [2, 3]}\n"),),
    "conditions in a row": (("id: greet\n", "id: greet\n        only_if: {criterion: idv, answers: [met]}\n"),
                            ("id: own\n", "id: own\n        only_if: {criterion: greet, answers: [1]}\n")),
    "points": (("  rounding: 2", "  rounding: 2\n  mode: points"), ("weight: 40", "weight: 7"), ("weight: 60", "weight: 30")),
    "sections multiply": (("  rounding: 2", "  rounding: 2\n  mode: points\n  section_weights: multiply"),
                          ("title: Opening", "title: Opening\n    weight: 2"),
                          ("title: Solving", "title: Solving\n    weight: 0.5")),
    "own failing answers": (("scale: binary@1", "scale: grade@4"), ("procedure: idv@3", "procedure: idv@3\n        fails_on: [1, 2]"),
                            ("{not_met: A detail", "{1: A detail"), ("met: Every", "3: Every")),
    "number": MEASURED,
    "number and points": (*MEASURED, ("  rounding: 2", "  rounding: 2\n  mode: points"), ("weight: 40", "weight: 5")),
    "failed by number": (*MEASURED, ("weight: 40", "weight: 0\n        critical: compliance"), ("weight: 60", "weight: 100")),
}  # fmt: skip
BINARY = """\
id: binary
version: 1
owner: p_tl1
from: 2026-01-01
title: Met or not met
kind: binary
points:
  - {point: not_met, value: 0, label: not met}
  - {point: met, value: 100, label: met}
met_at: met
"""
GRADE = """\
id: grade
version: 4
owner: p_tl1
from: 2026-01-01
title: Three grades
kind: ordinal
points:
  - {point: 1, value: 0, label: far off}
  - {point: 2, value: 50, label: near}
  - {point: 3, value: 100, label: there}
met_at: 2
"""
WAIT = """\
id: wait
version: 1
owner: p_tl1
from: 2026-01-01
title: Measured, 0 to 10
kind: number
range: {from: 0, to: 10, step: 2}
bands:
  - {band: slow, from: 0, label: too slow}
  - {band: prompt, from: 6, label: "prompt, or nearly"}
met_at: 6
"""


def card(text=CARD):
    return validate(parse(text, "calls.yaml"), Scorecard)


def under(policy):
    """The card with one of the POLICIES, and the scales that it uses."""
    one = card(text_under(policy))
    return one, [
        each for each in scales(BINARY, GRADE, WAIT) if each.reference in {its.scale for its in one.criteria()}
    ]


def text_under(policy):
    text = CARD
    for old, new in POLICIES[policy]:
        assert old in text, old
        text = text.replace(old, new)
    return text


def scale(text):
    return validate(parse(text, "scale.yaml"), Scale)


def scales(*texts):
    return [scale(text) for text in texts or (BINARY, GRADE)]


def shipped():
    """Every shipped card with the scales that it uses."""
    known = [validate(read(path), Scale) for path in sorted((SHIPPED / "scales").glob("*.yaml"))]
    cards = [validate(read(path), Scorecard) for path in sorted((SHIPPED / "scorecards").glob("*.yaml"))]
    return [(each, [s for s in known if s.reference in {c.scale for c in each.criteria()}]) for each in cards]
