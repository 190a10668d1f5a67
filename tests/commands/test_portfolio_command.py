"""A portfolio through the command line: a live folder of one supervisor, and every refusal of a pack."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from command_line import run, snapshot
from desk import done
from workspaces import SETTINGS, observed

from qacli.ledger.trail import Signature, writing
from qacli.model import Change
from qacli.understand.kpis.value import KpiValue
from qacli.workspace import Workspace
from qacli.workspace.stamp import Stamp, blocks, stamped

SHIPPED = Path(__file__).parents[2] / "scorecards"
ME, ASSESSOR, VERIFIER, OTHER = "p_tl1", "p_as1", "p_iv1", "p_ev1"
PEOPLE = """\
person,source,source_id,from,to,name,login
p_tl1,,,,,Joan Alder,
p_ev1,,,,,Milan Reed,
p_a07,telephony,A07,,,Gwen Birch,
p_as1,,,,,Ursula Assessor,
p_iv1,,,,,Ivor Verifier,
"""
PORTFOLIO = """\
- id: mine
  version: 1
  owner: p_tl1
  from: 2026-01-01
  candidate: p_tl1
  role: team leader of twelve, phone and chat
  sector: private
  assessor: p_as1
  verifier: p_iv1
  fewest_words: 20
  never: [Bluebell]
"""
SAID = (
    "Planned checks told me how we do on an ordinary week, since every contact had the same chance. When I came by "
    "unannounced in March I saw two colleagues skip the summary, which no recording had shown, so I use both."
)
ACCOUNT = (
    "In April I started listening to four calls a week and talked each one through. By June fewer customers rang back "
    "about the same thing, and I think naming a day at the end of the call did most of it."
)
NOTE = "I listened to the call, rated it and wrote the evidence down myself."


def opened(folder, provenance):
    """A folder with people, measures and the portfolio of one of them."""
    folder.mkdir(mode=0o700)
    definitions = folder / "definitions"
    definitions.mkdir()
    for path, text in (
        (folder / "qacli.yaml", SETTINGS.format(provenance=provenance)),
        (folder / "people.csv", PEOPLE),
        (definitions / "portfolio.yaml", PORTFOLIO),
        (definitions / "kpis.yaml", (SHIPPED / "kpis.yaml").read_text("utf-8")),
    ):
        path.write_text(text, "utf-8")
        path.chmod(0o600)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A live folder with twenty observations by the candidate, one by somebody else, and two figures."""
    folder = opened(tmp_path_factory.mktemp("live") / "desk", "live")
    rows = [row for _ in range(20) for row in observed(2)]
    commit(folder, ME, rows)
    commit(folder, OTHER, observed(1))
    commit(folder, ME, [figure("2026-04", 62, 58, 66), figure("2026-06", 74, 70, 78), figure("2026-07", 75, 71, 79)])
    return folder


@pytest.fixture
def desk(made, tmp_path):
    return Path(shutil.copytree(made, tmp_path / "desk"))


def figure(period, value, low, high):
    month = int(period[-2:])
    days = {"first": date(2026, month, 1), "last": date(2026, month, 28)}
    counted = {"num": None, "den": None, "n": 400, "se": None, "asked": None, "held_back": 0, "complete": None}
    where = {"kpi": "fcr@1", "variant": "repeat-7", "cut": "all", "slice": "all", "period": period}
    limits = {"value": float(value), "low": float(low), "high": float(high)}
    return KpiValue(**where, **days, **counted, **limits, method="wilson", origin="transactions", sha256="0" * 64)


def commit(folder, actor, rows):
    return Workspace.find(folder, actor).commit(lambda _: Change(rows), "score").rows


def slip_in(folder, provenance):
    """Append one observation of another provenance, as a folder that was merged by hand would hold it."""
    workspace = Workspace.find(folder, ME)
    with writing(folder, Signature(ME, ME, "score")) as trail:
        stamp = Stamp(trail.head.seq + 1, workspace.clock(), ME, provenance)
        change = stamped(observed(0), stamp)
        trail.append(blocks(change))
    return change.rows[0].id


def table(folder, name):
    return run(f"export {name} --format json", folder, ME).rows


