"""The bench runner: what it prints, when it fails, and that a command that fails is not called fast."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def run(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    import run

    return run


def registry(run, *ratios):
    return lambda qacli: tuple(run.Budget(f"work {i}", 2, "peer", lambda ratio=r: ratio) for i, r in enumerate(ratios))


def test_a_line_per_budget_and_a_page(run, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(run, "budgets", registry(run, 1.234, 2))
    assert run.main(["--write", str(tmp_path / "benchmarks.md")]) == 0
    header, lines = capsys.readouterr().out.split("\n\n")
    assert "processor time" in header
    assert lines.splitlines() == [
        "budget  measured  at most  peer",
        "work 0  1.23 x    2 x      peer  ok",
        "work 1  2.00 x    2 x      peer  ok",
    ]
    assert "| work 0 | 1.23 x | 2 x | peer | ok |" in (tmp_path / "benchmarks.md").read_text("utf-8")


def test_one_over_fails_the_run(run, monkeypatch, capsys):
    monkeypatch.setattr(run, "budgets", registry(run, 1, 2.01))
    assert run.main([]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "work 1  2.01 x    2 x      peer  over"


def test_without_qacli_nothing_is_measured_and_nothing_written(run, monkeypatch, capsys, tmp_path):
    first = run.budgets
    monkeypatch.setattr(run, "budgets", lambda qacli: first(qacli)[:3])
    missing, page = tmp_path / "bin" / "qacli", tmp_path / "benchmarks.md"
    start = ("qacli --version", "qacli --help")
    assert run.main(["--qacli", str(missing), "--write", str(page)]) == 1
    said = capsys.readouterr().out
    assert f"not measured: there is no qacli at {missing}: install it there" in said
    assert [line.split("  ")[-1].strip() for line in said.splitlines() if line.startswith(start)] == [
        "not measured"
    ] * 3
    assert not page.exists()


def test_a_command_that_fails_is_not_fast(run):
    from measure import MeasurementError, child_seconds

    with pytest.raises(MeasurementError, match="ended with 3: no such word"):
        child_seconds([sys.executable, "-c", "import sys; print('no such word'); sys.exit(3)"])


@pytest.mark.parametrize("terminal", [False, True])
def test_the_child_sees_a_terminal_only_when_it_should(run, terminal):
    from measure import child_seconds

    ends_well = f"import sys; sys.exit(sys.stdout.isatty() is not {terminal})"
    assert child_seconds([sys.executable, "-c", ends_well], terminal=terminal) > 0


def test_the_ratio_is_the_median_of_interleaved_rounds(run):
    from measure import ratio

    turns = []
    ours = iter([99, 2, 4, 900, 6, 8])

    def take(name, seconds):
        turns.append(name)
        return seconds

    assert ratio(lambda: take("ours", next(ours)), lambda: take("peer", 2), rounds=5) == 3
    assert turns == ["ours", "peer"] * 6


def test_a_small_ratio_shows_whether_it_keeps_its_budget(run):
    assert [run.Finding(run.Budget("", 0.02, "", float), ratio).cells[1] for ratio in (0.0188, 0.0204, 0.104)] == [
        "0.0188 x",
        "0.0204 x",
        "0.10 x",
    ]


def test_rules_are_measured_only_where_they_find_what_plain_expressions_find(run, monkeypatch):
    import rules
    from measure import MeasurementError

    monkeypatch.setattr(rules, "TRANSCRIPTS", 2)
    monkeypatch.setattr(rules, "ratio", lambda ours, peer: ours() / peer())
    assert 0 < rules.measure(2) < 1
    monkeypatch.setattr(rules, "_places", lambda matcher, turns: iter([None] * len(rules.PATTERNS)))
    with pytest.raises(MeasurementError, match="differ in what they find"):
        rules.measure(2)
