"""Known answers: an engine ranks a handful of awkward ids as Python does, or nothing is drawn from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qacli.engine.connection import literal
from qacli.engine.ranks import BLANKS, normal, rank, rank_sql
from qacli.engine.remote import NotAnswered

if TYPE_CHECKING:
    from qacli.engine.remote import Remote

SEED = "known answers"
IDS = (
    "T1",
    " T2\u00a0",
    "\u2003T 3\u3000",
    "Zu\u0308rich-4",
    "\u1100\u1161\u11a8-5",
    "\u212b-6",
    "q\u0307\u0323-7",
    "O'Neil\\8%s ?",
    "\U0001f600-9",
)
"""Blanks that are not spaces, composed and decomposed letters, marks in the wrong order, quotes, beyond 16 bits."""


def prove(remote: Remote) -> None:
    """Ask an engine for ranks that are known, in one small query. Raises NotAnswered where one is another."""
    rows = " UNION ALL ".join(f"SELECT {number} AS n, {literal(id_)} AS id" for number, id_ in enumerate(IDS))
    bare = f"SELECT n, trim(id, {literal(BLANKS)}) AS id FROM ({rows}) AS given"
    composed = f"SELECT n, nfc_normalize(id) AS id FROM ({bare}) AS bare"
    found = remote.execute(f"SELECT n, id, {rank_sql(SEED, 'id')} FROM ({composed}) AS composed ORDER BY 3").fetchall()
    known = sorted((rank(SEED, id_), normal(id_), number) for number, id_ in enumerate(IDS))
    if [(rank_, id_, number) for number, id_, rank_ in found] != known:
        raise NotAnswered(
            remote.name,
            "it ranks ids otherwise than qacli does, so nobody could draw its samples again",
            "this version of the engine is not supported: take out an export, and name it with path: in qacli.yaml",
        )
