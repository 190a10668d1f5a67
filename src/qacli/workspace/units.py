"""The unit maps: they travel with qacli and are not copied, so that what counts as held is the same everywhere."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qacli.files import yaml
from qacli.files.validate import validate
from qacli.govern.portfolio.portfolio import UNITS
from qacli.govern.portfolio.unit import Unit
from qacli.workspace.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def unit_file(name: str) -> Path:
    """Return the file that holds the map of one standard."""
    return shipped("scorecards") / "units" / f"{name}.yaml"


def units(names: Sequence[str] = UNITS) -> list[Unit]:
    """Return the maps of some standards, in the order of the names."""
    return [_unit(name) for name in names]


@cache
def _unit(name: str) -> Unit:
    """Return one map, read once: the demo and the tests play many commands in one process."""
    return validate(yaml.read(unit_file(name), f"units/{name}.yaml"), Unit)
