import in_memory
import pytest

from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scale_lint import lint_scale


def test_a_scale_whose_points_are_named_is_silent(read):
    assert lint_scale(read(Scale, in_memory.POINT5)) == []
    assert lint_scale(read(Scale, in_memory.BINARY)) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        (
            "label: below",
            "label: 25 %",
            "unanchored-point",
            "point 2 is called '25 %': that says nothing about the work",
        ),
        ("label: nearly", "label: Point 3", "unanchored-point", "point 3 is called 'Point 3'"),
        ("label: nearly", "label: Below", "same-label", "3 is called what 2 is called"),
        ("label: an example to others", "label: really meets the standard", "only-degree", "differ only by 'really'"),
    ],
)
def test_c02_points_that_say_nothing_of_their_own_are_found(read, old, new, code, message):
    assert old in in_memory.POINT5
    [found] = lint_scale(read(Scale, in_memory.POINT5.replace(old, new)))
    assert found.code == code
    assert message in found.message


def test_c02_a_judgement_out_of_a_hundred_is_found_at_every_point(read):
    points = ", ".join(f"{{point: p{n}, value: {n}, label: {n} of 100}}" for n in (0, 20, 40, 60, 80, 100))
    text = in_memory.BINARY.replace(
        "points: [{point: not_met, value: 0, label: not met}, {point: met, value: 100, label: met}]\nmet_at: met",
        f"points: [{points}]\nmet_at: p60",
    ).replace("kind: binary", "kind: ordinal")
    assert [each.code for each in lint_scale(read(Scale, text))] == ["unanchored-point"] * 6
