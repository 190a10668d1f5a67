"""What waits for whom: items to score, in the order in which they were drawn."""

from __future__ import annotations

from qacli.model import View
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import Item
from qacli.monitor.sampling.sharing import held


def to_score(view: View, person: str) -> list[Item]:
    """Return the items that are with a person and have no observation in force."""
    done = {observation.item for observation in view.current(Observation)}
    return [item for item in held(view) if item.evaluator == person and item.id not in done]
