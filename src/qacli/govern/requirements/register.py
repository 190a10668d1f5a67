"""The register: which version of each rule holds on a day in the nation of the workspace, and what is refused outside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qacli.files.schema import newest_in_force
from qacli.model import Command, Hint, Refusal, View
from qacli.prepare.approval import NoSuchItem
from qacli.prepare.period import in_words

if TYPE_CHECKING:
    from qacli.govern.requirements.requirement import Requirement


class NoSource(Refusal, rule="no-source"):
    """A rule that nobody can look up is hearsay."""

    def __init__(self, name: str, lacking: Sequence[str]) -> None:
        super().__init__(
            f"{name} lacks {', '.join(lacking)}: a rule stands with its source and its days, or not at all.",
            help='say --source "Ofcom General Conditions, C4", --from, its first day, and --checked-on, when you read it',
        )


class OutsideDates(Refusal, rule="outside-its-dates"):
    """A rule is applied on the days on which it holds, and on no others."""

    def __init__(self, wrong: Sequence[str], rest: str = "") -> None:
        more = f"; and {len(wrong) - 5} more" if len(wrong) > 5 else ""
        super().__init__(
            "; ".join(wrong[:5]) + more + ".", help=rest or "leave out the version: the one of the day is found"
        )


class OtherNation(Refusal, rule="other-nation"):
    """A rule of one nation is no rule of another."""

    def __init__(self, rule: Requirement, nation: str) -> None:
        super().__init__(
            f"{rule.reference} holds in {', '.join(rule.nations)}; this workspace is in {nation}.",
            help=Hint("see nation in qacli.yaml, and: ", Command("require list")),
        )


def versions(view: View, name: str) -> list[Requirement]:
    """Return the versions of a rule as they stand, oldest first. Raises NoSuchItem."""
    every: Sequence[Requirement] = view.definitions("requirement")
    mine = sorted((each for each in every if each.id == name.partition("@")[0]), key=lambda each: each.newness)
    if not mine:
        raise NoSuchItem("requirement", name, sorted({each.id for each in every}))
    return mine


def in_force(view: View, day: date) -> list[Requirement]:
    """Return the rules that hold on a day in the nation of the workspace, in the version of that day."""
    every: Sequence[Requirement] = view.definitions("requirement")
    here = [each for each in every if each.holds_in(view.settings.nation)]
    replaced = _replaced(here, day)
    return [each for each in newest_in_force(here, day) if each.reference not in replaced]


def _replaced(rules: Sequence[Requirement], day: date) -> set[str]:
    """Return what another rule in force on a day took the place of."""
    return {each.supersedes for each in rules if each.supersedes and each.in_force(day)}


def on_day(view: View, name: str, day: date) -> Requirement:
    """Return the version of a rule that holds on a day; ``id@version`` only where it is that one.

    Raises NoSuchItem, OutsideDates, OtherNation.
    """
    mine = versions(view, name)
    holding = next((each for each in in_force(view, day) if each.id == mine[0].id), None)
    if "@" in name:
        named = meant(view, name, day)
        if named is not holding:
            refuse_nation(view, named)
            raise OutsideDates([f"{outside(named, day)}{_instead(holding)}"])
        return named
    if holding is None:
        refuse_nation(view, mine[-1])
        known = ", ".join(f"{each.reference} {days_of(each)}" for each in mine)
        raise OutsideDates([f"no version of {name} holds on {in_words(day)}"], f"known are: {known}")
    return holding


def refuse_nation(view: View, rule: Requirement) -> None:
    """Raise OtherNation where a rule does not hold in the nation of the workspace."""
    if not rule.holds_in(view.settings.nation):
        raise OtherNation(rule, view.settings.nation)


def outside(rule: Requirement, day: date) -> str:
    """Return in words that a rule does not hold on a day."""
    return f"{rule.reference} holds {days_of(rule)}, not on {in_words(day)}"


def _instead(rule: Requirement | None) -> str:
    return f": that day has {rule.reference}" if rule else ""


def days_of(rule: Requirement) -> str:
    """Return from when to when a rule holds, in words."""
    return f"from {in_words(rule.from_)}" + (f" to {in_words(rule.to)}" if rule.to else "")


def _follows(later: Requirement, rule: Requirement) -> bool:
    """Return whether a rule takes the place of another: as its next version, or because it says so."""
    return later.supersedes == rule.reference or (later.id == rule.id and later.newness > rule.newness)


def meant(view: View, name: str, day: date) -> Requirement:
    """Return the version that is named; for an id the one of a day, or the newest where none holds. Raises NoSuchItem."""
    known = versions(view, name)
    if "@" in name:
        named = next((each for each in known if each.reference == name), None)
        if named is None:
            raise NoSuchItem("requirement", name, [each.reference for each in known])
        return named
    return next((each for each in in_force(view, day) if each.id == name), known[-1])


def last_days(rules: Sequence[Requirement]) -> Mapping[str, date]:
    """Return the last day of each version: its own, or the day before what takes its place begins."""
    found: dict[str, date] = {}
    for each in rules:
        later = [other.from_ for other in rules if _follows(other, each)]
        found[each.reference] = min([each.to or date.max, *(day - timedelta(days=1) for day in later)])
    return found
