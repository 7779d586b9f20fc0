"""A procurement run in this service, from design to award."""

from django.conf import settings
from django.db import models

from accounts.access import COMMISSIONER_ROLES
from accounts.fields import ExactDecimalField
from accounts.references import ReferenceField
from commissioning.award_model.terms import LotLimitMechanism
from commissioning.enums import ExerciseKind, ExerciseState, Regime
from commissioning.models.audit_engagement import AuditEngagement

TO_BIDDERS = (
    ExerciseState.PUBLISHED,
    ExerciseState.QUALITY_OPENED,
    ExerciseState.PRICES_OPENED,
    ExerciseState.ENDED,
)


class ExerciseQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The commissioner's own; an auditor's by an engagement for everything; a provider's once
        published, where it is open to all or the provider is invited.
        """
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        seen = models.Q(pk__in=[])
        if viewer.has(*COMMISSIONER_ROLES):
            seen |= models.Q(procurement__buyer__organisation=viewer.organisation)
        engagements = AuditEngagement.objects.giving_sight_to(viewer)
        everything = engagements.of_everything().values("commissioner")
        seen |= models.Q(procurement__buyer__in=everything)
        if viewer.provides:
            seen |= self._offered_to(viewer)
        return self.filter(seen)

    def offered_to(self, viewer):
        """What a provider may bid for, once it is confirmed who signs for it: open to all, or
        invited to.
        """
        if not viewer.provides:
            return self.none()
        return self.filter(self._offered_to(viewer))

    @staticmethod
    def _offered_to(viewer) -> models.Q:
        from_others = ~models.Q(procurement__buyer__organisation=viewer.organisation)
        invited = models.Exists(
            BidInvitation.objects.filter(
                exercise=models.OuterRef("pk"), provider__organisation=viewer.organisation
            )
        )
        offered = models.Q(is_open=True) | models.Q(invited)
        competes = ~models.Q(kind=ExerciseKind.DIRECT_AWARD)
        return from_others & offered & competes & models.Q(state__in=TO_BIDDERS)


class Exercise(models.Model):
    """One run of a procurement.

    The rows below it (lots, scales, criteria, conditions, terms) are where the award model is
    written; what bidders see and what decides is the text of the latest ``ModelVersion``. After
    publication those rows change only while an amendment is open (``amendment_opened_at``).
    ``value_set`` and ``locality`` say what a unit of a social value measure is worth, where
    commitments are scored in pounds. ``minimum_scores`` is the least number of scores at which
    figures about evaluators are shown.
    """

    reference = ReferenceField(prefix="EX")
    procurement = models.OneToOneField(
        "commissioning.Procurement", on_delete=models.PROTECT, related_name="exercise"
    )
    kind = models.CharField(max_length=20, choices=ExerciseKind)
    state = models.CharField(max_length=20, choices=ExerciseState, default=ExerciseState.DESIGN)
    regime = models.CharField(max_length=30, choices=Regime)
    subject_matter = models.TextField(blank=True)
    value_gbp = ExactDecimalField(null=True, blank=True)
    framework_exercise = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="call_offs"
    )
    framework_reference = models.CharField(max_length=200, blank=True)
    lots_per_supplier = models.PositiveSmallIntegerField(null=True, blank=True)
    lot_limit_mechanism = models.CharField(
        max_length=30, choices=LotLimitMechanism.choices(), blank=True
    )
    is_open = models.BooleanField("open to every provider", default=True)
    chair_scores = models.BooleanField("the chair scores too", default=False)
    names_hidden = models.BooleanField("bidders' names are hidden while scoring", default=False)
    minimum_scores = models.PositiveSmallIntegerField(default=20)
    value_set = models.ForeignKey(
        "principles.ValueSet", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    locality = models.CharField(max_length=100, blank=True)
    tender_notice_on = models.DateField(null=True, blank=True)
    questions_due_at = models.DateTimeField(null=True, blank=True)
    tenders_due_at = models.DateTimeField(null=True, blank=True)
    contract_starts_on = models.DateField(null=True, blank=True)
    contract_ends_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    # Which of the server's sealing keys its bids are sealed under (``accounts.server_keys``).
    sealing_key_id = models.CharField(max_length=16, blank=True)
    amendment_opened_at = models.DateTimeField(null=True, blank=True)

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"]),
            models.Index(fields=["state", "tenders_due_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=ExerciseKind.values), name="exercise_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ExerciseState.values), name="exercise_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(regime__in=Regime.values), name="exercise_regime_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[ExerciseState.DESIGN, ExerciseState.ENDED])
                | models.Q(published_at__isnull=False),
                name="exercise_published_has_a_date",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None)
                | models.Q(tenders_due_at__isnull=False)
                | models.Q(kind=ExerciseKind.DIRECT_AWARD),
                name="exercise_published_has_a_deadline",
            ),
            models.CheckConstraint(
                condition=models.Q(amendment_opened_at=None)
                | models.Q(state=ExerciseState.PUBLISHED),
                name="exercise_amended_while_published",
            ),
            models.CheckConstraint(
                condition=models.Q(questions_due_at=None)
                | models.Q(tenders_due_at=None)
                | models.Q(questions_due_at__lte=models.F("tenders_due_at")),
                name="exercise_questions_before_tenders",
            ),
            models.CheckConstraint(
                condition=models.Q(contract_starts_on=None)
                | models.Q(contract_ends_on=None)
                | models.Q(contract_ends_on__gte=models.F("contract_starts_on")),
                name="exercise_contract_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(lots_per_supplier=None) | models.Q(lots_per_supplier__gt=0),
                name="exercise_lots_per_supplier_positive",
            ),
        ]

    def __str__(self):
        return self.procurement.title

    @property
    def is_written(self) -> bool:
        """The rows of the award model may change now."""
        return self.state == ExerciseState.DESIGN or self.amendment_opened_at is not None


class OfExerciseQuerySet(models.QuerySet):
    """Rows about an exercise that its own body and that body's auditors read, and no bidder.

    ``path`` leads from the row to its exercise.
    """

    path = "exercise__"

    def visible_to(self, viewer):
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        seen = models.Q(pk__in=[])
        buyer = f"{self.path}procurement__buyer"
        if viewer.has(*COMMISSIONER_ROLES):
            seen |= models.Q(**{f"{buyer}__organisation": viewer.organisation})
        engagements = AuditEngagement.objects.giving_sight_to(viewer)
        everything = engagements.of_everything().values("commissioner")
        return self.filter(seen | models.Q(**{f"{buyer}__in": everything}))


class ExerciseStep(models.Model):
    """One step of an exercise from a state to the next. The table only grows."""

    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    from_state = models.CharField(max_length=20, choices=ExerciseState)
    to_state = models.CharField(max_length=20, choices=ExerciseState)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_label = models.CharField(max_length=250)

    objects = OfExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.exercise_id} {self.step}"


class BidInvitation(models.Model):
    """A provider that is invited to bid. Part of an exercise."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="invitations")
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "provider"], name="provider_invited_once")
        ]

    def __str__(self):
        return f"{self.exercise_id} {self.provider_id}"
