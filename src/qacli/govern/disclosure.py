"""The access log: what left the records with people's names, for what purpose, and how many rows."""

from __future__ import annotations

from dataclasses import dataclass

from qacli.files.text import one_line
from qacli.model import Refusal, Row, Words

EVERYBODY = "everybody"


@dataclass(frozen=True, kw_only=True)
class Access(Row, table="access_log", letter="l"):
    """Somebody (``by``) took out rows that name people."""

    what: str  # access pack, or the tables that were exported
    person: str  # whose; everybody where the export was of all
    rows: int
    purpose: Words


class NoPurpose(Refusal, rule="no-purpose"):
    """Names leave the folder for a stated purpose."""

    def __init__(self) -> None:
        super().__init__(
            "an export that names people needs a purpose.", help='say what for: --purpose "..."; or leave --names out'
        )


def disclosed(what: str, rows: int, purpose: str, person: str = EVERYBODY) -> Access:
    """Return the row that tells of one disclosure. Raises NoPurpose."""
    stated = one_line(purpose)
    if not stated:
        raise NoPurpose
    return Access(what=what, person=person, rows=rows, purpose=Words(stated))
