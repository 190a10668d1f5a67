from __future__ import annotations

import os
from pathlib import Path

import pytest
from trails import block, broken, small_trail, table, write

from qacli.ledger import canonical, redact
from qacli.ledger.head import read_head
from qacli.ledger.redact import find, overwrite, words_id
from qacli.model import REDACTED

WORDS, NONCE = table("words"), "0123456789abcdef" * 2
TEXTS = ("he said Tuesday", "a, b and c", "the third")
LINES = [canonical.encode((words_id(NONCE, text), NONCE, text)).decode() for text in TEXTS]
IDS = [line.partition(",")[0] for line in LINES]


def block_of(name, header, *lines):
    return block("".join(lines).encode(), table(name))._replace(header=header)


@pytest.fixture
def trail(tmp_path):
    """Three texts in one entry, nothing redacted."""
    small_trail(tmp_path, 1)
    write(tmp_path, block_of("words", b"id,nonce,text\n", *LINES))
    return tmp_path


def name(trail, *ids):
    """Record that texts are redacted, and leave them as they are: here the machine stopped."""
    rows = (f"y_{number},2026-05-18T11:00:00Z,p_ev1,training,{id_},w_0\n" for number, id_ in enumerate(ids))
    write(trail, block_of("redactions", b"id,at,by,provenance,words,reason\n", *rows))


def texts(trail):
    return (trail / WORDS).read_text("utf-8")


def test_the_words_of_a_file_are_found_with_their_places(trail):
    cells = find(trail, read_head(trail).sizes, IDS[1:])
    assert [(cell.id, cell.nonce.decode(), cell.true, cell.redacted) for cell in cells] == [
        (id_, NONCE, True, False) for id_ in IDS[1:]
    ]
    data = (trail / WORDS).read_bytes()
    assert [data[cell.start :].partition(b"\n")[0] for cell in cells] == [
        line.partition(",")[2].strip().encode() for line in LINES[1:]
    ]


def test_what_the_last_entry_redacts_is_overwritten_by_the_next_writer_and_synced(trail, monkeypatch):
    name(trail, IDS[0])
    write(trail)
    name(trail, *IDS)  # the first is x already
    assert all(text in texts(trail) for text in ("a, b and c", "the third"))
    synced, real = [], os.fsync

    def fsync(descriptor):
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    write(trail)
    assert synced[:2] == ["words.csv", "words.csv"]
    assert [line.partition(",")[0] for line in texts(trail).splitlines()[1:]] == IDS
    assert set("".join(line.partition(",")[2] for line in texts(trail).splitlines()[1:])) == {"x", ","}
    assert broken(trail) == []


def test_a_redacted_text_that_still_stands_is_named(trail):
    name(trail, IDS[1])
    (damage,) = broken(trail)
    assert (damage.file, damage.first, damage.last) == (WORDS, 3, 3)
    assert damage.message.startswith(f"{IDS[1]} was redacted, but its text is still there")


def test_rows_are_right_in_whatever_order_they_are_asked_for(trail):
    name(trail, IDS[0])
    with (trail / WORDS).open("a") as file:
        file.write("typed by hand")
    assert [(damage.first, "still there" in damage.message) for damage in broken(trail)] == [(5, False), (2, True)]


def test_a_redaction_before_the_last_entry_is_not_looked_for_again(trail, monkeypatch):
    name(trail, IDS[0])
    write(trail)
    monkeypatch.setattr(redact, "overwrite", lambda *_: pytest.fail("it was done before"))
    write(trail)


def test_a_text_that_cannot_be_overwritten_whole_is_an_error(trail, monkeypatch):
    monkeypatch.setattr(os, "pwrite", lambda _, data, __: len(data) - 1)
    descriptors = sorted(Path("/proc/self/fd").iterdir())
    with pytest.raises(OSError, match="in one piece"):
        overwrite(trail, find(trail, read_head(trail).sizes, IDS))
    assert sorted(Path("/proc/self/fd").iterdir()) == descriptors


def test_a_file_of_words_that_is_none_is_damage(trail):
    (trail / WORDS).write_text(texts(trail).replace(",", ";"), "utf-8")
    with pytest.raises(redact.MalformedFile, match=r"words\.csv is not what was recorded"):
        find(trail, read_head(trail).sizes, IDS)


@pytest.mark.parametrize("redacted", [0, 1])
@pytest.mark.parametrize(
    ("old", "new"), [("Tuesday", "Mondays"), ('"a, b', "'a, b"), ("third", 'thi"d'), (f",{NONCE},he", ";he")]
)
def test_a_changed_text_is_found_beside_a_redacted_one_too(trail, redacted, old, new):
    if redacted:
        name(trail, IDS[2] if old != "third" else IDS[0])
        write(trail)
        assert broken(trail) == []
    changed = texts(trail).replace(old, new.ljust(len(old)), 1)
    assert changed != texts(trail)
    (trail / WORDS).write_text(changed, "utf-8")
    assert {damage.file for damage in broken(trail)} == {WORDS}


def test_a_table_of_redactions_without_their_column_names_nothing(trail):
    (trail / table("redactions")).write_text(f"id,at\n{IDS[0]},{IDS[1]}\nshort\n", "utf-8")
    assert redact.named(trail) == frozenset()
    (trail / table("redactions")).write_text(f"id,words\ny_1,{IDS[0]}\nshort\ny_2,{IDS[1]}\ny_3,torn", "utf-8")
    assert redact.named(trail) == set(IDS[:2])
    assert REDACTED not in texts(trail)
