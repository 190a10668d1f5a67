"""Two hundred feedback sheets in one process, against Jinja2 filling in the same templates with the same values."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from time import process_time
from typing import TYPE_CHECKING, Any

from measure import ratio

ROOT = Path(__file__).parents[1]
for folder in ("src", "tests", "scenario"):
    sys.path.insert(0, str(ROOT / folder))

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "200 feedback sheets"
PEER = "Jinja2 alone"
BUDGET = 10
SHEETS = 200
TEMPLATE = "feedback.md.j2"


def measure() -> float:
    """Processor time of the sheets over that of their templates; records, sheets and templates are read before."""
    from qacli.reports.environment import render
    from qacli.reports.feedback import feedback_document, feedback_values

    view, names = _prepared()
    values = [feedback_values(view, name) for name in names]

    def ours() -> float:
        begin = process_time()
        for name in names:
            feedback_document(view, name)
        return process_time() - begin

    def peer() -> float:
        begin = process_time()
        for each in values:
            render(TEMPLATE, each)
        return process_time() - begin

    return ratio(ours, peer)


@cache
def _prepared() -> tuple[Any, Sequence[str]]:
    """Return a view on the worked scenario with a sheet for each of some observations, and their ids."""
    import make
    from harbour import generate
    from plan import planted

    from qacli.improve.feedback import prepare
    from qacli.improve.feedback.sheet import Feedback
    from qacli.improve.points import item_of
    from qacli.model import Change
    from qacli.monitor.observing.observation import Observation
    from qacli.workspace import Workspace

    place = Path(mkdtemp(prefix="qacli-bench-")) / "bank"
    make.make(place, generate(planted(make.SEED)))
    workspace = Workspace.find(place, make.COACH)

    def act(view: Any) -> Change:
        calls = [each for each in view.current(Observation) if each.scorecard.startswith("phone@")][:SHEETS]
        changes = [prepare(view, [each.id], item_of(view, each).colleague, view.now.date()) for each in calls]
        return Change([row for change in changes for row in change.rows])

    workspace.commit(act, "feedback prepare")
    view = workspace.view()
    return view, [sheet.id for sheet in view.current(Feedback)]
