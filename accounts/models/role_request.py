"""Roles that somebody asked for themselves: a second person gives them, or does not."""

from django.conf import settings
from django.db import models

from accounts.enums import Role, RoleRequestState
from accounts.references import ReferenceField


class RoleRequestQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those of one's own organisation, for its administrators; all, for operators."""
        if viewer.is_system or viewer.is_operator:
            return self
        if viewer.organisation and viewer.has(Role.ADMINISTRATOR):
            return self.filter(membership__organisation=viewer.organisation)
        return self.none()

    def waiting(self):
        return self.filter(state=RoleRequestState.WAITING, membership__ended_at=None)


class RoleRequest(models.Model):
    """Roles that judge or approve, wanted by the administrator who would give them to themselves.

    ``roles`` are those to be added. They are held once a second administrator of the organisation,
    or an operator, has confirmed the row; a decided row is kept.
    """

    reference = ReferenceField(prefix="RR")
    membership = models.ForeignKey(
        "accounts.Membership", on_delete=models.PROTECT, related_name="role_requests"
    )
    roles = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=RoleRequestState, default=RoleRequestState.WAITING
    )
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=models.Q(state=RoleRequestState.WAITING),
                name="role_request_waits_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state=RoleRequestState.WAITING, decided_at=None, decided_by=None)
                | models.Q(
                    state__in=[RoleRequestState.CONFIRMED, RoleRequestState.DECLINED],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="role_request_decision_has_date_and_person",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.state}"

    @property
    def role_names(self) -> list[str]:
        return [Role(role).label for role in self.roles]
