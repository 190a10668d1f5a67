"""What cases, their ends and support may be called. Light, so that the commands can offer it."""

from __future__ import annotations

from typing import Literal

Reach = Literal["one", "several", "many", "public"]
Technique = Literal[
    "listening", "apology", "call-back", "meeting", "expert", "written-answer", "mediation", "third-party", "safe-guard"
]
"""How a difficult case was dealt with; safe-guard is getting a person to safety first."""
Outcome = Literal["settled", "partly", "not-upheld", "passed-on"]
Kind = Literal["session", "question", "reminder"]
"""How somebody who leads was supported."""
