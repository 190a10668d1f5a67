"""From the events of a YAML parser to plain data and the places of its parts, refusing what definitions do without."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from qacli.files.document import SECRET_KEY, Position
from qacli.files.faults import FileFaults
from qacli.files.syntax import syntax_fault
from qacli.files.text import UNSAFE, name, unsafe, visible

if TYPE_CHECKING:
    from qacli.files.document import Document
    from qacli.files.faults import Fault

MAX_DEPTH = 20
MAX_NODES = 50_000
MAX_FAULTS = 50

# Where PyYAML was built without libyaml: the same events, several times slower.
Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_DROPPED = object()
"""Stands in for a key whose value is read but not kept."""


class Mapping:
    """A mapping with the events of its keys and the nodes of its values; not ``whole`` if some had to be left out."""

    __slots__ = ("data", "event", "items", "key", "keys", "whole")

    def __init__(self, event: Any) -> None:
        self.event = event
        self.data: dict[str, Any] = {}
        self.keys: dict[str, Any] = {}
        self.items: dict[str, Node] = {}
        self.key: Any = None
        self.whole = True


class Sequence:
    """A list with the nodes of its items."""

    __slots__ = ("data", "event", "items")

    def __init__(self, event: Any) -> None:
        self.event = event
        self.data: list[Any] = []
        self.items: list[Node] = []


Node = Mapping | Sequence | ScalarEvent | AliasEvent
"""A part of a document; scalars are their own events."""


def position(event: Any) -> Position:
    """Return where an event begins; its width ends with the line."""
    start, end = event.start_mark, event.end_mark
    width = end.column - start.column if end.line == start.line else 1
    return Position(start.line + 1, start.column + 1, max(1, width))


class Composer:
    """Composes one document. Afterwards ``data`` and ``root`` hold it, and ``faults`` what was refused in it."""

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        self.data: Any = None
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self._text = text
        self._open: list[Mapping | Sequence] = []
        self._anchors: dict[str, tuple[Any, list[int]]] = {}
        self._nodes = 0

    def compose(self) -> None:
        """Read the document to its end. Raises FileFaults where it cannot be read further."""
        parser = Parser(self._text)
        scalar, ended = self._scalar, self._open.pop
        try:
            while True:
                event = parser.get_event()
                kind = type(event)
                if kind is ScalarEvent:
                    scalar(event)
                elif kind is MappingStartEvent:
                    self._begin(Mapping(event))
                elif kind is SequenceStartEvent:
                    self._begin(Sequence(event))
                elif kind is MappingEndEvent or kind is SequenceEndEvent:
                    ended()
                elif kind is AliasEvent:
                    self._alias(event)
                elif kind is DocumentStartEvent and self.root is not None:
                    self._stop("second-document", "a second document begins here", event, "keep one document in a file")
                elif kind is StreamEndEvent:
                    break
        except yaml.YAMLError as error:
            self.faults.append(syntax_fault(self.document, error, Parser))
            raise FileFaults(self._all()) from None
        self.faults = self._all()

    def _scalar(self, event: Any) -> None:
        value: str | None = event.value
        if event.tag is not None or event.anchor is not None:
            self._dress(event)
        if event.style == '"':
            self._check(value or "", event)
        elif not value and not event.style:
            value = None
        self._attach(value, event)

    def _begin(self, node: Mapping | Sequence) -> None:
        event = node.event
        if event.tag is not None or event.anchor is not None:
            self._dress(event)
        if len(self._open) == MAX_DEPTH:
            self._stop("too-deep", f"this is nested more than {MAX_DEPTH} levels deep", event, "take levels out")
        self._attach(node.data, node)
        self._open.append(node)

    def _attach(self, value: Any, node: Any) -> None:
        """Put a value where it belongs: at the root, at the end of a list, or as key or value into a mapping."""
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._stop("too-many-parts", f"more than {MAX_NODES:,} values in one file", _event(node), "divide the file")
        if not self._open:
            self.data, self.root = value, node
            return
        parent = self._open[-1]
        if type(parent) is Sequence:
            parent.data.append(value)
            parent.items.append(node)
            return
        assert isinstance(parent, Mapping)
        key = parent.key
        if key is None:
            self._key(parent, value, node)
            return
        if key is not _DROPPED:
            parent.data[key] = value
            parent.items[key] = node
        parent.key = None

    def _key(self, parent: Mapping, value: Any, node: Any) -> None:
        if type(value) is not str or (value == "<<" and not node.style):
            parent.whole = False
            parent.key = _DROPPED
            self._refuse_key(value, node)
        elif value in parent.keys:
            parent.key = _DROPPED
            first, second = parent.keys[value].start_mark.line + 1, node.start_mark.line + 1
            self._refuse(
                "duplicate-key",
                f"'{value}' is set twice, on line {first} and on line {second}",
                node,
                "keep one of them",
                also=(first,),
            )
        else:
            parent.key = value
            parent.keys[value] = node
            if SECRET_KEY.fullmatch(value):
                self._refuse(
                    "secret-in-file",
                    f"'{value}' would keep a secret in this file",
                    node,
                    f"keep it elsewhere and name the place: {value}_file or {value}_env",
                )

    def _refuse_key(self, value: Any, node: Any) -> None:
        if isinstance(node, AliasEvent):
            return
        if value == "<<":
            self._refuse("merge-key", "'<<' does not merge settings here", node, "write the settings out")
        elif value is None:
            self._refuse("empty-key", "a setting without a name", node, "write a name before the ':'")
        else:
            self._refuse("complex-key", "a list or mapping cannot be the name of a setting", node, "use plain text")

    def _dress(self, event: Any) -> None:
        """Refuse a tag; remember an anchor, to be refused together with its uses."""
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            at = position(event)._replace(width=len(tag))
            self._add(
                self.document.fault(
                    "tag", f"tags such as {tag} are not used here", at, "leave the tag out: the schema knows the type"
                )
            )
        if event.anchor is not None:
            self._anchors.setdefault(event.anchor, (event, []))

    def _alias(self, event: Any) -> None:
        known = self._anchors.get(event.anchor)
        if known:
            known[1].append(event.start_mark.line + 1)
        else:
            said = f"anchors and aliases are not used here: '*{event.anchor}'"
            self._refuse("alias", said, event, "write the value out")
        self._attach(None, event)

    def _anchor_faults(self) -> list[Fault]:
        anchors = islice(self._anchors.items(), MAX_FAULTS)
        return [self._anchor_fault(anchor, event, lines) for anchor, (event, lines) in anchors]

    def _anchor_fault(self, anchor: str, event: Any, lines: list[int]) -> Fault:
        uses = sorted(set(lines))[:9]
        used = f", used on line{'s' * (len(uses) > 1)} {', '.join(map(str, uses))}" * bool(uses)
        at = position(event)._replace(width=len(anchor) + 1)
        return self.document.fault(
            "anchor",
            f"anchors and aliases are not used here: '&{anchor}'{used}",
            at,
            "write the value out wherever it is needed",
            also=lines[:1],
        )

    def _check(self, value: str, event: Any) -> None:
        """Refuse what an escape such as "\\u0000" smuggled past the check of the raw text."""
        for found in unsafe(value)[:1]:
            self._refuse(
                "control-character",
                f"the text holds {found.name}, written as an escape",
                event,
                "leave the character out",
            )

    def _refuse(self, code: str, message: str, node: Any, help: str, also: tuple[int, ...] = ()) -> None:  # noqa: A002
        self._add(self.document.fault(code, message, position(_event(node)), help, also))

    def _stop(self, code: str, message: str, event: Any, help: str) -> None:  # noqa: A002
        """Refuse and read no further."""
        self.faults.append(self.document.fault(code, message, position(event), help))
        raise FileFaults(self._all())

    def _add(self, fault: Fault) -> None:
        self.faults.append(fault)
        if len(self.faults) >= MAX_FAULTS:
            raise FileFaults(self._all())

    def _all(self) -> list[Fault]:
        return [*self.faults, *self._anchor_faults()]


def _event(node: Any) -> Any:
    return node.event if isinstance(node, Mapping | Sequence) else node


def control_characters(document: Document) -> list[Fault]:
    """Return a fault for each control, bidi or surrogate character in the lines of a document, the first fifty."""
    places = ((number, found) for number, line in enumerate(document.lines, 1) for found in UNSAFE.finditer(line))
    return [
        document.fault(
            "control-character",
            f"the text holds {name(found[0])}",
            Position(number, found.start() + 1),
            f"take out what is shown here as {visible(found[0])}",
        )
        for number, found in islice(places, MAX_FAULTS)
    ]
