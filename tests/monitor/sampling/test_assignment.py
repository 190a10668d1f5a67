from __future__ import annotations

import time
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from qacli.monitor.sampling.assignment import assign

PEOPLE = ["p_a", "p_b", "p_c", "p_d"]
COLLEAGUES = st.lists(st.sampled_from([*PEOPLE, "p_x", "p_y"]))
EVALUATORS = st.lists(st.sampled_from(PEOPLE), min_size=1, unique=True)


def test_nobody_gets_their_own_work_and_what_is_left_has_nobody():
    assert assign(["p_a", "p_b"], ["p_a", "p_b"]) == ["p_b", "p_a"]
    assert assign(["p_a", "p_b"], ["p_a"]) == ["", "p_a"]


def test_each_colleague_is_seen_by_several():
    found = assign(["p_x"] * 3 + ["p_y"] * 3, ["p_a", "p_b", "p_c"])
    assert [set(found[:3]), set(found[3:])] == [{"p_a", "p_b", "p_c"}] * 2


@given(COLLEAGUES, EVALUATORS)
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


@given(COLLEAGUES, EVALUATORS, st.dictionaries(st.sampled_from(PEOPLE), st.integers(0, 5)))
def test_nobody_gets_more_than_they_have_room_for_and_no_room_is_left_while_work_waits(colleagues, evaluators, most):
    found = assign(colleagues, evaluators, most)
    load = Counter(found)
    assert all(load[each] <= most.get(each, len(colleagues)) for each in evaluators)
    for colleague, evaluator in zip(colleagues, found, strict=True):
        if not evaluator:
            able = [each for each in evaluators if each != colleague]
            assert all(load[each] == most.get(each, -1) for each in able)


def test_who_has_half_the_hours_gets_half_the_work():
    found = assign([f"p_{number}" for number in range(12)], ["p_a", "p_b"], {"p_a": 20, "p_b": 10})
    assert Counter(found) == {"p_a": 8, "p_b": 4}


def test_over_the_weeks_each_colleague_goes_round_all_evaluators():
    # one item a week of each of eight colleagues, three evaluators: in nine weeks three times each would be even; the
    # work of each week comes first, so that one more or less may be left
    colleagues, seen = [f"p_{number}" for number in range(8)], Counter()
    for week in range(9):
        found = assign(colleagues, PEOPLE[:3], seen=seen)
        assert sorted(Counter(found).values()) == [2, 3, 3], week
        seen.update(zip(found, colleagues, strict=True))
    assert len(seen) == 24
    assert set(seen.values()) <= {2, 3, 4}
    assert (
        len(set(zip(assign(colleagues, PEOPLE[:3]), colleagues, strict=True))) == 8
    )  # where nobody looks back, for ever


def test_whoever_is_new_gets_no_more_than_the_others():
    seen = Counter({(who, f"p_{number}"): 10 for who in ("p_a", "p_b") for number in range(6)})
    assert Counter(assign([f"p_{number}" for number in range(6)], PEOPLE[:3], seen=seen)) == dict.fromkeys(
        PEOPLE[:3], 2
    )


def test_ten_thousand_items_take_no_time():
    colleagues = [f"p_{number % 397}" for number in range(10_000)]
    seen = Counter((f"p_e{who}", f"p_{number}") for who in range(12) for number in range(397))
    begin = time.process_time()
    assign(colleagues, [f"p_e{who}" for who in range(12)], {"p_e1": 700}, seen)
    # 0.01 s here: far below what reading the export takes; a list searched for each candidate took 20 times as long
    assert time.process_time() - begin < 0.1
