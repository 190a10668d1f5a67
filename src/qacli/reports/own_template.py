"""An organisation's own template for a report: read here, filled in the sandbox, marked by us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qacli.reports.environment import BANNERS, inert

if TYPE_CHECKING:
    from pathlib import Path


def own_document(path: Path, values: dict[str, Any], provenance: str, given: str) -> str:
    """Return an organisation's own template filled with the values of a report, as Markdown.

    What stands at the top of every document that is not live, and the provenance of its records, are there whatever the
    template says. ``given`` says where its writer finds what it is given. Raises FileFaults for a file that cannot be read,
    TemplateRefused for one that cannot be filled.
    """
    from qacli.files.door import read_text
    from qacli.reports.sandbox import TemplateRefused, filled

    source = read_text(path, str(path))
    try:
        text = filled(str(path), source, {name: _plain(value) for name, value in values.items()})
    except TemplateRefused as wrong:
        wrong.help = f"it can use if, for and the names of {given}; nothing of Python"
        raise
    banner = BANNERS[provenance]
    head = f"**{banner}**\n\n" if banner and banner not in text else ""
    return f"{head}{text.rstrip()}\n\nProvenance of these records: {provenance}.\n"


def _plain(value: Any) -> Any:
    """Return a value as plain data, every text of it as Markdown that shows it as it is."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return str(inert(value)) if isinstance(value, str) else value