def coverage(folder, more="", actor=ME):
    return {row["id"]: row for row in run(f"portfolio coverage --format json {more}", folder, actor).rows}


def packed(folder):
    """A pack that its candidate has signed: what nobody signed for is proved by nothing."""
    done(run("portfolio sign --role candidate", folder, ME))
    done(run("portfolio pack", folder, ME))
    return folder / "out/portfolio/mine"


def portfolio_yaml(folder, old, new):
    path = folder / "definitions/portfolio.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


# The acceptance test of C28 and the refusals beside it


def test_c28_one_example_row_among_the_live_ones_refuses_the_pack_and_is_named(desk):
    assert "refused[today-in-live]" in run("portfolio pack --today 2026-01-01", desk, ME).err
    row = slip_in(desk, "example")
    before = snapshot(desk)
    result = run("portfolio pack", desk, ME)
    assert result.code == 1
    assert f"refused[not-live]: 1 of 64 rows is no record of real work: {row} (example)." in result.err
    assert snapshot(desk) == before


def test_c28_rows_of_training_show_a_criterion_as_not_live(desk, tmp_path):
    folder = opened(tmp_path / "training", "training")
    commit(folder, ME, observed(2))
    found = coverage(folder)
    assert {id_ for id_, row in found.items() if row["state"] == "not live"} >= {"mon-p9", "d13-2.4", "d13-e1"}
    assert "held" not in {row["state"] for row in found.values()}
    assert "refused[not-live]: 3 of 3 rows" in run("portfolio pack", folder, ME).err


def test_c28_nothing_is_packed_and_nothing_signed_where_there_is_no_evidence(tmp_path):
    folder = opened(tmp_path / "empty", "live")
    for words, told in (
        ("portfolio pack", "refused[nothing-to-pack]: there is no evidence of p_tl1 to pack."),
        ("portfolio sign --role candidate", "refused[nothing-to-sign]: there is no evidence of p_tl1 to sign for."),
    ):
        result = run(words, folder, ME)
        assert (result.code, result.err) == (1, f"{told}\n  = help: see: qacli portfolio coverage --as p_tl1\n")
    assert not (folder / "out").exists()
    assert not (folder / "journal.csv").exists()


@pytest.mark.parametrize("setting", ["role", "sector", "assessor"])
def test_c28_a_portfolio_that_does_not_state_itself_is_refused(desk, setting):
    path = desk / "definitions/portfolio.yaml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(f"  {setting}:")]
    path.write_text("\n".join(lines), "utf-8")
    result = run("portfolio pack", desk, ME)
    assert (result.code, result.err.partition("\n")[0]) == (
        1,
        f"refused[not-stated]: the portfolio does not state {setting}.",
    )


def test_c28_a_sector_other_than_that_of_the_folder_is_refused(desk):
    portfolio_yaml(desk, "sector: private", "sector: public")
    assert (
        "refused[other-sector]: the portfolio says sector public, qacli.yaml says private"
        in run("portfolio pack", desk, ME).err
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Gwen Birch asked twice.", "the name of a person in people.csv"),
        ("Wrote to gwen@example.org about it.", "e-mail address"),
        ("Told him to ring 07700 900123.", "phone number"),
        ("The Bluebell account was opened.", "'Bluebell', which portfolio.yaml bars"),
    ],
)
def test_c28_personal_data_in_evidence_refuses_the_pack(desk, text, told):
    row = commit(desk, ME, observed(1, text))[1].id
    result = run("portfolio pack", desk, ME)
    assert f"refused[personal-data]: personal data in what is to leave: {row} evidence: {told}." in result.err
    assert text not in result.err


def test_c28_what_is_masked_leaves_masked_and_everything_still_verifies(desk):
    commit(desk, ME, observed(1, "Gwen asked twice, then gave gwen@example.org. Reed was there."))
    people = desk / "people.csv"
    people.write_text(f"{people.read_text('utf-8')}p_a12,telephony,A12,,,Ann Reed,\n", "utf-8")
    portfolio_yaml(desk, "  never:", "  mask: [names, numbers]\n  never:")
    pack = packed(desk)
    everything = b"".join(path.read_bytes() for path in pack.rglob("*") if path.is_file())
    assert b"p_a07 asked twice, then gave [e-mail address removed]. [a name removed] was there." in everything
    assert b"Gwen" not in everything
    assert b"gwen@" not in everything
    assert "masked in free text: 3" in (pack / "README.md").read_text("utf-8")
    assert run(f"portfolio verify {pack}") == (0, "", "")


