"""Real command lines without the half second in which Python starts and imports: each is a fork of a process that waits.

Tens of thousands of faults are injected; three quarters of each command's time went into imports, which write nothing. The
waiting process has imported the whole program, is given a command line, and forks a child that stops itself; a tracer is
attached; the child then goes the way of ``python -m qacli`` to its end. That it makes the same changing calls as a process of
its own is shown by a part of the campaign.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

PATIENCE = 120.0
"""Seconds in which a command or its tracer has to come to an end."""


class Done(NamedTuple):
    """How a command ended: its exit code, or minus the signal that killed it, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


class Waiting:
    """A process that has imported the program and forks it for each command line.

    What a command imports on its way is learned when it is played with ``learn``, and imported here before the next one.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._folder = TemporaryDirectory(prefix="waiting-")
        self.place = Path(self._folder.name)
        self.out, self.err = self.place / "stdout", self.place / "stderr"
        ask, self._ask = os.pipe()
        self._answer, answer = os.pipe()
        # the pipe that nobody writes makes its output no terminal, as that of a command under test is none
        self.process = subprocess.Popen(
            [sys.executable, "-X", "frozen_modules=on", __file__, str(ask), str(answer)],
            env=dict(environment), pass_fds=(ask, answer), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        )  # fmt: skip
        os.close(ask)
        os.close(answer)
        self._said = b""

    def run(self, words: Sequence[str], folder: Path, tracer: Sequence[str] = (), learn: bool = False) -> Done:
        """Play ``qacli`` with some words in a folder, watched by a tracer that is told the process with ``-p``."""
        files = {"out": str(self.out), "err": str(self.err), "learn": str(self.place / "learned") if learn else ""}
        os.write(self._ask, json.dumps({"words": list(words), "folder": str(folder), **files}).encode() + b"\n")
        child = self._number()
        assert child
        watching = self._watch(child, tracer) if tracer else None
        os.kill(child, signal.SIGCONT)
        code = self._number()
        if code is None:  # it hangs; how it ended then says so
            os.kill(child, signal.SIGKILL)
            code = self._number()
        assert code is not None
        if watching:
            watching.wait(PATIENCE)
        return Done(code, *(path.read_text("utf-8", "replace") for path in (self.out, self.err)))

    def _number(self) -> int | None:
        """Return the next line of the answer; None if none comes."""
        while b"\n" not in self._said:
            if not select.select([self._answer], [], [], PATIENCE)[0]:
                return None
            new = os.read(self._answer, 4096)
            if not new:
                raise RuntimeError("the waiting process ended")
            self._said += new
        line, _, self._said = self._said.partition(b"\n")
        return int(line)

    def _watch(self, child: int, tracer: Sequence[str]) -> subprocess.Popen[bytes]:
        with (self.place / "tracer").open("w+b") as said:
            watching = subprocess.Popen([*tracer, "-p", str(child)], stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        until = time.monotonic() + PATIENCE
        while f"TracerPid:\t{watching.pid}\n" not in Path(f"/proc/{child}/status").read_text("utf-8"):
            if watching.poll() is not None or time.monotonic() > until:
                os.kill(child, signal.SIGKILL)
                raise RuntimeError(f"the tracer ended: {(self.place / 'tracer').read_text('utf-8', 'replace')}")
            time.sleep(0.001)
        return watching

    def close(self) -> None:
        os.close(self._ask)
        self.process.wait(PATIENCE)
        os.close(self._answer)
        self._folder.cleanup()


def serve(ask: int, answer: int) -> None:
    """Import the program; then, for each line asked, fork, tell the number of the child, and how it ended."""
    import gc

    _import_all()
    gc.collect()
    gc.freeze()  # or each child would copy what it never uses
    for line in _lines(ask):
        task = json.loads(line)
        child = os.fork()
        if not child:
            os.close(answer)
            _become(task)
            _command(task["words"])
        _, status = os.waitpid(child, os.WUNTRACED)
        os.write(answer, f"{child}\n".encode())
        if os.WIFSTOPPED(status):
            _, status = os.waitpid(child, 0)
        if task["learn"]:
            _import(Path(task["learn"]).read_text("utf-8").split())
        os.write(answer, f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _lines(ask: int) -> Iterator[bytes]:
    """Yield the lines of a pipe. It is no file of Python's, which a child would close when it ends."""
    kept = b""
    while new := os.read(ask, 1 << 16):
        *lines, kept = (kept + new).split(b"\n")
        yield from lines


def _import_all() -> None:
    from pkgutil import walk_packages

    import qacli

    names = [module.name for module in walk_packages(qacli.__path__, "qacli.")]
    _import([name for name in names if not name.endswith("__main__")])


def _import(names: Sequence[str]) -> None:
    from contextlib import suppress
    from importlib import import_module

    for name in names:
        with suppress(ImportError):
            import_module(name)


def _become(asked: Mapping[str, str]) -> None:
    """Take the folder and the output of a command of its own, and wait until somebody lets it go on."""
    for number, path in ((1, asked["out"]), (2, asked["err"])):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, number)
        os.close(file)
    os.chdir(asked["folder"])
    if asked["learn"]:
        atexit.register(lambda: Path(asked["learn"]).write_text("\n".join(sys.modules), "utf-8"))
    os.kill(os.getpid(), signal.SIGSTOP)


def _command(words: Sequence[str]) -> None:
    from qacli.__main__ import main

    sys.argv = ["qacli", *words]
    try:
        main()
    except SystemExit as end:
        os._exit(_at_the_end(end.code if isinstance(end.code, int) else 0))


def _at_the_end(code: int) -> int:
    """Do what an interpreter does at its end, but for freeing its memory, which takes longest; return its exit code."""
    atexit._run_exitfuncs()  # noqa: SLF001
    try:
        sys.stdout.flush()
    except OSError:
        return 120
    return code


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
