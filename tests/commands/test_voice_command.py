"""qacli voice: surveys beside informal remarks, themes coded twice, hidden complaints, loops closed."""

from __future__ import annotations

import pytest
from command_line import run
from desk import done, write

DAY = "2026-05-22"  # a Friday before the spring bank holiday of Monday 25 May
SURVEY = """\
- id: after-contact
  version: 1
  owner: p_tl1
  from: 2026-01-01
  title: Survey after contact
  kind: survey
  wording: How satisfied were you?
  scale: {lowest: 1, highest: 5, favourable_from: 4}
  sent_when: by e-mail two hours after the contact
  columns: {transaction: txn, on: day, asked: sent, score: csat, words: comment, channel: channel}
  strata: [channel]
"""
REVIEWS = """\
- {id: reviews, version: 1, owner: p_tl1, from: 2026-01-01, title: Reviews, kind: social, sent_when: looked up on Mondays,
   columns: {transaction: txn, on: day, words: comment}}
"""
HEADER = "txn,day,sent,csat,comment,channel\n"


def call(folder, line, actor="p_tl1", today=DAY):
    return run(line, folder, actor, today)


@pytest.fixture
def heard(desk_at):
    folder = desk_at("new")
    settings = (folder / "qacli.yaml").read_text("utf-8") + "roles: {team-leader: [p_tl1], manager: [p_mgr1]}\n"
    write(folder, {"definitions/instruments.yaml": SURVEY + REVIEWS, "may.csv": answers(), "qacli.yaml": settings})
    return folder


def answers(day="2026-05-04"):
    """100 phone customers asked, of whom 40 answer and 32 are satisfied; 100 of chat, of whom 10 answer and 5 are."""
    phone = [f"P{n},{day},Y,{'' if n >= 40 else 5 if n < 32 else 2},{words(n)},phone\n" for n in range(100)]
    chat = [f"C{n},{day},Y,{'' if n >= 10 else 4 if n < 5 else 1},,chat\n" for n in range(100)]
    return HEADER + "".join([*phone, *chat]) + f"X1,{day},N,,,phone\n"


def words(n):
    return {0: "write to me at jo@example.org", 32: "second call about the same form", 33: "a long wait"}.get(n, "")


def note(folder, said, more="", actor="p_tl1", today=DAY):
    return run(["voice", "note", "--kind", "overheard", "--words", said, *more.split()], folder, actor, today)


def rows(folder, more="", actor="p_tl1"):
    return call(folder, f"voice list --format json {more}", actor).rows


def test_c26_an_overheard_third_time_ive_asked_prompts_triage_and_starts_its_clock(heard):
    told = done(note(heard, "That's the third time I've asked", "--channel phone"))
    assert "this may be a complaint, or a case: 'third time I've asked' (asked-again@1, our setting)" in told.err
    (row,) = rows(heard, "--triage")
    assert row["triage by"] == "2026-05-26"  # one business day after Friday 22 May: Monday 25 May is a bank holiday
    overdue = call(heard, "run --ahead 0 --format json", today="2026-05-27").rows
    assert [duty["what"] for duty in overdue if row["remark"] in duty["what"]]
    # known answer of the FCA's 15 business days in England from 22 May 2026: 15 June
    done(call(heard, f"voice triage {row['remark']} --complaint complaint-payment --case C77"))
    (row,) = rows(heard)
    assert (row["answer by"], row["state"]) == ("2026-06-15", "complaint")
    (case,) = call(heard, "export escalations --format json").rows
    assert (case["reference"], case["trigger"], case["close_by"][:10]) == ("C77", "complaint-payment@1", "2026-06-15")
    # another remark about the same case goes to it, and opens no other
    done(note(heard, "and I kept waiting", "--channel phone"))
    other = rows(heard, "--triage")[0]["remark"]
    done(call(heard, f"voice triage {other} --complaint complaint-payment --case C77"))
    assert [each["id"] for each in call(heard, "export escalations --format json").rows] == [case["id"]]
    assert {each["to"] for each in call(heard, "export voice_links --format json").rows} == {case["id"]}
    assert "nothing to do" in done(call(heard, f"voice triage {row['remark']} --complaint complaint")).err


