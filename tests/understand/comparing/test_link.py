"""Linked, not linked within a margin, undecided."""

from __future__ import annotations

import random

import pytest

from qacli.understand.comparing.link import LINKED, NOT_LINKED, UNDECIDED, Link, among_many, in_words, link, verdict_of

# Spearman's example of IQ and hours of television, ten people: rho = -29/165 = -0.17575... (Wikipedia, "Spearman's rank
# correlation coefficient"); limits of Bonett and Wright from the formula: -0.72783 to 0.51455
IQ = (86, 97, 99, 100, 101, 103, 106, 110, 112, 113)
HOURS = (2, 20, 28, 27, 50, 29, 7, 17, 6, 12)


def test_ten_pairs_have_a_figure_and_no_verdict() -> None:
    found = link(IQ, HOURS)
    assert (found.rho, found.low, found.high) == pytest.approx((-29 / 165, -0.72783, 0.514547), abs=1e-6)
    assert (found.verdict, found.note) == ("too few", "10 pairs; a verdict takes 30")
    assert in_words(found) == "too few (10 pairs; a verdict takes 30; rho -0.18, -0.73 to 0.51, n 10)"


def test_under_ten_pairs_there_is_no_figure() -> None:
    found = link(IQ[:9], HOURS[:9])
    assert (found.rho, found.verdict, in_words(found)) == (None, "too few", "too few (9 pairs; a verdict takes 30)")


def test_a_column_that_is_always_the_same_says_so() -> None:
    assert in_words(link([100.0] * 40, range(40))) == "no variation: ratings the same in all 40 pairs"
    assert link([1] * 40, [5] * 40).note == "no variation: ratings and measure the same in all 40 pairs"


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-0.10, 0.16, NOT_LINKED),  # the example of the month: rho 0.03, n 231
        (-0.20, 0.10, UNDECIDED),
        (-0.05, 0.25, UNDECIDED),
        (0.10, 0.45, LINKED),
        (-0.45, -0.10, LINKED),
        (0.02, 0.18, NOT_LINKED),
    ],
)
def test_the_limits_decide(low: float, high: float, verdict: str) -> None:
    assert verdict_of(low, high) == verdict


def test_a_link_within_the_margin_is_too_weak_to_matter_and_is_told() -> None:
    draw = random.Random(5)
    x = [draw.gauss(0, 1) for _ in range(4000)]
    found = link(x, [0.08 * value + draw.gauss(0, 1) for value in x])
    assert (found.verdict, found.note) == (NOT_LINKED, "a link is there, but weaker than the margin")
    assert in_words(found).startswith("not linked within 0.2 (rho 0.")


def test_the_same_order_throughout_is_a_link_without_limits() -> None:
    found = link(range(40), range(40))
    assert (found.verdict, found.low, in_words(found)) == (
        LINKED,
        None,
        "linked (rho 1.00, n 40); the same order throughout",
    )


def test_p_and_limits_never_disagree() -> None:
    draw = random.Random(1)
    for _ in range(60):
        x = [draw.gauss(0, 1) for _ in range(40)]
        found = link(x, [0.3 * value + draw.gauss(0, 1) for value in x], 0.01)
        assert found.p is not None
        assert (found.p < 0.05) == (found.verdict == LINKED)


def test_what_nearly_all_share_makes_no_link() -> None:
    rare = [1.0] * 4 + [0.0] * 296
    assert in_words(link(rare, range(300))).startswith("too few (only 4 of 300 ratings differ from the rest; rho ")
    assert link(range(300), rare).note == "only 4 of 300 values of the measure differ from the rest"
    fifteen = [1.0] * 15 + [0.0] * 285
    assert link(fifteen, fifteen).note == "15 and 15 of 300 differ from the rest: too few to meet"


def made(p: float, verdict: str) -> Link:
    return Link(100, 0.2, 0.01, 0.4, p, 0.2, verdict, "")


def test_one_of_twenty_that_chance_makes_is_undecided() -> None:
    found = among_many([made(0.04, LINKED), *[made(0.5, UNDECIDED)] * 19])
    assert (found[0].verdict, found[0].note) == (UNDECIDED, "would be called linked alone, not among 20 looks")
    assert among_many([made(0.0001, LINKED), *[made(0.5, UNDECIDED)] * 19])[0].verdict == LINKED


def test_a_margin_is_a_share_of_one() -> None:
    with pytest.raises(ValueError, match="margin of 20"):
        link(IQ, HOURS, 20)
