"""Properties of an item of evidence."""

import re
from datetime import date

import pytest

from providers.models import EvidenceItem
from providers.models.evidence_item import random_path


def test_random_path_says_nothing_of_the_name_and_never_repeats():
    paths = {random_path(None, "salaries.pdf") for _ in range(50)}
    assert len(paths) == 50
    assert all(re.fullmatch(r"evidence/([0-9a-f]{2})/\1[0-9a-f]{38}", path) for path in paths)


@pytest.mark.parametrize(
    ("valid_until", "expected"),
    [(None, False), (date(2026, 5, 4), True), (date(2026, 5, 5), False)],
)
def test_is_expired_on_the_day_after_its_last(valid_until, expected):
    assert EvidenceItem(valid_until=valid_until).is_expired(date(2026, 5, 5)) is expected


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("image/png", True),
        ("image/jpeg", True),
        ("application/pdf", False),
        ("text/csv", False),
        ("", False),
    ],
)
def test_is_picture_comes_from_the_media_type(media_type, expected):
    assert EvidenceItem(media_type=media_type).is_picture is expected
