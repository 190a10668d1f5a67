"""Folders for what one command needs and nobody else may read: gone at its end, however it ended.

A process that was killed leaves its folder behind, and readable copies of exports may lie in it. So the first folder that a
command asks for also removes what others left.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "qacli-"
HELD = ".held"
"""A file that whoever uses a folder keeps locked."""
YOUNG = 3600.0
"""Seconds in which a folder is nobody's yet: it is made before it is locked."""


@contextmanager
def private_folder() -> Iterator[Path]:
    """Yield a folder that only its owner can read, and remove it with all that is in it. Raises OSError."""
    _remove_left()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))  # mode 700
    lock = _locked(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            os.close(lock)


@cache
def _remove_left() -> None:
    """Remove the folders of this user that nobody holds any more, once in a process."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and _is_left(entry):
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_left(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a folder of this user that is not young and that no process holds."""
    try:
        found = entry.stat(follow_symlinks=False)
        mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
        if not mine or time.time() - found.st_mtime < YOUNG:
            return False
        lock = _locked(Path(entry.path))
    except (OSError, AttributeError):  # held; gone meanwhile; or a system without owners
        return False
    if lock is not None:
        os.close(lock)
    return lock is not None


def _locked(folder: Path) -> int | None:
    """Lock a folder and return the descriptor that holds it, None where the system has no such locks.

    Raises BlockingIOError where another process holds it.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    descriptor = os.open(folder / HELD, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