def test_a_remark_that_points_to_a_graver_case_is_triaged_by_its_clock(heard):
    told = done(note(heard, "that was the third time I asked, and now I want to end my life"))
    assert "'end my life' (harm@1, " in told.err  # within an hour, not within a business day
    (row,) = rows(heard, "--triage")
    assert row["triage by"] == DAY
    found = call(heard, f"voice triage {row['remark']} --complaint complain")
    assert (found.code, "no trigger 'complain'" in found.err) == (1, True)


def test_what_may_be_a_complaint_is_dismissed_by_somebody_else_with_a_reason(heard):
    done(note(heard, "the third time I asked you won, thanks"))
    (row,) = rows(heard)
    name = row["remark"]
    assert "refused[not-triaged]" in call(heard, f"voice link {name} --nothing 'all is well'").err
    assert "refused[own-note]" in call(heard, f"voice triage {name} --dismiss 'a joke'").err
    assert call(heard, f"voice triage {name}").code == 2
    done(call(heard, f"voice triage {name} --dismiss 'a joke'", "p_ev1"))
    assert rows(heard, "--triage") == []
    done(call(heard, f"voice triage {name} --complaint complaint", "p_ev1"))
    assert "refused[triaged-already]" in call(heard, f"voice triage {name} --dismiss 'a joke'", "p_ev1").err


def test_informal_feedback_is_never_counted_as_satisfaction(heard):
    found = call(heard, "voice note --kind survey --words 'five of five'")
    assert (found.code, "refused[informal-as-survey]" in found.err) == (1, True)
    write(heard, {"definitions/instruments.yaml": REVIEWS.replace("words: comment", "words: comment, score: csat")})
    found = call(heard, f"voice import {heard / 'may.csv'} --instrument reviews")
    assert (found.code, "informal-score" in found.err) == (65, True)
    write(
        heard,
        {"definitions/instruments.yaml": SURVEY + REVIEWS, "reviews.csv": "txn,day,comment\nR1,2026-05-05,Great\n"},
    )
    done(call(heard, f"voice import {heard / 'may.csv'} --instrument after-contact"))
    before = satisfied(heard)
    done(call(heard, f"voice import {heard / 'reviews.csv'} --instrument reviews"))
    done(note(heard, "wonderful people"))
    assert satisfied(heard) == before == "- Satisfied: 74.0 % (60.4 to 84.1) of 50 who answered."  # Wilson, 37 of 50


def satisfied(folder):
    return next(line for line in call(folder, "voice report").out.splitlines() if line.startswith("- Satisfied"))


def test_personal_data_is_refused_when_typed_and_removed_when_imported(heard):
    for said in ("ring 020 7946 0000", "I told Gwen so"):
        found = note(heard, said)
        assert (found.code, "refused[personal-data]" in found.err, said in found.err) == (1, True, False)
    assert "refused[card-number]" in note(heard, "my card 4111 1111 1111 1111").err
    told = done(call(heard, f"voice import {heard / 'may.csv'} --instrument after-contact"))
    assert "personal data removed from 1 of 3 remarks" in told.err
    assert "write to me at [e-mail address removed]" in {row["words"] for row in rows(heard)}
    assert "jo@example.org" not in "".join(path.read_text("utf-8") for path in heard.glob("records/*/*.csv"))


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("he was born on 14/02/1961", "date of birth"),
        ("DOB 14.2.61, he said", "date of birth"),
        ("date of birth is 1961-02-14", "date of birth"),
        ("my birthday, 3rd of May, went by", "date of birth"),
        ("14 February 1961 is when I was born", "date of birth"),
        ("born February 14, 1961 in Leeds", "date of birth"),
        ("send it to SW1A 1AA please", "postcode"),
        ("I live in m1 1ae", "postcode"),
        ("CR26XH is not in your system", "postcode"),
        ("born 1/2/1960, at DN55 1PT", "date of birth, postcode"),
    ],
)
def test_dates_of_birth_and_postcodes_are_refused_when_typed_and_removed_when_imported(heard, said, what):
    found = note(heard, said)
    assert (found.code, found.err.splitlines()[0]) == (
        1,
        f"refused[personal-data]: the words hold personal data ({what}); nothing was recorded.",
    )
    write(heard, {"may.csv": HEADER + f'P1,2026-05-04,Y,5,"{said}",phone\n'})
    told = done(call(heard, f"voice import {heard / 'may.csv'} --instrument after-contact"))
    assert "personal data removed from 1 of 1 remarks" in told.err
    (row,) = rows(heard)
    assert all(f"[{each} removed]" in row["words"] for each in what.split(", "))


