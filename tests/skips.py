"""A skipped test fails the run, unless the data it needs are absent: what nobody runs, nobody has tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ALLOWED = "shared data is absent"


class Skips:
    """Collects the skips of a run; with xdist it works where the reports of all workers arrive."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.skipped and not reason(report).startswith(ALLOWED):
            self.found.append(f"{report.nodeid}: {reason(report)}")

    @pytest.hookimpl(wrapper=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Iterator[None]:
        if self.found and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        yield

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for each in self.found:
            terminalreporter.write_line(f"SKIPPED, which counts as failed: {each}")


def reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return why a test was skipped, or expected to fail."""
    if expected := getattr(report, "wasxfail", ""):
        return f"expected to fail: {expected}"
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return said.removeprefix("Skipped: ")
