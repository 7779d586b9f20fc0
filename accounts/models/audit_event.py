"""The audit trail."""

from django.conf import settings
from django.db import models

from accounts.enums import Role
from accounts.withheld import withheld


class AuditEventQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """What was done on behalf of one's organisation, for its administrators.

        What would tell of others' blind work is withheld until that is done (``withheld``). While
        the organisation's signatory is not confirmed, they see what was done since.
        Operators see what concerns the installation and no organisation: no case either, also
        where the system itself acted in one. The trail of one case is read through the case
        itself, by whoever may see that.
        """
        if viewer.is_system:
            return self
        if viewer.is_operator and viewer.organisation is None:
            return self.filter(organisation=None, case_reference="")
        if viewer.organisation and viewer.has(Role.ADMINISTRATOR):
            rows = self.filter(organisation=viewer.organisation).exclude(withheld())
            if viewer.asker is not None:
                rows = rows.filter(at__gte=viewer.organisation.named_at)
            return rows
        return self.none()


class AuditEvent(models.Model):
    """Something that a person or the system did. Rows are added; none is changed or removed.

    The database itself refuses update, delete and truncate. ``facts`` holds codes, numbers and
    hashes, never the words that people wrote.
    """

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_label = models.CharField(max_length=250)
    organisation = models.ForeignKey(
        "accounts.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    verb = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_reference = models.CharField(max_length=80, db_index=True)
    case_reference = models.CharField(max_length=40, blank=True, db_index=True)
    request_id = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["organisation", "-at"])]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_label} {self.verb}"
