from __future__ import annotations

import pytest
from trails import small_trail

from qacli.ledger import seal as module
from qacli.ledger.seal import NothingToSeal, Seal, compare, seal, sign
from qacli.model import Misconfigured


def test_there_is_nothing_to_seal_before_the_first_entry(tmp_path):
    with pytest.raises(NothingToSeal, match="nothing has been recorded yet"):
        seal(tmp_path)


def test_a_trail_that_was_rewritten_before_its_seal_is_told_from_another_folder(tmp_path):
    small_trail(tmp_path, 3)
    kept = seal(tmp_path)
    assert compare(tmp_path, kept) == (kept, "")
    rewritten = compare(tmp_path, kept._replace(head="0" * 64))
    assert (rewritten.seal, rewritten.problem.split(" on ")[0]) == (
        kept._replace(head="0" * 64),
        "entry 3 is not the one that was sealed",
    )
    assert "its end was cut off" in compare(tmp_path, kept._replace(entries=4)).problem
    assert "another folder" in compare(tmp_path, kept._replace(folder="0" * 64)).problem


def test_what_ssh_keygen_says_is_passed_on_and_its_absence_is_said(tmp_path, monkeypatch):
    small_trail(tmp_path, 1)
    with pytest.raises(Misconfigured, match=r"ssh-keygen: .*no-such-key"):
        sign(seal(tmp_path), tmp_path / "no-such-key")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Misconfigured, match="ssh-keygen is not installed"):
        sign(seal(tmp_path), tmp_path / "no-such-key")


def test_a_failure_without_a_word_is_one_too(monkeypatch):
    class Done:
        returncode, stderr, stdout = 1, " ", ""

    monkeypatch.setattr(module.subprocess, "run", lambda *_, **__: Done)
    with pytest.raises(Misconfigured, match="ssh-keygen: failed"):
        sign(Seal("0", 1, "0", ""), module.Path("key"))
