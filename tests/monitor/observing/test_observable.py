"""May this item be observed, now and by this person? Asked at the draw and again whenever it is observed."""

from __future__ import annotations

import re

import pytest
from command_line import run, snapshot
from desk import DRAWN, FRAME, NOTICES, agreed, done, form, items, make, notices, write

PHONE, CHAT_1, CHAT_2, STAFF = NOTICES
FRAME_2 = FRAME.replace("version: 1\n", "version: 2\n")


def chats(folder):
    return {item["transaction"]: item for item in items(folder) if item["channel"] == "chat"}


def refused(folder, line, actor="p_ev1"):
    """Run a line that is refused; return the sentence. Nothing may have been recorded."""
    before = snapshot(folder)
    result = run(line, folder, actor, "2026-05-26")
    assert result.code == 1, result
    assert snapshot(folder) == before
    return result.err.splitlines()[0]


@pytest.fixture
def with_chats_of_13_may(tmp_path):
    """A desk drawn while the chat notice still ran all year, so that chats of 13 May lie in the sample."""
    folder = make(tmp_path / "other")
    write(
        folder,
        {
            "definitions/notices.yaml": notices([PHONE, ("n-chat-1", "2026-01-01", "2026-12-31", *CHAT_1[3:]), STAFF]),
            "definitions/frames/weekly.yaml": FRAME.replace("per_colleague: 2", "per_colleague: 3"),
        },
    )
    agreed(folder)
    done(run("sample draw weekly --period 2026-W20", folder, "p_tl1", DRAWN))
    return folder


def newer(notice):
    """A notice as its second version."""
    return notices([notice]).replace("version: 1", "version: 2")


def test_c05_chat_on_13_may_is_refused(agreed, with_chats_of_13_may):
    # no chat of the gap is drawn
    result = done(run("sample draw weekly --period 2026-W20", agreed, "p_tl1", DRAWN))
    assert "excluded   3 notice-gap" in result.err
    assert chats(agreed) == {}

    # a notice that turns out shorter after the draw: the item is refused when it is to be observed
    item = chats(with_chats_of_13_may)["A07c13"]["item"]
    write(with_chats_of_13_may, {"definitions/notices.yaml": newer(CHAT_1) + notices([PHONE, CHAT_2, STAFF])})
    words = (
        "refused[notice-gap]: chat A07c13 of 13 May 2026 cannot be observed: no customer notice for chat was in "
        "force from 11 to 17 May 2026."
    )
    assert refused(with_chats_of_13_may, f"score --from {form(with_chats_of_13_may, item)}") == words
    assert refused(with_chats_of_13_may, f"record {item} --technique transcript") == words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ([], "no customer notice for chat has ever been in force."),
        ([CHAT_1], "no customer notice for chat has been in force since 10 May 2026."),
        ([CHAT_2], "no customer notice for chat was in force before 18 May 2026."),
        (
            [
                ("n-a", "2026-01-01", "2026-05-12", "customers", "all", "no"),
                ("n-b", "2026-05-14", "2026-05-20", "customers", "chat", "no"),
            ],
            "no customer notice for chat was in force on 13 May 2026.",
        ),
    ],
)
def test_the_gap_is_told_as_it_lies(with_chats_of_13_may, told, words):
    item = chats(with_chats_of_13_may)["A09c13"]["item"]
    more = "".join(newer(each) if each[0] == "n-chat-1" else notices([each]) for each in told)
    write(with_chats_of_13_may, {"definitions/notices.yaml": more + notices([PHONE, STAFF])})
    assert refused(with_chats_of_13_may, f"score --from {form(with_chats_of_13_may, item)}").endswith(words)


def test_an_acknowledgement_that_came_later_does_not_count_for_the_days_before(agreed):
    # p_a07 acknowledged the new notice on 20 May, so the calls of the 19th stay out
    write(
        agreed,
        {"definitions/notices.yaml": notices([PHONE, CHAT_2, ("n-staff-2", "2026-01-01", "2026-12-31", *STAFF[3:])])},
    )
    done(run("notice ack n-staff-2 --on 2026-05-20", agreed, "p_a07", DRAWN))
    result = done(run("sample draw weekly --period 2026-W21", agreed, "p_tl1", DRAWN))
    assert "8 no-acknowledgement" in result.err
    assert [item["transaction"] for item in items(agreed)] == ["A07-20"]


def test_a_colleague_who_was_not_told_is_not_observed(drawn):
    item = items(drawn)[0]
    write(drawn, {"definitions/notices.yaml": notices([PHONE, CHAT_2, ("n-staff-2", *STAFF[1:])])})
    assert refused(drawn, f"score --from {form(drawn, item['item'])}") == (
        f"refused[no-acknowledgement]: {item['transaction']} of 20 May 2026 cannot be observed: p_a07 had not acknowledged a "
        "notice of monitoring by that day."
    )


def test_nobody_observes_their_own_work(drawn):
    item = items(drawn)[0]["item"]
    words = "refused[own-work]: p_a07 may not observe a transaction handled by p_a07."
    assert refused(drawn, f"score --from {form(drawn, item)}", "p_a07") == words
    assert refused(drawn, f"record {item} --technique recording", "p_a07") == words


