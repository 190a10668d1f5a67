from __future__ import annotations

import re
from pathlib import Path

import pytest
from trails import block, small_trail, state, table, tree, walk, write

from qacli.ledger import journal
from qacli.ledger.head import BrokenTail, Head, ShortFile, is_still, read_committed, read_head
from qacli.ledger.trail import Signature, this_host


def test_a_line_is_spelled_as_documented(tmp_path):
    write(tmp_path, block(b"o_1,2026-05-18T11:00:00Z,p_ev1,training,hello\n"), key='draw/"weekly", 2026-W21')
    # printf 'id,at,by,provenance,text\no_1,2026-05-18T11:00:00Z,p_ev1,training,hello\n' | sha256sum
    digest = "ac655287c5157d22b32f4390724b4bb8bbca3253db9f7532c44bf6496bad2736"
    line = (tmp_path / "journal.csv").read_text("utf-8").split("\n")[1]
    assert re.fullmatch(
        r"1,20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ," + this_host() + ',p_ev1,p_ev1,score,"draw/""weekly"", 2026-W21",'
        rf"records/2026/ratings\.csv:0\+71:{digest},,0{{64}},[0-9a-f]{{64}}",
        line,
    )
    assert walk(tmp_path)[0] == 1


@pytest.mark.parametrize("entries", [1, 2, 5])
def test_the_chain_can_be_recomputed_by_anybody(tmp_path, entries):
    small_trail(tmp_path, entries)
    assert walk(tmp_path) == state(tmp_path)


def journal_of(folder, entries):
    """A journal of many entries without the cost of writing each: two tables, a new one at entry 300."""
    previous, sizes, lines = journal.GENESIS, {}, [journal.HEADER]
    files = dict.fromkeys(map(table, ("observations", "ratings", "notes")), b"")
    for seq in range(1, entries + 1):
        ranges = []
        second = table("notes" if seq > 300 else "observations")
        for file in [table("observations")] if seq % 3 else [table("ratings"), second]:
            row = f"o_{seq},2026-05-18T11:00:00Z,p_ev1,training,x\n".encode()
            ranges.append(journal.Range(file, len(files[file]), len(row), journal.sha256(row).hexdigest()))
            files[file] += row
            sizes[file] = len(files[file])
        entry = journal.Entry(
            seq,
            "2026-05-18T11:00:00Z",
            this_host(),
            "unknown",
            "p_ev1",
            "score",
            "",
            tuple(ranges),
            dict(sizes) if seq % 256 == 0 else {},
            previous,
        ).sealed()
        lines.append(entry.encode())
        previous = entry.hash
    for file, data in files.items():
        if data:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(data)
    (folder / "journal.csv").write_bytes(b"".join(lines))


@pytest.mark.parametrize("entries", [0, 1, 255, 256, 257, 511, 512, 513, 600])
def test_the_tail_tells_what_a_walk_of_the_whole_journal_tells(tmp_path, entries):
    journal_of(tmp_path, entries)
    assert walk(tmp_path) == state(tmp_path)
    assert read_head(tmp_path).journal == (tmp_path / "journal.csv").stat().st_size
    write(tmp_path, block(b"o_zz,2026-05-18T11:00:00Z,p_ev1,training,x\n", table("plans")))
    assert walk(tmp_path) == state(tmp_path)


def test_the_tail_of_long_lines_is_read_in_several_blocks(tmp_path, monkeypatch):
    journal_of(tmp_path, 300)
    monkeypatch.setattr("qacli.ledger.head.BLOCK", 4096)
    assert walk(tmp_path) == state(tmp_path)


@pytest.mark.parametrize("entries", [255, 256, 511])
def test_the_tail_is_read_just_as_far_as_is_needed(tmp_path, monkeypatch, entries):
    journal_of(tmp_path, entries)
    monkeypatch.setattr("qacli.ledger.head.BLOCK", 150)
    assert walk(tmp_path) == state(tmp_path)


def test_a_trail_of_entries_without_rows_has_a_head(tmp_path):
    for _ in range(3):
        write(tmp_path)
    assert state(tmp_path) == walk(tmp_path) == (3, {}, state(tmp_path)[2])


def test_no_journal_is_an_empty_head(tmp_path):
    assert read_head(tmp_path) == Head()


