from dataclasses import replace
from datetime import date
from decimal import Decimal

from principles.value_files import ValueRow, ValueSetTerms, content_sha256

TERMS = ValueSetTerms("Title", "label-1", "Ours", date(2026, 1, 1), None, True, False)
ROWS = [
    ValueRow("M1", "hours", Decimal("1.0"), "", "S", date(2026, 1, 1)),
    ValueRow("M2", "£ spent", Decimal("2"), "Essex", "S", date(2026, 1, 1)),
]


def test_hash_does_not_depend_on_the_order_of_rows():
    assert content_sha256("a@1", TERMS, ROWS) == content_sha256("a@1", TERMS, ROWS[::-1])


def test_hash_sees_every_part():
    before = content_sha256("a@1", TERMS, ROWS)
    dearer = [replace(ROWS[0], value_gbp=Decimal("1.00")), ROWS[1]]
    assert content_sha256("a@2", TERMS, ROWS) != before
    assert content_sha256("a@1", replace(TERMS, gross_of_deadweight=False), ROWS) != before
    assert content_sha256("a@1", TERMS, dearer) != before


def test_terms_come_back_from_plain():
    ended = replace(TERMS, in_force_to=date(2027, 1, 1))
    assert ValueSetTerms.from_plain(TERMS.as_plain()) == TERMS
    assert ValueSetTerms.from_plain(ended.as_plain()) == ended
