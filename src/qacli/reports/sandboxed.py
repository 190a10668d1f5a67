"""The other side of the sandbox: a process of its own that fills one template and ends. It opens no file.

It reads JSON from standard input, {template, values}, and writes JSON: {text}, or {fault, line}.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from qacli.reports.environment import Inert, inert

LONGEST = 1_000_000
"""Characters of a document."""
SECONDS, BYTES = 5, 1 << 29
"""What the process may use: time of the processor, and memory."""
MARKED = "inert markdown"
"""The one key of a mapping that stands for text that is Markdown already."""


def main() -> None:
    """Fill the template and say what came of it."""
    asked = json.loads(sys.stdin.read(), object_hook=_marked)
    _limited()
    json.dump(filled(asked["template"], asked["values"]), sys.stdout)


def _marked(mapping: dict[str, Any]) -> Any:
    return Inert(mapping[MARKED]) if set(mapping) == {MARKED} else mapping


def _limited() -> None:
    """Limit what the process may use, where the system can: memory, time, and no file of any length."""
    try:
        import resource
    except ImportError:  # the parent ends it when its time is over
        return
    for what, most in ((resource.RLIMIT_AS, BYTES), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(what, (most, most))


def filled(template: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the text of a filled template, or its fault with the line where it is known.

    The sandbox of Jinja2 keeps a template from everything but the values; they are texts, numbers, lists and mappings.
    """
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(  # Markdown, not HTML: finalize escapes every value for it
        undefined=StrictUndefined, finalize=inert, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    made.filters["md"] = inert
    made.globals.clear()
    try:
        parts, length = [], 0
        for part in made.from_string(template).generate(values):
            parts.append(part)
            length += len(part)
            if length > LONGEST:
                return {"fault": f"the document is longer than {LONGEST:,} characters", "line": None}
        return {"text": "".join(parts)}
    except TemplateSyntaxError as wrong:
        return {"fault": str(wrong.message), "line": wrong.lineno}
    except (TemplateError, MemoryError, OverflowError, RecursionError, TypeError, ValueError, ArithmeticError) as wrong:
        return {"fault": str(wrong) or "it needs more memory than a document may", "line": _line(wrong)}


def _line(wrong: BaseException) -> int | None:
    """Return the line of the template in which it went wrong."""
    found, trace = None, wrong.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


if __name__ == "__main__":
    main()
