"""The independent verifier of examples/ agrees with qacli on every trail that somebody tampered with."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from command_line import run
from desk import DRAWN, done, form, items

from qacli.ledger.verify import verify

SCRIPT = Path(__file__).parents[2] / "examples" / "verify_ledger.py"
SPEC = importlib.util.spec_from_file_location("verify_ledger", SCRIPT)
INDEPENDENT = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(INDEPENDENT)


@pytest.fixture
def trail(drawn):
    """A folder with scores and a redaction."""
    for item in items(drawn, "--for p_ev1")[:2]:
        done(run(["score", "--from", str(form(drawn, item["item"], idv="not_met"))], drawn, "p_ev1", DRAWN))
    observation = next(row["observation"] for row in items(drawn) if row["observation"])
    done(run(f"ledger redact {observation}-1 --reason x", drawn, "p_mgr1", DRAWN))
    return drawn


def both(folder, capsys):
    """Return what each verifier finds: whether anything differs."""
    ours = any(not damage.note for damage in verify(folder))
    theirs = INDEPENDENT.main(folder)
    capsys.readouterr()
    return ours, bool(theirs)


def test_both_are_silent_on_a_sound_trail(trail, capsys):
    assert both(trail, capsys) == (False, False)


def tampered(folder):
    """Yield a name for each way of tampering, with the folder so changed; what was there comes back after."""
    for path in [folder / "journal.csv", *sorted((folder / "records/2026").glob("*.csv"))]:
        data = path.read_bytes()
        lines = data.split(b"\n")
        changed = {f"byte {at}": data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] for at in range(7, len(data), 97)}
        changed |= {f"cut to {at}": data[:at] for at in range(1, len(data), 211)}
        changed["a line dropped"] = b"\n".join(lines[:1] + lines[2:])
        changed["a line doubled"] = b"\n".join([*lines[:2], *lines[1:]])
        changed["two lines swapped"] = b"\n".join([lines[0], *reversed(lines[1:3]), *lines[3:]])
        changed["bytes appended"] = data + b"x,y\n"
        changed["saved with a mark"] = b"\xef\xbb\xbf" + data
        for name, new in changed.items():
            if new != data:
                path.write_bytes(new)
                yield f"{path.name}: {name}"
                path.write_bytes(data)
    extra = folder / "records/2026/ratings (copy).csv"
    extra.write_text("id\n", "utf-8")
    yield "an extra file"
    extra.unlink()


def test_both_find_every_tampered_trail(trail, capsys):
    found = {name: both(trail, capsys) for name in tampered(trail)}
    # Where a text was redacted the order of the texts of that entry is proved no more: they are found by their ids.
    assert found.pop("words.csv: two lines swapped") == (False, False)
    assert len(found) > 150
    assert {name: verdict for name, verdict in found.items() if verdict != (True, True)} == {}


def test_a_seal_is_compared_as_qacli_compares_it(trail, tmp_path, capsys):
    seal = tmp_path / "head.txt"
    seal.write_text(run("ledger seal", trail).out, "utf-8")
    assert INDEPENDENT.main(trail, seal) == 0
    seal.write_text(seal.read_text("utf-8").replace("\nhead ", "\nhead 0")[:-1] + "\n", "utf-8")
    assert INDEPENDENT.main(trail, seal) == 1
    assert "is not the one that was sealed" in capsys.readouterr().out
