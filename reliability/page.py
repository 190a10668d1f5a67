"""The page of the reliability campaign: what each part found, kept beside it so that one part can be run again alone."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FIGURES = Path(__file__).parent / "figures"
PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
INTRODUCTION = """\
`make reliability` plays this campaign against the real commands and writes this page. What is promised stands in
[ledger.md](ledger.md); short versions of most parts run with the tests. A part that was not run lately keeps the figures,
and the date, of its last run.
"""
TITLES = {
    "kills": "Killed at a system call: nothing acknowledged is lost, no entry is there by half",
    "errors": "Errors at a system call: exit 74 with every byte as before, or recorded and verified",
    "unread": "Files that cannot be read: exit 74 with every byte as before, or recorded and verified",
    "forked": "Faults are injected into forks of a process that has imported the program: the same calls",
    "limits": "Short writes, full disks, read-only folders: the same",
    "crashes": "Loss of power, as a model of a disk",
    "together": "Many writers",
    "overlapping": "Runs that overlap: one record for each duty",
    "entering": "Killed while somebody scores: all that was entered is there, and goes on where it was",
    "tampered": "Changed records: found, with file and row",
    "machine": "Random sequences of acts",
    "fuzzed": "Random input to the loaders: only declared errors",
    "mutated": "Small faults planted in the code of ledger, scoring and sampling: noticed by a test",
    "included": "Every design drawn again and again: each transaction as often as its record says",
}


class Figure(NamedTuple):
    """One line of the page: what was tried, how, what came out, and whether that is as promised."""

    test: str
    how: str
    figure: str
    good: bool
    code: str = ""
    """A digest of what the figure hangs on, where it holds as long as that does."""


def before(part: str) -> list[Figure]:
    """Return the figures of a part that were kept, such as those of a run that was broken off."""
    path = FIGURES / f"{part}.json"
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return [Figure(*each) for each in kept.get("figures", ())]


def keep(name: str, quick: bool, figures: Sequence[Figure], seconds: float) -> None:
    kept: dict[str, Any] = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": _machine(),
        "seconds": round(seconds),
        "quick": quick,
        "figures": figures,
    }
    FIGURES.mkdir(exist_ok=True)
    (FIGURES / f"{name}.json").write_text(json.dumps(kept, indent=1), "utf-8")


@cache
def _machine() -> str:
    said = [
        f"{os.cpu_count()} CPUs ({platform.machine()})",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}",
    ]
    if shutil.which("strace"):
        done = subprocess.run(["strace", "--version"], capture_output=True, text=True, check=False)
        said.append(done.stdout.partition("\n")[0])
    return ", ".join(said)


def page() -> str:
    lines = ["# Reliability: figures\n", INTRODUCTION]
    for name, title in TITLES.items():
        if not (FIGURES / f"{name}.json").exists():
            lines.append(f"## {title}\n\nNot run.\n")
            continue
        kept = json.loads((FIGURES / f"{name}.json").read_text("utf-8"))
        short = "; a short run" if kept["quick"] else ""
        lines.append(f"## {title}\n\n{kept['date']}, {kept['seconds']} s{short}, {kept['machine']}.\n")
        figures = [Figure(*each) for each in kept["figures"]]
        lines += _table(figures)
        lines.append("")
    return "\n".join(lines)


def _table(figures: list[Figure]) -> list[str]:
    """Return the lines of a table; where all was done in one way, that is said above it."""
    hows = {figure.how for figure in figures}
    rows = [(f.test, f.how, f.figure, "ok" if f.good else "**bad**") for f in figures]
    head = ["| test | how | figure | |", "|---|---|---|---|"]
    if len(hows) == 1:
        rows = [(test, *rest) for test, _, *rest in rows]
        head = [f"How: {hows.pop()}.\n", "| test | figure | |", "|---|---|---|"]
    return head + ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
