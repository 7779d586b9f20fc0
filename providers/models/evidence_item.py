"""Evidence: a file or a link, kept once and used in many answers."""

import secrets

from django.conf import settings
from django.db import models

from accounts.file_reader.formats import JPEG, PNG
from accounts.references import ReferenceField
from providers import readers
from providers.enums import EvidenceKind


def random_path(instance, filename) -> str:
    """A name that says nothing and that nobody can guess; the given name is only shown."""
    name = secrets.token_hex(20)
    return f"evidence/{name[:2]}/{name}"


class EvidenceItemQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own organisation's, and what upper floors let the viewer read. While it is not
        confirmed who signs, what was received since they were named.
        """
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        own = models.Q(organisation=viewer.organisation)
        if viewer.asker is not None:
            own &= models.Q(received_at__gte=viewer.organisation.named_at)
        return self.filter(own | readers.evidence_filter(viewer))


class EvidenceItem(models.Model):
    """One piece of evidence in an organisation's library.

    ``sha256`` is taken over the file, or over the address of a link. ``received_at`` never
    changes. From ``frozen_at`` on, the row cannot change at all: an answer that was submitted
    rests on it. What the service does with a file afterwards stands in its ``FileHandling``.
    """

    reference = ReferenceField(prefix="EV")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to=random_path, blank=True, max_length=120)
    file_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    url = models.URLField(max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64)
    covers_from = models.DateField(null=True, blank=True)
    covers_to = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    received_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceItemQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-received_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=EvidenceKind.FILE, url="") & ~models.Q(file="")
                | models.Q(kind=EvidenceKind.LINK, file="") & ~models.Q(url=""),
                name="evidence_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=models.Q(covers_from=None)
                | models.Q(covers_to=None)
                | models.Q(covers_to__gte=models.F("covers_from")),
                name="evidence_period_runs_forward",
            ),
        ]

    def __str__(self):
        return self.title

    def is_expired(self, on) -> bool:
        """Whether its validity had run out on the day ``on``."""
        return self.valid_until is not None and self.valid_until < on

    @property
    def is_picture(self) -> bool:
        return self.media_type in (PNG, JPEG)
