"""Whatever is typed or handed in: one of the exit codes, no traceback, and never the code of a bug."""

from __future__ import annotations

import random
import shutil

import pytest
from command_line import run, snapshot
from desk import DRAWN

from qacli.cli import COMMANDS

CODES = {0, 1, 2, 65, 74, 77, 78, 130}
WORDS = [
    "",
    "-",
    "--",
    "-C",
    "--as",
    "p_ev1",
    "p_tl1",
    "p_mgr1",
    "p_a07",
    "--today",
    DRAWN,
    "2026-13-45",
    "9999-12-31",
    "0001-01-01",
    "--format",
    "json",
    "csv",
    "md",
    "table",
    "-o",
    "/dev/null",
    "--dry-run",
    "-q",
    "--plain",
    "list",
    "draw",
    "verify",
    "show",
    "check",
    "add",
    "agree",
    "ack",
    "gaps",
    "prepare",
    "deliver",
    "reply",
    "feedback",
    "plans",
    "summary",
    "propose",
    "book",
    "done",
    "host",
    "take",
    "weekly",
    "weekly@1",
    "weekly@9",
    "n-staff",
    "n-phone",
    "t_5-1",
    "t_5-99",
    "o_1",
    "d_5",
    "d_5-1",
    "f_1",
    "a_1",
    "x" * 300,
    "é",
    "\u202e",
    "\x00x"[1:],
    "\udcff",
    "[red]",
    "../../etc/passwd",
    "--period",
    "2026-W20",
    "2026-W99",
    "2026-W21",
    "2026-05-11..2026-05-10",
    "1..2",
    "--from",
    "--to",
    "--for",
    "--on",
    "--words",
    "--need",
    "--criterion",
    "--option",
    "idv",
    "idv-drill",
    "colleague",
    "team",
    "criterion",
    "desk",
    "--last",
    "0",
    "-1",
    "1e9",
    "99999999999999999999",
    "--technique",
    "recording",
    "side-by-side",
    "--started",
    "2026-05-20T10:00",
    "2026-05-20T10:00+14:00",
    "--ended",
    "--comfort",
    "3",
    "--notes",
    "--correct",
    "why",
    "--column",
    "a=b",
    "=",
    "--name",
    "--dates",
    "d/m/y",
    "--encoding",
    "cp1252",
    "'",
    '"',
    "%s",
    "{}",
    "\\",
    "*",
    "--strengths",
    "--owner",
    "--review-on",
    "--channel",
    "phone",
]
GARBAGE = {
    "empty": b"",
    "nul": b"\0" * 50,
    "newline": b"\n",
    "random": random.Random(3).randbytes(400),
    "utf16": "a,b\n1,2\n".encode("utf-16"),
    "latin": "person,on,means\np_é,2026-01-01,x\n".encode("latin-1"),
    "zip": b"PK\x03\x04" + b"x" * 60,
    "gzip": b"\x1f\x8b\x08" + b"x" * 60,
    "quote": b'person,on,means\n"p_a07,2026-01-01,x\n',
    "ragged": b"person,on,means\np_a07\n",
    "other": b"a,b,c\n1,2,3\n",
    "escape": b"person,on,means\np_a07,2026-05-20,\x1b[2J\n",
    "day": b"person,on,means\np_a07,20 May,x\n",
    "deep": b"[" * 5000,
    "alias": b"a: &a [*a]\n",
    "tag": b"!!python/object:os.system {}\n",
    "list": b"- 1\n- [2]\n- {a: b}\n",
    "scalar": b"7",
    "json": b'{"item": 5, "answers": {"x": null}}',
    "cut": b'{"item": "t_5-1", "answers": {"idv"',
    "colon": b"a: b: c\n",
    "merge": b"<<: {a: 1}\n",
    "two": b"a: 1\n---\nb: 2\n",
    "notes": b"criterion,offset,polarity,fact\n,,,\n",
    "header": b"txn_id,started_at,agent_id,channel\n",
    "return": b"txn_id,started_at\r1,2\r",
    "long": b"a," + b"x" * 70_000 + b"\n1,2\n",
    "bom": b"\xef\xbb\xbf",
    "dates": b"txn_id,started_at\n1,not a day\n2,31/31/2026\n",
    "nan": b"txn_id,started_at,talk_s\n1,2026-05-20,nan\n2,2026-05-21,1e400\n",
}


