"""Definitions as text: YAML (and JSON, which is YAML) read with the place of every part. No scalar is interpreted.

``no``, ``12:30``, ``0123`` and ``1.10`` stay what was written; the schema decides what has to be a number.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from qacli.files import merge_conflict
from qacli.files.document import Document, Position
from qacli.files.door import LIMIT, read_text, too_big
from qacli.files.events import Composer, Mapping, Node, Sequence, control_characters, position
from qacli.files.faults import Fault, FileFaults
from qacli.files.text import UNSAFE

if TYPE_CHECKING:
    from pathlib import Path

Place = tuple[str | int, ...]
"""The way to a part of a document: names of settings and positions in lists, from 0."""

PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
NOTHING = "write some, or remove the file"
LABELS = ("id", "label", "name", "title")
"""The settings by which people know an item of a list."""


class Tree:
    """A document, or one item of it, as plain data with the place of every part.

    ``faults`` holds what is wrong in the file although it could be read to its end; ``validate`` reports it together
    with what the schema finds, and ``data`` raises it.
    """

    def __init__(self, document: Document, data: Any, root: Node, faults: list[Fault], path: str = "") -> None:
        self.document = document
        self.root = root
        self.faults = faults
        self.raw = data
        self.path = path

    @property
    def name(self) -> str:
        """The file name, as faults show it."""
        return self.document.name

    @property
    def data(self) -> Any:
        """The document as dict, list, text and, for a setting without a value, None. Raises FileFaults."""
        if self.faults:
            raise FileFaults(self.faults)
        return self.raw

    def part(self, place: Place) -> Tree:
        """Return one item of the document, for example ``(3,)`` of a list of items. Raises FileFaults, KeyError."""
        data: Any = self.data
        node: Any = self.root
        for step in place:
            data, node = data[step], node.items[step]
        return Tree(self.document, data, node, self.faults, self.readable(place))

    def readable(self, place: Place) -> str:
        """Return a place as people name it: ``sections[Greeting] > criteria[close] > scale``."""
        words = [self.path] if self.path else []
        for step, node in self.nodes(place):
            if isinstance(step, str):
                words.append(short(step))
            else:
                words[-1:] = [f"{words[-1] if words else 'item '}[{_label(node) or step + 1}]"]
        return " > ".join(words)

    def nodes(self, place: Place) -> list[tuple[str | int, Node]]:
        """Return the steps of a place that exist in the document, each with its node; others are passed over."""
        way: list[tuple[str | int, Node]] = []
        node: Any = self.root
        for step in place:
            known: Any = node.items if isinstance(node, Mapping) else ()
            if isinstance(node, Sequence) and isinstance(step, int):
                known = range(len(node.items))
            if step in known:
                node = node.items[step]
                way.append((step, node))
        return way

    def place(self, place: Place, *, key: bool = False) -> Position:
        """Return where a part stands: its value, or its name with ``key`` and where the value is no plain text."""
        way: list[tuple[Any, Any]] = list(self.nodes(place))
        parent: Any = way[-2][1] if len(way) > 1 else self.root
        if not way or isinstance(parent, Sequence):
            return _first(way[-1][1] if way else self.root)
        step, node = way[-1]
        inline = getattr(node, "value", None) and node.style not in {"|", ">"}
        return position(parent.keys[step] if key or not inline else node)


def read(path: Path, name: str | None = None) -> Tree:
    """Return a YAML or JSON file as a tree. Raises FileFaults with all that keeps it from being read."""
    name = str(path) if name is None else name
    text = read_text(path, name)
    return parse(PAIR.sub(_joined, text) if path.suffix == ".json" else text, name)


def _joined(pair: re.Match[str]) -> str:
    """Return the character that JSON spells as two escapes; YAML has one escape for it."""
    return pair[1] + bytes.fromhex(pair[2] + pair[3]).decode("utf-16-be")


def parse(text: str, name: str) -> Tree:
    """Return YAML or JSON text as a tree. Raises FileFaults where it cannot be read to its end."""
    if len(text) > LIMIT or len(text.encode("utf-8", "surrogatepass")) > LIMIT:
        raise too_big(name)
    document = Document(text.removeprefix("\ufeff").replace("\r\n", "\n"), name)
    characters = control_characters(document)
    if conflicts := [number for number, line in enumerate(document.lines, 1) if merge_conflict.OPENED.match(line)]:
        places = (Position(number, 1) for number in conflicts)
        said = merge_conflict.CODE, merge_conflict.SAID
        raise FileFaults([document.fault(*said, place, merge_conflict.HELP) for place in places])
    # A stand-in of the same width keeps every position right, so that the other faults are found in the same run.
    composer = Composer(document, UNSAFE.sub("\ufffd", document.text) if characters else document.text)
    try:
        composer.compose()
    except FileFaults as error:
        raise FileFaults([*characters, *error.faults]) from None
    faults = [*characters, *composer.faults]
    if composer.root is None or composer.data is None:
        raise FileFaults(faults or [Fault("empty-file", "the file holds no settings", name, help=NOTHING)])
    return Tree(document, composer.data, composer.root, faults)


def canonical(data: Any) -> bytes:
    """Return the one spelling of an item: JSON with sorted names, no blanks, UTF-8, NFC."""
    return json.dumps(_nfc(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def digest(data: Any) -> str:
    """Return the sha256, in hex, of an item's one spelling: comments, quoting and layout do not count."""
    return hashlib.sha256(canonical(data)).hexdigest()


def _nfc(data: Any) -> Any:
    if isinstance(data, str):
        return unicodedata.normalize("NFC", data)
    if isinstance(data, dict):
        return {_nfc(name): _nfc(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_nfc(value) for value in data]
    return data


def _first(node: Node) -> Position:
    """Return where an item begins: at its first setting, if it has any."""
    if isinstance(node, Mapping) and node.keys:
        return position(next(iter(node.keys.values())))
    return position(node.event if isinstance(node, Mapping | Sequence) else node)


def _label(node: Node) -> str:
    data = node.data if isinstance(node, Mapping) else {}
    return next((short(data[key]) for key in LABELS if isinstance(data.get(key), str)), "")


def short(text: object) -> str:
    """Return at most 40 characters of a text, for the middle of a sentence."""
    text = str(text)
    return text if len(text) <= 40 else text[:39] + "…"