@pytest.mark.parametrize(
    ("text", "rule", "told"),
    [
        (f"[your name] {SAID}", "template-text", "still holds parts of a template: [your name]"),
        (f"{SAID} Lorem ipsum.", "template-text", "Lorem ipsum"),
        (f"I found that ........ {SAID}", "template-text", "........"),
        ("Both have their use.", "too-few-words", "has 4 words; here it takes 20"),
        (f"{SAID} Milan Reed agrees with me.", "personal-data", "the name of a person in people.csv"),
        (f"{SAID} Ring me on 07700 900123.", "personal-data", "phone number"),
    ],
)
def test_c28_a_template_or_a_name_is_refused_as_own_words(desk, text, rule, told):
    (desk / "k7.txt").write_text(text, "utf-8")
    before = snapshot(desk)
    result = run(f"portfolio say mon-k7 --words-file {desk / 'k7.txt'}", desk, ME)
    assert result.code == 1
    assert result.err.startswith(f"refused[{rule}]: ")
    assert told in result.err
    assert snapshot(desk) == before


def test_c28_printed_text_is_refused_as_own_words(desk):
    headings = " ".join(row["about"] for row in run("portfolio map --unit mon --format json", desk, ME).rows)
    result = run(["portfolio", "say", "mon-k1", "--words", headings], desk, ME)
    assert result.err.startswith("refused[not-own-words]: ")
    assert "of the text for mon-k1 also stands in the headings of the maps." in result.err


def test_c28_words_of_a_colleague_or_of_another_criterion_are_refused(desk):
    done(run(["portfolio", "say", "mon-k7", "--words", SAID], desk, ME))
    again = run(["portfolio", "say", "mon-k2", "--words", f"In short: {SAID}"], desk, ME)
    assert "also stands in your words of mon-k7" in again.err
    portfolio_yaml(desk, "candidate: p_tl1", "candidate: p_ev1")
    portfolio_yaml(desk, "version: 1", "version: 2")
    theirs = run(["portfolio", "say", "mon-k7", "--words", SAID], desk, OTHER)
    assert "refused[not-own-words]: 100 % of the text for mon-k7 also stands in words of p_tl1 of mon-k7." in theirs.err


def test_one_text_may_be_of_several_criteria_that_ask_the_same(desk):
    done(run(["portfolio", "say", "MON-K7,d13-4.6", "--words", SAID], desk, ME))
    assert {row["words"] for row in table(desk, "portfolio_words")} == {SAID}
    assert [coverage(desk)[id_]["state"] for id_ in ("mon-k7", "d13-4.6")] == ["held", "held"]
    pack = packed(desk)
    assert run(f"portfolio verify {pack}") == (0, "", "")
    assert (pack / "ledger/words.csv").read_text("utf-8").count("Planned checks told me") == 1
    assert "nothing to do" in run(["portfolio", "say", "mon-k7,d13-4.6", "--words", SAID], desk, ME).err
    assert "words are about a criterion" in run(["portfolio", "say", ",", "--words", SAID], desk, ME).err


def test_c28_nobody_speaks_or_puts_in_for_the_candidate(desk):
    for words in (["say", "mon-k7", "--words", SAID], ["add", "o_2", "--covers", "mon-p9", "--role-note", NOTE]):
        result = run(["portfolio", *words], desk, OTHER)
        assert "refused[not-the-candidate]: p_ev1 is not the candidate of portfolio mine: p_tl1 is." in result.err


def test_c28_what_somebody_else_made_is_refused_as_the_candidates_product(desk):
    theirs = next(row["id"] for row in table(desk, "observations") if row["by"] == OTHER)
    result = run(["portfolio", "add", theirs, "--covers", "mon-p9", "--role-note", NOTE], desk, ME)
    assert f"refused[not-own-evidence]: {theirs} was made by p_ev1, not by p_tl1." in result.err
    (desk / "told.txt").write_text("The calls were rated with care.", "utf-8")
    file = ["portfolio", "add", str(desk / "told.txt"), "--covers", "mon-p9", "--role-note", NOTE]
    assert "refused[not-own-evidence]: told.txt was made by p_ev1" in run([*file, "--author", OTHER], desk, ME).err
    assert "refused[own-witness]" in run([*file, "--method", "witness"], desk, ME).err
    done(run([*file, "--method", "witness", "--author", OTHER], desk, ME))


