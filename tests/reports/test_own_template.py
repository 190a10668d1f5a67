"""An organisation's own template says what it likes; what the records are is said by us."""

from __future__ import annotations

import pytest

from qacli.reports.environment import Inert
from qacli.reports.own_template import own_document
from qacli.reports.sandbox import TemplateRefused

VALUES = {
    "colleague": "Birch *7* <b>",
    "where": Inert(r"chat\@1"),
    "parts": [{"points": ["[x](y)"]}],
    "n": 2,
    "left": [],
}


@pytest.fixture
def ours(tmp_path):
    def fill(text, provenance="live"):
        path = tmp_path / "ours.md.j2"
        path.write_text(text, "utf-8")
        return own_document(path, VALUES, provenance, "qacli report x --format json")

    return fill


def test_values_are_shown_as_they_are_and_the_records_are_marked(ours):
    text = "# {{ colleague }}\n\n{% for part in parts %}{{ part.points[0] }}{% endfor %} {{ where }} {{ n }}{% if left %}!{% endif %}\n"
    said = "# Birch \\*7\\* &lt;b&gt;\n\n\\[x\\](y) chat\\@1 2\n\nProvenance of these records: "
    assert ours(text) == f"{said}live.\n"
    assert ours(text, "training") == f"**Training data: not a record of real work.**\n\n{said}training.\n"


def test_what_cannot_be_filled_says_what_can(ours):
    with pytest.raises(TemplateRefused, match="'nobody' is undefined") as caught:
        ours("{{ nobody }}")
    assert "the names of qacli report x --format json" in str(caught.value)
