"""What qacli costs before it does anything, against a bare interpreter."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import MeasurementError, child_seconds, ratio


def version(qacli: Path) -> float:
    """Answered before the command line is built."""
    return _against_python(qacli, "--version")


def help_plain(qacli: Path) -> float:
    """Help on a pipe."""
    return _against_python(qacli, "--help")


def help_panels(qacli: Path) -> float:
    """Help on a terminal, where rich draws it."""
    return _against_python(qacli, "--help", terminal=True)


def completion(qacli: Path) -> float:
    """The script that a shell loads."""
    return _against_python(qacli, "--show-completion", "bash")


def light_command(qacli: Path) -> float:
    """A command that needs no models and no engine, in a new workspace."""
    _require(qacli)
    with TemporaryDirectory() as parent:
        workspace = Path(parent) / "workspace"
        child_seconds([qacli, "init", workspace])
        return _against_python(qacli, "ledger", "show", cwd=workspace)


def _against_python(qacli: Path, *words: str, cwd: Path | None = None, terminal: bool = False) -> float:
    _require(qacli)
    return ratio(
        lambda: child_seconds([qacli, *words], cwd, terminal),
        lambda: child_seconds([_interpreter(qacli), "-c", "pass"], cwd, terminal),
    )


def _require(qacli: Path) -> None:
    if not qacli.is_file():
        raise MeasurementError(
            f"there is no qacli at {qacli}: install it there (pip install -e .), or give --qacli PATH"
        )


def _interpreter(qacli: Path) -> Path:
    """Return the interpreter beside the script, which is the one that runs it."""
    beside = qacli.parent / "python"
    return beside if beside.exists() else Path(sys.executable)
