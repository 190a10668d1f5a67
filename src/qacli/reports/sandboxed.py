"""A template that somebody else wrote, run in a process of its own: no files, no network, little time, little memory.

This file is started as a script, apart from everything else; ``sandbox`` starts it.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any

SECONDS = 2
MEMORY = 512 * 1024 * 1024
LONGEST = 1_000_000
"""So many characters are more than any document has."""


def _limited() -> None:
    try:
        import resource
    except ImportError:  # Windows has none; there only the time is limited, from outside
        return
    limits = ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, 0))
    for what, most in limits:
        with suppress(ValueError, OSError):  # where the system knows no such limit, the others still hold
            resource.setrlimit(what, (most, most))


def _marked(value: Any) -> Any:
    """Return values as text that is Markdown already; what the template itself makes is escaped."""
    from markupsafe import Markup

    if isinstance(value, dict):
        return {name: _marked(each) for name, each in value.items()}
    if isinstance(value, list):
        return tuple(_marked(each) for each in value)
    return Markup(value) if isinstance(value, str) else value  # noqa: S704 - every text was made inert before


def rendered(source: str, values: dict[str, Any]) -> str:
    """Return a template filled with values. Raises jinja2.TemplateError and what the template makes Python raise."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.globals.clear()
    found, length = [], 0
    for piece in environment.from_string(source).generate(_marked(values)):
        length += len(piece)
        if length > LONGEST:
            raise ValueError(f"the document gets longer than {LONGEST:,} characters")
        found.append(piece)
    return "".join(found)


def main() -> None:
    """Read {source, values} from standard input, write {text} or {wrong, line} to standard output."""
    asked = json.load(sys.stdin)
    _limited()
    try:
        answer: dict[str, Any] = {"text": rendered(asked["source"], asked["values"])}
    except MemoryError:
        answer = {"wrong": "it takes too much memory", "line": None}
    except Exception as wrong:  # noqa: BLE001 - whatever a template does is its own fault, and told
        answer = {"wrong": str(wrong) or type(wrong).__name__, "line": getattr(wrong, "lineno", None)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
