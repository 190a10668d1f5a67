from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep

import pytest
from trails import ARRANGE, FILES, WHO, block, broken, rows_of, small_trail, table, tree, write

from qacli.ledger import contents, journal
from qacli.ledger.append import Block
from qacli.ledger.lock import locked
from qacli.ledger.redact import words_id
from qacli.ledger.trail import writing
from qacli.ledger.verify import verify
from qacli.model import Busy


@pytest.fixture
def trail(tmp_path):
    small_trail(tmp_path, 3)
    return tmp_path


def test_a_clean_trail_is_passed_in_silence(trail):
    assert list(verify(trail)) == []


def test_an_empty_folder_is_clean(tmp_path):
    assert list(verify(tmp_path)) == []


@pytest.mark.parametrize("file", FILES)
def test_every_flipped_byte_is_named_with_file_and_row(tmp_path, file):
    trail = tmp_path
    small_trail(trail, 2)
    data = (trail / file).read_bytes()
    rows = rows_of(data)
    for at, byte in enumerate(data):
        (trail / file).write_bytes(data[:at] + bytes([byte ^ 0x01]) + data[at + 1 :])
        found = broken(trail)
        named = [damage for damage in found if damage.file == file and damage.first <= rows[at] <= damage.last]
        assert named, f"byte {at} of {file} (row {rows[at]}): {[str(damage) for damage in found]}"
        if file != "journal.csv":
            assert [damage.entry.actor for damage in named if damage.entry] == ["p_ev1"]
            assert len(found) == 1


@pytest.mark.parametrize("file", FILES)
def test_every_truncation_is_named(tmp_path, file):
    trail = tmp_path
    small_trail(trail, 2)
    data = (trail / file).read_bytes()
    for length in range(len(data)):
        (trail / file).write_bytes(data[:length])
        assert broken(trail), f"{file} cut to {length} bytes"
        if file != "journal.csv":
            assert any(damage.file == file and "cut off" in damage.message for damage in broken(trail))


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("how", ARRANGE)
def test_lines_that_were_moved_are_found(trail, file, how):
    lines = (trail / file).read_bytes().splitlines(keepends=True)
    for at in range(len(lines) - (how == "swapped")):
        data = b"".join(ARRANGE[how](lines, at))
        if data == b"".join(lines):
            continue
        (trail / file).write_bytes(data)
        last_entry_dropped = file == "journal.csv" and at == len(lines) - 1  # shows in the tables
        named = [damage for damage in broken(trail) if damage.file == file or last_entry_dropped]
        assert named, f"line {at + 1} of {file} {how}"


def test_a_change_is_named_with_rows_entry_time_and_actor(trail):
    path = trail / table()
    path.write_bytes(
        path.read_bytes().replace(
            b"o_2-1,2026-05-18T11:00:00Z,p_ev1,training,met", b"o_2-1,2026-05-18T11:00:00Z,p_ev1,training,mit"
        )
    )
    (damage,) = broken(trail)
    assert str(damage).startswith("broken: records/2026/ratings.csv rows 4-5, entry 2 of ")
    assert str(damage).endswith("UTC by p_ev1 (score): is not what was recorded")


def test_a_damaged_journal_line_does_not_accuse_the_entry_after_it(trail):
    path = trail / "journal.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], lines[2].replace(b"p_ev1", b"p_ev2"), *lines[3:]]))
    assert [str(damage) for damage in broken(trail)] == ["broken: journal.csv row 3: the line does not match its hash"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("records/2026/plans.csv", "no entry wrote it"),
        ("records/2026/ratings (conflicted copy 2026-05-18).csv", "conflicted copy"),
        ("records/2026/ratings (1).csv", "conflicted copy"),
        ("records/2026/ratings.csv~", "conflicted copy"),
        ("records/2025/x/y.csv", "no entry wrote it"),
        ("records/note.txt", "no entry wrote it"),
        ("journal (conflicted copy).csv", "conflicted copy"),
        ("journal-DESKTOP-7.csv", "conflicted copy"),
    ],
)
def test_files_that_no_entry_wrote_are_named(trail, name, says):
    (trail / name).parent.mkdir(parents=True, exist_ok=True)
    (trail / name).write_bytes(b"x\n")
    (damage,) = broken(trail)
    assert damage.file == name
    assert says in damage.message


