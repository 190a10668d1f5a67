"""A disk that fails, told from a path that is wrong: the first is nobody's input, and a file that was not read is not empty."""

from __future__ import annotations

import errno

WRONG_PATH = frozenset(
    {
        *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM),
        *(errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL, errno.ENXIO),
    }
)


def of_the_disk(error: Exception) -> bool:
    """Return whether an error says that a disk failed, and so nothing of what it holds.

    An error of the system without a number does not: it is of what was read, as of a packed file that is cut off.
    """
    return isinstance(error, OSError) and error.errno is not None and error.errno not in WRONG_PATH
