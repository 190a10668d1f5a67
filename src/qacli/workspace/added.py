"""Files that people hand in: their own words, and evidence that lies in the folder beside the records."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from qacli.files.disk import of_the_disk
from qacli.files.door import binary_kind, decoded
from qacli.govern.portfolio.adding import Given
from qacli.model import Refusal, UsageError
from qacli.workspace.check import PRIVATE

HEAD = 16


class NotReadable(Refusal, rule="evidence-unreadable"):
    """What cannot be read cannot be searched for names and numbers."""

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(
            f"{path} is {kind}: qacli cannot read it, so nobody's name or number would be found in it.",
            help="save it as plain text (.txt, .md, .csv, .html), or let your assessor take it on their own way",
        )


def read_own(path: Path) -> tuple[str, bytes]:
    """Return text and bytes of a file of plain text. Raises NotReadable, UsageError, FileFaults."""
    try:
        content = path.read_bytes()
    except OSError as wrong:
        if of_the_disk(wrong):
            raise
        raise UsageError(f"{path}: {wrong.strerror}", help="check the spelling of the path") from None
    if kind := binary_kind(content[:HEAD]):
        raise NotReadable(path, kind)
    return decoded(content, str(path)), content


def read_added(folder: Path, path: Path) -> Given:
    """Return a file of a folder as evidence: its path below the folder, its hash, its text.

    Raises NotReadable, UsageError for one that lies elsewhere or is a record, FileFaults.
    """
    place = (path if path.exists() else folder / path).resolve()
    if not place.is_relative_to(folder.resolve()):
        raise UsageError(
            f"{path} does not lie in this folder", help=f"copy it below {folder}, for example to evidence/"
        )
    name = place.relative_to(folder.resolve()).as_posix()
    if name.partition("/")[0] in PRIVATE or name.startswith("."):
        raise UsageError(f"{name} is a file of qacli itself", help="name a record by its id, for example o_4p")
    text, content = read_own(place)
    return Given(source=name, sha256=sha256(content).hexdigest(), text=text)


def file_now(folder: Path, name: str) -> tuple[str, str] | None:
    """Return sha256 and text of a file that was put in, as it is now; None where it has gone. Raises NotReadable."""
    if not (folder / name).is_file():
        return None
    text, content = read_own(folder / name)
    return sha256(content).hexdigest(), text