def test_a_missing_journal_and_a_missing_table_are_named(trail):
    (trail / table()).rename(trail / "ratings.csv")
    assert [(damage.file, "missing" in damage.message) for damage in broken(trail)] == [(table(), True)]
    (trail / "journal.csv").unlink()
    assert [(damage.file, "missing" in damage.message) for damage in broken(trail)] == [("journal.csv", True)]


def test_a_table_behind_a_symlink_is_named(trail):
    (trail / table()).rename(trail / "ratings.csv")
    (trail / table()).symlink_to(trail / "ratings.csv")
    assert any(damage.file == table() for damage in broken(trail))


def test_what_follows_the_last_entry_is_named(trail):
    for file in (table(), "journal.csv"):
        with (trail / file).open("ab") as other:
            other.write(b"o_8,typed by hand")
    found = {damage.file: damage for damage in broken(trail)}
    assert {file: damage.first for file, damage in found.items()} == {table(): 8, "journal.csv": 5}
    assert all("quarantine/" in damage.message for damage in found.values())
    assert all(damage.message.startswith("17 bytes after the last entry") for damage in found.values())


def live(at, text="x"):
    return block(f"o_4,{at},p_ev1,live,{text}\n".encode())


def test_a_live_row_far_from_the_time_of_its_entry_is_named(trail, monkeypatch):
    monkeypatch.setattr("qacli.ledger.trail.system_time", lambda: "2027-05-18T11:00:00Z")
    write(trail, live("2027-05-18T10:58:00Z"), block(b"o_4,2027-01-01T00:00:00Z,p_ev1,training,x\n", table("plans")))
    assert broken(trail) == []
    row = "o_5-{},2027-05-18T{},p_ev1,live,x\n".format
    write(trail, block("".join([row(1, "11:00:00Z"), row(2, "11:02:01Z"), row(3, "10:00:00Z")]).encode()))
    (damage,) = broken(trail)
    assert (damage.file, damage.first, damage.last) == (table(), 9, 11)
    assert damage.message.startswith("2 live rows")


def test_a_stray_row_is_found_in_a_range_of_many_chunks(trail, monkeypatch):
    monkeypatch.setattr("qacli.ledger.trail.system_time", lambda: "2027-05-18T11:00:00Z")
    monkeypatch.setattr("qacli.ledger.contents.CHUNK", 1 << 10)
    rows = [f"o_4-{number},2027-05-18T11:00:00Z,p_ev1,live,x\n" for number in range(200)]
    write(trail, block("".join(rows).encode()))
    assert broken(trail) == []
    rows[150] = rows[150].replace("T11", "T09")
    write(trail, block("".join(rows).encode()))
    assert [damage.message.split(",")[0] for damage in broken(trail)] == [
        "1 live rows are more than two minutes off the time of their entry"
    ]
    write(trail, block("".join(row.replace("T11", "T09") for row in rows).encode()))
    assert broken(trail)[1].message.startswith("200 live rows")  # those that lie across two chunks too


def test_a_process_that_is_ended_is_an_error_and_no_difference(trail, monkeypatch):
    class Ended(ThreadPoolExecutor):
        def submit(self, *_):
            raise BrokenExecutor

    monkeypatch.setattr("qacli.ledger.contents.SOON", -1)
    monkeypatch.setattr("qacli.ledger.contents._executor", lambda: Ended(1))
    with pytest.raises(OSError, match="a process that read the records was ended"):
        list(verify(trail))


@pytest.mark.parametrize("name", ["observations", "words"])
def test_a_record_file_that_the_disk_does_not_give_is_never_taken_as_missing(trail, monkeypatch, name):
    """Whichever time it is opened: to read its ranges, to look for what differs, for texts that were redacted."""
    words = words_id("0" * 32, "he said Tuesday")
    write(trail, Block(table("words"), b"id,nonce,text\n", f"{words},{'0' * 32},he said Tuesday\n".encode()))
    redaction = f"y_1,2026-05-18T11:00:00Z,p_ev1,training,{words},w_0\n".encode()
    write(trail, Block(table("redactions"), b"id,at,by,provenance,words,reason\n", redaction))
    path = trail / table(name)
    path.write_bytes(path.read_bytes().replace(b"greeted", b"greetud"))
    opened: list[Path] = []
    monkeypatch.setattr("os.open", failing(path, opened, at=None))
    assert list(verify(trail))
    for nth in range(len(opened)):
        monkeypatch.setattr("os.open", failing(path, [], at=nth))
        with pytest.raises(OSError, match="Input/output error"):
            list(verify(trail))
    assert len(opened) > 1


