"""E-mail as mail programs save it."""

from __future__ import annotations

import pytest

from qacli.files.faults import FileFaults

PLAIN = """\
From: Robin Tan <robin@home.example>
To: help@harbour.example
Date: Thu, 14 May 2026 10:02:00 +0100
Subject: parcel
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

It is late. Ring 07700 900123 or write to robin@home.example. Caf=E9

> On Wednesday you wrote:
> it is on its way
"""
ANSWER = """\
From: "Desk" <p.birch@harbour.example>
Date: Thu, 14 May 2026 11:32:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/html; charset=utf-8

<html><style>p {color: red}</style><p>Sorry &amp; thank you.<br>It comes <b>today</b>.</p></html>
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename=label.pdf

JVBERi0=
--x--
"""
ROLES = {"@harbour.example": "colleague", "any": "customer"}


def test_one_message_without_what_it_answers_to_and_without_personal_numbers(read):
    found = read("T1.eml", PLAIN, ROLES, whole=True)
    (turn,) = found.turns
    assert (turn.role, turn.seconds) == ("customer", 0)
    assert turn.text == "It is late. Ring [phone number removed] or write to [e-mail address removed]. Café"
    assert found.removed == {"phone number": 1, "e-mail address": 1}
    assert found.left_out["quoted line"] == 2


def test_a_correspondence_is_put_in_order_of_time(read):
    box = f"From desk Thu May 14 11:32:00 2026\n{ANSWER}\nFrom robin Thu May 14 10:02:00 2026\n{PLAIN}"
    found = read("T1.mbox", box, ROLES, whole=True)
    assert [(turn.seconds, turn.role) for turn in found.turns] == [(0, "customer"), (5400, "colleague")]
    assert found.turns[1].text == "Sorry & thank you.\nIt comes today."
    assert found.left_out["attachment"] == 1


def test_without_roles_the_sender_is_a_stranger(read):
    with pytest.raises(FileFaults, match="no known speaker"):
        read("T1.eml", PLAIN)


@pytest.mark.parametrize("charset", ["utf-99", "base64"])
def test_an_encoding_that_nobody_knows_is_told(read, charset):
    with pytest.raises(FileFaults, match="encoding"):
        read("T1.eml", PLAIN.replace("iso-8859-1", charset), ROLES)


@pytest.mark.parametrize("piece", ["<", "<br", "<script ", "<style>"])
def test_tags_that_never_end_do_not_hold_up_the_reader(read, piece):
    head = "From: a@harbour.example\nDate: Thu, 14 May 2026 10:02:00 +0100\nContent-Type: text/html; charset=utf-8\n\n"
    [(_, role, words)] = read("T1.eml", head + "<p>It is late.</p>" + piece * 200_000, ROLES)
    assert role == "colleague"
    assert words.startswith("It is late.")
