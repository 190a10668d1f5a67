"""Every file of a pack, tampered with in every way, with and without lists that were made anew to fit."""

from __future__ import annotations

import csv
import io
import runpy
import shutil
import subprocess
import zipfile
from contextlib import redirect_stdout
from hashlib import sha256
from pathlib import Path

import pytest
from command_line import run, snapshot
from desk import done
from test_portfolio_command import ASSESSOR, ME, NOTE, SAID, VERIFIER, commit, opened, portfolio_yaml
from workspaces import observed

SCRIPT = Path(__file__).parents[2] / "examples/verify_portfolio.py"
SSH = shutil.which("ssh-keygen")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A live folder whose candidate, assessor and verifier have signed: own words, a masked text, a record, a file."""
    folder = opened(tmp_path_factory.mktemp("tampered") / "desk", "live")
    portfolio_yaml(folder, "  never:", "  mask: [names]\n  units: [mon, cfa]\n  never:")
    mine = commit(folder, ME, observed(1, "Gwen asked twice, and waited."))[0].id
    (folder / "plan.md").write_text("What we agreed in June.", "utf-8")
    done(run(["portfolio", "say", "mon-k7", "--words", SAID], folder, ME))
    for what in (mine, "plan.md"):
        done(run(["portfolio", "add", what, "--covers", "mon-p14", "--role-note", NOTE], folder, ME))
    key = folder.parent / "key"
    if SSH:
        subprocess.run([SSH, "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        (folder.parent / "signers").write_text(f"joan {key.with_suffix('.pub').read_text('utf-8')}", "utf-8")
    done(run(f"portfolio sign --role candidate {f'--key {key}' * bool(SSH)}", folder, ME))
    done(run("portfolio sign --role assessor --comment 'seen, on two days'", folder, ASSESSOR))
    done(run("portfolio sign --role verifier --sampled 2026-07-01", folder, VERIFIER))
    done(run("portfolio pack", folder, ME))
    (folder.parent / "seal").write_text(run("ledger seal", folder, ME).out, "utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(desk):
    return snapshot(desk / "out/portfolio/mine")


@pytest.fixture
def pack(whole, tmp_path):
    return Pack(tmp_path / "pack", whole)


class Pack:
    """A pack on disk that somebody tampers with."""

    def __init__(self, folder, files):
        self.folder, self.files = folder, dict(files)
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)

    def put(self, name, data):
        """Write a file, or take it away where ``data`` is None."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self.files.pop(name, None)
        if data is not None:
            path.write_bytes(data)
            self.files[name] = data

    def replace(self, name, *pairs):
        data = self.files[name]
        for old, new in pairs:
            assert old in data, (name, old)
            data = data.replace(old, new)
        self.put(name, data)

    def fit_manifest(self):
        made = io.StringIO(newline="")
        names = sorted(set(self.files) - {"manifest.csv"})
        held = [(name, len(self.files[name]), sha256(self.files[name]).hexdigest()) for name in names]
        csv.writer(made, lineterminator="\n").writerows([("file", "bytes", "sha256"), *held])
        self.put("manifest.csv", made.getvalue().encode())

    def fit_signed(self, more=()):
        """Make the list that was signed anew, of the same files and some more, as far as they are there."""
        listed = [line.split("  ", 1)[1] for line in self.files["signed.txt"].decode().splitlines()]
        names = sorted(name for name in {*listed, *more} if name in self.files)
        lines = [f"{sha256(self.files[name]).hexdigest()}  {name}\n" for name in names]
        self.put("signed.txt", "".join(lines).encode())

    def told(self):
        """What the verifier of the project says; that of qacli says the same."""
        out = io.StringIO()
        with redirect_stdout(out):
            code = TOOL["main"](self.folder)
        assert code == bool(out.getvalue())
        return out.getvalue().splitlines()


TOOL = runpy.run_path(str(SCRIPT))


def both(pack):
    told = pack.told()
    found = run(f"portfolio verify {pack.folder}")
    assert (found.code, found.out.splitlines(), found.err) == (int(bool(told)), told, "")
    return told


