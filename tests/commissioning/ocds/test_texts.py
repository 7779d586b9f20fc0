"""Published text made safe, and names made comparable."""

import pytest

from commissioning.ocds import name_key
from commissioning.ocds.texts import clean, is_storable


@pytest.mark.parametrize(
    ("text", "expected", "codes"),
    [
        ("  plain  ", "plain", set()),
        ("St Bede&apos;s &amp; St Anne", "St Bede's & St Anne", set()),
        ("one\r\ntwo\rthree", "one\ntwo\nthree", set()),
        ("bell\x07 and tab\t", "bell  and tab", {"text_changed"}),
        ("evil\u202etxt.exe", "eviltxt.exe", {"text_changed"}),
        ("tendering.rn NOTE: see", "tendering.rn NOTE: see", {"line_breaks_lost"}),
        ("The northern Western Isles return", "The northern Western Isles return", set()),
        ("framework.â€¯ The", "framework.â€¯ The", {"text_damaged"}),
        ("abcdef", "abcd…", {"text_shortened"}),
        ("<script>alert(1)</script>"[:5], "<scri", set()),
    ],
)
def test_clean(text, expected, codes):
    limit = 5 if text == "abcdef" else 100
    assert clean(text, limit) == (expected, frozenset(codes))


@pytest.mark.parametrize(
    ("text", "expected"), [("ok", True), ("a\x00", False), ("\ud800", False), ("😀", True)]
)
def test_is_storable(text, expected):
    assert is_storable(text) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Axis Europe plc", "AXIS EUROPE Plc"),
        ("Smith & Sons Ltd", "Smith and Sons Limited"),
        ("The Guinness Partnership Limited", "THE GUINNESS PARTNERSHIP LTD."),
        ("Café Rouge", "Cafe Rouge"),
        ("St. Mary's School", "St Mary’s  School"),
        ("Bolt Public Limited Company", "Bolt PLC"),
    ],
)
def test_names_that_differ_only_in_writing_share_a_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Acme Ltd", "Acme plc"), ("Acme (North) Ltd", "Acme Ltd")]
)
def test_names_of_different_bodies_have_different_keys(one, other):
    assert name_key(one) != name_key(other)
