"""Opening a folder: its settings, people, definitions and records, and the one way to write to it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qacli.model import Misconfigured

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import pandas as pd

    from qacli.prepare.people import People
    from qacli.prepare.settings import Settings
    from qacli.understand.summary import Summary
    from qacli.workspace.commit import Act, Outcome
    from qacli.workspace.definitions import Definitions
    from qacli.workspace.view import FolderView

SETTINGS = "qacli.yaml"


class NoWorkspace(Misconfigured):
    """No qacli.yaml here or above."""

    def __init__(self, start: Path) -> None:
        super().__init__(
            f"{start} is not in a qacli workspace: there is no {SETTINGS} here or above",
            help="make one with: qacli init DIR, or name one with: -C DIR",
        )


class Workspace:
    """One folder. ``actor`` is the person in whose name commands run, ``played`` the clock that --today sets.

    A ``quiet`` one warns of nothing.
    """

    def __init__(self, folder: Path, actor: str = "", today: datetime | None = None) -> None:
        self.folder = folder
        self._actor = actor
        self.played = today
        self._warned: set[str] = set()
        self.quiet = False

    def warn(self, text: str) -> None:
        """Say on standard error, once, what readers of these records must know."""
        if text not in self._warned and not self.quiet:
            self._warned.add(text)
            print(f"warning: {text}", file=sys.stderr)

    @classmethod
    def find(cls, start: str | Path = ".", actor: str = "", today: datetime | None = None) -> Workspace:
        """Return the workspace at or above a folder. Raises NoWorkspace."""
        here = Path(start).absolute()
        for folder in (here, *here.parents):
            if (folder / SETTINGS).is_file():
                return cls(folder, actor, today)
        raise NoWorkspace(here)

    @cached_property
    def settings(self) -> Settings:
        """What qacli.yaml says. Raises FileFaults."""
        from qacli.files import yaml
        from qacli.files.validate import validate
        from qacli.prepare.settings import Settings

        return validate(yaml.read(self.folder / SETTINGS, SETTINGS), Settings)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of the workspace."""
        from zoneinfo import ZoneInfo

        return ZoneInfo(self.settings.time_zone)

    @cached_property
    def people(self) -> People:
        """Who is who, from people.csv. Raises FileFaults."""
        from qacli.workspace.people import read_people

        return read_people(self.folder)

    @cached_property
    def definitions(self) -> Definitions:
        """What is agreed, as it stands in definitions/."""
        from qacli.workspace.definitions import Definitions

        return Definitions(self.folder)

    @cached_property
    def actor(self) -> str:
        """The person in whose name the command runs: --as, QACLI_AS, else whose login this is.

        Raises UnknownActor, NoPeople.
        """
        from qacli.workspace.people import acting, login

        return acting(self.folder, self.people, self._actor, login())

    @cached_property
    def via(self) -> str:
        """The person whose login runs the command, or ``unknown``."""
        from qacli.workspace.people import login

        return self.people.by_login(login(), self.clock().date()) or "unknown"

    def reload(self) -> None:
        """Read settings, people and definitions again when next asked for: their files have changed."""
        for name in ("settings", "zone", "people", "definitions", "actor", "via"):
            self.__dict__.pop(name, None)

    def clock(self) -> datetime:
        """The command's clock, to the second, in the workspace's time zone."""
        now = self.played or datetime.now(UTC)
        if now.tzinfo is None:
            now = now.replace(tzinfo=self.zone)
        return now.astimezone(self.zone).replace(microsecond=0)

    def view(self, *, writing: bool = False) -> FolderView:
        """Return a view of everything committed so far; ``writing`` is as strict as a commit about edited definitions."""
        from qacli.ledger.head import read_head
        from qacli.workspace.view import FolderView

        return FolderView(self, read_head(self.folder), writing=writing)

    def commit(self, act: Act, command: str, *, dry_run: bool = False) -> Outcome:
        """Run an act and record its change in one entry; see workspace.commit."""
        from qacli.workspace.commit import commit

        return commit(self, act, command, dry_run=dry_run)

    def table(self, name: str) -> pd.DataFrame:
        """Return one table in force as a DataFrame, words joined. Raises QacliError for an unknown name."""
        from qacli.workspace.tables import named

        found: pd.DataFrame = self.view().sql(f'SELECT * FROM "{named(name).TABLE}"')
        return found

    def summarise(self, by: str, **selection: Any) -> Summary:
        """Return a summary: its frame, statement and notes. ``selection`` holds fields of ``Selection``.

        Raises UsageError where there is no summary of that name, or nothing that the selection names.
        """
        from qacli.understand.facts import Selection
        from qacli.understand.summaries import summarised

        return summarised(self.view(), by, Selection(**selection))