def test_a_customer_who_opted_out_after_the_draw_is_not_observed(drawn):
    by_transaction = {item["transaction"]: item["item"] for item in items(drawn)}
    write(drawn, {"exports/optouts.csv": "customer_ref,from\nK20A07,2026-05-01\nK19A07,2026-05-20\n"})
    item = by_transaction["A07-20"]
    words = (
        "refused[opt-out]: phone A07-20 of 20 May 2026 cannot be observed: its customer has opted out of monitoring."
    )
    assert refused(drawn, f"score --from {form(drawn, item)}") == words
    assert refused(drawn, f"record {item} --technique recording") == words
    # opted out from the day after the conversation: it may be observed
    done(run(f"score --from {form(drawn, by_transaction['A07-19'])}", drawn, "p_ev2", DRAWN))


def test_an_opt_out_before_the_draw_keeps_it_out(agreed):
    write(agreed, {"exports/optouts.csv": "customer_ref,from\nK20A07,2026-05-01\nK19A07,\n"})
    result = done(run("sample draw weekly --period 2026-W21", agreed, "p_tl1", DRAWN))
    assert "2 opt-out" in result.err
    assert "p_a07 1 of 2" in result.err


def test_a_draw_of_nothing_is_refused_and_can_be_drawn_once_the_cause_is_mended(agreed):
    complete = (agreed / "definitions/notices.yaml").read_text("utf-8")
    write(agreed, {"definitions/notices.yaml": notices([STAFF])})
    result = run("sample draw weekly --period 2026-W21", agreed, "p_tl1", DRAWN)
    assert result.code == 1
    assert (
        result.err
        == """\
refused[nothing-eligible]: none of the 9 transactions of week 21 of 2026, 18 to 24 May 2026 may be observed for weekly@1: 9 notice-gap.
  = help: customers must have been told: qacli notice gaps
"""
    )
    write(agreed, {"definitions/notices.yaml": complete})
    done(run("sample draw weekly --period 2026-W21", agreed, "p_tl1", DRAWN))
    assert len(items(agreed)) == 6


@pytest.mark.parametrize("purpose", ["spot", "targeted\nwhy: complaints about chats"])
def test_c05_no_purpose_does_without_a_notice(agreed, purpose):
    write(agreed, {"definitions/frames/weekly.yaml": FRAME_2.replace("purpose: routine", f"purpose: {purpose}")})
    done(run("frame agree weekly", agreed, "p_mgr1", DRAWN))
    assert "excluded   3 notice-gap" in done(run("sample draw weekly --period 2026-W20", agreed, "p_tl1", DRAWN)).err
    assert chats(agreed) == {}


def test_c05_a_mystery_shop_names_only_colleagues_who_were_told_of_it(drawn):
    item = items(drawn)[0]
    shop = f"record {item['item']} --technique mystery-shop --shopper p_tl1 --scenario 'lost card'"
    words = (
        f"refused[mystery-shop-untold]: {item['transaction']} of 20 May 2026 cannot be recorded as mystery shopping: "
        "p_a07 had not been told of mystery shopping, its aims and its uses, by that day."
    )
    assert refused(drawn, shop) == words
    told = notices([PHONE, CHAT_2, STAFF, ("n-shop", *STAFF[1:])])
    write(drawn, {"definitions/notices.yaml": told + "  covers: [mystery-shop]\n  uses: coaching of teams\n"})
    assert refused(drawn, shop) == words  # written, not yet acknowledged
    done(run("notice ack n-shop --on 2026-05-20", drawn, "p_a07", DRAWN))
    done(run(f"{shop} --started 2026-05-20T10:20", drawn, "p_ev1", DRAWN))


def test_c05_a_frame_of_mystery_shops_draws_only_colleagues_who_were_told_of_it(agreed):
    frame = re.sub("technique: .*", "technique: mystery-shop", FRAME_2.replace("[phone, chat]", "[phone]"))
    frame = re.sub("because: .*", "because: nobody knows who rings", frame)
    told = notices([PHONE, CHAT_2, STAFF, ("n-shop", *STAFF[1:])])
    covers = "  covers: [monitoring, mystery-shop]\n  uses: coaching of teams\n"
    write(agreed, {"definitions/frames/weekly.yaml": frame, "definitions/notices.yaml": told + covers})
    done(run("frame agree weekly", agreed, "p_mgr1", DRAWN))
    done(run("notice ack n-shop --on 2026-05-01", agreed, "p_a09", DRAWN))
    result = done(run("sample draw weekly --period 2026-W21", agreed, "p_tl1", DRAWN))
    assert "4 no-acknowledgement" in result.err  # two calls of each of two colleagues
    drawn_of = items(agreed)
    assert {item["colleague"] for item in drawn_of} == {"p_a09"}
    # the notice may change before the form comes in
    write(agreed, {"definitions/notices.yaml": told.replace("version: 1", "version: 2")})
    done(run("notice ack n-staff --on 2026-05-01", agreed, "p_a09", DRAWN))
    line = f"score --from {form(agreed, drawn_of[0]['item'])}"
    assert refused(agreed, line, drawn_of[0]["evaluator"]).startswith("refused[mystery-shop-untold]")
