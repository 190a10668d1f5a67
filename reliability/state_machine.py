"""Random sequences of acts on one workspace, beside a plain list of what must be in force and how it must read."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path
from unittest import mock

import story  # noqa: F401  (puts src and tests on the path)
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from workspaces import observed, workspace

from qacli.govern import redaction
from qacli.ledger import journal
from qacli.ledger.verify import verify
from qacli.model import REDACTED, Change, Correction, Words, ref
from qacli.monitor.observing.observation import Observation, Rating
from qacli.workspace.tables import tables

TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=12)


class Ledger(RuleBasedStateMachine):
    """What is recorded stays, what is corrected is no longer in force, what a crash leaves is set aside."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="qacli-machine-"))
        self.desk = workspace(self.place / "desk")
        self.in_force: dict[str, list[str]] = {}
        self.withdrawn: set[str] = set()
        self.entries = 0
        self.torn = False

    def teardown(self) -> None:
        shutil.rmtree(self.place)

    @rule(count=st.integers(1, 3), text=TEXTS)
    def append(self, count: int, text: str) -> None:
        outcome = self.desk.commit(lambda _: Change(observed(count, text)), "score")
        self._committed()
        self.in_force[outcome.first] = [text] * count

    @precondition(lambda self: self.in_force)
    @rule(data=st.data(), text=TEXTS)
    def correct(self, data: st.DataObject, text: str) -> None:
        old = data.draw(st.sampled_from(sorted(self.in_force)))
        new = observed(2, text)
        correction = Correction("score", old, ref(new[0]), Words("misheard"), "")
        outcome = self.desk.commit(lambda _: Change([*new, correction]), "score")
        self._committed()
        del self.in_force[old]
        self.withdrawn.add(old)
        self.in_force[outcome.first] = [text] * 2

    @precondition(lambda self: self.in_force)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        old = data.draw(st.sampled_from(sorted(self.in_force)))
        self.desk.commit(lambda _: Change([Correction("score", old, "", Words("not ours"), "")]), "score")
        self._committed()
        del self.in_force[old]
        self.withdrawn.add(old)

    @precondition(lambda self: self.in_force)
    @rule(data=st.data())
    def redact(self, data: st.DataObject) -> None:
        head = data.draw(st.sampled_from(sorted(self.in_force)))
        act = partial(redaction.redact, tables=tables(), ids=[head], reason="customer named")
        outcome = self.desk.commit(act, "ledger redact")
        self.entries += outcome.seq is not None
        self.torn = False
        self.in_force[head] = [REDACTED] * len(self.in_force[head])

    @precondition(lambda self: self.in_force)
    @rule(data=st.data())
    def redact_and_die(self, data: st.DataObject) -> None:
        """The entry is there, the text still stands: whoever writes next overwrites it."""
        head = data.draw(st.sampled_from(sorted(self.in_force)))
        act = partial(redaction.redact, tables=tables(), ids=[head], reason="customer named")
        with mock.patch("qacli.workspace.commit.overwrite"):
            outcome = self.desk.commit(act, "ledger redact")
        self.entries += outcome.seq is not None
        self.torn = False
        self.append(1, "the next")
        self.in_force[head] = [REDACTED] * len(self.in_force[head])

    @rule(text=TEXTS)
    def dry_run(self, text: str) -> None:
        before = self._bytes()
        assert self.desk.commit(lambda _: Change(observed(1, text)), "score", dry_run=True).seq is None
        assert self._bytes() == before

    @precondition(lambda self: self.entries)
    @rule(data=st.data(), tail=st.binary(min_size=1, max_size=40))
    def crash(self, data: st.DataObject, tail: bytes) -> None:
        """Leave bytes behind, as a writer does that dies: in tables, in the journal a line that is not ended."""
        files = ["journal.csv", *(str(path.relative_to(self.desk.folder)) for path in self._tables())]
        for name in data.draw(st.sets(st.sampled_from(files), min_size=1)):
            with (self.desk.folder / name).open("ab") as file:
                file.write(tail.replace(b"\n", b"") or b"x" if name == "journal.csv" else tail)
        self.torn = True

    @rule()
    def reopen(self) -> None:
        self.desk = workspace(self.place / "desk")

    @invariant()
    def what_is_in_force_is_what_was_done(self) -> None:
        type(self).steps += 1
        view = workspace(self.place / "desk").view()
        assert {row.id for row in view.current(Observation)} == set(self.in_force)
        assert view.withdrawn == self.withdrawn
        found: dict[str, list[str]] = {head: [] for head in self.in_force}
        for rating in view.current(Rating):
            found[rating.observation].append(str(rating.evidence))
        assert found == self.in_force

    @invariant()
    def the_trail_is_proved(self) -> None:
        damage = [each for each in verify(self.place / "desk") if not each.note]
        if not self.torn:
            assert damage == []
            path = self.place / "desk" / "journal.csv"
            assert sum(entry.command != "recovery" for entry in journal.entries(path)) == self.entries
        assert all("belong to none" in each.message for each in damage), damage

    def _committed(self) -> None:
        self.entries += 1
        self.torn = False

    def _tables(self) -> list[Path]:
        return sorted((self.desk.folder / "records").glob("*/*.csv"))

    def _bytes(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.desk.folder.rglob("*.csv"))]


def run(examples: int, steps: int) -> int:
    """Play so many sequences; return how many steps were taken. Raises AssertionError with the shortest failure."""
    Ledger.steps = 0
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Ledger.steps
