from __future__ import annotations

import os
import re
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from trails import HEADER, WHO, block, small_trail, state, table, tree, walk, write

from qacli.ledger import journal
from qacli.ledger.head import ShortFile, read_head
from qacli.ledger.recovery import AlteredFile, LostJournal
from qacli.ledger.trail import writing
from qacli.ledger.verify import verify

ROW = b"o_9,2026-05-18T11:00:00Z,p_ev1,training,hello\n"


def append_to(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(data)


def open_for_writing(folder):
    with writing(folder, WHO) as trail:
        return trail.set_aside


LEFT = {
    "a torn journal line": {"journal.csv": b"3,2026-05-18T11:00:00Z,h_1,p_ev1"},
    "a journal line of zeros": {"journal.csv": b"\0" * 300},
    "a journal line with zeros in it, closed": {"journal.csv": b"3,2026-05-18" + b"\0" * 200 + b"\n"},
    "rows without a journal line": {table(): ROW},
    "half a row": {table(): ROW[:20]},
    "zeros": {table(): b"\0" * 50},
    "rows in two tables and a torn line": {table(): ROW, table("observations"): ROW, "journal.csv": b"3,2"},
    "a whole new table": {table("plans"): HEADER + ROW},
    "a new table of a new year": {table("plans", "2027"): HEADER[:10]},
    "a later version of a table": {table("ratings.2"): HEADER + ROW},
}


@pytest.mark.parametrize("left", LEFT.values(), ids=LEFT)
def test_what_a_crash_left_is_set_aside_by_an_entry_of_its_own(tmp_path, left):
    small_trail(tmp_path, 2)
    before = tree(tmp_path)
    for file, data in left.items():
        append_to(tmp_path / file, data)
    assert [damage for damage in verify(tmp_path) if not damage.note] != []

    found = open_for_writing(tmp_path)

    assert {part.file: (tmp_path / part.copy).read_bytes() for part in found} == left
    for part in found:
        assert (part.length, part.sha256) == (len(left[part.file]), sha256(left[part.file]).hexdigest())
    after = tree(tmp_path)
    assert after["journal.csv"].startswith(before["journal.csv"])
    assert {name: after[name] for name in before} | {"journal.csv": before["journal.csv"]} == before
    assert set(after) == set(before) | {part.copy for part in found}
    *_, entry = journal.entries(tmp_path / "journal.csv")
    assert (entry.seq, entry.command, entry.actor, entry.ranges) == (3, "recovery", "p_ev1", ())
    assert entry.key == " ".join(f"{part.copy}:{part.sha256}" for part in found)
    assert walk(tmp_path) == state(tmp_path)
    assert list(verify(tmp_path)) == []
    assert (tmp_path / found[0].copy).stat().st_mode & 0o077 == 0
    assert re.fullmatch(r"quarantine/[a-z0-9_.]+\.csv\.\d{4}-\d\d-\d\dT\d{6}Z\.[0-9a-f]{12}", found[0].copy)

    assert open_for_writing(tmp_path) == []
    assert tree(tmp_path) == after


@pytest.mark.parametrize(
    "left",
    [b"", b"seq,ti", journal.HEADER[:-1], b"\0" * 20, b"seq,time" + b"\0" * 12, journal.HEADER[:-1] + b"\0"],
    ids=["nothing", "half a header", "a header without its end", "zeros", "half and zeros", "a zero for its end"],
)
def test_a_journal_that_was_being_made_is_begun_again(tmp_path, left):
    (tmp_path / "journal.csv").write_bytes(left)
    append_to(tmp_path / table(), HEADER + b"o_1,2026-05-18T11:00:00Z,p_ev1,training,x\n")
    assert read_head(tmp_path).seq == 0
    write(tmp_path, block(ROW))
    assert walk(tmp_path) == state(tmp_path)
    assert list(verify(tmp_path)) == []
    assert len(list((tmp_path / "quarantine").iterdir())) == (2 if left else 1)


def test_an_empty_file_that_a_crash_left_goes_without_an_entry(tmp_path):
    small_trail(tmp_path, 1)
    append_to(tmp_path / table("plans"), b"")
    assert open_for_writing(tmp_path) == []
    assert not (tmp_path / table("plans")).exists()
    assert state(tmp_path)[0] == 1


def test_two_crashes_within_a_second_lose_neither(tmp_path):
    small_trail(tmp_path, 1)
    for data in (b"first\n", b"second\n", b"third, torn"):
        append_to(tmp_path / table(), data)
        open_for_writing(tmp_path)
    assert sorted(path.read_bytes() for path in (tmp_path / "quarantine").iterdir()) == [
        b"first\n",
        b"second\n",
        b"third, torn",
    ]
    assert state(tmp_path)[0] == 4


def test_no_card_number_is_set_aside(tmp_path):
    """What lies in quarantine is what the entry's hash is of; other bytes stay as they were, text or not."""
    small_trail(tmp_path, 1)
    append_to(tmp_path / table(), b"w_1,\xff,card 4111 1111 1111 1111, CVV 123, till 20")
    (part,) = open_for_writing(tmp_path)
    kept = (tmp_path / part.copy).read_bytes()
    assert kept == b"w_1,\xff,card [card number removed], CVV [security code removed], till 20"
    assert part.sha256 == sha256(kept).hexdigest()
    assert list(verify(tmp_path)) == []


@pytest.mark.parametrize("name", ["write", "fsync", "open", "ftruncate", "unlink"])
def test_a_crash_during_recovery_loses_nothing(tmp_path, monkeypatch, name):
    """Stop dead at every call, as kill -9 would: nothing that Python does afterwards reaches the disk."""
    left = {"journal.csv": b"3,2026", table(): ROW, table("observations"): ROW[:9], table("plans"): HEADER}
    real = getattr(os, name)
    for at in range(1, 60):
        folder = tmp_path / str(at)
        folder.mkdir()
        small_trail(folder, 2)
        for file, data in left.items():
            append_to(folder / file, data)
        calls = []

        def killed(*arguments, calls=calls, at=at, **more):
            calls.append(1)
            if len(calls) >= at:
                raise SystemExit
            return real(*arguments, **more)

        with monkeypatch.context() as patch:
            patch.setattr(os, name, killed)
            for cutter in ("ftruncate", "unlink"):
                if cutter != name:
                    patch.setattr(os, cutter, dead_after(calls, at, getattr(os, cutter)))
            with suppress(BaseException):  # SystemExit, or what cutting back made of it
                open_for_writing(folder)
        finished = len(calls) < at
        open_for_writing(folder)
        kept = [path.read_bytes() for path in (folder / "quarantine").iterdir()]
        assert set(left.values()) <= set(kept), f"killed at call {at} of os.{name}"
        assert "recovery" in [entry.command for entry in journal.entries(folder / "journal.csv")]
        assert walk(folder) == state(folder)
        assert list(verify(folder)) == []
        if finished:
            return
    raise AssertionError("the calls never ended")


def dead_after(calls, at, real):
    def call(*arguments, **more):
        if len(calls) >= at:
            raise SystemExit
        return real(*arguments, **more)

    return call


@pytest.mark.parametrize("file", ["journal.csv", table()])
def test_damage_is_refused_before_anything_is_set_aside(tmp_path, file):
    """A file that is too short, or a last journal line that is complete but wrong, is no torn write."""
    small_trail(tmp_path, 3)
    append_to(tmp_path / table("observations"), ROW)
    append_to(tmp_path / "journal.csv", b"torn" if file != "journal.csv" else b"")
    data = bytearray((tmp_path / file).read_bytes())
    if file == "journal.csv":
        data[-10] ^= 1
    else:
        del data[-5:]
    (tmp_path / file).write_bytes(data)
    before = tree(tmp_path)
    with pytest.raises((ShortFile, journal.MalformedFile)) as refused:
        open_for_writing(tmp_path)
    assert refused.value.exit_code == 65
    assert "qacli ledger verify" in str(refused.value)
    assert tree(tmp_path) == before


def test_a_missing_record_file_is_a_short_file(tmp_path):
    small_trail(tmp_path, 3)
    (tmp_path / table()).unlink()
    with pytest.raises(ShortFile, match="holds 0 bytes"):
        open_for_writing(tmp_path)


@pytest.mark.parametrize("left", [None, b"", journal.HEADER], ids=["gone", "empty", "only a header"])
def test_a_lost_journal_does_not_move_all_records_aside(tmp_path, left):
    small_trail(tmp_path, 3)
    # ids as the workspace makes them, naming entry 2 and above
    (tmp_path / "journal.csv").unlink()
    if left is not None:
        (tmp_path / "journal.csv").write_bytes(left)
    before = tree(tmp_path)
    with pytest.raises(LostJournal, match="holds rows of entry 3") as refused:
        open_for_writing(tmp_path)
    assert refused.value.exit_code == 65
    assert tree(tmp_path) == before


def test_other_files_in_records_are_left_to_verify(tmp_path):
    small_trail(tmp_path, 1)
    append_to(tmp_path / "records/2026/ratings (1).csv", b"x")
    append_to(tmp_path / "records/notes.txt", b"x")
    assert open_for_writing(tmp_path) == []
    assert (tmp_path / "records/2026/ratings (1).csv").exists()


@pytest.mark.parametrize(("entry", "lost"), [("1", False), ("2", True), ("3", True)])
def test_rows_of_a_later_entry_prove_that_there_was_a_journal(tmp_path, entry, lost):
    (tmp_path / "journal.csv").write_bytes(journal.HEADER)
    append_to(tmp_path / table(), HEADER + f"o_{entry}-1,2026-05-18T11:00:00Z,p_ev1,training,x\n".encode())
    if lost:
        with pytest.raises(LostJournal, match=f"rows of entry {entry}"):
            open_for_writing(tmp_path)
    else:
        assert len(open_for_writing(tmp_path)) == 1


def test_a_longer_file_that_another_program_saved_is_no_torn_write(tmp_path):
    small_trail(tmp_path, 2)
    (tmp_path / table()).write_bytes((tmp_path / table()).read_bytes().replace(b"\n", b"\r\n"))
    before = tree(tmp_path)
    with pytest.raises(AlteredFile, match="qacli ledger repair"):
        open_for_writing(tmp_path)
    assert tree(tmp_path) == before


def test_what_is_set_aside_is_durable_before_the_journal_says_so(tmp_path, monkeypatch):
    small_trail(tmp_path, 2)
    append_to(tmp_path / table(), ROW)
    order, real_write, real_sync = [], os.write, os.fsync

    def noted(step, real):
        def call(descriptor, *rest):
            order.append((step, Path(f"/proc/self/fd/{descriptor}").readlink().name.partition(".csv.")[0]))
            return real(descriptor, *rest)

        return call

    monkeypatch.setattr(os, "write", noted("write", real_write))
    monkeypatch.setattr(os, "fsync", noted("fsync", real_sync))
    open_for_writing(tmp_path)
    said = order.index(("write", "journal.csv"))
    copied = order.index(("fsync", "records.2026.ratings"))
    assert copied < order.index(("fsync", "quarantine"), copied) < said
