"""What a CSV file is, from its first 64 kB: encoding, delimiter, header. Nothing is guessed that can be counted."""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, NamedTuple

from qacli.files import merge_conflict
from qacli.files.disk import of_the_disk, remedy
from qacli.files.faults import REST, Fault, FileFaults
from qacli.files.text import unsafe
from qacli.model import MalformedFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HEAD = 64 * 1024
MOST_FAULTS = 20
"""Faults of one file that are told one by one."""
DELIMITERS = (",", ";", "\t", "|")
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
ENCODINGS = ("utf-8", "cp1252", "latin-1", "utf-16-le", "utf-16-be")
Quoting = Literal["doubled", "backslash", "none"]
"""How a quote inside a quoted cell is written; none: a quote is a character like others."""
GZIP = b"\x1f\x8b"
NOT_TEXT = "not-text"
PIPE = "it is a pipe or a device, and what is handed in is read more than once: write it into a file first"
MOST_ZEROS = 20
"""One zero byte in so many is no text of single bytes; UTF-16 has more, nearly all on one side, UTF-32 on both."""
SAVE_AS = "open it in the program it came from and save it as CSV UTF-8"
# Signatures as in the IANA media type registrations and file(1).
NO_TABLES = (
    (b"PK\x03\x04", "a zip archive or a spreadsheet (.xlsx, .ods)"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet (.xls)"),
    (b"%PDF", "a PDF"),
    (b"RIFF", "audio or video"),
    (b"ID3", "audio"),
    (b"\xff\xfb", "audio"),
    (b"\xff\xf3", "audio"),
    (b"OggS", "audio"),
    (b"fLaC", "audio"),
    (b"PAR1", "Parquet"),
)
OPENING = re.compile(' *"')
QUOTED = re.compile(r' *"([^"]*+(?:""[^"]*+)*+)" *')
ESCAPED = re.compile(r' *"((?:[^"\\]|\\.)*+)" *', re.DOTALL)
ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


class CsvLayout(NamedTuple):
    """How to read one CSV file. ``skip`` counts the lines before the header, ``bom`` the bytes of its mark."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    newline: str
    bom: int
    compressed: bool
    skip: int = 0
    header_lines: int = 1
    quoting: Quoting = "doubled"

    @property
    def lines(self) -> int:
        """The physical lines before the first record."""
        return self.skip + self.header_lines

    @property
    def delimiter_name(self) -> str:
        """The delimiter in words."""
        return DELIMITER_NAMES.get(self.delimiter, repr(self.delimiter))


class NoSuchSource(MalformedFile):
    """A file that is to be read is not there, or cannot be opened."""

    def __init__(self, path: Path, why: str, remedy: str = "") -> None:
        super().__init__(
            f"{shown(path)} cannot be read: {why}",
            help=remedy or "check the path, as it was typed or as it stands under sources in qacli.yaml",
        )


def shown(path: Path) -> str:
    """Return a path as messages name it: from the current directory where it lies below."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """Yield the bytes of a file, unpacked where it is gzip. Raises NoSuchSource, and OSError where the disk fails."""
    if path.is_fifo():  # opened, it would wait for somebody who writes, for ever
        raise NoSuchSource(path, PIPE)
    try:
        stream = path.open("rb")
    except OSError as error:
        if of_the_disk(error):
            raise
        raise NoSuchSource(path, error.strerror or "it cannot be opened", remedy(error)) from None
    with stream:
        if not stream.seekable():
            raise NoSuchSource(path, PIPE)
        packed = stream.read(len(GZIP)) == GZIP
        stream.seek(0)
        if not packed:
            yield stream
            return
        with gzip.GzipFile(fileobj=stream, mode="rb") as unpacked:
            yield unpacked  # type: ignore[misc]


def is_gzip(path: Path) -> bool:
    """Return whether the first bytes of a file say gzip, whatever its name says."""
    with path.open("rb") as stream:
        return stream.read(2) == GZIP


def first_bytes(path: Path) -> bytes:
    """Return up to 64 kB from the start of a file, unpacked. Raises FileFaults for a damaged gzip file."""
    with open_bytes(path) as stream:
        try:
            return stream.read(HEAD)
        except (gzip.BadGzipFile, EOFError, zlib.error):
            raise FileFaults([damaged_gzip(path)]) from None


def damaged_gzip(path: Path) -> Fault:
    """Return the fault of a compressed file that cannot be unpacked."""
    return Fault("gzip-damaged", "the compressed file is damaged or cut off", shown(path), help="fetch the file again")


def probe(
    path: Path, encoding: str | None = None, delimiter: str | None = None, quoting: Quoting = "doubled"
) -> CsvLayout:
    """Return the layout of a CSV file, plain or gzip, from its first 64 kB.

    A byte order mark decides the encoding, else ``encoding`` as declared, else UTF-8. The delimiter is the one that
    stands most often in the header outside quotes, unless a ``sep=`` line or ``delimiter`` names it.
    Raises FileFaults for anything that is no CSV table, and NoSuchSource.
    """
    raw = first_bytes(path)
    _refuse_other_formats(path, raw)
    mark, encoding = next(((len(mark), name) for mark, name in BOMS if raw.startswith(mark)), (0, encoding or "utf-8"))
    _refuse_zero_bytes(path, raw[mark:], encoding)
    text = _decoded(path, raw[mark:], encoding)
    if not text.strip():
        raise FileFaults([Fault("empty-file", "the file is empty: not even a header", shown(path))])
    if merge_conflict.OPENED.match(text):  # in the names of the columns themselves
        raise FileFaults([merge_conflict.divided(shown(path), 1, 1, text.splitlines()[0])])
    skip = 0
    if named := re.match(r"sep=(.)\r?\n", text):
        delimiter, skip, text = named[1], 1, text[named.end() :]
    outside = text if quoting == "none" else re.sub(r'"[^"]*"', "", text)
    first_line = re.split(r"[\r\n]", outside, maxsplit=1)[0]
    delimiter = delimiter or max(DELIMITERS, key=first_line.count)
    end, names = _header(path, text, delimiter, skip + 1, quoting)
    if end == len(text) and len(raw) == HEAD:
        message, remedy = (
            f"the first row does not end within {HEAD // 1024} kB",
            "the first row names the columns: add it",
        )
        raise FileFaults([Fault("header-broken", message, shown(path), skip + 1, help=remedy)])
    newline = "\r\n" if text.startswith("\r\n", end) else "\n"
    if text.startswith("\r", end) and newline == "\n" and end + 1 < len(text):
        raise FileFaults([lone_return(path, skip + 1, end + 1)])
    check_header(path, {letters(number): name for number, name in enumerate(names, 1)}, skip + 1)
    header_lines = text.count("\n", 0, end) + 1
    return CsvLayout(encoding, delimiter, tuple(names), newline, mark, is_gzip(path), skip, header_lines, quoting)


def lone_return(path: Path, line: int, column: int, cell: str = "") -> Fault:
    """Return the fault of a carriage return without line feed, which programs disagree about."""
    return Fault(
        "lone-return",
        "a carriage return (\\r) stands alone: some programs see a new line there, some do not",
        shown(path),
        line,
        column,
        help=SAVE_AS,
        cell=cell,
    )


def not_text(path: Path, encoding: str, line: int, column: int, byte: int) -> Fault:
    """Return the fault of a byte that is no character in the encoding of the file."""
    return Fault(NOT_TEXT, f"byte 0x{byte:02x} is no character in {encoding}", shown(path), line, column, help=SAVE_AS)


def is_utf8(path: Path, encoding: str, line: int) -> Fault:
    """Return the fault of a file in UTF-8 that is declared to be in another encoding."""
    return Fault(
        "is-utf-8",
        f"the letters of this file are UTF-8; as {encoding} each would be read as two others (ü as Ã¼)",
        shown(path),
        line,
        help=f"leave {encoding} out; where it is true of other files beside this one, save them all as CSV UTF-8",
    )


@contextmanager
def encoding_is_said(how: str) -> Iterator[None]:
    """Have faults of an encoding that nobody declared say how to declare it: only the caller knows where."""
    try:
        yield
    except FileFaults as found:
        if not any(fault.code == NOT_TEXT for fault in found.faults):
            raise
        remedy = f"say how it was saved, for example {how} (Windows, Western Europe), or save it as CSV UTF-8"
        raise FileFaults(
            fault._replace(help=remedy) if fault.code == NOT_TEXT else fault for fault in found.faults
        ) from None


class Broken(Enum):
    """Why a record cannot be split further: a quote stays open, or text follows a closing quote."""

    OPEN = 1
    AFTER = 2


def split_record(record: str, delimiter: str, quoting: Quoting = "doubled") -> Iterator[tuple[int, str | Broken]]:
    """Yield (position, cell) of one record without its line end; blanks around a quoted cell do not count.

    A cell that is Broken ends the record, and its position says where.
    """
    at, end = 0, len(record)
    closed = ESCAPED if quoting == "backslash" else QUOTED
    while True:
        if quoting != "none" and (opening := OPENING.match(record, at)):
            quoted = closed.match(record, at)
            if not quoted:
                yield opening.end() - 1, Broken.OPEN
                return
            stop = quoted.end()
            if stop < end and record[stop] != delimiter:
                yield stop, Broken.AFTER
                return
            yield at, _meant(quoted[1], quoting)
        else:
            stop = record.find(delimiter, at)
            stop = end if stop < 0 else stop
            yield at, record[at:stop]
        if stop >= end:
            return
        at = stop + 1


def _meant(quoted: str, quoting: Quoting) -> str:
    if quoting == "backslash":
        return re.sub(r"(?s)\\(.)", lambda found: ESCAPES.get(found[1], found[1]), quoted)
    return quoted.replace('""', '"') if '""' in quoted else quoted


def _refuse_other_formats(path: Path, raw: bytes) -> None:
    for signature, kind in NO_TABLES:
        if raw.startswith(signature):
            raise FileFaults([Fault("not-csv", f"this is {kind}, not a CSV file", shown(path), help=SAVE_AS)])
    if raw.lstrip()[:6].lower().startswith((b"<html", b"<table", b"<!doct", b"<?xml")):
        raise FileFaults([Fault("not-csv", "this is a web page or XML, not a CSV file", shown(path), help=SAVE_AS)])


def _refuse_zero_bytes(path: Path, raw: bytes, encoding: str) -> None:
    """Refuse a file whose zero bytes show another encoding, once: else each of its names would be a fault.

    UTF-16 has one in each delimiter, on the same side; those that lie about are faults of their cells.
    """
    few, many = sorted(zeros := (raw[::2].count(0), raw[1::2].count(0)))
    declared, seems = encoding if encoding.startswith("utf-16") else "", ""
    remedy = SAVE_AS
    if many and few + many >= len(raw) / MOST_ZEROS:
        seems = ("utf-16-be" if zeros[0] == many else "utf-16-le") if many > 4 * few else "UTF-32, or damaged"
    if seems == declared or (not seems and many) or not raw:
        return
    if few + many == len(raw):
        message, remedy = "the file holds nothing but zero bytes: it was never written to its end", "fetch it again"
    elif not seems:
        message, remedy = f"this is not {encoding}: no byte of it is zero", "leave the encoding out, or name another"
    elif seems in ENCODINGS:
        message = f"this is not {encoding}: it seems to be {seems} without a byte order mark"
        remedy = f"save it as CSV UTF-8; of an export you may say so: --encoding {seems}, or encoding: {seems} in its profile"
    else:
        message = f"this is not {encoding}: it may be {seems}"
    raise FileFaults([Fault("other-encoding", message, shown(path), help=remedy)])


def _decoded(path: Path, raw: bytes, encoding: str) -> str:
    if encoding not in ENCODINGS:
        raise FileFaults(
            [
                Fault(
                    "encoding-unknown",
                    f"'{encoding}' is no encoding that qacli reads",
                    shown(path),
                    help=f"one of: {', '.join(ENCODINGS)}",
                )
            ]
        )
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(raw, final=len(raw) < HEAD - 3)
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - before.rfind(b"\n")
        raise FileFaults([not_text(path, encoding, line, column, raw[error.start])]) from None


def _header(path: Path, text: str, delimiter: str, line: int, quoting: Quoting) -> tuple[int, list[str]]:
    end = -1
    for found in re.finditer(r"\r\n|\n|\r|\Z", text):
        end = found.start()
        cells = [cell for _, cell in split_record(text[:end], delimiter, quoting)]
        if not isinstance(cells[-1], Broken):
            return end, [cell.strip() for cell in cells if isinstance(cell, str)]
    raise FileFaults(
        [
            Fault(
                "header-broken",
                "the header does not end, or a quote in it is not closed",
                shown(path),
                line,
                help="each quoted name ends with a quote right before the delimiter",
            )
        ]
    )


def check_header(path: Path, names: Mapping[str, str], line: int, sheet: str = "") -> None:
    """Refuse a first row that does not name each column once; ``names`` are by the letters of their columns.

    ``sheet`` is what stands before a cell of a spreadsheet: Calls!. Raises FileFaults.
    """
    faults = []
    seen: dict[str, str] = {}
    for letter, name in names.items():
        fault = Fault("", "", shown(path), 0 if sheet else line, cell=f"{sheet}{letter}{line}")
        if not name:
            message, remedy = f"column {letter} has no name", "name the column in the first row, or delete it"
            faults.append(fault._replace(code="header-blank", message=message, help=remedy))
        elif name in seen:
            message = f"two columns are called '{name}': {seen[name]} and {letter}"
            faults.append(fault._replace(code="header-twice", message=message, help="give each column its own name"))
        elif hidden := unsafe(name, layout=False):
            message = f"the name of column {letter} holds {hidden[0].name}"
            faults.append(fault._replace(code="unsafe-character", message=message, help="type the name again"))
        seen.setdefault(name, letter)
    if len(faults) > MOST_FAULTS:
        more = f"and {len(faults) - MOST_FAULTS} more: only the first {MOST_FAULTS} are shown"
        faults[MOST_FAULTS:] = [Fault("more-faults", more, shown(path), REST)]
    if faults:
        raise FileFaults(faults)


def letters(number: int) -> str:
    """Return the name that a spreadsheet gives to a column counted from 1: 1 is A, 27 is AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
