"""A disk that fails, told from a path that is wrong: the first is nobody's input, and a file that was not read is not empty."""

from __future__ import annotations

import errno

WRONG_PATH = frozenset(
    {
        *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM),
        *(errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL, errno.ENXIO),
    }
)
UNTOUCHED = "the records are as they were before"
RIGHT = "ask whoever looks after that folder for the right to it"
ROOM = "free some room there, then run it again"
REMEDIES = {
    errno.EACCES: RIGHT,
    errno.EPERM: RIGHT,
    errno.ENOSPC: ROOM,
    errno.EDQUOT: ROOM,
    errno.EROFS: "it can only be read where it is mounted here: write where it is mounted for writing, or work in a copy",
}


def in_words(error: OSError) -> str:
    """Return an error of the system without its number, and which file it is about."""
    return ": ".join(filter(None, (str(error.filename or ""), error.strerror or str(error))))


def remedy(error: OSError, before: str = "") -> str:
    """Return what to do about an error of the system, behind what is to be said ``before``; empty where nobody knows."""
    return "; ".join(filter(None, (before, REMEDIES.get(error.errno or 0, ""))))


def of_the_disk(error: Exception) -> bool:
    """Return whether an error says that a disk failed, and so nothing of what it holds.

    An error of the system without a number does not: it is of what was read, as of a packed file that is cut off.
    """
    return isinstance(error, OSError) and error.errno is not None and error.errno not in WRONG_PATH
