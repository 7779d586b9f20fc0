"""Certificates of the keys that sign reports."""

from django.db import models


class SigningKeyQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Certificates are public."""
        return self


class SigningKey(models.Model):
    """The certificate of a signing key, kept after the key is retired. The table only grows.

    The private key is never in the database.
    """

    key_id = models.CharField(max_length=16, unique=True)
    certificate_pem = models.TextField()
    first_used_at = models.DateTimeField()

    objects = SigningKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-first_used_at"]

    def __str__(self):
        return self.key_id
