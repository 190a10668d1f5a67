"""The one door to DuckDB: embedded, bounded, and never on the network."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

MEMORY = "500MB"
_OPEN: list[DuckDBPyConnection] = []  # those in use, so that another thread can ask how far they are
# Without these the optimiser may build its hash table from the population: 4 times slower, 3 times the memory.
PROBE_THE_POPULATION = "SET disabled_optimizers = 'build_side_probe_side,join_order'"


@contextmanager
def connect() -> Iterator[DuckDBPyConnection]:
    """Yield a connection to an in-memory DuckDB that spills to a private directory and loads no extension.

    Temporary tables are its own. Tables named first in a join stay the probe side, so name the population first. Raises
    OSError where the disk fails.
    """
    import duckdb

    connection = _engine().cursor()
    _OPEN.append(connection)
    try:
        connection.execute(PROBE_THE_POPULATION)
        connection.execute("SET enable_progress_bar = true; SET enable_progress_bar_print = false")
        yield connection
    except duckdb.IOException as wrong:
        # a disk that fails is no bug of ours, whoever notices it
        raise OSError(str(wrong).removeprefix("IO Error: ")) from wrong
    finally:
        _OPEN.remove(connection)
        connection.close()


def under_way() -> float | None:
    """Return how many per cent of the query that runs now are done; None where none runs or nobody knows."""
    import duckdb

    for connection in reversed(_OPEN):
        try:
            share = connection.query_progress()
        except duckdb.Error:  # closed meanwhile
            continue
        if 0 <= share <= 100:
            return float(share)
    return None


@cache
def _engine() -> DuckDBPyConnection:
    """Return the engine of this process: making one costs as much as reading 10,000 rows."""
    import duckdb

    spill = tempfile.mkdtemp(prefix="qacli-")  # mode 700
    atexit.register(shutil.rmtree, spill, ignore_errors=True)
    return duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": MEMORY,
            "threads": str(os.cpu_count() or 1),
            "temp_directory": spill,
            "preserve_insertion_order": "true",
        },
    )


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"
