"""The regime is derived where the notice allows it, and unknown elsewhere."""

from datetime import date

import pytest

from commissioning.ocds.facts import PartyFact
from commissioning.ocds.nodes import Node
from commissioning.ocds.regimes import regime_of

AFTER = date(2025, 9, 1)


def regime(tender, *, source="ocds-b5fd17", region="", tags=("tender",), seen=AFTER, awards=()):
    buyer = PartyFact("b", "Buyer", (("GB-LAE", "X"),), True, region=region)
    return regime_of(Node({"tender": tender, "awards": list(awards)}), source, buyer, tags, seen)[0]


@pytest.mark.parametrize(
    ("tender", "options", "expected"),
    [
        (
            {"legalBasis": {"id": "32014L0024"}},
            {"source": "ocds-r6ebe6", "seen": date(2019, 4, 1)},
            "scotland",
        ),
        ({}, {"source": "ocds-r6ebe6"}, "scotland"),
        ({}, {"region": "UKM50"}, "unknown"),
        ({"legalBasis": {"id": "2023/54"}}, {}, "procurement_act_2023"),
        ({"legalBasis": {"id": "2023/54"}, "aboveThreshold": False}, {}, "below_threshold"),
        ({"legalBasis": {"id": "2023/1348"}}, {}, "provider_selection"),
        ({"description": "Let under the Provider Selection Regime."}, {}, "provider_selection"),
        ({"documents": [{"noticeType": "UK4"}]}, {}, "procurement_act_2023"),
        ({"legalBasis": {"id": "32014L0024"}}, {}, "regulations_2015"),
        ({"procurementMethodDetails": "Open procedure (below threshold)"}, {}, "below_threshold"),
        ({"tenderPeriod": {"endDate": "2025-02-23T12:00:00Z"}}, {}, "regulations_2015"),
        ({"tenderPeriod": {"endDate": "2025-02-24T12:00:00Z"}}, {}, "unknown"),
        ({}, {"awards": [{"id": "1", "date": "2024-12-22"}]}, "regulations_2015"),
        ({}, {"seen": date(2025, 1, 23), "tags": ("planning",)}, "unknown"),
        ({"procurementMethodDetails": "Call-off from a framework agreement"}, {}, "unknown"),
        ({}, {}, "unknown"),
    ],
)
def test_regime(tender, options, expected):
    assert regime(tender, **options) == expected


def test_reason_says_why():
    buyer = PartyFact("b", "Buyer", (("GB-LAE", "X"),), True)
    release = Node({"tender": {"tenderPeriod": {"endDate": "2025-01-07T12:00:00Z"}}})
    assert regime_of(release, "ocds-b5fd17", buyer, ("tender",), AFTER)[1] == (
        "The procurement had begun by 7 January 2025, before the Procurement Act 2023."
    )
