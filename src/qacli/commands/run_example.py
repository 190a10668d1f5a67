"""What ``qacli run --example`` prints: a line for crontab, or two files for systemd."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from shutil import which
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from qacli.workspace import Workspace

CRON = """\
# every working day at six; what is due is done or told once, and cron mails only what is said
0 6 * * 1-5 {qacli} -C {folder} --as {actor} run
"""
SYSTEMD = """\
# ~/.config/systemd/user/qacli.service
[Unit]
Description=Monitoring work that is due in {name}

[Service]
Type=oneshot
ExecStart={qacli} -C {folder} --as {actor} run

# ~/.config/systemd/user/qacli.timer
[Unit]
Description=Look every working day at six; a missed day is made up for

[Timer]
OnCalendar=Mon..Fri 06:00
Persistent=true

[Install]
WantedBy=timers.target

# then: systemctl --user enable --now qacli.timer
"""


def example_of(workspace: Workspace, kind: str) -> str:
    """Return what to write so that a workspace is looked at every working day."""
    if kind == "cron":
        return _filled(CRON, workspace, _for_cron)
    return _filled(SYSTEMD, workspace, _for_systemd)


def _filled(text: str, workspace: Workspace, spelled: Callable[[str], str]) -> str:
    qacli = " ".join(spelled(word) for word in _program())
    folder = str(workspace.folder)
    name = folder.replace("%", "%%")  # a title of systemd: no word of a command line, but its % are doubled
    return text.format(qacli=qacli, folder=spelled(folder), name=name, actor=workspace.actor).rstrip("\n")


def _program() -> list[str]:
    """Return what starts this qacli from anywhere: neither cron nor systemd knows the PATH of a shell."""
    typed = Path(sys.argv[0])
    if typed.stem == "qacli" and (found := which(sys.argv[0])):
        return [str(Path(found).absolute())]
    return [sys.executable, "-m", "qacli"] if typed.name == "__main__.py" else [which("qacli") or "qacli"]


def _for_cron(word: str) -> str:
    """Return a word as a crontab holds it: for a shell, and % would begin the input of the command."""
    return quote(word).replace("%", r"\%")


def _for_systemd(word: str) -> str:
    r"""Return a word as a unit holds it: "\ and " are escaped, % and $ are doubled."""
    if quote(word) == word and "%" not in word:
        return word
    escaped = word.replace("\\", r"\\").replace('"', r"\"").replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'
