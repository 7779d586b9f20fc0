"""One import of notices: who, which files, and what came of each."""

from django.conf import settings
from django.db import models

from accounts.access import COMMISSIONER_ROLES
from accounts.references import ReferenceField


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The runs of one's own organisation; an operator sees those of the command, which have
        none.
        """
        if viewer.is_system:
            return self
        seen = models.Q(pk__in=[])
        if viewer.organisation is not None and viewer.has(*COMMISSIONER_ROLES):
            seen |= models.Q(organisation=viewer.organisation)
        if viewer.is_operator:
            seen |= models.Q(organisation=None)
        return self.filter(seen)


class ImportRun(models.Model):
    """One import. Counts are of contracting processes; they are there once it has finished.

    An import that a person confirmed is done by ``job``; the command's has none.

    ``report`` is what ``import_ocds --report`` writes; ``records`` lists each process with its
    outcome.
    """

    reference = ReferenceField(prefix="IM")
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_by_label = models.CharField(max_length=250)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    job = models.OneToOneField(
        "accounts.Job", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    read_count = models.PositiveIntegerField(default=0)
    created_count = models.PositiveIntegerField(default=0)
    updated_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    records = models.JSONField(default=list)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(finished_at=None)
                | models.Q(finished_at__gte=models.F("started_at")),
                name="import_ends_after_it_starts",
            )
        ]

    def __str__(self):
        return self.reference
