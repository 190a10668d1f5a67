"""What a cell or a result file means by its words."""

from __future__ import annotations

import pytest
from blank_forms import SCALES
from scoring_cards import scale

from qacli.files.yaml import parse
from qacli.interchange.filled.handed import point
from qacli.prepare.scorecards.scale import Scale

FROM_0 = Scale.model_validate(
    parse(
        """
        {id: from0, version: 1, owner: p_tl1, from: 2026-01-01, title: From 0, kind: ordinal, met_at: 3, points: [
          {point: 0, value: 0, label: poor}, {point: 1, value: 40, label: fair}, {point: 3, value: 100, label: good}]}
        """,
        "s.yaml",
    ).data
)


@pytest.mark.parametrize(
    ("text", "of", "means"),
    [
        # spreadsheets keep numbers as 5.0; others type them as text, or with blanks and capitals
        ("5.0", "point5@1", "5"),
        ("4", "point5@1", "4"),
        (" yes ", "binary@1", "met"),
        ("NO", "binary@1", "not_met"),
        ("Not  met", "binary@1", "not_met"),
        ("met", "binary@1", "met"),
        ("n/a", "binary@1", "na"),
        ("N.A.", "point5@1", "na"),
        ("85", "number100@1", "85"),
        ("85,0", "number100@1", "85"),
        ("085", "number100@1", "85"),
        ("", "point5@1", ""),
        (" ", "point5@1", ""),
        # what means nothing stays as it was typed, for whoever has to mend it
        ("83", "number100@1", "83"),
        ("7", "point5@1", "7"),
        ("4.5", "point5@1", "4.5"),
        ("1e2", "number100@1", "1e2"),
        ("yes", "point5@1", "yes"),
        ("٤", "point5@1", "٤"),
        ("9" * 400, "point5@1", "9" * 400),
    ],
)
def test_what_is_typed_means_a_point(text, of, means):
    assert point(text, SCALES[of]) == means


def test_a_file_knows_no_keys():
    """At the terminal the key 1 is the worst point; in a file it is the point that is called 1."""
    assert [point(text, FROM_0) for text in ("0", "1", "3", "2", "good")] == ["0", "1", "3", "2", "3"]
    assert point("4", scale("ten@1")) == "4"
