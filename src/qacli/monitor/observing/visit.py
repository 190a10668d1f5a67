"""Mystery shopping: a test customer with an agreed story, whose visit is recorded whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.model import Command, Hint, Refusal, View
from qacli.monitor.observing.observable import OwnWork
from qacli.prepare.notices.notice import MYSTERY_SHOP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.monitor.observing.watched import Watched
    from qacli.monitor.sampling.draw import Item
    from qacli.prepare.frames.technique import Technique


class VisitIncomplete(Refusal, rule="visit-incomplete"):
    """A test visit says who went and with which story, and nobody at the desk knew of it."""

    def __init__(self, item: str, problems: Sequence[str]) -> None:
        super().__init__(
            f"the visit to {item} cannot be recorded: {'; '.join(problems)}.",
            help='for example: --technique mystery-shop --shopper p_ms1 --scenario "lost card, no proof of address"',
        )


class NoVisit(Refusal, rule="no-visit"):
    """A shopper and a story belong to test visits."""

    def __init__(self, technique: str) -> None:
        super().__init__(
            f"--shopper and --scenario are of test visits, and {technique} is none.",
            help=f"leave them out, or say --technique {MYSTERY_SHOP}",
        )


class VisitUnrecorded(Refusal, rule="visit-unrecorded"):
    """What a shopper saw is not scored before it is said who went."""

    def __init__(self, item: str) -> None:
        super().__init__(
            f"{item} is a test visit, and nobody has recorded who went with which story.",
            help=Hint(
                "first: ",
                Command(f"record {item} --technique {MYSTERY_SHOP} --shopper PERSON --scenario WORDS --started TIME"),
            ),
        )


def is_visit(technique: Technique) -> bool:
    """Return whether a technique is mystery shopping."""
    return technique.id == MYSTERY_SHOP


def refuse_visit(view: View, item: Item, watched: Watched, technique: Technique) -> None:
    """Refuse what a test visit lacks, all at once, and what belongs to no other session.

    Raises VisitIncomplete, NoVisit, and OwnWork where the shopper handled the transaction.
    """
    if not is_visit(technique):
        if watched.shopper or watched.scenario:
            raise NoVisit(technique.id)
        return
    problems = []
    if not watched.shopper:
        problems.append("who visited is not said, by person id")
    elif watched.shopper not in view.people:
        problems.append(f"{watched.shopper} is not in people.csv")
    if not watched.scenario.strip():
        problems.append("the story of the visit is not said")
    if watched.told_at:
        problems.append("a colleague who is told of a visit acts for it: there is no time at which they were told")
    if watched.intervened:
        problems.append("a shopper is a customer and does not step in")
    if problems:
        raise VisitIncomplete(item.id, problems)
    if watched.shopper == item.colleague:
        raise OwnWork(watched.shopper)
