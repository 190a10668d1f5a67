"""A workspace whose records are frames in memory: what the detectors are judged on, hundreds of quarters in a row.

Settings, people and definitions are those of a folder; ``sql`` and ``rows`` answer as they do for records on disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import pandas as pd

from qacli.engine.connection import connect
from qacli.ledger.head import read_head
from qacli.model import Row, Words
from qacli.workspace import Workspace
from qacli.workspace.cells import SQL_TYPES, columns
from qacli.workspace.tables import named, tables
from qacli.workspace.view import FolderView

R = TypeVar("R", bound=Row)
V = TypeVar("V", bound="FrameView")


class FrameView(FolderView):
    """A view of a workspace with other records: ``frames`` by table. A table without a frame is empty."""

    def __init__(self, workspace: Workspace, frames: Mapping[str, pd.DataFrame]) -> None:
        super().__init__(workspace, read_head(workspace.folder), writing=False)
        self.frames = dict(frames)
        self._asked: dict[str, pd.DataFrame] = {}

    def copied(self, kind: type[V]) -> V:
        """Return the same records as a view of that kind, to be changed apart from these."""
        made = kind.__new__(kind)
        made.__dict__.update(self.__dict__ | {"frames": dict(self.frames), "_asked": {}, "_rows": {}})
        return made

    def add(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Append further records."""
        self._asked.clear()
        for name, more in frames.items():
            before = self.frames.get(name)
            self.frames[name] = more if before is None else pd.concat([before, more], ignore_index=True)
            self._rows.pop(named(name), None)

    def sql(self, query: str, parameters: Sequence[object] = (), *, words: bool = True) -> Any:  # noqa: ARG002
        key = repr((query, parameters))
        if key not in self._asked:
            self._asked[key] = self._answer(query, parameters)
        return self._asked[key].copy()

    def _answer(self, query: str, parameters: Sequence[object]) -> pd.DataFrame:
        with connect() as connection:
            for kind in (kind for kind in tables() if kind.TABLE in query.lower()):
                wanted = ", ".join(f'"{each.name}"::{SQL_TYPES[each.type]} AS "{each.name}"' for each in columns(kind))
                if kind.TABLE in self.frames:
                    connection.register(f"given_{kind.TABLE}", self.frames[kind.TABLE])
                    connection.execute(f'CREATE TEMP VIEW "{kind.TABLE}" AS SELECT {wanted} FROM given_{kind.TABLE}')
                else:
                    nothing = ", ".join(f'NULL::{SQL_TYPES[each.type]} AS "{each.name}"' for each in columns(kind))
                    connection.execute(f'CREATE TEMP TABLE "{kind.TABLE}" AS SELECT {nothing} WHERE false')
            found: pd.DataFrame = connection.execute(query, list(parameters)).df()
            return found

    def _read(self, kind: type[R]) -> Iterator[R]:
        if kind.TABLE in self.frames:
            yield from rows_of(kind, self.frames[kind.TABLE])


def rows_of(kind: type[R], frame: pd.DataFrame) -> Iterator[R]:
    """Yield the rows of a table as its Row class holds them."""
    for cells in frame.to_dict("records"):
        yield kind(**{each.name: _cell(each.type, cells.get(each.name)) for each in columns(kind)})


def _cell(kind: type, value: Any) -> Any:
    if kind is Words:
        return Words(value) if isinstance(value, str) else Words("")
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date() if kind.__name__ == "date" else value.tz_localize("UTC").to_pydatetime()
    if kind is Decimal:
        return Decimal(str(value)).normalize() + 0
    return kind(value) if kind in {int, float, bool} else value
