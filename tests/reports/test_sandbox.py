"""Templates of the organisation run apart: they fill in text, and reach nothing else."""

from __future__ import annotations

import pytest
from jinja2 import TemplateError

from qacli.reports import sandboxed
from qacli.reports.sandbox import TemplateRefused, filled

VALUES = {"title": "A \\* star", "parts": {"summary": "## Why"}, "lines": ["one", "two"]}


def test_a_template_is_filled():
    source = "# {{ title }}\n{% for each in lines %}\n- {{ each }}\n{% endfor %}\n{{ parts.summary }}"
    assert filled("board@1", source, VALUES) == "# A \\* star\n- one\n- two\n## Why"


def test_what_a_template_makes_itself_is_escaped():
    assert sandboxed.rendered("{{ '<b>' }}{{ title }}", VALUES) == "&lt;b&gt;A \\* star"


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ title|attr('__class__') }}",
        "{{ lines.append('three') }}",
        "{{ range(100000000)|list }}",
        "{{ lines.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}{{ os }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ '{0.__class__}'.format(title) }}",
        "{{ nobody }}",
        "{% for each in lines %}",
        "{% for a in 'x' * 2000 %}{{ 'y' * 2000 }}{% endfor %}",
    ],
)
def test_what_reaches_out_is_refused(source):
    with pytest.raises((TemplateError, TypeError, OverflowError, ValueError)):
        sandboxed.rendered(source, VALUES)


def test_what_takes_all_memory_is_ended():
    # the sandbox of the template engine itself lets it pass
    with pytest.raises(TemplateRefused, match="memory"):
        filled("board@1", "{{ ('a' * 10 ** 9)|length }}", VALUES)


def test_the_line_is_named():
    with pytest.raises(TemplateRefused, match=r"template board@1 was not filled in line 2 of its jinja"):
        filled("board@1", "one\n{% for %}", VALUES)
