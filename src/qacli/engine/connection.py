"""The one door to DuckDB: embedded, bounded, and never on the network."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

# Without these the optimiser may build its hash table from the population: 4 times slower, 3 times the memory.
PROBE_THE_POPULATION = "SET disabled_optimizers = 'build_side_probe_side,join_order'"


@contextmanager
def connect(memory: str = "500MB", threads: int | None = None) -> Iterator[DuckDBPyConnection]:
    """Yield an in-memory DuckDB that spills to a private directory and loads no extension.

    Tables named first in a join stay the probe side, so name the population first. Raises OSError where the disk fails.
    """
    import duckdb

    with tempfile.TemporaryDirectory(prefix="qacli-") as spill:  # mode 700
        connection = duckdb.connect(
            ":memory:",
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "memory_limit": memory,
                "threads": str(threads or os.cpu_count() or 1),
                "temp_directory": str(Path(spill)),
                "preserve_insertion_order": "true",
            },
        )
        try:
            connection.execute(PROBE_THE_POPULATION)
            connection.execute("SET enable_progress_bar = false")
            yield connection
        except duckdb.IOException as wrong:
            # a disk that fails is no bug of ours, whoever notices it
            raise OSError(str(wrong).removeprefix("IO Error: ")) from wrong
        finally:
            connection.close()


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"
