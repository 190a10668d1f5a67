"""Make the worked scenario as a workspace: one quarter of a fictional bank, with its records.

python scenario/make.py DIR [--seed N] [--redraw] [--no-truths]

Every record is entered through the ledger, by the person and at the time that it says; all are of provenance example.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
for place in ("src", "tests"):
    if str(ROOT / place) not in sys.path:
        sys.path.insert(0, str(ROOT / place))

import folder as files
import pandas as pd
import trial
from command_line import run
from evidence import seen
from frames import rows_of
from harbour import Quarter, generate
from plan import parameters, person, planted
from records import COACH, tables
from sampling import ANSWERED, CHECKS, frame_of

from qacli.model import Change, Row, View
from qacli.workspace import Workspace
from qacli.workspace.populations import open_transactions
from qacli.workspace.tables import named

READY, LOOKED = "2026-03-27", "2026-07-01"
PAST = "kpi import {} --source 'survey tool' --method 'all answers' --ready-on 2026-04-07"
SEED = 3
"""A quarter in which the fault and the fall are found, as in most; 2026 is one of those in which neither is."""
COMMANDS = {
    "sessions": "score",
    "observations": "score",
    "ratings": "score",
    "calibrations": "calibrate open",
    "calibration_items": "calibrate open",
    "calibration_scorers": "calibrate open",
    "calibration_seals": "calibrate score",
    "calibration_reveals": "calibrate reveal",
    "calibration_scores": "calibrate reveal",
    "calibration_ends": "calibrate close",
}
"""Tables whose rows of one person and time are one entry, with the command that makes it."""
CITED = {"frame": "frame", "scorecard": "scorecard"}
"""Columns that hold definitions, and their kinds."""
HEADS = ("draw", "item", "session", "observation", "calibration", "reveal", "seal")
"""Columns that hold ids of other rows: those of the generator become those of the ledger."""


class Entry(NamedTuple):
    """What one person records at one time: rows of tables, each with the id that the generator gave it."""

    at: datetime
    by: str
    command: str
    rows: Sequence[Row]


def make(folder: Path, quarter: Quarter) -> int:
    """Write the workspace with its records and return how many entries of samples, scores and calibrations there are."""
    _typed(f"init {shlex.quote(str(folder))} --as {COACH} --provenance example")
    files.write(folder, quarter)
    _agreed(folder, quarter.plant.seed)
    with open_transactions(Workspace.find(folder, COACH)) as opened:
        made = tables(quarter, opened.source, opened.population.digest)
    made["ratings"] = _with_evidence(made["ratings"])
    known: dict[str, str] = {}
    entries = sorted(_entries(made), key=lambda entry: entry.at)
    late = {str(day): agent for agent, day in parameters()["acknowledged"].items()}
    for entry in entries:
        for day in [day for day in late if day < f"{entry.at:%Y-%m-%d}"]:
            _typed("notice ack n-staff-4 --means 'signed form'", folder, person(late.pop(day)), day)
        _commit(folder, entry, known)
    _typed(PAST.format(shlex.quote(str(folder / "past.csv"))), folder, today=LOOKED)
    _typed("kpi compute csat:top2 --period 2026-04-01..2026-05-31 --by month", folder, today=LOOKED)
    return len(entries)


def _typed(line: str, folder: Path | None = None, actor: str = COACH, today: str = READY) -> None:
    """Play a command line. Raises RuntimeError where it ends with anything but 0."""
    result = run(line, folder, actor if folder else "", today if folder else "")
    if result.code:
        raise RuntimeError(f"qacli {line}: {result.code}\n{result.err}")


def _agreed(folder: Path, seed: int) -> None:
    """Let colleagues acknowledge the notice, try the scales, and approve scales, cards and frames."""
    lines = ["transaction,scorer,criterion,point", *(",".join(line) for line in trial.ratings(seed))]
    (folder / "trial.csv").write_text("\n".join([*lines, ""]), "utf-8")
    _typed(f"notice ack n-staff-4 --from {shlex.quote(str(folder / 'acknowledgements.csv'))}", folder)
    _typed(f"scale trial binary point5 --from {shlex.quote(str(folder / 'trial.csv'))}", folder)
    for settings in parameters()["channels"].values():
        _typed(f"scorecard approve {settings['card']} --with-scales", folder, "p_mgr1")
    for frame in (*map(frame_of, parameters()["channels"]), CHECKS, ANSWERED):
        _typed(f"frame agree {frame}", folder, "p_mgr1")


def _with_evidence(ratings: pd.DataFrame) -> pd.DataFrame:
    """Return the ratings with what was seen or heard, and when."""
    number = ratings["id"].str.rpartition("-")[2].astype(int)
    minute = (7 * number + ratings.index % 23) // 10
    words = [seen(*each) for each in zip(ratings["criterion"], ratings["answer"], ratings.index % 7, strict=True)]
    clock = minute.astype(str).str.zfill(2) + ":" + (11 * number % 60).astype(str).str.zfill(2)
    return ratings.assign(evidence=ratings["observation"].str[2:] + ", " + clock + ": " + words, offset=clock)


def _entries(made: Mapping[str, pd.DataFrame]) -> Iterator[Entry]:
    """Yield each draw, each evaluator's scores of a week, and each step of a calibration."""
    rows = {name: list(rows_of(named(name), table)) for name, table in made.items()}
    below = [_by(rows[name], "draw") for name in ("exclusions", "strata", "items")]
    for draw in rows["draws"]:
        mine = [row for table in below for row in table.get(draw.id, ())]
        yield Entry(_at(draw), draw.by, "sample draw", [draw, *mine])
    together: dict[tuple[datetime, str, str], list[Row]] = {}
    for name, command in COMMANDS.items():
        for row in rows[name]:
            together.setdefault((_at(row), row.by, command), []).append(row)
    for (at, by, command), mine in together.items():
        yield Entry(at, by, command, mine)


