"""Passphrases and recovery codes that did not unlock an opener's key."""

from django.conf import settings
from django.db import models

from commissioning.models.opening import OfOpeningKeyQuerySet, Opener, OpeningKey


class FailedUnlock(models.Model):
    """A guess that was wrong: whose key, who guessed, and when. What was typed is kept nowhere."""

    opening_key = models.ForeignKey(
        OpeningKey, on_delete=models.PROTECT, related_name="failed_unlocks"
    )
    opener = models.ForeignKey(Opener, on_delete=models.PROTECT, related_name="failed_unlocks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfOpeningKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["by", "-at"])]

    def __str__(self):
        return f"{self.opening_key_id} {self.opener_id} {self.at:%Y-%m-%d %H:%M}"
