"""The transcripts of a workspace: found by listing, read in whichever format they are, personal numbers taken out."""

from __future__ import annotations

import errno
import json
import os
import re
import unicodedata
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qacli.engine.ranks import normal
from qacli.files.disk import of_the_disk
from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import shown
from qacli.files.text import unsafe
from qacli.model import MalformedFile
from qacli.sources.transcripts.collection import Utterances, conversations, utterances
from qacli.sources.transcripts.messages import messages
from qacli.sources.transcripts.plain import Times, plain
from qacli.sources.transcripts.roles import USUAL
from qacli.sources.transcripts.subtitles import subtitles
from qacli.sources.transcripts.systems import Unlike, read_system
from qacli.sources.transcripts.turns import Reading, Transcript, transcript

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE = "{transaction}"
LARGEST = 4 * 1024 * 1024
LARGEST_COLLECTION = 256 * 1024 * 1024


class OutsideFolder(MalformedFile):
    """A transcript is a link: what it points to may lie anywhere."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{shown(path)} is a link, not a file", help="put the file itself there; links are not followed"
        )


class Transcripts:
    """The transcripts of a workspace: a file for each transaction under a pattern such as ``transcripts/{transaction}.*``,
    or one file of them all.
    """

    def __init__(
        self,
        folder: Path,
        pattern: str,
        roles: Mapping[str, str] | None = None,
        times: Times = "clock",
        table: Utterances | None = None,
    ) -> None:
        """``roles`` says who speaks, for example {A: colleague, C: customer}. Raises MalformedFile for the pattern.

        ``times``, in plain text: clock is a time of day (10:02 or 10:02:15), elapsed the time since the start (0:41 or
        1:00:41). ``table`` says what the columns of one file of them all are.
        """
        place = Path(pattern)
        self.one_file = folder / place if PLACE not in pattern and (table or place.suffix == ".json") else None
        if not self.one_file and (place.name.count(PLACE) != 1 or PLACE in str(place.parent)):
            raise MalformedFile(
                f"'{pattern}' does not say which file belongs to which transaction",
                help=f"write {PLACE} once, in the file name: transcripts/{PLACE}.*; for one file of all say utterances:",
            )
        self.folder, self.pattern = folder / place.parent, place.name
        self.before, self.after = map(_glob, place.name.split(PLACE)) if not self.one_file else ("", "")
        self.named = {name.casefold(): role for name, role in (roles or {}).items()}
        self.roles = {**USUAL, **self.named}
        self.times, self.table = times, table

    @property
    def where(self) -> str:
        """Where transcripts are looked for, in words."""
        return shown(self.one_file) if self.one_file else f"{shown(self.folder)} for names {self.pattern}"

    def find(self, transaction: str) -> Path | None:
        """Return the file of a transaction, None if there is none. Raises OutsideFolder, MalformedFile for several.

        The id is compared with the names in the folder; no path is ever made from it.
        """
        if self.one_file:
            return self.one_file if normal(transaction) in self._collected else None
        name = re.compile(self.before + re.escape(unicodedata.normalize("NFC", transaction)) + self.after)
        found = [path for path in self.folder.iterdir() if name.fullmatch(unicodedata.normalize("NFC", path.name))]
        if len(found) > 1:
            names = ", ".join(sorted(path.name for path in found))
            raise MalformedFile(f"{len(found)} transcripts for {transaction}: {names}", help="keep one of them")
        if found and found[0].is_symlink():
            raise OutsideFolder(found[0])
        return found[0] if found else None

    def read(self, transaction: str) -> Transcript | None:
        """Return the transcript of a transaction, None if there is none. Raises FileFaults, OutsideFolder."""
        path = self.find(transaction)
        if path is None:
            return None
        reading = self._collected[normal(transaction)] if self.one_file else self._reading(path, _bytes(path, LARGEST))
        return transcript(path, shown(path), reading, self.roles)

    def _reading(self, path: Path, raw: bytes) -> Reading:
        name = shown(path)
        match path.suffix.casefold():
            case ".vtt" | ".srt":
                return subtitles(_text(path, raw), name)
            case ".eml" | ".mbox":
                return messages(raw, name)
            case ".json":
                try:
                    return read_system(_tree(path, raw))
                except Unlike as wrong:
                    raise FileFaults([Fault("no-conversation", str(wrong), name)]) from None
            case _:
                # a name that is only usual may well be a word in the text: Contact: 12 High Street
                return plain(_text(path, raw), name, self.named or USUAL, self.times)

    @cached_property
    def _collected(self) -> Mapping[str, Reading]:
        path = self.one_file
        assert path is not None
        if self.table:
            return utterances(path, self.table)
        tree = _tree(path, _bytes(path, LARGEST_COLLECTION))
        return conversations(tree if isinstance(tree, list) else [tree], shown(path))


def _glob(part: str) -> str:
    # no dot: otherwise T1.* would take T1.2.txt for a transcript of T1
    return "[^.]*".join(map(re.escape, part.split("*")))


def _bytes(path: Path, most: int) -> bytes:
    try:
        # Between the listing and now the file may have become a link.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OutsideFolder(path) from None
        if of_the_disk(error):
            raise
        raise MalformedFile(f"{shown(path)} cannot be read: {error.strerror}") from None
    with os.fdopen(handle, "rb") as stream:
        raw = stream.read(most + 1)
    if len(raw) > most:
        raise FileFaults([Fault("too-long", f"a transcript of more than {most >> 20} MB", shown(path))])
    return raw


def _tree(path: Path, raw: bytes) -> object:
    text = _text(path, raw)
    try:
        return json.loads(text)
    except json.JSONDecodeError as wrong:
        excerpt = [(wrong.lineno, text.split("\n")[wrong.lineno - 1])]
        fault = Fault(
            "not-json", f"this is no JSON: {wrong.msg}", shown(path), wrong.lineno, wrong.colno, excerpt=excerpt
        )
        raise FileFaults([fault]) from None
    except RecursionError:
        raise FileFaults([Fault("not-json", "this is nested too deep", shown(path))]) from None
    except ValueError:  # what Python makes of no number, so that nobody waits for it
        raise FileFaults([Fault("not-json", "a number in it has more than 4,300 digits", shown(path))]) from None


def _text(path: Path, raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FileFaults(
            [
                Fault(
                    "not-text",
                    f"byte 0x{raw[error.start]:02x} is no character in utf-8",
                    shown(path),
                    line,
                    help="save the transcript as UTF-8",
                )
            ]
        ) from None
    if hidden := unsafe(text):
        raise FileFaults(
            [
                Fault(
                    "unsafe-character",
                    f"{found.name} in the text",
                    shown(path),
                    text.count("\n", 0, found.at) + 1,
                    found.at - text.rfind("\n", 0, found.at),
                    help="take the character out",
                )
                for found in hidden[:20]
            ]
        )
    return text
