"""WebVTT and SubRip as transcription services write them."""

from __future__ import annotations

import pytest

from qacli.files.faults import FileFaults

VTT = """\
WEBVTT - call of 14 May

NOTE made by a machine

STYLE
::cue { color: white }

1
00:00:01.500 --> 00:00:04.000 align:start
<v Agent>Good <i>morning</i>, harbour &amp; co
how can I help?

00:05.000 --> 00:07.250
<v.loud Robin Tan>My parcel is late</v>

01:00:08.000 --> 01:00:09.000
still me
"""
SRT = """\
1
00:00:01,000 --> 00:00:04,000
Agent: Good morning
Customer: Hello: it is late

2
00:00:05,000 --> 00:00:06,000
- Agent: Which one?
"""


def test_cues_of_webvtt_become_turns(read):
    assert read("T1.vtt", VTT, {"robin tan": "customer"}) == [
        (0, "colleague", "Good morning, harbour & co"),
        (0, "colleague", "how can I help?"),
        (4, "customer", "My parcel is late"),
        (3606, "customer", "still me"),
    ]


def test_cues_of_subrip_name_the_speaker_before_a_colon(read):
    assert read("T1.srt", SRT.replace("\n", "\r\n")) == [
        (0, "colleague", "Good morning"),
        (0, "customer", "Hello: it is late"),
        (4, "colleague", "Which one?"),
    ]


def test_an_empty_file_says_nothing(read):
    assert read("T1.vtt", "WEBVTT\n") == []


def test_voice_tags_that_never_end_do_not_hold_up_the_reader(read):
    said = read("T1.vtt", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Agent>Hello " + "<v \t \t" * 200_000)
    assert [(role, words[:5]) for _, role, words in said] == [("colleague", "Hello")]


def test_a_character_that_is_spelled_out_is_refused_as_if_it_stood_there(read):
    with pytest.raises(FileFaults) as refused:
        read("T1.vtt", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Agent>pay &#x202e;002 pounds\n")
    assert "error[unsafe-character]: U+202E RIGHT-TO-LEFT OVERRIDE in the text" in str(refused.value)
    assert "T1.vtt:4" in str(refused.value)
