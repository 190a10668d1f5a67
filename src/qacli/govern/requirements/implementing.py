"""Implementing: a second person puts a consulted change in force, whole, and later looks whether it is live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.files.schema import newest_in_force
from qacli.govern.requirements.change import (
    BRIEFING,
    NOTICE,
    PARTS,
    PROCEDURE,
    SCORECARD,
    LiveCheck,
    RequirementChange,
    pack_of,
)
from qacli.govern.requirements.consulting import Standing, standing_of, standings
from qacli.govern.requirements.impact import impact
from qacli.govern.requirements.register import OutsideDates, last_days, outside, refuse_nation, versions
from qacli.improve.briefing.brief import Briefing
from qacli.improve.briefing.brief import standing_of as briefing_of
from qacli.model import NO_WORDS, Change, QacliError, Refusal, Row, View, Words
from qacli.prepare.approval import WrongRole, approval, last_day
from qacli.prepare.period import in_words
from qacli.prepare.procedures.currency import in_force as procedure_in_force
from qacli.prepare.procedures.currency import superseded

if TYPE_CHECKING:
    from qacli.govern.requirements.requirement import Requirement
    from qacli.prepare.frames.frame import Frame
    from qacli.prepare.scorecards.scorecard import Scorecard

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
            help=f"another person runs: qacli require implement {consultation} ... --as PERSON",
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
        super().__init__(f"{consultation} is implemented.", help="more is a new consultation: qacli require consult")


class NotPutInForce(Refusal, rule="not-implemented"):
    """What was not put in force cannot be live."""

    def __init__(self, consultation: str) -> None:
        super().__init__(
            f"{consultation} has no change pack yet.", help=f"first: qacli require implement {consultation}"
        )


class NotYetLive(Refusal, rule="not-yet-live"):
    """Whether something is live is seen on its day, not before."""

    def __init__(self, consultation: str, live_on: date) -> None:
        super().__init__(
            f"{consultation} is live from {in_words(live_on)}: that day is to come.", help="look on that day"
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


def live(view: View, consultation: str) -> Change:
    """Record for each change of a pack whether it is live today; what was seen live, or seen so today, makes no row.

    Raises NoSuchRow, NotPutInForce, NotYetLive.
    """
    standing_of(view, consultation)
    parts = [part for part in pack_of(view, consultation) if part.change.new]
    if not parts:
        raise NotPutInForce(consultation)
    today = view.now.date()
    if parts[0].change.live_on > today:
        raise NotYetLive(consultation, parts[0].change.live_on)
    rows: list[Row] = []
    for part in parts:
        if part.check and part.check.live:
            continue
        problem = next(_not_live(view, part.change, today), "")
        row = LiveCheck(change=part.change.id, on=today, live=not problem, seen=problem or "in force and in use")
        if not part.check or (part.check.on, part.check.live, part.check.seen) != (row.on, row.live, row.seen):
            rows.append(row)
    return Change(rows, [] if rows else [f"{consultation}: all of it is on record: nothing to do"])


def _not_live(view: View, change: RequirementChange, today: date) -> Iterator[str]:
    """Yield why a change is not live on a day."""
    if change.kind == BRIEFING:
        found = briefing_of(view, change.new)
        if not found.told:
            yield "nobody has been told"
        if found.waiting:
            yield f"still to be told: {', '.join(found.waiting)}"
        return
    item = view.look_up(change.kind, change.new)
    if not item.in_force(today):
        yield f"not in force on {in_words(today)}"
    elif change.kind == PROCEDURE:
        yield from _procedure_not_live(view, item, today)
    elif change.kind == SCORECARD:
        yield from _card_not_live(view, item, today)


def _frames(view: View, today: date) -> list[Frame]:
    found: list[Frame] = newest_in_force(view.definitions("frame"), today)
    return found


def _procedure_not_live(view: View, item: Any, today: date) -> Iterator[str]:
    procedures = view.definitions("procedure")
    holds = procedure_in_force(procedures, item.id, today)
    if holds and holds.reference != item.reference:
        yield f"{holds.reference} is in force instead"
    used = {name for frame in _frames(view, today) for name in frame.scorecards.values()}
    cards: Sequence[Scorecard] = view.definitions("scorecard")
    behind = [card.reference for card in cards if card.reference in used and item.id in _older(card, procedures, today)]
    if behind:
        yield f"still rated by its older version: {', '.join(behind)}"


def _older(card: Scorecard, procedures: Sequence[Any], today: date) -> set[str]:
    return {cited.partition("@")[0] for cited in superseded(card, procedures, today)}


def _card_not_live(view: View, item: Any, today: date) -> Iterator[str]:
    if not approval(view, SCORECARD, item):
        yield "not approved as it stands"
    ended = last_day(view, SCORECARD, item)
    if ended and ended < today:
        yield f"retired on {in_words(ended)}"
    drawing = [frame for frame in _frames(view, today) if approval(view, "frame", frame)]
    if not any(item.reference in frame.scorecards.values() for frame in drawing):
        yield "no agreed frame in force draws for it"
