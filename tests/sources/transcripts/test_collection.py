"""One file of many conversations, a row for each utterance."""

from __future__ import annotations

from pathlib import Path

import pytest

from qacli.files.faults import FileFaults
from qacli.sources.transcripts.collection import Utterances
from qacli.sources.transcripts.folder import Transcripts

AIRLINE = Path(__file__).parents[4] / "shared" / "data" / "multidogo" / "turn_airline_dev.tsv"
TABLE = """\
conversation;who;words
c1;agent;"Good ""morning"", all"
c2;customer;Hello
c1;customer;"It is
late"
"""
COLUMNS = {"transaction": "conversation", "text": "words", "speaker": "who", "separator": "semicolon"}


def test_rows_are_put_together_by_conversation(tmp_path):
    (tmp_path / "chats.csv").write_text(TABLE, "utf-8")
    found = Transcripts(tmp_path, "chats.csv", table=Utterances(**COLUMNS))
    assert [(turn.role, turn.text) for turn in found.read("c1").turns] == [
        ("colleague", 'Good "morning", all'),
        ("customer", "It is\nlate"),
    ]
    assert found.read("c3") is None
    assert found.where == "chats.csv" or found.where.endswith("/chats.csv")


@pytest.mark.skipif(not AIRLINE.exists(), reason="shared data is absent")
def test_the_airline_chats_with_their_lone_quotes():
    columns = {"transaction": "conversationId", "text": "utterance", "separator": "tab"}
    with pytest.raises(FileFaults, match="cells"):
        Transcripts(AIRLINE.parent, AIRLINE.name, table=Utterances(**columns, quoting="none")).read("x")
    found = Transcripts(
        AIRLINE.parent, AIRLINE.name, {"any": "customer"}, table=Utterances(**columns, quoting="doubled")
    )
    assert found.read("31971762-f14e-4d55-b909-0370f6e4db19").turns[0].text == "hi good morning"
    wrapped = found.read("5a426e41-cdf0-4567-8a9d-be0a198e0f94")
    assert "bemidji mn \n to kings mountain nc" in [turn.text for turn in wrapped.turns]
    ids = {
        row.split("\t")[0]
        for row in AIRLINE.read_text("utf-8").splitlines()[1:]
        if row.startswith(tuple("0123456789abcdef"))
    }
    every = [read for id_ in ids if (read := found.read(id_))]
    # 1,968 lines below the header, two of which go on with a cell
    assert sum(len(each.turns) for each in every) == 1966
    assert sum(each.removed["phone number"] for each in every) > 0
