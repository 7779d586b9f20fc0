"""Identifiers in words."""

import pytest

from accounts.models import OrganisationIdentifier
from commissioning.templatetags.identifiers import identifier_text


@pytest.mark.parametrize(
    ("scheme", "value", "expected"),
    [
        ("GB-COH", "01234567", "01234567 (Companies House)"),
        ("GB-XYZ", "9", "9 (GB-XYZ)"),
        ("ocds-b5fd17:party", "GB-CFS-1", "GB-CFS-1 (the publisher's own number)"),
        ("ocds-r6ebe6:name", "ng homes|G214LS", "known by its name and postcode only"),
    ],
)
def test_identifier_text(scheme, value, expected):
    assert identifier_text(OrganisationIdentifier(scheme=scheme, value=value)) == expected
