"""The one lock of a folder, on a file that is never deleted and holds nothing.

``flock``, not POSIX record locks: those vanish when any descriptor of the file is closed. Not on the record
files: over some network file systems the lock would be mandatory and stop readers.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from qacli.model import Busy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = ".lock"
PATIENCE = 30.0
"""Seconds to wait for another qacli."""


@contextmanager
def locked(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the folder's lock. Raises Busy after ``patience`` seconds, OSError where it cannot be opened."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield from _with_filelock(folder, patience)
        return
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        until = time.monotonic() + patience
        pause = 0.001
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise _busy(patience) from None
                time.sleep(pause)
                pause = min(pause * 2, 0.01)
        yield
    finally:
        # An error here comes after the commit and must not make it look undone; the lock ends with the process.
        with suppress(OSError):
            os.close(descriptor)


def _with_filelock(folder: Path, patience: float) -> Iterator[None]:
    from filelock import FileLock, Timeout  # type: ignore[import-not-found, unused-ignore]

    try:
        with FileLock(folder / NAME, timeout=patience):
            yield
    except Timeout:
        raise _busy(patience) from None


def _busy(patience: float) -> Busy:
    return Busy(
        f"another qacli has been writing here for {patience:.0f} seconds", help="try again when it has finished"
    )