def test_c28_a_claim_of_improvement_is_what_the_measures_say(desk):
    april, june, july = (row["id"] for row in table(desk, "kpi_values"))
    say = ["portfolio", "say", "gde-t6", "--words", ACCOUNT]
    for claim, before, after, told in (
        ("worse", april, june, "62 percent (58 to 66, n 400) in 1 April 2026 to 28 April 2026"),
        ("better", june, july, "not told apart"),
    ):
        result = run([*say, "--before", before, "--after", after, "--claim", claim], desk, ME)
        assert result.err.startswith(f"refused[claim-not-held]: the account claims '{claim}'")
        assert told in result.err
    assert (
        "not two figures of one measure"
        in run([*say, "--before", june, "--after", april, "--claim", "better"], desk, ME).err
    )
    assert "a claim needs two figures" in run([*say, "--claim", "better"], desk, ME).err
    assert coverage(desk)["gde-t6"]["state"] == "lacks"
    done(run([*say, "--before", april, "--after", june, "--claim", "better"], desk, ME))
    assert coverage(desk)["gde-t6"]["state"] == "held"


def test_c28_a_claim_is_compared_again_when_it_is_packed(desk):
    april, june, _ = (row["id"] for row in table(desk, "kpi_values"))
    claim = ["--before", april, "--after", june, "--claim", "better"]
    done(run(["portfolio", "say", "gde-t6", "--words", ACCOUNT, *claim], desk, ME))
    kpis = desk / "definitions/kpis.yaml"
    text = kpis.read_text("utf-8")
    place = text.index("better: higher", text.index("id: fcr"))
    kpis.write_text(f"{text[:place]}better: lower{text[place + len('better: higher') :]}", "utf-8")
    assert (
        "refused[claim-not-held]: the account claims 'better', and the measures say otherwise"
        in run("portfolio pack", desk, ME).err
    )


def test_c28_a_file_that_was_changed_after_it_was_put_in_refuses_the_pack(desk):
    file = desk / "plan.md"
    file.write_text("What we agreed in June.", "utf-8")
    done(run(["portfolio", "add", "plan.md", "--covers", "mon-p14", "--role-note", NOTE], desk, ME))
    packed(desk)
    file.write_text("What we agreed in July.", "utf-8")
    assert "refused[evidence-changed]: not as it was put in: plan.md." in run("portfolio pack", desk, ME).err


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("scan.pdf", b"%PDF-1.7 ...", "refused[evidence-unreadable]"),
        ("names.txt", b"Milan Reed saw it.", "refused[personal-data]"),
        ("journal.csv", None, "is a file of qacli itself"),
        ("../elsewhere.txt", b"x", "does not lie in this folder"),
    ],
)
def test_c28_a_file_that_cannot_leave_is_not_put_in(desk, name, content, told):
    if content:
        (desk / name).write_bytes(content)
    result = run(["portfolio", "add", str(desk / name), "--covers", "mon-p9", "--role-note", NOTE], desk, ME)
    assert result.code in {1, 2}
    assert told in result.err


def test_c28_records_that_are_not_as_recorded_are_not_packed(desk):
    (ratings,) = (desk / "records").glob("*/ratings.csv")
    ratings.write_bytes(ratings.read_bytes().replace(b",met,", b",not,", 1))
    result = run("portfolio pack", desk, ME)
    assert (result.code, "the records are not as they were recorded" in result.err) == (65, True)


# What leaves, and what an assessor can check of it


