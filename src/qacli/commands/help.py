"""``qacli --help``: the commands in order of the work, without importing any of them."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from qacli.commands.options import switched_on

if TYPE_CHECKING:
    from collections.abc import Sequence


INTRO = "Quality monitoring for customer service on plain files."
USAGE = "Usage: qacli [--version] [--help] COMMAND ..."
CLOSING = "Begin with: qacli demo DIR, or qacli init DIR.  Each command: qacli COMMAND --help"


class Listed(Protocol):
    """A command as the help lists it."""

    @property
    def panel(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def help(self) -> str: ...


def show_help(commands: Sequence[Listed]) -> int:
    """Print the help, in panels where a person reads it."""
    if sys.stdout.isatty() and not switched_on("QACLI_PLAIN"):
        _panels(commands)
    else:
        sys.stdout.write(plain_help(commands))
    return 0


def plain_help(commands: Sequence[Listed]) -> str:
    """Return the help as plain text."""
    width = max(len(command.name) for command in commands)
    lines = [USAGE, "", INTRO]
    for panel, listed in groupby(commands, key=lambda command: command.panel):
        lines += ["", f"{panel}:"]
        lines += [f"  {command.name:<{width}}  {command.help}" for command in listed]
    return "\n".join([*lines, "", CLOSING, ""])


def _panels(commands: Sequence[Listed]) -> None:
    from rich.console import Console
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    console = Console(emoji=False)
    console.print(Text(USAGE, style="bold"), Text(INTRO), sep="\n")
    width = max(len(command.name) for command in commands)
    for panel, listed in groupby(commands, key=lambda command: command.panel):
        grid = Table.grid(padding=(0, 2))
        grid.add_column(min_width=width, style="bold cyan")
        grid.add_column()
        for command in listed:
            grid.add_row(Text(command.name), Text(command.help))
        console.print(Panel(grid, title=panel, title_align="left", border_style="dim"))
    console.print(Text(CLOSING))
