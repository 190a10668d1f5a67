"""The example bank: repeatable, and with the planted truths in it."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import fmean
from zoneinfo import ZoneInfo

import pytest

from qacli.engine.connection import connect
from qacli.files.validate import validate, validate_all
from qacli.files.yaml import read
from qacli.prepare.frames.frame import Frame
from qacli.prepare.notices.notice import Acknowledgement, Notice, acknowledged_periods, gaps
from qacli.prepare.people import parse_people
from qacli.prepare.scorecards.scale import Scale
from qacli.prepare.scorecards.scorecard import Scorecard
from qacli.prepare.settings import Settings
from qacli.sources.check import check
from qacli.sources.opt_outs import open_opt_outs
from qacli.sources.profile import Profile
from qacli.sources.transcripts.folder import Transcripts

ROOT = Path(__file__).parents[2]
HARBOUR = ROOT / "examples" / "harbour"
sys.path.insert(0, str(HARBOUR))

import bank  # noqa: E402
import evaluators  # noqa: E402
from generate import contact, generate, transactions  # noqa: E402


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("harbour bank")
    generate(made)
    return made


@pytest.fixture(scope="module")
def rows():
    return transactions(2026, 13, 0.2)


@pytest.fixture(scope="module")
def cards():
    return {path.stem: validate(read(path), Scorecard) for path in (ROOT / "scorecards" / "scorecards").glob("*.yaml")}


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def notices(folder):
    tree = read(folder / "definitions" / "notices.yaml")
    return validate_all((tree.part((place,)), Notice) for place in range(len(tree.data)))


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_writes_the_same_bytes_and_another_does_not(folder, tmp_path):
    subprocess.run([sys.executable, HARBOUR / "generate.py", tmp_path / "again"], check=True)
    assert contents(tmp_path / "again") == contents(folder)
    generate(tmp_path / "other", seed=7)
    other = contents(tmp_path / "other")["exports/transactions-2026-05.csv"]
    assert other != contents(folder)["exports/transactions-2026-05.csv"]


def test_the_settings_and_frames_are_complete(folder):
    settings = validate(read(folder / "qacli.yaml"), Settings)
    assert settings.provenance == "example"
    assert settings.unstated() == []
    for name in ("weekly-routine", "monthly-colleague"):
        frame = validate(read(folder / "definitions" / "frames" / f"{name}.yaml"), Frame)
        assert frame.id == name
        assert "manager" not in settings.roles_of(frame.owner)
        assert all("evaluator" in settings.roles_of(person) for person in frame.evaluators)


def test_c05_the_example_has_its_chat_gap_of_11_to_17_may(folder):
    channels = ["phone", "chat", "email", "desk"]
    assert gaps(notices(folder), channels, date(2026, 3, 30), date(2026, 6, 28)) == [
        ("chat", date(2026, 5, 11), date(2026, 5, 17))
    ]
    week = [
        row
        for row in table(folder / "exports" / "transactions-2026-05.csv")
        if row["channel"] == "Chat" and 11 <= contact(row).day.day <= 17
    ]
    assert len(week) > 100


def test_c05_one_colleague_never_acknowledged_and_one_did_so_on_the_fourth_day(folder):
    lines = table(folder / "acknowledgements.csv")
    on = {line["person"]: line["on"] for line in lines}
    assert len(on) == len(lines) == 23
    assert "p_a11" not in on
    assert on["p_a22"] == "2026-05-21"
    [staff] = [notice for notice in notices(folder) if notice.audience == "colleagues"]
    acks = [
        Acknowledgement(person=person, notice=staff.reference, on=date.fromisoformat(day), means="form")
        for person, day in on.items()
    ]
    periods = {period.key: period for period in acknowledged_periods([staff], acks, [*on, "p_a11"])}
    assert "p_a11" not in periods
    assert periods["p_a22"].from_ == date(2026, 5, 21)


def test_everybody_in_the_export_is_in_people(folder):
    people, faults = parse_people(enumerate(table(folder / "people.csv"), start=2))
    assert faults == []
    assert len(people.ids()) == 30
    rows = table(folder / "exports" / "transactions-2026-05.csv")
    who = {
        (row["agent_id"], line.person)
        for row in rows
        for line in people
        if line.source_id == row["agent_id"]
        and line.source == "telephony"
        and line.from_ <= contact(row).day <= line.to
    }
    assert who == {(agent, f"p_{agent.lower()}") for agent in bank.AGENTS if agent != "A05"}


def test_the_export_is_a_british_one_of_a_few_thousand_contacts(folder):
    rows = table(folder / "exports" / "transactions-2026-05.csv")
    assert 2500 < len(rows) < 4500
    assert len({row["txn_id"] for row in rows}) == len(rows)
    assert all(re.fullmatch(r"\d{1,2}/5/2026 \d\d:\d\d:\d\d", row["started_at"]) for row in rows)
    assert not any(row["started_at"].startswith(("4/5/", "25/5/")) for row in rows)
    assert {row["provenance"] for row in rows} == {"example"}
    asked = {row["customer_ref"] for row in table(folder / "exports" / "optouts.csv")}
    share = fmean(row["customer_ref"] in asked for row in rows)
    assert 0.01 < share < 0.05


def test_the_planted_identity_failures_are_in_chat_between_release_and_repair(rows):
    # scenario: 4 % before 5 May, 36 % to 7 June, 6 % after; phone 3 % throughout. Tolerance: 3 standard errors.
    found = {}
    for row in map(contact, rows):
        if row.channel in {"phone", "chat"} and bank.applies(2026, row, "idv"):
            when = "before" if row.day < bank.RELEASE else "during" if row.day < bank.REPAIR else "after"
            found.setdefault((row.channel, when), []).append(not bank.met(2026, row, "idv"))
    planted = {
        ("chat", "before"): 0.04,
        ("chat", "during"): 0.36,
        ("chat", "after"): 0.06,
        ("phone", "before"): 0.03,
        ("phone", "during"): 0.03,
        ("phone", "after"): 0.03,
    }
    for where, rate in planted.items():
        share, n = fmean(found[where]), len(found[where])
        assert abs(share - rate) < 3 * (rate * (1 - rate) / n) ** 0.5, (where, share, n)


def test_a_chat_reads_as_it_was_planted(folder):
    rows = {row["txn_id"]: contact(row) for row in table(folder / "exports" / "transactions-2026-05.csv")}
    paths = sorted((folder / "transcripts").glob("*.txt"))
    assert 36 <= len(paths) <= 60
    failed = 0
    for path in paths:
        text, what = path.read_text("utf-8"), rows[path.stem]
        assert what.channel == "chat"
        assert all(re.fullmatch(r"\d\d:\d\d:\d\d [AC]: .+", line) for line in text.splitlines())
        assert not re.search(r"\d{12}", text)
        if bank.applies(2026, what, "idv"):
            late = "still have to run the identity check" in text
            assert late is not bank.met(2026, what, "idv")
            failed += late
        else:
            assert "check" not in text.lower()
    assert failed > 5


def answered(rows, cards, evaluator, channel, count):
    chosen = [what for what in map(contact, rows) if what.channel == channel][:count]
    return [evaluators.answers(what._asdict() | {"seconds": "420"}, cards[channel], evaluator) for what in chosen]


def test_scripted_answers_fit_the_card_and_give_evidence(rows, cards):
    scales = {
        scale.reference: scale
        for scale in (validate(read(path), Scale) for path in (ROOT / "scorecards" / "scales").glob("*.yaml"))
    }
    notes = Counter()
    for channel, card in cards.items():
        for given in answered(rows, cards, "p_ev1", channel, 60):
            assert list(given) == [criterion.id for criterion in card.criteria()]
            for criterion in card.criteria():
                answer = given[criterion.id]
                assert set(answer) == {"answer", "evidence", "offset"}
                assert re.fullmatch(r"0[0-7]:[0-5]\d", answer["offset"])
                assert "{" not in answer["evidence"]
                notes[answer["evidence"]] += 1
                if answer["answer"] == "na":
                    assert criterion.may_be_not_applicable
                else:
                    scales[criterion.scale].value(answer["answer"])
    assert len(notes) == 60 * (17 + 17 + 15)  # phone, chat, email
    assert set(notes.values()) == {1}


def test_the_lenient_evaluator_gives_about_7_points_more(rows, cards):
    values = {"1": 0, "2": 25, "3": 50, "4": 75, "5": 100}

    def mean(evaluator):
        given = answered(rows, cards, evaluator, "phone", 150)
        points = [answer["answer"] for each in given for answer in each.values()]
        return fmean(values[point] for point in points if point in values)

    # scenario: p_ev2 -1, p_ev3 +7, to be found within 5 to 9
    assert 5 < mean("p_ev3") - mean("p_ev1") < 9
    assert -2 < mean("p_ev2") - mean("p_ev1") < 0


def test_a_score_file_names_its_schema_and_item(rows, cards):
    what = next(what for what in map(contact, rows) if what.channel == "chat")
    file = evaluators.score_file("t_4k-2", what._asdict(), cards["chat"], "p_ev1")
    assert (file["schema"], file["item"]) == ("qacli.score/1", "t_4k-2")
    assert file == evaluators.score_file("t_4k-2", what._asdict(), cards["chat"], "p_ev1")


def test_a_contact_of_which_little_is_known_is_answered_all_the_same(cards):
    assert len(evaluators.answers({"transaction": "INC0000045"}, cards["phone"], "p_ev9")) == 17


def test_the_example_is_read_without_a_complaint(folder):
    london = ZoneInfo("Europe/London")
    profiles = {
        name: validate(read(folder / "definitions" / "profiles" / f"{name}.yaml"), Profile)
        for name in ("telephony", "optouts")
    }
    export = [folder / "exports" / "transactions-2026-05.csv"]
    with connect() as connection:
        report = check(connection, export, profiles["telephony"], london, {"colleague": bank.AGENTS})
        assert report.findings == ()
        with open_opt_outs(connection, [folder / "exports" / "optouts.csv"], profiles["optouts"], london) as outs:
            listed = connection.execute(f'SELECT count(*), count("to") FROM {outs.table}').fetchone()
    assert listed == (len(table(folder / "exports" / "optouts.csv")), 0)


def test_the_chats_are_read_as_turns(folder):
    settings = validate(read(folder / "qacli.yaml"), Settings).sources["transcripts"]
    chats = Transcripts(folder, settings.path, settings.roles)
    for path in (folder / "transcripts").glob("*.txt"):
        read_back = chats.read(path.stem)
        assert {turn.role for turn in read_back.turns} == {"colleague", "customer"}
        assert len(read_back.turns) == len(path.read_text("utf-8").splitlines())
        assert not read_back.removed


def test_the_page_on_cases_shows_the_case_of_the_bank():
    page = (ROOT / "docs" / "cases.md").read_text("utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 3
    lines = (HARBOUR / "definitions.py").read_text("utf-8").splitlines()
    assert [line for block in blocks for line in block.splitlines() if line not in lines] == []
