from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from qacli.monitor.sampling.assignment import assign

PEOPLE = ["p_a", "p_b", "p_c", "p_d"]


def test_nobody_gets_their_own_work_and_what_is_left_has_nobody():
    assert assign(["p_a", "p_b"], ["p_a", "p_b"]) == ["p_b", "p_a"]
    assert assign(["p_a", "p_b"], ["p_a"]) == ["", "p_a"]


def test_each_colleague_is_seen_by_several():
    found = assign(["p_x"] * 3 + ["p_y"] * 3, ["p_a", "p_b", "p_c"])
    assert [set(found[:3]), set(found[3:])] == [{"p_a", "p_b", "p_c"}] * 2


@given(st.lists(st.sampled_from([*PEOPLE, "p_x", "p_y"])), st.lists(st.sampled_from(PEOPLE), min_size=1, unique=True))
def test_laws_of_assignment(colleagues, evaluators):
    found = assign(colleagues, evaluators)
    assert len(found) == len(colleagues)
    assert all(evaluator != colleague for evaluator, colleague in zip(found, colleagues, strict=True))
    assert all(
        evaluator in evaluators or (not evaluator and evaluators == [colleague])
        for evaluator, colleague in zip(found, colleagues, strict=True)
    )
    for colleague in set(colleagues):
        able = [each for each in evaluators if each != colleague]
        seen = Counter(e for e, c in zip(found, colleagues, strict=True) if c == colleague and e)
        if able:
            counts = [seen[each] for each in able]
            assert max(counts) - min(counts) <= 1


@given(st.integers(0, 40), st.integers(1, 4))
def test_work_on_others_is_shared_evenly(count, evaluators):
    load = Counter(assign(["p_x"] * count, PEOPLE[:evaluators]))
    assert max(load.values(), default=0) - min((load[each] for each in PEOPLE[:evaluators]), default=0) <= 1
