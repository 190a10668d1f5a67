"""Lint of a scale: points that people can tell apart by what they are called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from qacli.prepare.scorecards.degree import same_but_for_degree
from qacli.prepare.scorecards.lint import Finding
from qacli.prepare.scorecards.scale import Scale

_NUMBER = re.compile(r"[\W\d]*(?:points?|percent|per cent|of \d+)?[\W\d]*", re.IGNORECASE)


def lint_scale(scale: Scale) -> list[Finding]:
    """Return what should be mended before the scale is tried, in the order of its points; empty when nothing is."""
    return [finding for rule in RULES for finding in rule(scale)]


def labels_say_something(scale: Scale) -> Iterator[Finding]:
    """A number tells nobody what a point means: a judgement out of 100 is no scale."""
    for place, point in enumerate(scale.points):
        if _NUMBER.fullmatch(point.label) or point.label.casefold() == f"point {point.point}":
            yield Finding(
                "unanchored-point",
                ("points", place, "label"),
                f"point {point.point} is called '{point.label}': that says nothing about the work",
                "say in words what the point stands for, for example: meets the standard",
            )


def labels_differ(scale: Scale) -> Iterator[Finding]:
    """No two points are called alike."""
    seen: dict[str, str] = {}
    for place, point in enumerate(scale.points):
        if (earlier := seen.setdefault(point.label.casefold(), point.point)) != point.point:
            yield Finding(
                "same-label",
                ("points", place, "label"),
                f"{point.point} is called what {earlier} is called",
                "give each point a name of its own",
            )


def labels_differ_in_substance(scale: Scale) -> Iterator[Finding]:
    """Good and very good are one point."""
    for place, (lower, upper) in enumerate(pairwise(scale.points), start=1):
        if words := same_but_for_degree(lower.label, upper.label):
            yield Finding(
                "only-degree",
                ("points", place, "label"),
                f"{lower.point} and {upper.point} differ only by '{words}'",
                "say what is there at one and not at the other, or take one of them out",
            )


RULES: tuple[Callable[[Scale], Iterator[Finding]], ...] = (
    labels_say_something,
    labels_differ,
    labels_differ_in_substance,
)
