"""What waits for whom: items to score, in the order in which they were drawn."""

from __future__ import annotations

from qacli.model import View
from qacli.monitor.observing.excuse import excuses, scoring_of
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import Item
from qacli.monitor.sampling.sharing import held


def to_score(view: View, person: str) -> list[Item]:
    """Return the items that are with a person, have no observation in force and were not excused."""
    done, excused = {observation.item for observation in view.current(Observation)}, excuses(view)
    mine = (item for item in held(view) if item.evaluator == person)
    return [item for item in mine if item.id not in done and scoring_of(item.id) not in excused]
