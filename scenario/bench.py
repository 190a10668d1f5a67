"""A desk on which quarters are laid before the detectors: one folder of definitions, the export and the records of each."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import folder as files
import pandas as pd
from command_line import run
from frames import FrameView
from harbour import Quarter
from plan import agents, parameters, person
from records import COACH, tables

from qacli.files.yaml import parse
from qacli.prepare.event import Event
from qacli.workspace import Workspace
from qacli.workspace.populations import Opened, open_transactions

LOOKED_ON = datetime(2026, 7, 1, 9)  # noqa: DTZ001 - local, as the workspace is
"""The day on which a quarter is looked at."""
EXPORT = "exports/transactions.parquet"
R = TypeVar("R")


class Laid(FrameView):
    """The records of one quarter; its known events stand in for those of the folder."""

    def __init__(self, workspace: Workspace, quarter: Quarter) -> None:
        super().__init__(workspace, {**tables(quarter, "telephony"), "acknowledgements": _acknowledged()})
        self.quarter = quarter
        self.events = [Event.model_validate(each) for each in parse(files.events(quarter.plant), "events.yaml").data]

    def definitions(self, kind: str) -> Sequence[Any]:
        return self.events if kind == "event" else super().definitions(kind)


class Bench:
    """A folder with the definitions of the scenario; what is laid on it replaces what lay there."""

    def __init__(self, folder: Path, quarter: Quarter) -> None:
        done = run(f"init {shlex.quote(str(folder))} --as {COACH} --provenance example")
        if done.code:
            raise RuntimeError(done.err)
        files.write(folder, quarter)
        for path in (folder / "exports").glob("transactions-*.csv"):
            path.unlink()
        settings = folder / "qacli.yaml"
        settings.write_text(settings.read_text("utf-8").replace("exports/transactions-*.csv", EXPORT), "utf-8")
        self.workspace = Workspace.find(folder, COACH, LOOKED_ON)
        self.workspace.quiet = True

    def lay(self, quarter: Quarter) -> Laid:
        """Return a view of the records of a quarter."""
        return Laid(self.workspace, quarter)

    def export(self, quarter: Quarter) -> None:
        """Write the export of a quarter and its opt-outs into the folder."""
        export = files.export(quarter)
        with duckdb.connect() as connection:
            connection.execute("SET enable_progress_bar = false")
            connection.register("export", export)
            connection.execute(f"COPY export TO '{self.workspace.folder / EXPORT}' (FORMAT parquet)")
        opted_out = self.workspace.folder / "exports" / "optouts.csv"
        files.opt_outs(quarter).to_csv(opted_out, index=False, lineterminator="\n")

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        """Yield the population of the quarter that lies there."""
        with open_transactions(self.workspace) as opened:
            yield opened


def _acknowledged() -> pd.DataFrame:
    """Return who acknowledged the notice to staff, and when."""
    own, never = parameters()["acknowledged"], parameters()["never_acknowledged"]
    told = [agent for agent in agents() if agent not in never]
    return pd.DataFrame(
        {
            "id": [f"n_{place}" for place in range(1, len(told) + 1)],
            "at": pd.Timestamp("2026-03-27"),
            "by": COACH,
            "provenance": "example",
            "person": [person(agent) for agent in told],
            "notice": "n-staff-4@1",
            "on": [pd.Timestamp(own.get(agent, "2026-01-07")) for agent in told],
            "means": "signed form",
        }
    )
