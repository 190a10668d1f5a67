"""PostgreSQL as an engine: one transaction that sees one state of the tables, writes none of them, and is undone."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from qacli.engine.connection import quoted
from qacli.engine.dialect import POSTGRESQL
from qacli.engine.remote import SOURCE, Heading, NotAnswered, Remote
from qacli.model import Misconfigured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from psycopg import Connection

NAME = "postgresql"
KINDS = {1082: "time", 1114: "time", 1184: "time"}  # pg_type.oid of date, timestamp, timestamptz (its text ends in +00)
TYPES = {"VARCHAR": 'TEXT COLLATE "C"', "DOUBLE": "DOUBLE PRECISION"}
# text as ISO writes it, in UTC, whatever the server or the user is set to
SETTINGS = ("TimeZone = 'UTC'", "DateStyle = 'ISO, YMD'", "IntervalStyle = 'postgres'", "client_encoding = 'UTF8'")


@contextmanager
def connect_postgresql(address: str, query: str) -> Iterator[Remote]:
    """Yield the answer to a query of the server's own SQL as the view SOURCE of a Remote.

    ``address`` is a URL or the words of libpq; it is never shown. The transaction is rolled back at the end. Raises
    Misconfigured without psycopg, NotAnswered where the server is not reached or refuses the query.
    """
    try:
        import psycopg
    except ImportError:
        raise Misconfigured("psycopg is not installed", help="pip install 'qacli[postgresql]'") from None

    try:
        connection = psycopg.connect(address, application_name="qacli")
    except psycopg.ProgrammingError:
        # what libpq says of an address that it cannot read repeats parts of it, and it may hold a password
        raise NotAnswered(NAME, "the address cannot be read", "write it as postgresql://user@host/database") from None
    except psycopg.OperationalError as error:
        raise NotAnswered(NAME, _first(error), "is the address right, and may you reach the server?") from None
    try:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        send = partial(_send, connection)
        for setting in SETTINGS:
            send(f"SET LOCAL {setting}")
        _require_utf8(send("SHOW server_encoding"))
        send(f"CREATE TEMPORARY VIEW {SOURCE} AS SELECT * FROM ({query}\n) AS asked")
        yield Remote(NAME, POSTGRESQL, send, partial(_write, connection), _headings(connection))
    finally:
        connection.rollback()
        connection.close()


def _send(connection: Connection[Any], query: str) -> Sequence[tuple[Any, ...]]:
    import psycopg

    try:
        cursor = connection.execute(query.encode())
    except psycopg.Error as error:
        raise NotAnswered(NAME, _first(error), "see the table or query under sources: in qacli.yaml") from None
    return cursor.fetchall() if cursor.description else ()


def _write(connection: Connection[Any], name: str, columns: str, rows: Sequence[Sequence[object]]) -> None:
    listed = [column.split() for column in columns.split(", ")]
    made = ", ".join(f"{quoted(column)} {TYPES.get(kind, kind)}" for column, kind in listed)
    # pg_temp stands first in every search: a table of the same name elsewhere is neither seen nor touched
    _send(connection, f"DROP TABLE IF EXISTS pg_temp.{quoted(name)}")
    _send(connection, f"CREATE TEMPORARY TABLE {quoted(name)} ({made}) ON COMMIT DROP")
    with connection.cursor().copy(f"COPY pg_temp.{quoted(name)} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    _send(connection, f"ANALYZE pg_temp.{quoted(name)}")


def _headings(connection: Connection[Any]) -> list[Heading]:
    described = connection.execute(f"SELECT * FROM {SOURCE} LIMIT 0").description or ()
    return [Heading(column.name, KINDS.get(column.type_code, "")) for column in described]


def _require_utf8(found: Sequence[tuple[Any, ...]]) -> None:
    if found[0][0] != "UTF8":
        raise NotAnswered(
            NAME, f"the database is kept in {found[0][0]}", "only a database in UTF8 ranks ids as every engine does"
        )


def _first(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
