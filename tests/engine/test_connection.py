"""What the engine may take of a machine, and what it says where the disk has no more room."""

from __future__ import annotations

import errno
import os
import tempfile

import duckdb
import pytest

from qacli.engine import connection
from qacli.engine.connection import connect


@pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity"), reason="which processors a process may use is told by Linux only"
)
@pytest.mark.parametrize(
    ("allowed", "threads", "megabytes"), [(1, 1, 350), (2, 2, 400), (8, 8, 700), (64, 8, 700)], ids=str
)
def test_threads_and_memory_follow_the_processors_that_it_may_use(monkeypatch, allowed, threads, megabytes):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: set(range(allowed)))
    with connection._engine.__wrapped__() as engine:
        found = engine.execute("SELECT current_setting('threads'), current_setting('memory_limit')").fetchone()
    assert found[0] == threads
    assert float(found[1].removesuffix(" MiB")) * 1.048576 == pytest.approx(megabytes, abs=0.2)


def test_where_there_is_no_room_both_places_are_named(monkeypatch, tmp_path):
    little = {"memory_limit": "40MB", "temp_directory": str(tmp_path), "max_temp_directory_size": "1MB", "threads": "2"}
    monkeypatch.setattr(connection, "_engine", lambda: duckdb.connect(":memory:", config=little))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    many = "SELECT max(n) FROM (SELECT i, sum(i) AS n FROM range(5000000) AS r(i) GROUP BY i)"
    with (
        pytest.raises(OSError, match=rf"MB are free in {tmp_path} .* TMPDIR names another") as refused,
        connect() as opened,
    ):
        opened.execute(many).fetchall()
    assert refused.value.errno == errno.ENOSPC
