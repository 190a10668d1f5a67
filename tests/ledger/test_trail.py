from __future__ import annotations

import errno
import multiprocessing
import time
from unittest import mock

import pytest
from trails import WHO, block, small_trail, state, table, tree, walk, write

from qacli.ledger import trail as module
from qacli.ledger.head import read_head
from qacli.ledger.lock import locked
from qacli.ledger.trail import OtherHost, writing
from qacli.model import Busy, NotPermitted, NotRecorded


def hold(folder, held, release):
    with locked(folder):
        held.set()
        release.wait(10)


def test_a_folder_that_another_process_writes_to_is_busy(tmp_path):
    context = multiprocessing.get_context("fork")
    held, release = context.Event(), context.Event()
    other = context.Process(target=hold, args=(tmp_path, held, release))
    other.start()
    try:
        assert held.wait(10)
        began = time.monotonic()
        with pytest.raises(Busy) as refused, writing(tmp_path, WHO, patience=0.1):
            raise AssertionError("the lock was not held")
        assert 0.1 <= time.monotonic() - began < 5
        assert refused.value.exit_code == 75
    finally:
        release.set()
        other.join()
    write(tmp_path)


def test_a_lock_ends_with_the_process_that_held_it(tmp_path):
    context = multiprocessing.get_context("fork")
    held, release = context.Event(), context.Event()
    other = context.Process(target=hold, args=(tmp_path, held, release))
    other.start()
    assert held.wait(10)
    other.kill()
    other.join()
    with writing(tmp_path, WHO, patience=1):
        pass


def test_a_folder_has_one_writing_host(tmp_path, monkeypatch):
    small_trail(tmp_path, 2)
    before = tree(tmp_path)
    monkeypatch.setattr(module, "this_host", lambda: "h_0ther000")
    with pytest.raises(OtherHost, match="qacli ledger host take") as refused:
        write(tmp_path)
    assert refused.value.exit_code == 77
    assert tree(tmp_path) == before
    with writing(tmp_path, WHO._replace(command="ledger host take"), any_host=True) as trail:
        trail.append(())
    assert write(tmp_path, block(b"o_4,,,,x\n")).host == "h_0ther000"
    assert walk(tmp_path) == state(tmp_path)


def test_an_error_on_unlocking_does_not_undo_the_entry(tmp_path, monkeypatch):
    import os

    real = os.close

    def failing(descriptor):
        real(descriptor)
        if names.get(descriptor) == "lock":
            raise OSError(5, "Input/output error")

    names, real_open = {}, os.open

    def opened(path, *rest, **more):
        descriptor = real_open(path, *rest, **more)
        names[descriptor] = "lock" if str(path).endswith(".lock") else ""
        return descriptor

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "close", failing)
    write(tmp_path, block(b"o_1,,,,x\n"))
    assert state(tmp_path)[0] == 1


def test_a_folder_that_cannot_be_locked_is_said_in_words(tmp_path):
    (tmp_path / ".lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotRecorded, match="cannot be written") as refused:
        write(tmp_path)
    assert refused.value.exit_code == 74
    assert table() not in tree(tmp_path)


def test_a_folder_of_somebody_else_is_no_disk_that_fails(tmp_path, monkeypatch):
    def denied(*_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(module, "locked", lambda *_: mock.MagicMock(__enter__=denied))
    with pytest.raises(NotPermitted, match=r"not recorded: .* cannot be written \(Permission denied\)") as refused:
        write(tmp_path)
    assert refused.value.exit_code == 77
    assert refused.value.help == "ask whoever looks after that folder for the right to it"


def test_the_head_that_an_entry_leaves_is_the_head_that_is_read(tmp_path):
    small_trail(tmp_path, 2)
    with writing(tmp_path, WHO) as trail:
        trail.append([block(b"o_3,,,,x\n")])
        assert trail.head == read_head(tmp_path)
        trail.append((), retired=[table()])
        (tmp_path / table()).unlink()
        assert trail.head == read_head(tmp_path)
        assert (trail.head.retired, table() in trail.head.sizes) == ({table()}, False)
        trail.append([block(b"o_4,,,,x\n", table("observations"))])
        assert trail.head == read_head(tmp_path)
    write(tmp_path, block(b"o_5,,,,x\n", table("observations")))
    assert read_head(tmp_path).retired == {table()}


def test_a_link_is_no_journal(tmp_path):
    small_trail(tmp_path, 1)
    (tmp_path / "journal.csv").rename(tmp_path / "elsewhere.csv")
    (tmp_path / "journal.csv").symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(OSError, match="symbolic links"):
        read_head(tmp_path)