def test_a_record_file_that_may_not_be_read_is_not_called_broken(trail, monkeypatch):
    path = trail / table("observations")

    def forbidden(name, *rest, **more):
        if Path(name) == path:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return OPEN(name, *rest, **more)

    monkeypatch.setattr("os.open", forbidden)
    with pytest.raises(PermissionError, match="Permission denied"):
        list(verify(trail))


OPEN = os.open


def failing(path, opened, at):
    """Return os.open, which notes each opening of a path, and fails as a broken disk does at one of them."""

    def open_(file, *more, **named):
        if Path(file) == path:
            opened.append(path)
            if len(opened) - 1 == at:
                raise OSError(errno.EIO, os.strerror(errno.EIO), file)
        return OPEN(file, *more, **named)

    return open_


def test_beside_a_writer_the_lengths_are_measured_again_without_waiting_for_the_lock(trail, monkeypatch):
    asked, slept = [], []

    @contextmanager
    def busy_twice(folder, patience):
        asked.append(patience)
        if len(asked) < 3:
            raise Busy("another qacli is writing")
        yield

    monkeypatch.setattr("qacli.ledger.verify._is_settled", lambda *_: False)
    monkeypatch.setattr("qacli.ledger.verify.locked", busy_twice)
    monkeypatch.setattr("qacli.ledger.verify.time.sleep", slept.append)
    assert list(verify(trail)) == []
    assert (asked, slept) == ([0, 0, 0], [0.001, 0.001])


