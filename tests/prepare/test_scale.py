import pytest

from qacli.prepare.scale import Scale

THREE = """
id: three
version: 1
owner: p_tl1
from: 2026-01-01
title: Three
kind: ordinal
points:
  - {point: below, value: 0, label: below}
  - {point: meets, value: 75, label: meets}
  - {point: above, value: 100, label: above}
met_at: meets
"""


def test_c02_a_scale_says_what_a_point_is_worth_and_whether_it_meets_the_standard(read):
    scale = read(Scale, THREE)
    assert (scale.value("meets"), scale.top, scale.bottom) == (75, "above", "below")
    assert [point.point for point in scale.points if scale.meets(point.point)] == ["meets", "above"]
    assert scale.keys() == {"1": "below", "2": "meets", "3": "above"}
    with pytest.raises(KeyError):
        scale.value("na")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("value: 75", "value: 100", "points.2.value"),
        ("value: 75", "value: 175", "points.1.value"),
        ("point: above", "point: meets", "points.2.point"),
        ("met_at: meets", "met_at: met", "met_at"),
        ("met_at: meets", "met_at: below", "met_at"),
        ("kind: ordinal", "kind: binary", "kind"),
        ("from: 2026-01-01", "from: 2026-01-01\nto: 2025-01-01", "to"),
    ],
)
def test_c02_a_scale_that_does_not_hold_together_is_refused_at_its_place(wrong, old, new, place):
    assert place in wrong(Scale, THREE.replace(old, new))


def test_everything_wrong_is_told_in_one_run(wrong):
    both = THREE.replace("value: 75", "value: 0").replace("met_at: meets", "met_at: met")
    assert set(wrong(Scale, both)) == {"points.1.value", "met_at"}
