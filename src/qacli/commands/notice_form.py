"""What ``qacli notice add`` still needs: from qacli.yaml, by a fixed rule, or asked for on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from qacli.commands.options import day
from qacli.model import UsageError

if TYPE_CHECKING:
    from qacli.workspace import Workspace

QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "audience": "who is told: customers or colleagues",
        "channel": "on which channel, or all",
        "from": "from which day (2026-05-18)",
        "wording": "the words that people hear or read",
        "delivered_by": "how it reaches them, for example announcement before the queue",
        "purpose": "why you monitor",
        "lawful_basis": "the lawful basis under data protection law",
        "dpia": "reference of the data protection impact assessment",
    }
)
"""What a notice cannot do without, in the order in which it is asked."""


def completed(workspace: Workspace, given: Mapping[str, str]) -> dict[str, object]:
    """Return the settings of a notice, in the order of the file.

    Purpose, lawful basis and assessment are those of qacli.yaml unless said; a notice to colleagues holds on all
    channels. Raises UsageError with every option that is missing where there is no terminal to ask on.
    """
    for name in ("from", "to", "review_by"):
        if given[name]:
            day(given[name])
    found = dict(given)
    for name in ("purpose", "lawful_basis", "dpia"):
        found[name] = found[name] or getattr(workspace.settings, name)
    if found["audience"] == "colleagues":
        found["channel"] = found["channel"] or "all"
    missing = [name for name in QUESTIONS if not found[name]]
    if missing and not (sys.stdin.isatty() and sys.stdout.isatty()):
        options = ", ".join(f"--{name.replace('_', '-')}" for name in missing)
        raise UsageError(f"the notice lacks {options}", help="there is no terminal to ask on: give them as options")
    for name in missing:
        found[name] = _asked(QUESTIONS[name])
    order = ("id", "version", "owner", *(name for name in given if name not in {"id", "version"}))
    return {name: workspace.actor if name == "owner" else found[name] for name in order}


def _asked(question: str) -> str:
    answer = ""
    while not answer:
        answer = input(f"{question}> ").strip()
    return answer
