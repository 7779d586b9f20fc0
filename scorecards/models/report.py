"""Reports: what was asked for, and the document that was made."""

from django.conf import settings
from django.db import models

from accounts.references import ReferenceField
from scorecards.enums import ReportKind
from scorecards.models.scorecard import Scorecard
from scorecards.models.signing_key import SigningKey


class ReportQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The reports of the scorecards that the viewer sees; drafts never for the provider."""
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        seen = self.filter(scorecard__in=Scorecard.objects.visible_to(viewer))
        return seen.exclude(
            kind=ReportKind.DRAFT, scorecard__provider__organisation=viewer.organisation
        )


class Report(models.Model):
    """A report that someone asked for. ``content`` is all that it says, as canonical JSON text.

    The content is taken when the report is asked for, so that the PDF, the page and the data say
    the same, whenever the worker comes to it. ``versions`` pins what renders it.
    """

    reference = ReferenceField(prefix="RP")
    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=10, choices=ReportKind)
    content = models.TextField()
    job = models.OneToOneField(
        "accounts.Job", null=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard"],
                condition=models.Q(kind=ReportKind.FINAL),
                name="report_final_once",
            )
        ]

    def __str__(self):
        return self.reference


def stored_path(instance, filename) -> str:
    return f"reports/{instance.sha256[:2]}/{instance.sha256}.pdf"


class ReportDocument(models.Model):
    """The finished PDF of a report: hash, detached signature, and the key that made it.

    The table only grows, and the file is named by its hash.
    """

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="document")
    file = models.FileField(upload_to=stored_path, max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.PositiveBigIntegerField()
    signature = models.BinaryField()
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="documents")
    versions = models.JSONField()
    stored_at = models.DateTimeField()

    def __str__(self):
        return f"{self.report_id} {self.sha256[:12]}"