@pytest.mark.parametrize(
    "said",
    [
        "I came by on 14 May 2026 and again on 18/05/2026",
        "born and bred here, and on 4 June you closed",
        "take the M25 1st exit, he told me",
        "the letter of 2026-05-04 had form A4 2x in it",
        "my daughter was born. On 3 May you called",
        "flight BA 123 to room E12",
    ],
)
def test_a_plain_date_is_no_date_of_birth(heard, said):
    assert "logged" in done(note(heard, said)).out


def test_what_is_not_known_of_a_transaction_or_a_channel_is_told(heard):
    told = done(note(heard, "one", "--transaction T0001 --channel phone")).err
    assert "T0001 is in no draw" in told
    assert "channel" not in told
    told = done(note(heard, "two", "--channel fone")).err
    assert "note: no scorecard and no draw is of the channel 'fone'; theirs: chat, phone" in told


def test_a_wrong_import_is_taken_back_and_the_right_one_taken_in(heard):
    take_in = f"voice import {heard / 'may.csv'} --instrument after-contact"
    name = done(call(heard, take_in)).out.partition(":")[0]
    remark = rows(heard)[0]["remark"]
    for line, told in (
        (f"voice import --withdraw {name}", "is taken back for a reason"),
        ("voice import --withdraw vc_zz --reason wrong", "there is no vc_zz"),
        (f"{take_in} --withdraw {name} --reason wrong", "or an import is taken back for a reason"),
        ("voice import", "a file is taken in by its instrument"),
    ):
        found = call(heard, line)
        assert (found.code in {1, 2}, told in found.err) == (True, True), found.err
    told = done(call(heard, f"voice import --withdraw {name} --reason 'the export of another desk'"))
    assert told.out.startswith(f"{name} is taken back with 3 remarks")
    assert "stay on record until they are redacted" in told.err
    assert rows(heard) == []
    assert call(heard, "export voice_strata --format json").rows == []
    assert "200 asked" in done(call(heard, take_in)).out
    assert remark not in {row["remark"] for row in rows(heard)}
    assert {row["reason"] for row in call(heard, "export corrections --format json").rows} == {
        "the export of another desk"
    }


def test_an_import_that_led_to_something_is_not_taken_back(heard):
    name = done(call(heard, f"voice import {heard / 'may.csv'} --instrument after-contact")).out.partition(":")[0]
    remark = next(row["remark"] for row in rows(heard) if row["words"] == "a long wait")
    done(call(heard, "kpi question 'why do people wait?' --kpi csat --from 'remarks of May'"))
    question = call(heard, "export kpi_questions --format json").rows[0]["id"]
    done(call(heard, f"voice link {remark} --to {question} --words 'asked why'"))
    found = call(heard, f"voice import --withdraw {name} --reason wrong")
    assert (found.code, found.err.splitlines()[0]) == (
        1,
        f"refused[import-rested-on]: remarks of {name} led to something already: {remark} (action {question}).",
    )


