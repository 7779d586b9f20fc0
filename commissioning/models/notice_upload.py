"""A file of notices between its preview and the confirmation."""

from django.conf import settings
from django.db import models

from accounts.access import Role
from accounts.references import ReferenceField


class NoticeUploadQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The uploads that wait in one's own organisation, for those who may import."""
        if viewer.is_system:
            return self
        if viewer.organisation is None or not viewer.has(
            Role.PROCUREMENT_LEAD, Role.CONTRACT_MANAGER
        ):
            return self.none()
        return self.filter(organisation=viewer.organisation)

    def waiting(self):
        """Those that nobody has confirmed yet."""
        return self.filter(run=None)


class NoticeUpload(models.Model):
    """The uploaded bytes, kept until they are imported or discarded.

    A file that nobody confirms is kept for two days at most. ``preview`` is what importing it would
    do, as found when it was looked at first. Confirming ties it to the one ``run``
    that imports it, with the buyers (keys) of which a person said that they are the own
    organisation.
    """

    reference = ReferenceField(prefix="UP")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    run = models.OneToOneField(
        "commissioning.ImportRun",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="upload",
    )
    preview = models.JSONField(default=dict, blank=True)
    confirmed_buyers = models.JSONField(default=list, blank=True)

    objects = NoticeUploadQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sha256"],
                condition=models.Q(run=None),
                name="upload_waits_once",
            ),
        ]

    def __str__(self):
        return self.file_name
