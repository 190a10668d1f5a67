"""A sample beside its population, counted by hand."""

from __future__ import annotations

from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from populations import A07, HEADER, MAY, OPEN, PROFILE, frame, ground

from qacli.engine.connection import connect
from qacli.monitor.sampling.balance import balance, losses
from qacli.monitor.sampling.ranking import Basis
from qacli.prepare.notices.notice import Span
from qacli.sources.population import open_population

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(scope="module")
def population(tmp_path_factory):
    """40 transactions of A07: 30 short calls on Monday 4 May at 10:00, 10 long chats on Sunday 10 May at 23:30."""
    lines = [f"P{n:02},2026-05-04 10:00,A07,phone,K{n},59" for n in range(30)]
    lines += [f"C{n:02},2026-05-10 23:30,A07,chat,L{n},600" for n in range(10)]
    path = tmp_path_factory.mktemp("balance") / "export.csv"
    path.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    with connect() as connection, open_population(connection, [path], PROFILE, LONDON) as found:
        yield found


def compared(population, sampled, opt_outs=(), notices=OPEN, **more):
    draw = SimpleNamespace(id="d_1", design="simple", seed="s")
    basis = Basis(draw, frame(**more), MAY, ground(notices, people=[A07], opt_outs=opt_outs))
    items = [SimpleNamespace(draw="d_1", transaction=each) for each in sampled]
    parts = balance(
        SimpleNamespace(current=lambda kind, draw: [item for item in items if item.draw == draw]),
        basis,
        population,
        LONDON,
        0.95,
    )
    return basis, {(part.trait, part.part): part for part in parts}


def test_what_differs_by_more_than_chance_is_marked(population):
    # eight picks, all of them chats: C(10,8)/C(40,8) = 45/76904685, far below 5 % for the whole table
    _, parts = compared(population, [f"C{n:02}" for n in range(8)])
    chat = parts["channel", "chat"]
    assert (chat.eligible, chat.share, chat.drawn, chat.sampled, chat.expected) == (10, 0.25, 8, 1.0, 2.0)
    assert chat.chance == pytest.approx(2 * 45 / 76904685)
    assert chat.marked
    assert {name for name, part in parts.items() if part.marked} == {
        ("channel", "chat"),
        ("channel", "phone"),
        ("weekday", "1 Mon"),
        ("weekday", "7 Sun"),
        ("hour", "09 to 12 h"),
        ("hour", "21 and more h"),
        ("length", "00 to 01 min"),
        ("length", "10 to 20 min"),
    }
    assert parts["team", "(none)"].chance == 1.0


def test_what_chance_gives_is_not_marked(population):
    _, parts = compared(population, ["C00", "C01", "C02", "C03", "P00", "P01", "P02", "P03"])
    # twice the sum of C(10,k)C(30,8-k)/C(40,8) for k from 4 to 8, written out with math.comb
    assert parts["channel", "chat"].chance == pytest.approx(0.178745, abs=5e-7)
    assert not any(part.marked for part in parts.values())


def test_a_quota_is_weighted_before_it_is_compared(population):
    by_channel = {"design": "proportional", "stratify_by": "channel", "allocation": "proportional", "cap": None}
    _, parts = compared(population, ["C00", "C01", "P00", "P01"], **by_channel)
    # as many chats as calls by design: weighted they are a quarter, as in the population, and nothing is told from chance
    chat = parts["channel", "chat"]
    assert (chat.drawn, chat.sampled, chat.expected, chat.chance) == (2, 0.25, 2.0, 1.0)


def test_who_is_lost_is_told_only_where_it_can_be_told(population):
    opt_outs = [Span(f"L{n}", MAY.first, MAY.last) for n in range(6)]
    basis, _ = compared(population, [], opt_outs=opt_outs)
    found = {(each.trait, each.part): each for each in losses(basis, population, LONDON, 0.95, 5)}
    chat = found["channel", "chat"]
    assert (chat.reason, chat.transactions, chat.lost, chat.others) == ("opt-out", 10, 6, 0.0)
    # by hand with the formula of Wilson (1927), z = 1.959964: 0.312674 and 0.831820
    assert (chat.share.low, chat.share.high) == pytest.approx((0.312674, 0.831820), abs=5e-7)
    assert chat.verdict == "opts out more often than the others"
    assert found["team", "(none)"].verdict == "no others to compare with"
    few = losses(basis, population, LONDON, 0.95, 11)
    assert {each.verdict for each in few if each.part == "chat"} == {"too few"}


def test_days_without_a_notice_are_lost_before_anybody_could_opt_out(population):
    opt_outs = [Span("L1", MAY.first, MAY.last), Span("K1", MAY.first, MAY.last)]
    told = OPEN[0].model_copy(update={"channel": "phone"})
    basis, _ = compared(population, [], opt_outs=opt_outs, notices=(told, OPEN[1]))
    found = {
        (each.reason, each.part): (each.transactions, each.lost) for each in losses(basis, population, LONDON, 0.95, 5)
    }
    assert found["notice-gap", "chat"] == (10, 10)
    assert found["opt-out", "chat"] == (0, 0)
    assert found["opt-out", "phone"] == (30, 1)
