"""Running qacli as people do: a line of words in, exit code and both outputs back."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from qacli.cli import main
from qacli.commands.context import RECORDED

ID = re.compile(r"[a-z]{1,2}_[0-9a-hjkmnp-tv-z]+[: ]")
SOURCE = Path(__file__).parent.parent / "src"


class Result(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def first(self) -> str:
        """The id with which the last line that names one begins: what was made."""
        return next(line.partition(" ")[0].rstrip(":") for line in self.out.splitlines() if ID.match(line))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of a result that was asked for with --format json."""
        rows: list[dict[str, Any]] = json.loads(self.out)["rows"]
        return rows


def run(line: str | list[str], folder: Path | None = None, actor: str = "", today: str = "") -> Result:
    """Run one command line in this process."""
    words = shlex.split(line) if isinstance(line, str) else line
    before = [*(["-C", str(folder)] if folder else []), *(["--as", actor] if actor else [])]
    out, err = io.StringIO(), io.StringIO()
    RECORDED.clear()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([*before, *words, *(["--today", today] if today else [])])
    return Result(code, out.getvalue(), err.getvalue())


def process(line: str, folder: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run a shell line in a process of its own, with ``qacli`` at hand."""
    shell = f'qacli() {{ {shlex.quote(sys.executable)} -m qacli "$@"; }}; {line}'
    ours = {name: value for name, value in os.environ.items() if not name.startswith("QACLI_")}
    environment = {**ours, "PYTHONPATH": str(SOURCE), **more.pop("env", {})}
    return subprocess.run(
        ["bash", "-c", shell],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **more,
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder; the lock holds none that count."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }
