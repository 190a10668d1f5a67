"""The door for small text files: size, first bytes and encoding are judged before anything is parsed."""

from __future__ import annotations

from pathlib import Path

from qacli.files.disk import of_the_disk, remedy
from qacli.files.faults import Fault, FileFaults

LIMIT = 1024 * 1024
"""Bytes a definition may have."""

FIRST_BYTES = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"%PDF", "a PDF"),
    (b"RIFF", "an audio or video file"),
    (b"ID3", "an audio file"),
    (b"OggS", "an audio file"),
    (b"fLaC", "an audio file"),
    (b"\xff\xfb", "an audio file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "a database"),
)
UTF16 = (b"\xff\xfe", b"\xfe\xff")
UTF8_BOM = b"\xef\xbb\xbf"
SAVE_AS_UTF8 = "save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"


def binary_kind(head: bytes) -> str:
    """Return what a file is by its first bytes ("a zip archive or an Excel workbook"); empty where it may be text."""
    if head[4:8] == b"ftyp":
        return "an audio or video file"
    return next((kind for first, kind in FIRST_BYTES if head.startswith(first)), "")


def read_text(path: Path, name: str) -> str:
    """Return the text of a small file, without its byte order mark. Raises FileFaults, and OSError where the disk fails."""
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except FileNotFoundError:
        raise refusal(name, "no-such-file", "there is no such file", "check the spelling of the path") from None
    except OSError as error:
        if of_the_disk(error):
            raise
        raise refusal(name, "unreadable-file", f"cannot be read: {error.strerror}", remedy(error)) from None
    return decoded(content, name)


def decoded(content: bytes, name: str) -> str:
    """Return bytes as text. Raises FileFaults for what is too big, no text at all, or not UTF-8."""
    if kind := binary_kind(content):
        raise refusal(name, "binary-file", f"this is {kind}, not a text file", "name the YAML file itself")
    if len(content) > LIMIT:
        raise too_big(name)
    if content.startswith(UTF16):
        raise refusal(name, "not-utf-8", "the file is UTF-16", SAVE_AS_UTF8)
    content = content.removeprefix(UTF8_BOM)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileFaults([_not_utf8(content, error.start, name)]) from None


def too_big(name: str) -> FileFaults:
    """Return the refusal of a file over the limit; it has not been parsed."""
    return refusal(name, "file-too-big", "the file is over 1 MiB", "divide it into several files")


def refusal(name: str, code: str, message: str, help: str) -> FileFaults:  # noqa: A002 - the word users see
    """Return the refusal of a file as a whole."""
    return FileFaults([Fault(code, message, name, help=help)])


def _not_utf8(content: bytes, start: int, name: str) -> Fault:
    line_start = content.rfind(b"\n", 0, start) + 1
    line = content.count(b"\n", 0, start) + 1
    column = len(content[line_start:start].decode("utf-8")) + 1
    shown = content[line_start:].split(b"\n", 1)[0].decode("utf-8", "replace").rstrip("\r")
    return Fault(
        "not-utf-8", f"byte 0x{content[start]:02x} is not UTF-8", name, line, column, SAVE_AS_UTF8, ((line, shown),)
    )
