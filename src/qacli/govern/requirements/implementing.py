"""Implementing: a second person puts a consulted change in force, whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.govern.requirements.change import BRIEFING, NOTICE, PARTS, PROCEDURE, SCORECARD, RequirementChange, pack_of
from qacli.govern.requirements.consulting import Standing, standing_of, standings
from qacli.govern.requirements.impact import impact
from qacli.govern.requirements.register import OutsideDates, last_days, outside, refuse_nation, versions
from qacli.improve.briefing.brief import Briefing
from qacli.model import NO_WORDS, Change, Command, Hint, QacliError, Refusal, View, Words
from qacli.prepare.approval import WrongRole, approval
from qacli.prepare.period import in_words

if TYPE_CHECKING:
    from qacli.govern.requirements.requirement import Requirement

DEFINED = (PROCEDURE, NOTICE, SCORECARD)
OLD = 366
"""Days after which a rule is no longer one that somebody is late for; ours."""


class Pack(NamedTuple):
    """A change pack as somebody types it: what is new by kind, and why what is left is left."""

    new: Mapping[str, Sequence[str]]
    left: Mapping[str, str]
    live_on: date


class Unconsulted(Refusal, rule="unconsulted"):
    """Nothing changes over the heads of those who do the work and those who lead them."""

    def __init__(self, name: str, lacking: Sequence[str], how: str) -> None:
        super().__init__(f"{name}: {'; '.join(lacking)}.", help=how)


class OwnChange(Refusal, rule="own-change"):
    """Who proposes a change does not put it in force as well."""

    def __init__(self, consultation: str, actor: str) -> None:
        super().__init__(
            f"{actor} proposed {consultation} and cannot implement it as well.",
            help=Hint("another person runs: ", Command(f"require implement {consultation} ...", "PERSON")),
        )


class PackFaults(Refusal, rule="incomplete-pack"):
    """A rule that reaches a procedure and not the card, or the card and not the people, is not in force."""

    def __init__(self, consultation: str, faults: Sequence[str]) -> None:
        super().__init__(
            f"the change pack of {consultation} is not whole:\n" + "\n".join(f"  {fault}" for fault in faults),
            help="name what is new, or say why nothing is: --left notice='customers are told nothing new'",
        )


class InForceAlready(Refusal, rule="implemented-already"):
    """A pack stands; what comes after is another change."""

    def __init__(self, consultation: str) -> None:
        super().__init__(
            f"{consultation} is implemented.", help=Hint("more is a new consultation: ", Command("require consult"))
        )


def implement(view: View, name: str, pack: Pack) -> Change:
    """Record a change pack. ``name`` is a consultation; for a rule, its last one.

    Raises NoSuchRow, NoSuchItem, Unconsulted, OwnChange, WrongRole, OutsideDates, OtherNation, PackFaults, InForceAlready.
    """
    found = _consulted(view, name)
    row = found.consultation
    rule: Requirement = view.definition("requirement", row.requirement)
    _refuse_unconsulted(found)
    _refuse_person(view, found)
    refuse_nation(view, rule)
    if last_days(versions(view, rule.id))[rule.reference] < pack.live_on:
        raise OutsideDates([outside(rule, pack.live_on)], "consult on the version of that day: qacli require consult")
    rows = _rows(view, row.id, rule, pack)
    before = pack_of(view, row.id)
    if before:
        same = {(part.change.kind, part.change.new) for part in before} == {(each.kind, each.new) for each in rows}
        if same:
            return Change(findings=[f"{row.id} is implemented so already: nothing to do"])
        raise InForceAlready(row.id)
    if faults := [*_lacking(pack), *_unfit(view, found, pack)]:
        raise PackFaults(row.id, faults)
    return Change(rows, [*_told(rule, pack), *_beside(view, rule, pack)])


def _consulted(view: View, name: str) -> Standing:
    if name.startswith("qc_"):
        return standing_of(view, name)
    known = {rule.reference for rule in versions(view, name) if name in {rule.id, rule.reference}}
    mine = [each for each in standings(view) if each.consultation.requirement in known]
    if not mine:
        how = f'qacli require consult {name} --change "..."'
        raise Unconsulted(name, ["nobody has been consulted"], f"ask leaders and the front line first: {how}")
    return mine[-1]


def _refuse_unconsulted(found: Standing) -> None:
    if found.lacking:
        name = found.consultation.id
        how = f"they run: qacli require say {name} --as PERSON; you: qacli require reply ANSWER"
        raise Unconsulted(name, found.lacking, how)


def _refuse_person(view: View, found: Standing) -> None:
    if view.actor == found.consultation.by:
        raise OwnChange(found.consultation.id, view.actor)
    wanted = view.settings.agreement.get("requirement")
    if wanted and wanted not in view.settings.roles_of(view.actor):
        raise WrongRole("requirement", view.actor, wanted)


def _lacking(pack: Pack) -> Iterator[str]:
    for kind in PARTS:
        new, why = pack.new.get(kind), pack.left.get(kind, "").strip()
        if not new and not why:
            yield f"{kind}: neither what is new nor why nothing is"
        if new and why:
            yield f"{kind}: {', '.join(new)} is new, and it is left as well"


def _unfit(view: View, found: Standing, pack: Pack) -> Iterator[str]:
    asked_at = found.consultation.at
    if asked_at and pack.live_on < asked_at.astimezone(view.now.tzinfo).date():
        yield f"live on {in_words(pack.live_on)}, before anybody was asked"
    for kind in DEFINED:
        for reference in pack.new.get(kind, ()):
            yield from _unfit_definition(view, kind, reference, pack.live_on)
    known = {row.id for row in view.current(Briefing)}
    for briefing in pack.new.get(BRIEFING, ()):
        if briefing not in known:
            yield f"briefing: there is no {briefing}; make it: qacli brief make"


def _unfit_definition(view: View, kind: str, reference: str, live_on: date) -> Iterator[str]:
    try:
        item = view.definition(kind, reference) if "@" in reference else None
    except Refusal:
        raise
    except QacliError as wrong:
        yield f"{kind}: {wrong.message}"
        return
    if item is None:
        yield f"{kind}: {reference} names no version; write {reference}@2"
    elif not item.in_force(live_on):
        yield f"{kind}: {reference} is not in force on {in_words(live_on)}"
    elif kind == SCORECARD and not approval(view, kind, item):
        yield f"scorecard: {reference} is not approved; by another person: qacli scorecard approve {item.id}"


def _rows(view: View, consultation: str, rule: Requirement, pack: Pack) -> list[RequirementChange]:
    rows = []
    for kind in PARTS:
        for new in dict.fromkeys(pack.new.get(kind, ())) or ("",):
            why = pack.left.get(kind, "").strip()
            rows.append(
                RequirementChange(
                    consultation=consultation,
                    requirement=rule.reference,
                    kind=kind,
                    old=_before(view, kind, new),
                    new=new,
                    live_on=pack.live_on,
                    why=Words(why) if why and not new else NO_WORDS,
                )
            )
    return rows


def _before(view: View, kind: str, new: str) -> str:
    """Return the version that a new one takes the place of; empty where there is none."""
    if kind not in DEFINED or "@" not in new:
        return ""
    every: list[Any] = [each for each in view.definitions(kind) if each.id == new.partition("@")[0]]
    mine = next((each for each in every if each.reference == new), None)
    older = [each for each in every if mine and each.newness < mine.newness]
    return max(older, key=lambda each: each.newness).reference if older else ""


def _told(rule: Requirement, pack: Pack) -> list[str]:
    days = (pack.live_on - rule.from_).days
    if not 0 < days < OLD:
        return []
    held = f"{rule.reference} holds since {in_words(rule.from_)}"
    return [f"{held}: the change comes {days} day{'s' * (days != 1)} after it"]


def _beside(view: View, rule: Requirement, pack: Pack) -> list[str]:
    """Return what the rule touches and the pack does not name, for kinds of which it names something."""
    changed = {(kind, name.partition("@")[0]) for kind in DEFINED for name in pack.new.get(kind, ())}
    kinds = {kind for kind, _ in changed}
    beside = [
        f"{each.kind} {each.name}"
        for each in impact(view, rule)
        if each.kind in kinds and (each.kind, each.name.partition("@")[0]) not in changed
    ]
    return [f"the rule touches besides: {', '.join(beside)}"] if beside else []
