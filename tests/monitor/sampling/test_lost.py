"""What opting out and gaps take from the population, against numbers counted by hand."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from populations import HEADER, PROFILE, ground

from qacli.engine.connection import connect
from qacli.monitor.sampling.lost import counted, lost
from qacli.prepare.notices.notice import Span
from qacli.prepare.people import Person
from qacli.sources.population import open_population

MAY = (date(2026, 5, 1), date(2026, 5, 31))


@pytest.fixture
def population(tmp_path):
    """Phone: 20 calls, of which 8 opt out; chat: 30, of which none; 1 call of June."""
    lines = [f"P{n},2026-05-10 10:00,A07,phone,K{n},60" for n in range(20)]
    lines += [f"C{n},2026-05-11 23:59,A09,chat,KC{n},60" for n in range(30)]
    lines.append("J1,2026-06-01 00:00,A07,phone,K1,60")
    (tmp_path / "export.csv").write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    with (
        connect() as connection,
        open_population(connection, [tmp_path / "export.csv"], PROFILE, ZoneInfo("Europe/London")) as found,
    ):
        yield found


BASIS = ground(
    people=[Person("p_a07", "telephony", "A07")],
    opt_outs=[Span(f"K{n}", date.min, date.max) for n in range(8)] + [Span("K9", date.min, date(2026, 5, 9))],
)


def test_transactions_in_a_gap_are_counted_by_local_day_and_channel(population):
    gaps = [
        Span("chat", date(2026, 5, 11), date(2026, 5, 17)),
        Span("chat", date(2026, 5, 12), date(2026, 5, 17)),
        Span("phone", date(2026, 5, 1), date(2026, 6, 1)),
    ]
    assert counted(population, gaps) == [30, 0, 21]
    assert counted(population, []) == []


def test_the_loss_is_told_with_its_interval_and_against_the_others(population):
    phone, chat = lost(population, BASIS, "channel", *MAY, 0.95, 5)
    assert (phone.group, phone.transactions, phone.opted_out, phone.of_lost) == ("phone", 20, 8, 1.0)
    assert phone.of_kept == pytest.approx(12 / 42)
    # by hand with the formula of Wilson (1927), z = 1.959964: 0.218807 and 0.613418
    assert (phone.share.low, phone.share.high) == pytest.approx((0.218807, 0.613418), abs=5e-7)
    assert phone.verdict == "opts out more often than the others"
    assert (chat.opted_out, chat.verdict) == (0, "opts out less often than the others")


def test_a_colleague_is_a_person_and_few_transactions_say_nothing(population):
    found = {loss.group: loss.verdict for loss in lost(population, BASIS, "colleague", *MAY, 0.95, 25)}
    assert found == {"p_a07": "too few", "(unknown)": "opts out less often than the others"}
    (reason,) = lost(population, BASIS, "reason", *MAY, 0.95, 5)
    assert (reason.group, reason.verdict) == ("(none)", "no others to compare with")


def test_what_is_undefined_is_said_not_0(population):
    (phone, chat) = lost(population, ground(), "channel", *MAY, 0.95, 5)
    assert (phone.of_lost, chat.of_lost) == (None, None)
