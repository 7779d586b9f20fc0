"""The chain of the trail, and the heads of it that were signed."""

from django.db import models


class ChainQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """For the system alone: how many rows there are tells of every organisation's work."""
        return self if viewer.is_system else self.none()


class AuditLink(models.Model):
    """The place of one row of the trail in the chain (``accounts.trail.chain``). Only grows."""

    position = models.BigIntegerField(unique=True)
    event = models.OneToOneField(
        "accounts.AuditEvent", on_delete=models.PROTECT, related_name="link"
    )
    sha256 = models.CharField(max_length=64)

    objects = ChainQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(position__gte=1), name="audit_link_counts_from_one"
            )
        ]

    def __str__(self):
        return f"{self.position} {self.sha256[:12]}"


class AuditHead(models.Model):
    """How far the chain went at a moment, signed. Only grows.

    ``signature`` is a detached CMS signature over ``accounts.trail.chain.head_bytes``.
    """

    position = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    signature = models.BinaryField()
    key_id = models.CharField(max_length=16)
    certificate_pem = models.TextField()

    objects = ChainQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        get_latest_by = ["position", "pk"]

    def __str__(self):
        return f"{self.position} {self.at:%Y-%m-%d %H:%M}"
