"""Who decides a dispute: nobody with a part in it, who holds the role that is asked, who knows what it is judged by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qacli.model import Hint, Refusal, View
from qacli.monitor.disputing.dispute import Standing, versions
from qacli.monitor.observing.observation import Observation
from qacli.monitor.observing.readiness import commands, lacked_by, refuse_unready
from qacli.monitor.sampling.draw import Item
from qacli.prepare.procedures.currency import Standing as Known
from qacli.prepare.procedures.currency import needs
from qacli.prepare.scorecards.scorecard import Scorecard


class NotIndependent(Refusal, rule="own-dispute"):
    """Nobody decides on their own judgement, nor on a judgement of themselves."""

    def __init__(self, dispute: str, actor: str, part: str, others: str) -> None:
        super().__init__(f"{actor} {part} and cannot decide {dispute}.", help=others)


class NotTheReviewer(Refusal, rule="wrong-role"):
    """The workspace says who decides disputes."""

    def __init__(self, actor: str, role: str, others: str) -> None:
        super().__init__(
            f"disputes are decided by a {role}, and {actor} does not hold that role.",
            help=Hint(others, "; see roles and agreement in qacli.yaml"),
        )


def refuse_reviewer(view: View, found: Standing, item: Item, card: Scorecard) -> None:
    """Refuse who may not decide a dispute, and say who may. Raises NotIndependent, NotTheReviewer, and as refuse_unready."""
    for part, people in parts(view, found).items():
        if view.actor in people:
            raise NotIndependent(found.dispute.id, view.actor, part, others(view, found, item, card))
    wanted = view.settings.agreement.get("dispute")
    if wanted and wanted not in view.settings.roles_of(view.actor):
        raise NotTheReviewer(view.actor, wanted, others(view, found, item, card))
    refuse_unready(view, [(item, card)], lambda: _ready(_lacking(view, found, item, card)))


def parts(view: View, found: Standing) -> dict[str, set[str]]:
    """Return who has a part in a dispute and cannot decide it, by what the part is."""
    chain = versions(view, found.observation.id)
    evaluators = {row.by for row in view.rows(Observation) if row.id in chain}
    return {
        f"scored {found.observation.item}": evaluators,
        f"is whose work {found.observation.id} is about": {found.dispute.colleague},
        f"raised {found.dispute.id}": {found.dispute.by},
    }


def others(view: View, found: Standing, item: Item, card: Scorecard) -> str:
    """Return who may decide a dispute, in words; where nobody may, what is to be done so that somebody can."""
    lacking = _lacking(view, found, item, card)
    if ready := _ready(lacking):
        return ready
    for person, lacked in lacking.items():
        why = f"nobody who may decide it knows the procedures of {card.reference} yet; {person} first, run: "
        return Hint(why, commands(lacked, person))
    wanted = view.settings.agreement.get("dispute")
    if wanted:
        return f"nobody is left who holds the role {wanted}: give it to another person"
    return "no evaluator is left who has no part in it: name another in a frame, who then reads the procedures"


def reviewer(view: View, found: Standing) -> str:
    """Return who is to decide a dispute: of those who may, the card's owner before the others.

    Who knows the procedures goes before who has to read them first. Empty where nobody is left.
    """
    item = view.one(Item, found.observation.item)
    card: Scorecard = view.look_up("scorecard", found.observation.scorecard)
    lacking = _lacking(view, found, item, card)
    return min(lacking, key=lambda person: (bool(lacking[person]), person != card.owner), default="")


def _ready(lacking: Mapping[str, Sequence[Known]]) -> str:
    people = [person for person, lacked in lacking.items() if not lacked]
    return f"it may be decided by {' or '.join(people)}: --as {people[0]}" if people else ""


def _lacking(view: View, found: Standing, item: Item, card: Scorecard) -> dict[str, list[Known]]:
    """Return what each of those lacks who may decide: all with the role that is asked, else evaluators and the card's owner."""
    wanted = view.settings.agreement.get("dispute")
    asked: Sequence[str] = view.settings.roles.get(wanted, ()) if wanted else [*needs(view), card.owner]
    barred = {person for people in parts(view, found).values() for person in people}
    free = [person for person in dict.fromkeys(asked) if person in view.people and person not in barred]
    return lacked_by(view, free, [(item, card)])
