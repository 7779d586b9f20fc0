"""Ratings and findings."""

import pytest

from accounts.access import Refused, StaleSave, WrongState
from accounts.models import AuditEvent
from scorecards import actions
from scorecards.models import Finding, Rating, RatingRevision
from tests.scorecards.samples import being_rated, find, rate, sent


@pytest.fixture
def row(people):
    return being_rated(people)


@pytest.mark.django_db
def test_rating_is_saved_version_by_version_and_every_version_is_kept(row, actor_of):
    rate(actor_of("evan"), row)
    held = rate(
        actor_of("edith"), row, version=1, value=3, rationale="Seen in use.",
        evidence_strength="verified",
    )  # fmt: skip
    assert (held.version, held.value, held.rated_by) == (2, 3, actor_of("edith").user)
    assert list(
        RatingRevision.objects.values_list("version", "value", "rationale", "rated_by__full_name")
    ) == [
        (1, 2, "The rule is there and one record of its use was seen.", "Evan Hughes"),
        (2, 3, "Seen in use.", "Edith Okafor"),
    ]
    event = AuditEvent.objects.filter(verb="rating.saved").latest("pk")
    assert event.case_reference == row.contract.reference
    assert event.facts == {
        "criterion": "A1",
        "version": 2,
        "rating": 3,
        "evidence_strength": "verified",
        "not_applicable_agreed": None,
    }


@pytest.mark.django_db
@pytest.mark.parametrize("version", [0, 2])
def test_newer_rating_is_never_overwritten(row, actor_of, version):
    rate(actor_of("evan"), row)
    with pytest.raises(StaleSave) as stale:
        rate(actor_of("edith"), row, version=version, value=0)
    assert stale.value.current.rated_by == actor_of("evan").user
    assert (Rating.objects.get().value, RatingRevision.objects.count()) == (2, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("agreed", "value", "strength"),
    [(True, None, ""), (False, 2, "documented"), (None, 2, "documented")],
)
def test_not_applicable_is_agreed_or_not(row, actor_of, agreed, value, strength):
    held = rate(actor_of("evan"), row, not_applicable_agreed=agreed)
    assert (held.not_applicable_agreed, held.value, held.evidence_strength) == (
        agreed, value, strength,
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["A3", "A", "T1"])
def test_what_the_scorecard_does_not_judge_is_not_rated(row, actor_of, code):
    with pytest.raises(Refused, match="does not judge that criterion"):
        rate(actor_of("evan"), row, code)
    with pytest.raises(Refused, match="does not judge that criterion"):
        find(actor_of("evan"), row, code)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["priya", "anna", "adam", "tom", "sam", "hana", "oscar", "olive"])
def test_only_the_bodys_evaluators_rate_and_find(row, actor_of, name):
    for deed in (rate, find):
        with pytest.raises(Refused, match="Only an evaluator of the commissioner"):
            deed(actor_of(name), row)


@pytest.mark.django_db
def test_ratings_do_not_change_while_the_approver_has_them(people, actor_of):
    row = sent(people)
    finding = Finding.objects.get()
    for deed in (
        lambda: rate(actor_of("evan"), row, version=1),
        lambda: find(actor_of("evan"), row),
        lambda: actions.remove_finding(actor=actor_of("evan"), finding=finding),
    ):
        with pytest.raises(WrongState, match="not being rated now"):
            deed()


@pytest.mark.django_db
def test_finding_is_raised_and_taken_back_and_the_trail_keeps_both(row, actor_of):
    finding = find(actor_of("evan"), row, priority="high")
    facts = {"priority": "high", "scorecard": row.reference}
    actions.remove_finding(actor=actor_of("edith"), finding=finding)
    assert not Finding.objects.exists()
    assert list(
        AuditEvent.objects.filter(verb__startswith="finding.")
        .order_by("pk")
        .values_list("verb", "subject_reference", "actor_label", "facts")
    ) == [
        ("finding.raised", finding.reference, "Evan Hughes", {"criterion": "A1"} | facts),
        ("finding.removed", finding.reference, "Edith Okafor", facts),
    ]


@pytest.mark.django_db
def test_findings_come_with_the_most_pressing_first(row, actor_of):
    for priority in ("low", "high", "medium", "high"):
        find(actor_of("evan"), row, priority=priority)
    assert list(Finding.objects.values_list("priority", flat=True)) == [
        "high", "high", "medium", "low",
    ]  # fmt: skip
