"""The gallery of refusals: broken files in tests/errors, each with the message that it must give beside it.

    python tests/gallery.py            write docs/errors.md
    python tests/gallery.py --check    fail if docs/errors.md is out of date
    python tests/gallery.py --update   take the messages of today as those expected, then write docs/errors.md

A case is a file `name.suffix` with `name.suffix.expected`. What reads it is said, in this order, by a first line
`# read as: <reader>`, by a file `name.suffix.read-as`, or by the suffix. READERS names the readers; a reader takes
the path and the name to show, and raises the error that is expected. Every kind of definition is a reader too.

A `name.command` holds lines to type in the workspace of tests/stage.py: `$ ` before each, what a file is to hold after
`--- its name`. The last line is the one that is refused; its message is expected with the exit code, and that nothing
is recorded.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import stage
import xlsxwriter
from demo_models import Scorecard, Techniques

from qacli.engine.connection import connect
from qacli.files.csv import read as read_csv
from qacli.files.faults import FileFaults
from qacli.files.validate import validate
from qacli.files.yaml import read
from qacli.interchange.filled.workbook import read_workbook
from qacli.model import QacliError
from qacli.prepare.settings import Settings
from qacli.sources.population import open_population
from qacli.sources.profile import Profile
from qacli.sources.propose import propose
from qacli.sources.transcripts.collection import Utterances
from qacli.sources.transcripts.folder import PLACE, Transcripts
from qacli.workspace.definitions import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

ERRORS = Path(__file__).parent / "errors"
PAGE = Path(__file__).parents[1] / "docs" / "errors.md"
WHEN = re.compile(r"of \d+ [A-Z][a-z]+ \d{4} \d\d:\d\d UTC")  # an entry carries the time of the real clock
READ_AS = re.compile(rb"# read as: ([a-z-]+)")


def kind(model: type[BaseModel]) -> Callable[[Path, str], object]:
    """Return the reader of one kind of definition."""
    return lambda path, name: validate(read(path, name), model)


def table(path: Path, name: str) -> object:
    """Read a CSV file to its end."""
    return named(path, name, lambda: list(read_csv(path)))


def transactions(path: Path, name: str) -> object:
    """Open an export under the profile of a telephone system."""

    def act() -> None:
        with connect() as connection, open_population(connection, [path], TELEPHONY, ZoneInfo("Europe/London")):
            pass

    return named(path, name, act)


def first_contact(path: Path, name: str) -> object:
    """Propose a profile for an export."""

    def act() -> None:
        with connect() as connection:
            propose(connection, [path], ZoneInfo("Europe/London"), id="calls", owner="p_tl1", today=date(2026, 6, 1))

    return named(path, name, act)


def conversation(path: Path, name: str) -> object:
    """Read a transcript in the format that its suffix says."""
    roles = {"Agent": "colleague"}
    return named(path, name, lambda: Transcripts(path.parent, f"{PLACE}{path.suffix}", roles).read(path.stem))


def utterances(path: Path, name: str) -> object:
    """Read a table of utterances."""
    table = Utterances(transaction="conversation", text="words", speaker="who")
    return named(path, name, lambda: Transcripts(path.parent, path.name, table=table).read("c1"))


def filled(path: Path, name: str) -> object:
    """Read a workbook of forms that came back."""

    def act() -> None:
        _, faults = read_workbook(path)
        if faults:
            raise FileFaults(faults)

    return named(path, name, act)


def named(path: Path, name: str, act: Callable[[], object]) -> object:
    """Run an act; faults name the file as the gallery does."""
    try:
        return act()
    except FileFaults as found:
        raise FileFaults(fault._replace(file=name) for fault in found.faults) from None


TELEPHONY = Profile.model_validate(
    {
        "id": "telephony",
        "version": "1",
        "owner": "p_tl1",
        "from": "2026-01-01",
        "columns": {
            "transaction": {"column": "id"},
            "started_at": {"column": "start", "dates": "d/m/y"},
            "seconds": {"column": "talk", "unit": "seconds"},
        },
    }
)

READERS: dict[str, Callable[[Path, str], object]] = {
    "yaml": lambda path, name: read(path, name).data,
    **{name: kind(each.load()) for name, each in KINDS.items()},
    "demo-scorecard": kind(Scorecard),
    "techniques": kind(Techniques),
    "csv": table,
    "transactions": transactions,
    "first-contact": first_contact,
    "xlsx": first_contact,
    "settings": kind(Settings),
    **dict.fromkeys(("txt", "vtt", "srt", "eml", "json"), conversation),
    "utterances": utterances,
    "forms": filled,
}

# Too big, or too dull, to keep as files.
MADE: dict[str, Callable[[], bytes]] = {
    "file-too-big.yaml": lambda: b"- a line that is repeated\n" * 50_000,
    "too-many-parts.yaml": lambda: b"- 1\n" * 50_001,
    "too-deep.yaml": lambda: b"[" * 5_000,
    "alias-bomb.yaml": lambda: (
        b"a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        + b"".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n".encode() for n in range(1, 9))
    ),
    "no-such-file.yaml": lambda: b"",
    "title-above-names.xlsx": lambda: sheets(
        {"Calls": [["Report of May", ""], ["id", "start"], ["T1", "18/5/2026"]]}, merge="A1:B1"
    ),
    "several-sheets.xlsx": lambda: sheets({"Calls": [["id", "start"]], "Notes": [["as asked for"]]}),
    "half-converted.xlsx": lambda: sheets(
        {"Calls": [["id", "start"], ["T1", datetime(2026, 5, 1)], ["T2", "18/5/2026"], ["T3", "19/5/2026"]]}
    ),
    "no-form.xlsx": lambda: sheets({"Start": [["To score"]]}),
    "form-with-faults.xlsx": lambda: forms({"D6": "=1+3", "E7": "the third", "E8": 4}),
    "form-spoiled.xlsx": lambda: forms({"A1": "qacli.forms/1", "B2": "my call"}, sheet=4),
    "long-cell.csv": lambda: b"id,txt,score\na," + b"x" * 70_000 + b",4\n",
}


def sheets(pages: dict[str, list[list[str | datetime]]], merge: str = "") -> bytes:
    """Return a workbook; ``merge`` makes one cell of a range on its first page."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in pages.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
        if merge:
            book.worksheets()[0].merge_range(merge, "Report of May")
    return made.getvalue()


