from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from trails import HEADER, WHO, block, small_trail, state, table, tree, walk, write

from qacli.ledger import append as module
from qacli.ledger.trail import writing
from qacli.ledger.verify import verify
from qacli.model import NotRecorded

ROW = b"o_9,2026-05-18T11:00:00Z,p_ev1,training,hello\n"


def test_a_new_file_counts_its_header_in_its_range(tmp_path):
    entry = write(tmp_path, block(ROW))
    assert (tmp_path / table()).read_bytes() == HEADER + ROW
    assert (entry.ranges[0].start, entry.ranges[0].length) == (0, len(HEADER + ROW))
    second = write(tmp_path, block(ROW))
    assert (tmp_path / table()).read_bytes() == HEADER + ROW + ROW
    assert (second.ranges[0].start, second.ranges[0].length) == (len(HEADER + ROW), len(ROW))


def test_records_are_for_their_owner_only(tmp_path):
    before = os.umask(0o022)
    try:
        write(tmp_path, block(ROW))
    finally:
        os.umask(before)
    modes = {
        path.relative_to(tmp_path).as_posix(): oct(stat.S_IMODE(path.stat().st_mode)) for path in tmp_path.rglob("*")
    }
    assert modes == {
        ".lock": "0o600",
        "journal.csv": "0o600",
        "records": "0o700",
        "records/2026": "0o700",
        table(): "0o600",
    }


@pytest.mark.parametrize("name", [table(), "journal.csv"])
def test_a_symlink_in_place_of_a_file_is_refused(tmp_path, name):
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    (folder / "records/2026").mkdir(parents=True)
    outside.write_bytes(b"")
    (folder / name).symlink_to(outside)
    with pytest.raises((NotRecorded, OSError), match="symbolic links"):
        write(folder, block(ROW))
    assert outside.read_bytes() == b""
    assert (folder / name).is_symlink()


def test_bytes_that_somebody_else_adds_meanwhile_are_not_cut(tmp_path):
    small_trail(tmp_path, 1)
    before = tree(tmp_path)
    with writing(tmp_path, WHO) as trail:
        with (tmp_path / table()).open("ab") as other:
            other.write(b"typed by hand\n")
        with pytest.raises(NotRecorded, match="changed by somebody else"):
            trail.append([block(ROW, table("observations")), block(ROW)])
    assert tree(tmp_path) == before | {table(): before[table()] + b"typed by hand\n"}


def test_bytes_that_somebody_adds_behind_ours_are_not_cut(tmp_path, monkeypatch):
    small_trail(tmp_path, 1)
    real = module._compare

    def compare(descriptor, before, data):
        with (tmp_path / table()).open("ab") as other:
            other.write(b"typed by hand\n")
        real(descriptor, before, data)

    monkeypatch.setattr(module, "_compare", compare)
    with pytest.raises(NotRecorded, match=r"somebody else wrote to ratings.csv meanwhile.*the state is unknown"):
        write(tmp_path, block(ROW))
    assert (tmp_path / table()).read_bytes().endswith(ROW + b"typed by hand\n")


def test_what_is_cut_back_is_cut_durably(tmp_path, monkeypatch):
    small_trail(tmp_path, 1)
    order = []

    def noted(name, real):
        def call(what, *rest, **more):
            path = Path(f"/proc/self/fd/{what}").readlink() if isinstance(what, int) else Path(what)
            order.append((name, path.name, path.parent.name))
            return real(what, *rest, **more)

        return call

    for name in ("fsync", "ftruncate", "unlink"):
        monkeypatch.setattr(os, name, noted(name, getattr(os, name)))
    monkeypatch.setattr(module, "_append_journal", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "I/O")))
    with pytest.raises(NotRecorded, match="not recorded"):
        write(tmp_path, *BLOCKS)
    cut = [at for at, step in enumerate(order) if step[0] != "fsync"]
    assert [order[at] for at in cut] == [
        ("unlink", "plans.csv", "2026"),
        ("ftruncate", "ratings.csv", "2026"),
        ("ftruncate", "observations.csv", "2026"),
    ]
    for at in cut:
        what, name, parent = order[at]
        assert order[at + 1][:2] == ("fsync", parent if what == "unlink" else name)


def test_nothing_stays_open(tmp_path, monkeypatch):
    small_trail(tmp_path, 1)
    before = sorted(Path("/proc/self/fd").iterdir())
    write(tmp_path, *BLOCKS)
    for name in ("fsync", "fstat"):
        with monkeypatch.context() as patch:
            Failing(patch, name, OSError(errno.EIO, "Input/output error"), 3)
            with pytest.raises(NotRecorded):
                write(tmp_path, *BLOCKS)
    assert list(verify(tmp_path)) == []
    assert sorted(Path("/proc/self/fd").iterdir()) == before


class Failing:
    """Lets the first calls of an os function through and fails one of them."""

    def __init__(self, monkeypatch, name, wrong, at, *, after=False):
        self.real, self.wrong, self.at, self.after, self.calls = getattr(os, name), wrong, at, after, 0
        monkeypatch.setattr(os, name, self)

    def __call__(self, *arguments):
        self.calls += 1
        if self.calls == self.at:
            if self.after:
                self.real(*arguments)
            raise self.wrong
        return self.real(*arguments)


FAULTS = [
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EIO, "Input/output error"),
    KeyboardInterrupt(),
]
BLOCKS = (block(ROW, table("observations")), block(ROW), block(ROW, table("plans")))


