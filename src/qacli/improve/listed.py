"""Records by the id that somebody typed: where there is none of that id, it says which command lists them."""

from __future__ import annotations

from typing import TypeVar

from qacli.model import QacliError, Row, View

R = TypeVar("R", bound=Row)


class NotListed(QacliError):
    """Nothing is recorded under an id."""

    def __init__(self, what: str, kind: type[Row], id: str, lists: str) -> None:  # noqa: A002
        super().__init__(f"there is no {what} '{id}'", help=f"ids look like {kind.LETTER}_4p; see: qacli {lists}")


def listed(view: View, kind: type[R], id: str, what: str, lists: str) -> R:  # noqa: A002
    """Return the row in force with an id; ``what`` names its kind, ``lists`` the command that lists them.

    Raises NotListed, and NoSuchRow for a row that was corrected or withdrawn.
    """
    if all(row.id != id for row in view.rows(kind)):
        raise NotListed(what, kind, id, lists)
    return view.one(kind, id)
