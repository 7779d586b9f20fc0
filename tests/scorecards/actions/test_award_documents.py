"""What bidders are told: worded, complete, released together, kept and signed."""

import pytest

from django.core import mail

from accounts import jobs
from accounts.access import Actor, Refused, StaleSave, WrongState
from accounts.models import Job
from commissioning.models import ConflictsAssessment
from scorecards import actions, queries
from scorecards import demonstration_awards as work
from scorecards.actions.award_documents import RENDER_DOCUMENT
from scorecards.enums import AwardDocumentKind, Standing
from scorecards.models import AssessmentSummary, AwardDocument
from tests.scorecards.awarding import calculated, to_approved, to_released
from tests.scorecards.evaluation_samples import exclude

__all__ = ["calculated"]
pytestmark = pytest.mark.django_db


def word(opened, who: str = "priya", revision: int = 0, **words):
    return actions.edit_summary(
        actor=opened.actor(who),
        evaluation=opened.lot,
        bid_lot=opened.bids[0],
        words=words,
        withheld={"scores": " A trade secret. ", "total": " "},
        seen_revision=revision,
    )


def test_words_are_saved_with_the_ground_of_what_is_withheld(calculated):
    row = word(calculated, address=" 1 Market Place ")
    assert (row.texts, row.withheld) == (
        {"address": "1 Market Place"},
        {"scores": "A trade secret."},
    )


def test_second_writer_is_told(calculated):
    word(calculated, address="One")
    with pytest.raises(StaleSave):
        word(calculated, address="Two")
    assert word(calculated, revision=1, address="Two").revision == 2


@pytest.mark.parametrize("who", ["evan", "anna", "carl", "sam", "mei"])
def test_only_the_lead_words_them(calculated, who):
    with pytest.raises(Refused):
        word(calculated, who)


def test_release_names_who_lacks_what(calculated):
    evaluation = to_approved(calculated)
    with pytest.raises(WrongState, match="is still to be told: the supplier's postal address"):
        actions.release_summaries(actor=calculated.actor("priya"), evaluation=evaluation)
    assert not AwardDocument.objects.exists()


def test_release_is_for_all_at_once_and_freezes_the_words(calculated):
    to_released(calculated)
    rows = AssessmentSummary.objects.all()
    assert [row.released_at is not None for row in rows] == [True] * 4
    assert len({row.released_at for row in AwardDocument.objects.all()}) == 1
    with pytest.raises(WrongState):
        word(calculated, revision=1)


def test_each_bidder_sees_its_own_letter_and_no_other(calculated):
    to_released(calculated)
    for who, key in (
        ("sam", "firm"),
        ("cara", "firm"),
        ("hana", "charity"),
        ("nina", "enterprise"),
    ):
        (row,) = queries.letters(calculated.actor(who))
        assert row.bid_lot.provider.organisation == calculated.people.organisations[key]
        assert list(AwardDocument.objects.visible_to(calculated.actor(who))) == [row]


def test_bidders_are_told_by_mail_without_the_outcome(
    calculated, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        to_released(calculated)
    told = {message.to[0] for message in mail.outbox if "outcome" in message.subject}
    assert "hana@demonstration.example" in told
    assert not any("points" in message.body for message in mail.outbox)


def test_disregarded_bidder_gets_a_letter_of_another_kind(calculated):
    bid = next(row for row in calculated.bids if str(row.provider) == "Harbour Lights Trust")
    actions.set_standing(
        actor=calculated.actor("priya"),
        evaluation=calculated.lot,
        bid_lot=bid,
        standing=Standing.PROCEDURAL_BREACH,
        ground="Instructions, paragraph 4",
        reason="It was handed in under two names.",
    )
    calculated.calculate()
    to_released(calculated)
    kinds = {row.bid_lot_id: row.kind for row in AwardDocument.objects.all()}
    assert kinds.pop(bid.pk) == AwardDocumentKind.DISREGARDED_LETTER
    assert set(kinds.values()) == {AwardDocumentKind.ASSESSMENT_SUMMARY}
    letter = AwardDocument.objects.get(bid_lot=bid)
    assert "under two names" in letter.content
    assert "points" not in letter.content


def test_excluded_bidder_reads_what_the_exclusion_rests_on(calculated):
    row = exclude(calculated)
    calculated.calculate()
    to_released(calculated)
    letter = AwardDocument.objects.get(bid_lot=row.bid_lot)
    assert letter.kind == AwardDocumentKind.DISREGARDED_LETTER
    for said in (
        "Discretionary ground",
        "They are likely to occur again",
        "Its code was broken twice since",
        "the manager is being trained",
    ):
        assert said in letter.content
    report = actions.request_evaluation_report(
        actor=calculated.actor("priya"), evaluation=calculated.lot
    )
    assert "Its code was broken twice since" in report.content
    assert "the manager is being trained" in report.content


def test_worker_makes_signs_and_keeps_the_document(calculated):
    row = actions.request_ethics_schedule(
        actor=calculated.actor("priya"), exercise=calculated.exercise
    )
    job = Job.objects.get(kind=RENDER_DOCUMENT, subject_reference=row.reference)
    seen = []
    for _ in range(2):
        jobs.WORKERS[RENDER_DOCUMENT](job, lambda *said: seen.append(said))
    row = AwardDocument.objects.get(pk=row.pk)
    assert row.stored.file.open().read()[:5] == b"%PDF-"
    assert queries.award_document_by_hash(Actor(), row.stored.sha256) == row.stored
    assert len(seen) == 3


def test_schedule_of_a_published_exercise_is_for_its_bidders_too(calculated):
    row = actions.request_ethics_schedule(
        actor=calculated.actor("priya"), exercise=calculated.exercise
    )
    assert list(AwardDocument.objects.visible_to(calculated.actor("sam"))) == [row]


def test_what_people_declared_is_for_lead_approver_and_auditor(calculated):
    assessment = ConflictsAssessment.objects.filter(exercise=calculated.exercise).first()
    row = actions.request_conflicts_document(actor=calculated.actor("anna"), assessment=assessment)
    readers = [
        who
        for who in ("priya", "anna", "evan", "carl", "adam", "sam", "mei", "olive")
        if AwardDocument.objects.visible_to(calculated.actor(who)).filter(pk=row.pk).exists()
    ]
    assert readers == ["priya", "anna"]
    with pytest.raises(Refused):
        actions.request_conflicts_document(actor=calculated.actor("evan"), assessment=assessment)


def test_evaluation_report_is_for_the_cleared_team(calculated):
    row = actions.request_evaluation_report(
        actor=calculated.actor("carl"), evaluation=calculated.lot
    )
    readers = [
        who
        for who in ("priya", "anna", "evan", "carl", "adam", "sam", "mei", "olive")
        if AwardDocument.objects.visible_to(calculated.actor(who)).filter(pk=row.pk).exists()
    ]
    assert readers == ["priya", "anna", "evan", "carl"]


def test_document_that_did_not_fail_is_not_tried_again(calculated):
    row = actions.request_evaluation_report(
        actor=calculated.actor("carl"), evaluation=calculated.lot
    )
    with pytest.raises(WrongState, match="did not fail"):
        actions.retry_award_document(actor=calculated.actor("carl"), document=row)
    with pytest.raises(Refused):
        actions.retry_award_document(actor=calculated.actor("mei"), document=row)


def test_report_holds_the_recommendation(calculated):
    work.recommend(calculated.people, calculated.lot)
    row = actions.request_evaluation_report(
        actor=calculated.actor("priya"), evaluation=calculated.lot
    )
    assert "The tender with the highest total" in row.content
