"""A data package: tables as CSV with a description that other programs can check (Frictionless Table Schema)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from qacli.interchange.spreadsheet import csv_for_programs
from qacli.model import Row, Words
from qacli.workspace.cells import Column, columns

TYPES: Mapping[type, Mapping[str, Any]] = MappingProxyType(
    {
        str: {"type": "string"},
        Words: {"type": "string"},
        int: {"type": "integer"},
        float: {"type": "number"},
        Decimal: {"type": "number"},
        bool: {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
        date: {"type": "date"},
        datetime: {"type": "datetime"},
    }
)
REFERENCES: Mapping[str, str] = MappingProxyType(
    {
        "draw": "draws",
        "item": "items",
        "session": "sessions",
        "observation": "observations",
        "rating": "ratings",
        "calibration": "calibrations",
        "reveal": "calibration_reveals",
        "minute": "calibration_minutes",
        "dispute": "disputes",
        "decision": "dispute_decisions",
        "feedback": "feedback",
        "plan": "coaching_plans",
        "request": "requests",
        "hold": "holds",
    }
)
"""Columns that hold the id of a row, with its table."""
DEFINED_ITEMS = frozenset({"approvals", "versions"})
"""Tables whose column ``item`` names a definition, not an item of a sample."""
CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {
        ("feedback_points", "kind"): ("strength", "development"),
        ("feedback_events", "kind"): ("delivered", "replied", "acknowledged"),
        ("coaching_events", "kind"): ("booked", "talked", "done", "closed", "cancelled"),
        ("requests", "kind"): ("access", "erasure", "complaint"),
        ("request_events", "kind"): ("clock-stopped", "clock-started", "extended", "done"),
        ("notes", "polarity"): ("+", "-"),
    }
)
PROVENANCES = ("live", "training", "example")


class Exported(NamedTuple):
    """One table to export: its Row class, its columns, its rows of plain values."""

    kind: type[Row]
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def package_files(tables: Sequence[Exported]) -> tuple[dict[str, str], list[str]]:
    """Return the files of a package by name, and which references it does not declare because rows lead outside it.

    A row may name one that was corrected since, or that lies outside the days asked for; a declared reference must
    hold for every row.
    """
    ids = {each.kind.TABLE: set(_column(each, "id")) for each in tables}
    resources, outside = [], []
    for each in tables:
        keys = []
        for name, table in _references(each.kind):
            missing = set(_column(each, name)) - {""} - ids.get(table, set())
            if missing:
                outside.append(f"{each.kind.TABLE}.{name}: {len(missing)} of its {table} are not in the package")
            elif table in ids:
                keys.append({"fields": [name], "reference": {"resource": table, "fields": ["id"]}})
        resources.append(_resource(each, keys))
    description = {"profile": "tabular-data-package", "name": "qacli", "resources": resources}
    files = {f"{each.kind.TABLE}.csv": csv_for_programs(each.columns, each.rows) for each in tables}
    return {"datapackage.json": json.dumps(description, ensure_ascii=False, indent=1) + "\n", **files}, outside


def _resource(table: Exported, foreign_keys: Sequence[Any]) -> dict[str, Any]:
    known = {column.name: column for column in columns(table.kind)}
    fields = [
        _field(table.kind, known[name]) if name in known else {"name": name, "type": "string"} for name in table.columns
    ]
    return {
        "name": table.kind.TABLE,
        "path": f"{table.kind.TABLE}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": fields,
            "missingValues": [""],
            "primaryKey": ["id"],
            **({"foreignKeys": list(foreign_keys)} if foreign_keys else {}),
        },
    }


def _field(kind: type[Row], column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    stamp = column.name in {"id", "at", "by", "provenance"}
    if stamp or not (column.optional or column.type in {str, Words}):
        constraints["required"] = True
    if column.name == "id":
        constraints["unique"] = True
    choices = PROVENANCES if column.name == "provenance" else CHOICES.get((kind.TABLE, column.name))
    if choices:
        constraints["enum"] = list(choices)
    return {"name": column.name, **TYPES[column.type], **({"constraints": constraints} if constraints else {})}


def _references(kind: type[Row]) -> list[tuple[str, str]]:
    return [
        (column.name, REFERENCES[column.name])
        for column in columns(kind)
        if column.name in REFERENCES and not (column.name == "item" and kind.TABLE in DEFINED_ITEMS)
    ]


def _column(table: Exported, name: str) -> list[str]:
    place = table.columns.index(name)
    return [str(row[place]) for row in table.rows]
