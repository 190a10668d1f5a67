"""The figures and assumptions of a business case as they stand now, each with the command or source behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from qacli.improve.cases.sources import Lookup, look_up
from qacli.model import QacliError, Refusal, View

if TYPE_CHECKING:
    from qacli.improve.cases.case import Case, Figure

SIXTH = Decimal("0.000001")
"""To so many places figures are kept."""


class NoTrace(Refusal, rule="no-trace"):
    """A figure without the record that makes it is an opinion."""

    def __init__(self, case: Case, lacking: Sequence[tuple[str, QacliError]]) -> None:
        listed = "".join(f"\n  {name}: {wrong.message}; {wrong.help}" for name, wrong in lacking)
        super().__init__(
            f"{case.reference} has {len(lacking)} figure{'s' * (len(lacking) != 1)} that nothing makes now:{listed}",
            help="name what makes it, or let the record be made first; nothing was recorded",
        )


class Known(NamedTuple):
    """One figure or assumption as it stands now, with its range where there is one, and what it is traced to."""

    name: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str
    command: str  # empty for an assumption
    trace: str

    @property
    def ranged(self) -> bool:
        """Whether it may be another than it is taken to be."""
        return self.low is not None and self.high is not None and self.low != self.high


def known_of(view: View, case: Case) -> dict[str, Known]:
    """Return the figures and assumptions of a case by name. Raises NoTrace with all that nothing makes now."""
    return {each.name: each for each in (*_recorded(view, case), *_assumed(case))}


def _recorded(view: View, case: Case) -> Iterator[Known]:
    lookup = Lookup(view)
    lacking, found = [], []
    for name, each in case.figures.items():
        try:
            cell, trace = look_up(lookup, each.from_, each.row, each.column, each.where)
        except QacliError as wrong:
            lacking.append((name, wrong))
            continue
        if cell.value is not None:
            low, high = (None if end is None else end.quantize(SIXTH) for end in (cell.low, cell.high))
            unit = each.unit or cell.unit.replace("money", case.currency)
            found.append(Known(name, cell.value.quantize(SIXTH), low, high, unit, typed(each), trace))
    if lacking:
        raise NoTrace(case, lacking)
    yield from found


def typed(figure: Figure) -> str:
    """Return the command line that shows a figure."""
    named = figure.from_ in {"resource calc", "kpi show", "finding show"}
    options = "".join(
        f" --{name} {value}" for name, value in figure.where.items() if name not in {"cut", "slice", "scorecard"}
    )
    if figure.from_ == "catalogue":
        return "definitions/catalogue.yaml"
    if figure.from_ == "sample list":
        return "qacli sample list --draws"
    return f"qacli {figure.from_}{f' {figure.row}' if named else ''}{'' if figure.from_ == 'target list' else options}"


def _assumed(case: Case) -> Iterator[Known]:
    for name, each in case.assumptions.items():
        yield Known(name, each.value, each.low, each.high, each.unit, "", each.source)
