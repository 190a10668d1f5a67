"""A disk that fails while something is read: exit 74, nothing changed, and a file that was not read is never taken for empty."""

import errno
import gzip
import io
import os
from contextlib import contextmanager

import pytest
from command_line import run, snapshot
from desk import DRAWN, done, write


@contextmanager
def failing(path):
    """Let a file fail as a broken disk does, meanwhile."""
    plain = io.open

    def opened(file, *more, **named):
        if not isinstance(file, int) and os.fspath(file) == str(path):
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return plain(file, *more, **named)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(io, "open", opened)
        yield


@pytest.mark.parametrize(
    "file",
    ["qacli.yaml", "people.csv", "definitions/frames/weekly.yaml", "definitions/notices.yaml", "exports/may.csv"],
)
def test_c13_a_file_that_the_disk_does_not_give_ends_with_74(drawn, file):
    before = snapshot(drawn)
    with failing(drawn / file):
        found = run("sample draw weekly --period 2026-W20", drawn, "p_tl1", DRAWN)
    assert (found.code, found.out) == (74, "")
    assert found.err == f"error: Input/output error: {drawn / file}\n"
    assert snapshot(drawn) == before


def test_c13_a_draft_that_the_disk_does_not_give_is_not_begun_again(drawn, monkeypatch):
    draft = drawn / "drafts" / "t_5-1.p_ev1.json"
    write(drawn, {"drafts/t_5-1.p_ev1.json": '{"answers": {"greet": {"answer": "met"}}}'})
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    with failing(draft):
        found = run("score t_5-1 --lines", drawn, "p_ev1", DRAWN)
    assert (found.code, found.err) == (74, f"error: Input/output error: {draft}\n")
    assert '"greet"' in draft.read_text("utf-8")


def test_c13_live_notes_that_the_disk_does_not_give_are_not_left_out(drawn):
    notes = drawn / "drafts" / "t_5-1.p_ev1.notes.jsonl"
    write(drawn, {"drafts/t_5-1.p_ev1.notes.jsonl": '{"note": ["12", "reads the notice"]}\n'})
    with failing(notes):
        found = run("record t_5-1 --technique recording", drawn, "p_ev1", DRAWN)
    assert (found.code, found.err) == (74, f"error: Input/output error: {notes}\n")


def test_d13_erasure_names_what_could_not_be_searched(drawn):
    cut_off = gzip.compress(b"nothing of A07 in here" * 100)[:-9]
    (drawn / "exports" / "old.csv.gz").write_bytes(cut_off)
    write(drawn, {"out/note.txt": "A07"})
    with failing(drawn / "out" / "note.txt"):
        found = done(run("privacy erase p_a07 --reason left --format json", drawn, "p_mgr1", DRAWN))
    told = {row["where"]: row["what"] for row in found.rows if "was not searched" in str(row)}
    assert told == {
        "exports/old.csv.gz": "was not searched: it is damaged",
        "out/note.txt": "was not searched: Input/output error",
    }
