from __future__ import annotations

import fcntl
import gc
import os
import shutil
from pathlib import Path

import answered_quarter
import desk
import pytest
import quarter
from command_line import process, run
from hypothesis import settings
from skips import Skips

GOLDEN = Path(__file__).parent / "golden"


# What is merged must not hang on chance: the examples of CI are the same every time. Elsewhere they differ. How long an
# example may take depends on what else the computer does, and says nothing of the law.
settings.register_profile("ci", derandomize=True, max_examples=50, deadline=None)
settings.register_profile("elsewhere", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "elsewhere")


# A program that is started keeps what it compiled, as an installed one does: a tenth of the suite's time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


# Folders of tests lie in memory where there is room: waiting for a disk to have written is a quarter of the suite's time.
MEMORY, ROOM = Path("/dev/shm"), 1 << 30
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_finish():
    """Leave the thousands of collected tests out of every later collection of garbage: a fifth of the suite's time."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish():
    """Give them back, or libraries that look for leaks at the end would report every one."""
    gc.unfreeze()


def pytest_configure(config):
    config.pluginmanager.register(Skips(), "skips")


@pytest.fixture
def golden():
    """Compare a document with tests/golden/NAME; QACLI_UPDATE_GOLDEN=1 writes it instead."""

    def compare(name, document):
        path = GOLDEN / name
        if os.environ.get("QACLI_UPDATE_GOLDEN"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(document, "utf-8", newline="")
        assert document == path.read_bytes().decode("utf-8")

    return compare


@pytest.fixture(scope="session")
def _desks(tmp_path_factory):
    """The desk at three points of its life, made once and copied for each test."""
    made = tmp_path_factory.mktemp("desks")
    desk.make(made / "new")
    shutil.copytree(made / "new", made / "agreed")
    desk.agreed(made / "agreed")
    shutil.copytree(made / "agreed", made / "drawn")
    desk.drawn(made / "drawn")
    return made


@pytest.fixture
def desk_at(_desks, tmp_path):
    """Return a fresh copy of the desk as it is when new, agreed or drawn."""

    def copy(state):
        shutil.copytree(_desks / state, tmp_path / "desk")
        return tmp_path / "desk"

    return copy


@pytest.fixture
def drawn(desk_at):
    return desk_at("drawn")


@pytest.fixture
def agreed(desk_at):
    return desk_at("agreed")


@pytest.fixture(scope="session")
def scored_once(_desks):
    """The desk with one observation, feedback on it and a plan, only to be read."""
    folder = shutil.copytree(_desks / "drawn", _desks / "scored")
    desk.done(run(f"score --from {desk.form(folder, 't_5-1', idv='not_met', next='1')}", folder, "p_ev1", desk.DRAWN))
    desk.done(run("feedback prepare o_6 --for p_a07", folder, "p_tl1", desk.DRAWN))
    plan = "plan propose --for p_a07 --need f_7 --criterion next --option idv-drill"
    desk.done(run(plan, folder, "p_tl1", desk.DRAWN))
    return folder


@pytest.fixture
def scored(scored_once, tmp_path):
    """A copy of it to write to."""
    return shutil.copytree(scored_once, tmp_path / "desk")


@pytest.fixture(scope="session")
def quarter_once(_desks):
    """The desk of a quarter with a shared fault and a falling colleague, only to be read or copied."""
    return quarter.on(shutil.copytree(_desks / "agreed", _desks / "quarter"), failing="A03")


@pytest.fixture(scope="session")
def demo_once(tmp_path_factory):
    """The folder that ``qacli demo`` makes in a process of its own, and what it prints. Workers share it: only read it."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    place = shared / "played in a folder with ä"
    with (shared / "played.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            place.mkdir()
            done = process("qacli demo", place)
            assert done.returncode == 0, done.stderr
            (place / "said.txt").write_text(done.stdout, "utf-8")
    return place / "harbour", (place / "said.txt").read_text("utf-8")


@pytest.fixture(autouse=True)
def _no_settings_of_ours(monkeypatch):
    for name in ("QACLI_AS", "QACLI_FOLDER", "QACLI_FORMAT", "QACLI_PLAIN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def answered_desk(tmp_path_factory):
    """A quarter of eight colleagues: 312 pairs of a rating and an answer, 156 routine observations. Only to be read."""
    return answered_quarter.make(tmp_path_factory.mktemp("answered") / "desk", kpi_link=24, routine=12, quicker="cedar")
