"""How much is read at once and ahead; what is found in it, the tests of verify show."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from trails import block, small_trail, table, write

from qacli.ledger import contents
from qacli.ledger.verify import verify


@pytest.fixture
def trail(tmp_path):
    small_trail(tmp_path, 3)
    return tmp_path


def test_what_is_read_ahead_and_not_yet_looked_at_is_bounded(trail, monkeypatch):
    """Two batches for each process and one more, however long the trail is: the memory does not grow with it."""
    ahead = [0]

    class Counting(ThreadPoolExecutor):
        def submit(self, *work):
            found = super().submit(*work)
            ahead.append(ahead[-1] + 1)
            result = found.result
            found.result = lambda: (ahead.append(ahead[-1] - 1), result())[1]
            return found

    for number in range(4, 20):
        write(trail, block(f"o_{number},2026-05-18T11:00:00Z,p_ev1,training,x\n".encode()))
    monkeypatch.setattr(contents, "SOON", -1)
    monkeypatch.setattr(contents, "LINES", 1)
    monkeypatch.setattr(contents, "WORKERS", 2)
    monkeypatch.setattr(contents, "_executor", lambda: Counting(2))
    assert list(verify(trail)) == []
    assert (max(ahead), ahead[-1]) == (5, 0)


def test_a_long_range_is_read_a_mebibyte_at_a_time(trail, monkeypatch):
    write(
        trail, block(b"".join(b"o_4-%07d,2026-05-18T11:00:00Z,p_ev1,training,x\n" % number for number in range(60_000)))
    )
    read, plain = [], os.pread
    monkeypatch.setattr("os.pread", lambda file, length, at: (read.append(length), plain(file, length, at))[1])
    assert list(verify(trail)) == []
    assert max(read) == 1 << 20
    assert read.count(1 << 20) == (trail / table()).stat().st_size >> 20
