"""Reads about awards without competition."""

from accounts.access import Actor
from commissioning.models import DirectAward, Exercise, ExerciseDeclaration
from providers.models import Provider


def direct_award_of(viewer: Actor, exercise: Exercise) -> DirectAward | None:
    """The award of an exercise, with its supplier, people and steps."""
    return (
        DirectAward.objects.visible_to(viewer)
        .filter(exercise=exercise)
        .select_related("provider__organisation", "written_by", "approved_by", "contract")
        .prefetch_related("steps__by")
        .first()
    )


def is_clear_of(viewer: Actor, exercise: Exercise, provider: Provider) -> bool:
    """The viewer declared in general and about this supplier, and nothing stands in the way."""
    rows = ExerciseDeclaration.objects.visible_to(viewer).clearing()
    mine = rows.filter(exercise=exercise, user=viewer.user)
    return mine.filter(provider=None).exists() and mine.filter(provider=provider).exists()
