"""May this person rate by this card: what they have read and passed, in the version of the day of the transaction."""

from __future__ import annotations

import pytest
from command_line import run, snapshot
from desk import CARD, DRAWN, FRAME, IDV, NEED, done, form, items, write
from desk import agreed as desk_agreed
from desk import drawn as desk_drawn

DAY = "2026-05-26"
# The version that comes into force within the week that is drawn: calls of 19 May fall under 1, of 20 May under 2.
IDV_2 = IDV.replace("version: 1", "version: 2").replace("2026-01-01", "2026-05-20").replace("id: q2", "id: q3")


def by_day(folder):
    return {str(item["day"]): item["item"] for item in items(folder) if item["evaluator"] == "p_ev1"}


def refused(folder, line, actor="p_ev1"):
    before = snapshot(folder)
    result = run(line, folder, actor, DAY)
    assert result.code == 1, result
    assert snapshot(folder) == before
    return result.err


@pytest.fixture
def with_idv_2(drawn):
    """The drawn desk, whose procedure idv changes on 20 May; its card goes on citing idv@1."""
    write(drawn, {"definitions/procedures/idv@2.yaml": IDV_2})
    return drawn


def test_c06_who_knows_version_1_rates_what_happened_before_version_2_and_nothing_later(with_idv_2):
    items_of = by_day(with_idv_2)
    assert set(items_of) == {"2026-05-19", "2026-05-20"}
    done(run(f"score --from {form(with_idv_2, items_of['2026-05-19'])}", with_idv_2, "p_ev1", DAY))
    said = refused(with_idv_2, f"score --from {form(with_idv_2, items_of['2026-05-20'])}")
    assert said.startswith(
        "refused[stale-procedure]: p_ev1 has acknowledged idv 1; transactions since 20 May 2026 fall under version 2.\n"
        f"  = help: run: qacli procedure ack idv@2 --as p_ev1 --today {DAY}; then: "
        f"qacli procedure quiz idv@2 --as p_ev1 --today {DAY}\n"
    )


def test_c06_a_card_that_cites_a_superseded_version_is_refused_with_what_to_do(with_idv_2, tmp_path):
    late = form(with_idv_2, by_day(with_idv_2)["2026-05-20"])
    done(run("procedure ack idv@2", with_idv_2, "p_ev1", DAY))
    (tmp_path / "a.csv").write_text("person,procedure,question,answer\np_ev1,idv,q1,b\np_ev1,idv,q3,a\n", "utf-8")
    done(run(f"procedure quiz --from {tmp_path / 'a.csv'}", with_idv_2, "p_ev1", DAY))
    assert refused(with_idv_2, f"score --from {late}") == (
        "refused[superseded-procedure]: desk@1.0 rates by idv@1, but transactions since 20 May 2026 fall under "
        "version 2.\n  = help: cite idv@2 in a new version of desk, and name that version in the frame before its "
        "next draw\n"
    )


def test_c06_a_card_of_the_new_version_rates_both_sides_of_the_day(agreed, tmp_path):
    newer = CARD.replace("version: 1.0", "version: 1.1").replace("idv@1", "idv@2")
    frame = FRAME.replace("desk@1.0", "desk@1.1").replace("version: 1\n", "version: 2\n")
    write(agreed, {"definitions/procedures/idv@2.yaml": IDV_2, "definitions/frames/weekly.yaml": frame})
    write(agreed, {"definitions/scorecards/desk@1.1.yaml": newer})
    done(run("scorecard approve desk", agreed, "p_mgr1", DRAWN))
    done(run("frame agree weekly", agreed, "p_mgr1", DRAWN))
    done(run("sample draw weekly --period 2026-W21", agreed, "p_tl1", DRAWN))
    found = by_day(agreed)
    done(run(f"score --from {form(agreed, found['2026-05-19'])}", agreed, "p_ev1", DAY))  # knows version 1
    assert "stale-procedure" in refused(agreed, f"score --from {form(agreed, found['2026-05-20'])}")
    cited = (agreed / "records/2026/versions.csv").read_text()
    assert "procedure,idv,1" in cited
    done(run("procedure ack idv", agreed, "p_ev1", DAY))
    (tmp_path / "a.csv").write_text("person,procedure,question,answer\np_ev1,idv,q1,b\np_ev1,idv,q3,a\n", "utf-8")
    done(run(f"procedure quiz --from {tmp_path / 'a.csv'}", agreed, "p_ev1", DAY))
    done(run(f"score --from {form(agreed, found['2026-05-20'])}", agreed, "p_ev1", DAY))


