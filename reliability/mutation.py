"""Mutation test of the ledger and of the rules of scoring and sampling: does a test notice each small fault?

python reliability/mutation.py [MODULE ...]

One test session runs the tests once and notes which lines each passes; then, for each mutant, the session is forked and
runs, the fastest first, the tests that pass its line, until one fails. What was killed is kept by the text of the function
that it is a change of, so that a run that was broken off goes on where it was, and a further run tries only the survivors
and what changed.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest
import yaml
from mutants import Mutant, mutants, put_in

from qacli.engine import connection

ROOT = Path(__file__).parents[1]
PROGRESS = Path(__file__).parent / ".figures" / "mutants.json"
SURVIVORS = Path(__file__).parent / "survivors.yaml"
MODULES = (
    *(f"qacli.ledger.{path.stem}" for path in sorted((ROOT / "src/qacli/ledger").glob("[a-z]*.py"))),
    *(
        f"qacli.monitor.{name}"
        for name in (
            "scoring.score",
            "sampling.drawing",
            "sampling.picking",
            *(f"sampling.designs.{each}" for each in ("design", "stratified", "systematic", "two_stage", "risk")),
            "sampling.eligibility",
        )
    ),
    "qacli.engine.ranks",
    "qacli.stats.allocation",
)
TESTS = (
    *("ledger", "monitor", "engine", "stats", "workspace", "files/test_whole.py", "commands/test_ledger_command.py"),
    *("commands/test_score_command.py", "commands/test_sample_command.py", "commands/test_frame_command.py"),
    *("commands/test_portfolio_tampering.py", "commands/test_explain_command.py", "reliability"),
    *("commands/test_technique_command.py", "examples/test_verify_ledger.py", "test_errors.py"),
)
WORKERS = int(os.environ.get("WORKERS", "2"))
MEMORY = 4 << 30
ENOUGH = (2.0, 6.0)
"""Seconds of processor time that the tests of one mutant may take: at first, and if none of them noticed it."""
KILLED, SURVIVED, HUNG, NOT_MADE = "killed", "survived", "hung", "not made"
LEFT_BEHIND: list[object] = []
"""Engines of the process that was forked: their threads are not here, so to use one, or to let it go, would hang."""
UNFIT = 3
"""Exit code for a mutant that cannot be put in: it leaves out ``super()``, and with that a cell of its code."""


class Session:
    """A plugin that runs the tests once, and then the mutants instead of anything else."""

    def __init__(self, modules: Sequence[str]) -> None:
        self.modules = modules
        self.files = {str(sys.modules[name].__file__): name for name in modules}
        self.lines: dict[tuple[str, int], list[pytest.Item]] = defaultdict(list)
        self.seconds: dict[pytest.Item, float] = {}
        self.verdicts: dict[str, str] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if not session.testsfailed:
            for item, after in zip(session.items, [*session.items[1:], session.items[0]], strict=True):
                self._observe(item, after)
            self._drop(set(self._failing_again(session)))
            self._judge()
        return True

    def _failing_again(self, session: pytest.Session) -> Iterator[pytest.Item]:
        """Yield the tests that fail in a forked session although nothing is changed: they would kill every mutant."""
        items = list(self.seconds)
        read, write = os.pipe()
        child = os.fork()
        if not child:
            bad = [number for number, good in enumerate(run_again(items)) if not good]
            os.write(write, json.dumps(bad).encode())
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as answer:
            found = json.loads(answer.read())
        os.waitpid(child, 0)
        yield from (items[number] for number in found)

    def _drop(self, bad: set[pytest.Item]) -> None:
        for item in bad:
            print(f"left out, it cannot be run again: {item.nodeid}", file=sys.__stderr__)
            del self.seconds[item]
        for line, items in self.lines.items():
            self.lines[line] = [item for item in items if item not in bad]

    def _observe(self, item: pytest.Item, after: pytest.Item) -> None:
        """Run a test, and note the lines that it passes. One that fails without a mutant tells nothing."""
        passed: set[tuple[str, int]] = set()
        here = os.getpid()
        with TemporaryFile("a+b", buffering=0) as elsewhere:

            def trace(frame: Any, event: str, _: object) -> Any:
                place = frame.f_code.co_filename, frame.f_lineno
                if place[0] not in self.files:
                    return None
                if place not in passed:
                    passed.add(place)
                    if os.getpid() != here:  # a process that the test forked: what it notes for itself is lost with it
                        elsewhere.write(f"{json.dumps(place)}\n".encode())
                return trace

            begin = time.process_time()
            sys.settrace(trace)
            try:
                good = passes(item, after)
            finally:
                sys.settrace(None)
            self.seconds[item] = time.process_time() - begin
            elsewhere.seek(0)
            passed |= {tuple(json.loads(line)) for line in elsewhere}
        for line in passed if good else ():
            self.lines[line].append(item)

    def _judge(self) -> None:
        """Try every mutant whose fate is not known; those that short tests leave alive once more with longer ones."""
        known = read_progress()
        left = []
        for mutant in (each for name in self.modules for each in mutants(name)):
            if known.get(mutant.key, SURVIVED) == SURVIVED:  # a survivor may have met its test since
                left.append(mutant)
            elif known[mutant.key] != NOT_MADE:
                self.verdicts[mutant.name] = known[mutant.key]
        for enough in ENOUGH:
            self._try(left, enough)
            left = [each for each in left if self.verdicts.get(each.name) == SURVIVED]

    def _try(self, left: Sequence[Mutant], enough: float) -> None:
        waiting: dict[int, tuple[str, str, float]] = {}
        for mutant in left:
            if len(waiting) >= WORKERS:
                self._collect(waiting)
            tests = self._chosen(mutant, enough)
            child = os.fork()
            if not child:
                os._exit(_attempt(mutant, tests))
            limit = 60 + 20 * sum(self.seconds[item] for item in tests)
            waiting[child] = mutant.name, mutant.key, time.monotonic() + limit
        while waiting:
            self._collect(waiting)

    def _chosen(self, mutant: Mutant, enough: float) -> Sequence[pytest.Item]:
        """Return the tests to run: those of the module first, then the fastest, until there are enough."""
        own = f"test_{mutant.module.rpartition('.')[2]}"
        tests = sorted(self._tests(mutant), key=lambda item: (not item.path.name.startswith(own), self.seconds[item]))
        spent = accumulate(self.seconds[item] for item in tests)
        return [item for item, seconds in zip(tests, spent, strict=True) if seconds < enough]

    def _tests(self, mutant: Mutant) -> Sequence[pytest.Item]:
        if mutant.within.isupper():
            return list(self.seconds)
        file = str(sys.modules[mutant.module].__file__)
        # a line of a statement that runs over several is counted where the statement, or a part of it, begins
        for near in (0, -1, 1, -2, 2, -3, 3, -4, -5, -6):
            if found := self.lines.get((file, mutant.line + near)):
                return found
        return ()

    def _collect(self, waiting: dict[int, tuple[str, str, float]]) -> None:
        """Wait until one of the children ends; end one that takes too long, as one in an endless loop does."""
        while True:
            for child, (name, key, until) in list(waiting.items()):
                late = time.monotonic() > until
                if late:
                    os.kill(child, signal.SIGKILL)
                pid, status = os.waitpid(child, 0 if late else os.WNOHANG)
                if pid:
                    del waiting[child]
                    code = os.waitstatus_to_exitcode(status)
                    verdict = HUNG if late else {0: SURVIVED, UNFIT: NOT_MADE}.get(code, KILLED)
                    if verdict != NOT_MADE:
                        self.verdicts[name] = verdict
                    with PROGRESS.open("a", encoding="utf-8") as progress:
                        progress.write(json.dumps([key, verdict]) + "\n")
                    if verdict != KILLED:
                        print(f"{verdict}: {name}", file=sys.__stderr__, flush=True)
                    return
            time.sleep(0.005)


def _attempt(mutant: Mutant, tests: Sequence[pytest.Item]) -> int:
    """Return 1 if a test notices the mutant, in a process that ends with that."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        put_in(mutant)
        return int(not all(run_again(tests)))
    except ValueError as wrong:
        return UNFIT if "free vars" in str(wrong) else 1
    except BaseException:  # noqa: BLE001
        return 1


