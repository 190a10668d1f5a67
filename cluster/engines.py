"""The same rows on each engine: in a table of PostgreSQL, in Parquet for Spark, in a CSV file for DuckDB."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
from servers import MASTER

from qacli.engine.connection import connect, literal, quoted
from qacli.engine.postgresql import connect_postgresql
from qacli.engine.spark import connect_spark
from qacli.engine.vectors import prove

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from qacli.engine.remote import Remote


class OnPostgresql:
    name = "postgresql"

    def __init__(self, address: str) -> None:
        self.address = address

    def put(self, name: str, header: Sequence[str], rows: Sequence[Sequence[object]], types: str = "") -> None:
        """Write a table; ``types`` are its columns in PostgreSQL's words, all of text if left out."""
        columns = types or ", ".join(f"{quoted(column)} text" for column in header)
        with psycopg.connect(self.address) as connection:
            connection.execute(f"DROP TABLE IF EXISTS {name}; CREATE TABLE {name} ({columns})".encode())
            with connection.cursor().copy(f"COPY {name} FROM STDIN".encode()) as copy:
                for row in rows:
                    copy.write_row(row)

    @contextmanager
    def open(self, name: str) -> Iterator[Remote]:
        """Yield a table as qacli sees it."""
        with connect_postgresql(self.address, f"SELECT * FROM {name}") as remote:
            prove(remote)
            yield remote

    def source(self, name: str) -> str:
        """Return the lines of qacli.yaml that name a table."""
        return f"{{engine: postgresql, connection: QACLI_TEST_DATABASE, table: {name}, profile: telephony}}"


class OnSpark:
    name = "spark"

    def __init__(self, lake: Path) -> None:
        self.lake = lake

    def put(self, name: str, header: Sequence[str], rows: Sequence[Sequence[object]], types: str = "") -> None:
        """Write Parquet; ``types`` are columns in DuckDB's words, all of text if left out."""
        path = self.lake / f"{name}.csv"
        write(path, header, rows)
        texts = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in header)
        cells = types or ", ".join(map(quoted, header))
        with connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute(
                f"COPY (SELECT {cells} FROM read_csv({literal(str(path))}, columns={{{texts}}}, header=true, "
                f"auto_detect=false, parallel=false, nullstr='\x01', quote='\"', escape='\"', delim=',')) "
                f"TO {literal(str(self.lake / name))} (FORMAT parquet)"
            )

    @contextmanager
    def open(self, name: str) -> Iterator[Remote]:
        """Yield the Parquet file as qacli sees it."""
        with connect_spark(MASTER, path=str(self.lake / name)) as remote:
            prove(remote)
            yield remote

    def source(self, name: str) -> str:
        """Return the lines of qacli.yaml that name a file."""
        return f'{{engine: spark, master: "{MASTER}", path: {self.lake / name}, profile: telephony}}'


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
    """Write a CSV file, quoted where it must be."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path
