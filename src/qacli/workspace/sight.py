"""Checking frames against techniques: every technique named is defined, and shows all that the scorecards ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from qacli.workspace.definitions import Item, NoSuchDefinition

if TYPE_CHECKING:
    from qacli.files.faults import Fault
    from qacli.workspace import Workspace

KIND = "technique"


def frames_see_what_they_ask(workspace: Workspace) -> Iterator[Fault]:
    """Return what keeps the plans of frames from being carried out.

    A file of techniques or a scorecard that cannot be read is reported by itself; frames are checked once it can.
    """
    from qacli.prepare.frames.visibility import flaws, in_force, plan_of

    if any(workspace.definitions.readable(kind)[1] for kind in (KIND, "scorecard")):
        return
    view = workspace.view()
    for frame in workspace.definitions.readable("frame")[0]:
        unknown = list(_unknown(frame, view))
        yield from unknown
        if unknown:
            continue
        try:
            plan = plan_of(frame.model, view.look_up)
        except NoSuchDefinition:  # a scorecard that is not there is told as such
            continue
        for flaw in flaws(plan, in_force(view)):
            at = frame.tree.place(flaw.setting)
            yield frame.tree.document.fault(flaw.code, flaw.message, at, flaw.help)


def _unknown(frame: Item, view: Any) -> Iterator[Fault]:
    """Return the techniques of a frame that are not defined, or not in force."""
    for setting in ("technique", "complement"):
        for channel, name in getattr(frame.model, setting).items():
            try:
                view.look_up(KIND, name)
            except NoSuchDefinition as missing:
                at = frame.tree.place((setting, channel))
                yield frame.tree.document.fault("unknown-technique", missing.message, at, missing.help)
