"""What waits for whom: items to score, in the order in which they were drawn."""

from __future__ import annotations

from qacli.model import View
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import Item


def to_score(view: View, person: str) -> list[Item]:
    """Return the items assigned to a person that have no observation in force."""
    done = {observation.item for observation in view.current(Observation)}
    return [item for item in view.current(Item) if item.evaluator == person and item.id not in done]
