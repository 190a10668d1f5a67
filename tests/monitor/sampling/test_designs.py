from __future__ import annotations

import pytest

from qacli.monitor.sampling.designs import DESIGNS, FloorTooHigh
from qacli.prepare.frames.frame import Frame


def frame(**more):
    return Frame.model_construct(
        **{"id": "weekly", "version": "1", "floor": 0, "size": None, "per_colleague": None, **more}
    )


def sizes(name, eligible, **more):
    return DESIGNS[name].sizes(frame(**more), eligible)


def test_simple_takes_what_is_asked_or_all_there_is():
    assert sizes("simple", {"all": 100}, size=8) == {"all": (8, 8)}
    assert sizes("simple", {"all": 5}, size=8) == {"all": (8, 5)}


def test_quota_takes_so_many_of_each_colleague_or_all_there_are():
    assert sizes("quota", {"p_a07": 40, "p_a09": 1}, per_colleague=2) == {"p_a07": (2, 2), "p_a09": (2, 1)}


def test_proportional_follows_size_by_the_largest_remainder():
    # Hamilton's method on 10 seats for 6373, 2505, 1122: quotas 6.373, 2.505, 1.122, the spare one to .505
    assert sizes("proportional", {"a": 6373, "b": 2505, "c": 1122}, size=10) == {"a": (6, 6), "b": (3, 3), "c": (1, 1)}


def test_proportional_keeps_its_floor():
    found = sizes("proportional", {"phone": 900, "chat": 95, "desk": 5}, size=20, floor=4)
    assert {name: drawn for name, (_, drawn) in found.items()} == {"phone": 12, "chat": 4, "desk": 4}


def test_a_stratum_smaller_than_the_floor_gives_all_it_has():
    assert sizes("proportional", {"phone": 900, "desk": 3}, size=20, floor=8) == {"phone": (17, 17), "desk": (3, 3)}


def test_nothing_eligible_gives_nothing():
    assert sizes("proportional", {}, size=20) == {}


def test_a_floor_above_the_sample_is_refused_with_what_it_needs():
    with pytest.raises(FloorTooHigh) as caught:
        sizes("proportional", {"phone": 900, "chat": 95, "desk": 5}, size=20, floor=8)
    assert (
        str(caught.value)
        == """\
refused[floor-too-high]: weekly@1 asks for 20 in all, but its floor of 8 in each of 3 strata needs 21.
  = help: raise size, or lower floor"""
    )
