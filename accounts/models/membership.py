"""Who belongs where, as what."""

from django.conf import settings
from django.db import models

from accounts.enums import Role


class MembershipQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """One's own memberships, and all of the organisation that one acts for; while its signatory
        is not confirmed, those since they were named.
        """
        if viewer.is_system:
            return self
        if viewer.user is None:
            return self.none()
        own = models.Q(user=viewer.user)
        if viewer.organisation:
            theirs = models.Q(organisation=viewer.organisation)
            if viewer.asker is not None:
                theirs &= models.Q(started_at__gte=viewer.organisation.named_at)
            own |= theirs
        return self.filter(own)

    def current(self):
        return self.filter(ended_at=None, user__is_active=True)

    def since(self, moment):
        """Those that are held, or were held at ``moment`` or later: a time, or an expression."""
        return self.filter(models.Q(ended_at=None) | models.Q(ended_at__gte=moment))


class Membership(models.Model):
    """A person's place in an organisation, kept after it ends."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="memberships"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user__full_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=models.Q(ended_at=None),
                name="membership_is_held_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="membership_end_has_date_and_person",
            ),
        ]

    def __str__(self):
        return f"{self.user} at {self.organisation}"


class MembershipRole(models.Model):
    """One role of one membership."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=30, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "role"], name="role_is_held_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="role_is_a_known_one"
            ),
        ]

    def __str__(self):
        return self.get_role_display()
