"""What rows say of themselves."""

from datetime import date
from decimal import Decimal

import pytest

from commissioning.actions import as_text
from commissioning.models import AssessmentRequest, AuditEngagement


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2026, 1, 10), False), (date(2026, 1, 11), True)]
)
def test_request_is_late_after_its_due_date(on, expected):
    assert AssessmentRequest(due_on=date(2026, 1, 10), state="open").is_late(on) is expected
    assert AssessmentRequest(due_on=date(2026, 1, 10), state="closed").is_late(on) is False


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 2, 1), False)],
)
def test_engagement_is_current_between_its_days(on, expected):
    engagement = AuditEngagement(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31))
    assert engagement.is_current(on) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (Decimal("118000.50"), "118000.50"),
        (Decimal("1E+6"), "1000000"),
        (date(2026, 1, 2), "2026-01-02"),
        ("text", "text"),
    ],
)
def test_value_as_text(value, expected):
    assert as_text(value) == expected
