"""The line that says that something goes on: on a terminal only, and gone when something is written."""

from __future__ import annotations

import io
import os
import pty
import sys
import time
from unittest import mock

import pytest
from command_line import SOURCE

from qacli.commands.context import Context
from qacli.commands.progress import CLEARED, Progress
from qacli.engine.connection import connect, under_way

OPTIONS = {"folder": None, "as_": None, "output": None, "stated": None, "format_": None, "quiet": False, "plain": False}


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def hurried(monkeypatch):
    """No patience, so that no test has to wait for it."""
    monkeypatch.setattr("qacli.commands.progress.PATIENCE", 0.0)
    monkeypatch.setattr("qacli.commands.progress.EVERY", 0.002)


def shown(screen, patience=5.0, **more):
    with mock.patch.object(sys, "stderr", screen):
        context = Context("sample draw", {**OPTIONS, **more}, slow=True)
        context.progress.start()
        until = time.monotonic() + patience
        while "Ctrl-C" not in screen.getvalue() and time.monotonic() < until:
            time.sleep(0.002)
        context.tell("drew d_1")
        context.progress.stop()
    return screen.getvalue()


def test_a_terminal_sees_that_it_goes_on_and_then_only_the_result(hurried):
    text = shown(Terminal())
    before, told, _ = text.partition("drew d_1\n")
    assert before.startswith(f"{CLEARED}sample draw: 0 s (Ctrl-C stops it)")
    assert told
    assert before.endswith(CLEARED)  # the line is gone before anything else is written


@pytest.mark.parametrize("screen", [io.StringIO, Terminal])
def test_pipes_quiet_and_plain_see_nothing(hurried, screen):
    more = [{}] if screen is io.StringIO else [{"quiet": True}, {"plain": True}]
    for each in more:
        assert shown(screen(), 0.01, **each).replace("drew d_1\n", "") == ""


def test_what_is_quick_shows_nothing():
    assert shown(Terminal(), 0.0) == "drew d_1\n"


def test_how_far_a_query_is_can_be_asked_meanwhile(hurried):
    seen, screen = [], Terminal()
    with mock.patch.object(sys, "stderr", screen), connect() as connection:
        assert under_way() is None
        line = Progress("counting", wanted=True)
        line.start()
        connection.execute("SELECT count(DISTINCT sha256(i::VARCHAR)) FROM range(200_000) AS t(i)").fetchall()
        line.stop()
        seen += screen.getvalue().split(CLEARED)
    assert under_way() is None
    assert any(", this step " in each for each in seen)


def test_a_real_terminal_and_a_pipe(tmp_path):
    # the process writes its result into a pipe, and the line to a terminal of its own
    script = (
        "import sys, time; from qacli.commands import progress; progress.PATIENCE = 0; progress.EVERY = 0.01\n"
        "p = progress.Progress('working', wanted=True); p.start(); time.sleep(0.3); p.stop(); print('done')"
    )
    read, write = os.pipe()
    pid, terminal = pty.fork()
    if pid == 0:
        os.dup2(write, 1)
        os.execve(sys.executable, [sys.executable, "-c", script], {**os.environ, "PYTHONPATH": str(SOURCE)})
    os.close(write)
    screen = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # Linux says so when the other side has gone
            break
        if not part:
            break
        screen += part
    os.waitpid(pid, 0)
    os.close(terminal)
    with os.fdopen(read) as result:
        assert result.read() == "done\n"
    assert b"working: 0 s" in screen
    assert screen.endswith(CLEARED.encode())
