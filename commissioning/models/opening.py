"""The openers of an exercise, its opening keys, and the log of every opening."""

from django.conf import settings
from django.db import models

from commissioning.enums import SealKind
from commissioning.models.exercise import OfExerciseQuerySet


class OfOpeningKeyQuerySet(OfExerciseQuerySet):
    path = "opening_key__exercise__"


class Opener(models.Model):
    """Somebody who can open together with another: a person, or the offline recovery share.

    ``locked_key`` is the private key, locked by the passphrase or the recovery code, which are
    nowhere kept (``sealing``).
    """

    exercise = models.ForeignKey(
        "commissioning.Exercise", on_delete=models.PROTECT, related_name="openers"
    )
    kind = models.CharField(max_length=20, choices=SealKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_recovery = models.BooleanField(default=False)
    public_key = models.BinaryField()
    locked_key = models.BinaryField()
    made_at = models.DateTimeField()

    objects = OfExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "kind", "user"], name="opener_named_once"),
            models.UniqueConstraint(
                fields=["exercise", "kind"],
                condition=models.Q(is_recovery=True),
                name="opener_one_recovery_share",
            ),
            models.CheckConstraint(
                condition=models.Q(is_recovery=True, user=None)
                | models.Q(is_recovery=False, user__isnull=False),
                name="opener_is_a_person_or_recovery",
            ),
        ]

    def __str__(self):
        return f"{self.exercise_id} {self.kind} opener {self.pk}"


class OpeningKey(models.Model):
    """What seals one kind of envelope of an exercise; its private half is only in the shares.

    A rehearsal has a key of its own with a made-up envelope.
    """

    exercise = models.ForeignKey(
        "commissioning.Exercise", on_delete=models.PROTECT, related_name="opening_keys"
    )
    kind = models.CharField(max_length=20, choices=SealKind)
    is_rehearsal = models.BooleanField(default=False)
    public_key = models.BinaryField()
    rehearsal_envelope = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = OfExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "kind"],
                condition=models.Q(is_rehearsal=False),
                name="opening_key_made_once",
            )
        ]

    def __str__(self):
        return f"{self.exercise_id} {self.kind} key"


class OpeningShare(models.Model):
    """The private opening key, sealed to ``inner`` and then to ``outer``: both are needed."""

    opening_key = models.ForeignKey(OpeningKey, on_delete=models.PROTECT, related_name="shares")
    outer = models.ForeignKey(Opener, on_delete=models.PROTECT, related_name="outer_shares")
    inner = models.ForeignKey(Opener, on_delete=models.PROTECT, related_name="inner_shares")
    sealed = models.BinaryField()

    objects = OfOpeningKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opening_key", "outer", "inner"], name="opening_share_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(outer=models.F("inner")), name="opening_share_takes_two"
            ),
        ]

    def __str__(self):
        return f"{self.opening_key_id} {self.outer_id} {self.inner_id}"


class OpeningAct(models.Model):
    """One opener's part in an opening, in the log that only grows.

    ``peeled`` are the shares with this opener's layer taken off, by the partner's key number: each
    is still sealed for that partner. Empty for the second act, which opened. ``envelopes_opened``
    counts those that were taken in; what was not is set aside (``SetAsideEnvelope``).
    """

    opening_key = models.ForeignKey(OpeningKey, on_delete=models.PROTECT, related_name="acts")
    opener = models.ForeignKey(Opener, on_delete=models.PROTECT, related_name="acts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    peeled = models.JSONField(default=dict, blank=True)
    envelopes_opened = models.PositiveIntegerField(default=0)

    objects = OfOpeningKeyQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["opening_key", "opener"], name="opener_acts_once")
        ]

    def __str__(self):
        return f"{self.opening_key_id} {self.opener_id}"
