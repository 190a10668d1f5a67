"""How long a lock is waited for; and the lock without flock, where a stand-in does what filelock does on Windows."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from qacli.ledger.lock import locked
from qacli.model import Busy


class Timeout(Exception):
    pass


@pytest.fixture
def held(monkeypatch):
    """The files that are locked; there is no fcntl meanwhile."""
    files = []

    class FileLock:
        def __init__(self, path, timeout):
            self.path, self.timeout = path, timeout

        def __enter__(self):
            if self.path in [path for path, _ in files]:
                raise Timeout
            files.append((self.path, self.timeout))

        def __exit__(self, *_):
            files.pop()

    module = ModuleType("filelock")
    module.FileLock, module.Timeout = FileLock, Timeout
    monkeypatch.setitem(sys.modules, "filelock", module)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    return files


def test_without_flock_the_same_file_is_locked_as_long_as_needed(held, tmp_path):
    with locked(tmp_path, 5):
        assert held == [(tmp_path / ".lock", 5)]
    assert held == []


def test_who_waits_in_vain_without_flock_is_told_as_everybody_is(held, tmp_path):
    with (
        locked(tmp_path, 5),
        pytest.raises(Busy, match="another qacli has been writing here for 7 seconds"),
        locked(tmp_path, 7),
    ):
        raise AssertionError("two hold it")
    assert held == []


@pytest.mark.parametrize(
    ("patience", "pauses"), [(0, []), (0.05, [0.001, 0.002, 0.004, 0.008, 0.01, 0.01, 0.01, 0.01])]
)
def test_who_waits_looks_less_and_less_often(tmp_path, monkeypatch, patience, pauses):
    slept = []

    def sleep(seconds):
        slept.append(seconds)
        assert len(slept) < 20

    with locked(tmp_path), monkeypatch.context() as patched:
        patched.setattr("qacli.ledger.lock.time.monotonic", lambda: sum(slept))
        patched.setattr("qacli.ledger.lock.time.sleep", sleep)
        with pytest.raises(Busy), locked(tmp_path, patience):
            raise AssertionError("two hold it")
    assert slept == pauses
