"""Print the oldest version of each package that pyproject.toml allows, as constraints for pip: what `make oldest` installs.

Tools of the tests themselves (the extra ``test`` alone names them) stay as new as they come.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = ("tui", "xlsx", "postgresql")


def constraints() -> list[str]:
    """Return ``name==version`` for every requirement that a user installs, but those of other systems."""
    asked = [*PROJECT["dependencies"], *(each for name in EXTRAS for each in PROJECT["optional-dependencies"][name])]
    found = (re.match(r"([\w-]+)(?:\[\w+\])?>=([\w.]+)", each) for each in asked if "sys_platform" not in each)
    return [f"{match[1]}=={match[2]}" for match in found if match]


if __name__ == "__main__":
    print(*constraints(), sep="\n")
