"""The evaluation report tells how it came about, with every reason and every name."""

import os
from pathlib import Path

import pytest

from django.utils import timezone

from commissioning.models import SetAsideEnvelope
from scorecards import award_documents
from scorecards import demonstration_awards as work
from scorecards.award_documents import load_facts
from scorecards.documents.document_text import document_text
from scorecards.models import BidRating
from tests.scorecards.awarding import calculated, to_standstill

__all__ = ["calculated"]
pytestmark = pytest.mark.django_db


def report(opened):
    return award_documents.evaluation_report_document(
        load_facts(opened.lot), reference="AD-TEST124", at=timezone.localtime()
    )


def test_report_holds_people_openings_ratings_moves_and_the_hash(calculated):
    work.recommend(calculated.people, calculated.lot)
    text = document_text(report(calculated))
    about = load_facts(calculated.lot)
    said = ["Evan Hughes", "Carl Osei", "Anna Kowalska", "Chair of moderation"]
    said += ["envelopes opened", "2026/S 000-000077", about.result.sha256]
    said += [row.why for bid in about.bids for held in about.consensus[bid.pk].values()
             for row in held.moves.all()]  # fmt: skip
    said += list(BidRating.objects.values_list("rationale", flat=True))
    said += ["The tender with the highest total by the published method."]
    said += ["The system", "began the moderation when all ratings were locked"]
    assert [words for words in said if words not in text] == []
    assert "system: scoring" not in text


def test_report_says_what_does_not_count(calculated):
    assert "Recused; not counted" not in document_text(report(calculated))
    calculated.recuse("evan")
    text = document_text(report(calculated))
    assert text.count("Recused; not counted") == 16
    assert "Evan Hughes gave 4." in text


def test_report_says_what_was_set_aside_at_the_opening(calculated):
    bid = calculated.bids[0]
    SetAsideEnvelope.objects.create(
        submission=bid.submission,
        lot_number=0,
        kind="participation",
        cause="unfit",
        reason="It names a lot twice.",
        at=timezone.now(),
    )
    text = document_text(report(calculated))
    assert f"{bid.label}: participation was set aside. It names a lot twice." in text


def test_report_names_notice_and_standstill(calculated):
    evaluation = to_standstill(calculated)
    text = document_text(report(calculated))
    assert "UK6 2026/S 000-000078" in text
    assert f"{evaluation.standstill_ends_on:%-d %B %Y}" in text


def test_report_becomes_a_pdf(calculated):
    pdf = award_documents.as_pdf(report(calculated))
    assert pdf[:5] == b"%PDF-"
    folder = os.environ.get("DOCUMENTS")
    if folder:
        Path(folder, "report.pdf").write_bytes(pdf)
