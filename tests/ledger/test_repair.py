from __future__ import annotations

import errno
import os
import re

import pytest
from trails import small_trail, table

from qacli.ledger.repair import damaged, repair
from qacli.ledger.verify import verify


@pytest.fixture
def trail(tmp_path):
    small_trail(tmp_path, 3)
    return tmp_path


def repaired(trail, file=None):
    return repair(trail, file or table(), damaged(trail)[file or table()])


def test_what_holds_is_not_damaged(trail):
    assert damaged(trail) == {}
    with (trail / table()).open("ab") as other:
        other.write(b"typed by hand\n")  # past the end: nothing recorded was changed
    assert damaged(trail) == {}


def test_a_file_saved_with_line_ends_of_another_system_is_restored_and_kept(trail, monkeypatch):
    synced = []
    monkeypatch.setattr("qacli.ledger.repair.fsync_directory", lambda path: synced.append(path.name))
    good = (trail / table()).read_bytes()
    saved = good.replace(b"\n", b"\r\n")
    (trail / table()).write_bytes(saved)
    assert repaired(trail) == (table(), True, (), "")
    assert (trail / table()).read_bytes() == good
    (kept,) = (trail / "quarantine").iterdir()
    assert kept.read_bytes() == saved
    assert re.fullmatch(r"records\.2026\.ratings\.csv\.\d{4}-\d\d-\d\dT\d{6}Z\.repaired", kept.name)
    assert list(verify(trail)) == []
    assert synced == ["quarantine", "2026"]


@pytest.mark.parametrize(("old", "rows"), [(b"o_1-1", [(1, 3)]), (b"o_2-2", [(4, 5)]), (b"o_3-1", [(6, 7)])])
def test_rows_of_a_changed_entry_count_as_in_a_spreadsheet(trail, old, rows):
    path = trail / table()
    path.write_bytes(path.read_bytes().replace(old, b"o_9-9"))
    assert repaired(trail) == (table(), False, rows, "")


def test_a_file_that_went_or_is_no_table_is_said(trail):
    path = trail / table()
    path.write_bytes(b"\xff\xfe\x00")
    assert repaired(trail)[1:] == (False, (), "it is no table any more")
    path.unlink()
    assert repaired(trail)[1:] == (False, (), "the file is missing")


def test_a_file_that_the_disk_does_not_give_is_not_taken_as_damaged(trail, monkeypatch):
    def broken(path):
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", broken)
    with pytest.raises(OSError, match="Input/output error"):
        damaged(trail)


def test_a_folder_in_the_place_of_a_file_is_damage(trail):
    path = trail / table()
    path.unlink()
    path.mkdir()
    assert list(damaged(trail)) == [table()]
