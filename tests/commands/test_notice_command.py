from __future__ import annotations

import io
import sys

from command_line import run, snapshot
from desk import CARD, DRAWN, FRAME, NOTICES, done, form, items, notices, write

DAY = "2026-05-25"
ADD = "notice add n-chat-3 --audience customers --channel chat --wording 'We keep this: all of it # ours' --delivered-by form"


def test_gaps_are_of_the_channels_that_are_sampled_or_told(drawn):
    def channels():
        result = run("notice gaps --from 2026-05-01 --to 2026-05-31 --format csv", drawn)
        return result.code, [line.partition(",")[0] for line in result.out.splitlines()[1:]]

    # a card for e-mail lies there, as the shipped ones do; nobody draws e-mails
    email = CARD.replace("id: desk", "id: post").replace("[phone, chat]", "[email]")
    write(drawn, {"definitions/scorecards/post.yaml": email})
    assert channels() == (1, ["chat"])
    # a frame for whatever its card can judge
    frame = FRAME.replace("id: weekly", "id: post").replace("population: {channel: [phone, chat]}\n", "")
    frame = frame.replace("{phone: recording, chat: transcript}", "transcript")
    write(drawn, {"definitions/frames/post.yaml": frame.replace("desk@1.0", "post@1.0")})
    assert channels() == (1, ["chat", "email"])
    # a frame that names its channels
    write(drawn, {"definitions/frames/post.yaml": frame.replace("any: desk@1.0", "letter: desk@1.0")})
    assert channels() == (1, ["chat", "letter"])


def test_dates_as_spreadsheets_write_them_are_refused_with_the_way_to_write_them(drawn):
    told = drawn / "told.csv"
    told.write_text("person,on,means\np_ev1,4.5.2026,in person\n", "utf-8")
    result = run(f"notice ack n-staff --from {told}", drawn, "p_tl1", "2026-05-25")
    assert result.code == 65
    assert "'4.5.2026' is not a date" in result.err
    assert (
        "write year-month-day, for example 2026-05-21; in a spreadsheet, format the column as YYYY-MM-DD" in result.err
    )


def test_c05_the_chat_gap_is_told_with_its_notices_and_its_transactions(drawn):
    result = run("notice gaps --from 2026-03-30 --to 2026-06-28", drawn, today=DAY)
    # each of three colleagues had one chat on 13 May
    assert (result.code, result.out) == (
        1,
        "gap: chat customers, 11 to 17 May 2026: n-chat-1 ends 10 May 2026, n-chat-2 starts 18 May 2026. "
        "7 days, 3 transactions. They will not be sampled.\n",
    )
    rows = run("notice gaps --from 2026-03-30 --to 2026-06-28 --format csv", drawn, today=DAY).out.splitlines()
    assert rows == ["channel,from,to,days,transactions", "chat,2026-05-11,2026-05-17,7,3"]


def test_gaps_are_told_without_a_source_and_beside_one_that_cannot_be_read(drawn):
    (drawn / "exports/may.csv").write_text("txn_id,started_at\nT1,when\n", "utf-8")
    result = run("notice gaps --from 2026-05-11 --to 2026-05-11", drawn, today=DAY)
    assert "1 day. Their transactions will not be sampled." in result.out
    assert result.err.startswith("transactions were not counted: ")
    assert "where: qacli source check" in result.err
    write(drawn, {"qacli.yaml": (drawn / "qacli.yaml").read_text("utf-8").partition("sources:")[0]})
    again = run("notice gaps --from 2026-05-11 --to 2026-05-11", drawn, today=DAY)
    assert (again.out, again.err) == (result.out, "")


def test_c05_a_notice_that_requires_proof_counts_from_its_first_proof(agreed):
    lapsed = notices([NOTICES[0], NOTICES[1], NOTICES[3]])
    chat = notices([NOTICES[2]]) + "  proof: required\n"
    write(agreed, {"definitions/notices.yaml": lapsed + chat})
    assert "n-chat-2 has no proof of delivery yet" in run("notice gaps --to 2026-06-30", agreed, today=DAY).out
    done(run("notice deliver n-chat-2 --on 2026-05-20 --reference 'form log 7'", agreed, "p_tl1", DAY))
    gaps = run("notice gaps --to 2026-06-30 --format csv", agreed, today=DAY).out.splitlines()[1:]
    assert gaps == ["chat,2026-05-11,2026-05-19,9,6"]
    drawn = done(run("sample draw weekly --period 2026-W21", agreed, "p_tl1", DAY))
    assert "excluded   3 notice-gap" in drawn.err  # the chats of the 19th
    assert {row["channel"] for row in items(agreed)} == {"phone"}
    # an earlier proof that comes later changes nothing about what was drawn
    done(run("notice deliver n-chat-2 --on 2026-05-18 --reference 'form log 5'", agreed, "p_tl1", DAY))
    assert "6 of 6 the same" in done(run("sample verify", agreed)).out


