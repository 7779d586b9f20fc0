"""A provider's bid as it is written and handed in, until it is opened."""

from django.conf import settings
from django.db import models

from accounts.references import ReferenceField
from commissioning.enums import EnvelopeKind


class OwnBidQuerySet(models.QuerySet):
    """Rows of a bid that only the bidder reads. ``path`` leads from the row to its bid."""

    path = ""

    def visible_to(self, viewer):
        """The bidder's own people, once it is confirmed who signs for it. Nobody on the
        commissioner's side, no operator, no auditor.
        """
        if not viewer.provides:
            return self.none()
        return self.filter(**{f"{self.path}provider__organisation": viewer.organisation})


class OfBidQuerySet(OwnBidQuerySet):
    path = "bid__"


class OfSubmissionQuerySet(OwnBidQuerySet):
    path = "submission__bid__"


class Bid(models.Model):
    """One provider's bid in one exercise: a draft with what was handed in of it.

    The commissioner's side never reads this row: what it sees after the opening is ``BidLot``.
    """

    reference = ReferenceField(prefix="BD")
    exercise = models.ForeignKey(
        "commissioning.Exercise", on_delete=models.PROTECT, related_name="bids"
    )
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    lots = models.JSONField("numbers of the lots bid for", default=list)
    lot_preferences = models.JSONField("lots in the order wanted", default=list, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = OwnBidQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "provider"], name="provider_bids_once")
        ]

    def __str__(self):
        return self.reference


class BidDraftPart(models.Model):
    """One part of a draft, sealed for the bidder: an answer, a price, a declaration.

    ``part`` names it (``bid_parts``); ``revision`` counts saves, so that two people who write at
    once are told. ``unreadable`` is what was sealed here before and could not be read when the part
    was typed again: it is kept for whoever can repair it. ``seen_version`` is the number of the
    published version under which it was last read and saved, so that what an amendment changed
    since is pointed out.
    """

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="draft_parts")
    lot_number = models.PositiveSmallIntegerField(default=0)
    part = models.CharField(max_length=60)
    sealed = models.BinaryField()
    is_complete = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)
    seen_version = models.PositiveSmallIntegerField(default=1)
    unreadable = models.BinaryField(default=b"", blank=True)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfBidQuerySet.as_manager()

    class Meta:
        ordering = ["lot_number", "part"]
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "lot_number", "part"], name="draft_part_kept_once"
            )
        ]

    def __str__(self):
        return f"{self.bid_id} {self.lot_number} {self.part}"


class BidPartHolder(models.Model):
    """The colleague who holds a part of a draft."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="part_holders")
    lot_number = models.PositiveSmallIntegerField(default=0)
    part = models.CharField(max_length=60)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OfBidQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bid", "lot_number", "part"], name="part_held_once")
        ]

    def __str__(self):
        return f"{self.bid_id} {self.part} {self.user_id}"


class BidSubmission(models.Model):
    """One handing-in of a bid. The last one that is not withdrawn stands.

    ``sha256`` is over the sealed bytes of its envelopes in their order; it stands on the receipt.
    The row is frozen but for its withdrawal.
    """

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    version = models.ForeignKey(
        "commissioning.ModelVersion", on_delete=models.PROTECT, related_name="submissions"
    )
    lots = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = OfBidQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["bid", "number"], name="submission_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="submission_withdrawal_has_a_person",
            ),
        ]

    def __str__(self):
        return f"{self.bid_id} submission {self.number}"


class Envelope(models.Model):
    """One sealed part of a submission (``sealing``). ``lot_number`` 0 is for the whole bid.

    ``sealed`` is the encrypted content; its key is wrapped in ``key_for_bidder`` and in
    ``key_for_opening``. All columns but ``opened_at`` are frozen.
    """

    submission = models.ForeignKey(
        BidSubmission, on_delete=models.PROTECT, related_name="envelopes"
    )
    lot_number = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=EnvelopeKind)
    sealed = models.BinaryField()
    key_for_bidder = models.BinaryField()
    key_for_opening = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = OfSubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["submission", "lot_number", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "lot_number", "kind"], name="envelope_handed_in_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=EnvelopeKind.values), name="envelope_kind_known"
            ),
        ]

    def __str__(self):
        return f"{self.submission_id} {self.lot_number} {self.kind}"
