"""What whys and fixes may be called. Light, so that the commands can offer it."""

from __future__ import annotations

from typing import Literal

Confidence = Literal["possible", "likely", "shown"]
"""How sure a why is: possible is a candidate, likely has evidence for it, shown has been seen to be so."""
FixKind = Literal["remove", "prevent", "detect"]
"""What a fix does to a cause: takes it away, keeps it from doing harm, or only shows sooner that it did."""
