"""The trail in use: traced, sealed, redacted, retired, repaired, and what each must still prove afterwards."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from hashlib import sha256

import pytest
from command_line import run, snapshot
from desk import DRAWN, done, form, items

from qacli.ledger import journal
from qacli.model import Exit

LATER = "2028-01-10"


@pytest.fixture(scope="session")
def _two_scored(_desks, tmp_path_factory):
    folder = shutil.copytree(_desks / "drawn", tmp_path_factory.mktemp("scored") / "desk")
    for person in ("p_ev1", "p_ev2"):
        for item in items(folder, f"--for {person}")[:2]:
            done(run(["score", "--from", str(form(folder, item["item"], idv="not_met"))], folder, person, DRAWN))
    return folder


@pytest.fixture
def scored(_two_scored, tmp_path):
    """The desk with two items scored by each evaluator."""
    return shutil.copytree(_two_scored, tmp_path / "desk")


def observations(folder):
    return [row["observation"] for row in items(folder) if row["observation"]]


def verified(folder):
    return run("ledger verify", folder)


def words(folder):
    return (folder / "records/2026/words.csv").read_bytes()


def evidence_of(folder, observation):
    """The words id of the evidence of the first rating of an observation."""
    with (folder / "records/2026/ratings.csv").open(newline="", encoding="utf-8") as table:
        return next(row["evidence"] for row in csv.DictReader(table) if row["observation"] == observation)


# --- trace ---


def test_c13_the_chain_from_sample_to_feedback_is_shown(scored):
    observation = observations(scored)[0]
    colleague = next(row["colleague"] for row in items(scored) if row["observation"] == observation)
    done(run(f"feedback prepare {observation} --for {colleague} --on 2026-05-26", scored, "p_tl1", DRAWN))
    chain = run(f"ledger trace {observation} --format json", scored).rows
    assert [row["table"] for row in chain] == [
        "draws",
        "items",
        "sessions",
        "observations",
        "feedback",
        "feedback_invitations",
    ]
    assert {row["leads nowhere"] for row in chain} == {""}


def test_an_id_that_nothing_was_recorded_under(scored):
    result = run("ledger trace o_zz", scored)
    assert (result.code, result.err.splitlines()[0]) == (1, "error: nothing is recorded under o_zz")


# --- C13: one byte ---


def test_c13_one_byte_of_last_months_ratings_is_found_at_its_rows(scored):
    path = scored / "records/2026/ratings.csv"
    data = path.read_bytes()
    at = data.index(b",not_met,no,")
    path.write_bytes(data[:at] + data[at:].replace(b",not_met,no,", b",not_met,nO,", 1))
    result = verified(scored)
    row = data.count(b"\n", 0, at) + 1
    first, last = result.out.split(" rows ")[1].split(",")[0].split("-")
    assert (result.code, int(first) <= row <= int(last)) == (Exit.FINDINGS, True)
    assert "broken: records/2026/ratings.csv" in result.out
    assert "by p_ev1 (score)" in result.out


# --- seal ---


def test_a_seal_is_what_anybody_can_compute(scored, tmp_path):
    lines = (scored / journal.NAME).read_bytes().split(b"\n")[1:-1]
    hashes = [sha256(line.rpartition(b",")[0]).hexdigest() for line in lines]
    said = run("ledger seal", scored).out.splitlines()
    assert said[:4] == ["qacli-head/1", f"folder {hashes[0]}", f"entries {len(lines)}", f"head {hashes[-1]}"]
    seal = tmp_path / "head.txt"
    seal.write_text("\n".join([*said, ""]), "utf-8")
    done(run("notice ack n-staff --on 2026-05-20", scored, "p_ev1", DRAWN))
    assert run(f"ledger verify --against {seal}", scored).code == 0


def test_programs_get_the_parts_of_a_seal_and_its_lines_stay_what_is_kept(scored, tmp_path, monkeypatch):
    _, *lines = done(run("ledger seal", scored)).out.splitlines()
    (parts,) = done(run("ledger seal --format json", scored)).rows
    assert [f"{name} {parts[name]}" for name in ("folder", "entries", "head")] == lines[:3]
    assert parts["signature"] is None
    header, cells = done(run("ledger seal --format csv", scored)).out.splitlines()
    assert header == "folder,entries,head,time,signature"
    assert cells.split(",")[:3] == [line.split(" ")[1] for line in lines[:3]]
    # what a script keeps as a seal is one, whatever form results have for whoever runs it
    monkeypatch.setenv("QACLI_FORMAT", "csv")
    assert done(run("ledger seal", scored)).out.splitlines()[1:4] == lines[:3]
    # a table is none, and the message says which form is
    (tmp_path / "head.csv").write_text(f"{header}\n{cells}\n", "utf-8")
    said = run(f"ledger verify --against {tmp_path / 'head.csv'}", scored)
    assert said.err.endswith(
        "is not a seal\n  = help: a seal is what qacli ledger seal printed without --format, unchanged\n"
    )


def test_a_clean_cut_of_the_end_is_found_only_with_the_seal(scored, tmp_path):
    seal = tmp_path / "head.txt"
    seal.write_text(run("ledger seal", scored).out, "utf-8")
    _cut_last_entry(scored)
    assert verified(scored).code == 0
    result = run(f"ledger verify --against {seal}", scored)
    assert (result.code, "its end was cut off" in result.out) == (1, True)


def _cut_last_entry(folder):
    """Take the last entry off as somebody would who knows the format."""
    path = folder / journal.NAME
    *_, last = journal.entries(path)
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([*lines[:-2], b""]))
    for part in last.ranges:
        table = folder / part.file
        table.write_bytes(table.read_bytes()[: part.start])


def test_a_full_rewrite_is_found_only_with_the_seal(scored, tmp_path):
    seal = tmp_path / "head.txt"
    seal.write_text(run("ledger seal", scored).out, "utf-8")
    path = scored / journal.NAME
    lines, prev = [journal.HEADER], journal.GENESIS
    for entry in journal.entries(path):
        new = entry._replace(actor="p_other", prev=prev).sealed()
        lines.append(new.encode())
        prev = new.hash
    path.write_bytes(b"".join(lines))
    assert verified(scored).code == 0
    result = run(f"ledger verify --against {seal}", scored)
    assert (result.code, "written anew from its first entry" in result.out) == (1, True)


def test_a_signed_seal_names_its_signer_and_no_other_text(scored, tmp_path):
    if shutil.which("ssh-keygen") is None:
        pytest.fail("ssh-keygen is needed here: install openssh-client")
    key, signers, seal = tmp_path / "key", tmp_path / "signers", tmp_path / "head.txt"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key], check=True)
    signers.write_text(f"compliance {key.with_suffix('.pub').read_text('utf-8')}", "utf-8")
    seal.write_text(done(run(f"ledger seal --key {key}", scored)).out, "utf-8")
    (parts,) = done(run(f"ledger seal --key {key} --format json", scored)).rows
    assert parts["signature"].startswith("-----BEGIN SSH SIGNATURE-----\n")
    result = run(f"ledger verify --against {seal} --signers {signers}", scored)
    assert (result.code, result.err) == (0, "sealed by compliance\n")
    seal.write_text(seal.read_text("utf-8").replace("time 20", "time 21"), "utf-8")
    assert run(f"ledger verify --against {seal} --signers {signers}", scored).code == 1


def test_a_file_that_is_no_seal_is_refused(scored, tmp_path):
    (tmp_path / "x.txt").write_text("head 123\n", "utf-8")
    assert run(f"ledger verify --against {tmp_path / 'x.txt'}", scored).code == Exit.MALFORMED


# --- redact ---


def test_a_redacted_text_is_gone_and_the_trail_verifies(scored):
    observation = observations(scored)[0]
    before = words(scored)
    assert b"asked for the postcode" in before
    result = done(run(f'ledger redact {observation}-1 --reason "customer named"', scored, "p_mgr1", DRAWN))
    assert result.out == "1 text redacted\n"
    after = words(scored)
    lines = before.split(b"\n")[:-1]
    assert [len(line) for line in after.split(b"\n")[: len(lines)]] == [len(line) for line in lines]
    assert before.count(b"asked for the postcode") - after.count(b"asked for the postcode") == 1
    assert (verified(scored).code, verified(scored).out) == (0, "")
    shown = run(f"ledger show {observation}-1 --format json", scored).rows
    assert next(row["value"] for row in shown if row["column"] == "evidence") == "(redacted)"
    assert re.search(r"drafts/\S+: holds the text; delete it\n", result.err)


def test_redacting_again_is_harmless_and_mends_a_crash_that_came_between(scored):
    observation = observations(scored)[0]
    original = words(scored)
    done(run(f"ledger redact {observation}-1 --reason x", scored, "p_mgr1", DRAWN))
    # as if the machine had stopped after the entry and before the overwriting
    path = scored / "records/2026/words.csv"
    path.write_bytes(original + words(scored)[len(original) :])
    result = verified(scored)
    assert (result.code, "its text is still there: run qacli ledger redact" in result.out) == (1, True)
    entries = (scored / journal.NAME).read_bytes().count(b"\n")
    again = done(run(f"ledger redact {observation}-1 --reason x", scored, "p_mgr1", DRAWN))
    assert "1 of 1 texts were redacted before" in again.err
    assert (scored / journal.NAME).read_bytes().count(b"\n") == entries
    assert verified(scored).code == 0


@pytest.mark.parametrize(
    "words_", ['ledger redact {}-1 --reason "customer named"', 'ledger retire observations 2026 --reason "24 months"']
)
def test_texts_that_a_crash_left_readable_are_overwritten_by_the_next_writer(scored, words_):
    first = observations(scored)[0]
    original = words(scored)
    done(run(words_.format(first), scored, "p_mgr1", LATER))
    finished = words(scored)
    (scored / "records/2026/words.csv").write_bytes(original + finished[len(original) :])
    assert verified(scored).code == 1
    done(run("notice ack n-staff --on 2026-05-20", scored, "p_ev1", DRAWN))
    assert words(scored)[: len(finished)] == finished
    assert (verified(scored).code, verified(scored).out) == (0, "")


def test_a_redaction_that_also_changes_something_else_is_found(scored):
    first, second = observations(scored)[:2]
    done(run(f"ledger redact {first}-1 --reason x", scored, "p_mgr1", DRAWN))
    good = snapshot(scored)
    points = scored / "records/2026/ratings.csv"
    points.write_bytes(good["records/2026/ratings.csv"].replace(b",not_met,no,0,", b",not_met,no,1,", 1))
    assert verified(scored).code == 1
    points.write_bytes(good["records/2026/ratings.csv"])
    path = scored / "records/2026/words.csv"
    other = evidence_of(scored, second).encode()
    # another text blanked that no redaction names
    line = next(line for line in good["records/2026/words.csv"].split(b"\n") if line.startswith(other))
    blank = other + b"," + b"x" * 32 + b"," + b"x" * (len(line) - len(other) - 34)
    path.write_bytes(good["records/2026/words.csv"].replace(line, blank))
    assert verified(scored).code == 1
    # and one text put in the place of another, under the id that was redacted
    stolen = evidence_of(scored, first).encode() + blank[len(other) :]
    path.write_bytes(good["records/2026/words.csv"].replace(line, stolen))
    assert verified(scored).code == 1


def test_a_text_that_is_held_is_not_redacted_until_the_hold_ends(scored):
    observation = observations(scored)[0]
    colleague = next(row["colleague"] for row in items(scored) if row["observation"] == observation)
    redact = f'ledger redact {observation}-1 --reason "customer named"'
    for held in (colleague, "observations"):
        done(run(f"privacy hold {held} --reason 'a claim before a court'", scored, "p_mgr1", DRAWN))
        before = snapshot(scored)
        refused = run(redact, scored, "p_mgr1", DRAWN)
        assert f"refused[legal-hold]: {observation}-1 cannot be redacted: legal hold h_" in refused.err
        assert snapshot(scored) == before
        done(run(f"privacy hold {held} --release --reason settled", scored, "p_mgr1", DRAWN))
    done(
        run(f"privacy hold {'p_a12' if colleague != 'p_a12' else 'p_a07'} --reason 'a claim'", scored, "p_mgr1", DRAWN)
    )
    assert done(run(redact, scored, "p_mgr1", DRAWN)).out == "1 text redacted\n"


def test_a_redaction_needs_a_reason_and_a_text(scored):
    observation = observations(scored)[0]
    before = snapshot(scored)
    assert "refused[no-reason]" in run(f"ledger redact {observation}", scored, "p_mgr1", DRAWN).err
    assert "names no text" in run("ledger redact o_zz --reason x", scored, "p_mgr1", DRAWN).err
    assert snapshot(scored) == before


# --- retire ---


def test_retired_records_go_with_their_texts_and_the_trail_verifies(scored):
    assert "refused[year-not-over]" in run("ledger retire observations 2026 --reason x", scored, "p_mgr1", DRAWN).err
    result = done(run('ledger retire observations 2026 --reason "24 months"', scored, "p_mgr1", LATER))
    assert "ratings of 2026: 12 rows retired" in result.out
    assert re.search(r"^copies of what went may still lie in drafts/ \(\d files?\)", result.err, re.MULTILINE)
    gone = {"sessions", "observations", "ratings"}
    assert not [name for name in gone if (scored / f"records/2026/{name}.csv").exists()]
    assert b"asked for the postcode" not in words(scored)
    assert (verified(scored).code, verified(scored).out) == (0, "")
    assert run("summarise team --format json", scored).rows == []
    again = run("ledger retire observations 2026 --reason x", scored, "p_mgr1", LATER)
    assert (again.code, "nothing to do" in again.err) == (0, True)
    done(run("ledger retire draws 2026 --reason x", scored, "p_mgr1", LATER))
    assert verified(scored).code == 0


def test_a_retired_file_that_a_crash_left_is_named_and_then_removed(scored):
    kept = (scored / "records/2026/ratings.csv").read_bytes()
    done(run("ledger retire observations 2026 --reason x", scored, "p_mgr1", LATER))
    (scored / "records/2026/ratings.csv").write_bytes(kept)
    result = verified(scored)
    assert (result.code, "was retired, but is still there" in result.out) == (1, True)
    done(run("ledger retire draws 2026 --reason x", scored, "p_mgr1", LATER))
    assert not (scored / "records/2026/ratings.csv").exists()
    assert list((scored / "quarantine").glob("*")) == [] if (scored / "quarantine").exists() else True
    assert verified(scored).code == 0


# --- repair and adopt ---


def resaved(data, delimiter=",", quoting=csv.QUOTE_MINIMAL, bom=b"", end="\r\n"):
    """A table as a spreadsheet would save it."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(
        csv.reader(io.StringIO(data.decode("utf-8")))
    )
    return bom + text.getvalue().encode("utf-8")


