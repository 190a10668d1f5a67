"""What ``qacli run --example`` prints: a line for crontab, or two files for systemd."""

from __future__ import annotations

from shlex import quote
from shutil import which
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qacli.workspace import Workspace

CRON = """\
# every working day at six; what is due is done or told once, and cron mails only what is said
0 6 * * 1-5 {qacli} -C {folder} --as {actor} run
"""
SYSTEMD = """\
# ~/.config/systemd/user/qacli.service
[Unit]
Description=Monitoring work that is due in {folder}

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
    text = CRON if kind == "cron" else SYSTEMD
    return text.format(
        qacli=quote(which("qacli") or "qacli"), folder=quote(str(workspace.folder)), actor=workspace.actor
    ).rstrip("\n")
