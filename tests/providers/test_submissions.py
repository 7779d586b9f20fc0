"""The canonical content of a submission."""

import json
from datetime import UTC, date, datetime

import pytest

from providers.submissions import canonical_content
from tests.providers.samples import a_link, a_self_assessment, answer, figures

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_canonical_content_holds_all_that_is_submitted(people, actor_of):
    row, sam = a_self_assessment(people), actor_of("sam")
    item = a_link(sam, valid_until=date(2028, 4, 1))
    answer(sam, row, "A2", narrative="Naïve “quotes”\nand lines.", evidence=[item])
    answer(sam, row, "A1", not_applicable=True, not_applicable_reason="We have no board.")
    figures(sam, row, evidence=[item])
    text = canonical_content(row, "We accept.", AT, "Sam Doyle")
    evidence = [
        {
            "reference": item.reference,
            "title": "Annual report",
            "sha256": item.sha256,
            "valid_until": "2028-04-01",
        }
    ]
    assert json.loads(text) == {
        "reference": row.reference,
        "version": 1,
        "provider": "Aldergate Care Services Ltd",
        "asked_by": "City of Doncaster Council",
        "title": "Home care",
        "level": "core",
        "declaration": "We accept.",
        "submitted_at": "2026-11-03T09:30:00+00:00",
        "submitted_by": "Sam Doyle",
        "answers": [
            {
                "edition": "sample@1",
                "code": "A1",
                "claimed": None,
                "narrative": "Our board looks at it.",
                "not_applicable": True,
                "not_applicable_reason": "We have no board.",
                "evidence": [],
            },
            {
                "edition": "sample@1",
                "code": "A2",
                "claimed": 2,
                "narrative": "Naïve “quotes”\nand lines.",
                "not_applicable": False,
                "not_applicable_reason": "",
                "evidence": evidence,
            },
        ],
        "measures": [
            {
                "edition": "sample@1",
                "code": "M1",
                "unit": "hours",
                "committed": "120.50",
                "committed_basis": "yearly",
                "delivered": "40",
                "attribution_percent": "75",
                "deadweight_percent": None,
                "note": "From time records.",
                "evidence": evidence,
            }
        ],
    }


@pytest.mark.django_db
def test_canonical_content_of_the_same_answers_is_the_same_text(people, actor_of):
    row, sam = a_self_assessment(people), actor_of("sam")
    for code in ("A2", "A1"):
        answer(sam, row, code)
    first = canonical_content(row, "We accept.", AT, "Sam Doyle")
    assert first == canonical_content(row, "We accept.", AT, "Sam Doyle")
    assert first.startswith('{"answers":[{"claimed":2,"code":"A1",')