@pytest.mark.parametrize(
    "form_",
    [
        {"bom": b"\xef\xbb\xbf"},
        {"delimiter": ";", "quoting": csv.QUOTE_ALL},
        {"delimiter": "\t", "end": "\n"},
        {"bom": b"\xef\xbb\xbf", "delimiter": ";"},
    ],
)
def test_a_table_saved_in_another_form_is_refused_then_proved_equal_and_restored(scored, form_):
    path = scored / "records/2026/observations.csv"
    good = path.read_bytes()
    path.write_bytes(resaved(good, **form_))
    bad = snapshot(scored)
    assert run("summarise team", scored).code == Exit.MALFORMED
    if len(bad["records/2026/observations.csv"]) != len(good):
        assert run("notice ack n-staff --on 2026-05-20", scored, "p_ev1", DRAWN).code == Exit.MALFORMED
    assert snapshot(scored) == bad  # nothing was cut, nothing set aside
    assert run("ledger repair", scored).code == 0
    assert path.read_bytes() == good
    assert verified(scored).code == 0
    assert [kept.read_bytes() for kept in (scored / "quarantine").iterdir()] == [bad["records/2026/observations.csv"]]


def test_changed_values_are_named_by_row_and_never_restored(scored):
    path = scored / "records/2026/ratings.csv"
    changed = resaved(path.read_bytes()).replace(b",4,yes,75,", b",5,yes,75,", 1)
    path.write_bytes(changed)
    result = run("ledger repair", scored)
    assert (result.code, "values were changed in rows 1-4" in result.out) == (1, True)
    assert path.read_bytes() == changed


