"""JSON Schemas of the YAML files of a workspace, for editors: where they lie, and the line that names them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qacli.files.jsonschema import json_schema
from qacli.workspace.definitions import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = "settings"
FOLDER = "definitions/.schemas"
NAMES = (*KINDS, SETTINGS)
"""What there is a schema of: every kind of definition, and qacli.yaml."""
MARK = "# yaml-language-server: $schema="


def schema(name: str) -> dict[str, Any]:
    """Return the schema of the files that hold a kind of definition, or of qacli.yaml. Raises KeyError."""
    if name == SETTINGS:
        from qacli.prepare.settings import Settings

        return json_schema(Settings, "qacli.yaml")
    kind = KINDS[name]
    many = not kind.place.endswith("/")
    return json_schema(kind.load(), f"definitions/{kind.place}{'' if many else '*.yaml'}", many=many)


def text(name: str) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def files() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every schema file."""
    for name in NAMES:
        yield f"{name}.json", text(name)


def kind_of(path: str) -> str:
    """Return which schema a file of a workspace follows, by its path below the folder; empty for none."""
    if path == "qacli.yaml":
        return SETTINGS
    folder, slash, name = path.removeprefix("definitions/").rpartition("/")
    place = folder + slash or name
    return next((kind for kind in KINDS if KINDS[kind].place == place), "")


def with_modeline(path: str, text: str) -> str:
    """Return the text of a file of a workspace under the line by which editors find its schema."""
    kind = kind_of(path)
    if not kind or text.startswith(MARK):
        return text
    depth = path.count("/")
    way = "../" * (depth - 1) + ".schemas" if depth else FOLDER
    return f"{MARK}{way}/{kind}.json\n{text}"
