"""Where the files that travel with qacli lie: inside an installed package, or at the top of a source checkout."""

from __future__ import annotations

from pathlib import Path

from qacli.model import Misconfigured

HERE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """Return the folder ``scorecards`` or ``examples``. Raises Misconfigured where the installation lacks it."""
    for place in (HERE / "shipped" / name, HERE.parent.parent / name):
        if place.is_dir():
            return place
    raise Misconfigured(f"this installation of qacli lacks its folder {name}", help="install qacli again")
