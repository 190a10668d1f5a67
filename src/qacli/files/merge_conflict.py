"""The lines by which git divides two versions of a text that it could not merge."""

from __future__ import annotations

import re

CODE = "merge-conflict"
SAID = "git could not merge two versions of this file, and left both"
HELP = "keep what is right of both, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>"
OPENED = re.compile(r"<{7} ")
"""What the first of these lines begins with. No setting and no id does."""
LATER = re.compile(r"={7}$|>{7} |\|{7} ")
"""What the lines after it begin with; the last where git shows what both came from."""
