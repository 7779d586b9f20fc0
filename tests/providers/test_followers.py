"""The registry of who goes on after a submission or a return."""

from datetime import date

import pytest

from providers import actions, followers
from providers.models import SelfAssessment, Submission
from tests.providers.samples import a_self_assessment, submitted


@pytest.fixture
def told(monkeypatch):
    """What a follower was told; the followers of the floors above come back after the test."""
    monkeypatch.setattr(followers, "_SUBMITTED", [])
    monkeypatch.setattr(followers, "_RETURNED", [])
    heard = []
    followers.register(
        submitted=lambda actor, row: heard.append(("submitted", actor.label, row.pk)),
        returned=lambda actor, *rows: heard.append(
            ("returned", actor.label, *(r.pk for r in rows))
        ),
    )
    return heard


@pytest.mark.django_db
def test_followers_are_told_of_each_step(told, people, actor_of):
    row = a_self_assessment(people)
    submitted(people, row)
    following = actions.return_self_assessment(
        actor=actor_of("priya"), self_assessment=row, reason="Dates.", due_on=date(2027, 3, 1)
    )
    assert told == [
        ("submitted", "Sam Doyle", row.pk),
        ("returned", "Priya Raman", row.pk, following.pk),
    ]


@pytest.mark.django_db(transaction=False)
def test_step_is_undone_where_a_follower_fails(told, people):
    def fail(actor, row):
        raise RuntimeError("The floor above could not go on.")

    followers.register(submitted=fail)
    row = a_self_assessment(people)
    with pytest.raises(RuntimeError):
        submitted(people, row)
    assert SelfAssessment.objects.get(pk=row.pk).state == "drafting"
    assert not Submission.objects.exists()