def forms(cells: dict[str, object], sheet: int = 2) -> bytes:
    """Return a workbook with one form, and what somebody typed into cells of one of its sheets."""
    from blank_forms import blank, typed

    from qacli.reports.forms.book import forms_book

    return typed(forms_book([blank()], ZoneInfo("Europe/London"), "example"), cells, sheet)


class Case(NamedTuple):
    """A broken file: its name, what reads it, and the message expected."""

    name: str
    reader: str
    expected: str


def cases() -> list[Case]:
    """Return every case, by name."""
    notes = {".expected", ".read-as"}
    names = {path.name for path in ERRORS.iterdir() if path.suffix not in notes} | set(MADE)
    return [Case(name, reader(name), text(ERRORS / f"{name}.expected")) for name in sorted(names)]


def reader(name: str) -> str:
    """Return the reader that a case names."""
    path = ERRORS / name
    said = READ_AS.match(path.read_bytes()) if path.exists() else None
    return said[1].decode() if said else text(ERRORS / f"{name}.read-as").strip() or path.suffix[1:]


def text(path: Path) -> str:
    """Return the text of a file; empty where there is none."""
    return path.read_text("utf-8") if path.exists() else ""


def lines_of(case: Case) -> tuple[list[str], dict[str, str]]:
    """Return the lines that a command case types, and the files that it lays down before."""
    head, *files = re.split(r"^--- (.+)\n", text(ERRORS / case.name), flags=re.MULTILINE)
    typed = [line.removeprefix("$ ") for line in head.splitlines() if line.startswith("$ ")]
    return typed, dict(zip(files[::2], files[1::2], strict=True))


def said(case: Case, folder: Path) -> str:
    """Return what the last line of a command case says, and its exit code; empty if it does what it is told."""
    workspace = stage.prepared(folder)
    (*before, last), files = lines_of(case)
    for name, content in files.items():
        (workspace / name).write_text(content, "utf-8", newline="")
    for line in before:
        stage.done(line, workspace)
    journal = (workspace / "journal.csv").read_bytes()
    found = stage.typed(last, workspace)
    if not found.code or (workspace / "journal.csv").read_bytes() != journal:
        return ""
    return WHEN.sub(
        "of 11 May 2026 10:41 UTC", f"{found.text}(exit {found.code})\n".replace(str(workspace), "WORKSPACE")
    )


def message(case: Case) -> str:
    """Return what qacli says of a broken file; empty if it takes it."""
    with tempfile.TemporaryDirectory() as folder:
        if case.reader == "command":
            return said(case, Path(folder).resolve())
        path = ERRORS / case.name
        if case.name in MADE:
            path = Path(folder) / case.name
            if content := MADE[case.name]():
                path.write_bytes(content)
        try:
            READERS[case.reader](path, case.name)
        except QacliError as error:
            return f"{error}\n"
    return ""


def page() -> str:
    """Return docs/errors.md."""
    files = [f"### {case.name}\n\n~~~~text\n{case.expected}~~~~\n" for case in cases() if case.reader != "command"]
    commands = [command_part(case) for case in cases() if case.reader == "command"]
    return "\n".join(
        [
            "# What qacli says when it refuses\n",
            "Every message names the place, the fault and what to do; a file is told all its faults in one run. The word in "
            "brackets is the stable code of the fault or of the rule. Each message below is proved by a test: the broken "
            "files lie in `tests/errors/`, and `make docs` writes this page.\n",
            "## Commands\n",
            "Nothing was recorded by any of these.\n",
            *commands,
            "## Files\n",
            *files,
        ]
    )


def command_part(case: Case) -> str:
    """Return the part of a command: why, what was typed, what was said."""
    why = text(ERRORS / case.name).partition("\n")[0].removeprefix("# ")
    typed = "\n".join(f"$ {line}" for line in lines_of(case)[0])
    return f"### {case.name.removesuffix('.command')}\n\n{why}\n\n~~~~text\n{typed}\n{case.expected}~~~~\n"


def main(option: str = "") -> int:
    """Write or check the page; return the exit code."""
    if option == "--check":
        return int(text(PAGE) != page())
    if option == "--update":
        for case in cases():
            (ERRORS / f"{case.name}.expected").write_text(message(case), "utf-8")
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
