"""Many writers at once: nothing lost, nothing twice."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import story  # noqa: F401  (puts src and tests on the path)
from trails import WHO, block, table
from workspaces import score, workspace

from qacli.ledger import journal
from qacli.ledger.trail import writing
from qacli.ledger.verify import verify
from qacli.monitor.observing.observation import Observation

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
