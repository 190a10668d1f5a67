"""A quota draw from a big export with everything that decides eligibility, against reading the same file by other means.

What is drawn is what ``qacli sample draw --dry-run`` draws: profile, input digest, duplicate check, strict reading, notices,
acknowledgements of 5,000 colleagues, 50,000 opt-outs. Time is by the clock, memory the largest resident size of the child.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

from measure import MeasurementError, environment

ROOT = Path(__file__).parents[1]
for folder in ("src", "tests"):
    sys.path.insert(0, str(ROOT / folder))

WORK = Path(__file__).parent / ".work"
ROWS = 10_000_000
MANY = 100_000_000
COLLEAGUES = 5_000
OPT_OUTS = 50_000
ROUNDS = 3
PERIOD = "2026-Q2"
NAMED_READ = """
import duckdb, sys
print(duckdb.sql(f"SELECT count(*), count(DISTINCT txn_id) FROM read_csv('{sys.argv[1]}', all_varchar=true)").fetchall())
"""
CSV_AND_HEAP = """
import csv, hashlib, heapq, sys
from collections import defaultdict
key = hashlib.sha256(b"qacli/prn/1\\0desk").hexdigest()
best, seen = defaultdict(list), set()
with open(sys.argv[1], encoding="utf-8", newline="") as stream:
    for row in csv.DictReader(stream):
        seen.add(row["txn_id"])
        rank = -int(hashlib.sha256((key + row["txn_id"]).encode()).hexdigest(), 16)
        heap = best[row["agent_id"]]
        (heapq.heappush if len(heap) < 2 else heapq.heappushpop)(heap, (rank, row["txn_id"]))
print(len(best), len(seen))
"""
PANDAS = """
import hashlib, pandas, sys
key = hashlib.sha256(b"qacli/prn/1\\0desk").hexdigest()
frame = pandas.read_csv(sys.argv[1], dtype=str)
frame["rank"] = [hashlib.sha256((key + id_).encode()).hexdigest() for id_ in frame["txn_id"]]
print(frame["txn_id"].nunique(), len(frame.sort_values("rank").groupby("agent_id").head(2)))
"""

MILLER = """
r = sha256("KEY" . $txn_id);
if (is_absent(@first[$agent_id])) { @first[$agent_id] = r }
elif (r < @first[$agent_id]) { @second[$agent_id] = @first[$agent_id]; @first[$agent_id] = r }
elif (is_absent(@second[$agent_id]) || r < @second[$agent_id]) { @second[$agent_id] = r }
end { emit (@first, @second), "agent_id" }
""".replace("KEY", hashlib.sha256(b"qacli/prn/1\0desk").hexdigest())
"""The two smallest ranks of each colleague: less than the other peers do, for to look for ids that stand twice would fill
the memory."""


class Run(NamedTuple):
    """Seconds by the clock and the largest resident size in MB of one child."""

    seconds: float
    megabytes: float


def against_duckdb(qacli: Path) -> float:
    """Time of the draw over that of DuckDB's named read, in turn."""
    folder = _workspace()
    pairs = [(_draw(qacli, folder), _peer(NAMED_READ, folder)) for _ in range(ROUNDS)]
    return median(ours.seconds / peer.seconds for ours, peer in pairs)


def memory(qacli: Path) -> float:
    """Largest resident size of the draw over 700 MB."""
    return _draw(qacli, _workspace()).megabytes / 700


def memory_of_many(qacli: Path) -> float:
    """Largest resident size of a draw from ten times as many rows over that of the draw. Takes 13 GB of disk."""
    return _draw(qacli, _workspace(MANY)).megabytes / _draw(qacli, _workspace()).megabytes


def against_csv_and_heap(qacli: Path) -> float:
    """Time of the draw over that of Python's csv with a heap for each colleague."""
    folder = _workspace()
    return _draw(qacli, folder).seconds / _peer(CSV_AND_HEAP, folder).seconds


