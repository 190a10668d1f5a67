import os
import resource
import stat
from pathlib import Path

import pytest

from qacli.files import whole
from qacli.files.whole import make_directories, replace_file, rewrite_file


def test_a_file_is_replaced_whole_and_is_its_owners_only(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("old")
    replace_file(path, "neu: Grüße\r\n")
    assert path.read_bytes() == "neu: Grüße\r\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["notes.csv"]


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "notes.csv"
    path.write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole.os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as refused:
        replace_file(path, "new")
    assert refused.value.filename == str(path)
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["notes.csv"]


def test_a_named_file_keeps_its_mode_and_a_new_one_gets_that_of_new_files(tmp_path):
    (path := tmp_path / "report.md").write_text("old")
    path.chmod(0o664)
    (link := tmp_path / "latest.md").symlink_to(path)
    rewrite_file(link, "neu: Grüße\n")
    assert (link.is_symlink(), path.read_text("utf-8"), stat.S_IMODE(path.stat().st_mode)) == (
        True,
        "neu: Grüße\n",
        0o664,
    )
    rewrite_file(tmp_path / "new.md", "x\n")
    (plain := tmp_path / "plain.md").write_text("x")
    assert (tmp_path / "new.md").stat().st_mode == plain.stat().st_mode
    assert sorted(each.name for each in tmp_path.iterdir()) == ["latest.md", "new.md", "plain.md", "report.md"]


def test_a_disk_without_room_leaves_what_a_named_file_held(tmp_path):
    (path := tmp_path / "report.md").write_text("old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            rewrite_file(path, "new" * 4096)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["report.md"]


def test_what_is_no_plain_file_or_has_other_names_is_written_where_it_stands(tmp_path):
    (path := tmp_path / "report.md").write_text("old")
    os.link(path, other := tmp_path / "same.md")
    rewrite_file(path, "new\n")
    assert other.read_text() == "new\n"
    rewrite_file(Path("/dev/null"), "x\n")
    with pytest.raises(IsADirectoryError):
        rewrite_file(tmp_path, "x\n")


def test_directories_are_made_up_to_the_folder_for_their_owner_only(tmp_path):
    make_directories(tmp_path / "a" / "b", tmp_path)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a", "a/b")] == [0o700, 0o700]
