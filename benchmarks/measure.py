"""How a budget is measured: two programs in turn, their processor time compared."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROUNDS = 9


class Budget(NamedTuple):
    """What may be spent: ``measure`` returns the ratio to the peer, and raises MeasurementError where there is none."""

    name: str
    budget: float
    peer: str
    measure: Callable[[], float]


class MeasurementError(Exception):
    """A budget could not be measured, which is not a pass. The message says why."""


def ratio(ours: Callable[[], float], peer: Callable[[], float], rounds: int = ROUNDS) -> float:
    """Return the median of ours/peer over interleaved rounds, after one that only warms the caches.

    The two are measured side by side in each round, so that what else the machine does falls on both.
    """
    ours()
    peer()
    return median(ours() / peer() for _ in range(rounds))


def child_seconds(command: Sequence[str | Path], cwd: Path | None = None, terminal: bool = False) -> float:
    """Return the processor time, user and system, of a command run to its end. Raises MeasurementError if it fails."""
    before = _children()
    code, said = (_on_terminal if terminal else _on_pipe)([str(part) for part in command], cwd)
    if code:
        last = said.decode("utf-8", "replace").strip().splitlines()[-1:] or ["without a word"]
        raise MeasurementError(f"{' '.join(str(part) for part in command)} ended with {code}: {last[0]}")
    return _children() - before


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def environment(**more: str) -> dict[str, str]:
    """Return the environment in which commands are measured."""
    # What would change colour, width or language of the output stays outside; so does what would have every module
    # compiled anew on each run, which no installed program does. The round that warms the caches compiles them.
    outside = ("QACLI_", "FORCE_", "NO_COLOR", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(outside)}
    return {**kept, "COLUMNS": "100", "LINES": "40", **more}


def _on_pipe(command: list[str], cwd: Path | None) -> tuple[int, bytes]:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment(TERM="dumb"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.returncode, done.stdout


def _on_terminal(command: list[str], cwd: Path | None) -> tuple[int, bytes]:
    ours, theirs = os.openpty()
    with subprocess.Popen(
        command, cwd=cwd, env=environment(TERM="xterm-256color"), stdin=theirs, stdout=theirs, stderr=theirs
    ) as child:
        os.close(theirs)
        said = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    return child.returncode, said


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the last writer has closed the terminal
        return b""
