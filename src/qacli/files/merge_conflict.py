"""The lines by which git divides two versions of a text that it could not merge."""

from __future__ import annotations

import re

from qacli.files.faults import Fault

CODE = "merge-conflict"
SAID = "git could not merge two versions of this file, and left both"
HELP = "keep what is right of both, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>"
OPENED = re.compile(r"<{7} ")
"""What the first of these lines begins with. No setting and no id does."""
LATER = re.compile(r"={7}$|>{7} |\|{7} ")
"""What the lines after it begin with; the last where git shows what both came from."""


def divided(file: str, line: int, row: int, text: str) -> Fault:
    """Return the fault of a table in which a conflict begins on a line, which is a row in a spreadsheet."""
    return Fault(CODE, SAID, file, line, help=HELP, cell=f"A{row}", excerpt=[(line, text)])
