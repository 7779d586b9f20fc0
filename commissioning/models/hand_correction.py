"""What a person put right by hand. An import never overwrites it."""

from django.conf import settings
from django.db import models

from commissioning.enums import CorrectableField


class HandCorrection(models.Model):
    """One field of one contract: the value that a person gave, beside the one that was published.

    Both are kept as text (dates as ISO, amounts with their digits); "" is "not published". An
    import changes ``published_value`` only. A later correction replaces the row and leaves this one
    dated.
    """

    contract = models.ForeignKey(
        "commissioning.Contract", on_delete=models.CASCADE, related_name="corrections"
    )
    field = models.CharField(max_length=20, choices=CorrectableField)
    published_value = models.TextField(blank=True)
    corrected_value = models.TextField(blank=True)
    reason = models.TextField()
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-corrected_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "field"],
                condition=models.Q(replaced_at=None),
                name="correction_stands_once",
            ),
            models.CheckConstraint(
                condition=models.Q(field__in=CorrectableField.values), name="correction_field_known"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="correction_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(replaced_at=None, replaced_by=None)
                | models.Q(replaced_at__isnull=False, replaced_by__isnull=False),
                name="correction_end_has_date_and_person",
            ),
        ]

    def __str__(self):
        return f"{self.get_field_display()} of {self.contract_id}"
