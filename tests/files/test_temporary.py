"""Folders that one command needs: nobody else reads them, and what a killed process left is removed by the next."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pytest

from qacli.files import temporary
from qacli.files.temporary import private_folder

HOLD = """
import sys, tempfile
from qacli.files.temporary import private_folder
tempfile.tempdir = sys.argv[1]
with private_folder() as folder:
    (folder / "copy.csv").write_text("Ann Example")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    temporary._remove_left.cache_clear()
    yield tmp_path
    temporary._remove_left.cache_clear()


def held_elsewhere(place):
    """Let another process hold a folder; return both."""
    other = subprocess.Popen([sys.executable, "-c", HOLD, place], stdin=-1, stdout=-1, text=True)
    return other, place / other.stdout.readline().strip()


def older(folder, hours=2):
    then = folder.stat().st_mtime - hours * 3600
    os.utime(folder, (then, then))


def test_only_its_owner_may_read_it_and_it_is_gone_at_the_end(place):
    with private_folder() as folder:
        assert folder.parent == place
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "copy.csv").write_text("Ann Example")
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_is_removed_and_what_is_used_is_not(place):
    killed, left = held_elsewhere(place)
    living, used = held_elsewhere(place)
    (young := place / "qacli-young").mkdir()
    (foreign := place / "other-tool").mkdir()
    killed.kill()
    killed.communicate()
    for folder in (left, used, foreign):
        older(folder)
    with private_folder() as mine:
        assert sorted(place.iterdir()) == sorted([used, young, foreign, mine])
        assert (used / "copy.csv").read_text() == "Ann Example"
    living.communicate("")
    assert sorted(place.iterdir()) == [foreign, young]


def test_a_link_is_not_followed(place, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "kept.csv").write_text("x")
    (place / "qacli-link").symlink_to(outside)
    with private_folder():
        assert (outside / "kept.csv").exists()
