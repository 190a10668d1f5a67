"""Writing a file whole or not at all, durable with its name, readable by its owner only."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a file, or what it holds from now on: whoever opens it meets the old content or the new. Raises OSError."""
    replace_files({path: content})


def replace_files(files: Mapping[Path, str | bytes]) -> None:
    """Write several files as ``replace_file`` does, one by one; their names are made durable together at the end."""
    for path, content in files.items():
        _replace(path, content)
    for directory in {path.parent for path in files}:
        fsync_directory(directory)


def _replace(path: Path, content: str | bytes) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        write_file(draft, content.encode("utf-8") if isinstance(content, str) else content)
        draft.replace(path)
    except BaseException as wrong:
        draft.unlink(missing_ok=True)
        if isinstance(wrong, OSError):
            wrong.filename = str(path)  # a full disk names none, and another fault our draft
        raise


def rewrite_file(path: Path, content: str) -> None:
    """Write a file that somebody named, with the mode that it has or that new files get: a full disk leaves the old content.

    What is no plain file of one's own, or lies where none can be made beside it, is written where it stands. Raises OSError.
    """
    place = path.resolve()
    draft = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    try:
        mode = _mode_of_own(place)
        file = draft.open("x", encoding="utf-8")
    except OSError:
        path.write_text(content, "utf-8")
        return
    try:
        with file:
            file.write(content)
        if mode is not None:
            draft.chmod(mode)
        draft.replace(place)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _mode_of_own(path: Path) -> int | None:
    """Return the mode of a plain file of this user that may be written; None where there is none. Raises PermissionError."""
    if not path.exists():
        return None
    found = path.stat()
    own = not hasattr(os, "getuid") or found.st_uid == os.getuid()
    if not (own and stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and os.access(path, os.W_OK)):
        raise PermissionError
    return stat.S_IMODE(found.st_mode)


def write_file(path: Path, data: bytes) -> None:
    """Write a whole file, durable but for its name, readable by its owner only. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        write_whole(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(descriptor: int, data: bytes) -> None:
    """Write all bytes, however many the system takes at a time. Raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def make_directories(directory: Path, folder: Path) -> None:
    """Make a directory below the folder, readable by its owner only, durable with its name."""
    if directory == folder or directory.exists():
        return
    make_directories(directory.parent, folder)
    directory.mkdir(mode=0o700, exist_ok=True)
    fsync_directory(directory.parent)


def fsync_directory(directory: Path) -> None:
    """Make the names in a directory durable. Windows has no such call and needs none of us."""
    if os.name == "nt":
        return
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
