"""Erlang's formulas against R's queueing package, published examples, and pyworkforce."""

from __future__ import annotations

import numpy as np
import pytest

from qacli.stats import erlang_a, erlang_b, erlang_c


def test_grid_of_loads(reference):
    given, expected, tolerance = reference("erlangc-grid")
    assert [erlang_b(*case) for case in given["cases"]] == pytest.approx(expected["B"], abs=tolerance)
    assert [erlang_c(*case).wait_probability for case in given["cases"]] == pytest.approx(expected["C"], abs=tolerance)


@pytest.mark.parametrize("name", ["erlangc-14", "erlangc-50"])
def test_examples_of_textbooks(reference, name):
    given, expected, tolerance = reference(name)
    load = given["calls"] * given["aht_s"] / given["interval_s"]
    found = erlang_c(load, given["agents"], given["aht_s"], given["target_s"])
    assert found[:4] == pytest.approx(tuple(expected[key] for key in ("pw", "sl", "asa", "occ")), abs=tolerance)


def test_customers_who_give_up(reference):
    given, expected, tolerance = reference("erlanga-14-12-10")
    for servers, row in expected.items():
        found = erlang_a(given["lam_per_min"] * given["aht_min"], int(servers), given["patience_min"], given["aht_min"])
        assert (found.abandoned, found.wait, found.wait_probability) == pytest.approx(
            (row["p_ab"], row["W"], row["pw"]), abs=tolerance
        )


def test_endless_patience_is_erlang_c():
    patient, waiting = erlang_a(10, 14, 1e9, 180), erlang_c(10, 14, 180)
    assert (patient.wait_probability, patient.wait) == pytest.approx((waiting.wait_probability, waiting.wait), rel=1e-4)


def test_more_work_than_people_has_no_balance_unless_some_give_up():
    found = erlang_c(10, 10, 180, 20)
    assert found[:5] == (None,) * 5
    assert "Erlang A" in found.method
    assert erlang_a(10, 10, 300, 180).abandoned == pytest.approx(0.109438, abs=1e-6)


@pytest.mark.parametrize(("load", "servers", "patience"), [(800, 800, 120), (150, 10, 1800), (5000, 4000, 3600)])
def test_a_great_queue_has_its_balance_too(load, servers, patience):
    """Chances beside that of nobody at all outgrow a float here. Reference: the same chances by their logarithms."""
    most = int(max(load, servers + (load - servers) * patience / 180) * 3 + 2000)
    customers = np.arange(1, most)
    leaving = np.minimum(customers, servers) + np.maximum(customers - servers, 0) * 180 / patience
    logs = np.concatenate([[0.0], np.cumsum(np.log(load / leaving))])
    chances, there = np.exp(logs - logs.max()), np.arange(most)
    chances /= chances.sum()
    queued = float((np.maximum(there - servers, 0) * chances).sum())
    busy = (np.minimum(there, servers) * chances).sum() / servers
    expected = (chances[servers:].sum(), queued * 180 / load, busy, queued * 180 / patience / load)
    found = erlang_a(load, servers, patience, 180)
    assert (found.wait_probability, *found[2:5]) == pytest.approx(expected, rel=1e-9)


def test_nobody_calls():
    assert erlang_c(0, 3, 180, 20)[:4] == (0, 1, 0, 0)
    assert erlang_a(0, 3, 300, 180)[2:5] == (0, 0, 0)


@pytest.mark.parametrize(("load", "servers"), [(-1, 3), (3, 0)])
def test_what_is_no_queue_is_refused(load, servers):
    with pytest.raises(ValueError, match="people"):
        erlang_c(load, servers)
