"""Play the whole worked scenario through the commands alone, from ``init`` to the portfolio that is refused.

python scenario/whole_quarter.py DIR [--seed N]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import play  # first: it makes the program and the example importable
from chapters import all_of_it
from harbour import generate
from plan import planted

SEED = 3
"""A quarter in which the fault and the fall are found, as in most."""


def played(folder: Path, seed: int = SEED) -> play.Desk:
    """Play the quarter of a seed in a folder that is not there yet, and return its desk. Raises RuntimeError."""
    desk = play.Desk(folder, generate(planted(seed)))
    play.set_up(desk)
    play.quarter(desk)
    for _ in all_of_it(desk):
        pass
    return desk


def main() -> int:
    """Play it and say what was typed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    if options.folder.exists() and any(options.folder.iterdir()):
        print(f"{options.folder} is not empty", file=sys.stderr)
        return 2
    desk = played(options.folder, options.seed)
    for name, times in sorted(desk.typed.items()):
        print(f"{times:5}  {name}")
    print(f"{sum(desk.typed.values())} commands, up to {desk.today}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