@pytest.fixture(scope="module")
def pack(made, tmp_path_factory):
    """A whole pack: own words, an account, a record and a file put in, three signatures."""
    folder = Path(shutil.copytree(made, tmp_path_factory.mktemp("packed") / "desk"))
    april, june, _ = (row["id"] for row in table(folder, "kpi_values"))
    mine = next(row["id"] for row in table(folder, "observations") if row["by"] == ME)
    (folder / "plan.md").write_text("What we agreed in June.", "utf-8")
    claim = ["--before", april, "--after", june, "--claim", "better"]
    for words in (
        ["say", "mon-k7", "--words", SAID],
        ["say", "gde-t6", "--words", ACCOUNT, *claim],
        ["add", mine, "--covers", "mon-p9,d13-2.4", "--role-note", NOTE],
        ["add", "plan.md", "--covers", "mon-p14", "--role-note", NOTE],
    ):
        done(run(["portfolio", *words], folder, ME))
    done(run("portfolio sign --role candidate", folder, ME))
    done(run("portfolio sign --role assessor --comment 'seen at work on two days'", folder, ASSESSOR))
    done(run("portfolio sign --role verifier --sampled 2026-07-01", folder, VERIFIER))
    return packed(folder)


def test_a_pack_holds_grid_evidence_words_forms_proof_and_signatures(pack):
    readme = (pack / "README.md").read_text("utf-8")
    assert "Whether they suffice, your assessor decides." in readme
    assert "sufficient" not in readme
    words = (pack / "words.md").read_text("utf-8")
    assert SAID in words
    assert "What the figures say, compared again when this was packed" in words
    assert ", by p_tl1, typed by unknown" in words
    grid = (pack / "grid/cfa.md").read_text("utf-8")
    assert "Ursula Assessor (p\\_as1)" in grid or "Ursula Assessor (p_as1)" in grid
    assert "with comments and the date sampled by the internal verifier: signatures.md" in grid
    signed = (pack / "signatures.md").read_text("utf-8").splitlines()
    assert [line.partition(" on ")[0] for line in signed[2:]] == [
        "- candidate p_tl1",
        "- assessor p_as1",
        "- verifier p_iv1",
    ]
    assert signed[3].endswith(", for these contents: seen at work on two days")
    assert signed[4].endswith(", sampled 2026-07-01, for these contents")
    form = next((pack / "forms").glob("o_*.md")).read_text("utf-8")
    assert NOTE in form
    assert form.count("Asked twice, and waited.") == 2
    assert (pack / "files/plan.md").read_text("utf-8") == "What we agreed in June."
    assert "Milan" not in "".join(path.read_text("utf-8") for path in pack.rglob("*.*") if path.is_file())


def test_the_verifier_in_the_pack_works_alone_and_traces_any_cell(pack, tmp_path):
    with zipfile.ZipFile(pack.with_name("mine.zip")) as held:
        held.extractall(tmp_path)
    folder = tmp_path / "mine"
    alone = [sys.executable, "-I", "-S", "verify.py", "."]
    silent = subprocess.run(alone, cwd=folder, capture_output=True, text=True, check=False)
    assert (silent.returncode, silent.stdout, silent.stderr) == (0, "", "")
    traced = subprocess.run([*alone, "mon-p9"], cwd=folder, capture_output=True, text=True, check=False)
    first, second, *_ = traced.stdout.splitlines()
    assert first == "mon-p9: held"
    assert "(ratings) <- entry 1, " in second
    assert second.endswith(", score, p_tl1")


