"""The assessment summary holds every field of regulation 31, from the record itself."""

import os
from pathlib import Path

import pytest

from django.utils import timezone

from accounts.models import OrganisationIdentifier
from scorecards import award_documents
from scorecards.actions.award_documents import summary_words, told
from scorecards.award_documents import SummaryTexts, load_facts
from scorecards.documents.document_text import document_text
from scorecards.enums import AwardDocumentKind
from tests.scorecards.awarding import calculated

__all__ = ["calculated"]
pytestmark = pytest.mark.django_db
ADDRESSES = {"address": "1 Market Place\nDoncaster", "email": "bids@example.org"}


def facts_and_words(opened):
    about = load_facts(opened.lot)
    words = {
        key: SummaryTexts(dict(held.texts) | ADDRESSES, held.withheld)
        for key, held in summary_words(about).items()
    }
    return about, words


def summary(opened, bid, words=None, about=None):
    if about is None:
        about, own = facts_and_words(opened)
        words = words or own
    kind, content = told(
        about, bid, words, reference="AD-TEST123", at=timezone.localtime(), is_draft=False
    )
    assert kind == AwardDocumentKind.ASSESSMENT_SUMMARY
    return content


def loser_and_winner(about):
    (winner,) = about.winners
    return next(bid for bid in about.bids if bid != winner), winner


def test_summary_holds_every_field_of_the_regulation(calculated):
    about, words = facts_and_words(calculated)
    loser, winner = loser_and_winner(about)
    OrganisationIdentifier.objects.create(
        organisation=loser.provider.organisation, scheme="GB-COH", value="01234567"
    )
    about, words = facts_and_words(calculated)
    loser, winner = loser_and_winner(about)
    text = document_text(summary(calculated, loser, words, about))
    said = [str(loser.provider), "1 Market Place", "bids@example.org", "GB-COH 01234567"]
    for leaf in about.result_of(loser).leaves:
        said += [f"{leaf.number} {leaf.title}", leaf.words]
    for row in about.consensus[loser.pk].values():
        said += [row.reasons, row.higher_score]
    said += [f"{about.result_of(loser).total:f}", "0, 1, 2, 3, 4, 5"]
    said += [str(winner.provider), f"{about.result_of(winner).total:f}"]
    said += ["version 1 of procurement"]
    found = text.replace("\\n", "\n")
    assert [words for words in said if words and words not in found] == []


def test_winner_is_told_of_itself_only(calculated):
    about, words = facts_and_words(calculated)
    _, winner = loser_and_winner(about)
    text = document_text(summary(calculated, winner, words, about))
    others = [str(bid.provider) for bid in about.bids if bid != winner]
    assert [name for name in others if name in text] == []
    assert "the award goes to it" in text


def test_loser_reads_of_no_bidder_but_itself_and_the_winner(calculated):
    about, words = facts_and_words(calculated)
    loser, winner = loser_and_winner(about)
    text = document_text(summary(calculated, loser, words, about))
    others = [str(bid.provider) for bid in about.bids if bid not in (loser, winner)]
    assert len(others) == 2
    assert [name for name in others if name in text] == []


def test_withheld_part_is_left_out_with_its_ground(calculated):
    about, words = facts_and_words(calculated)
    loser, winner = loser_and_winner(about)
    reasons = "Only the winner does this in such a way."
    words[winner.pk] = SummaryTexts(
        {**words[winner.pk].texts, f"why:{about.result_of(winner).leaves[0].key}": reasons}
    )
    whole = document_text(summary(calculated, loser, words, about))
    words[loser.pk] = SummaryTexts(words[loser.pk].texts, {"explanations": "A trade secret."})
    less = document_text(summary(calculated, loser, words, about))
    assert (reasons in whole, reasons in less) == (True, False)
    assert "Explanations: withheld. A trade secret." in less


def test_what_is_missing_is_named(calculated):
    about = load_facts(calculated.lot)
    loser, _ = loser_and_winner(about)
    words = summary_words(about)[loser.pk]
    assert award_documents.missing_of(about, loser, words) == [
        "the supplier's postal address",
        "the supplier's e-mail address",
    ]
    first = about.result_of(loser).leaves[0]
    emptied = SummaryTexts({**words.texts, **ADDRESSES, f"why:{first.key}": " "})
    assert award_documents.missing_of(about, loser, emptied) == [
        f"an explanation for {first.number} {first.title}"
    ]


def test_facts_of_a_lot_take_a_constant_number_of_queries(calculated, django_assert_num_queries):
    with django_assert_num_queries(10):
        load_facts(calculated.lot)


def test_summary_becomes_a_pdf_and_an_editable_copy(calculated):
    about, words = facts_and_words(calculated)
    loser, _ = loser_and_winner(about)
    content = summary(calculated, loser, words, about)
    pdf, docx = award_documents.as_pdf(content), award_documents.as_docx(content)
    assert (pdf[:5], docx[:2]) == (b"%PDF-", b"PK")
    assert award_documents.as_pdf(content) == pdf
    folder = os.environ.get("DOCUMENTS")
    if folder:
        Path(folder, "summary.pdf").write_bytes(pdf)
