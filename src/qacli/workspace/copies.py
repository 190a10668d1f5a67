"""Where else in a folder a text still stands, once it leaves the records or people.csv: one walk for both."""

from __future__ import annotations

import gzip
import html
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

CLOSED = frozenset({".parquet", ".xlsx", ".ods", ".zip", ".wav", ".mp3", ".pdf", ".docx"})
"""Files whose text does not lie open: nobody can tell by reading them as they are."""
CHUNK, OVERLAP = 1 << 20, 1 << 16
"""Bytes that are searched at once, and bytes that two searches share: no cell is longer."""
BY_NUMBER = re.compile(r"\\u([0-9a-fA-F]{4})")
"""A character as JSON may spell it."""
QUOTES = re.compile('""+')
"""CSV doubles them."""
DEEPEST = 3
"""So often an escape of HTML may be escaped itself; what people typed holds one now and then."""


class Copy(NamedTuple):
    """One place where a text can still be found, and what to do about it."""

    where: str
    what: str
    to_do: str


def pattern(texts: Sequence[str]) -> re.Pattern[str]:
    """Return what finds any of some texts as whole words, in small or capital letters; the longest go first."""
    longest = sorted(map(as_typed, texts), key=lambda text: (-len(text), text))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)


def as_typed(text: str) -> str:
    """Return a text as it was typed, whichever kind of file spells it: JSON, Markdown, HTML and CSV each have escapes.

    What is looked for has to pass here as well: it may hold what looks like one of them.
    """
    plain = BY_NUMBER.sub(lambda found: chr(int(found[1], 16)), text).replace("\\", "")
    for _ in range(DEEPEST):
        plain = html.unescape(plain)
    return unicodedata.normalize("NFC", QUOTES.sub('"', plain).replace("\N{NO-BREAK SPACE}", " "))


def below(folder: Path, places: Iterable[str]) -> set[Path]:
    """Return every file below some directories of a folder."""
    return {path for place in places for path in (folder / place).rglob("*") if path.is_file()}


def copies(folder: Path, paths: Iterable[Path], wanted: re.Pattern[str], what: str) -> Iterator[Copy]:
    """Yield the files that hold what is wanted, those that cannot be searched, and a history that may hold it."""
    for path in sorted(paths):
        where = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
        if path.suffix.lower() in CLOSED:
            yield Copy(where, "was not searched: its text does not lie open", "look into it yourself")
        else:
            try:
                if _mentions(path, wanted):
                    yield Copy(where, what, _advice(where))
            except FileNotFoundError:
                continue  # it went meanwhile
            except (OSError, EOFError, zlib.error) as wrong:
                why = getattr(wrong, "strerror", None) or "it is damaged"
                yield Copy(where, f"was not searched: {why}", "look into it yourself")
    for place in (folder, *folder.parents):
        if (place / ".git").exists():
            what = "its history may hold earlier states of the files"
            yield Copy(str(place / ".git"), what, "rewrite or delete that history")


def _mentions(path: Path, wanted: re.Pattern[str]) -> bool:
    """Return whether a file holds what is wanted; text of any encoding that writes plain letters as one byte each."""
    rest = b""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as source:
        while chunk := source.read(CHUNK):
            if wanted.search(as_typed((rest + chunk).decode("utf-8", "replace"))):
                return True
            rest = chunk[-OVERLAP:]
    return False


def _advice(where: str) -> str:
    if where.startswith("out/"):
        return "delete it, or write it again"
    if where.startswith(("quarantine/", "drafts/")):
        return "delete it"
    return "delete it when the retention of the source ends, or export it again without the person"
