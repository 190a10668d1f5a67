"""Names under which DuckDB and other libraries find a file, whatever it is called and whatever the locale is."""

from __future__ import annotations

import os
from pathlib import Path

PATTERN = set("*?[]{}")


def by_plain_name(path: Path, link: Path) -> Path:
    """Return a path that a library takes as it stands, no pattern: the file's own, or ``link``, which is made to lead to it."""
    if not PATTERN & set(str(path)) and _spelled_in_utf8(path):
        return path
    link.symlink_to(path.resolve())
    return link


def _spelled_in_utf8(path: Path) -> bool:
    """Return whether the name of a file is the UTF-8 that a library makes of it.

    It is not where the locale has another encoding, nor where the name came from another computer, as in an old archive.
    """
    try:
        return str(path).encode() == os.fsencode(path)
    except UnicodeEncodeError:
        return False
