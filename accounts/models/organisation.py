"""The tenant."""

from django.db import models

from accounts.references import ReferenceField


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Organisations are public facts (a name and register numbers); people only are not."""
        return self if viewer.is_system or viewer.user is not None else self.none()

    def with_members(self):
        return self.filter(is_reference_row=False)


class Organisation(models.Model):
    """A body that people act for: the tenant of everything above.

    One organisation may commission and provide; Commissioner and Provider are its profiles
    upstairs. ``is_reference_row`` is a body known from notices only, that nobody belongs to yet.

    ``named_by`` is set while only that commissioner says who signs here, and nobody has confirmed
    it: until then its people see and answer what that commissioner asked, and nothing else.
    """

    reference = ReferenceField(prefix="ORG")
    name = models.CharField(max_length=300)
    acts_as_commissioner = models.BooleanField(default=False)
    acts_as_provider = models.BooleanField(default=False)
    acts_as_assurer = models.BooleanField("acts as assurance body", default=False)
    is_reference_row = models.BooleanField(default=False)
    named_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(acts_as_commissioner=True)
                | models.Q(acts_as_provider=True)
                | models.Q(acts_as_assurer=True),
                name="organisation_acts_as_something",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="organisation_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(named_by=None, named_at=None)
                | models.Q(named_by__isnull=False, named_at__isnull=False),
                name="organisation_naming_has_a_date",
            ),
            models.CheckConstraint(
                condition=models.Q(named_by=None) | ~models.Q(named_by=models.F("id")),
                name="organisation_is_named_by_another",
            ),
        ]
        indexes = [models.Index(fields=["name"])]

    def __str__(self):
        return self.name


class OrganisationIdentifier(models.Model):
    """A register number, such as ``GB-COH`` 01234567. One number names one organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="identifiers"
    )
    scheme = models.CharField(max_length=100)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_names_one_body")
        ]

    def __str__(self):
        return f"{self.scheme} {self.value}"
