"""The full size: 1,000,000 rows on PostgreSQL, 10,000,000 on two workers of Spark, each against DuckDB on the same rows.

    .cluster/bin/python cluster/full.py [MILLIONS_ON_POSTGRESQL [MILLIONS_ON_SPARK]]

Prints seconds and whether counts, exclusions and picks are the same; ends with 1 where they are not. It takes minutes,
and 3 GB of disk.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests")]

import psycopg  # noqa: E402
import servers  # noqa: E402
from populations import MAY, OPEN, PROFILE, frame, ground, notice  # noqa: E402

from qacli.engine.connection import connect, literal  # noqa: E402
from qacli.engine.postgresql import connect_postgresql  # noqa: E402
from qacli.engine.spark import connect_spark  # noqa: E402
from qacli.engine.vectors import prove  # noqa: E402
from qacli.monitor.sampling.picking import pick  # noqa: E402
from qacli.prepare.notices.notice import Span  # noqa: E402
from qacli.prepare.people import Person  # noqa: E402
from qacli.sources.population import open_population  # noqa: E402
from qacli.sources.tables import population_of  # noqa: E402
from qacli.sources.warehouse import Table  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qacli.sources.population import Population

LONDON = ZoneInfo("Europe/London")
COLLEAGUES, OPT_OUTS = 2000, 50_000
# one id in 97 has letters that only fit together once composed, one in 89 blanks around it
ROWS = """
    SELECT CASE WHEN i % 97 = 0 THEN 'Zu' || chr(776) || 'rich-' WHEN i % 89 = 0 THEN ' T' ELSE 'T' END || i AS id,
           strftime(TIMESTAMP '2026-04-20 00:00:00' + to_seconds((i * 7919) % 4320000), '%Y-%m-%d %H:%M:%S') AS start,
           CASE WHEN i % 101 = 0 THEN '' ELSE 'A' || (i * 31 % 2100) END AS agent,
           CASE WHEN i % 3 = 0 THEN 'chat' ELSE 'phone' END AS channel,
           'K' || (i * 17 % 1000003) AS customer, (i * 13 % 1800)::VARCHAR AS talk, 'note ' || i AS note
    FROM range({rows}) AS r(i)"""
DESIGNS = {
    "quota": frame(design="quota", per_colleague=5, scorecards={"any": "desk@1"}),
    "proportional": frame(design="proportional", stratify_by="channel", size=400, scorecards={"any": "desk@1"}),
}
GROUND = ground(
    (*OPEN, notice("n-late", "customers", "video", date(2026, 5, 1), None)),
    (),
    [Person(f"p_{number}", "telephony", f"A{number}") for number in range(COLLEAGUES)],
    [Span(f"K{n * 19}", date(2026, 5, 1), date(2026, 5, 1) + timedelta(n % 60)) for n in range(OPT_OUTS)],
    [f"T{number}" for number in range(1, 5000)],
)


@contextmanager
def on_duckdb(path: Path) -> Iterator[Population]:
    """Yield the rows as qacli reads a Parquet file by itself."""
    with connect() as connection, open_population(connection, [path], PROFILE, LONDON) as population:
        yield population


@contextmanager
def on_spark(path: Path) -> Iterator[Population]:
    """Yield the same file on two workers."""
    with connect_spark(servers.MASTER, path=str(path)) as remote:
        prove(remote)
        yield population_of(Table(remote, "spark", PROFILE, LONDON))


@contextmanager
def on_postgresql(path: Path) -> Iterator[Population]:
    """Yield the same rows in a table of a server made for them."""
    with servers.postgresql(shared_buffers="256MB", work_mem="128MB") as address:
        text = path.with_suffix(".csv")
        with connect() as connection:
            connection.execute(f"COPY (FROM {literal(str(path))}) TO {literal(str(text))} (HEADER false)")
        with psycopg.connect(address) as connection:
            names = "id text, start text, agent text, channel text, customer text, talk text, note text"
            connection.execute(f"CREATE TABLE calls ({names})".encode())
            with connection.cursor().copy("COPY calls FROM STDIN (FORMAT csv)") as copy, text.open("rb") as file:
                while block := file.read(1 << 20):
                    copy.write(block)
        with connect_postgresql(address, "SELECT * FROM calls") as remote:
            prove(remote)
            yield population_of(Table(remote, "postgresql", PROFILE, LONDON))


def measured(name: str, opened: object) -> list[object]:
    """Return what every design gives, after printing how long it took."""
    begun = time.monotonic()
    with opened as population:  # type: ignore[attr-defined]
        read = time.monotonic()
        print(f"{name}: {population.transactions:,} rows read and checked in {read - begun:.0f} s")
        found: list[object] = [population.transactions, population.left_out]
        for design, asked in DESIGNS.items():
            started = time.monotonic()
            picks = pick(population, asked, MAY, "seed 2026", GROUND)
            taken = sum(map(len, picks.rows.values()))
            eligible = sum(picks.eligible.values())
            print(f"{name}: {design}: {taken:,} of {eligible:,} eligible in {time.monotonic() - started:.0f} s")
            found.append(picks)
    return found


def main(millions: list[float]) -> int:
    """Run both sizes; 1 where an engine gives another answer than DuckDB."""
    worst = 0
    with tempfile.TemporaryDirectory(prefix="qacli-full-") as place:
        for name, engine, size in zip(("postgresql", "spark"), (on_postgresql, on_spark), millions, strict=True):
            path = Path(place) / f"{name}.parquet"
            with connect() as connection:
                rows = ROWS.format(rows=round(size * 1_000_000))
                connection.execute(f"COPY ({rows}) TO {literal(str(path))} (FORMAT parquet)")
            here, there = measured("duckdb", on_duckdb(path)), measured(name, engine(path))
            print(
                f"{name} against duckdb: {'identical picks, counts and exclusions' if here == there else 'DIFFERENT'}"
            )
            worst |= here != there
    return worst


if __name__ == "__main__":
    sizes = [float(word) for word in sys.argv[1:]]
    sys.exit(main([*sizes, *(1.0, 10.0)[len(sizes) :]]))
