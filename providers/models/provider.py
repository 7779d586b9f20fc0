"""An organisation as one that provides services."""

from django.db import models

from accounts.references import ReferenceField
from providers.enums import Sector


class ProviderQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Providers are known from published notices: their names are no secret."""
        return self if viewer.is_system or viewer.user is not None else self.none()


class Provider(models.Model):
    """The provider's profile of an organisation."""

    reference = ReferenceField(prefix="PR")
    organisation = models.OneToOneField(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    sector = models.CharField(max_length=20, choices=Sector, default=Sector.NOT_KNOWN)
    is_sme = models.BooleanField("small or medium enterprise", null=True, blank=True)
    is_vcse = models.BooleanField(
        "voluntary, community or social enterprise", null=True, blank=True
    )

    objects = ProviderQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "pk"]

    def __str__(self):
        return self.organisation.name
