"""Two stages: some colleagues, teams, days or hours by chance, then some transactions of each of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from qacli.engine.ranks import rank
from qacli.monitor.sampling.designs.aims import settled
from qacli.monitor.sampling.designs.design import Design, Found, Share, column, even

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qacli.prepare.frames.frame import Frame

CLUSTERS: Mapping[str, str] = MappingProxyType(
    {
        "colleague": "colleague",
        "team": column("team"),
        "day": "CAST(local_date AS VARCHAR)",
        "hour": "CAST(date_trunc('hour', started_at) AS VARCHAR)",
    }
)
"""What a cluster can be, and the SQL that names it. Days are local, hours are named in UTC."""


def _shares(frame: Frame, found: Found) -> dict[str, Share]:
    """The first clusters by the rank of their name; a transaction has the chance of its cluster times its own."""
    names = sorted(found.eligible, key=lambda name: (rank(found.seed, name), name))
    chosen = set(names[: settled(frame, found.eligible).frame.clusters or 0])
    shares = {}
    for name, count in found.eligible.items():
        share = even(frame.per_cluster or 0, count)
        chance = len(chosen) * share.drawn / (len(names) * count)
        shares[name] = share._replace(probability=chance) if name in chosen else Share(0, 0, 0.0)
    return shares


TWO_STAGE = Design(lambda frame: CLUSTERS[frame.cluster_by], lambda frame, _: frame.per_cluster or 0, _shares)
