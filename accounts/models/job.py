"""Work that someone asked for."""

from django.conf import settings
from django.db import models

from accounts.enums import JobState
from accounts.references import ReferenceField


class JobQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The jobs that one's organisation asked for."""
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        rows = self.filter(organisation=viewer.organisation)
        if viewer.asker is not None:
            rows = rows.filter(requested_at__gte=viewer.organisation.named_at)
        return rows

    def unfinished(self):
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])


class Job(models.Model):
    """A piece of background work. This row, not the broker's message, is the truth.

    A worker claims it with one conditional update and holds it by a lease; when the lease runs
    out, the sweep queues it again.
    """

    reference = ReferenceField(prefix="JB")
    kind = models.CharField(max_length=80)
    subject_reference = models.CharField(max_length=40, db_index=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=500, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["state", "lease_until"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__gte=0, percent__lte=100), name="job_percent_in_range"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[JobState.QUEUED, JobState.RUNNING], finished_at=None)
                | models.Q(state__in=[JobState.DONE, JobState.FAILED], finished_at__isnull=False),
                name="job_end_has_a_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=JobState.RUNNING)
                | models.Q(started_at__isnull=False, lease_until__isnull=False),
                name="job_running_has_a_lease",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject_reference}"