def _by(rows: Sequence[Any], name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def _at(row: Row) -> datetime:
    if row.at is None:
        raise ValueError(f"{row.id} has no time")
    return row.at


def _commit(folder: Path, entry: Entry, known: dict[str, str]) -> None:
    """Record one entry, and note under which ids its rows stand from now on."""

    def act(view: View) -> Change:
        for reference in {getattr(row, name) for row in entry.rows for name in CITED if hasattr(row, name)}:
            view.definition(CITED[_kind(entry, reference)], reference)
        own: dict[str, Row] = {}
        rows = []
        for row in entry.rows:
            changes = {name: _new(getattr(row, name), own, known) for name in HEADS if getattr(row, name, "")}
            rows.append(replace(row, **changes))
            if row.LETTER:
                own[row.id] = rows[-1]
        return Change(rows)

    outcome = Workspace.find(folder, entry.by, entry.at).commit(act, entry.command)
    known.update((old.id, new.id) for old, new in zip(entry.rows, outcome.rows, strict=True) if old.LETTER)


def _kind(entry: Entry, reference: str) -> str:
    return next(name for name in CITED for row in entry.rows if getattr(row, name, None) == reference)


def _new(value: str, own: Mapping[str, Row], known: Mapping[str, str]) -> Any:
    """Return the row of this entry that an id means, else the id that an earlier entry gave it."""
    return own[value] if value in own else known[value]


def main() -> int:
    """Make the workspace of a seed, check and verify it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--redraw", action="store_true", help="draw week, channel, criterion and colleague of each truth"
    )
    parser.add_argument("--no-truths", action="store_true", help="plant nothing but what only looks like a finding")
    options = parser.parse_args()
    if options.folder.exists() and any(options.folder.iterdir()):
        print(f"{options.folder} is not empty", file=sys.stderr)
        return 2
    entries = make(options.folder, generate(planted(options.seed, redraw=options.redraw, truths=not options.no_truths)))
    for line in ("check", "ledger verify", "sample verify"):
        _typed(line, options.folder, today="2026-06-30")
    print(f"{options.folder}: {entries} entries; checked, and verified against the exports")
    return 0


if __name__ == "__main__":
    sys.exit(main())
