"""What requirements name: procedures, notices, scorecards, criteria and KPIs, which have to be there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.files.nearest import did_you_mean

if TYPE_CHECKING:
    from qacli.govern.requirements.requirement import Requirement

Definitions = Mapping[str, Mapping[str, Any]]
"""By kind and id."""


class Missing(NamedTuple):
    """Something that a rule names and nobody defines: the number of the rule, its place in it, what to say."""

    number: int
    place: tuple[str | int, ...]
    message: str
    help: str


def unknown(rules: Sequence[Requirement], known: Definitions, broken: Collection[str] = ()) -> Iterator[Missing]:
    """Yield what rules name and ``known`` does not hold. Of a kind in ``broken`` a file cannot be read: it is left out."""
    references = {rule.reference for rule in rules}
    for number, rule in enumerate(rules):
        for place, kind, name in named_by(rule):
            there = names_of(kind, known)
            if name.partition("@")[0] not in there and _owner_of(kind) not in broken:
                hint = did_you_mean(name, there, f"take it out, or define the {kind} first")
                yield Missing(number, place, f"{rule.reference} names the {kind} {name}, which is not there", hint)
        if rule.supersedes and rule.supersedes not in references:
            message = f"{rule.reference} supersedes {rule.supersedes}, which is not in the register"
            yield Missing(number, ("supersedes",), message, "add the old rule with its days, or take this out")


def named_by(rule: Requirement) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield what a rule names: place, kind, name."""
    for setting, kind in (
        ("procedures", "procedure"),
        ("notices", "notice"),
        ("scorecards", "scorecard"),
        ("criteria", "criterion"),
        ("triggers", "trigger"),
    ):
        for place, name in enumerate(getattr(rule, setting)):
            yield (setting, place), kind, name
    for place, bound in enumerate(rule.bounds):
        if bound.kind != "clock":
            yield ("test", place), bound.kind, bound.name


def names_of(kind: str, known: Definitions) -> list[str]:
    """Return the ids of a kind that are there."""
    if kind == "criterion":
        return sorted({criterion.id for card in known["scorecard"].values() for criterion in card.criteria()})
    return sorted(known[kind])


def _owner_of(kind: str) -> str:
    return "scorecard" if kind == "criterion" else kind
