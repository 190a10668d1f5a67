"""A summary on paper: every n, per cent where it is a share, nothing undefined as a number."""

from __future__ import annotations

import pandas as pd
import pytest

from qacli.reports.summary import summary_document

NAN = float("nan")


def test_a_summary_keeps_every_n_and_says_what_is_not_known(golden):
    frame = pd.DataFrame(
        {
            "colleague": ["p_a07", "p_a09 | x"],
            "n": [46, 3],
            "mean": [84.65, NAN],
            "low": [80.0, NAN],
            "high": [89.25, NAN],
            "compliance": [17, 0],
            "compliance_share": [17 / 46, 0.0],
            "compliance_low": [0.245, NAN],
            "compliance_high": [0.514, NAN],
            "scored": [True, False],
        }
    )
    golden(
        "summary.md",
        summary_document(
            "Scores by colleague",
            frame,
            ["too few: under 5 <b>evaluations</b>"],
            "2 colleagues were observed.",
            organisation="Harbour & Vale Bank",
            provenance="example",
        ),
    )


def test_low_and_high_of_a_share_are_per_cent_too():
    frame = pd.DataFrame({"criterion": ["ch-idv"], "n": [46], "share": [0.3696], "low": [0.245], "high": [0.514]})
    assert "| ch-idv | 46 | 37.0 % | 24.5 % | 51.4 % |" in summary_document("t", frame, (), "s")


def test_a_summary_without_n_is_not_printed():
    with pytest.raises(ValueError, match="needs a column n"):
        summary_document("t", pd.DataFrame({"share": [0.1]}), (), "s")


def test_an_empty_summary_says_so():
    assert "No rows: nothing was observed" in summary_document("t", pd.DataFrame({"n": []}), ["no draw"], "s")