def test_where_nothing_can_be_forked_threads_read_ahead(trail, monkeypatch):
    monkeypatch.setattr("qacli.ledger.contents.SOON", -1)
    monkeypatch.setattr("qacli.ledger.contents.sys.platform", "darwin")
    assert isinstance(contents._executor(), ThreadPoolExecutor)
    assert list(verify(trail)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads read, which end with their process")
def test_processes_that_read_ahead_end_with_the_one_that_is_killed():
    told, tell = os.pipe()
    walker = os.fork()
    if not walker:
        try:
            apart = contents._executor()
            numbers = {apart.submit(os.getpid).result() for _ in range(99)}
            os.write(tell, " ".join(map(str, numbers)).encode())
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(walker, 0)
    os.close(tell)  # the readers may hold it open, so what was told is read once, and not to its end
    left = [Path(f"/proc/{number.decode()}") for number in os.read(told, 99).split()]
    os.close(told)
    assert left
    until = monotonic() + 5
    while any(map(_runs, left)) and monotonic() < until:
        sleep(0.01)
    assert not any(map(_runs, left))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads read, which end with their process")
def test_a_process_that_reads_ahead_leaves_ctrl_c_to_the_one_that_walks():
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored in the background
    try:
        with contents._executor() as apart:
            assert apart.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads read, which end with their process")
def test_a_process_whose_walker_ended_before_it_began_reads_nothing():
    with (
        ProcessPoolExecutor(1, multiprocessing.get_context("fork"), contents._beside, (1,)) as orphans,
        pytest.raises(BrokenExecutor),
    ):
        orphans.submit(os.getpid).result()


def _runs(process):
    """Whether a process runs: one that has ended may wait for somebody to ask how."""
    try:
        return (process / "stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_clock_that_went_back_is_a_note(trail, monkeypatch):
    monkeypatch.setattr("qacli.ledger.trail.system_time", lambda: "2001-05-18T11:00:00Z")
    write(trail)
    (note,) = verify(trail)
    assert note.note
    assert "the clock went back" in note.message


def test_a_clean_cut_of_the_tail_is_found_only_while_the_records_are_longer(trail):
    """What the chain cannot show without an outside head: docs/ledger.md says so."""
    before = tree(trail)
    write(trail, block(b"o_4,2026-05-18T11:00:00Z,p_ev1,training,x\n"))
    (trail / "journal.csv").write_bytes(before["journal.csv"])
    assert [damage.file for damage in broken(trail)] == [table()]
    (trail / table()).write_bytes(before[table()])
    assert broken(trail) == []


def write_on(folder, begun, stop):
    number = 0
    while not stop.is_set():
        number += 1
        with writing(folder, WHO) as trail:
            trail.append([block(b"o_1,2026-05-18T11:00:00Z,p_ev1,training,x\n", table(name)) for name in ("a", "b")])
        if number == 3:
            begun.set()


def test_verify_is_silent_beside_a_busy_writer(trail):
    context = multiprocessing.get_context("fork")
    begun, stop = context.Event(), context.Event()
    writer = context.Process(target=write_on, args=(trail, begun, stop))
    writer.start()
    try:
        assert begun.wait(10)
        for _ in range(60):
            assert [str(damage) for damage in verify(trail)] == []
    finally:
        stop.set()
        writer.join()
    assert writer.exitcode == 0
    assert list(verify(trail)) == []


def test_the_second_of_two_rows_may_stray_too(trail, monkeypatch):
    monkeypatch.setattr("qacli.ledger.trail.system_time", lambda: "2027-05-18T11:00:00Z")
    row = "o_4-{},2027-05-18T{},p_ev1,live,x\n".format
    write(trail, block("".join([row(1, "11:00:00Z"), row(2, "10:00:00Z")]).encode()))
    (damage,) = broken(trail)
    assert damage.message.startswith("1 live rows")


STRAY = "o_4-9,2027-05-18T09:00:00Z,p_ev1,live,{}\n"
STAMP = ",2027-05-18T11:00:00Z,p_ev1,live,"


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        ("x", "x"),
        ("Zoe is live,so to say", "x"),  # letters that the quick count looks for
        ("x", f'"{STAMP}{STAMP}"'),  # what the stamp of the others looks like, in the text of the stray row
        (f'"{STAMP}"', "x"),  # and in theirs
        ("2027-05-18T08:00:00Z", "2027-05-18T11:00:00Z"),  # a second time in the row
        ("live", ",live,live"),
    ],
)
@pytest.mark.parametrize("by", ["p_ev1", "live", "2027-05-18T11:00:00Z"])
def test_a_stray_row_is_found_whatever_the_others_hold(trail, monkeypatch, text, stray, by):
    monkeypatch.setattr("qacli.ledger.trail.system_time", lambda: "2027-05-18T11:00:00Z")
    rows = [f"o_4-{number},2027-05-18T11:00:00Z,{by},live,{text}\n" for number in range(1, 5)]
    write(trail, block("".join(rows).encode()))
    assert broken(trail) == []
    write(trail, block("".join([*rows, STRAY.format(stray)]).encode()))
    assert [damage.message.partition(" live")[0] for damage in broken(trail)] == ["1"]


@pytest.mark.parametrize("chunk", [1 << 20, 300])
@pytest.mark.parametrize("text", ["x", "Zoe", "2027-05-18T08:00:00Z"])
def test_rows_of_one_time_are_counted_not_read_one_by_one(trail, monkeypatch, text, chunk):
    class Unread:
        def finditer(self, data):
            raise AssertionError(f"read row by row: {data}")

    monkeypatch.setattr("qacli.ledger.trail.system_time", lambda: "2027-05-18T11:00:30Z")
    monkeypatch.setattr("qacli.ledger.contents.LIVE", Unread())
    monkeypatch.setattr("qacli.ledger.contents.CHUNK", chunk)
    rows = "".join(f"o_4-{number},2027-05-18T11:00:00Z,p_ev1,live,{text}\n" for number in range(20)).encode()
    write(trail, block(rows), block(rows, table("plans")))
    write(trail, block(rows))
    assert broken(trail) == []


def test_a_time_that_is_none_strays(trail, monkeypatch):
    monkeypatch.setattr("qacli.ledger.trail.system_time", lambda: "2027-05-18T11:00:00Z")
    write(trail, live("2027-13-18T11:00:00Z"))
    assert [damage.message.partition(" live")[0] for damage in broken(trail)] == ["1"]


