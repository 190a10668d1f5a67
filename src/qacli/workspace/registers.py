"""Starter registers of requirements: data that travels with qacli, and what of it fits a workspace that takes it over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from qacli.files import yaml
from qacli.govern.requirements.citing import names_of
from qacli.model import UsageError
from qacli.workspace.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.workspace import Workspace
    from qacli.workspace.definitions import Item

REVIEWED_WITHIN = timedelta(days=30)
"""By when somebody here looks at a rule that was taken over; ours, set by no source."""
LISTS = {
    "procedures": "procedure",
    "notices": "notice",
    "scorecards": "scorecard",
    "criteria": "criterion",
    "triggers": "trigger",
}


class Starter(NamedTuple):
    """One rule of a register as it would be written here: ``left_out`` is what it names and this workspace lacks."""

    reference: str
    settings: dict[str, object]
    left_out: Sequence[str]


def registers() -> list[str]:
    """Return the names of the starter registers."""
    return sorted(path.stem for path in (shipped("scorecards") / "registers").glob("*.yaml"))


def starters(workspace: Workspace, name: str) -> list[Starter]:
    """Return the rules of a starter register that this workspace does not have yet, owned by the actor.

    Raises UsageError where there is no such register, FileFaults for definitions that cannot be read.
    """
    if name not in registers():
        raise UsageError(f"there is no register '{name}'", help=f"registers: {', '.join(registers())}")
    path = shipped("scorecards") / "registers" / f"{name}.yaml"
    items = workspace.definitions.read_items("requirement", yaml.read(path, f"registers/{name}.yaml"))
    there = {item.reference for item in workspace.definitions.items("requirement")}
    known = {
        kind: {item.model.id: item.model for item in workspace.definitions.items(kind)}
        for kind in ("procedure", "notice", "scorecard", "kpi", "trigger")
    }
    review_by = workspace.clock().date() + REVIEWED_WITHIN
    return [
        _starter(item, workspace.actor, str(review_by), {kind: names_of(kind, known) for kind in (*known, "criterion")})
        for item in items
        if item.reference not in there
    ]


def _starter(item: Item, owner: str, review_by: str, known: dict[str, list[str]]) -> Starter:
    settings: dict[str, object] = {**item.tree.data, "owner": owner}
    left: list[str] = []
    for setting, kind in LISTS.items():
        named = getattr(item.model, setting)
        settings[setting] = [name for name in named if name in known[kind]]
        left += [f"{kind} {name}" for name in named if name not in known[kind]]
    tests = [bound.text for bound in item.model.bounds if bound.kind == "clock" or bound.name in known[bound.kind]]
    left += [f"test of {bound.in_words}" for bound in item.model.bounds if bound.text not in tests]
    settings["test"] = tests
    if item.model.to is None:
        settings["review_by"] = review_by
    return Starter(item.reference, settings, left)
