"""``python -m qacli``."""

from qacli.cli import script

script()
