"""Write the example workspace of Harbour & Vale Bank, a fictional bank: the same seed writes the same bytes.

    python examples/harbour/generate.py DIR --seed 2026 --weeks 13

All people, customers and conversations are invented, and every row says so: provenance example. It writes settings,
people, notices, frames, profiles, exports and transcripts; scorecards, scales and procedures are those of
``qacli init``.
"""

from __future__ import annotations

import argparse
import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path

from bank import (
    ACKNOWLEDGED,
    AGENTS,
    BANK_HOLIDAYS,
    NAMES,
    NEVER_ACKNOWLEDGED,
    REASONS,
    SEED,
    SKILLS,
    STAFF,
    STARTS,
    TALK,
    TEAMS,
    WEEKLY,
    Contact,
    first_monday,
    person,
    uniform,
    works,
)
from definitions import FILES
from transcripts import transcript
from trial import ratings

SCALE = 0.2
CHANNELS = {"phone": "Phone", "chat": "Chat", "email": "E-mail", "desk": "Counter/Video"}
PRODUCTS = ("current account", "savings", "credit card", "loan")
COLUMNS = (
    "txn_id",
    "started_at",
    "ended_at",
    "channel",
    "team_id",
    "agent_id",
    "queue",
    "reason",
    "product",
    "customer_ref",
    "vulnerable_flag",
    "recording_ref",
    "wait_s",
    "talk_s",
    "hold_s",
    "acw_s",
    "transferred",
    "csat",
    "provenance",
)
TRANSCRIPTS = 48