def test_live_rows_may_stray_behind_practice_rows_of_the_same_time(trail, monkeypatch):
    monkeypatch.setattr("qacli.ledger.trail.system_time", lambda: "2027-05-18T11:00:00Z")
    row = "o_4-{},2027-05-18T08:00:00Z,p_ev1,{},x\n".format
    write(trail, block((row(1, "training") + row(2, "live")).encode()))
    assert [damage.message.partition(" live")[0] for damage in broken(trail)] == ["1"]


def test_a_long_trail_is_read_by_several_processes_and_says_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr("qacli.ledger.trail.system_time", lambda: "2027-05-18T11:00:00Z")
    small_trail(tmp_path, 12)
    write(tmp_path, block(STRAY.format("x").encode()))
    for name in (table(), "journal.csv"):
        data = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(data.replace(b"met\n", b"mut\n", 1).replace(b",score,", b",scare,", 1))
    found = [str(damage) for damage in verify(tmp_path)]
    assert len(found) == 3
    monkeypatch.setattr("qacli.ledger.contents.SOON", -1)
    monkeypatch.setattr("qacli.ledger.contents.LINES", 1)
    monkeypatch.setattr("qacli.ledger.contents.WORKERS", 2)
    assert [str(damage) for damage in verify(tmp_path)] == found


# --- the walk, on trails that somebody forged with right hashes ---


def forged(folder, *entries):
    """Write a journal of entries as told, each with a right hash: seq, prev, and what it says to have appended."""
    (folder / "records/2026").mkdir(parents=True)
    lines, before = [journal.HEADER], journal.GENESIS
    for seq, prev, ranges, time in entries:
        parts = tuple(journal.Range(table(), start, len(data), sha256(data).hexdigest()) for start, data in ranges)
        said = (seq, time or "2026-05-18T11:00:00Z", "h_1", "p_x", "p_x", "score", "", parts, {}, prev or before)
        entry = journal.Entry(*said).sealed()
        lines.append(entry.encode())
        before = entry.hash
        with (folder / table()).open("ab") as file:
            file.write(b"".join(data for _, data in ranges))
    (folder / "journal.csv").write_bytes(b"".join(lines))


HEAD, ROW = b"id,at,by,provenance,text\n", b"o_1,2026-05-18T11:00:00Z,p_x,training,x\n"
LATER = len(HEAD + ROW)
FIRST = (1, "", [(0, HEAD + ROW)], "")


@pytest.mark.parametrize(
    ("second", "says"),
    [
        ((2, "", [(LATER, ROW)], ""), None),
        ((3, "", [(LATER, ROW)], ""), "the line does not follow the line before it"),
        ((2, "1" * 64, [(LATER, ROW)], ""), "the line does not follow the line before it"),
        ((2, "", [(LATER + 1, ROW[1:])], ""), f"begins at byte {LATER + 1}, the one before ended at {LATER}"),
        ((2, "", [(LATER, ROW)], "2026-05-18T10:58:00Z"), None),
        ((2, "", [(LATER, ROW)], "2026-05-18T10:57:59Z"), "the clock went back from 2026-05-18T11:00:00Z"),
    ],
)
def test_an_entry_follows_the_one_before_in_number_hash_place_and_time(tmp_path, second, says):
    forged(tmp_path, FIRST, second)
    found = [(damage.file, damage.first, damage.message) for damage in verify(tmp_path)]
    if says is None:
        assert found == []
        return
    assert says in found[0][2]
    assert found[0][:2] == ((table(), 0) if "begins" in says else ("journal.csv", 3))


def test_a_header_that_is_none_and_bytes_behind_the_end_are_named_with_their_rows(trail):
    path = trail / "journal.csv"
    lines = path.read_bytes().count(b"\n")
    path.write_bytes(path.read_bytes().replace(b"seq,", b"sec,") + b"typed by hand")
    found = [(damage.first, damage.last, damage.message) for damage in broken(trail) if damage.file == "journal.csv"]
    assert found[0] == (1, 1, "this is not the header of a journal")
    assert found[-1][:2] == (lines + 1, lines + 1)
    assert found[-1][2].startswith("13 bytes after the last entry belong to none")


