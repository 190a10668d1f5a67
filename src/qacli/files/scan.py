"""One pass over the bytes of a file: its sha256, its lines, and whether anything in it needs a closer look."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import re
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from qacli.files.csv import LONGEST_CELL
from qacli.files.faults import FileFaults
from qacli.files.layout import CsvLayout, damaged_gzip
from qacli.files.text import UNSAFE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CHUNK = 1 << 20
CONTROLS = bytes(code for code in range(32) if code not in b"\n\r") + b"\x7f"
LONE = re.compile(rb"\r(?!\n|\Z)")
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
UNSAFE_BEYOND_ASCII = re.compile(UNSAFE.pattern.replace("\x00-\x1f\x7f-", "\x80-"))


class Scan(NamedTuple):
    """What one pass found.

    ``text``: all bytes are characters and no carriage return stands alone. ``clean``: besides, no control or bidi
    character occurs anywhere (a tab counts unless it is the delimiter). ``closed``: each line closes the quotes that it
    opens, so that every line end is the end of a record. ``short``: no line is longer than a cell may be.
    ``exponents``: E+ occurs, as in numbers that a spreadsheet has rounded. ``foreign``: the first line with letters beyond
    ASCII, where all of them are UTF-8 and another encoding is declared, which would read each as two; else 0.
    """

    sha256: str
    size: int
    lines: int
    text: bool
    clean: bool
    closed: bool
    short: bool
    exponents: bool = False
    foreign: int = 0


def scan(path: Path, layout: CsvLayout, copy: IO[bytes] | None = None) -> Scan:
    """Read a CSV file once and return its Scan; with ``copy`` write it there as UTF-8 without mark.

    ``sha256`` and ``size`` are those of the file as it lies there, ``lines`` counts those of the unpacked text.
    Raises FileFaults where a compressed file is damaged.
    """
    decode = codecs.getincrementaldecoder(layout.encoding)()
    controls = [bytes([code]) for code in CONTROLS if chr(code) != layout.delimiter]
    text = clean = True
    exponents = False
    lines, last, quotes, lengths, foreign = 0, b"", _Quotes(), _Lengths(), _Utf8(layout.encoding)
    with path.open("rb") as stream:
        seen = _Seen(stream)
        for chunk in _text_chunks(path, layout, seen):
            # ASCII after a whole character is text, and that is seen five times as fast as it is decoded
            plain = layout.encoding == "utf-8" and chunk and chunk.isascii() and not decode.getstate()[0]
            try:
                part = "" if plain else decode.decode(chunk, final=not chunk)
            except UnicodeDecodeError:
                return Scan("", 0, 0, text=False, clean=False, closed=False, short=False)
            raw = chunk if layout.encoding == "utf-8" else part.encode()
            foreign.feed(chunk, lines)
            if copy is not None:
                copy.write(raw)
            lines += raw.count(b"\n")
            lengths.feed(raw)
            if layout.quoting == "doubled":
                quotes.feed(raw)
            # a byte is found ten times as fast as two in a row: only where there is one, what stands beside it matters
            text = text and not ((last == b"\r" or b"\r" in raw) and LONE.search(last + raw))
            clean = (
                clean
                and not any(code in raw for code in controls)
                and (part.isascii() or not UNSAFE_BEYOND_ASCII.search(part))
            )
            exponents = exponents or (b"+" in raw and (b"E+" in raw or last + raw[:1] == b"E+"))
            last = raw[-1:] or last
    text = text and last != b"\r"
    lines += last not in {b"", b"\n"}
    closed = quotes.closed and layout.quoting != "backslash"  # there a quote may be one inside a cell
    sha256 = seen.digest.hexdigest()
    return Scan(sha256, seen.size, lines, text, clean and text, closed, lengths.short, exponents, foreign.line)


def digest_of(files: Iterable[tuple[str, str]]) -> str:
    """Return the digest of an input from (name, sha256) pairs.

    One file: its own sha256. Several: the sha256 over the sorted lines that ``sha256sum`` prints for them.
    """
    lines = sorted(f"{sha256}  {name}\n" for name, sha256 in files)
    if len(lines) == 1:
        return lines[0].split()[0]
    # a name that is no text holds the bytes that it has on the disk
    return hashlib.sha256("".join(lines).encode(errors="surrogateescape")).hexdigest()


def sha256_of(path: Path) -> str:
    """Return the sha256 of the bytes of a file in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _Quotes:
    """Whether every line seen so far has an even number of quotes: of each line only its quotes are kept, and paired."""

    REST = bytes(code for code in range(256) if code not in b'"\n')

    def __init__(self) -> None:
        self._closed, self._open = True, b""

    def feed(self, chunk: bytes) -> None:
        if self._closed and (self._open or b'"' in chunk):
            ended, _, self._open = (self._open + chunk.translate(None, self.REST)).rpartition(b"\n")
            self._open = self._open[: len(self._open) % 2]
            self._closed = b'"' not in ended.replace(b'""', b"")

    @property
    def closed(self) -> bool:
        return self._closed and not self._open


class _Utf8:
    """Whether bytes that are declared to be of an encoding of one byte a letter are UTF-8 all the same, and say so.

    Each letter beyond ASCII is two bytes or more of a pattern there, which no words in the other encodings have.
    """

    def __init__(self, encoding: str) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")() if encoding in {"cp1252", "latin-1"} else None
        self._first = 0

    def feed(self, chunk: bytes, lines: int) -> None:
        """Look at the next bytes, which ``lines`` whole lines come before."""
        if self._decode is None:
            return
        try:
            self._decode.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            self._decode = None
        if not self._first and (beyond := BEYOND_ASCII.search(chunk)):
            self._first = lines + chunk.count(b"\n", 0, beyond.start()) + 1

    @property
    def line(self) -> int:
        return self._first if self._decode else 0


class _Lengths:
    """Whether every line seen so far fits into the longest cell: one look at every so many bytes finds its end."""

    def __init__(self) -> None:
        self.short, self._open = True, 0

    def feed(self, chunk: bytes) -> None:
        at = 0
        while self.short and at < len(chunk):
            limit = at + LONGEST_CELL - self._open
            end = chunk.rfind(b"\n", at, limit + 1)
            if end < 0 and limit >= len(chunk):
                self._open += len(chunk) - at
                return
            self.short, self._open, at = end >= 0, 0, end + 1


class _Seen:
    """A stream that shows every byte it hands out to a digest."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.digest, self.size = stream, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        chunk = self.stream.read(size)
        self.digest.update(chunk)
        self.size += len(chunk)
        return chunk


def _text_chunks(path: Path, layout: CsvLayout, seen: _Seen) -> Iterator[bytes]:
    """Yield the unpacked bytes after the mark, then an empty chunk."""
    unpacked = gzip.GzipFile(fileobj=seen, mode="rb") if layout.compressed else seen  # type: ignore[call-overload]
    try:
        first = unpacked.read(CHUNK)
        yield first[layout.bom :]
        while first and (chunk := unpacked.read(CHUNK)):
            yield chunk
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise FileFaults([damaged_gzip(path)]) from None
    yield b""
