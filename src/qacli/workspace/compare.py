"""Two versions of a definition side by side: of the folder, or as records keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.model import UsageError
from qacli.prepare.approval import NoSuchItem
from qacli.workspace.definitions import NoSuchDefinition
from qacli.workspace.versions import CitedVersion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qacli.workspace import Workspace
    from qacli.workspace.definitions import Item


class Compared(NamedTuple):
    """Two versions, the file of the new one, and whether another text stands there under a version that records keep."""

    old: Any
    new: Any
    place: str
    same_version: bool


def compared(workspace: Workspace, kind: str, old: str, new: str = "") -> Compared:
    """Return what two references name: ``id@version`` as records keep it, ``id`` as the folder has it.

    With one id alone it is compared with its last version that records keep. Raises NoSuchItem, NoSuchDefinition,
    UsageError.
    """
    before, after = old, new
    if not new:
        after = old.partition("@")[0]
        before = old if "@" in old else _last_kept(workspace, kind, old)
    one, other = _item(workspace, kind, before), _item(workspace, kind, after)
    same = one.reference == other.reference and one.sha256 != other.sha256
    return Compared(one.model, other.model, other.place, same)


def _last_kept(workspace: Workspace, kind: str, id: str) -> str:  # noqa: A002
    stands = _item(workspace, kind, id)
    kept = [row for row in _kept(workspace, kind) if row.item == id and row.sha256 != stands.sha256]
    if not kept:
        raise UsageError(
            f"records keep no other version of {id}", help=f"name two: qacli {kind} diff {id}@1.0 {id}@1.1"
        )
    return kept[-1].reference


def _kept(workspace: Workspace, kind: str) -> Sequence[CitedVersion]:
    return workspace.view().rows(CitedVersion, kind=kind)


def _item(workspace: Workspace, kind: str, name: str) -> Item:
    items = workspace.definitions.items(kind)
    if "@" not in name:
        mine = [item for item in items if item.model.id == name]
        if not mine:
            raise NoSuchItem(kind, name, sorted({item.model.id for item in items}))
        return max(mine, key=lambda item: item.model.newness)
    kept = {row.reference: row.sha256 for row in _kept(workspace, kind)}
    if name in kept:
        return workspace.definitions.stored(kind, kept[name])
    found = {item.reference: item for item in items}
    if name not in found:
        raise NoSuchDefinition(kind, name, sorted({*kept, *found}), files=workspace.definitions.paths(kind))
    return found[name]
