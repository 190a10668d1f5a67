import pytest
from hypothesis import given
from hypothesis import strategies as st

from qacli.understand.kpis.drilling import Amount, drill

AMOUNTS = st.dictionaries(
    st.sampled_from("abc"),
    st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda pair: Amount(min(pair), max(pair))),
    min_size=1,
)


def test_c14_a_reversal_is_told():
    # Charig et al. 1986, BMJ 292:879-882: 83 against 78 % on the whole, and the other way in both slices
    keyhole = {"small": Amount(234, 270), "large": Amount(55, 80)}
    surgery = {"small": Amount(81, 87), "large": Amount(192, 263)}
    found = drill("product", keyhole, surgery, 100)
    assert found.reversal
    assert (round(found.before, 1), round(found.after, 1)) == (82.6, 78.0)
    assert found.rate > 0 > found.mix
    assert not drill("product", keyhole, {"small": Amount(81, 87)}, 100).reversal


def test_c14_rate_and_mix_as_in_a_worked_example():
    # shares 50/50 then 75/25, rates 40/20 then 44/24: mix (.25 · 12 to each side) = 5, rate 4
    before = {"a": Amount(20, 50), "b": Amount(10, 50)}
    after = {"a": Amount(33, 75), "b": Amount(6, 25)}
    found = drill("channel", before, after, 100)
    assert (found.change, found.mix, found.rate) == pytest.approx((9, 5, 4))


@given(AMOUNTS, AMOUNTS)
def test_c14_mix_and_rate_add_up_to_the_change(before, after):
    found = drill("team", before, after, 100)
    assert found.change == pytest.approx(found.mix + found.rate, abs=1e-9)
    assert found.change == pytest.approx(sum(part.mix + part.rate for part in found.parts), abs=1e-9)


def test_c14_without_a_figure_on_one_side_nothing_is_taken_apart():
    found = drill("team", {}, {"a": Amount(1, 2)}, 100)
    assert (found.before, found.after, found.change, found.mix) == (None, 50, None, None)
