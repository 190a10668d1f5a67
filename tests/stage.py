"""A stage for tests that type commands: a runner, and a workspace in which a week was drawn and partly scored."""

from __future__ import annotations

import atexit
import contextlib
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from approvals import approve_everything

from qacli import cli
from qacli.commands import context

if TYPE_CHECKING:
    from collections.abc import Iterator


class Said(NamedTuple):
    """What a command printed, results and messages as they came, and its exit code."""

    text: str
    code: int


class Screen(io.StringIO):
    """What a person sees: both streams in one, and a terminal where that is asked for."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def typed(line: str, folder: Path, *, terminal: bool = False, **variables: str) -> Said:
    """Type one line in a folder: qacli in this process, anything else through bash."""
    if not line.startswith("qacli "):
        done = subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, text=True)
        return Said(done.stdout + done.stderr, done.returncode)
    screen = Screen(terminal)
    context.RECORDED.clear()
    with _in(folder, variables), contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
        code = cli.main(shlex.split(line)[1:])
    return Said(screen.getvalue(), int(code))


@contextlib.contextmanager
def _in(folder: Path, variables: dict[str, str]) -> Iterator[None]:
    """Work in a folder, with no settings of whoever runs the tests."""
    kept, here = dict(os.environ), Path.cwd()
    for name in [name for name in os.environ if name.startswith("QACLI_")]:
        del os.environ[name]
    os.environ.update(variables)
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(kept)


def done(line: str, folder: Path) -> str:
    """Type a line that must succeed, and return what it said."""
    said = typed(line, folder)
    assert said.code == 0, f"{line} ended with {said.code}:\n{said.text}"
    return said.text


def _know_procedures(folder: Path, evaluators: Any) -> None:
    """Let every evaluator read all that they rate by, and pass its quizzes."""
    from qacli.commands.demo import needed
    from qacli.workspace import Workspace

    people, cited = needed(Workspace.find(folder, "p_tl1"))
    read = evaluators.readings(cited, people, date(2026, 5, 4))
    answers = [line for person in people for line in evaluators.quiz_answers(cited, person, attempt=2)]
    for name, header, lines in (
        ("read.csv", "person,procedure,on,means", read),
        ("answers.csv", "person,procedure,question,answer", answers),
    ):
        (folder / name).write_text("\n".join([header, *map(",".join, lines), ""]), "utf-8")
    done("qacli procedure ack --from read.csv --as p_tl1 --today 2026-05-11", folder)
    done("qacli procedure quiz --from answers.csv --as p_tl1 --today 2026-05-11", folder)


@cache
def _prepared() -> Path:
    """Make the workspace once per process: the example bank, all that its frame needs approved, week 19 drawn, one evaluator's forms in."""
    from qacli.commands.demo import _example
    from qacli.monitor.observing.agenda import to_score
    from qacli.workspace import Workspace

    parent = tempfile.mkdtemp(prefix="qacli-stage-")
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    folder = Path(parent) / "harbour"
    done(f"qacli init {shlex.quote(str(folder))} --as p_tl1 --provenance example -q", folder.parent)
    with _example() as (generate, evaluators):
        generate.generate(folder)
        done("qacli notice ack n-staff-4 --from acknowledgements.csv --as p_tl1 --today 2026-06-01", folder)
        approve_everything(folder, "weekly-routine", "p_mgr1", "2026-05-11")
        done("qacli sample draw weekly-routine --period 2026-W19 --as p_tl1 --today 2026-05-11", folder)
        _know_procedures(folder, evaluators)
        view = Workspace.find(folder, "p_tl1").view()
        forms = [
            evaluators.score_file(item.id, item.__dict__, view.definition("scorecard", item.scorecard), "p_ev1")
            for item in to_score(view, "p_ev1")
        ]
    (folder / "forms.json").write_text(json.dumps(forms), "utf-8")
    done("qacli score --from forms.json --as p_ev1 --today 2026-05-11", folder)
    return folder


def prepared(target: Path) -> Path:
    """Return a fresh copy of the workspace below a folder."""
    return Path(shutil.copytree(_prepared(), target / "harbour"))


if __name__ == "__main__":  # python tests/stage.py DIR: to look at it
    print(prepared(Path(sys.argv[1])))
