"""The one door to DuckDB: embedded, bounded, and never on the network."""

from __future__ import annotations

import atexit
import errno
import os
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING

from qacli.files.temporary import private_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duckdb import DuckDBPyConnection

THREADS = 8
"""At most. Each reads its own part of a file, and the rest of a command is one thread's: more would only take memory."""
MEMORY = 300, 50
"""MB that it may use, and more for each thread: with less than 30 for each the engine gives up amid a big file (DuckDB 2.0)."""
_OPEN: list[DuckDBPyConnection] = []  # those in use, so that another thread can ask how far they are
# Without these the optimiser may build its hash table from the population: 4 times slower, 3 times the memory.
PROBE_THE_POPULATION = "SET disabled_optimizers = 'build_side_probe_side,join_order'"


@contextmanager
def connect() -> Iterator[DuckDBPyConnection]:
    """Yield a connection to an in-memory DuckDB that spills to a private directory and loads no extension.

    Temporary tables are its own. Tables named first in a join stay the probe side, so name the population first. Raises
    OSError where the disk fails, or there is no room for what does not fit into memory.
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
    except duckdb.OutOfMemoryException as wrong:
        raise OSError(errno.ENOSPC, _no_room()) from wrong
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

    kept = ExitStack()
    spill = kept.enter_context(private_folder())
    atexit.register(kept.close)
    return duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": f"{_memory()}MB",
            "threads": str(_threads()),
            "temp_directory": str(spill),
            "preserve_insertion_order": "true",
        },
    )


def _no_room() -> str:
    """Return what is told where DuckDB gives up: it names its memory also where the disk was full."""
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free // 1_000_000
    return (
        f"there is no room for what has to be sorted and counted: {_memory()} MB of memory are allowed, and {free:,} MB are "
        f"free in {folder} for what does not fit; TMPDIR names another folder, or ask for less at once"
    )


def _memory() -> int:
    """Return the MB that DuckDB may use."""
    least, each = MEMORY
    return least + each * _threads()


def _threads() -> int:
    return min(THREADS, _processors())


def _processors() -> int:
    """Return how many processors this process may use: a container or taskset may leave it fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"