def test_verify_needs_no_workspace_and_says_nothing_where_all_is_well(pack):
    assert run(f"portfolio verify {pack}") == (0, "", "")
    assert run(f"portfolio verify {pack.with_name('mine.zip')}") == (0, "", "")
    assert run(f"portfolio verify {pack} --cell mon-k7").out.splitlines()[0] == "mon-k7: held"
    assert run(f"portfolio verify {pack} --cell mon-k1").out.startswith("mon-k1: lacks: the candidate's own words")
    assert "has no criterion 'mon-x'" in run(f"portfolio verify {pack} --cell mon-x").err


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("words.md", b"ordinary", b"ordinarY", "words.md: it is not what was packed"),
        ("ledger/journal.csv", b",score,", b",scorE,", "the line does not match its hash"),
        ("ledger/words.csv", b"Planned", b"Wlanned", "is not the text that was recorded"),
        ("evidence.csv", b",p_tl1,live,", b",p_ev1,live,", "is told otherwise than it was recorded"),
        ("evidence.csv", b",unknown,own,", b",p_tl1,own,", "is told otherwise than it was recorded"),
        ("coverage.csv", b"\nmon-p9,held,", b"\nmon-p9,held,o_zz ", "names o_zz, which is not in the pack"),
        ("coverage.csv", b"mon-k1,lacks,", b"mon-k1,held,", "mon-k1 is held by nothing"),
        ("rows/observations.csv", b",66.7,", b",99.9,", "rows/observations.csv: o_1-1 is told otherwise"),
        ("rows/portfolio_words.csv", b"unannounced", b"announced", "is told otherwise than it was recorded"),
        ("files/plan.md", b"in June", b"in July", "files/plan.md: it is not what was put in"),
    ],
)
def test_a_byte_that_was_changed_is_found_even_where_the_manifest_was_made_to_fit(pack, tmp_path, file, old, new, told):
    folder = Path(shutil.copytree(pack, tmp_path / "pack"))
    data = (folder / file).read_bytes()
    assert old in data
    (folder / file).write_bytes(data.replace(old, new, 1))
    assert f"{file}: it is not what was packed" in run(f"portfolio verify {folder}").out
    if file != "words.md":
        manifest_to_fit(folder, file)
        result = run(f"portfolio verify {folder}")
        assert result.code == 1
        assert told in result.out
        assert "it is not what was packed" not in result.out


def manifest_to_fit(folder, file):
    from hashlib import sha256

    path = folder / "manifest.csv"
    lines = path.read_text("utf-8").splitlines()
    data = (folder / file).read_bytes()
    fitted = [
        f"{file},{len(data)},{sha256(data).hexdigest()}" if line.startswith(f"{file},") else line for line in lines
    ]
    path.write_text("\n".join([*fitted, ""]), "utf-8")


@pytest.mark.parametrize("content", [b"", b"\xff\x00\n", b'a,b\n"', b"row\nrow\n", b"1,2,3\n" * 3])
def test_a_file_of_anything_is_told_and_never_ends_in_a_traceback(pack, tmp_path, content):
    folder = Path(shutil.copytree(pack, tmp_path / "pack"))
    (folder / "ledger/ranges/no-entry.csv").write_bytes(content)
    for file in (
        "evidence.csv",
        "coverage.csv",
        "signed.txt",
        "signatures.md",
        "portfolio.csv",
        "ledger/head.txt",
        "ledger/journal.csv",
        "ledger/words.csv",
        "manifest.csv",
    ):
        before = (folder / file).read_bytes()
        (folder / file).write_bytes(content)
        result = run(f"portfolio verify {folder}")
        assert (result.code, bool(result.out)) == (1, True), file
        assert "bug in qacli" not in result.err
        (folder / file).write_bytes(before)


def test_a_row_of_a_range_cannot_be_changed(pack, tmp_path):
    folder = Path(shutil.copytree(pack, tmp_path / "pack"))
    path = next((folder / "ledger/ranges").glob("*-ratings.csv"))
    path.write_bytes(path.read_bytes().replace(b",met,", b",not,", 1))
    manifest_to_fit(folder, path.relative_to(folder).as_posix())
    assert "states no such bytes" in run(f"portfolio verify {folder}").out


def test_a_file_that_is_missing_or_was_put_in_later_is_named(pack, tmp_path):
    folder = Path(shutil.copytree(pack, tmp_path / "pack"))
    (folder / "words.md").unlink()
    (folder / "more.txt").write_text("more", "utf-8")
    assert run(f"portfolio verify {folder}").out.splitlines() == [
        "words.md: it is missing",
        "more.txt: it was not packed",
        "manifest.csv: it is not the list of these files",
        "more.txt: it was not signed",
    ]
    assert run(f"portfolio verify {tmp_path}").out == "manifest.csv: there is none: this is no pack\n"
    assert "is no pack" in run(f"portfolio verify {folder / 'more.txt'}").err
    assert "there is no pack" in run(f"portfolio verify {folder / 'none'}").err


def test_no_cell_of_a_table_for_people_is_a_formula(desk):
    text = '=HYPERLINK("x") is what the caller\u200b read out \U0001f600 to me.'
    mine = commit(desk, ME, observed(1, text))[0].id
    done(run(["portfolio", "add", mine, "--covers", "mon-p9", "--role-note", f"={NOTE}"], desk, ME))
    pack = packed(desk)
    assert "'=HYPERLINK" in (pack / "rows/ratings.csv").read_text("utf-8")
    assert f"'={NOTE}" in (pack / "evidence.csv").read_text("utf-8")
    assert run(f"portfolio verify {pack}") == (0, "", "")


