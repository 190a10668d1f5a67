"""A profile as the YAML text that people read and change."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_ ]*[A-Za-z0-9_]|[A-Za-z]")
FIRST = ("id", "version", "owner", "from", "kind_of_source", "encoding", "quoting", "decimal", "time_zone")


def profile_text(body: Mapping[str, Any], notes: Sequence[str]) -> str:
    """Return the text of a profile, with what its reader should know at the end."""
    lines = ["# How this export is read. Change what is wrong, then run: qacli source check"]
    lines += [f"{name}: {word(body[name])}" for name in FIRST if name in body]
    lines += [
        "# What stands in a cell where nothing is known",
        f"missing: [{', '.join(json.dumps(each, ensure_ascii=False) for each in body['missing'])}]",
    ]
    if "grain" in body:
        lines += [
            "# A transaction fills several rows: one row of each counts (keep: last or first)",
            f"grain: {{one_per: transaction, keep: {body['grain']['keep']}}}",
        ]
    lines += ["# our name: where it comes from; columns that are not named here are left out", "columns:"]
    for field, setting in body["columns"].items():
        lines.append(f"  {field}:")
        lines += [f"    {name}: {_value(value)}" for name, value in setting.items() if name != "values"]
        if setting.get("values"):
            lines += ["    # the export's word: ours", "    values:"]
            lines += [f"      {word(raw)}: {word(ours)}" for raw, ours in setting["values"].items()]
    return "\n".join([*lines, *(f"# {note}" for note in notes)]) + "\n"


def _value(value: str | Sequence[str]) -> str:
    return word(value) if isinstance(value, str) else f"[{', '.join(map(word, value))}]"


def word(text: str) -> str:
    """Return a text as a YAML value, quoted where it needs to be."""
    bare = PLAIN.fullmatch(text) or re.fullmatch(r"[A-Za-z0-9_/.-]+", text)
    return text if bare else json.dumps(text, ensure_ascii=False)
