"""Rows to cells and back: the type of a field decides how a cell is spelled and read."""

from __future__ import annotations

import re
import types
from dataclasses import MISSING, fields
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from qacli.model import NO_WORDS, MalformedFile, Row, Words, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Column(NamedTuple):
    """One column of a table: its name, its Python type without ``| None``, and whether it may be empty."""

    name: str
    type: type
    optional: bool
    default: object


def columns(kind: type[Row]) -> Sequence[Column]:
    """Return the columns of a table in order."""
    if kind not in _KNOWN:
        _KNOWN[kind] = _columns(kind)
    return _KNOWN[kind]


_KNOWN: dict[type[Row], Sequence[Column]] = {}
"""Columns by Row class: finding them out from the annotations is too slow for every row."""


def _columns(kind: type[Row]) -> Sequence[Column]:
    hints = get_type_hints(kind)
    found = []
    for each in fields(kind):
        hint = hints[each.name]
        options = get_args(hint) if get_origin(hint) in {types.UnionType, Union} else (hint,)
        plain = next(option for option in options if option is not type(None))
        default = None if each.default is MISSING else each.default
        found.append(Column(each.name, plain, type(None) in options, default))
    return tuple(found)


def has_words(kind: type[Row]) -> bool:
    """Return whether a table holds free text."""
    return any(column.type is Words for column in columns(kind))


def cells(row: Row) -> list[str]:
    """Return the cells of a stamped row; words stand as their id."""
    found = []
    for column in columns(type(row)):
        value = getattr(row, column.name)
        found.append(value.id if isinstance(value, Words) else text_of(value))
    return found


def reader(kind: type[Row], header: Sequence[str], texts: Mapping[str, str]) -> Callable[[Sequence[str]], Row]:
    """Return a function from the cells of one file, with that file's own header, to rows.

    A column that the file does not have takes the field's default, or is looked up under its former name.
    """
    places = {name: index for index, name in enumerate(header)}
    plan = []
    for column in columns(kind):
        index = places.get(column.name, places.get(kind.FORMERLY.get(column.name, "")))
        plan.append((column, index, _parser(column, texts)))

    def read(found: Sequence[str]) -> Row:
        values: dict[str, Any] = {}
        for column, index, parse in plan:
            try:
                values[column.name] = column.default if index is None else parse(found[index])
            except (ValueError, IndexError, ArithmeticError):
                cell = found[index] if index is not None and index < len(found) else ""
                raise MalformedFile(
                    f"{kind.TABLE}: {found[0]!r} holds {cell!r} in column {column.name}",
                    help="run: qacli ledger verify",
                ) from None
        return kind(**values)

    return read


def _parser(column: Column, texts: Mapping[str, str]) -> Callable[[str], Any]:
    if column.type is Words:
        return lambda cell: Words(texts.get(cell, ""), cell) if cell else NO_WORDS
    parse = PARSERS[column.type]
    if column.optional or column.name == "at":
        return lambda cell: parse(cell) if cell else None
    return parse


TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def _yes(cell: str) -> bool:
    if cell not in {"yes", "no"}:
        raise ValueError(cell)
    return cell == "yes"


@lru_cache(maxsize=1024)  # the rows of one entry share their time
def _time(cell: str) -> datetime:
    # strptime takes thirty times longer; what it would refuse is refused here too.
    if not TIME.fullmatch(cell):
        raise ValueError(cell)
    return datetime.fromisoformat(cell)


PARSERS: Mapping[type, Callable[[str], Any]] = types.MappingProxyType(
    {str: str, int: int, bool: _yes, float: float, Decimal: Decimal, date: date.fromisoformat, datetime: _time}
)
SQL_TYPES: Mapping[type, str] = types.MappingProxyType(
    {
        str: "VARCHAR",
        int: "BIGINT",
        bool: "BOOLEAN",
        float: "DOUBLE",
        Decimal: "DOUBLE",
        date: "DATE",
        datetime: "TIMESTAMP",
        Words: "VARCHAR",
    }
)
