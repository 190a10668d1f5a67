"""Apache Spark as an engine: a session of its own on the master that the user names."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import contextmanager
from functools import partial, reduce
from typing import TYPE_CHECKING

from qacli.engine.dialect import SPARK
from qacli.engine.remote import SOURCE, Heading, NotAnswered, Remote, Rows
from qacli.model import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pyspark.sql import SparkSession

NAME = "spark"
TYPES = {"VARCHAR": "STRING"}
KINDS = {"date": "time", "timestamp_ntz": "time", "timestamp": "utc"}
SETTINGS = {"spark.sql.timestampType": "TIMESTAMP_NTZ", "spark.sql.session.timeZone": "UTC"}
QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "OFF"}
AT_ONCE = 20_000
BROADCAST = 1_000_000
"""Rows up to which a small table is sent to every worker, rather than the population being sorted to meet it."""


@contextmanager
def connect_spark(master: str, query: str = "", path: str = "") -> Iterator[Remote]:
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
            frame = session.read.parquet(path) if path else session.sql(query)
            frame.createOrReplaceTempView(SOURCE)
        headings = [Heading(name, KINDS.get(kind, "")) for name, kind in frame.dtypes]
        yield Remote(NAME, SPARK, partial(_send, session), partial(_write, session), partial(_keep, session), headings)
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
        # a Java error comes after a line that only says that there is one
        lines = [line.strip(": ") for line in str(error).splitlines() if line.strip(": ")] or [type(error).__name__]
        said = lines[1] if lines[0].startswith("An error occurred") and len(lines) > 1 else lines[0]
        raise NotAnswered(NAME, said, "see the source in qacli.yaml") from None


def _send(session: SparkSession, query: str) -> Rows:
    with _answering():
        found = session.sql(query)
        return Rows(found.columns, [tuple(row) for row in found.collect()])


def _write(session: SparkSession, name: str, columns: str, rows: Sequence[Sequence[object]]) -> None:
    """Make a view of rows that travel as JSON in the question itself: a worker then needs no Python of its own."""
    from pyspark.sql import DataFrame
    from pyspark.sql.functions import broadcast

    fields = [column.split() for column in columns.split(", ")]
    made = ", ".join(f"`{column}` {TYPES.get(kind, kind)}" for column, kind in fields)
    names = [column for column, _ in fields]
    parts = []
    with _answering():
        for start in range(0, max(1, len(rows)), AT_ONCE):
            some = [dict(zip(names, row, strict=True)) for row in rows[start : start + AT_ONCE]]
            given = {"rows": json.dumps(some, default=str), "made": f"ARRAY<STRUCT<{made}>>"}
            parts.append(session.sql("SELECT inline(from_json(:rows, :made))", args=given))
        frame = reduce(DataFrame.unionAll, parts)
        (broadcast(frame) if len(rows) <= BROADCAST else frame).createOrReplaceTempView(name)


def _keep(session: SparkSession, name: str, query: str) -> None:
    """Make a view whose rows are computed once; Spark has no tables of one session."""
    with _answering():
        if session.catalog.tableExists(name) and session.catalog.isCached(name):
            session.catalog.uncacheTable(name)
        session.sql(query).cache().createOrReplaceTempView(name)