def against_miller(qacli: Path) -> float:
    """Time of the draw over that of miller, which leaves the ids that stand twice aside. Raises MeasurementError."""
    folder = _workspace()
    miller = shutil.which("mlr")
    if miller is None:
        raise MeasurementError("there is no mlr on this machine: apt-get install miller, or see miller.readthedocs.io")
    peer = timed([miller, "--icsv", "--ojson", "put", "-q", MILLER, str(folder / "exports" / "may.csv")], WORK)
    return _draw(qacli, folder).seconds / peer.seconds


def memory_against_pandas(qacli: Path) -> float:
    """Largest resident size of the draw over that of pandas."""
    folder = _workspace()
    return _draw(qacli, folder).megabytes / _peer(PANDAS, folder).megabytes


def _draw(qacli: Path, folder: Path) -> Run:
    words = [qacli, "--as", "p_tl1", "sample", "draw", "weekly", "--period", PERIOD, "--dry-run", "-o", "/dev/null"]
    return timed([str(word) for word in words], folder)


@cache
def _peer_once(code: str, export: str) -> Run:
    return timed([sys.executable, "-c", code, export], WORK)


def _peer(code: str, folder: Path) -> Run:
    export = str(folder / "exports" / "may.csv")
    return timed([sys.executable, "-c", code, export], WORK) if code == NAMED_READ else _peer_once(code, export)


def timed(command: Sequence[str], folder: Path) -> Run:
    """Run a command to its end and return what it took. Raises MeasurementError if it fails."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = child.stderr.read().decode("utf-8", "replace") if child.stderr else ""
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise MeasurementError(f"{command[0]} ended with {child.returncode}: {said.strip().splitlines()[-1:]}")
    return Run(time.perf_counter() - begin, usage.ru_maxrss / 1024)


def _workspace(rows: int = ROWS) -> Path:
    """Return the workspace of the benchmark; it is made once and kept, 1.3 GB."""
    folder = WORK / f"draw-{rows}"
    if (folder / ".made").exists():
        return folder
    import desk

    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    desk.agreed(desk.make(folder))
    _enlarge(folder, rows)
    (folder / ".made").touch()
    return folder


def _enlarge(folder: Path, rows: int) -> None:
    import desk
    import duckdb

    frame = desk.FRAME.replace("cadence: week", "cadence: quarter").replace("version: 1\n", "version: 2\n")
    people = [f"p_b{number},telephony,B{number},,,,\n" for number in range(COLLEAGUES)]
    told = [f"p_b{number},2026-01-05,signed\n" for number in range(COLLEAGUES)]
    opted = [f"C{number * 37},2026-01-01\n" for number in range(OPT_OUTS)]
    desk.write(
        folder,
        {
            "definitions/frames/weekly.yaml": frame,
            "people.csv": desk.PEOPLE + "".join(people),
            "told.csv": "person,on,means\n" + "".join(told),
            "exports/optouts.csv": "customer_ref,from\n" + "".join(opted),
        },
    )
    desk.done(desk.run("notice ack n-staff --from " + str(folder / "told.csv"), folder, "p_tl1", desk.DRAWN))
    desk.done(desk.run("frame agree weekly", folder, "p_mgr1", desk.DRAWN))
    duckdb.sql(f"""
        COPY (SELECT printf('T%010d', i * 7919 % {rows}) AS txn_id,
                     strftime(TIMESTAMP '2026-04-01 06:00:00' + to_seconds(i * 7776000 // {rows}), '%d/%m/%Y %H:%M')
                         AS started_at,
                     'B' || (hash(i) % {COLLEAGUES}) AS agent_id, ['phone', 'phone', 'phone', 'chat'][1 + i % 4] AS channel,
                     'C' || (hash(i + 1) % 4000000) AS customer_ref, 60 + hash(i + 2) % 900 AS talk_s,
                     'queue ' || (i % 17) AS queue, repeat('recording kept until reviewed ', 1) || i AS notes,
                     md5(i::VARCHAR) AS recording
              FROM range({rows}) AS t(i)) TO '{folder / "exports" / "may.csv"}' (HEADER, QUOTE '"')""")