def test_c06_a_version_edited_in_place_leaves_the_earlier_one_to_earlier_transactions(drawn):
    write(drawn, {"definitions/procedures/idv.yaml": IDV_2})  # records cite version 1, so its text is kept
    found = by_day(drawn)
    done(run(f"score --from {form(drawn, found['2026-05-19'])}", drawn, "p_ev1", DAY))
    assert "has acknowledged idv 1; transactions since 20 May 2026 fall under version 2" in refused(
        drawn, f"score --from {form(drawn, found['2026-05-20'])}"
    )


def test_c06_everything_lacking_is_told_at_once_over_all_forms(drawn, tmp_path):
    forms = " ".join(f"--from {form(drawn, item['item'])}" for item in items(drawn))
    assert refused(drawn, f"score {forms}", "p_tl1") == (
        "refused[no-acknowledgement]: p_tl1 has not acknowledged, in any version: idv@1, need@1.\n"
        f"  = help: run: qacli procedure ack idv@1 need@1 --as p_tl1 --today {DAY}; then: "
        f"qacli procedure quiz idv@1 --as p_tl1 --today {DAY}\n"
    )
    done(run("procedure ack idv@1 need@1", drawn, "p_tl1", DAY))
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("person,procedure,question,answer\np_tl1,idv,q1,b\np_tl1,idv,q2,b\n", "utf-8")
    assert refused(drawn, f"score {forms}", "p_tl1").startswith(
        "refused[quiz-not-passed]: p_tl1 has not passed the quiz of idv 1: not taken yet, 100 % are asked.\n"
    )
    done(run(f"procedure quiz --from {wrong}", drawn, "p_tl1", DAY))
    assert "last time 1 of 2 were right, 100 % are asked" in refused(drawn, f"score {forms}", "p_tl1")


def test_c06_what_happened_before_the_first_version_is_rated_by_the_one_that_the_card_cites(desk_at):
    folder = desk_at("new")
    write(folder, {"definitions/procedures/need.yaml": NEED.replace("2026-01-01", "2026-05-20")})
    desk_drawn(desk_agreed(folder))
    early = form(folder, by_day(folder)["2026-05-19"])
    assert "not acknowledged, in any version: idv@1, need@1" in refused(folder, f"score --from {early}", "p_tl1")
    done(run(f"score --from {early}", folder, "p_ev1", DAY))


def test_a_period_that_is_superseded_from_its_first_day_is_not_drawn(agreed):
    write(agreed, {"definitions/procedures/idv@2.yaml": IDV_2.replace("2026-05-20", "2026-05-12")})
    assert "refused[superseded-procedure]" in refused(agreed, "sample draw weekly --period 2026-W21", "p_tl1")


def test_a_period_in_which_the_procedure_changes_is_drawn_with_a_warning(agreed):
    write(agreed, {"definitions/procedures/idv@2.yaml": IDV_2})
    said = done(run("sample draw weekly --period 2026-W21", agreed, "p_tl1", DAY)).err
    assert (
        "desk@1.0 rates by idv@1, but transactions since 20 May 2026 fall under version 2: they cannot be scored"
        in said
    )


def test_check_names_the_citation_in_the_card_of_the_frame(with_idv_2):
    said = run("check", with_idv_2, "p_tl1", "2026-05-20")
    assert said.code == 1
    assert "error[superseded-procedure]: idv@1 was superseded by idv@2 on 20 May 2026" in said.err + said.out
    assert run("check", with_idv_2, "p_tl1", "2026-05-19").code == 0


def test_what_is_to_be_learnt_stands_among_what_is_due(with_idv_2):
    said = run("", with_idv_2, "p_ev1").out
    assert "1 procedure (idv@2) to read before you score: qacli procedure ack --all --as p_ev1" in said
    assert "1 quiz (idv@2) to pass before you score: qacli procedure quiz --as p_ev1" in said
