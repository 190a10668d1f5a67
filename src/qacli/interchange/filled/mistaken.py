"""Files that are handed in by mistake for a filled form: the page itself, a sheet saved as CSV, a PDF."""

from __future__ import annotations

from pathlib import Path

from qacli.files.disk import of_the_disk
from qacli.files.door import binary_kind
from qacli.files.faults import Fault

FIRST = 4096
PAGE = (b"<!doctype html", b"<html")
BOOK = "save the whole workbook as .xlsx or .ods, keep that ending in its name, and hand that in"
KINDS = {".csv": "one sheet saved as CSV", ".tsv": "one sheet saved as text", ".fods": "a workbook saved as XML"}


def mistaken(path: Path) -> Fault | None:
    """Return what is wrong with a file that can be no filled form, by its name and first bytes; None where it may be one."""
    if not path.is_file():
        return None  # what comes through a pipe can be read only once
    try:
        with path.open("rb") as file:
            first = file.read(FIRST)
    except OSError as error:
        if of_the_disk(error):
            raise
        return None  # whoever reads it says why it cannot be read
    if not first.strip():
        help_ = "save it again where it was filled in, and hand that in"
        return Fault("no-form", "the file is empty", str(path), help=help_)
    if first.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(PAGE):
        help_ = "open it, press Save result file, and hand in the .score.json that it saves"
        return Fault("no-form", "this is a page; what was entered in it is not in this file", str(path), help=help_)
    kind = binary_kind(first) or KINDS.get(path.suffix.lower(), "")
    return Fault("no-form", f"this is {kind}, and no filled form", str(path), help=BOOK) if kind else None
