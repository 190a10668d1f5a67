"""Text of a case: what tells how much without a record is found; days, ids and figures by name are not that."""

from __future__ import annotations

import pytest

from qacli.improve.cases.trace import fields, typed_figures, without_fields


@pytest.mark.parametrize(
    "text",
    [
        "It brings £40,000.",
        "40k",
        "GBP40",
        "40 %",
        "a 5-day course",
        "3 people",
        "１２ calls",
        "½ of them",
        "forty people",
        "half of the calls",
        "Twice as many",
        "two thirds",
        "a dozen",
        "in 2026 calls",
        "kv40000",
    ],
)
def test_a_typed_figure_is_found(text):
    assert typed_figures(text, "GBP")


@pytest.mark.parametrize(
    "text",
    [
        "Since 5 May 2026 the panel lies behind a tab.",
        "from 2026-05-05, in 2026-W20 and May 2026, since 2024.",
        "CH1.2, PH4.2 and MON-16; see w_3f and o_c-2.",
        "One of them asked, then called twice.",
        "The third party has no other half.",
    ],
)
def test_days_and_ids_are_no_figures(text):
    assert typed_figures(text, "GBP") == []


def test_what_stands_in_braces_is_named():
    text = "{missed} of chats, {panel.gain} better"
    assert list(fields(text)) == ["missed", "panel.gain"]
    assert typed_figures(without_fields(text + " {a1000}")) == []