def run_again(items: Sequence[pytest.Item]) -> Iterator[bool]:
    """Yield of each test whether it passes, in a process that was forked for it."""
    LEFT_BEHIND.append(connection._engine())  # noqa: SLF001
    connection._engine.cache_clear()  # noqa: SLF001
    for item, after in zip(items, [*items[1:], *items[:1]], strict=True):
        item._initrequest()  # type: ignore[attr-defined]  # noqa: SLF001 - as plugins do that run a test again
        yield passes(item, after)


def passes(item: pytest.Item, after: pytest.Item) -> bool:
    """Run one test; what it shares with the test ``after`` it stays alive."""
    from _pytest.runner import runtestprotocol

    return all(report.outcome != "failed" for report in runtestprotocol(item, nextitem=after, log=False))


def read_progress() -> dict[str, str]:
    if not PROGRESS.exists():
        return {}
    return dict(json.loads(line) for line in PROGRESS.read_text("utf-8").splitlines())


def judge(modules: Sequence[str] = MODULES) -> dict[str, str]:
    """Return the verdict on every mutant by its name."""
    from importlib import import_module

    for name in MODULES:
        import_module(name)
    PROGRESS.parent.mkdir(exist_ok=True)
    session = Session(modules)
    paths = [str(ROOT / "tests" / path) for path in TESTS]
    os.environ["CI"] = "1"  # the same examples each time
    pytest.main(
        [
            "-q",
            "-p",
            "no:xdist",
            "-p",
            "no:faulthandler",
            "--capture=sys",
            "--tb=no",
            "-c",
            str(ROOT / "pyproject.toml"),
            *paths,
        ],
        [session],
    )
    return session.verdicts


def explained() -> dict[str, str]:
    """Return why each survivor that somebody looked at may survive: no test could notice it, or none should."""
    groups = yaml.safe_load(SURVIVORS.read_text("utf-8"))
    return {name: group["why"] for group in groups for name in group["mutants"]}


if __name__ == "__main__":
    found = judge(sys.argv[1:] or MODULES)
    print({verdict: list(found.values()).count(verdict) for verdict in (KILLED, HUNG, SURVIVED)})
    print("\n".join(sorted({name for name in found if found[name] == SURVIVED} - set(explained()))))
