"""An invitation to join an organisation."""

from django.conf import settings
from django.db import models

from accounts.enums import InvitationState
from accounts.references import ReferenceField


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The invitations of the organisation that the viewer acts for; while its signatory is not
        confirmed, those since they were named.
        """
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        rows = self.filter(organisation=viewer.organisation)
        if viewer.asker is not None:
            rows = rows.filter(invited_at__gte=viewer.organisation.named_at)
        return rows


class Invitation(models.Model):
    """A person asked, by e-mail, to join an organisation with certain roles.

    Only the hash of the link's secret is kept. A provider's first signatory is invited by a
    commissioner; each later signatory waits for one who is there already.
    """

    reference = ReferenceField(prefix="IV")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="invitations"
    )
    email = models.EmailField()
    full_name = models.CharField(max_length=200)
    roles = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=InvitationState)
    secret_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state=InvitationState.ACCEPTED,
                    accepted_at__isnull=False,
                    accepted_by__isnull=False,
                )
                | (~models.Q(state=InvitationState.ACCEPTED) & models.Q(accepted_at=None)),
                name="invitation_acceptance_has_date_and_person",
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(
                    state__in=[InvitationState.SENT, InvitationState.AWAITING_APPROVAL]
                ),
                name="invitation_is_open_once",
            ),
        ]

    def __str__(self):
        return f"{self.email} to {self.organisation}"
