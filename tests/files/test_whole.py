import stat

import pytest

from qacli.files import whole
from qacli.files.whole import make_directories, replace_file


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


def test_directories_are_made_up_to_the_folder_for_their_owner_only(tmp_path):
    make_directories(tmp_path / "a" / "b", tmp_path)
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a", "a/b")] == [0o700, 0o700]
