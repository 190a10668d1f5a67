"""Apache Spark as an engine: a session of its own on the master that the user names."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from qacli.engine.dialect import SPARK
from qacli.engine.remote import SOURCE, Heading, NotAnswered, Remote
from qacli.model import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from pyspark.sql import SparkSession

NAME = "spark"
TYPES = {"VARCHAR": "STRING"}
KINDS = {"date": "time", "timestamp_ntz": "time", "timestamp": "utc"}
SETTINGS = {
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
}
QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "OFF"}
BROADCAST = 1_000_000
"""Rows up to which a small table is sent to every worker, rather than the population being sorted to meet it."""


@contextmanager
def connect_spark(master: str, query: str = "", path: Path | None = None) -> Iterator[Remote]:
    """Yield the answer to a query of Spark's own SQL, or the Parquet files below a path, as the view SOURCE of a Remote.

    A session that runs already in this process is used and left running. Raises Misconfigured without pyspark or Java,
    NotAnswered where Spark refuses.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise Misconfigured("pyspark is not installed", help="pip install 'qacli[cluster]'") from None

    running = SparkSession.getActiveSession()
    session = (running or _started(master)).newSession()
    try:
        for setting, value in SETTINGS.items():
            session.conf.set(setting, value)
        with _answering():
            frame = session.read.parquet(str(path)) if path else session.sql(query)
            frame.createOrReplaceTempView(SOURCE)
        headings = [Heading(name, KINDS.get(kind, "")) for name, kind in frame.dtypes]
        yield Remote(NAME, SPARK, partial(_send, session), partial(_write, session), headings)
    finally:
        if not running:
            session.stop()


def _started(master: str) -> SparkSession:
    """Return a new session. What Java says meanwhile is kept, and shown only where nothing starts."""
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("qacli")
    for setting, value in QUIET.items():
        builder = builder.config(setting, value)
    with tempfile.TemporaryFile() as said:
        try:
            with _errors_into(said.fileno()):
                return builder.getOrCreate()
        except (PySparkException, RuntimeError, OSError) as error:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines() or [str(error)]
            raise NotAnswered(
                NAME, f"no session on {master}: {lines[-1]}", "Spark needs Java 17 or newer, and a master that answers"
            ) from None


@contextmanager
def _errors_into(descriptor: int) -> Iterator[None]:
    """Send what this process and the programs that it starts write to their error output somewhere else."""
    kept = os.dup(2)
    try:
        os.dup2(descriptor, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@contextmanager
def _answering() -> Iterator[None]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        first = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise NotAnswered(NAME, first.strip(), "see the source in qacli.yaml") from None


def _send(session: SparkSession, query: str) -> Sequence[tuple[Any, ...]]:
    with _answering():
        return [tuple(row) for row in session.sql(query).collect()]


def _write(session: SparkSession, name: str, columns: str, rows: Sequence[Sequence[object]]) -> None:
    from pyspark.sql.functions import broadcast

    listed = [column.split() for column in columns.split(", ")]
    made = ", ".join(f"`{column}` {TYPES.get(kind, kind)}" for column, kind in listed)
    with _answering():
        frame = session.createDataFrame(list(rows), made)
        (broadcast(frame) if len(rows) <= BROADCAST else frame).createOrReplaceTempView(name)
