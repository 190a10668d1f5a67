"""What tests a rule: one line, read into what is measured and its bound."""

from __future__ import annotations

from datetime import date

import pytest

from qacli.govern.requirements.bound import read


@pytest.mark.parametrize(
    ("text", "kind", "name", "variant", "bound"),
    [
        ("criterion co-clock at least 98", "criterion", "co-clock", "", "98"),
        ("kpi vulnerability-gap/csat at most 0", "kpi", "vulnerability-gap", "csat", "0"),
        ("kpi answered-on-time at least 99.5", "kpi", "answered-on-time", "", "99.5"),
    ],
)
def test_a_line_is_read(text, kind, name, variant, bound):
    found = read(text)
    assert (found.kind, found.name, found.variant, str(found.bound)) == (kind, name, variant, bound)


@pytest.mark.parametrize(
    "text",
    [
        "criterion co-clock at least 101",
        "criterion co-clock at most 5",
        "clock answer within 0 days",
        "clock answer within soon",
        "clock answer within 3 business days beginning on receipt",
        "kpi csat above 80",
        "clock answer",
        "",
    ],
)
def test_what_is_no_test_is_none(text):
    assert read(text) is None


# 15 business days and eight weeks from 1 April 2026 in England: counted in a calendar, Easter on 5 April 2026.
# "30 days beginning when the complaint is received": section 164A(3) of the Data Protection Act 2018.
@pytest.mark.parametrize(
    ("text", "received", "last"),
    [
        ("clock answer within 8 weeks", date(2026, 2, 10), date(2026, 4, 7)),
        ("clock answer within 6 weeks", date(2026, 4, 10), date(2026, 5, 22)),
        ("clock answer within 15 business days", date(2026, 4, 1), date(2026, 4, 24)),
        ("clock a within 1 month", date(2026, 1, 31), date(2026, 2, 28)),
        ("clock a within 30 days", date(2026, 6, 19), date(2026, 7, 19)),
        ("clock a within 30 days beginning on receipt", date(2026, 6, 19), date(2026, 7, 18)),
    ],
)
def test_a_clock_ends(text, received, last):
    assert read(text).due(received, "england-wales") == last