@pytest.mark.parametrize("wrong", FAULTS, ids=["ENOSPC", "EIO", "Ctrl-C"])
@pytest.mark.parametrize("name", ["write", "fsync", "open", "fstat", "pread", "ftruncate", "mkdir"])
@pytest.mark.parametrize("entries", [0, 2])
def test_an_entry_that_fails_at_any_call_leaves_every_byte_as_it_was(tmp_path, monkeypatch, name, wrong, entries):
    small_trail(tmp_path, entries)
    before, at, failed = tree(tmp_path), 0, 0
    while True:
        at += 1
        with monkeypatch.context() as patch:
            failing = Failing(patch, name, wrong, at)
            try:
                write(tmp_path, *BLOCKS)
            except (NotRecorded, KeyboardInterrupt, OSError):
                pass
            else:
                break
        failed += 1
        assert failing.calls >= at
        assert tree(tmp_path) == before, f"call {at} of os.{name}"
    assert failed > 0 or name in {"ftruncate", "mkdir"}
    assert walk(tmp_path) == state(tmp_path)
    assert state(tmp_path)[0] == entries + 1


def test_a_short_write_goes_on_where_it_stopped(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data)[: max(1, len(data) // 3)]))
    write(tmp_path, *BLOCKS)
    assert walk(tmp_path) == state(tmp_path)
    assert (tmp_path / table()).read_bytes() == HEADER + ROW


def test_a_short_write_before_a_full_disk_is_cut_back(tmp_path, monkeypatch):
    small_trail(tmp_path, 2)
    before, real = tree(tmp_path), os.write

    def full(descriptor, data):
        if len(data) > 10:
            return real(descriptor, bytes(data)[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(NotRecorded, match="No space left") as refused:
        write(tmp_path, *BLOCKS)
    assert refused.value.help == "the records are as they were before; free some room there, then run it again"
    assert tree(tmp_path) == before


@pytest.mark.parametrize("at", range(1, 6))
def test_a_write_that_lies_is_found_when_it_is_read_back(tmp_path, monkeypatch, at):
    small_trail(tmp_path, 2)
    before, real, calls = tree(tmp_path), os.write, []

    def lying(descriptor, data):
        calls.append(data)
        return len(data) if len(calls) == at else real(descriptor, data)

    monkeypatch.setattr(os, "write", lying)
    if at > len(BLOCKS) + 1:
        write(tmp_path, *BLOCKS)
        return
    with pytest.raises(NotRecorded, match="read back"):
        write(tmp_path, *BLOCKS)
    assert tree(tmp_path) == before


def test_a_failed_fsync_is_never_tried_again(tmp_path, monkeypatch):
    """After a failure the file may be synced only once it has been cut: the lost pages are then no part of it."""
    small_trail(tmp_path, 2)
    real_sync, real_cut, failed_at = os.fsync, os.ftruncate, 0
    while True:
        failed_at += 1
        calls = []

        def fsync(descriptor, calls=calls, failed_at=failed_at):
            calls.append(("fsync", os.fstat(descriptor).st_ino))
            if len([call for call in calls if call[0] == "fsync"]) == failed_at:
                raise OSError(errno.EIO, "Input/output error")
            real_sync(descriptor)

        def ftruncate(descriptor, length, calls=calls):
            calls.append(("cut", os.fstat(descriptor).st_ino))
            real_cut(descriptor, length)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            patch.setattr(os, "ftruncate", ftruncate)
            try:
                write(tmp_path, *BLOCKS)
            except NotRecorded:
                pass
            else:
                break
        syncs = [number for number, call in enumerate(calls) if call[0] == "fsync"]
        bad = calls[syncs[failed_at - 1]][1]
        later = [call for call in calls[syncs[failed_at - 1] + 1 :] if call[1] == bad]
        directories = {path.stat().st_ino for path in (tmp_path, tmp_path / "records", tmp_path / "records/2026")}
        assert later == [] or later[0][0] == "cut" or bad in directories
    assert failed_at > 5


def test_where_cutting_back_fails_too_the_state_is_unknown(tmp_path, monkeypatch):
    small_trail(tmp_path, 2)
    before = tree(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "ftruncate", lambda *_: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error")))
        Failing(patch, "fsync", OSError(errno.ENOSPC, "No space left on device"), 2)
        with pytest.raises(NotRecorded, match="the state is unknown") as refused:
            write(tmp_path, *BLOCKS)
    assert "qacli ledger verify" in str(refused.value)
    # what is left is set aside by the next writer
    write(tmp_path, *BLOCKS)
    assert walk(tmp_path) == state(tmp_path)
    assert {name: data for name, data in tree(tmp_path).items() if name in before and name != "journal.csv"} != {}


def test_the_record_files_are_durable_before_the_journal_says_so(tmp_path, monkeypatch):
    """Every file and every directory entry of the first commit is synced before the line, and the line last."""
    order, real_write, real_sync = [], os.write, os.fsync

    def names(descriptor):
        return Path(f"/proc/self/fd/{descriptor}").readlink().relative_to(tmp_path).as_posix()

    def write_(descriptor, data):
        order.append(("write", names(descriptor)))
        return real_write(descriptor, data)

    def fsync(descriptor):
        order.append(("fsync", names(descriptor)))
        real_sync(descriptor)

    monkeypatch.setattr(module.os, "write", write_)
    monkeypatch.setattr(module.os, "fsync", fsync)
    write(tmp_path, block(ROW))
    line = max(number for number, step in enumerate(order) if step == ("write", "journal.csv"))
    assert order[line + 1 :] == [("fsync", "journal.csv")]
    assert ("fsync", ".") in order[order.index(("write", "journal.csv")) : line]  # the name of the journal itself
    durable = [step[1] for step in order[:line] if step[0] == "fsync"]
    assert {table(), "records/2026", "records", ".", "journal.csv"} <= set(durable)
