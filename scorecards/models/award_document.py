"""The words for bidders and the file: assessment summaries and other documents of an exercise."""

from django.conf import settings
from django.db import models

from accounts.access import COMMISSIONER_ROLES, Role
from accounts.references import ReferenceField
from commissioning.enums import Duty
from commissioning.models import BidLot, Exercise, ExerciseMember, judged_lots
from scorecards.enums import AwardDocumentKind
from scorecards.models.bid_standing import OfBidLotQuerySet
from scorecards.models.lot_evaluation import of_own_bid
from scorecards.models.signing_key import SigningKey


class AssessmentSummary(models.Model):
    """What one bidder is told about its bid for a lot, before and after its release.

    ``texts`` are the words that people may edit, by key; everything else comes from the record.
    ``withheld`` names the parts of the winner's information that are left out, with the ground.
    The bidder reads it, as an ``AwardDocument``, from its release on.
    """

    bid_lot = models.OneToOneField(
        "commissioning.BidLot", on_delete=models.PROTECT, related_name="+"
    )
    texts = models.JSONField(default=dict, blank=True)
    withheld = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)

    objects = OfBidLotQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "assessment summaries"

    def __str__(self):
        return f"Summary of {self.bid_lot_id}"


class AwardDocumentQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """Those about bids: to the cleared team and auditors, and to its bidder once released.
        Those about the exercise: to its body, its auditors, and, where public, its bidders; what
        people declared of their interests to its lead and approver only, and to auditors.
        """
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        exercises = Exercise.objects.visible_to(viewer)
        about_exercise = models.Q(lot_number=0, exercise__in=exercises)
        if not viewer.has(*COMMISSIONER_ROLES, Role.AUDITOR):
            about_exercise &= models.Q(is_public=True)
        if not viewer.has(Role.AUDITOR):
            leading = ExerciseMember.objects.current().filter(
                exercise=models.OuterRef("exercise"),
                user=viewer.user,
                duty__in=[Duty.LEAD, Duty.APPROVER],
            )
            interests = models.Q(kind=AwardDocumentKind.CONFLICTS_ASSESSMENT)
            about_exercise &= ~interests | models.Q(models.Exists(leading))
        about_bids = models.Q(lot_number__gt=0) & judged_lots(viewer, BidLot.objects.all())
        own = models.Q(bid_lot__isnull=False, released_at__isnull=False)
        return self.filter(about_exercise | about_bids | own & of_own_bid(viewer, "bid_lot__"))


class AwardDocument(models.Model):
    """A document that was asked for, with its content as canonical text. ``lot_number`` 0 is the
    whole exercise.
    """

    reference = ReferenceField(prefix="AD")
    exercise = models.ForeignKey(
        "commissioning.Exercise", on_delete=models.PROTECT, related_name="+"
    )
    lot_number = models.PositiveSmallIntegerField(default=0)
    bid_lot = models.ForeignKey(
        "commissioning.BidLot", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=30, choices=AwardDocumentKind)
    is_public = models.BooleanField(default=False)
    content = models.TextField()
    job = models.OneToOneField(
        "accounts.Job", null=True, on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)

    objects = AwardDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]

    def __str__(self):
        return self.reference


def stored_path(instance, filename) -> str:
    return f"award-documents/{instance.sha256[:2]}/{instance.sha256}.pdf"


class StoredAwardDocument(models.Model):
    """The finished PDF: hash, detached signature, key. The table only grows."""

    document = models.OneToOneField(AwardDocument, on_delete=models.PROTECT, related_name="stored")
    file = models.FileField(upload_to=stored_path, max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.PositiveBigIntegerField()
    signature = models.BinaryField()
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="award_documents")
    versions = models.JSONField()
    stored_at = models.DateTimeField()

    def __str__(self):
        return f"{self.document_id} {self.sha256[:12]}"
