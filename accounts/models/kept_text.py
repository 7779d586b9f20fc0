"""What someone typed when their session had already ended."""

import json

from nacl.exceptions import CryptoError

from django.conf import settings
from django.db import models

from accounts import server_keys

# BLAKE2b's "personalisation": a key for kept text opens nothing else.
PURPOSE = b"cea-kept-text-1"


def _about(user_id: int, path: str) -> bytes:
    """A row that is moved to another person or page opens no more."""
    return json.dumps([user_id, path]).encode()


def sealed_fields(user_id: int, path: str, fields: dict) -> bytes:
    """The fields of a form, sealed for one person and page."""
    text = json.dumps(fields, ensure_ascii=False).encode()
    return server_keys.seal(text, purpose=PURPOSE, about=_about(user_id, path))


class KeptTextQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own, and nobody else's."""
        if viewer.is_system:
            return self
        return self.filter(user=viewer.user) if viewer.user else self.none()


class KeptText(models.Model):
    """The fields of a form that was posted to ``path`` after the session had lapsed.

    Offered to the same account after sign-in, and removed when taken or discarded. ``fields`` are
    sealed: people write bids, ratings and rationales here, none of which may lie in the clear.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    sealed = models.BinaryField(default=b"")
    kept_at = models.DateTimeField()

    objects = KeptTextQuerySet.as_manager()

    class Meta:
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "path"], name="kept_text_once_per_page")
        ]

    def __str__(self):
        return f"{self.path} of {self.user_id}"

    @property
    def fields(self) -> dict:
        """Lists of values by the name of the field; nothing where the server's secret changed."""
        try:
            text = server_keys.unseal(
                bytes(self.sealed), purpose=PURPOSE, about=_about(self.user_id, self.path)
            )
            return json.loads(text)
        except CryptoError:
            return {}

    @fields.setter
    def fields(self, given: dict) -> None:
        self.sealed = sealed_fields(self.user_id, self.path, given)
