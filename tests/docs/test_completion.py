"""The completion scripts, as the shells run them. That they are current is tests/docs/test_pages.py."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import qacli

SCRIPT = Path(qacli.__file__).parent / "completion" / "qacli.bash"
# What bash does at a TAB: the words, the place of the cursor, then the function that `complete` names.
TAB = """
source "$1"; shift
[[ $(complete -p qacli) == 'complete -F _qacli qacli' ]] || exit 3
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_qacli qacli "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
((${#COMPREPLY[@]})) && printf '%s\\n' "${COMPREPLY[@]}"
true
"""

SAMPLE = ["draw", "list", "show", "verify", "assign", "replace", "extend", "confirm", "choose", "audit"]


def complete(*words, cwd=None):
    done = subprocess.run(
        ["bash", "--norc", "-c", TAB, "bash", str(SCRIPT), *words], cwd=cwd, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


def test_bash_accepts_the_script():
    assert subprocess.run(["bash", "-n", str(SCRIPT)], capture_output=True, check=True).stderr == b""


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["qacli", "sa"], ["sample"]),
        (["qacli", "sample", ""], SAMPLE),
        (["qacli", "sample", "dr"], ["draw"]),
        (["qacli", "--as", "p_tl1", "sample", ""], SAMPLE),
        (["qacli", "-C", "sample", "fra"], ["frame"]),
        (["qacli", "sample", "list", "--op"], ["--open"]),
        (["qacli", "sample", "list", "--format", ""], ["table", "csv", "json", "md"]),
        (["qacli", "init", "--provenance", "t"], ["training"]),
        (["qacli", "summarise", "c"], ["colleague", "channel", "criterion", "coverage"]),
        (["qacli", "ledger", "host", ""], ["take"]),
        (["qacli", "feedback", "reply", "f_5d", "--words", ""], []),
    ],
)
def test_tab_in_bash(words, offered):
    assert complete(*words) == offered


def test_tab_offers_files_whose_names_have_spaces(tmp_path):
    (tmp_path / "filled form.yaml").touch()
    (tmp_path / "export.csv").touch()
    assert complete("qacli", "score", "--from", "fi", cwd=tmp_path) == ["filled form.yaml"]
    assert complete("qacli", "source", "add", "e", cwd=tmp_path) == ["export.csv"]
