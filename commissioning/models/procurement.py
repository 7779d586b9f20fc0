"""A contracting process as it was published: the procurement, its lots and its award criteria."""

from django.db import models

from accounts.access import COMMISSIONER_ROLES
from accounts.fields import ExactDecimalField
from accounts.references import ReferenceField
from commissioning.enums import Regime
from commissioning.models.audit_engagement import AuditEngagement


class ProcurementQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """A commissioner's own procurements, and those that an auditor's engagements give."""
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        seen = models.Q(pk__in=[])
        if viewer.has(*COMMISSIONER_ROLES):
            seen |= models.Q(buyer__organisation=viewer.organisation)
        engagements = AuditEngagement.objects.giving_sight_to(viewer)
        seen |= models.Q(buyer__in=engagements.of_everything().values("commissioner"))
        seen |= models.Q(contracts__in=engagements.of_named_contracts().values("contracts"))
        return self.filter(seen).distinct()


class Procurement(models.Model):
    """One contracting process of one buyer; a process kept by hand has no ``ocid``.

    Registers publish processes of several bodies under one ocid, so that ``ocid`` and ``buyer``
    together name it. Whose it is never changes by an import.

    ``value_gbp`` is None where no value, or one in another currency, was published: then
    ``published_amount`` and ``currency`` say what was. ``gross_amount`` is the amount with VAT,
    where the notice says it (``ocds.Money``). ``unread_fields`` are those that were published in a
    form that the standard doesn't have: each with the field, and the beginning of what stood there.
    """

    reference = ReferenceField(prefix="PC")
    ocid = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001 (may be none)
    buyer = models.ForeignKey(
        "commissioning.Commissioner", on_delete=models.PROTECT, related_name="procurements"
    )
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    regime = models.CharField(max_length=30, choices=Regime, default=Regime.UNKNOWN)
    regime_reason = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=60, blank=True)
    method_details = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=60, blank=True)
    value_gbp = ExactDecimalField(null=True, blank=True)
    published_amount = ExactDecimalField(null=True, blank=True)
    gross_amount = ExactDecimalField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    published_on = models.DateField(null=True, blank=True)
    tenders_due_on = models.DateField(null=True, blank=True)
    source_publisher = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=300, blank=True)
    notice_url = models.URLField(max_length=300, blank=True)
    gaps = models.JSONField(default=list, blank=True)
    unread_fields = models.JSONField(default=list, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ProcurementQuerySet.as_manager()

    class Meta:
        ordering = [models.F("published_on").desc(nulls_last=True), "title", "pk"]
        indexes = [models.Index(fields=["buyer", "-published_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["ocid", "buyer"], name="procurement_is_one_process_of_its_buyer"
            ),
            models.CheckConstraint(
                condition=models.Q(regime__in=Regime.values), name="procurement_regime_known"
            ),
            models.CheckConstraint(condition=~models.Q(ocid=""), name="procurement_ocid_not_blank"),
            models.CheckConstraint(condition=~models.Q(title=""), name="procurement_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(value_gbp=None) | models.Q(currency="GBP"),
                name="procurement_pounds_are_pounds",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def pounds_with_vat(self):
        """The value as thresholds count it; None where the notice doesn't say the VAT.

        What was entered by hand was asked for with VAT.
        """
        if self.ocid is None:
            return self.value_gbp
        return self.gross_amount if self.currency == "GBP" else None


class Lot(models.Model):
    """One lot of a procurement."""

    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="lots")
    lot_id = models.CharField(max_length=300)
    title = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    published_amount = ExactDecimalField(null=True, blank=True)
    gross_amount = ExactDecimalField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=60, blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["procurement", "lot_id"], name="lot_named_once"),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="lot_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return self.title or f"Lot {self.lot_id}"

    @property
    def pounds_with_vat(self):
        """The value with VAT; None where the notice doesn't say it."""
        return self.gross_amount if self.currency == "GBP" else None


class PublishedAwardCriterion(models.Model):
    """An award criterion as published; ``weight`` in the words of the notice ("15-40%")."""

    procurement = models.ForeignKey(Procurement, on_delete=models.CASCADE, related_name="criteria")
    lot = models.ForeignKey(
        Lot, null=True, blank=True, on_delete=models.CASCADE, related_name="criteria"
    )
    name = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    criterion_type = models.CharField(max_length=40, blank=True)
    weight = models.CharField(max_length=60, blank=True)
    is_incomplete = models.BooleanField("incomplete as published", default=False)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["procurement", "position"], name="criterion_has_its_place"
            )
        ]

    def __str__(self):
        return self.name or self.criterion_type or "Criterion"
