"""An engine elsewhere, asked in DuckDB's SQL: the questions travel, small tables travel, the population never does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from qacli.engine.dialect import Dialect, said, trees
from qacli.engine.smallest import halves, joined
from qacli.model import QacliError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SOURCE = "qacli_source"
"""The view of what qacli.yaml names: a table or the answer to a query."""


class Answer(Protocol):
    """Rows that a query gave."""

    def fetchall(self) -> list[Any]: ...

    def fetchone(self) -> Any: ...


class Engine(Protocol):
    """What answers SQL in DuckDB's words: a connection to DuckDB itself, or a Remote."""

    def execute(self, query: str, parameters: Any = ..., /) -> Answer: ...


class NotAnswered(QacliError):
    """An engine does not answer, or refuses what it is asked; nothing was drawn."""

    def __init__(self, engine: str, said: str, help: str) -> None:  # noqa: A002
        super().__init__(f"{engine}: {said}", help=help)


class Rows:
    """The answer of a remote engine, all of it here."""

    def __init__(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self._rows = list(rows)

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        rows, self._rows = self._rows, []
        return rows

    def fetchone(self) -> Any:
        """Return the next row, None at the end."""
        return self._rows.pop(0) if self._rows else None


class Heading(NamedTuple):
    """A column of a remote table. ``kind`` is ``time`` for dates and times, ``utc`` where the text of one lacks its Z."""

    name: str
    kind: str


class Remote:
    """A connection to another engine that takes DuckDB's SQL, as far as ``dialect`` says it.

    ``send`` asks the engine in its own words; ``write`` makes a small table there that ends with the connection.
    ``headings`` are the columns of the view SOURCE. ``name`` is what messages call the engine.
    """

    def __init__(
        self,
        name: str,
        dialect: Dialect,
        send: Callable[[str], Sequence[tuple[Any, ...]]],
        write: Callable[[str, str, Sequence[Sequence[object]]], None],
        headings: Sequence[Heading],
    ) -> None:
        self.name, self.dialect, self.headings = name, dialect, tuple(headings)
        self._send, self._write = send, write

    def execute(self, query: str, parameters: Sequence[object] = (), /) -> Rows:
        """Return the rows of the last statement of a query. Raises NotSaid, NotAnswered."""
        found: Sequence[tuple[Any, ...]] = ()
        for tree in trees(query, parameters):
            split = halves(tree)
            if split is None:
                found = self._send(said(tree, self.dialect))
            else:
                groups, rows = (self._send(said(half, self.dialect)) for half in (split.groups, split.rows))
                found = joined(split, groups, rows)
        return Rows(found)

    def table(self, name: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
        """Make or replace a small table; ``columns`` is ``name TYPE, name TYPE`` in DuckDB's words."""
        self._write(name, columns, [tuple(row) for row in rows])