def test_rows_typed_by_hand_are_taken_in_with_an_id_of_ours(scored):
    path = scored / "records/2026/acknowledgements.csv"
    with path.open("a", encoding="utf-8") as table:
        table.write('mine,2020-01-01T00:00:00Z,p_x,live,p_ev2,n-staff@1,2026-05-20,"by hand, on paper"\n')
    assert verified(scored).code == 1
    result = done(run("ledger adopt records/2026/acknowledgements.csv", scored, "p_tl1", DRAWN))
    assert "recorded in acknowledgements" in result.out
    with path.open(newline="", encoding="utf-8") as table:
        *_, row = csv.DictReader(table)
    assert (row["by"], row["provenance"], row["person"], row["means"]) == (
        "p_tl1",
        "example",
        "p_ev2",
        "by hand, on paper",
    )
    assert row["id"].startswith("n_")
    assert verified(scored).code == 0


def test_a_typed_row_that_fits_no_table_is_refused_and_stays(scored):
    path = scored / "records/2026/acknowledgements.csv"
    with path.open("a", encoding="utf-8") as table:
        table.write("mine,too,short\n")
    before = snapshot(scored)
    result = run("ledger adopt records/2026/acknowledgements.csv", scored, "p_tl1", DRAWN)
    assert "refused[not-a-row]: row 1" in result.err
    assert snapshot(scored) == before


def test_rows_are_adopted_once_from_the_table_or_from_its_copy(scored):
    path = scored / "records/2026/acknowledgements.csv"
    with path.open("a", encoding="utf-8") as table:
        table.write("mine,2020-01-01T00:00:00Z,p_x,live,p_ev2,n-staff@1,2026-05-20,on paper\n")
    first = done(run("ledger adopt records/2026/acknowledgements.csv", scored, "p_tl1", DRAWN))
    (aside,) = (scored / "quarantine").iterdir()
    before = snapshot(scored)
    again = done(run(f"ledger adopt quarantine/{aside.name}", scored, "p_tl1", DRAWN))
    entry = sum(1 for _ in journal.entries(scored / journal.NAME))
    assert (again.out, again.err) == (
        "",
        f"entry {entry} took in these rows of quarantine/{aside.name}: nothing to do\n",
    )
    assert snapshot(scored) == before
    assert "recorded in acknowledgements" in first.out
