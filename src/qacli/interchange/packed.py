"""A pack on disk: a folder, and the same as one zip file of the same bytes every time; readable by its owner only."""

from __future__ import annotations

import io
import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from qacli.files.disk import of_the_disk
from qacli.files.temporary import private_folder
from qacli.files.whole import make_directories, replace_file
from qacli.model import QacliError, UsageError

FIXED = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can name: the same pack is the same file, whenever it is written."""
LARGEST = 1 << 30
"""Bytes that a zip file may unfold to."""
LIST = "manifest.csv"
SHOWN = 5
"""So many files that do not belong to a pack are named."""


class NotPacked(QacliError):
    """A zip file holds what would lie beside the pack, or twice in one place: one program shows the one, others the other."""

    def __init__(self, pack: Path, names: Sequence[str]) -> None:
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        super().__init__(
            f"{pack} holds what was not packed: {', '.join(names[:SHOWN])}{more}",
            help="ask for the zip file as qacli portfolio pack wrote it",
        )


def write_pack(place: Path, files: Mapping[str, bytes], folder: Path) -> Path:
    """Write a pack into a folder of its own below ``folder``, and beside it as a zip file; return that. Raises OSError."""
    make_directories(place.parent, folder)
    shutil.rmtree(place, ignore_errors=True)
    for name, data in files.items():
        make_directories((place / name).parent, folder)
        replace_file(place / name, data)
    packed = place.with_name(f"{place.name}.zip")
    replace_file(packed, _zipped(files, place.name))
    return packed


def _zipped(files: Mapping[str, bytes], top: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{top}/{name}", FIXED)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            out.writestr(entry, files[name])
    return made.getvalue()


@contextmanager
def opened(pack: Path) -> Iterator[Path]:
    """Give the folder of a pack, unfolded for the while where it is a zip file. Raises UsageError, NotPacked."""
    if pack.is_dir():
        yield pack
        return
    if not pack.is_file():
        raise UsageError(f"there is no pack {pack}", help="name its folder or its .zip: out/portfolio/mine")
    with private_folder() as private:
        try:
            with zipfile.ZipFile(pack) as held:
                if sum(each.file_size for each in held.infolist()) > LARGEST:
                    raise UsageError(f"{pack} unfolds to more than 1 GiB: it is no pack")
                top, others = _apart(held.namelist())
                if others:
                    raise NotPacked(pack, others)
                held.extractall(private)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as wrong:  # RuntimeError: a password
            if of_the_disk(wrong):
                raise
            raise UsageError(f"{pack} is no pack: {wrong}", help="name the folder or the .zip of a pack") from None
        yield private / top


def _apart(names: Sequence[str]) -> tuple[str, list[str]]:
    """Return the folder in a zip file that is the pack, empty for all of it, and the names that do not belong to it."""
    tops = [name.removesuffix(LIST) for name in names if name.endswith(LIST) and name.count("/") <= 1]
    top = min(tops, key=len) if tops else ""
    twice = [f"{name} (twice)" for name, times in Counter(names).items() if times > 1]
    outside = [name for name in names if not name.startswith(top) or {"", ".."} & set(name.rstrip("/").split("/"))]
    return top, [*outside, *twice]
