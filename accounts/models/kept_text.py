"""What someone typed when their session had already ended."""

from django.conf import settings
from django.db import models


class KeptTextQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own, and nobody else's."""
        if viewer.is_system:
            return self
        return self.filter(user=viewer.user) if viewer.user else self.none()


class KeptText(models.Model):
    """The fields of a form that was posted to ``path`` after the session had lapsed.

    Offered to the same account after sign-in, and removed when taken or discarded.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    fields = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    objects = KeptTextQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "path"], name="kept_text_once_per_page")
        ]

    def __str__(self):
        return f"{self.path} of {self.user_id}"