def test_a_survey_tells_who_did_not_answer(heard):
    told = done(call(heard, f"voice import {heard / 'may.csv'} --instrument after-contact"))
    assert "200 asked, 50 answered, 3 with words" in told.out
    assert "this may be a complaint, or a case: 'second call'" in told.err
    text = done(call(heard, "voice report")).out
    assert "- Answered: 50 of 200 who were asked, 25.0 % (19.5 to 31.4)." in text  # Wilson
    # 32 of 40 on the phone and 5 of 10 in chats, each half of those asked: (80 + 50) / 2
    assert "- If each channel weighed what it had among those asked: 65.0 % satisfied." in text
    assert "| channel | chat | 100 | 10 | 10.0 % (5.5 to 17.4) | answered less | 50.0 % (23.7 to 76.3) |" in text
    assert "nothing to do" in done(call(heard, f"voice import {heard / 'may.csv'} --instrument after-contact")).err
    write(heard, {"may.csv": answers().replace("P99,2026-05-04", "P99,2031-05-12")})
    ahead = call(heard, f"voice import {heard / 'may.csv'} --instrument after-contact")
    assert "has the day 2031-05-12, which is still to come" in ahead.err
    write(heard, {"may.csv": answers().replace("P99,2026-05-04", "P99,2026-05-12")})
    assert (
        "refused[overlapping-import]" in call(heard, f"voice import {heard / 'may.csv'} --instrument after-contact").err
    )


def test_a_folder_without_instruments_says_where_they_are_written(heard):
    write(heard, {"definitions/instruments.yaml": "[]\n"})
    found = call(heard, f"voice import {heard / 'may.csv'} --instrument after-contact")
    assert (found.code, "definitions/instruments.yaml has an example" in found.err) == (2, True)


def test_every_cell_that_cannot_be_read_is_told_at_once(heard):
    write(heard, {"bad.csv": HEADER + "P1,4 May,Y,5,,phone\nP2,2026-05-04,Y,6,,phone\nP3,2026-05-04,Y,well,,phone\n"})
    found = call(heard, f"voice import {heard / 'bad.csv'} --instrument after-contact")
    assert found.code == 65
    for said in ("'4 May' is not a day", "'6' is no answer on the scale of 1 to 5", "'well' is no answer"):
        assert said in found.err


def test_a_remark_is_logged_on_the_day_or_says_why_not(heard):
    assert "refused[not-same-day]" in note(heard, "nice", "--on 2026-05-21").err
    assert "is still to come" in note(heard, "nice", "--on 2026-05-23").err
    done(note(heard, "nice", "--on 2026-05-21 --late closed"))
    assert "nothing to do" in done(note(heard, "nice", "--on 2026-05-21 --late closed")).err
    done(note(heard, "nice too"))
    assert "- Logged on the day: 1 of 2 notes." in call(heard, "voice report").out


def test_themes_are_coded_twice_apart_and_settled_by_a_third(heard):
    done(note(heard, "a long wait"))
    name = rows(heard)[0]["remark"]
    done(call(heard, f"voice theme {name} --theme wait", "p_ev1"))
    assert "nothing to do" in done(call(heard, f"voice theme {name} --theme wait", "p_ev1")).err
    assert "refused[coded-twice]" in call(heard, f"voice theme {name} --theme plain", "p_ev1").err
    assert rows(heard, "--to-code", "p_ev1") == []
    assert rows(heard, "--to-code", "p_ev2")[0]["theme"] is None  # the second coder does not see the first code
    done(call(heard, f"voice theme {name} --theme plain", "p_ev2"))
    assert rows(heard)[0]["theme"] == "contested"
    done(call(heard, f"voice theme {name} --theme wait", "p_mgr1"))
    assert rows(heard)[0]["theme"] == "wait"
    assert "refused[theme-settled]" in call(heard, f"voice theme {name} --theme wait", "p_a07").err
    assert "no theme 'waits'" in call(heard, f"voice theme {name} --theme waits", "p_a07").err


