"""Was what is judged perceived? The plan was checked when the sample was drawn; a session may have gone another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.monitor.observing.observation import Session
from qacli.prepare.frames.technique import gently
from qacli.prepare.frames.visibility import TechniqueBlind, able, in_force, unseen

if TYPE_CHECKING:
    from qacli.model import View
    from qacli.monitor.sampling.draw import Item
    from qacli.prepare.frames.technique import Technique
    from qacli.prepare.scorecards.scorecard import Scorecard


def refuse_of_no_use(view: View, item: Item, technique: Technique) -> None:
    """Raise TechniqueBlind where a technique shows nothing of the channel of an item."""
    if not technique.sees_on(item.channel):
        others = [each.id for each in gently(in_force(view)) if each.sees_on(item.channel)]
        raise TechniqueBlind(
            f"{item.id} cannot be observed by {technique.id}",
            [f"{technique.reference} is of no use on {item.channel}"],
            f"name the technique that was really used: {', '.join(others)}",
        )


def refuse_unperceived(view: View, item: Item, card: Scorecard) -> None:
    """Raise TechniqueBlind where the actor's sessions of an item, taken together, do not show all that its card asks.

    Not applicable is no way out: it says that a criterion does not apply, not that nobody could tell. An item without
    a session is looked at as its frame plans.
    """
    names = {row.technique for row in view.current(Session) if row.item == item.id and row.by == view.actor}
    if not names:
        return
    used, techniques = [view.look_up("technique", name) for name in sorted(names)], in_force(view)
    hidden = unseen(card, item.channel, used, techniques)
    if hidden:
        offered = next((each.id for each in able(card, item.channel, techniques)), "TECHNIQUE")
        raise TechniqueBlind(
            f"{item.id} cannot be scored from what {view.actor} perceived of it",
            hidden,
            f"look at it in another way as well, and say so: qacli record {item.id} --technique {offered}",
        )