def line_numbers(folder):
    return (folder / "journal.csv").read_bytes().split(b"\n")


@pytest.mark.parametrize(
    "arrange",
    [
        lambda lines: [*lines[:-3], lines[-2], lines[-3], lines[-1]],  # swapped
        lambda lines: [*lines[:-2], lines[-2], *lines[-2:]],  # doubled
        lambda lines: [*lines[:-3], *lines[-2:]],  # dropped
        lambda lines: [lines[0], *lines[2:]],  # its first entry dropped
        lambda lines: [*lines[:-2], lines[-2].replace(b"score", b"scone"), b""],  # changed
        lambda lines: [lines[0].replace(b"seq", b"sec"), *lines[1:]],  # its header changed
    ],
)
def test_a_damaged_tail_is_refused_and_left_alone(tmp_path, arrange):
    small_trail(tmp_path, 4)
    (tmp_path / "journal.csv").write_bytes(b"\n".join(arrange(line_numbers(tmp_path))))
    before = tree(tmp_path)
    with pytest.raises(BrokenTail) as refused:
        write(tmp_path, block(b"o_9,2026-05-18T11:00:00Z,p_ev1,training,x\n"))
    assert refused.value.exit_code == 65
    assert "qacli ledger verify" in str(refused.value)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("file", ["../outside.csv", "/etc/passwd", "records/2026/../../qacli.yaml", "journal.csv"])
def test_a_forged_range_cannot_lead_out_of_the_records(tmp_path, file):
    entry = journal.Entry(
        1,
        "2026-05-18T11:00:00Z",
        this_host(),
        "p_x",
        "p_x",
        "score",
        "",
        (journal.Range(file, 0, 3, "0" * 64),),
        {},
        journal.GENESIS,
    ).sealed()
    (tmp_path / "journal.csv").write_bytes(journal.HEADER + entry.encode())
    with pytest.raises(BrokenTail, match="no range of a record file"):
        read_head(tmp_path)


@pytest.mark.parametrize("time", ["yesterday", "2026-05-18T11:00:00", "2026-13-18T11:00:00Z", ""])
def test_a_time_that_is_none_is_a_bad_line(time):
    entry = journal.Entry(1, time, "h_1", "p_x", "p_x", "score", "", (), {}, journal.GENESIS).sealed()
    with pytest.raises(journal.BadLine):
        journal.parse(entry.encode()[:-1])


def newer_journal(folder):
    """A journal whose lines have one column more than we know."""
    row = b"id,at,by,provenance,text\no_1,2026-05-18T11:00:00Z,p_ev1,training,x\n"
    (folder / "records/2026").mkdir(parents=True)
    (folder / table()).write_bytes(row)
    extent = f"{table()}:0+{len(row)}:{journal.sha256(row).hexdigest()}"
    body = f"1,2026-05-18T11:00:00Z,{this_host()},p_x,p_x,score,,{extent},,mars,{journal.GENESIS}".encode()
    header = journal.HEADER.replace(b"prev,", b"planet,prev,")
    (folder / "journal.csv").write_bytes(header + body + b"," + journal.sha256(body).hexdigest().encode() + b"\n")


def test_a_newer_journal_is_read_but_not_written(tmp_path):
    newer_journal(tmp_path)
    before = tree(tmp_path)
    assert read_head(tmp_path).sizes == {table(): len(before[table()])}
    with pytest.raises(journal.NewerJournal, match="columns planet") as refused:
        write(tmp_path, block(b"o_2,2026-05-18T11:00:00Z,p_ev1,training,x\n"))
    assert refused.value.exit_code == 78
    assert tree(tmp_path) == before


def test_a_newer_journal_can_be_walked_and_one_that_is_begun_holds_nothing(tmp_path):
    newer_journal(tmp_path)
    assert [entry.actor for entry in journal.entries(tmp_path / "journal.csv")] == ["p_x"]
    (tmp_path / "journal.csv").write_bytes(journal.HEADER[:20])
    assert list(journal.entries(tmp_path / "journal.csv")) == []


@pytest.mark.parametrize("header", [b"host,via,", b"hash,"])
def test_columns_in_another_order_are_no_journal(header):
    moved = journal.HEADER.replace(b"host,via,", b"via,host,") if header != b"hash," else b"hash," + journal.HEADER
    with pytest.raises(journal.MalformedFile):
        journal.columns_of(moved)


