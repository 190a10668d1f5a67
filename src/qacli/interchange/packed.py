"""A pack on disk: a folder, and the same as one zip file of the same bytes every time; readable by its owner only."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from qacli.files.disk import of_the_disk
from qacli.files.temporary import private_folder
from qacli.files.whole import make_directories, replace_file
from qacli.model import UsageError

FIXED = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can name: the same pack is the same file, whenever it is written."""
LARGEST = 1 << 30
"""Bytes that a zip file may unfold to."""


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
    """Give the folder of a pack, unfolded for the while where it is a zip file. Raises UsageError."""
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
                held.extractall(private)
        except (zipfile.BadZipFile, OSError) as wrong:
            if of_the_disk(wrong):
                raise
            raise UsageError(f"{pack} is no pack: {wrong}", help="name the folder or the .zip of a pack") from None
        tops = [path for path in private.iterdir() if path.is_dir()]
        yield tops[0] if len(tops) == 1 and not (private / "manifest.csv").exists() else private