def named(told, *names):
    return any(line.startswith(f"{name}:") for line in told for name in names)


def other(data):
    """The same bytes but for one letter or digit in the middle of them."""
    place = next(
        place for place in [*range(len(data) // 2, len(data)), *range(len(data))] if data[place : place + 1].isalnum()
    )
    return data[:place] + (b"7" if data[place : place + 1] != b"7" else b"8") + data[place + 1 :]


CHANGES = {
    "a letter changed": other,
    "a blank line added": lambda data: data + b"\n",
    "cut short": lambda data: data[:-2],
    "not text": lambda data: data[:9] + b"\xff\x00" + data[9:],
    "emptied": lambda data: b"",
    "dropped": lambda data: None,
}


def test_a_pack_as_it_was_packed_is_silent(pack):
    assert both(pack) == []


@pytest.mark.parametrize("how", CHANGES)
def test_every_file_that_was_changed_or_dropped_is_named(pack, whole, how):
    for place, name in enumerate(sorted(whole)):
        before = whole[name]
        pack.put(name, CHANGES[how](before))
        tell = both if place % 16 == 0 else Pack.told
        assert named(tell(pack), name), f"{name}, {how}"
        if name != "manifest.csv":
            pack.fit_manifest()
            assert named(tell(pack), name), f"{name}, {how}, with a manifest made anew"
            if name != "signed.txt" and how in {"a letter changed", "dropped"}:
                pack.fit_signed()
                pack.fit_manifest()
                assert named(tell(pack), name, "signed.txt"), f"{name}, {how}, with both lists made anew"
                pack.put("signed.txt", whole["signed.txt"])
            pack.put("manifest.csv", whole["manifest.csv"])
        pack.put(name, before)


@pytest.mark.parametrize(
    "name",
    [
        "more.txt",
        "grid/gde.md",
        "forms/o_zz.md",
        "rows/notes.csv",
        "files/more.txt",
        "units/gde.yaml",
        "ledger/more.csv",
        "ledger/ranges/1-notes.csv",
        "ledger/ranges/01-observations.csv",
        "ledger/ranges/9-portfolio_signatures.csv",
        "signatures/pg_zz-assessor.txt",
        "signatures/pg_7-verifier.txt.sig",
    ],
)
def test_every_file_that_was_added_is_named(pack, whole, name):
    pack.put(name, whole["ledger/ranges/1-observations.csv"])
    assert named(both(pack), name)
    pack.fit_manifest()
    assert named(both(pack), name)
    pack.fit_signed([name])
    pack.fit_manifest()
    assert named(pack.told(), name, "signed.txt")


# What a forger with a mind would do


def signatures(pack):
    """The names of the statements, oldest first."""
    return sorted(name for name in pack.files if name.startswith("signatures/") and name.endswith(".txt"))


def lacks_becomes_held(pack):
    row = next(line.split(b",")[2] for line in pack.files["coverage.csv"].split(b"\n") if line.startswith(b"mon-p9,"))
    line = next(line for line in pack.files["coverage.csv"].split(b"\n") if line.startswith(b"mon-k1,"))
    pack.replace("coverage.csv", (line, b"mon-k1,held," + row.split()[0] + b",,1,0,1,"))


def words_of_another_criterion(pack):
    row = next(line.split(b",")[2] for line in pack.files["coverage.csv"].split(b"\n") if line.startswith(b"mon-k7,"))
    line = next(line for line in pack.files["coverage.csv"].split(b"\n") if line.startswith(b"mon-k1,"))
    pack.replace("coverage.csv", (line, b"mon-k1,held," + row + b",,1,0,1,"))


def masked_texts_alike(pack):
    for name in (
        "ledger/words.csv",
        "rows/ratings.csv",
        next(each for each in pack.files if each.startswith("forms/")),
    ):
        pack.replace(name, (b"asked twice", b"asked once"))


def an_easier_map(pack):
    pack.replace("units/mon.yaml", (b"filled: [criterion, evidence]", b"filled: [criterion]"))


def own_words_for_reading(pack):
    pack.replace("words.md", (b"unannounced", b"every day"))


def a_comment(pack):
    name = next(each for each in pack.files if each.endswith(".comment"))
    pack.replace(name, (b"two days", b"ten days"))
    pack.replace("signatures.md", (b"two days", b"ten days"))


def a_signature_dropped(pack, place=-1):
    name = signatures(pack)[place]
    row, _, role = name.removeprefix("signatures/").removesuffix(".txt").partition("-")
    lines = pack.files["signatures.md"].split(b"\n")
    pack.put("signatures.md", b"\n".join(line for line in lines if not line.startswith(f"- {role} ".encode())))
    for gone in [each for each in pack.files if each.startswith(f"signatures/{row}-")]:
        pack.put(gone, None)
    pack.put(f"ledger/ranges/{TOOL['entry_of'](row)}-portfolio_signatures.csv", None)


def the_first_signature_dropped(pack):
    a_signature_dropped(pack, 0)


FORGED = [
    (lacks_becomes_held, "coverage.csv: mon-k1 is held by other rows than units/ asks for"),
    (words_of_another_criterion, "coverage.csv: mon-k1 is held by other rows than units/ asks for"),
    (masked_texts_alike, "rows/ratings.csv: it is not what was signed"),
    (an_easier_map, "units/mon.yaml: it is not what was signed"),
    (own_words_for_reading, "words.md: it is not what was signed"),
    (a_comment, "assessor.comment: it is not what the ledger says of the signing"),
    (a_signature_dropped, "portfolio_signatures.csv: it is missing"),
    (the_first_signature_dropped, "portfolio_signatures.csv: it is missing"),
]


@pytest.mark.parametrize(("forge", "told"), FORGED, ids=[forge.__name__ for forge, _ in FORGED])
def test_a_forger_who_makes_the_lists_anew_is_found(pack, forge, told):
    forge(pack)
    pack.fit_manifest()
    assert any(told in line for line in both(pack)), pack.told()
    pack.fit_signed()
    pack.fit_manifest()
    found = both(pack)
    assert named(found, "signed.txt") or any(told in line for line in found)


def last_signatures_cut(pack, keep):
    """Cut the journal after a signature, clean, with all that tells of the later ones."""
    kept = signatures(pack)[:keep]
    last = TOOL["entry_of"](kept[-1].removeprefix("signatures/").partition("-")[0]) if kept else 4
    for name in signatures(pack)[keep:][::-1]:
        a_signature_dropped(pack, signatures(pack).index(name))
    pack.put("ledger/journal.csv", b"".join(pack.files["ledger/journal.csv"].splitlines(keepends=True)[: last + 1]))
    pack.fit_manifest()


def test_a_link_is_never_followed(pack, whole):
    (pack.folder / "plan.md").symlink_to(pack.folder / "words.md")
    pack.put("words.md", None)
    (pack.folder / "words.md").symlink_to("/etc/hostname")
    assert named(both(pack), "plan.md")
    assert named(both(pack), "words.md")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("mine/words.md", "mine/words.md (twice)"),
        ("../../profile", "../../profile"),
        ("mine/../../profile", "mine/../../profile"),
        ("/etc/profile", "/etc/profile"),
        ("READ-ME-FIRST.txt", "READ-ME-FIRST.txt"),
        ("other/words.md", "other/words.md"),
    ],
)
def test_what_a_zip_file_holds_beside_the_pack_or_twice_is_named(desk, tmp_path, name, told):
    made = shutil.copy(desk / "out/portfolio/mine.zip", tmp_path)
    with zipfile.ZipFile(made, "a") as held:
        held.writestr(name, "This pack was checked and is sound.")
    assert run(f"portfolio verify {made}") == (
        1,
        "",
        f"error: {made} holds what was not packed: {told}\n  = help: ask for the zip file as qacli portfolio pack wrote it\n",
    )