def survives(words, folder, today=""):
    result = run(words, folder, today=today)
    assert result.code in CODES, (words, result)
    assert "Traceback" not in result.err, (words, result.err)
    assert result.code in {0, 1} or result.err, words
    return result


@pytest.fixture(scope="module")
def place(_desks, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz") / "desk"
    shutil.copytree(_desks / "drawn", folder)
    return folder


@pytest.mark.parametrize("command", [command.name for command in COMMANDS if command.name not in {"demo", "init"}])
def test_any_words_behind_any_command(command, place, monkeypatch):
    monkeypatch.chdir(place)
    choose = random.Random(command)
    for _ in range(8):
        monkeypatch.setenv("QACLI_AS", choose.choice(["p_ev1", "p_tl1", "p_mgr1", "p_a07"]))
        words = [word for word in choose.choices(WORDS, k=choose.randint(0, 6)) if word != "host"]
        survives([command, *words, "--dry-run"] if choose.random() < 0.3 else [command, *words], place)


def test_any_words_in_front(place, monkeypatch):
    monkeypatch.chdir(place)
    choose = random.Random(1)
    for _ in range(40):
        survives(choose.choices([word for word in WORDS if word not in {"host", "take"}], k=choose.randint(1, 4)), None)


FILES = [
    "score --from {}",
    "record t_5-1 --technique recording --notes {}",
    "notice ack n-staff --from {}",
    "source add {} --name other",
]


@pytest.mark.parametrize("kind", GARBAGE)
def test_any_bytes_in_any_file_that_is_handed_in(kind, place, tmp_path):
    before = snapshot(place / "records")
    for suffix in (".csv", ".yaml", ".json"):
        path = tmp_path / f"x{suffix}"
        path.write_bytes(GARBAGE[kind])
        for line in FILES:
            result = survives([*line.format(path).split(), "--as", "p_ev1"], place, DRAWN)
            assert result.code != 0 or kind == "bom" or "source" in line or "notice" in line, (line, result)
    assert snapshot(place / "records") == before


@pytest.mark.parametrize(
    "name",
    [
        "qacli.yaml",
        "people.csv",
        "journal.csv",
        "exports/may.csv",
        "exports/optouts.csv",
        "definitions/notices.yaml",
        "definitions/frames/weekly.yaml",
        "definitions/scorecards/desk.yaml",
        "definitions/profiles/telephony.yaml",
        "transcripts/A07-20.txt",
        "records/2026/items.csv",
        "records/2026/draws.2.csv",
    ],
)
def test_any_bytes_in_the_files_of_a_workspace(name, desk_at):
    folder = desk_at("drawn")
    path = folder / name
    good = path.read_bytes()
    choose = random.Random(name)
    lines = [
        "",
        "check",
        "sample list",
        "sample verify",
        "source check",
        "notice gaps",
        "frame show weekly",
        "notice ack n-staff --dry-run",
        "sample draw weekly --period 2026-W20 --dry-run",
        "ledger verify",
        "ledger show",
        "report plans",
    ]
    damaged = [GARBAGE[kind] for kind in choose.sample(sorted(GARBAGE), 3)] + [
        good[: len(good) // 2],
        good + b"\xff",
        good.replace(b",", b"", 1),
    ]
    for content in damaged:
        path.write_bytes(content)
        for line in choose.sample(lines, 1):
            survives([*line.split(), "--as", "p_ev1"] if line else [], folder)
    path.unlink()
    for line in choose.sample(lines, 3):
        survives(line.split(), folder)
