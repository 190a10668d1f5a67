"""Approvals: a second person's decision on one version of a definition, bound to its text.

Frames, scales and scorecards go through the same act; what else must hold before one of them may be approved stands
beside its kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from qacli.model import NO_WORDS, Change, Command, Hint, QacliError, Refusal, Row, View, Words, ref
from qacli.prepare.period import in_words

if TYPE_CHECKING:
    from qacli.files.schema import Definition

AGREED: Final = "agreed"
DECLINED: Final = "declined"
RETIRED: Final = "retired"
AGREED_KINDS = frozenset({"frame", "authority", "ladder"})
"""What is said to be agreed; everything else is approved."""
COMMANDS: Mapping[str, str] = MappingProxyType({"ladder": "escalate"})
"""The command by which a kind is agreed, where it is not called after the kind."""
OVERRIDE = "override"
"""The entry of ``agreement`` in qacli.yaml that names the role which may approve against a rule."""


@dataclass(frozen=True, kw_only=True)
class Approval(Row, table="approvals", letter="g"):
    """A second person's decision on one version of a definition, bound to its text by ``sha256``."""

    kind: str
    item: str
    sha256: str
    decision: str
    role: str
    comment: Words


@dataclass(frozen=True, kw_only=True)
class Override(Row, table="approval_overrides", parent="approval"):
    """A rule that an approval went against, and why the authority (``by``) let it."""

    approval: str
    rule: str
    reason: Words


@dataclass(frozen=True, kw_only=True)
class Ending(Row, table="endings", parent="approval"):
    """The last day whose transactions a retired definition may still be used for."""

    approval: str
    last: date


class SamePerson(Refusal, rule="same-person"):
    """Agreeing takes two."""

    def __init__(self, kind: str, item: Definition, verb: str = "") -> None:
        verb = verb or verb_of(kind)
        super().__init__(
            f"{item.owner} owns {item.reference} and cannot {verb} it as well.",
            help=Hint("another person runs: ", Command(f"{COMMANDS.get(kind, kind)} {verb} {item.id}", "PERSON")),
        )


class WrongRole(Refusal, rule="wrong-role"):
    """The workspace says whose agreement a kind of definition needs."""

    def __init__(self, kind: str, actor: str, role: str) -> None:
        super().__init__(
            f"{kind}s are {told(kind, AGREED)} by a {role}, and {actor} does not hold that role.",
            help="see roles and agreement in qacli.yaml",
        )


class NoAuthority(Refusal, rule="no-authority"):
    """Only a role that the workspace names for it may go against a rule."""

    def __init__(self, actor: str, role: str | None) -> None:
        if role:
            super().__init__(
                f"only a {role} may approve against a rule, and {actor} does not hold that role.",
                help="see roles and agreement in qacli.yaml",
            )
        else:
            super().__init__(
                "nobody is named who may approve against a rule.",
                help=f"name a role in qacli.yaml: agreement: {{{OVERRIDE}: quality-manager}}",
            )


class AlreadyRetired(Refusal, rule="already-retired"):
    """A last day is not moved once it has been told."""

    def __init__(self, item: Definition, last: date) -> None:
        super().__init__(
            f"{item.reference} is retired; its last day is {in_words(last)}.",
            help="write and approve a new version where it is to be used again",
        )


class BackDated(Refusal, rule="back-dated"):
    """Retiring looks ahead: transactions of days gone by may have been scored already."""

    def __init__(self, item: Definition, last: date, today: date) -> None:
        super().__init__(
            f"{item.reference} cannot be retired from {in_words(last)}: that day is over.",
            help=f"name today or a later day: --on {today}",
        )


class NoSuchItem(QacliError):
    """Nothing in the folder has that id."""

    def __init__(self, kind: str, id: str, known: Sequence[str]) -> None:  # noqa: A002
        super().__init__(f"there is no {kind} '{id}' in definitions", help=f"known: {', '.join(known) or 'none'}")


class Waiting(NamedTuple):
    """A definition that a frame needs and nobody has approved as it stands."""

    kind: str
    item: Definition


def verb_of(kind: str) -> str:
    """Return what the command is called by which a kind is approved."""
    return "agree" if kind in AGREED_KINDS else "approve"


def told(kind: str, decision: str) -> str:
    """Return a recorded decision in the words of its kind: agreed, approved, declined, retired."""
    return f"{verb_of(kind)}d" if decision == AGREED else decision


def standing(view: View, kind: str, id: str) -> Any:  # noqa: A002
    """Return a definition as the folder has it, in force already or not, and cite it. Raises NoSuchItem.

    ``id@version`` names any version that the folder or the records know. Raises NoSuchDefinition for another.
    """
    if "@" in id:
        return view.definition(kind, id)
    there: Sequence[Definition] = view.definitions(kind)
    mine = [item for item in there if item.id == id]
    if not mine:
        raise NoSuchItem(kind, id, sorted({item.id for item in there}))
    return view.definition(kind, max(mine, key=lambda item: item.newness).reference)


def approve(
    view: View,
    kind: str,
    id: str,  # noqa: A002
    comment: str = "",
    decision: Literal["agreed", "declined"] = AGREED,
) -> Change:
    """Record the actor's decision on a definition as it stands. Raises NoSuchItem, SamePerson, WrongRole.

    Who has agreed what stands agreed makes no row; another person may add their approval.
    """
    item = standing(view, kind, id)
    row = decide(view, kind, item, comment, decision)
    if not row:
        return Change(findings=[nothing_to_do(view, kind, item)])
    return Change(rows=[row])