@pytest.mark.parametrize("how", ["bytes", "password"])
def test_a_zip_file_that_cannot_be_unfolded_is_told(desk, tmp_path, how):
    made = Path(shutil.copy(desk / "out/portfolio/mine.zip", tmp_path))
    data = bytearray(made.read_bytes())
    start = data.index(b"mine/words.md") + len("mine/words.md")
    if how == "bytes":
        data[start + 5 : start + 60] = bytes(byte ^ 255 for byte in data[start + 5 : start + 60])
    else:
        for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = data.index(header)
            while at >= 0:
                data[at + flags] |= 1
                at = data.find(header, at + 4)
    made.write_bytes(data)
    result = run(f"portfolio verify {made}")
    assert (result.code, result.err.startswith(f"error: {made} is no pack: ")) == (2, True)


def test_a_pack_without_any_signature_is_told(pack):
    last_signatures_cut(pack, 0)
    assert both(pack) == ["signed.txt: not signed by the candidate as it stands; last signature: none"]


def everything_made_anew(pack):
    """Let the pack say something else, and write its ledger anew to fit: the limit of what a pack proves of itself."""
    old = sha256(pack.files["signed.txt"]).hexdigest().encode()
    own_words_for_reading(pack)
    pack.fit_signed()
    new = sha256(pack.files["signed.txt"]).hexdigest().encode()
    lines, prev = pack.files["ledger/journal.csv"].splitlines(), b"0" * 64
    for number, line in enumerate(lines[1:], 1):
        name = f"ledger/ranges/{number}-portfolio_signatures.csv"
        body, _, stated = line.rpartition(b",")
        if name in pack.files:
            was = sha256(pack.files[name]).hexdigest().encode()
            pack.replace(name, (old, new))
            body = body.replace(was, sha256(pack.files[name]).hexdigest().encode())
        body = body.rpartition(b",")[0] + b"," + prev
        prev = sha256(body).hexdigest().encode()
        assert number > 4 or prev == stated, "what was before the signatures need not be touched"
        lines[number] = body + b"," + prev
    pack.put("ledger/journal.csv", b"\n".join([*lines, b""]))
    rows, _ = TOOL["ranges"](pack.folder, TOOL["journal"](pack.folder)[0])
    for name, text in TOOL["signatures"](pack.folder, rows)[0].items():
        pack.put(name, text.encode())
    pack.fit_manifest()


