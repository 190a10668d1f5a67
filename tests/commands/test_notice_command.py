from __future__ import annotations

from command_line import run
from desk import CARD, FRAME, write


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
