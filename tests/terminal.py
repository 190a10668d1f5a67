"""qacli on a terminal of its own: type into it, wait for what it shows, kill it."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

from command_line import SOURCE


class Terminal:
    """One run. What came is taken out by ``until`` and ``end``."""

    def __init__(self, child: int, master: int) -> None:
        self.child, self.master, self._seen = child, master, b""

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def until(self, mark: str, seconds: float = 20) -> str:
        """Return what came until a mark shows; with an empty mark, what comes in that time."""
        late = time.monotonic() + seconds
        while time.monotonic() < late and not (mark and mark in self._seen.decode(errors="replace")):
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    self._seen += os.read(self.master, 65536)
                except OSError:
                    break
        text, self._seen = self._seen.decode(errors="replace").replace("\r\n", "\n"), b""
        assert not mark or mark in text, text
        return text

    def end(self, pressing: str = "") -> tuple[str, int]:
        """Return what came until the end, and the exit code; meanwhile press a key, as people do who are not heard."""
        told, late = [], time.monotonic() + 20
        while (gone := os.waitpid(self.child, os.WNOHANG))[0] == 0 and time.monotonic() < late:
            with contextlib.suppress(OSError):
                os.write(self.master, pressing.encode())
            told.append(self.until("", 1))
        if not gone[0]:
            gone = self._killed()
        return "".join([*told, self.until("", 0.3)]), os.waitstatus_to_exitcode(gone[1])

    def kill(self) -> None:
        """End it as a power cut does."""
        self._killed()

    def _killed(self) -> tuple[int, int]:
        os.kill(self.child, signal.SIGKILL)
        return os.waitpid(self.child, 0)


@contextlib.contextmanager
def terminal(
    folder: Path, words: list[str], term: str = "dumb", size: tuple[int, int] = (120, 30)
) -> Iterator[Terminal]:
    """Run qacli with some words on a terminal of so many columns and rows."""
    child, master = pty.fork()
    if not child:
        os.chdir(folder)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell lets what runs in the background ignore Ctrl-C
        os.environ.update(PYTHONPATH=str(SOURCE), TERM=term)
        os.environ.pop("LINES", None)
        os.environ["COLUMNS"] = str(size[0]) if term == "dumb" else ""
        os.execv(sys.executable, [sys.executable, "-m", "qacli", *words])
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    yield Terminal(child, master)
    os.close(master)