def generate(folder: Path, seed: int = SEED, weeks: int = 4, scale: float = SCALE) -> None:
    """Write the workspace files into a folder. ``scale`` 1 is the whole bank, about 4,400 contacts a week."""
    rows = transactions(seed, weeks, scale)
    for name, text in FILES.items():
        _write(folder / name, text)
    _table(folder / "people.csv", ("person", "source", "source_id", "from", "to", "name", "login"), people())
    (folder / "people.csv").chmod(0o600)
    _table(folder / "acknowledgements.csv", ("person", "on", "means"), acknowledgements())
    _table(folder / "trial.csv", ("transaction", "scorer", "criterion", "point"), ratings(seed))
    for month in sorted({f"{_day(row):%Y-%m}" for row in rows}):
        _table(
            folder / f"exports/transactions-{month}.csv",
            COLUMNS,
            [[row[column] for column in COLUMNS] for row in rows if f"{_day(row):%Y-%m}" == month],
        )
    _table(folder / "exports/optouts.csv", ("customer_ref", "from", "to", "scope"), opt_outs(seed, rows))
    chats = [row for row in rows if row["channel"] == CHANNELS["chat"]]
    for row in chats[:: max(1, len(chats) // TRANSCRIPTS)]:
        start, end = _time(row["started_at"]), _time(row["ended_at"])
        _write(folder / f"transcripts/{row['txn_id']}.txt", transcript(seed, contact(row), start, end))


def transactions(seed: int, weeks: int, scale: float) -> list[dict[str, str]]:
    """Return the rows of the export in order of time, as the telephony system would write them."""
    stream = random.Random(seed)
    first = first_monday(weeks)
    customers = max(40, round(0.75 * weeks * scale * sum(WEEKLY.values())))
    rows = []
    for day in (first + timedelta(days=n) for n in range(7 * weeks)):
        for channel in WEEKLY:
            rows += [_row(stream, seed, channel, day, customers) for _ in range(_how_many(stream, channel, day, scale))]
    rows.sort(key=lambda row: (_time(row["started_at"]), row["agent_id"], row["recording_ref"]))
    offset = (first - date(2026, 1, 5)).days * 700
    return [row | {"txn_id": f"hv{200000 + offset + number}"} for number, row in enumerate(rows, start=1)]


def _how_many(stream: random.Random, channel: str, day: date, scale: float) -> int:
    if day.weekday() == 6 or day in BANK_HOLIDAYS:
        return 0
    share = (1 if day.weekday() < 5 else 0.5) / 5.5
    return int(WEEKLY[channel] * scale * share * (0.9 + 0.2 * stream.random()) + stream.random())


def _row(stream: random.Random, seed: int, channel: str, day: date, customers: int) -> dict[str, str]:
    agent = stream.choice([agent for agent in SKILLS[channel] if works(agent, day)])
    opens, closes = (8, 20) if day.weekday() < 5 else (9, 17)
    start = datetime(day.year, day.month, day.day, opens) + timedelta(  # noqa: DTZ001 - local, as exports are
        seconds=int(stream.random() * (closes - opens) * 3600 * 0.97)
    )
    median, sigma = TALK[channel]
    talk = max(25, round(stream.lognormvariate(0, sigma) * median))
    hold = round(stream.random() * 150) if channel == "phone" and stream.random() < 0.4 else 0
    reason = stream.choices(list(REASONS), list(REASONS.values()))[0]
    customer = f"K{100000 + int(stream.random() * customers)}"
    answered = stream.random() < 0.6 * 0.27
    return {
        "started_at": _british(start),
        "ended_at": _british(start + timedelta(seconds=talk + hold)),
        "channel": CHANNELS[channel],
        "team_id": TEAMS[agent],
        "agent_id": agent,
        "queue": f"{channel}-main",
        "reason": reason,
        "product": stream.choice(PRODUCTS),
        "customer_ref": customer,
        "vulnerable_flag": _flag(uniform(seed, customer, "vulnerable")),
        "recording_ref": f"r{stream.getrandbits(40):010x}",
        "wait_s": str(int(stream.expovariate(1 / 55))),
        "talk_s": str(talk),
        "hold_s": str(hold),
        "acw_s": str(int(20 + stream.random() * 90)),
        "transferred": "Y" if stream.random() < 0.09 else "N",
        "csat": _csat(stream.random()) if answered else "",
        "provenance": "example",
    }


def _flag(number: float) -> str:
    return "Y" if number < 0.09 else "unknown" if number < 0.19 else "N"


def _csat(number: float) -> str:
    """Return a satisfaction from 1 to 5, of which 79 in 100 are 4 or 5."""
    return next(str(point) for point, share in ((1, 0.05), (2, 0.11), (3, 0.21), (4, 0.56), (5, 1.0)) if number < share)


def contact(row: dict[str, str]) -> Contact:
    """Return what the planted truths need to know of a row."""
    channel = next(ours for ours, theirs in CHANNELS.items() if theirs == row["channel"])
    return Contact(row["txn_id"], channel, person(row["agent_id"]), _day(row), row["reason"])


def people() -> list[list[str]]:
    """Return the lines of people.csv."""
    lines = [
        [person(agent), "telephony", agent, str(STARTS.get(agent, "2024-01-08")), "", name, _login(name)]
        for agent, name in zip(AGENTS, NAMES, strict=True)
    ]
    return lines + [[who, "", "", "", "", name, _login(name)] for who, name in STAFF]


def acknowledgements() -> list[list[str]]:
    """Return who acknowledged the staff notice: all but one, and the one who joined late on the fourth day."""
    return [
        [person(agent), str(ACKNOWLEDGED.get(agent, date(2026, 1, 5) + timedelta(days=place % 5))), "signed form"]
        for place, agent in enumerate(AGENTS)
        if agent != NEVER_ACKNOWLEDGED
    ]


def opt_outs(seed: int, rows: list[dict[str, str]]) -> list[list[str]]:
    """Return the customers, about 3 in 100, who asked not to be monitored, each from a day before the window."""
    chosen = sorted({row["customer_ref"] for row in rows if uniform(seed, row["customer_ref"], "opt-out") < 0.03})
    since = {
        customer: date(2025, 6, 1) + timedelta(days=int(300 * uniform(seed, customer, "since"))) for customer in chosen
    }
    return [[customer, _british_date(since[customer]), "", "all"] for customer in chosen]


def _login(name: str) -> str:
    first, last = name.lower().split()
    return first[0] + last


def _british_date(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _british(time: datetime) -> str:
    return f"{_british_date(time)} {time:%H:%M:%S}"


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M:%S")  # noqa: DTZ007 - local, as exports are


def _day(row: dict[str, str]) -> date:
    return _time(row["started_at"]).date()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _table(path: Path, header: tuple[str, ...], rows: list[list[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([header, *rows])


def main() -> None:
    """Read the command line and write the workspace."""
    parser = argparse.ArgumentParser(description="Write the example workspace of a fictional bank.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--weeks", type=int, default=4, choices=range(1, 14), metavar="1..13")
    parser.add_argument("--scale", type=float, default=SCALE, help="1 is the whole bank, 4,400 contacts a week")
    options = parser.parse_args()
    generate(options.folder, options.seed, options.weeks, options.scale)


if __name__ == "__main__":
    main()
