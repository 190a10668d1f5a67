"""Templates that are not ours: they run in a process of their own, and what they may do is little."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qacli.files.text import unsafe, visible
from qacli.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPT = Path(__file__).with_name("sandboxed.py")
NEEDED = ("SYSTEMROOT",)
"""What Windows starts no process without; nothing else of the environment is handed on."""
SECONDS = 20
"""So long the process may take in all; two of them it may compute."""


class TemplateRefused(Refusal, rule="template-refused"):
    """A template of the organisation does what no document needs, or cannot be filled."""

    def __init__(self, name: str, why: str, line: int | None = None) -> None:
        where = f" in line {line} of its jinja" if line else ""
        super().__init__(
            f"template {name} was not filled{where}: {visible(why)[:300]}",
            help="it can use title, organisation, case and parts, with if and for; nothing of Python",
        )


def filled(name: str, source: str, values: Mapping[str, Any]) -> str:
    """Return a template of the organisation, called ``name`` in messages, filled with values that are plain data.

    Texts among them are taken for Markdown that is inert already; what the template adds is escaped. Raises TemplateRefused.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(SCRIPT)],
            input=json.dumps({"source": source, "values": values}),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            env={name: os.environ[name] for name in NEEDED if name in os.environ},
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise TemplateRefused(name, "it takes too long") from None
    except json.JSONDecodeError:
        raise TemplateRefused(name, "it takes too long, or too much memory") from None
    if "wrong" in answer:
        raise TemplateRefused(name, answer["wrong"], answer["line"])
    text: str = answer["text"]
    if hidden := unsafe(text):
        raise TemplateRefused(name, f"it makes what cannot be seen: {hidden[0].name}")
    return text
