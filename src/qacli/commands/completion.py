"""``qacli --show-completion SHELL``: a static script, so that TAB starts no Python at all."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qacli.model import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

SHELLS = ("bash", "zsh", "fish")
FOLDER = Path(__file__).parent.parent / "completion"


def show_completion(arguments: Sequence[str]) -> int:
    """Print the completion script of a shell. Raises UsageError for any other word."""
    if len(arguments) != 1 or arguments[0] not in SHELLS:
        raise UsageError("--show-completion takes one shell", help=f"one of: {', '.join(SHELLS)}")
    sys.stdout.write((FOLDER / f"qacli.{arguments[0]}").read_text("utf-8"))
    return 0