def test_status_is_a_calendar_for_programs_and_ends_with_1_where_one_is_red(drawn):
    result = run("notice status --on 2026-05-13 --from 2026-05-01 --to 2026-05-31", drawn, today=DAY)
    assert result.code == 1
    assert result.out.splitlines()[:4] == [
        "audience,who,light,from,to",
        "customers,chat,amber,2026-05-01,2026-05-10",
        "customers,chat,red,2026-05-11,2026-05-17",
        "customers,chat,green,2026-05-18,2026-05-31",
    ]
    assert "opted out: 0 of 24 transactions of 1 to 31 May 2026, 0.0 %" in result.err
    shown = run("notice status --on 2026-05-20 --from 2026-05-01 --to 2026-05-31 --format table", drawn, today=DAY)
    assert shown.code == 0
    assert "chat   green  2026-12-31        225  !!!!!!!!!!.......##############" in shown.out
    assert "# told, ! told and ends within 30 days, . nobody was told" in shown.err


def test_opt_outs_are_told_by_group(drawn):
    (drawn / "exports/optouts.csv").write_text("customer_ref,from\nK5A07,2026-01-01\nK6A07,2026-05-07\n", "utf-8")
    found = run("notice opt-outs --by colleague --format json", drawn, today=DAY).rows
    assert [(row["colleague"], row["transactions"], row["opted out"]) for row in found] == [
        ("p_a07", 8, 1),
        ("p_a09", 8, 0),
        ("p_a12", 8, 0),
    ]
    write(drawn, {"qacli.yaml": (drawn / "qacli.yaml").read_text("utf-8").replace("  opt_outs:", "  surveys:")})
    result = run("notice opt-outs", drawn, today=DAY)
    assert (result.code, "opt_outs: {path: exports/optouts.csv" in result.err) == (1, True)


def test_a_notice_is_written_below_what_is_there_and_nothing_else_changes(agreed):
    path = agreed / "definitions/notices.yaml"
    path.write_text("# ours, do not touch\n" + path.read_text("utf-8") + "# the end\n", "utf-8")
    before = snapshot(agreed)
    line = f"{ADD} --from 2027-01-01"
    done(run(f"{line} --dry-run", agreed, "p_tl1", DAY))
    assert snapshot(agreed) == before
    result = done(run(line, agreed, "p_tl1", DAY))
    text = path.read_text("utf-8")
    assert text.startswith(before["definitions/notices.yaml"].decode())
    assert text.removeprefix(before["definitions/notices.yaml"].decode()) == result.out
    assert 'wording: "We keep this: all of it # ours"' in result.out
    assert "lawful_basis: legitimate interests, assessed on 2 March 2026" in result.out  # as qacli.yaml says
    assert {name for name, data in snapshot(agreed).items() if data != before.get(name)} == {"definitions/notices.yaml"}
    assert "n-chat-3@1" in run("notice list", agreed).out
    after = snapshot(agreed)
    assert "already, word for word: nothing to do" in done(run(line, agreed, "p_tl1", DAY)).err
    assert snapshot(agreed) == after


def test_a_file_that_is_empty_or_written_in_one_line_is_added_to_or_left(agreed):
    path = agreed / "definitions/notices.yaml"
    path.write_text("# examples\n#  - id: x\n[]\n", "utf-8")
    result = done(run(f"{ADD} --from 2026-05-25", agreed, "p_tl1", DAY))
    assert path.read_text("utf-8") == f"# examples\n#  - id: x\n{result.out}"
    path.write_text("[{id: n-x, version: 1}]\n", "utf-8")
    assert run(f"{ADD} --from 2026-05-25", agreed, "p_tl1", DAY).code == 65
    one = "[{id: n-x, version: 1, owner: p_tl1, from: 2026-01-01, audience: customers, channel: chat, wording: x, "
    path.write_text(one + "purpose: x, lawful_basis: x, dpia: x, delivered_by: x}]\n", "utf-8")
    result = run(f"{ADD} --from 2026-05-25", agreed, "p_tl1", DAY)
    assert result.code == 1
    assert "definitions/notices.yaml is no plain list of items" in result.err
    assert path.read_text("utf-8").startswith(one)


