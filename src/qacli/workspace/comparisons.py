"""What ``qacli check`` asks of benchmarks: about something that is defined, and not expired."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qacli.files.faults import Fault
    from qacli.workspace import Workspace


def benchmarks_fit(workspace: Workspace) -> Iterator[Fault]:
    """Each benchmark is about a KPI that is defined, and has not expired."""
    today = workspace.clock().date()
    items, faults = workspace.definitions.readable("kpi")
    known = sorted({item.model.id for item in items})
    for item in workspace.definitions.readable("benchmark")[0]:
        benchmark, tree = item.model, item.tree
        if benchmark.kpi not in known and not faults:
            message = f"benchmark {benchmark.id} is about {benchmark.kpi}, which is not defined"
            hint = f"defined are: {', '.join(known)}"
            yield tree.document.fault("unknown-kpi", message, tree.place(("kpi",)), hint)
        if benchmark.has_expired(today) and benchmark.in_force(today):
            message = f"benchmark {benchmark.id} expired on {benchmark.expires}: nothing is compared with it any more"
            hint = "look the figure up again under a new version, or end it: to:"
            yield tree.document.fault("benchmark-expired", message, tree.place(("expires",)), hint)
