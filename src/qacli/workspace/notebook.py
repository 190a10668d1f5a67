"""Notes made while watching, kept line by line until the session is recorded. A notebook is never a record.

It only grows, and each line is on the disk before the next is asked for: whatever ends the program loses at most what was
being typed. A line that was cut off is left out.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from qacli.files.whole import fsync_directory, make_directories, write_whole
from qacli.monitor.observing.session import Noted

if TYPE_CHECKING:
    from pathlib import Path

NOTES = ".notes.jsonl"


class Page(NamedTuple):
    """What a notebook holds: when it began and ended, since when times count, and its notes in order."""

    began: datetime | None = None
    zero: datetime | None = None
    ended: datetime | None = None
    notes: tuple[Noted, ...] = ()


@dataclass(frozen=True)
class Notebook:
    """The notes of one observer about one item."""

    folder: Path
    item: str
    observer: str

    @property
    def path(self) -> Path:
        """Its file; item and observer are ids of ours, never text of a source."""
        return self.folder / "drafts" / f"{self.item}.{self.observer}{NOTES}"

    def load(self) -> Page:
        """Return what it holds; an empty page where there is none. Raises OSError."""
        page = Page()
        try:
            lines = self.path.read_text("utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return page
        for line in lines:
            try:
                page = _turned(page, json.loads(line))
            except (ValueError, TypeError, KeyError, IndexError, AttributeError):
                continue  # cut off, or not ours
        return page

    def begin(self, now: datetime) -> None:
        """Begin it, or go on after it was ended: times count from its first beginning, or from ``zero``."""
        self._add({"began": now.isoformat()})

    def zero(self, now: datetime) -> None:
        """Let times count from now: the conversation begins."""
        self._add({"zero": now.isoformat()})

    def end(self, now: datetime) -> None:
        """Say when watching ended."""
        self._add({"ended": now.isoformat()})

    def note(self, noted: Noted) -> None:
        """Keep a note."""
        self._add({"note": list(noted)})

    def mend(self, number: int, noted: Noted | None) -> None:
        """Put another note in the place of one, by its number from 1; None takes it out."""
        self._add({"mend": number, "note": list(noted) if noted else None})

    def remove(self) -> None:
        """Remove it, once its notes are recorded."""
        self.path.unlink(missing_ok=True)

    def _add(self, entry: dict[str, Any]) -> None:
        new = not self.path.exists()
        make_directories(self.path.parent, self.folder)
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(self.path, flags, 0o600)
        try:
            size = os.lseek(descriptor, 0, os.SEEK_END)
            cut_off = bool(size) and os.pread(descriptor, 1, size - 1) != b"\n"
            line = ("\n" if cut_off else "") + json.dumps(entry, ensure_ascii=False) + "\n"
            write_whole(descriptor, line.encode("utf-8"))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if new:
            fsync_directory(self.path.parent)


def waiting_notes(folder: Path, observer: str) -> list[str]:
    """Return the items of which an observer has notes that are not recorded yet."""
    end = f".{observer}{NOTES}"
    return sorted(path.name.removesuffix(end) for path in (folder / "drafts").glob(f"*{end}"))


def _turned(page: Page, entry: dict[str, Any]) -> Page:
    """Return a page with one more line of its notebook."""
    if "began" in entry:
        began = datetime.fromisoformat(entry["began"])
        return page._replace(began=page.began or began, zero=page.zero or began, ended=None)
    if "zero" in entry:
        return page._replace(zero=datetime.fromisoformat(entry["zero"]))
    if "ended" in entry:
        return page._replace(ended=datetime.fromisoformat(entry["ended"]))
    kept = list(page.notes)
    noted = _noted(entry["note"])
    if "mend" not in entry:
        kept += [noted] if noted else []
    elif noted is None:
        del kept[entry["mend"] - 1]
    else:
        kept[entry["mend"] - 1] = noted
    return page._replace(notes=tuple(kept))


def _noted(cells: Any) -> Noted | None:
    if cells is None:
        return None
    if not all(isinstance(cell, str) for cell in cells):
        raise TypeError(cells)
    return Noted(*cells)
