"""An organisation's own template reaches its values and nothing else; attacks are those of RELIABILITY's table and the CVEs' kind."""

from __future__ import annotations

import pytest

from qacli.files.faults import FileFaults
from qacli.reports import sandbox, sandboxed
from qacli.reports.environment import Inert
from qacli.reports.sandbox import own_document

VALUES = {"colleague": "Birch *7*", "where": Inert(r"chat\@1"), "parts": [{"kind": "strength", "points": []}], "n": 2}


def fill(text):
    return sandboxed.filled(text, VALUES)


def test_it_fills_values_as_they_are():
    template = (
        "# {{ colleague }}\n{% for part in parts %}{{ part.kind }} {{ loop.index }} {{ where }} {{ n }}{% endfor %}"
    )
    assert fill(template) == {"text": "# Birch \\*7\\*\nstrength 1 chat\\@1 2"}


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''|attr('__class__') }}",
        "{{ '%s'.__class__ }}",
        "{{ '{0.__class__}'.format(n) }}",
        "{{ ('{0.__class__}'|string).format(n) }}",
        "{{ range(100000000)|list }}",
        "{{ 'a' * 2000000 }}",
        "{{ lipsum.__globals__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ parts.append(1) }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ 1 / 0 }}",
        "{{ nobody }}",
        "{% for %}",
    ],
)
def test_what_reaches_out_is_stopped(attack):
    found = fill(attack)
    assert "text" not in found or "class" not in found["text"]
    assert found.get("fault"), found


def test_a_process_of_its_own_fills_it_with_limits(tmp_path, monkeypatch):
    path = tmp_path / "ours.md.j2"
    path.write_text("# For {{ colleague }}\n\n{{ where }}\n", "utf-8")
    assert own_document(path, VALUES, "live") == (
        "# For Birch \\*7\\*\n\nchat\\@1\n\nProvenance of these records: live.\n"
    )
    assert own_document(path, VALUES, "training").startswith("**Training data: not a record of real work.**\n\n# For")
    path.write_text("one\n{{ parts[0].nobody }}\n", "utf-8")
    with pytest.raises(FileFaults) as caught:
        own_document(path, VALUES, "live")
    assert f"{path}:2" in str(caught.value)
    assert "2 | {{ parts[0].nobody }}" in str(caught.value)
    nested = "{% for a in x %}" * 12 + "{% endfor %}" * 12
    path.write_text("{% set x = ('a' * 1000)|list %}" + nested, "utf-8")
    monkeypatch.setattr(sandbox, "SECONDS", 0.4)
    with pytest.raises(FileFaults, match="more time or memory"):
        own_document(path, VALUES, "live")
