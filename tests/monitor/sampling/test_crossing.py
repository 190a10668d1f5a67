from __future__ import annotations

from qacli.monitor.sampling.crossing import groups, uncrossed


def test_evaluators_who_share_a_colleague_directly_or_over_others_are_one_group():
    chain = [("p_e1", "p_a"), ("p_e2", "p_a"), ("p_e2", "p_b"), ("p_e3", "p_b")]
    assert groups(chain) == [(["p_e1", "p_e2", "p_e3"], ["p_a", "p_b"])]
    assert uncrossed(chain) == ""
    # without the one who saw both colleagues the chain falls apart
    assert [each.evaluators for each in groups(chain[:2] + chain[3:])] == [["p_e1", "p_e2"], ["p_e3"]]


def test_an_evaluator_who_is_also_looked_at_links_nobody_by_that():
    assert len(groups([("p_e1", "p_a"), ("p_e2", "p_e1")])) == 2


def test_what_is_told_names_who_saw_whom():
    told = uncrossed([("p_e1", "p_a"), ("p_e2", "p_b"), ("p_e2", "p_c")])
    assert told.startswith("evaluators fall into 2 groups that share no colleague (p_e1 saw p_a; p_e2 saw p_b, p_c): ")
    assert uncrossed([]) == ""
    many = [("p_e1", f"p_{number}") for number in range(6)]
    assert "p_e1 saw p_0, p_1, p_2, p_3 and 2 more" in uncrossed([*many, ("p_e2", "p_z")])
