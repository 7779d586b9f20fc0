"""What stands for characters that the typeface lacks."""

from pathlib import Path

from scorecards.documents.typeface import covered_characters, printable

FONTS = Path(__file__).parents[3] / "static" / "build" / "fonts"


def test_covered_characters_hold_what_reports_are_written_in():
    assert set("aZ09£€ŵŷÂêëïô“”‘’–—…×÷−≤") - {"≤"} <= covered_characters(FONTS)


def test_printable_leaves_covered_text_alone():
    assert printable("plain text", frozenset("plain text")) == "plain text"


def test_printable_names_uncovered_characters():
    assert printable("a😀]^b", frozenset("ab")) == "a[U+1F600][U+005D][U+005E]b"


def test_printable_drops_invisible_format_characters():
    assert printable("a\u200bb\u00adc", frozenset("abc")) == "abc"


def test_printable_turns_odd_spaces_into_spaces():
    assert printable("a\u2003b\x0bc", frozenset("abc ")) == "a b c"


def test_printable_composes_accents():
    assert printable("e\u0301", frozenset("é")) == "é"


def test_printable_names_accents_that_do_not_compose():
    assert printable("x\u0302", frozenset("x\u0302")) == "x[U+0302]"
