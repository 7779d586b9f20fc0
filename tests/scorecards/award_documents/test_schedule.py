"""The ethics schedule and the conflicts assessment, as documents."""

import os
from pathlib import Path

import pytest

from django.utils import timezone

from commissioning import queries
from commissioning.models import ConflictsAssessment
from scorecards import award_documents
from scorecards.documents.document_text import document_text
from tests.scorecards.awarding import calculated

__all__ = ["calculated"]
pytestmark = pytest.mark.django_db


def test_schedule_names_standards_by_their_titles_and_where_each_is_tested(calculated):
    model = queries.model_in_force(calculated.actor("priya"), calculated.exercise)
    content = award_documents.schedule_document(
        calculated.exercise, model, reference="AD-TEST125", at=timezone.localtime()
    )
    text = document_text(content)
    said = [row.title for row in (*model.conditions, *model.terms) if row.is_ethics]
    assert len(said) == 3
    assert [words for words in said if words not in text] == []
    pdf, docx = award_documents.as_pdf(content), award_documents.as_docx(content)
    assert (pdf[:5], docx[:2]) == (b"%PDF-", b"PK")
    folder = os.environ.get("DOCUMENTS")
    if folder:
        Path(folder, "schedule.pdf").write_bytes(pdf)


def test_conflicts_assessment_names_everybody_and_what_is_perceived(calculated):
    row = ConflictsAssessment.objects.filter(exercise=calculated.exercise).first()
    text = document_text(award_documents.conflicts_document(row, reference="AD-TEST126"))
    names = ["Priya Raman", "Evan Hughes", "Edith Okafor", "Elena Marsh", "Carl Osei"]
    assert [name for name in names if name not in text] == []
    assert "Two evaluators once worked" in text
