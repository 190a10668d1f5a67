from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from qacli.prepare.notices.delivery import Delivery, NoReference, NotDeliveredYet, deliver, first_proofs, proved
from qacli.prepare.notices.notice import Notice

NOON = datetime(2026, 5, 21, 12, tzinfo=UTC)
CHAT = """
id: n-chat-2
version: 1
owner: p_tl1
audience: customers
channel: chat
from: 2026-05-11
to: 2026-12-31
wording: We keep this chat.
purpose: better service
lawful_basis: legitimate interests
dpia: DPIA-1
delivered_by: entry form
proof: {proof}
"""


@pytest.fixture
def chat(read):
    return lambda proof="required": read(Notice, CHAT.format(proof=proof))


def proof(on, notice="n-chat-2@1", reference="form log 7"):
    return Delivery(notice=notice, on=on, means="entry form", reference=reference)


def test_a_notice_that_requires_proof_counts_from_the_first_proof(chat):
    early, late, before = date(2026, 5, 14), date(2026, 5, 20), date(2026, 5, 2)
    assert proved([chat()], []) == []
    assert proved([chat()], [proof(early, notice="n-chat-2@2")]) == []
    assert [each.from_ for each in proved([chat()], [proof(late), proof(early)])] == [early]
    # a proof from before its first day moves nothing forward
    assert [each.from_ for each in proved([chat()], [proof(before)])] == [date(2026, 5, 11)]
    assert proved([chat("not-required")], []) == [chat("not-required")]
    assert first_proofs([proof(late), proof(early)]) == {"n-chat-2@1": early}


def test_a_proof_is_recorded_once_with_the_means_of_the_notice(chat, desk):
    view = desk(NOON, definitions=[("notice", chat())])
    (row,) = view.commit(deliver(view, "n-chat-2", date(2026, 5, 14), " form log 7 ")).rows
    assert (row.notice, row.on, row.means, row.reference) == (
        "n-chat-2@1",
        date(2026, 5, 14),
        "entry form",
        "form log 7",
    )
    again = deliver(view, "n-chat-2", date(2026, 5, 14), "form log 7")
    assert (again.rows, again.findings) == ((), ["form log 7 already proves n-chat-2@1 on 14 May 2026: nothing to do"])


@pytest.mark.parametrize(
    ("on", "reference", "refusal"),
    [(date(2026, 5, 22), "form log 7", NotDeliveredYet), (date(2026, 5, 21), "  ", NoReference)],
)
def test_what_proves_nothing_is_refused(chat, desk, on, reference, refusal):
    with pytest.raises(refusal):
        deliver(desk(NOON, definitions=[("notice", chat())]), "n-chat-2", on, reference)
