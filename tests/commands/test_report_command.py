"""Where documents go, and that nothing is destroyed on the way."""

from __future__ import annotations

import os
import shutil
import stat

import pytest
from command_line import run
from desk import DRAWN, done, form, items


def test_o_writes_into_what_is_there_and_replaces_nothing(scored_once, tmp_path):
    target, link = tmp_path / "mine.md", tmp_path / "link.md"
    target.write_text("before", "utf-8")
    target.chmod(0o644)
    link.symlink_to(target)
    result = done(run(["report", "feedback", "f_7", "-o", str(link)], scored_once, "p_tl1", DRAWN))
    assert result.out == ""
    assert link.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert target.read_text("utf-8").startswith("# Feedback for Gwen")


def test_o_leaves_a_device_a_device(scored_once, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    done(run(["report", "plans", "-o", str(pipe)], scored_once, "p_tl1", DRAWN))
    assert os.read(reading, 1 << 16).startswith(b"# Coaching plans")
    os.close(reading)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_several_sheets_do_not_go_into_one_file(scored, tmp_path):
    target = tmp_path / "all.md"
    done(run(["report", "feedback", "-o", str(target)], scored, "p_tl1", DRAWN))
    other = next(item for item in items(scored) if item["colleague"] == "p_a09")
    done(run(f"score --from {form(scored, other['item'])}", scored, other["evaluator"], DRAWN))
    done(run("feedback prepare o_9 --for p_a09", scored, "p_tl1", DRAWN))
    target.unlink()
    result = run(["report", "feedback", "-o", str(target)], scored, "p_tl1", DRAWN)
    assert (result.code, result.err) == (
        2,
        "error: 2 sheets do not go into one file\n"
        f"  = help: name one: qacli report feedback f_7 -o {target}, or leave -o out\n",
    )
    assert not target.exists()
    # without -o each has its own, even where somebody tidied up
    shutil.rmtree(scored / "out", ignore_errors=True)
    told = done(run("report feedback", scored, "p_tl1", DRAWN)).out.split()
    assert told == [str(scored / f"out/feedback/{each}.md") for each in ("f_7", "f_a")]
    assert [stat.S_IMODE(os.stat(each).st_mode) for each in told] == [0o600, 0o600]  # noqa: PTH116


@pytest.mark.parametrize("command", ["report plans", "plan list"])
def test_what_cannot_be_written_names_the_path_and_ends_with_74(scored_once, tmp_path, command):
    target = tmp_path / "no" / "plans.md"
    result = run([*command.split(), "-o", str(target)], scored_once, "p_tl1", DRAWN)
    assert result.code == 74
    assert result.err == (
        f"error: {target} cannot be written: No such file or directory\n  = help: make the folder first: {target.parent}\n"
    )


def test_an_out_that_cannot_be_written_is_named_as_the_user_knows_it(scored, monkeypatch):
    monkeypatch.chdir(scored)
    shutil.rmtree(scored / "out", ignore_errors=True)
    (scored / "out").write_text("a file", "utf-8")
    result = run("report plans", scored, "p_tl1", DRAWN)
    assert result.code == 74
    assert (
        result.err == "error: out/plans.md cannot be written: Not a directory\n  = help: name another file: -o FILE\n"
    )


def test_a_document_is_a_page_where_html_is_asked_for(scored, tmp_path):
    told = done(run("report feedback f_7 --html", scored, "p_tl1", DRAWN)).out.strip()
    assert told == str(scored / "out/feedback/f_7.html")
    target = tmp_path / "mine.html"
    done(run(["report", "feedback", "f_7", "-o", str(target)], scored, "p_tl1", DRAWN))
    page = target.read_text("utf-8")
    assert page == (scored / "out/feedback/f_7.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "<h1>Feedback for Gwen</h1>" in page
    both = run(["report", "feedback", "f_7", "--html", "-o", str(tmp_path / "mine.md")], scored, "p_tl1", DRAWN)
    assert (both.code, "--html asks for a page" in both.err) == (2, True)
    assert run("report plans --format csv", scored, "p_tl1", DRAWN).code == 2
