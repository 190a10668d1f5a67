"""Many writers at once: nothing lost, nothing twice."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import desk
import story  # first: it puts src and tests on the path
from command_line import run
from trails import WHO, block, table
from workspaces import score, workspace

from qacli.govern.duties.due import Reminder
from qacli.ledger import journal
from qacli.ledger.trail import writing
from qacli.ledger.verify import verify
from qacli.monitor.observing.observation import Observation
from qacli.monitor.sampling.draw import Draw, Item
from qacli.monitor.sampling.spot import SpotCheck

PATIENCE = 600
"""Seconds for the lock: a turn among sixteen is no matter of 30 seconds on a slow disk."""


class Findings(NamedTuple):
    expected: int
    lost: int
    twice: int
    damage: int
    seconds: float


def _entries(folder: Path, name: int, count: int) -> None:
    for number in range(count):
        row = f"o_{name}x{number},2026-05-18T11:00:00Z,p_ev1,training,met\n".encode()
        with writing(folder, WHO, patience=PATIENCE) as trail:
            trail.append([block(row, table("observations")), block(row)])


def _commits(folder: Path, name: int, count: int) -> None:
    for _ in range(count):
        workspace(folder).commit(score, f"score {name}")


def entries(folder: Path, processes: int = 16, count: int = 625) -> Findings:
    """Let processes append entries of two tables to one trail."""
    folder.mkdir(parents=True)
    seconds = _together(_entries, folder, processes, count)
    wanted = Counter(f"o_{name}x{number}" for name in range(processes) for number in range(count))
    found = [
        Counter(line.partition(",")[0] for line in (folder / file).read_text("utf-8").splitlines()[1:])
        for file in (table("observations"), table())
    ]
    lost = sum((wanted - each).total() for each in found)
    twice = sum((each - wanted).total() for each in found)
    return Findings(processes * count, lost, twice, _damage(folder), seconds)


def commits(folder: Path, processes: int = 16, count: int = 20) -> Findings:
    """Let processes commit whole observations, each seen afresh, to one workspace."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    workspace(folder)
    seconds = _together(_commits, folder, processes, count)
    ids = Counter(row.id for row in workspace(folder).view().rows(Observation))
    by = Counter(entry.command for entry in journal.entries(folder / journal.NAME))
    short = sum(abs(by[f"score {name}"] - count) for name in range(processes))
    twice = sum(number - 1 for number in ids.values())
    return Findings(processes * count, processes * count - len(ids) + short, twice, _damage(folder), seconds)


def runs(folder: Path, processes: int = 16) -> Findings:
    """Let real processes of ``qacli run`` overlap, on the day on which much is due and again when it is late.

    What one run alone does in a copy of the folder is what all of them together may do.
    """
    desk.agreed(desk.make(folder))
    for id_, text in (("more", desk.FRAME.replace("id: weekly", "id: more")), ("spot", desk.spot("spot"))):
        desk.write(folder, {f"definitions/frames/{id_}.yaml": text})
        desk.done(run(f"frame agree {id_}", folder, "p_mgr1", desk.DRAWN))
    alone = Path(shutil.copytree(folder, folder.parent / "alone"))
    seconds = 0.0
    for day in ("2026-06-01", "2026-06-10"):
        run(f"run --today {day}", alone, "p_tl1")
        begin = time.perf_counter()
        _overlapping(folder, day, processes)
        seconds += time.perf_counter() - begin
    wanted, found = _duties(alone), _duties(folder)
    return Findings(wanted.total(), (wanted - found).total(), (found - wanted).total(), _damage(folder), seconds)


def _overlapping(folder: Path, day: str, processes: int) -> None:
    words = [sys.executable, "-m", "qacli", "-C", str(folder), "--as", "p_tl1", "run", "--today", day]
    environment = {**os.environ, "PYTHONPATH": str(story.ROOT / "src")}
    started = [
        subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    said = [process.communicate()[1] for process in started]
    if any(process.returncode not in {0, 1} for process in started):  # 1: a week has no transactions
        raise RuntimeError(f"runs ended with {[process.returncode for process in started]}: {' '.join(said)}")


def _duties(folder: Path) -> Counter[str]:
    """Return how often each thing that was due is on record; items and checks have another id in another order."""
    view = workspace(folder, "p_tl1").view()
    draws = {draw.id: f"{draw.frame} of {draw.period}" for draw in view.rows(Draw)}
    items = {item.id: f"{item.transaction} in {draws[item.draw]}" for item in view.rows(Item)}
    checks = {check.id: f"{check.block} at {check.starts} in {draws[check.draw]}" for check in view.rows(SpotCheck)}
    told = [row.duty.partition("/") for row in view.rows(Reminder)]
    reminders = [f"told {kind} {items.get(what) or checks.get(what) or what}" for kind, _, what in told]
    return Counter([*draws.values(), *items.values(), *checks.values(), *reminders])


def _together(work, folder: Path, processes: int, count: int) -> float:
    begin = time.perf_counter()
    fork = multiprocessing.get_context("fork")
    started = [fork.Process(target=work, args=(folder, name, count)) for name in range(processes)]
    for process in started:
        process.start()
    for process in started:
        process.join()
    if any(process.exitcode for process in started):
        raise RuntimeError(f"writers ended with {[process.exitcode for process in started]}")
    return time.perf_counter() - begin


def _damage(folder: Path) -> int:
    return sum(not each.note for each in verify(folder))
