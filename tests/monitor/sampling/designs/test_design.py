from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qacli.monitor.sampling.designs.design import Share


@given(st.integers(1, 5000), st.integers(0, 10**7))
def test_a_weight_is_the_quotient_of_the_counts_behind_a_chance(drawn, more):
    # 1 / (3 / 49) is not 49 / 3 in floating point, and weights must add up to what there is
    eligible = drawn + more
    assert Share(drawn, drawn, drawn / eligible).weight == eligible / drawn


@given(st.floats(1e-6, 1))
def test_the_weight_of_any_chance_is_one_over_it(chance):
    assert abs(Share(1, 1, chance).weight * chance - 1) < 1e-9


def test_a_weight_is_exact_up_to_a_thousand_million():
    assert Share(1, 1, 1 / 999_999_937).weight == 999_999_937
    assert Share(1, 1, 1 / 1_000_000_007).weight == 10**9
