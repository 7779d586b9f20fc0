"""An organisation in the part of the one that buys."""

from django.db import models

from accounts.references import ReferenceField
from commissioning.enums import BodyType


class CommissionerQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """That a body commissions is a public fact: everyone who is signed in may know it."""
        return self if viewer.is_system or viewer.is_signed_in else self.none()


class Commissioner(models.Model):
    """The commissioning profile of an organisation: its contracts and procurements hang on it."""

    reference = ReferenceField(prefix="CM")
    organisation = models.OneToOneField(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    body_type = models.CharField(max_length=20, choices=BodyType, default=BodyType.OTHER)

    objects = CommissionerQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(body_type__in=BodyType.values),
                name="commissioner_body_type_known",
            )
        ]

    def __str__(self):
        return str(self.organisation)
