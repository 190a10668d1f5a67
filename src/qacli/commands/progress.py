"""A line on the terminal while something takes long: that it goes on, for how long, and how far a query is."""

from __future__ import annotations

import shutil
import sys
import time
from threading import Event, Thread

PATIENCE = 1.0
"""Seconds without a line: what is quick needs none."""
EVERY = 0.25
CLEARED = "\r\x1b[2K"


class Progress:
    """Shows the line from its own thread, and only on standard error that is a terminal. ``words`` say what goes on."""

    def __init__(self, words: str, *, wanted: bool) -> None:
        self._words = words
        self._wanted = wanted and sys.stderr.isatty()
        self._begun = time.monotonic()
        self._stop = Event()
        self._thread: Thread | None = None

    @property
    def running(self) -> bool:
        """Whether the line is shown, or will be once the patience is over."""
        return self._thread is not None

    def start(self) -> None:
        """Show the line once the patience is over."""
        if self._wanted and not self._thread:
            self._stop = Event()
            self._thread = Thread(target=self._show, args=(self._stop,), daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Take the line away, so that something else can be written."""
        if self._thread:
            self._stop.set()
            self._thread.join()
            self._thread = None

    def _show(self, stop: Event) -> None:
        if stop.wait(PATIENCE):
            return
        while not stop.wait(EVERY):
            room = shutil.get_terminal_size().columns - 1
            sys.stderr.write(CLEARED + self._line()[:room])
            sys.stderr.flush()
        sys.stderr.write(CLEARED)
        sys.stderr.flush()

    def _line(self) -> str:
        engine = sys.modules.get("qacli.engine.connection")  # where it is not loaded, no query is under way
        share = engine.under_way() if engine else None
        step = "" if share is None else f", this step {share:.0f} %"
        return f"{self._words}: {time.monotonic() - self._begun:.0f} s{step} (Ctrl-C stops it)"
