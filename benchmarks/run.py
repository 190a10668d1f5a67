"""Every budget on one line: name, measured ratio, budget, peer, and whether it holds. Ends with 1 when one does not."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import definition
import draw
import ledger
import reports
import rules
import startup
import summary
from measure import ROUNDS, Budget, MeasurementError

HOW = (
    f"Ratios to the peer, medians of {ROUNDS} interleaved rounds in one run after a round that warms the caches. "
    "Start-up is compared by processor time (user and system) of the child process, not by the clock."
)
HEADINGS = ("budget", "measured", "at most", "peer", "")


def budgets(qacli: Path) -> tuple[Budget, ...]:
    """Return the registry: a new budget is one more line."""
    return (
        Budget("qacli --version", 1.3, "python -c pass", partial(startup.version, qacli)),
        Budget("qacli --help, plain", 7, "python -c pass", partial(startup.help_plain, qacli)),
        Budget("qacli --help, panels on a terminal", 14, "python -c pass", partial(startup.help_panels, qacli)),
        Budget("qacli --show-completion bash", 1.5, "python -c pass", partial(startup.completion, qacli)),
        Budget("qacli ledger show, no models, no engine", 8, "python -c pass", partial(startup.light_command, qacli)),
        Budget(definition.NAME, definition.BUDGET, definition.PEER, definition.measure),
        Budget("quota draw of 10,000,000 rows", 3, "DuckDB's named read", partial(draw.against_duckdb, qacli)),
        Budget("memory of that draw", 1, "700 MB", partial(draw.memory, qacli)),
        Budget("the same by the clock", 0.2, "Python csv and heap", partial(draw.against_csv_and_heap, qacli)),
        Budget("the same by the clock", 1, "miller, without the check of ids", partial(draw.against_miller, qacli)),
        Budget("memory of that draw", 0.1, "pandas", partial(draw.memory_against_pandas, qacli)),
        Budget("summary of 20,000,000 ratings by criterion", 0.6, "pandas", partial(summary.against_pandas, qacli)),
        Budget("the same", 0.8, "polars", partial(summary.against_polars, qacli)),
        Budget("memory of that summary", 0.25, "polars", partial(summary.memory_against_polars, qacli)),
        *(
            Budget(rules.NAME.format(words), rules.BUDGET, rules.PEER, partial(rules.measure, found))
            for found, words in enumerate(("none", "one", "two of them"))
        ),
        Budget(reports.NAME, reports.BUDGET, reports.PEER, reports.measure),
        Budget("one entry over 3 tables", 1.25, "4 x flock + write + fsync of 8 ms", ledger.one_entry),
        Budget("one entry after 100,000 others", 1.5, "one after a few", ledger.one_entry_late),
        Budget("verify 1 GiB, 10,000 entries, 20 tables", 1.25, "hashlib.file_digest", ledger.verify_bytes),
        Budget("verify 1,000,000 entries of one row", 1, "25,000 a second", ledger.verify_entries),
        Budget("memory to verify 200,000 entries", 1.1, "20,000 entries", ledger.verify_memory),
    )


def large(qacli: Path) -> tuple[Budget, ...]:
    """Return what takes 13 GB of disk and some minutes more."""
    return (
        Budget("memory of a draw of 100,000,000 rows", 1.3, "that of 10,000,000", partial(draw.memory_of_many, qacli)),
    )


class Finding(NamedTuple):
    """One budget measured; ``ratio`` is None where ``why`` says that it could not be."""

    budget: Budget
    ratio: float | None
    why: str = ""

    @property
    def verdict(self) -> str:
        if self.ratio is None:
            return "not measured"
        return "ok" if self.ratio <= self.budget.budget else "over"

    @property
    def cells(self) -> tuple[str, ...]:
        measured = "-" if self.ratio is None else f"{self.ratio:.2f} x" if self.ratio >= 0.1 else f"{self.ratio:.3g} x"
        return self.budget.name, measured, f"{self.budget.budget:g} x", self.budget.peer, self.verdict


def measured(budget: Budget) -> Finding:
    try:
        return Finding(budget, budget.measure())
    except MeasurementError as reason:
        return Finding(budget, None, str(reason))


def table(findings: Sequence[Finding]) -> str:
    rows = [HEADINGS, *(finding.cells for finding in findings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def reasons(findings: Sequence[Finding]) -> str:
    return "\n".join(f"not measured: {why}" for why in dict.fromkeys(finding.why for finding in findings) if why)


def machine() -> str:
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} CPUs ({platform.machine()}), {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def page(findings: Sequence[Finding]) -> str:
    headings, *rows = (" | ".join(cells) for cells in (HEADINGS, *(finding.cells for finding in findings)))
    lines = [f"| {headings} |", "|---|--:|--:|---|---|", *(f"| {row} |" for row in rows)]
    return "\n".join(["# Benchmarks\n", f"`make bench` on {machine()}.\n", f"{HOW}\n", *lines]) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--qacli", type=Path, default=Path(sys.executable).parent / "qacli", help="the script to measure"
    )
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="write the results as a page too, if all were measured"
    )
    parser.add_argument("--large", action="store_true", help="also what takes 13 GB of disk and some minutes more")
    options = parser.parse_args(arguments)
    print(f"{machine()}\n{HOW}\n")
    qacli = options.qacli.absolute()
    findings = [measured(budget) for budget in (*budgets(qacli), *(large(qacli) if options.large else ()))]
    print(table(findings))
    if why := reasons(findings):
        print(f"\n{why}")
    elif options.write:
        options.write.write_text(page(findings), "utf-8")
    return int(any(finding.verdict != "ok" for finding in findings))


if __name__ == "__main__":
    sys.exit(main())
