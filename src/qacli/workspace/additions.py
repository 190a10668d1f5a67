"""Adding one item to a file of definitions: what stands there stays as it is, comments included."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from qacli.files import yaml
from qacli.files.door import decoded
from qacli.files.faults import FileFaults
from qacli.files.whole import make_directories, replace_file
from qacli.ledger.lock import locked
from qacli.model import QacliError
from qacli.workspace.definitions import KINDS, ChangedVersion
from qacli.workspace.versions import CitedVersion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qacli.workspace import Workspace
    from qacli.workspace.definitions import Item

EMPTY = re.compile(r"^\[[ \t]*\][ \t]*(#.*)?\s*\Z", re.MULTILINE)
DASH = re.compile(r"^( *)- ", re.MULTILINE)


class NotAddable(QacliError):
    """The file is written in a way that only a person can add to."""

    def __init__(self, place: str, item: str) -> None:
        super().__init__(
            f"{place} is no plain list of items, so nothing can be added at its end; nothing was written",
            help=f"put this into it by hand, then: qacli check\n{item}",
        )


class Added(NamedTuple):
    """A new item: its text as written, the whole content of its file, and the definition.

    ``there`` is whether exactly this item stood in the file already.
    """

    text: str
    content: str
    item: Item
    there: bool = False


def adding(workspace: Workspace, kind: str, settings: Mapping[str, object]) -> Added:
    """Return a file of definitions with one more item; nothing is written.

    ``settings`` are texts, or lists of texts, by their names in YAML. Raises FileFaults with everything wrong in the
    file as it would be, ChangedVersion where records cite another text of that version, NotAddable.
    """
    path = workspace.folder / "definitions" / KINDS[kind].place
    name = path.relative_to(workspace.folder).as_posix()
    before = decoded(path.read_bytes(), name) if path.exists() else ""
    known = workspace.definitions.items(kind)
    item = written(settings)
    if twins := [each for each in known if [each.tree.data] == yaml.parse(item, name).data]:
        return Added(item, before, twins[0], there=True)
    base = EMPTY.sub("", before)
    dash = DASH.search("\n".join(line for line in base.splitlines() if not line.lstrip().startswith("#")))
    text = "".join(f"{dash[1] if dash else ''}{line}\n" for line in item.splitlines())
    newline = "\r\n" if "\r\n" in before else "\n"
    content = (base.rstrip() + newline if base.strip() else "") + text.replace("\n", newline)
    try:
        tree = yaml.parse(content, name)
    except FileFaults:
        raise NotAddable(name, item) from None
    if not isinstance(tree.data, list) or tree.data[:-1] != [each.tree.data for each in known]:
        raise NotAddable(name, item)
    found = workspace.definitions.read_items(kind, tree)[-1]
    _refuse_other_text(workspace, found)
    return Added(text, content, found)


def add(workspace: Workspace, kind: str, settings: Mapping[str, object]) -> Added:
    """Add one item to a file of definitions, whole or not at all; the same once more changes nothing.

    Raises as ``adding``, Busy, OSError.
    """
    with locked(workspace.folder):
        workspace.reload()
        added = adding(workspace, kind, settings)
        path = workspace.folder / "definitions" / KINDS[kind].place
        if not added.there:
            make_directories(path.parent, workspace.folder)
            replace_file(path, added.content)
    workspace.reload()
    return added


def _refuse_other_text(workspace: Workspace, item: Item) -> None:
    """Refuse a version that records cite with another text: it was taken out of the file, not out of the records."""
    for row in workspace.view().rows(CitedVersion):
        if (row.kind, row.reference) == (item.kind, item.reference) and row.sha256 != item.sha256:
            raise ChangedVersion(item, row.sha256)


def written(settings: Mapping[str, object]) -> str:
    """Return one item of a list as YAML."""
    lines = [f"{name}: {_value(value)}" for name, value in settings.items() if value]
    return "".join(f"{'- ' if not n else '  '}{line}\n" for n, line in enumerate(lines))


def _value(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_text(str(each), inside=True) for each in value)}]"
    return _text(str(value))


def _text(text: str, *, inside: bool = False) -> str:
    """Return a text as YAML takes it for exactly that text: plain where it can be, else in quotes."""
    wanted: Sequence[str] | str = [text] if inside else text
    try:
        if yaml.parse(f"a: [{text}]" if inside else f"a: {text}", "").data["a"] == wanted:
            return text
    except FileFaults:
        pass
    return json.dumps(text, ensure_ascii=False)