def test_bytes_behind_a_header_alone_are_named_with_their_row(tmp_path):
    (tmp_path / "journal.csv").write_bytes(journal.HEADER + b"torn")
    assert [(damage.first, damage.message[:7]) for damage in broken(tmp_path)] == [(2, "4 bytes")]


def test_each_change_of_a_file_has_its_own_rows(trail):
    path = trail / table()
    data = path.read_bytes()
    path.write_bytes(data.replace(b"o_1-1", b"o_9-1").replace(b"o_3-2", b"o_9-2") + b"more\n")
    found = [(damage.first, damage.last, damage.entry and damage.entry.seq) for damage in broken(trail)]
    assert found == [(1, 3, 1), (6, 7, 3), (8, 8, None)]
    path.write_bytes(data[:-3])
    assert [(damage.first, damage.last, damage.message) for damage in broken(trail)] == [
        (6, 7, f"cut off: 3 of {len(data) - data.index(b'o_3-1')} bytes are gone")
    ]


def test_a_damaged_line_hides_where_files_ended_but_no_later_change(trail):
    for number in range(4, 6):
        write(trail, block(f"o_{number},2026-05-18T11:00:00Z,p_ev1,training,x\n".encode()))
    path = trail / "journal.csv"
    lines = path.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b"+", b"-", 1)  # no range can be read in it
    path.write_bytes(b"\n".join(lines))
    (trail / table()).write_bytes((trail / table()).read_bytes().replace(b"o_4,", b"o_9,"))
    assert [(damage.file, damage.first) for damage in broken(trail)] == [("journal.csv", 3), (table(), 8)]


def test_after_a_damaged_line_the_place_of_the_next_range_is_taken_on_trust_but_once(tmp_path):
    third, fourth = LATER + len(ROW), LATER + 2 * len(ROW) + 1
    forged(tmp_path, FIRST, (2, "", [(LATER, ROW)], ""), (3, "", [(third, ROW)], ""), (4, "", [(fourth, ROW[1:])], ""))
    path = tmp_path / "journal.csv"
    lines = path.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b"+", b"-", 1)
    path.write_bytes(b"\n".join(lines))
    found = [(damage.file, damage.first, damage.message) for damage in broken(tmp_path)]
    assert found[0] == ("journal.csv", 3, "the line does not match its hash")
    assert found[1] == (table(), 0, f"the entry begins at byte {fourth}, the one before ended at {fourth - 1}")
    assert {file for file, *_ in found[2:]} <= {table()}


@pytest.mark.parametrize("after", [0, 1])
def test_a_retired_file_need_not_be_there_and_may_begin_again(trail, after):
    kept = (trail / table()).read_bytes()
    with writing(trail, WHO) as opened:
        opened.append((), retired=[table()])
    (trail / table()).unlink()
    if after:
        write(trail)
    assert broken(trail) == []
    (trail / table()).write_bytes(b"")
    assert broken(trail) == []
    (trail / table()).write_bytes(kept)
    assert [(damage.file, damage.message) for damage in broken(trail)] == [
        (table(), "this file was retired, but is still there; the next write removes it")
    ]
    write(trail, block(b"o_9,2026-05-18T11:00:00Z,p_ev1,training,x\n"))
    assert broken(trail) == []
    (trail / table()).write_bytes((trail / table()).read_bytes().replace(b",x", b",y"))
    assert [(damage.file, damage.first, damage.last) for damage in broken(trail)] == [(table(), 1, 2)]


def test_only_a_folder_between_two_entries_needs_the_lock(trail, monkeypatch):
    monkeypatch.setattr("qacli.ledger.verify.PATIENCE", 0.05)
    with locked(trail):
        assert list(verify(trail)) == []
        with (trail / table()).open("ab") as file:
            file.write(b"half an entr")
        with pytest.raises(Busy):
            list(verify(trail))
    assert len(broken(trail)) == 1
    (trail / table()).write_bytes((trail / table()).read_bytes()[:-13])
    with locked(trail), pytest.raises(Busy):
        list(verify(trail))


def test_a_folder_that_cannot_be_locked_is_taken_as_it_lies(trail, monkeypatch):
    with (trail / table()).open("ab") as file:
        file.write(b"half an entr")
    (trail / ".lock").unlink()
    (trail / ".lock").mkdir()
    assert [damage.file for damage in broken(trail)] == [table()]
