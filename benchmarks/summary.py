"""The summary by criterion of a million observations with twenty ratings each, against pandas and polars on the same files.

What is measured is ``qacli summarise criterion``: from reading the journal to the table, weighted by the design, with spread
and changes. The peers read the columns that they need of the same three files, join them, and count failures by criterion
and stratum and colleagues by criterion; they estimate nothing.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from functools import cache
from hashlib import file_digest
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from draw import WORK, Run, timed
from measure import MeasurementError

from qacli.ledger import journal
from qacli.ledger.head import read_head
from qacli.ledger.journal import Entry, Range
from qacli.ledger.trail import this_host

OBSERVATIONS = 1_000_000
CRITERIA = 20
COLLEAGUES = 1_000
WEEKS = 13
CHANNELS = ("phone", "chat")
ROUNDS = 3
FIRST = "2026-03-30"
AT = "2026-06-29T11:00:00Z"
PANDAS = """
import pandas, sys
records = sys.argv[1]
items = pandas.read_csv(f"{records}/items.csv", usecols=["id", "draw", "stratum", "colleague"])
seen = pandas.read_csv(f"{records}/observations.csv", usecols=["id", "item", "scorecard"])
ratings = pandas.read_csv(f"{records}/ratings.csv", usecols=["observation", "criterion", "met"])
facts = seen.merge(items.rename(columns={"id": "item"}), on="item")
rated = ratings.merge(facts.rename(columns={"id": "observation"}), on="observation")
rated = rated[rated["met"].notna()].assign(failed=lambda rows: rows["met"].eq("no"))
strata = rated.groupby(["scorecard", "criterion", "draw", "stratum"])["failed"].agg(["size", "sum"])
hands = rated.groupby(["scorecard", "criterion", "colleague"])["failed"].agg(["size", "sum"])
print(len(strata), len(hands))
"""
POLARS = """
import polars, sys
records = sys.argv[1]
items = polars.scan_csv(f"{records}/items.csv").select("id", "draw", "stratum", "colleague")
seen = polars.scan_csv(f"{records}/observations.csv").select("id", "item", "scorecard")
ratings = polars.scan_csv(f"{records}/ratings.csv").select("observation", "criterion", "met")
facts = seen.join(items, left_on="item", right_on="id")
rated = ratings.join(facts, left_on="observation", right_on="id").filter(polars.col("met").is_not_null())
counts = polars.len(), polars.col("met").eq("no").sum().alias("failed")
strata = rated.group_by("scorecard", "criterion", "draw", "stratum").agg(*counts)
hands = rated.group_by("scorecard", "criterion", "colleague").agg(*counts)
print(*(len(each) for each in polars.collect_all([strata, hands])))
"""


def against_pandas(qacli: Path) -> float:
    """Time of the summary over that of pandas."""
    return _time(qacli) / _peer(PANDAS, "pandas").seconds


def against_polars(qacli: Path) -> float:
    """Time of the summary over that of polars."""
    return _time(qacli) / _peer(POLARS, "polars").seconds


def memory_against_polars(qacli: Path) -> float:
    """Largest resident size of the summary over that of polars."""
    return _summarise(qacli).megabytes / _peer(POLARS, "polars").megabytes


@cache
def _time(qacli: Path) -> float:
    return median(_summarise(qacli).seconds for _ in range(ROUNDS))


def _summarise(qacli: Path) -> Run:
    words = [qacli, "--as", "p_tl1", "summarise", "criterion", "--format", "json", "-o", "/dev/null"]
    return timed([str(word) for word in words], workspace())


@cache
def _peer(code: str, name: str) -> Run:
    if not find_spec(name):
        raise MeasurementError(f"{name} is not installed: pip install -e '.[bench]'")
    command = [sys.executable, "-c", code, str(workspace() / "records" / "2026")]
    runs = sorted(timed(command, WORK) for _ in range(ROUNDS))
    return runs[len(runs) // 2]


def workspace(observations: int = OBSERVATIONS) -> Path:
    """Return a workspace with so many observations of twenty ratings; it is made once and kept, 1.8 GB."""
    folder = WORK / f"summary-{observations}"
    if (folder / ".made").exists():
        return folder
    import desk

    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    desk.make(folder)
    people = [f"p_b{number},telephony,B{number},,,,\n" for number in range(COLLEAGUES)]
    desk.write(folder, {"people.csv": desk.PEOPLE + "".join(people), "definitions/scorecards/desk.yaml": _card()})
    desk.agreed(folder)
    _recorded(folder, _records(folder, observations))
    (folder / ".made").touch()
    return folder


def _card() -> str:
    import desk

    head = desk.CARD.partition("    criteria:\n")[0]
    anchors = "{not_met: It is not said., met: It is said.}"
    lines = [
        f"      - {{id: c-{number:02}, observable: The colleague does what step {number} asks., scale: binary@1, "
        f"weight: {100 // CRITERIA}, anchors: {anchors}, not_applicable: It did not come up., procedure: need@1, promise: safe}}\n"
        for number in range(1, CRITERIA + 1)
    ]
    return head + "    criteria:\n" + "".join(lines)


def _records(folder: Path, observations: int) -> Sequence[str]:
    """Write draws, strata, items, observations and ratings as their canonical files, and return their names."""
    import duckdb

    place = folder / "records" / "2026"
    place.mkdir(parents=True, exist_ok=True)
    each = observations // WEEKS // len(CHANNELS)
    who = f"'{AT}' AS at, 'p_tl1' AS by, 'example' AS provenance"
    week = f"DATE '{FIRST}' + 7 * (w::INTEGER)"
    channel = f"{list(CHANNELS)}[1 + c]"
    units = (
        f"(SELECT i, i % {len(CHANNELS)} AS c, (i // {len(CHANNELS)}) % {WEEKS} AS w, hash(i) % {COLLEAGUES} AS p "
        f"FROM range({each * WEEKS * len(CHANNELS)}) AS t(i))"
    )
    tables = {
        "draws": f"""SELECT 'd_' || w AS id, {who}, 'weekly@1' AS frame, '2026-W' || (14 + w) AS period, {week} AS first,
            {week} + 6 AS last, 'routine' AS purpose, 'proportional' AS design, 'seed' AS seed, NULL AS notices,
            'telephony' AS source, repeat('a', 64) AS sha256, {each * 24} AS population, {each * 20} AS eligible,
            {each * len(CHANNELS)} AS drawn FROM range({WEEKS}) AS t(w)""",
        "strata": f"""SELECT 'd_' || w || '-' || (c + 1) AS id, {who}, 'd_' || w AS draw, {channel} AS stratum,
            {each * 10} AS eligible, {each} AS asked, {each} AS drawn
            FROM range({WEEKS}) AS t(w), range({len(CHANNELS)}) AS u(c) ORDER BY w, c""",
        "items": f"""SELECT 't_' || i AS id, {who}, 'd_' || w AS draw, 'T' || i AS transaction,
            strftime({week}, '%Y-%m-%d') || 'T09:00:00Z' AS started_at, {week} + (i % 5)::INTEGER AS day,
            {channel} AS channel, NULL AS team, 'p_b' || p AS colleague, NULL AS reason, 300 AS seconds, {channel} AS stratum,
            'routine' AS purpose, '0.1' AS probability, '10' AS weight, 'desk@1.0' AS scorecard, 'p_ev1' AS evaluator
            FROM {units}""",
        "observations": f"""SELECT 'o_' || i AS id, {who.replace("p_tl1", "p_ev1")}, 't_' || i AS item, 's_' || i AS session,
            'desk@1.0' AS scorecard, 90 AS score, 100 AS applicable_weight, 0 AS customer, 0 AS business, 0 AS compliance,
            'form' AS entered FROM {units}""",
        "ratings": f"""SELECT 'o_' || i || '-' || k AS id, {who.replace("p_tl1", "p_ev1")}, 'o_' || i AS observation,
            'c-' || lpad(k::VARCHAR, 2, '0') AS criterion, ['met', 'not_met', 'na'][1 + s] AS answer,
            ['yes', 'no', NULL][1 + s] AS met, ['100', '0', NULL][1 + s] AS value, {100 // CRITERIA} AS weight,
            NULL AS evidence, NULL AS "offset", NULL AS comment
            FROM (SELECT i, k, CASE WHEN hash(i * 31 + k) % 100 < 3 + k // 4 THEN 1
                                    WHEN hash(i * 37 + k) % 100 < 8 THEN 2 ELSE 0 END AS s
                  FROM {units}, range(1, {CRITERIA + 1}) AS c(k))""",
    }
    duckdb.sql("SET preserve_insertion_order = true")
    for name, query in tables.items():
        duckdb.sql(f"COPY ({query}) TO '{place / name}.csv' (HEADER, QUOTE '\"')")
    return [f"records/2026/{name}.csv" for name in tables]


def _recorded(folder: Path, files: Sequence[str]) -> None:
    """Enter whole files into the journal as one entry."""
    head = read_head(folder)
    ranges = []
    for file in files:
        with (folder / file).open("rb") as opened:
            ranges.append(Range(file, 0, (folder / file).stat().st_size, file_digest(opened, "sha256").hexdigest()))
    entry = Entry(head.seq + 1, AT, this_host(), "p_ev1", "p_ev1", "score", "", tuple(ranges), {}, head.hash).sealed()
    with (folder / journal.NAME).open("ab") as opened:
        opened.write(entry.encode())
