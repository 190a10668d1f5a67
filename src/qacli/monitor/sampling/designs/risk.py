"""Risk-weighted: each transaction has a chance in proportion to the weight of its class of risk.

Pareto order sampling (Rosén 1997): each is ranked by its random number against its chance, and the first are taken. Within
a class all have the same chance, so the first of a class by rank are its first by that order too.
"""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest
from typing import TYPE_CHECKING

from qacli.engine.connection import literal
from qacli.engine.ranks import number, rank
from qacli.monitor.sampling.designs.aims import settled, weighed
from qacli.monitor.sampling.designs.design import Design, Found, Share, most_of, size_of
from qacli.prepare.frames.risk import OTHER, RiskClass
from qacli.stats import class_probabilities, pareto_rank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.prepare.frames.frame import Frame


def _stratum(frame: Frame) -> str:
    cases = " ".join(f"WHEN {_belongs(each)} THEN {literal(name)}" for name, each in frame.risk.items())
    return f"CASE {cases} ELSE {literal(OTHER)} END"


def _belongs(each: RiskClass) -> str:
    """Return the SQL that tells whether a transaction belongs to a class of risk."""
    asked = (("channel", each.channel), ("team", each.team), ("reason", each.reason), ("queue", each.queue))
    tests = [f"{name} IN ({', '.join(map(literal, values))})" for name, values in asked if values]
    if each.minimum_seconds:
        tests.append(f"seconds >= {each.minimum_seconds}")
    return " AND ".join(tests)


def _shares(frame: Frame, found: Found) -> dict[str, Share]:
    plain = settled(frame, found.eligible).frame
    n, chance = _drawn(plain, found.eligible), chances(plain, found.eligible)
    ranked = ((_order(found.seed, id_, chance[name]), name) for name, ids in found.ids.items() for id_ in ids)
    taken = Counter(name for _, name in nsmallest(n, ranked))
    return {name: Share(taken[name], taken[name], chance[name]) for name in found.eligible}


def chances(frame: Frame, eligible: Mapping[str, int]) -> dict[str, float]:
    """Return the chance of each transaction of a class, where the classes hold so many and the size is plain."""
    return class_probabilities(weighed(frame, eligible), _drawn(frame, eligible))


def _drawn(frame: Frame, eligible: Mapping[str, int]) -> int:
    held = sum(eligible.values())
    return min(size_of(frame, held), held)


def _order(seed: str, id_: str, chance: float) -> tuple[float, str, str]:
    its = rank(seed, id_)
    return pareto_rank(number(its), chance), its, id_


RISK_WEIGHTED = Design(_stratum, most_of, _shares)
