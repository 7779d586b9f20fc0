"""Ratings and findings."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, StaleSave, WrongState, require
from principles.models import Criterion
from scorecards.actions.scorecards import RATER
from scorecards.actions.steps import is_clear, is_of_provider, lock
from scorecards.models import Finding, Rating, RatingRevision, Scorecard
from scorecards.models.rating import RatingFields
from scorecards.rules import is_being_rated, may_rate

COPIED = [field.name for field in RatingFields._meta.fields]


@transaction.atomic
def save_rating(
    *,
    actor: Actor,
    scorecard: Scorecard,
    criterion: Criterion,
    version: int,
    value: int | None,
    rationale: str,
    evidence_strength: str,
    found_where: str,
    not_applicable_agreed: bool | None,
) -> Rating:
    """Save the rating of one criterion, and keep the version before.

    ``version`` is the one that the rater began from, 0 for none. Side effects, in order: rating,
    revision, audit row. Raises ``StaleSave`` with the current rating when somebody saved a newer
    one, ``WrongState`` when the scorecard is not being rated.
    """
    scorecard = _rated_by(actor, scorecard)
    _require_judged(scorecard, criterion)
    rating = Rating.objects.filter(scorecard=scorecard, criterion=criterion).first()
    if rating is not None and rating.version != version:
        raise StaleSave(rating)
    if rating is None:
        rating = Rating(scorecard=scorecard, criterion=criterion, version=0)
    rating.version += 1
    rating.value = None if not_applicable_agreed else value
    rating.rationale = rationale
    rating.evidence_strength = "" if not_applicable_agreed else evidence_strength
    rating.found_where = found_where
    rating.not_applicable_agreed = not_applicable_agreed
    rating.rated_at = timezone.now()
    rating.rated_by = actor.user
    rating.save()
    RatingRevision.objects.create(rating=rating, **{name: getattr(rating, name) for name in COPIED})
    audit.record(
        actor=actor,
        verb="rating.saved",
        subject=scorecard,
        case=scorecard.contract.reference,
        facts={
            "criterion": criterion.code,
            "version": rating.version,
            "rating": rating.value,
            "evidence_strength": rating.evidence_strength,
            "not_applicable_agreed": not_applicable_agreed,
        },
    )
    return rating


@transaction.atomic
def raise_finding(
    *,
    actor: Actor,
    scorecard: Scorecard,
    criterion: Criterion,
    priority: str,
    title: str,
    detail: str,
) -> Finding:
    """Raise a finding from a criterion, while the scorecard is being rated."""
    scorecard = _rated_by(actor, scorecard)
    _require_judged(scorecard, criterion)
    finding = Finding.objects.create(
        scorecard=scorecard,
        criterion=criterion,
        priority=priority,
        title=title,
        detail=detail,
        raised_at=timezone.now(),
        raised_by=actor.user,
    )
    audit.record(
        actor=actor,
        verb="finding.raised",
        subject=finding,
        case=scorecard.contract.reference,
        facts={"criterion": criterion.code, "priority": priority, "scorecard": scorecard.reference},
    )
    return finding


@transaction.atomic
def remove_finding(*, actor: Actor, finding: Finding) -> None:
    """Take back a finding of a scorecard that is still being rated.

    Raises ``WrongState`` where a colleague took it back meanwhile.
    """
    scorecard = _rated_by(actor, finding.scorecard)
    if not Finding.objects.filter(pk=finding.pk).exists():
        raise WrongState("A colleague removed this meanwhile.")
    audit.record(
        actor=actor,
        verb="finding.removed",
        subject=finding,
        case=scorecard.contract.reference,
        facts={"priority": finding.priority, "scorecard": scorecard.reference},
    )
    finding.delete()


def _require_judged(scorecard: Scorecard, criterion: Criterion) -> None:
    judged = Criterion.objects.at_level(scorecard.level).filter(
        pk=criterion.pk, edition__in=scorecard.edition_rows.values("edition")
    )
    require(judged.exists(), "This scorecard does not judge that criterion.")


def _rated_by(actor: Actor, scorecard: Scorecard) -> Scorecard:
    scorecard = lock(scorecard)
    require(
        may_rate(
            actor,
            scorecard,
            is_clear=is_clear(actor, scorecard),
            is_of_provider=is_of_provider(actor, scorecard),
        ),
        RATER,
    )
    if not is_being_rated(scorecard):
        raise WrongState("This scorecard is not being rated now, so ratings cannot change.")
    return scorecard
