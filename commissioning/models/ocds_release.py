"""A release as it was published, kept as the ground of everything that came out of it."""

from datetime import UTC

from django.db import models

from commissioning.models.procurement import Procurement
from commissioning.ocds import BodyDecoder, BodyEncoder, RawRelease


class OcdsReleaseQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The releases of the procurements that the viewer may see."""
        if viewer.is_system:
            return self
        return self.filter(procurement__in=Procurement.objects.visible_to(viewer))


class OcdsRelease(models.Model):
    """One release, unchanged. ``sha256`` is over its canonical JSON: each process keeps it once.

    A process rests on its own releases only: those that name its buyer and that either the buyer's
    own people or the operator's command brought. ``brought_by`` is None for the command.
    """

    procurement = models.ForeignKey(Procurement, on_delete=models.PROTECT, related_name="releases")
    brought_by = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ocid = models.CharField(max_length=200)
    release_id = models.CharField(max_length=200)
    released_at = models.DateTimeField()
    tags = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    body = models.JSONField(encoder=BodyEncoder, decoder=BodyDecoder)
    publisher = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=300, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    imported_at = models.DateTimeField()

    objects = OcdsReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["ocid", "released_at", "pk"]
        verbose_name = "OCDS release"
        constraints = [
            models.UniqueConstraint(
                fields=["procurement", "release_id", "sha256"], name="release_content_kept_once"
            )
        ]

    def __str__(self):
        return f"{self.ocid} {self.release_id}"

    def as_raw(self) -> RawRelease:
        """The release as it was read."""
        return RawRelease(
            ocid=self.ocid,
            release_id=self.release_id,
            released_at=self.released_at.astimezone(UTC),
            tags=tuple(self.tags),
            sha256=self.sha256,
            body=self.body,
            publisher=self.publisher,
            licence=self.licence,
            file_name=self.file_name,
        )
