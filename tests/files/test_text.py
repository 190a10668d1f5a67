"""Text that may be shown: nothing hidden, nothing active, nothing lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qacli.files.text import from_spreadsheet, markdown, one_line, spreadsheet, unsafe, visible

ANY_TEXT = st.text(st.characters())  # surrogates included


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Grüße, 世界 – “quoted” 👨‍👩‍👧", "Grüße, 世界 – “quoted” 👨‍👩‍👧"),
        ("می‌خواهم", "می‌خواهم"),  # Persian is spelled with a zero-width non-joiner
        ("\x1b[2J", r"\x1b[2J"),
        ("\x1b]8;;http://evil\x1b\\click", r"\x1b]8;;http://evil\x1b" + "\\click"),
        ("20\r90", r"20\r90"),
        ("abc\u202edef", r"abc\u202edef"),
        ("a\u2028b\u0085c\x00", r"a\u2028b\x85c\x00"),
        ("we\u200bight", r"we\u200bight"),
        ("half \ud83d", r"half \ud83d"),
        ("[red]x[/red] :warning:", "[red]x[/red] :warning:"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out_and_the_rest_untouched(said, shown):
    assert visible(said) == shown


@given(ANY_TEXT)
@settings(max_examples=80)
def test_visible_text_never_holds_a_control_character_and_can_always_be_printed(text):
    shown = visible(text)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not set(shown) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    shown.encode("utf-8")
    assert visible(shown) == shown
    assert not unsafe(shown, layout=False)


def test_unsafe_characters_are_named_with_their_place():
    assert unsafe("a\tb\u202ec\x1b") == [(3, "U+202E RIGHT-TO-LEFT OVERRIDE"), (5, "U+001B control character")]
    assert unsafe("a\tb", layout=False) == [(1, "U+0009 control character")]
    assert not unsafe("two\nlines")


def test_one_line_folds_breaks_and_tabs_and_keeps_other_blanks():
    assert one_line("Refund asked.\n\n  Agent\tagreed  at once.\r\n") == "Refund asked. Agent agreed  at once."


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("![](http://a/b.png)", r"!\[\](http\://a/b.png)"),
        ("see www.example.com", r"see www\.example.com"),
        ("<script>1 & 2</script>", "&lt;script&gt;1 &amp; 2&lt;/script&gt;"),
        ("a|b *c* _d_ `e` ~~f~~", r"a\|b \*c\* \_d\_ \`e\` \~\~f\~\~"),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        (":warning: at 12:30", r"\:warning: at 12:30"),
        ("one\n\n    two", "one two"),
        ("\x1b[1mbold", r"\\x1b\[1mbold"),
    ],
)
def test_markdown_shows_the_text_as_it_was_said(said, written):
    assert markdown(said) == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1+1", "'+1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("|calc", "'|calc"),
        ("-2+3", "'-2+3"),
        ("-2", "-2"),
        ("-2.50", "-2.50"),
        ("plain = text", "plain = text"),
        ("'tis late", "'tis late"),
        ("", ""),
    ],
)
def test_a_spreadsheet_sees_no_formula(said, written):
    assert spreadsheet(said) == written


@given(st.text(st.sampled_from("'=+-@|\t\r\n＝2.a ")))
@settings(max_examples=80)
def test_a_spreadsheet_and_back_loses_nothing(text):
    assert from_spreadsheet(spreadsheet(text)) == text