def test_c05_days_in_the_past_count_only_from_a_proof(agreed):
    result = done(run(f"{ADD} --from 2026-05-11 --to 2026-05-17", agreed, "p_tl1", DAY))
    assert "proof: required" in result.out
    assert "it begins before today, so it counts only from a proof of delivery" in result.err
    assert run("notice gaps", agreed, today=DAY).code == 1
    staff = "notice add n-staff-5 --audience colleagues --from 2026-05-01 --wording x --delivered-by meeting"
    assert "proof: required" in done(run(f"{staff} --dry-run", agreed, "p_tl1", DAY)).out
    assert "proof: required" not in done(run(f"{staff} --acknowledge --dry-run", agreed, "p_tl1", DAY)).out
    assert "proof: required" not in done(run(f"{ADD} --version 2 --from {DAY} --dry-run", agreed, "p_tl1", DAY)).out


def test_what_a_notice_lacks_is_told_all_at_once_or_asked_for(agreed, monkeypatch):
    result = run("notice add n-chat-3", agreed, "p_tl1", DAY)
    assert result.code == 2
    assert "the notice lacks --audience, --channel, --from, --wording, --delivered-by" in result.err
    twice = run(f"{ADD.replace('n-chat-3', 'n-chat-2')} --from 2027-01-01", agreed, "p_tl1", DAY)
    assert twice.code == 65
    assert "nothing was written" in twice.err
    assert "notice n-chat-2@1 stands twice" in twice.err
    with monkeypatch.context() as patch:
        sit_at_a_terminal(patch, "colleagues", "", "all", "2026-06-01", "Your calls are scored.", "team meeting")
        done(run("notice add n-staff-5 --acknowledge", agreed, "p_tl1", DAY))
    assert "n-staff-5@1,colleagues,all,2026-06-01" in run("notice list", agreed).out


class Terminal(io.StringIO):
    def isatty(self):
        return True


def sit_at_a_terminal(patch, *lines):
    """Let the next commands believe that somebody types these lines."""
    typed = iter(lines)
    patch.setattr("builtins.input", lambda _: next(typed))
    patch.setattr(sys, "stdin", Terminal())
    patch.setattr("command_line.io.StringIO", Terminal)


def test_a_version_that_records_cite_does_not_come_back_with_other_words(drawn):
    write(drawn, {"definitions/notices.yaml": notices([NOTICES[0], NOTICES[3]])})
    result = run(f"{ADD.replace('n-chat-3', 'n-chat-2')} --from 2026-06-01", drawn, "p_tl1", DAY)
    assert (result.code, result.err.partition(":")[0]) == (1, "refused[changed-version]")


def test_c05_an_adjustment_is_shown_to_whoever_scores_that_colleagues_work(drawn, monkeypatch):
    done(run("notice adjust p_a07 --needs 'reads long texts from paper' --from 2026-05-20", drawn, "p_tl1", DRAWN))
    shown = {}
    for item in items(drawn)[:3]:
        result = done(run(f"score --from {form(drawn, item['item'])} --dry-run", drawn, "p_ev1", DRAWN))
        shown.setdefault((item["colleague"], item["day"]), []).append("adjustment for p_a07: reads long" in result.err)
    assert {key: set(found) for key, found in shown.items()} == {
        key: {key[0] == "p_a07" and key[1] >= "2026-05-20"} for key in shown
    }
    assert any(True in found for found in shown.values())
    late = next(row["item"] for row in items(drawn) if (row["colleague"], row["day"]) == ("p_a07", "2026-05-20"))
    with monkeypatch.context() as patch:
        sit_at_a_terminal(patch, "q")
        asked = done(run(f"score {late}", drawn, "p_ev1", DRAWN)).out
    assert "adjustment for p_a07: reads long texts from paper\n" in asked
    refused = run("notice adjust p_a07 --needs 'has ADHD'", drawn, "p_tl1", DRAWN)
    assert (refused.code, refused.err.partition(":")[0]) == (1, "refused[names-condition]")
    assert run("notice adjust p_a07", drawn, "p_tl1", DRAWN).code == 2
    done(run("notice adjust p_a07 --end 2026-05-31", drawn, "p_tl1", DRAWN))
    assert "reads long texts from paper,2026-05-20,2026-05-31" in run("notice adjustments --for p_a07", drawn).out
