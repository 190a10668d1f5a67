"""What files of one source have to do with each other: copies of one file, columns that only some of them have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.files.faults import Fault, FileFaults
from qacli.files.layout import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qacli.engine.source import Source, SourceFile

SHOWN = 5


def copies(source: Source) -> Iterator[tuple[SourceFile, SourceFile]]:
    """Yield (file, the file that it is a copy of), by their bytes; a copy has the longer name."""
    seen: dict[str, SourceFile] = {}
    several = source.files if len(source.files) > 1 else ()
    for file in sorted(several, key=lambda file: (len(file.path.name), file.path.as_posix())):
        first = seen.setdefault(file.sha256, file)
        if first is not file:
            yield file, first


def refuse_copies(source: Source) -> None:
    """Refuse a file that was put into the folder twice, as \"may (1).csv\" beside \"may.csv\". Raises FileFaults."""
    found = [
        Fault("same-file", f"this is a copy of {shown(first.path)}", shown(file.path), help="take one of them away")
        for file, first in copies(source)
    ]
    if found:
        raise FileFaults(found)


def differences(source: Source) -> Iterator[str]:
    """Yield how files differ from the first one of their source in what columns they have."""
    first = source.files[0]
    for file, earlier in copies(source):
        yield f"{shown(file.path)} is a copy of {shown(earlier.path)}"
    for file in source.files[1:]:
        lacks = [name for name in first.header if name not in file.header]
        more = [name for name in file.header if name not in first.header]
        if lacks or more:
            told = [f"no {_listed(lacks)}"] * bool(lacks) + [f"has {_listed(more)} besides"] * bool(more)
            yield f"{shown(file.path)}: other columns than {shown(first.path)}: {'; '.join(told)}"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