def test_themes_of_surveys_and_informal_remarks_are_told_apart_with_the_agreement(heard):
    formal = HEADER + "".join(f"P{n},2026-05-04,Y,2,remark {n},phone\n" for n in range(12))
    informal = "txn,day,comment\n" + "".join(f"R{n},2026-05-05,post {n}\n" for n in range(12))
    write(heard, {"formal.csv": formal, "informal.csv": informal})
    done(call(heard, f"voice import {heard / 'formal.csv'} --instrument after-contact"))
    done(call(heard, f"voice import {heard / 'informal.csv'} --instrument reviews"))
    names = {row["words"]: row["remark"] for row in rows(heard)}
    first = {words: "wait" if words.startswith("remark") else "manner" for words in names}
    second = first | {"remark 0": "manner"}
    for coder, codes in (("p_ev1", first), ("p_ev2", second)):
        lines = "".join(f"{names[words]},{theme}\n" for words, theme in codes.items())
        write(heard, {"codes.csv": f"remark,theme\n{lines}"})
        done(call(heard, f"voice theme --from {heard / 'codes.csv'}", coder))
    text = call(heard, "voice report").out
    # Gwet: 23/24 alike, by chance 2 x 23/48 x 25/48: (0.9583 - 0.4991) / (1 - 0.4991)
    assert "Coded twice: 24 of 24 remarks; 23 alike. Agreement, AC1: 0.92 " in text
    assert "Contested, nobody has settled it: 1." in text
    assert "| Waiting | 11 | 0 | 11 | more in surveys |" in text
    assert "- surveys speak most of Waiting, informal feedback most of Manner" in text


def test_a_file_of_codes_is_taken_in_whole(heard):
    for said in ("a long wait", "a short one"):
        done(note(heard, said))
    one, two = (row["remark"] for row in rows(heard))
    write(heard, {"codes.csv": f"remark,theme\n{one},waits\n{two},wait\nvo_99,wait\n"})
    found = call(heard, f"voice theme --from {heard / 'codes.csv'}", "p_ev1")
    assert (found.code, "no theme 'waits'" in found.err, "there is no vo_99" in found.err) == (1, True, True)
    assert call(heard, "export theme_codes --format json").rows == []
    assert call(heard, f"voice theme {one}", "p_ev1").code == 2


def test_a_survey_that_nobody_answered_says_so(heard):
    write(heard, {"none.csv": HEADER + "P1,2026-05-04,Y,,,phone\nP2,2026-05-04,Y,,,phone\n"})
    done(call(heard, f"voice import {heard / 'none.csv'} --instrument after-contact"))
    text = done(call(heard, "voice report")).out
    assert "- Answered: 0 of 2 who were asked" in text
    assert "- Satisfied: not known of 0 who answered." in text
    assert "not known, a part of it gave no answer" in text
    write(heard, {"nobody.csv": HEADER + "P1,2026-06-04,N,,,phone\n"})
    assert call(heard, f"voice import {heard / 'nobody.csv'} --instrument after-contact").code == 2


def test_a_loop_is_closed_by_what_is_on_record_and_told(heard):
    done(note(heard, "the letter says nothing"))
    name = rows(heard)[0]["remark"]
    assert "refused[nothing-to-tell]" in call(heard, f"voice link {name} --told 'a new letter'").err
    assert "refused[no-such-action]" in call(heard, f"voice link {name} --to a_99").err
    assert "refused[no-such-action]" in call(heard, f"voice link {name} --to {name}").err
    assert call(heard, f"voice link {name} --to a_99 --nothing x").code == 2
    done(call(heard, "kpi question 'why are letters not understood?' --kpi csat --from 'remarks of May'"))
    question = call(heard, "export kpi_questions --format json").rows[0]["id"]
    done(call(heard, f"voice link {name} --to {question} --words 'asked why'"))
    done(call(heard, f"voice link {name} --told 'wrote to the customer on 22 May'"))
    assert rows(heard, "--open") == []
    assert "told what came of it: 1." in call(heard, "voice report").out


def test_a_customer_who_stands_twice_in_a_survey_is_not_counted_twice(heard):
    path = heard / "twice.csv"
    line = "P1,2026-05-04,Y,5,,phone\n"
    path.write_text(f"{HEADER}{line}{line}", "utf-8")
    result = call(heard, f"voice import {path} --instrument after-contact")
    assert result.code == 65
    assert "error[repeated-customer]: P1 was asked in line 2 already, and would be counted twice\n" in result.err
    path.write_text(HEADER + line.replace(",Y,", ",perhaps,"), "utf-8")
    unsure = call(heard, f"voice import {path} --instrument after-contact")
    assert "error[not-read]: 'perhaps' does not say whether somebody was asked: write yes or no" in unsure.err
