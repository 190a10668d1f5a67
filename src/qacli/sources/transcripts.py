"""Transcripts of chats and calls as plain text: found by listing, read into turns, card numbers taken out."""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from qacli.files.cards import redact
from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import shown
from qacli.files.text import unsafe
from qacli.model import MalformedFile

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE = "{transaction}"
LARGEST = 4 * 1024 * 1024
TIME = r"\[?(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)\]?"
TURN = re.compile(rf"(?:{TIME}[ \t]+)?(?P<speaker>[^\s:][^:]{{0,39}}?):(?:[ \t]+|$)(?P<text>.*)")
DAY = 24 * 3600

Times = Literal["clock", "elapsed"]


class Turn(NamedTuple):
    """What one party said: its number from 1, seconds since the first turn (None if not timed), role, text."""

    number: int
    seconds: int | None
    role: str
    text: str


class Transcript(NamedTuple):
    """The turns of one transaction; ``removed`` counts card numbers and security codes that were taken out."""

    path: Path
    turns: tuple[Turn, ...]
    removed: Counter[str]


class OutsideFolder(MalformedFile):
    """A transcript is a link: what it points to may lie anywhere."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{shown(path)} is a link, not a file", help="put the file itself there; links are not followed"
        )


class Transcripts:
    """The transcript files of a workspace under a pattern such as ``transcripts/{transaction}.*``."""

    def __init__(
        self, folder: Path, pattern: str, roles: Mapping[str, str] | None = None, times: Times = "clock"
    ) -> None:
        """``roles`` says who speaks, for example {A: colleague, C: customer}. Raises MalformedFile for the pattern.

        ``times``: clock is a time of day (10:02 or 10:02:15), elapsed the time since the start (0:41 or 1:00:41).
        """
        place = Path(pattern)
        if place.name.count(PLACE) != 1 or PLACE in str(place.parent):
            raise MalformedFile(
                f"'{pattern}' does not say which file belongs to which transaction",
                help=f"write {PLACE} once, in the file name: transcripts/{PLACE}.*",
            )
        self.folder = folder / place.parent
        self.before, self.after = map(_glob, place.name.split(PLACE))
        self.roles = {name.casefold(): role for name, role in (roles or {}).items()}
        self.times = times

    def find(self, transaction: str) -> Path | None:
        """Return the file of a transaction, None if there is none. Raises OutsideFolder, MalformedFile for several.

        The id is compared with the names in the folder; no path is ever made from it.
        """
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
        return None if path is None else self._parsed(path, _text(path))

    def _parsed(self, path: Path, text: str) -> Transcript:
        turns: list[tuple[int | None, str, list[str]]] = []
        faults: list[Fault] = []
        for number, line in enumerate(text.split("\n"), 1):
            match = TURN.fullmatch(line)
            role = self.roles.get(match["speaker"].casefold()) if match else None
            if match and role:
                turns.append((_seconds(match["time"], self.times), role, [match["text"]]))
            elif line.strip() and (not turns or (match and (match["time"] or _is_speaker(match["speaker"])))):
                faults.append(self._stranger(path, number, line, match["speaker"] if match else ""))
            elif turns:
                turns[-1][2].append(line.strip())
        if faults:
            raise FileFaults(faults)
        removed: Counter[str] = Counter()
        said = []
        for number, (seconds, role, lines) in enumerate(turns, 1):
            words, counts = redact("\n".join(lines).strip())
            removed += counts
            said.append(Turn(number, seconds, role, words))
        return Transcript(path, _since_start(said), removed)

    def _stranger(self, path: Path, number: int, line: str, speaker: str) -> Fault:
        known = ", ".join(sorted(self.roles)) or "none"
        say = f"'{speaker}' is no known speaker" if speaker else "this line belongs to no speaker"
        return Fault(
            "unknown-speaker",
            say,
            shown(path),
            number,
            1,
            excerpt=[(number, line[:200])],
            help=f"name the speaker under roles (known: {known}); a line that goes on is indented",
        )


def _glob(part: str) -> str:
    # no dot: otherwise T1.* would take T1.2.txt for a transcript of T1
    return "[^.]*".join(map(re.escape, part.split("*")))


def _is_speaker(name: str) -> bool:
    return name[0].isupper() and name.isalpha()


def _text(path: Path) -> str:
    try:
        # Between the listing and now the file may have become a link.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OutsideFolder(path) from None
        raise MalformedFile(f"{shown(path)} cannot be read: {error.strerror}") from None
    with os.fdopen(handle, "rb") as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise FileFaults([Fault("too-long", "a transcript of more than 4 MB", shown(path))])
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


def _seconds(time: str | None, times: Times) -> int | None:
    if time is None:
        return None
    parts = [int(part) for part in time.split(":")]
    if len(parts) == 2:
        parts = [*parts, 0] if times == "clock" else [0, *parts]
    return parts[0] * 3600 + parts[1] * 60 + parts[2]


def _since_start(turns: list[Turn]) -> tuple[Turn, ...]:
    """Return the turns with seconds since the first timed one; a clock that goes back has passed midnight."""
    first = last = next((turn.seconds for turn in turns if turn.seconds is not None), 0)
    days, found = 0, []
    for turn in turns:
        if turn.seconds is None:
            found.append(turn)
            continue
        days += turn.seconds < last - DAY // 2
        last = turn.seconds
        found.append(turn._replace(seconds=turn.seconds - first + days * DAY))
    return tuple(found)
