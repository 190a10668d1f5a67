"""What a profile may say of a file and not of a table on another engine, where a query can say it."""

from __future__ import annotations

from collections.abc import Iterator

from qacli.model import QacliError
from qacli.sources.portable import SCALES
from qacli.sources.profile import Profile
from qacli.sources.several_dates import orders_of


class OfFilesOnly(QacliError):
    """A profile has settings that are read in files only."""

    def __init__(self, name: str, profile: Profile, settings: list[str]) -> None:
        super().__init__(
            f"profile {profile.id} says {', '.join(settings)}, which is read in files only, and {name} is a table",
            help="let the query return plain seconds and times, and leave these out of a profile for it",
        )


def refuse_of_files(name: str, profile: Profile) -> None:
    """Raise OfFilesOnly where a profile of a table on another engine says what only files need."""
    if found := list(_of_files(profile)):
        raise OfFilesOnly(name, profile, found)


def _of_files(profile: Profile) -> Iterator[str]:
    if profile.decimal != ".":
        yield f"decimal: '{profile.decimal}'"
    if profile.measures:
        yield "measures"
    for column in profile.columns.values():
        orders = orders_of(column)
        if len(orders) > 1:
            yield f"dates: [{', '.join(orders)}]"
        elif orders == ("sheet-days",):
            yield "dates: sheet-days"
        if column.unit_column:
            yield f"unit_column: {column.unit_column}"
        if column.unit and column.unit not in {*SCALES, "hh:mm:ss"}:
            yield f"unit: {column.unit}"
