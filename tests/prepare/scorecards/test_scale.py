import pytest

from qacli.prepare.scorecards.scale import Scale

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
    assert scale.answers == ("below", "meets", "above")
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


NUMBER = """
id: measured
version: 1
owner: p_tl1
from: 2026-01-01
title: Measured
kind: number
range: {from: 0, to: 100, step: 5}
bands: [{band: fail, from: 0, label: not met}, {band: near, from: 60, label: nearly met}, {band: met, from: 80, label: met}]
met_at: 80
"""


def test_c02_a_number_scale_takes_its_steps_and_is_worth_its_share(read):
    scale = read(Scale, NUMBER)
    assert [answer for answer in ("0", "60", "85", "100") if not scale.has(answer)] == []
    assert [answer for answer in ("83", "105", "-5", "085", "85.0", "1e2", "met", "na", "") if scale.has(answer)] == []
    assert [scale.read(typed) for typed in ("085", "85.0", "83", "eighty")] == ["85", "85", "", ""]
    assert [(answer, scale.value(answer), scale.meets(answer)) for answer in ("0", "75", "80", "100")] == [
        ("0", 0, False),
        ("75", 75, False),
        ("80", 80, True),
        ("100", 100, True),
    ]
    assert (scale.label("75"), scale.bottom, scale.top, scale.keys()) == ("75 (nearly met)", "0", "100", {})
    assert scale.in_words == "0 to 100 in steps of 5"
    assert (len(scale.answers), scale.answers[:3], scale.answers[-1]) == (21, ("0", "5", "10"), "100")
    for wrong in ("83", "met"):
        with pytest.raises(KeyError):
            scale.value(wrong)
        with pytest.raises(KeyError):
            scale.label(wrong)


def test_c02_a_number_is_described_by_its_band_or_its_end(read):
    scale = read(Scale, NUMBER)
    bands = {"fail": "late", "near": "a little late", "met": "in time"}
    assert [scale.described(answer, bands) for answer in ("55", "60", "100")] == ["late", "a little late", "in time"]
    assert [scale.described(answer, {"0": "late", "100": "in time"}) for answer in ("0", "50", "100")] == [
        "late",
        "",
        "in time",
    ]


def test_c02_other_ranges_are_worth_their_share_of_100(read):
    scale = read(Scale, NUMBER.replace("to: 100, step: 5", "to: 10, step: 0.5").replace("met_at: 80", "met_at: 8")
                 .replace("from: 60", "from: 6").replace("from: 80", "from: 8"))  # fmt: skip
    assert [answer for answer in scale.answers if not scale.has(answer)] == []
    assert scale.answers[-2:] == ("9.5", "10")
    assert (scale.value("7.5"), scale.has("7.5"), scale.has("7.25"), scale.top) == (75, True, False, "10")


def test_c02_the_standard_may_lie_between_whole_numbers(read):
    scale = read(Scale, NUMBER.replace("to: 100, step: 5", "to: 10, step: 0.5").replace("met_at: 80", "met_at: 7.5")
                 .replace("from: 60", "from: 6").replace("from: 80", "from: 7.5"))  # fmt: skip
    assert [scale.meets(answer) for answer in ("7", "7.5", "8")] == [False, True, True]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("range: {from: 0, to: 100, step: 5}\n", "", "kind"),
        ("to: 100, step: 5", "to: 0, step: 5", "range.to"),
        ("step: 5", "step: 7", "range.step"),
        ("step: 5", "step: 0", "range.step"),
        ("{band: fail, from: 0", "{band: fail, from: 5", "bands.0.from"),
        ("{band: near, from: 60", "{band: near, from: 62", "bands.1.from"),
        ("{band: near, from: 60", "{band: near, from: 80", "bands.2.from"),
        ("band: near", "band: fail", "bands.1.band"),
        ("band: near", "band: na", "bands.1.band"),
        ("met_at: 80", "met_at: 82", "met_at"),
        ("met_at: 80", "met_at: 82.5", "met_at"),
        ("met_at: 80", "met_at: 8.", "met_at"),
        ("met_at: 80", "met_at: 70", "met_at"),
        ("met_at: 80", "met_at: 0", "met_at"),
        ("met_at: 80", "met_at: 80\ndescribe: [none]", "describe.0"),
        ("met_at: 80", "met_at: 80\npoints: [{point: a, value: 0, label: a}]", "points"),
        ("kind: number", "kind: ordinal", "range"),
    ],
)
def test_c02_a_number_scale_that_does_not_hold_together_is_refused_at_its_place(wrong, old, new, place):
    assert old in NUMBER
    assert place in wrong(Scale, NUMBER.replace(old, new))


def test_c02_a_deviation_scale_ends_with_no_deviation(wrong):
    text = THREE.replace("kind: ordinal", "kind: deviation")
    assert wrong(Scale, text.replace("value: 100", "value: 95")) == {
        "points.2.value": "above is the best point: without a deviation it is worth 100"
    }


def test_c02_two_points_are_binary_and_na_is_no_point(wrong):
    two = THREE.replace("  - {point: below, value: 0, label: below}\n", "").replace("met_at: meets", "met_at: above")
    assert wrong(Scale, two) == {"kind": "this kind of scale has 3 to 7 points, this one 2; with 2 it is binary"}
    assert set(wrong(Scale, THREE.replace("point: below", "point: na"))) == {"points.0.point"}


def test_c02_points_that_are_letters_are_their_own_keys(read):
    text = (
        THREE.replace("point: below", "point: c")
        .replace("point: meets", "point: b")
        .replace("point: above", "point: a")
    )
    assert read(Scale, text.replace("met_at: meets", "met_at: b")).keys() == {"c": "c", "b": "b", "a": "a"}
