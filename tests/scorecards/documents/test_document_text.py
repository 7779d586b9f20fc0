"""The text that is kept of a document, and the document that it gives back."""

import json

import pytest

from scorecards.documents.document import UnsoundDocument
from scorecards.documents.document_text import document_from_text, document_text
from tests.scorecards.documents.document_samples import long_document, sample_document


@pytest.mark.parametrize("make", [sample_document, long_document])
def test_document_from_text_gives_back_what_was_kept(make):
    assert document_from_text(document_text(make())) == make()


def test_document_text_of_equal_documents_is_equal():
    assert document_text(sample_document()) == document_text(sample_document())
    assert document_text(sample_document(title="Other")) != document_text(sample_document())


def test_document_text_names_its_format():
    data = json.loads(document_text(sample_document()))

    assert data["format"] == "commissioning-ethics-assurance/document"
    assert data["format_version"] == "1"


@pytest.mark.parametrize(
    "change",
    [
        {"format_version": "2"},
        {"format": "another"},
        {"head": {}},
        {"head": None},
        {"sections": [{"block": "section", "heading": "One"}]},
        {"sections": [{"heading": "One", "blocks": [{"block": "picture"}]}]},
        {"sections": [{"heading": "One", "blocks": [{"block": "note", "text": 7}]}]},
        {"sections": [{"heading": "", "blocks": []}]},
        {"sections": None},
    ],
    ids=str,
)
def test_document_from_text_of_another_form(change):
    data = json.loads(document_text(sample_document())) | change

    with pytest.raises(UnsoundDocument):
        document_from_text(json.dumps(data))


def test_document_from_text_with_a_table_whose_rows_do_not_fit():
    text = document_text(sample_document()).replace('["Staffing","70%","3"]', '["Staffing"]')

    with pytest.raises(UnsoundDocument, match="must have 3 cells"):
        document_from_text(text)


@pytest.mark.parametrize("text", ["", "7", "[]", "null"])
def test_document_from_text_of_anything_else(text):
    with pytest.raises(UnsoundDocument):
        document_from_text(text)
