"""What is taken out of imported words, and what stays. Numbers are those kept for tests and for drama."""

from __future__ import annotations

import pytest

from qacli.files.personal import redact


@pytest.mark.parametrize(
    ("text", "what"),
    [
        # Ofcom keeps 07700 900000-900999 and 020 7946 0000-0999 for drama; 555-01xx is kept in North America
        ("07700 900123", "phone number"),
        ("07700900123", "phone number"),
        ("020 7946 0018", "phone number"),
        ("+44 (0)20 7946 0018", "phone number"),
        ("+1 415 555 0132", "phone number"),
        ("(415) 555-0132", "phone number"),
        ("415.555.0132", "phone number"),
        ("415 555 0132", "phone number"),
        ("robin.o'tan+parcel@post.home.example", "e-mail address"),
        ("AB 12 34 56 C", "identity number"),
        ("AB123456C", "identity number"),
        ("123-45-6789", "identity number"),
        # the example of ISO 13616 for the United Kingdom
        ("GB82 WEST 1234 5698 7654 32", "bank account number"),
        ("DE89370400440532013000", "bank account number"),
        ("4111 1111 1111 1111", "card number"),
    ],
)
def test_it_is_taken_out_wherever_it_stands(text, what):
    for words in (text, f"it is {text}.", f"({text}), thank you"):
        found, counts = redact(words)
        assert counts == {what: 1}
        assert text not in found
        assert f"[{what} removed]" in found


@pytest.mark.parametrize(
    "text",
    [
        "order 3348917502, case 2026-05-14-0012",
        "on 14/05/2026 at 10:02:15, 1,250.00 pounds in 36 months",
        "2026-05-14 10:02",
        "05-14-2026",
        "QQ 12 34 56 C",
        "000-45-6789",
        "GB82 WEST 1234 5698 7654 33",
        "meet me @home, 5 a.m.",
        "room 0117, desk 12",
        "version 1.2.3.4 of 10.0.0.1",
    ],
)
def test_what_only_looks_like_it_stays(text):
    assert redact(text) == (text, {})


def test_each_is_counted():
    found, counts = redact("a@b.example, c@d.example and 07700 900123, cvv 123")
    assert (
        found
        == "[e-mail address removed], [e-mail address removed] and [phone number removed], cvv [security code removed]"
    )
    assert counts == {"e-mail address": 2, "phone number": 1, "security code": 1}