@pytest.mark.parametrize(("seq", "prev"), [(2, journal.GENESIS), (1, "1" * 64)])
def test_a_journal_whose_front_is_gone_has_no_head(tmp_path, seq, prev):
    entry = journal.Entry(seq, "2026-05-18T11:00:00Z", this_host(), "p_x", "p_x", "score", "", (), {}, prev).sealed()
    (tmp_path / "journal.csv").write_bytes(journal.HEADER + entry.encode())
    with pytest.raises(BrokenTail, match="does not go back to its first entry"):
        read_head(tmp_path)


def test_a_head_is_the_head_until_the_journal_changes(tmp_path):
    small_trail(tmp_path, 2)
    head, path = read_head(tmp_path), tmp_path / "journal.csv"
    before = sorted(Path("/proc/self/fd").iterdir())
    assert is_still(tmp_path, head) is True
    assert is_still(tmp_path, Head()) is False
    data = path.read_bytes()
    path.write_bytes(data[:-9] + b"00000000\n")
    assert is_still(tmp_path, head) is False
    path.write_bytes(data)
    write(tmp_path)
    assert is_still(tmp_path, head) is False
    assert sorted(Path("/proc/self/fd").iterdir()) == before


def test_a_link_is_no_record_file(tmp_path):
    small_trail(tmp_path, 1)
    (tmp_path / table()).rename(tmp_path / "elsewhere.csv")
    (tmp_path / table()).symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(OSError, match="symbolic links"):
        read_committed(tmp_path, table(), 10)


def test_a_reader_says_which_file_was_cut(tmp_path):
    small_trail(tmp_path, 1)
    size = read_head(tmp_path).sizes[table()]
    with pytest.raises(ShortFile, match=rf"{table()} holds {size} bytes, but {size + 1}"):
        read_committed(tmp_path, table(), size + 1)
    (tmp_path / table()).unlink()
    with pytest.raises(ShortFile, match="holds 0 bytes"):
        read_committed(tmp_path, table(), size)


def test_nothing_personal_stands_in_a_line(tmp_path):
    entry = write(tmp_path, who=Signature("p_ev1", "unknown", "notice acknowledge"))
    assert (entry.actor, entry.via, entry.command, entry.key) == ("p_ev1", "unknown", "notice acknowledge", "")
    assert re.fullmatch(r"h_[0-9a-f]{8}", entry.host)


@pytest.mark.parametrize("number", ["-5", "+5", "007", "1_0", "\u0665", "9" * 30])
def test_a_number_is_plain_digits(number):
    line = journal.Entry(1, "2026-05-18T11:00:00Z", "h_1", "p_x", "p_x", "score", "", (), {}, journal.GENESIS)
    cells = [number if cell == "1" else cell for cell in line.sealed().encode().decode().strip().split(",")]
    with pytest.raises(journal.BadLine, match="is no number of an entry"):
        journal.read(",".join(cells).encode())
    cells[0], cells[7] = "1", f"records/2026/ratings.csv:{number}+5:{'0' * 64}"
    with pytest.raises(journal.BadLine, match="is no range of a record file"):
        journal.read(",".join(cells).encode())
    cells[7], cells[8] = "", f"records/2026/ratings.csv:{number}"
    with pytest.raises(journal.BadLine, match="is no size of a record file"):
        journal.read(",".join(cells).encode())


LONG = "123456789." * 9


@pytest.mark.parametrize(
    ("place", "cell", "said"),
    [
        (0, LONG, f"'{LONG[:40]}' is no number of an entry"),
        (1, LONG, f"'{LONG[:40]}' is not a time in UTC"),
        (7, LONG, f"'{LONG[:80]}' is no range of a record file"),
        (8, LONG, f"'{LONG[:80]}' is no size of a record file"),
    ],
)
def test_of_a_long_bad_cell_only_the_beginning_is_told(place, cell, said):
    line = journal.Entry(1, "2026-05-18T11:00:00Z", "h_1", "p_x", "p_x", "score", "", (), {}, journal.GENESIS)
    cells = line.sealed().encode().decode().strip().split(",")
    cells[place] = cell
    with pytest.raises(journal.BadLine) as wrong:
        journal.read(",".join(cells).encode())
    assert str(wrong.value) == f"the line cannot be read: {said}"
