"""A report as a page: everything that the Markdown says, nothing that runs or is fetched."""

from __future__ import annotations

import re

import pytest

from qacli.reports.printed import printed

REPORT = """\
# Feedback for O'Brien &amp; Sons

**Example data.**

| | Name |
|---|---|
| Given by | Ash \\| Oak |

- first
- Seen: \\*loud\\*

> my own words

---

n = 2
"""


@pytest.fixture(scope="module")
def page():
    return printed(REPORT, "example")


def test_it_says_what_the_markdown_says(page):
    assert "<title>Feedback for O&#39;Brien &amp; Sons</title>" in page
    assert "<h1>Feedback for O'Brien &amp; Sons</h1>" in page
    assert "<p><strong>Example data.</strong></p>" in page
    assert "<li>Seen: *loud*</li>" in page
    assert "<td>Ash | Oak</td>" in page
    assert "<blockquote>\n<p>my own words</p>\n</blockquote>" in page


def test_a_table_can_be_moved_by_keys_and_only_a_head_with_words_is_one(page):
    assert page.count('<div class="wide" tabindex="0" role="region" aria-label="Table 1"><table>') == 1
    assert re.findall(r"<(td|th)\b([^>]*)>", page)[:2] == [("td", ""), ("th", ' scope="col"')]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](data:text/html,y)", "<p>[x](data:text/html,y)</p>"),
        ("[x](https://a.example)", '<p><a href="https://a.example">x</a></p>'),
        ("9 % of 3 % cost GBP -2,535 or EUR 7", "<p>9\xa0% of 3\xa0% cost GBP\xa0-2,535 or EUR\xa07</p>"),
        ("![the <plan>](https://a.example/x.png)", "<p>the &lt;plan&gt;</p>"),
    ],
)
def test_nothing_in_it_runs_or_is_fetched(typed, shown):
    page = printed(typed, "live")
    assert shown in page
    assert "<img" not in page
    assert "default-src &#39;none&#39;" in page


def test_no_heading_is_no_title():
    assert "<title></title>" in printed("text", "live")