def test_who_writes_the_ledger_anew_is_found_by_a_seal_that_somebody_kept(pack, desk):
    kept = desk.parent / "seal"
    assert run(f"portfolio verify {pack.folder} --against {kept}") == (0, "", "")
    everything_made_anew(pack)
    assert both(pack) == [], "the page of the manual says that a pack alone cannot show this"
    found = run(f"portfolio verify {pack.folder} --against {kept}")
    assert found.code == 1
    assert found.out.startswith("ledger/journal.csv: entry 7 is not the one that was sealed on ")
    assert "none.txt: No such file" in run(f"portfolio verify {pack.folder} --against {kept.parent / 'none.txt'}").err
    (kept.parent / "other").write_text("no seal", "utf-8")
    assert "is not a seal" in run(f"portfolio verify {pack.folder} --against {kept.parent / 'other'}").err


@pytest.mark.skipif(not SSH, reason="ssh-keygen is not installed")
def test_who_writes_the_ledger_anew_is_found_by_an_ssh_signature(pack, desk):
    signers = f"--signers {desk.parent / 'signers'}"
    row = signatures(pack)[0].removeprefix("signatures/")
    assert f"{row}: signed by the key of joan" in run(f"portfolio verify {pack.folder} {signers}").out
    everything_made_anew(pack)
    found = run(f"portfolio verify {pack.folder} {signers}")
    assert (found.code, f"{row}: not signed by any key of that file" in found.out) == (1, True)


def test_an_assessor_without_python_compares_with_sha256sum(pack, whole):
    tool = shutil.which("sha256sum")
    if not tool:
        pytest.skip("sha256sum is not installed")
    check = [tool, "-c", "--quiet", "signed.txt"]
    assert subprocess.run(check, cwd=pack.folder, capture_output=True, check=False).returncode == 0
    pack.put("words.md", other(whole["words.md"]))
    assert b"words.md: FAILED" in subprocess.run(check, cwd=pack.folder, capture_output=True, check=False).stdout
