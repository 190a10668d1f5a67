from __future__ import annotations

from collections import Counter

import pytest

from qacli.files.faults import FileFaults
from qacli.model import MalformedFile
from qacli.sources.transcripts.folder import OutsideFolder, Transcripts
from qacli.sources.transcripts.turns import Turn

ROLES = {"A": "colleague", "Agent": "colleague", "C": "customer"}
PATTERN = "transcripts/{transaction}.*"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "transcripts").mkdir()
    return tmp_path


def chat(folder, text, name="T1.txt"):
    path = folder / "transcripts" / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def turns(folder, text, **options):
    chat(folder, text)
    found = Transcripts(folder, PATTERN, ROLES, **options).read("T1")
    assert found is not None
    return found.turns


def test_lines_become_turns_with_seconds_since_the_first(folder):
    assert turns(folder, "10:02 Agent: Hello,\n  how can I help?\n\n10:04 c: Order ID: 33\nhttp://x.example\n") == (
        Turn(1, 0, "colleague", "Hello,\nhow can I help?"),
        Turn(2, 120, "customer", "Order ID: 33\nhttp://x.example"),
    )


def test_turns_without_times_have_none(folder):
    assert turns(folder, b"\xef\xbb\xbfA: Hi\r\nC: Hi\r\n") == (
        Turn(1, None, "colleague", "Hi"),
        Turn(2, None, "customer", "Hi"),
    )


def test_whether_times_are_of_the_day_or_of_the_call_is_declared(folder):
    text = "[23:59] A: Hi\n[00:01] C: Hi\n"
    assert [turn.seconds for turn in turns(folder, text)] == [0, 120]
    assert [turn.seconds for turn in turns(folder, "0:41 A: Hi\n1:02 C: Hi\n1:00:41 A: Bye\n", times="elapsed")] == [
        0,
        21,
        3600,
    ]


def test_card_numbers_are_taken_out_and_counted(folder):
    # test number of a card network, no account
    chat(folder, "C: it is 4111 1111 1111 1111, cvv 123\n")
    found = Transcripts(folder, PATTERN, ROLES).read("T1")
    assert found is not None
    assert "4111" not in found.turns[0].text
    assert "123" not in found.turns[0].text
    assert found.removed == Counter({"card number": 1, "security code": 1})


def test_speakers_that_nobody_named_are_refused(folder):
    with pytest.raises(FileFaults) as caught:
        turns(folder, "chat of 13 May\nA: Hi\nSystem: transferred\n10:03 bot 7: hello\n")
    assert [(fault.line, fault.message) for fault in caught.value.faults] == [
        (1, "this line belongs to no speaker"),
        (3, "'System' is no known speaker"),
        (4, "'bot 7' is no known speaker"),
    ]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"A: Hi\nC: \xe9\n", "not-text", 2),
        (b"A: Hi\nC: \x1b[2J\n", "unsafe-character", 2),
        ("A: Hi\u202e\n".encode(), "unsafe-character", 1),
        (b"A: " + b"x" * 5_000_000, "too-long", 0),
    ],
)
def test_text_that_cannot_be_shown_safely_is_refused(folder, content, code, line):
    with pytest.raises(FileFaults) as caught:
        turns(folder, content)
    assert [(fault.code, fault.line) for fault in caught.value.faults] == [(code, line)]


@pytest.mark.parametrize("wanted", ["../secret", "transcripts/T1", "T", "T1.2", "*", "T1.*", "", "."])
def test_an_id_is_compared_with_names_and_never_made_a_path(folder, wanted):
    chat(folder, "A: Hi\n")
    (folder / "secret.txt").write_text("A: no\n")
    assert Transcripts(folder, PATTERN, ROLES).read(wanted) is None


def test_ids_with_dots_and_other_scripts_find_their_own_file(folder):
    chat(folder, "A: Hi\n", "T1.2.txt")
    path = chat(folder, "A: Hi\n", "E\u0301-1.txt")
    found = Transcripts(folder, PATTERN, ROLES)
    assert (found.find("T1"), found.find("É-1")) == (None, path)


def test_links_are_not_followed_and_two_files_are_one_too_many(folder):
    (folder / "secret.txt").write_text("A: no\n")
    (folder / "transcripts" / "T9.txt").symlink_to(folder / "secret.txt")
    transcripts = Transcripts(folder, PATTERN, ROLES)
    with pytest.raises(OutsideFolder, match="is a link"):
        transcripts.read("T9")
    chat(folder, "A: Hi\n")
    chat(folder, "A: Hi\n", "T1.md")
    with pytest.raises(MalformedFile, match=r"2 transcripts for T1: T1\.md, T1\.txt"):
        transcripts.read("T1")


@pytest.mark.parametrize("pattern", ["transcripts/chat.txt", "{transaction}/chat.txt", "{transaction}{transaction}"])
def test_a_pattern_names_the_transaction_once_in_the_file_name(folder, pattern):
    with pytest.raises(MalformedFile, match="does not say which file"):
        Transcripts(folder, pattern, ROLES)