def decide(
    view: View, kind: str, item: Definition, comment: str = "", decision: Literal["agreed", "declined"] = AGREED
) -> Approval | None:
    """Return the row of the actor's decision; None where the actor has agreed it and it stands agreed."""
    role = second_person(view, kind, item)
    if decision == AGREED and approval(view, kind, item) and _last_of(view, kind, item, view.actor) == AGREED:
        return None
    return decision_row(view, kind, item, decision, role, comment)


def decision_row(view: View, kind: str, item: Definition, decision: str, role: str, comment: str) -> Approval:
    """Return a decision on exactly the text of a definition."""
    return Approval(
        kind=kind,
        item=item.reference,
        sha256=view.sha256(kind, item.reference),
        decision=decision,
        role=role,
        comment=Words(comment.strip()) if comment.strip() else NO_WORDS,
    )


def nothing_to_do(view: View, kind: str, item: Definition) -> str:
    """Return the finding where the actor's approval stands already."""
    return f"{item.reference} was already {told(kind, AGREED)} by {view.actor}: nothing to do"


def second_person(view: View, kind: str, item: Definition, verb: str = "") -> str:
    """Return the role in which the actor may decide on a definition. Raises SamePerson, WrongRole."""
    if view.actor == item.owner:
        raise SamePerson(kind, item, verb)
    held = view.settings.roles_of(view.actor)
    wanted = view.settings.agreement.get(kind)
    if wanted and wanted not in held:
        raise WrongRole(kind, view.actor, wanted)
    return wanted or next(iter(held), "")


def may_decide(view: View, kind: str, item: Definition) -> bool:
    """Return whether the actor is one who could approve a definition: not its owner, and in a role that decides."""
    try:
        return bool(second_person(view, kind, item))
    except (SamePerson, WrongRole):
        return False


def require_authority(view: View) -> str:
    """Return the role in which the actor may approve against a rule. Raises NoAuthority."""
    role: str | None = view.settings.agreement.get(OVERRIDE)
    if not role or role not in view.settings.roles_of(view.actor):
        raise NoAuthority(view.actor, role)
    return role


def decisions(view: View, kind: str, item: Definition) -> list[Approval]:
    """Return the decisions in force on exactly this text of a definition, made by now, oldest first."""
    sha256 = view.sha256(kind, item.reference)
    return [
        row
        for row in view.current(Approval)
        if (row.kind, row.item, row.sha256) == (kind, item.reference, sha256) and not (row.at and row.at > view.now)
    ]


def approval(view: View, kind: str, item: Definition) -> Approval | None:
    """Return the approval in force of exactly this text by now; None where its last decision is not agreed."""
    found = [row for row in decisions(view, kind, item) if row.decision != RETIRED]
    return found[-1] if found and found[-1].decision == AGREED else None


def _last_of(view: View, kind: str, item: Definition, person: str) -> str:
    mine = [row for row in decisions(view, kind, item) if row.by == person and row.decision != RETIRED]
    return mine[-1].decision if mine else ""


def override_of(view: View, row: Approval) -> Override | None:
    """Return what an approval went against; None where it went against nothing."""
    return next(iter(view.current(Override, approval=row.id)), None)


def retire(view: View, kind: str, id: str, last: date, reason: str) -> Change:  # noqa: A002
    """Record the last day of a definition, by a second person as its approval was.

    Raises NoSuchItem, SamePerson, WrongRole, BackDated, AlreadyRetired.
    """
    item = standing(view, kind, id)
    role = second_person(view, kind, item, "retire")
    if last < view.now.date():
        raise BackDated(item, last, view.now.date())
    ended = last_day(view, kind, item)
    if ended:
        raise AlreadyRetired(item, ended)
    row = decision_row(view, kind, item, RETIRED, role, reason)
    return Change(rows=[row, Ending(approval=ref(row), last=last)])


def last_day(view: View, kind: str, item: Definition) -> date | None:
    """Return the last day of a retired version; None for one that nobody retired."""
    return last_days(view, kind).get(item.reference)


def last_days(view: View, kind: str) -> dict[str, date]:
    """Return the last day of each retired version of a kind, by its reference."""
    retired = {row.id: row.item for row in view.current(Approval) if (row.kind, row.decision) == (kind, RETIRED)}
    return {retired[row.approval]: row.last for row in view.current(Ending) if row.approval in retired}


def awaiting(view: View) -> list[Waiting]:
    """Return what the frames of the folder need and nobody has approved as it stands: scales, cards, then frames.

    Frames whose last day has passed need nothing.
    """
    day = view.now.date()
    frames = {each.reference: each for each in view.definitions("frame") if each.to is None or each.to >= day}
    used = {name for frame in frames.values() for name in frame.scorecards.values()}
    cards = {card.reference: card for card in view.definitions("scorecard") if card.reference in used}
    rated = {criterion.scale for card in cards.values() for criterion in card.criteria()}
    scales = {scale.reference: scale for scale in view.definitions("scale") if scale.reference in rated}
    return [
        Waiting(kind, items[name])
        for kind, items in (("scale", scales), ("scorecard", cards), ("frame", frames))
        for name in sorted(items)
        if not approval(view, kind, items[name])
    ]
