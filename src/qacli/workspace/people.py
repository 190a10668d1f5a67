"""Reading people.csv, and who is acting."""

from __future__ import annotations

import getpass
from datetime import date
from typing import TYPE_CHECKING

from qacli.files.faults import FileFaults
from qacli.files.nearest import did_you_mean
from qacli.model import Misconfigured, UsageError
from qacli.prepare.people import COLUMNS, People, parse_people

if TYPE_CHECKING:
    from pathlib import Path

NAME = "people.csv"


def read_people(folder: Path) -> People:
    """Return the people of a folder; nobody where the file is missing or empty. Raises FileFaults."""
    from qacli.files import csv

    path = folder / NAME
    if not path.exists():
        return People()
    rows = ((row.line, dict(zip(COLUMNS, row.cells, strict=True))) for row in csv.read(path, columns=COLUMNS))
    people, faults = parse_people(rows, NAME)
    if faults:
        raise FileFaults(faults)
    return people


def login() -> str:
    """Return the login of this process; empty where the system has no name for it, as in some containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


class NoPeople(Misconfigured):
    """people.csv is not there, so nobody can be known."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder / NAME} is missing: it says who is who",
            help=f"put it back from a backup, or begin it with the line: {','.join(COLUMNS)}",
        )


class UnknownActor(UsageError):
    """Nobody of that id works here, or nobody knows in whose name the command runs."""

    def __init__(self, stated: str, people: People, login: str) -> None:
        if not people.ids():
            super().__init__(
                f"{NAME} names nobody: nobody can act here", help=f"write a line per person: {','.join(COLUMNS)}"
            )
            return
        if not stated:
            who = f"no line of {NAME} has the login '{login}'" if login else "this system has no name for your login"
            super().__init__(
                f"in whose name? {who}",
                help="name the person: --as p_ev1, or set QACLI_AS, or write your login into people.csv",
            )
            return
        super().__init__(
            f"there is no person '{stated}' in {NAME}",
            help=did_you_mean(stated, people.ids(), f"add a line for {stated} to {NAME}"),
        )


def acting(folder: Path, people: People, stated: str, login: str) -> str:
    """Return the person in whose name a command runs. Raises UnknownActor, NoPeople."""
    if not (folder / NAME).exists():
        raise NoPeople(folder)
    if stated:
        if stated not in people:
            raise UnknownActor(stated, people, login)
        return stated
    found = people.by_login(login, date.today())  # noqa: DTZ011 - logins hold by local day
    if not found:
        raise UnknownActor("", people, login)
    return found