def test_the_same_records_make_the_same_pack(pack):
    folder = pack.parents[2]
    before = snapshot(pack), pack.with_name("mine.zip").read_bytes()
    assert (snapshot(packed(folder)), pack.with_name("mine.zip").read_bytes()) == before


# Signatures


def test_each_signature_is_that_of_the_person_named_for_it(desk):
    assert "refused[not-signed-by-candidate]" in run("portfolio sign --role assessor", desk, ASSESSOR).err
    assert (
        "refused[wrong-signer]: p_ev1 does not sign as candidate of p_tl1: p_tl1 does."
        in run("portfolio sign --role candidate", desk, OTHER).err
    )
    done(run("portfolio sign --role candidate", desk, ME))
    assert (
        "refused[wrong-signer]: p_tl1 does not sign as assessor of p_tl1: p_as1 does."
        in run(f"portfolio sign --role assessor --for {ME}", desk, ME).err
    )
    assert "nothing to do" in run("portfolio sign --role candidate", desk, ME).err
    done(run("portfolio sign --role assessor", desk, ASSESSOR))
    assert (
        "the internal verifier samples"
        in run("portfolio sign --role assessor --sampled 2026-07-01", desk, ASSESSOR).err
    )
    done(run("portfolio sign --role verifier", desk, VERIFIER))
    assert (
        "9999-01-01 is still to come" in run("portfolio sign --role verifier --sampled 9999-01-01", desk, VERIFIER).err
    )
    done(run("portfolio sign --role verifier --sampled 2026-07-01", desk, VERIFIER))
    assert table(desk, "portfolio_signatures")[-1]["sampled"] == "2026-07-01"
    assert "nothing to do" in run("portfolio sign --role verifier --sampled 2026-07-01", desk, VERIFIER).err
    for more in ("", f"--for {ME}"):
        assert "nobody signs as 'boss'" in run(f"portfolio sign --role boss {more}", desk, ME).err


def test_what_is_added_after_a_signature_is_not_signed_for(desk):
    done(run("portfolio sign --role candidate", desk, ME))
    done(run(["portfolio", "say", "mon-k7", "--words", SAID], desk, ME))
    assert "refused[not-signed-by-candidate]" in run("portfolio sign --role assessor", desk, ASSESSOR).err
    done(run("portfolio pack", desk, ME))
    pack = desk / "out/portfolio/mine"
    assert (pack / "signatures.md").read_text("utf-8").endswith(", for other contents\n")
    (row,) = table(desk, "portfolio_signatures")
    assert run(f"portfolio verify {pack}").out == (
        f"signed.txt: not signed by the candidate as it stands; last signature: {row['id']}\n"
    )
    assert run(f"portfolio verify {packed(desk)}") == (0, "", "")


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="ssh-keygen is not installed")
def test_a_detached_signature_is_checked_from_the_pack_alone(desk, tmp_path):
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    public = key.with_suffix(".pub").read_text("utf-8")
    (tmp_path / "signers").write_text(f"joan {public}", "utf-8")
    done(run(f"portfolio sign --role candidate --key {key}", desk, ME))
    pack = packed(desk)
    found = run(f"portfolio verify {pack} --signers {tmp_path / 'signers'}")
    assert (found.code, found.out.rpartition(": ")[2]) == (0, "signed by the key of joan\n")
    statement = next(pack.glob("signatures/*.txt"))
    statement.write_text(statement.read_text("utf-8").replace("rows ", "rows 1"), "utf-8")
    manifest_to_fit(pack, statement.relative_to(pack).as_posix())
    found = run(f"portfolio verify {pack} --signers {tmp_path / 'signers'}")
    assert (found.code, "it is not what the ledger says of the signing" in found.out) == (1, True)


@pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="ssh-keygen is not installed")
def test_a_signature_by_a_key_that_nobody_vouches_for_is_told(desk, tmp_path):
    for name in ("key", "other"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    (tmp_path / "signers").write_text(f"joan {(tmp_path / 'other.pub').read_text('utf-8')}", "utf-8")
    done(run(f"portfolio sign --role candidate --key {tmp_path / 'key'}", desk, ME))
    found = run(f"portfolio verify {packed(desk)} --signers {tmp_path / 'signers'}")
    assert (found.code, "not signed by any key" in found.out) == (1, True)


# The rest of the commands


def test_an_empty_folder_lacks_all_157(tmp_path):
    done(run(f"init {tmp_path / 'new'} --as {ME}"))
    result = run("portfolio coverage --format json", tmp_path / "new", ME)
    assert [row["state"] for row in result.rows] == ["lacks"] * 157
    assert "held 0, not live 0, lacks 157 of 157" in result.err
    assert "holds no portfolio of p_tl1" in run("portfolio pack", tmp_path / "new", ME).err
    for words in (["say", "mon-k77", "--words", SAID], ["add", "o_1", "--covers", "mon-k77", "--role-note", NOTE]):
        unknown = run(["portfolio", *words], tmp_path / "new", ME).err
        assert unknown == "error: there is no criterion 'mon-k77'\n  = help: did you mean 'mon-k7'?\n"
    assert (
        "holds no portfolio of p_tl1" in run(["portfolio", "say", "mon-k7", "--words", SAID], tmp_path / "new", ME).err
    )


def test_a_cell_leads_to_its_records(made):
    result = run("portfolio coverage d13-e3 --format json", made, ME)
    assert {row["table"] for row in result.rows} == {"observations"}
    assert (
        "d13-e3, Spread over time, customers and occasions; whether it suffices the assessor decides: lacks"
        in result.err
    )
    assert "lacks: 2 different days, there are 1; 2 different transactions, there are 0; qacli score" in result.err
    assert "did you mean 'mon-p9'" in run("portfolio coverage mon-p99", made, ME).err
    assert "there is no state 'maybe'" in run("portfolio coverage --state maybe", made, ME).err


def test_check_names_people_that_are_not_there_and_another_sector(desk):
    portfolio_yaml(desk, "assessor: p_as1", "assessor: p_as9")
    portfolio_yaml(desk, "sector: private", "sector: public")
    told = [
        line for line in run("check", desk, ME).out.splitlines() if "portfolio" in line and line.startswith("error")
    ]
    assert told == [
        "error[other-sector]: portfolio mine says sector public, qacli.yaml says private",
        "error[unknown-person]: portfolio mine names p_as9 as assessor, who is not in people.csv",
    ]


def test_the_map_says_what_is_asked_and_what_makes_it(made):
    (row,) = run("portfolio map MON-P6 --format json", made, ME).rows
    assert (row["id"], row["asks for"], row["made by"]) == (
        "mon-p6",
        "sessions by the candidate, kind spot",
        "qacli record session",
    )
    assert len({row["id"] for row in run("portfolio map --format json", made, ME).rows}) == 157
    assert "did you mean 'mon-p9'" in run("portfolio map mon-p99", made, ME).err
    assert "there is no map 'abc'" in run("portfolio map --unit abc", made, ME).err


def test_saying_or_adding_the_same_again_does_nothing(desk):
    say = ["portfolio", "say", "mon-k7", "--words", SAID]
    add = ["portfolio", "add", "o_1-1", "--covers", "mon-p9", "--role-note", NOTE]
    for words in (say, add):
        done(run(words, desk, ME))
        assert "nothing to do" in run(words, desk, ME).err
    assert "shown by what was done" in run(["portfolio", "say", "mon-p9", "--words", SAID], desk, ME).err
    assert "own words come from a file or from the line" in run("portfolio say mon-k7", desk, ME).err


def test_redacted_words_hold_nothing(desk):
    done(run(["portfolio", "say", "mon-k7", "--words", SAID], desk, ME))
    row = table(desk, "portfolio_words")[0]["id"]
    assert coverage(desk)["mon-k7"]["state"] == "held"
    done(run(f"ledger redact {row} --reason 'names a product'", desk, ME))
    assert coverage(desk)["mon-k7"]["state"] == "lacks"
    assert SAID not in "".join(path.read_text("utf-8") for path in packed(desk).rglob("*.*") if path.is_file())
