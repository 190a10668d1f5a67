"""An organisation's own template: filled in a process of its own that may not run for long, grow large or reach anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from qacli.files.faults import Fault, FileFaults
from qacli.reports.environment import BANNERS, Inert
from qacli.reports.sandboxed import MARKED

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 20
"""Of the clock, for the whole process: a loaded machine starts one slowly."""
LARGEST = 200_000
"""Characters of a template."""


def own_document(path: Path, values: dict[str, Any], provenance: str) -> str:
    """Return an organisation's own template filled with the values of a report, as Markdown.

    What stands at the top of every document that is not live, and the provenance of its records, are there whatever the
    template says. Raises FileFaults where it cannot be read or filled, with the line.
    """
    template = _template(path)
    found = _filled(path, template, values)
    if "text" not in found:
        raise FileFaults([_fault(path, found["fault"], found["line"] or 0, template)])
    text: str = found["text"]
    banner = BANNERS[provenance]
    head = f"**{banner}**\n\n" if banner and banner not in text else ""
    return f"{head}{text.rstrip()}\n\nProvenance of these records: {provenance}.\n"


def _template(path: Path) -> str:
    from qacli.files.door import read_text

    text = read_text(path, str(path))
    if len(text) > LARGEST:
        raise FileFaults([_fault(path, f"the template is longer than {LARGEST:,} characters")])
    return text


def _filled(path: Path, template: str, values: dict[str, Any]) -> dict[str, Any]:
    asked = json.dumps({"template": template, "values": _plain(values)})
    ours = {"PYTHONPATH": os.pathsep.join(each for each in sys.path if each), "PYTHONUTF8": "1"}
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "qacli.reports.sandboxed"],
            input=asked,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
            env=ours | kept,
            check=False,
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode:
        raise FileFaults([_fault(path, "the template takes more time or memory than a document may")])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it, text that is Markdown already marked as such."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return {MARKED: str(value)} if isinstance(value, Inert) else value


def _fault(path: Path, what: str, line: int = 0, template: str = "") -> Fault:
    lines = template.splitlines()
    excerpt = [(line, lines[line - 1])] if 0 < line <= len(lines) else []
    return Fault(
        "template",
        what,
        str(path),
        line,
        help="what it is given, with the names: qacli report feedback FEEDBACK --format json",
        excerpt=excerpt,
    )
