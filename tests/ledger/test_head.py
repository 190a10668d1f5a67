"""How much of a journal is read to know its head; what a head holds, the tests of the journal show."""

from __future__ import annotations

import os

import pytest

from qacli.ledger import journal
from qacli.ledger.head import read_head


@pytest.mark.parametrize(("width", "blocks"), [(255, 2), (254, 1)])
def test_the_head_of_a_long_journal_is_read_from_its_end(tmp_path, monkeypatch, width, blocks):
    """64 kB at a time until more lines are there than lie between two that state all sizes, the torn one and the last."""
    lines, prev = [journal.HEADER], journal.GENESIS
    for number in range(1, 1001):
        bare = journal.Entry(number, "2026-05-18T11:00:00Z", "h_1", "p_x", "p_x", "score", "", (), {}, prev)
        sealed = bare._replace(key="k" * (width - len(bare.sealed().encode()))).sealed()
        lines.append(sealed.encode())
        prev = sealed.hash
    assert {len(line) for line in lines[1:]} == {width}
    (tmp_path / journal.NAME).write_bytes(b"".join(lines))
    read, plain = [], os.pread
    monkeypatch.setattr("os.pread", lambda file, length, at: (read.append(length), plain(file, length, at))[1])
    assert read_head(tmp_path).seq == 1000
    assert read == [1 << 16] * (1 + blocks)  # the first holds the header
