"""Card numbers are found however they are grouped; the numbers here are the networks' public test numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qacli.files import cards
from qacli.files.cards import card_numbers, luhn, redact, security_codes
from qacli.files.faults import Fault


def found(text):
    return [text[start:end] for start, end in card_numbers(text)]


# Test numbers published by the networks (Visa, Mastercard 2-series and 5-series, American Express, Discover, Maestro).
@pytest.mark.parametrize(
    "card",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "5555555555554444",
        "2223003122003222",
        "3782 822463 10005",
        "6011111111111117",
        "6759649826438453",
        "4222222222222",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "4111\u00a01111\u00a01111\u00a01111",
        "４１１１１１１１１１１１１１１１",
    ],
)
def test_a_card_number_is_found_alone_and_in_a_sentence(card):
    assert found(card) == [card]
    assert found(f"It was {card}, due 05/27.") == [card]
    assert found(f"ref 12 {card}") == [card]


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111112",  # fails the Luhn check
        "41111111111111111111111",  # part of a longer number
        "94111111111111111 4",
        "411111111111",  # twelve digits
        "0000000000000000",
        "call 0161 496 0000 or 020 7946 0018",
        "from 2026-05-18 to 2026-05-19",
        "2026-05-18 2026-05-28",  # two dates whose sixteen digits happen to satisfy the Luhn check
        "GB33BUKB20201555555555",
        "",
    ],
)
def test_other_numbers_are_left_alone(text):
    assert found(text) == []


def test_luhn_on_the_example_of_the_standard():
    assert luhn("79927398713")  # https://en.wikipedia.org/wiki/Luhn_algorithm, worked example
    assert [check for check in "0123456789" if luhn("7992739871" + check)] == ["3"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CVV 123", "123"),
        ("my cvc is 1234", "1234"),
        ("security code: 0 4 2", "0 4 2"),
        ("cv2=999", "999"),
        ("that is 321, the security code", "321"),
        ("CVC2 number on the back, 737", "737"),
    ],
)
def test_a_security_code_stands_near_its_word(text, code):
    assert [text[start:end] for start, end in security_codes(text)] == [code]


@pytest.mark.parametrize("text", ["room 123", "cvv", "cvv 12345", "security code sent to 07700 900123", "recvvx 123"])
def test_other_short_numbers_are_no_security_codes(text):
    assert security_codes(text) == []


def test_redaction_says_what_it_took_out():
    text, counts = redact("Card 4111 1111 1111 1111, CVV 123, then 5555555555554444. Ref 20263.")
    assert text == "Card [card number removed], CVV [security code removed], then [card number removed]. Ref 20263."
    assert counts == {"card number": 2, "security code": 1}


@given(st.text(st.sampled_from("0123456789 -a."), max_size=60))
@settings(max_examples=80)
def test_nothing_is_left_to_redact_after_redaction(text):
    once, _ = redact(text)
    assert redact(once) == (once, {})


def test_a_masked_text_keeps_its_length_and_loses_only_those_digits():
    text = "order 4711: card 4111 1111 1111 1111, cvv 123, 20 pounds"
    assert cards.masked(text) == "order 4711: card xxxx xxxx xxxx xxxx, cvv xxx, 20 pounds"


def test_what_a_file_says_of_a_fault_repeats_no_card_number():
    line = "a" * 90 + " 4111 1111 1111 1111 " + "b" * 90
    fault = Fault("date", "'4111 1111 1111 1111' is not a date", "x.csv", 1, 100, excerpt=[(1, line)])
    assert "4111" not in str(fault)
    assert "'xxxx xxxx xxxx xxxx' is not a date" in str(fault)
