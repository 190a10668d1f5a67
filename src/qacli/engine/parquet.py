"""Writing a table as Parquet, with the types of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qacli.engine.connection import connect, literal, quoted


def write_parquet(table: Path, types: Mapping[str, str], target: Path) -> None:
    """Write a canonical CSV file as Parquet; ``types`` are SQL types by column, empty cells become NULL."""
    texts = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in types)
    typed = ", ".join(
        f"{quoted(name)} = 'yes' AS {quoted(name)}"
        if type_ == "BOOLEAN"
        else f"{quoted(name)}::{type_} AS {quoted(name)}"
        for name, type_ in types.items()
    )
    with connect() as connection:
        connection.execute(
            f"COPY (SELECT {typed} FROM read_csv({literal(str(table))}, columns={{{texts}}}, header=true, "
            "auto_detect=false, delim=',', quote='\"', escape='\"', encoding='utf-8')) "
            f"TO {literal(str(target))} (FORMAT parquet)"
        )
