"""Reading the ratings of a trial from people's spreadsheets: every fault of every file in one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.files import csv
from qacli.files.faults import REST, Fault, FileFaults
from qacli.files.layout import MOST_FAULTS, letters, probe
from qacli.model import QacliError
from qacli.prepare.scorecards.trial import Tried, faults_of, refuse_measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from qacli.model import View
    from qacli.prepare.scorecards.scale import Scale

COLUMNS = Tried._fields


def users_of_scales(view: View) -> Mapping[str, set[str]]:
    """Return the criteria of the folder's scorecards by the scale, as id@version, that they use."""
    found: dict[str, set[str]] = {}
    for card in view.definitions("scorecard"):
        for criterion in card.criteria():
            found.setdefault(criterion.scale, set()).add(criterion.id)
    return found


def read_trial(view: View, paths: Sequence[Path], scales: Mapping[str, Scale]) -> list[Tried]:
    """Return the ratings of CSV files with the columns transaction, scorer, criterion and point.

    Raises Measured, and FileFaults with what is wrong in any of the files, a rating that stands twice among it.
    """
    refuse_measured(scales.values())
    users, people = users_of_scales(view), view.people.ids()
    seen: dict[tuple[str, str, str], str] = {}
    lines: list[Tried] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            for place, line in _lines(path):
                wrong = [place.fault(*each) for each in faults_of(line, scales, users, people)]
                key = (line.transaction, line.scorer, line.criterion)
                if key in seen:
                    wrong.append(
                        place.fault(
                            "rated-twice",
                            "point",
                            f"{line.scorer} rated {line.criterion} of {line.transaction} before, in {seen[key]}",
                            "keep the rating that counts",
                        )
                    )
                seen.setdefault(key, f"{path} line {place.line}")
                faults += wrong
                lines.append(line)
        except FileFaults as found:
            faults += found.faults
    if len(faults) > MOST_FAULTS:
        more = f"and {len(faults) - MOST_FAULTS} more: only the first {MOST_FAULTS} are shown"
        faults[MOST_FAULTS:] = [Fault("more-faults", more, faults[MOST_FAULTS].file, REST)]
    if faults:
        raise FileFaults(faults)
    return lines


class _Place:
    """Where a line stands, to name its cells."""

    def __init__(self, path: Path, header: Sequence[str], line: int, row: int) -> None:
        self.path, self.header, self.line, self.row = path, header, line, row

    def fault(self, code: str, column: str, message: str, help: str) -> Fault:  # noqa: A002
        cell = f"{letters(self.header.index(column) + 1)}{self.row}"
        return Fault(code, message, str(self.path), self.line, help=help, cell=cell)


def _lines(path: Path) -> Iterator[tuple[_Place, Tried]]:
    if not path.exists():
        raise QacliError(f"there is no file {path}", help="name a CSV file: columns " + ", ".join(COLUMNS))
    header = probe(path).header
    for row in csv.read(path, columns=COLUMNS):
        cells = [cell.strip() for cell in row.cells]
        yield _Place(path, header, row.line, row.record + 1), Tried(*cells)
