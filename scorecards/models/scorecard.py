"""The scorecard."""

from django.db import models

from accounts.access import PROVIDER_ROLES, Role
from accounts.references import ReferenceField
from commissioning.models import InterestDeclaration, judged_cases
from principles.enums import Level
from scorecards.enums import SETTLED, OpinionWord, Stage


class ScorecardQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        """The cases that the viewer judges or audits; the provider's own once signed off."""
        if viewer.is_system:
            return self
        if viewer.organisation is None:
            return self.none()
        seen = judged_cases(viewer)
        if viewer.has(*PROVIDER_ROLES):
            own = models.Q(provider__organisation=viewer.organisation, stage__in=SETTLED)
            if viewer.asker is not None:
                own &= models.Q(contract__commissioner__organisation=viewer.asker)
            seen |= own
        return self.filter(seen)

    def awaiting_declaration_of(self, viewer):
        """Cases of the viewer's body that open to them once they declare their interests."""
        if viewer.user is None or not viewer.has(Role.EVALUATOR, Role.APPROVER):
            return self.none()
        theirs = InterestDeclaration.objects.current().filter(
            user=viewer.user,
            contract=models.OuterRef("contract"),
            provider=models.OuterRef("provider"),
        )
        return self.filter(
            contract__commissioner__organisation=viewer.organisation,
            stage__in=[Stage.SUBMITTED, Stage.NOT_ANSWERED, Stage.RATING, Stage.SENT_FOR_APPROVAL],
        ).exclude(models.Exists(theirs))


class Scorecard(models.Model):
    """The judgement of one contract and one provider at one time.

    ``assessed_on`` is set at sign-off and is the day on which evidence had to be valid. ``opinion``
    and ``value_pounds`` repeat what the result and the contract say, so that lists can filter and
    sort by them; they are written with the sign-off and with the draft.
    """

    reference = ReferenceField(prefix="SC")
    contract = models.ForeignKey(
        "commissioning.Contract", on_delete=models.PROTECT, related_name="+"
    )
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(
        "commissioning.AssessmentRequest",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    policy = models.ForeignKey(
        "scorecards.AssurancePolicy", on_delete=models.PROTECT, related_name="scorecards"
    )
    value_set = models.ForeignKey(
        "principles.ValueSet", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    locality = models.CharField(max_length=100, blank=True)
    level = models.CharField(max_length=20, choices=Level)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.DRAFT)
    number = models.PositiveSmallIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    opinion = models.CharField(max_length=20, choices=OpinionWord, blank=True)
    value_pounds = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    stage_at = models.DateTimeField()
    assessed_on = models.DateField(null=True, blank=True)
    editions = models.ManyToManyField(
        "principles.Edition", through="scorecards.ScorecardEdition", related_name="+"
    )

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        ordering = ["-stage_at", "-pk"]
        indexes = [
            models.Index(fields=["-stage_at", "-id"]),
            models.Index(fields=["contract", "provider"]),
            models.Index(fields=["stage"]),
            models.Index(fields=["opinion"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "provider", "number"], name="scorecard_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["contract", "provider"],
                condition=~models.Q(stage__in=[Stage.SIGNED_OFF, Stage.SUPERSEDED]),
                name="scorecard_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    stage__in=[Stage.SIGNED_OFF, Stage.SUPERSEDED], assessed_on__isnull=False
                )
                & ~models.Q(opinion="")
                | ~models.Q(stage__in=[Stage.SIGNED_OFF, Stage.SUPERSEDED])
                & models.Q(assessed_on=None, opinion=""),
                name="scorecard_opinion_comes_with_sign_off",
            ),
            models.CheckConstraint(
                condition=models.Q(stage=Stage.DRAFT, request=None)
                | ~models.Q(stage=Stage.DRAFT) & models.Q(request__isnull=False),
                name="scorecard_request_after_draft",
            ),
        ]

    def __str__(self):
        return f"{self.reference}: {self.contract_id}"

    @property
    def is_settled(self) -> bool:
        return self.stage in SETTLED


class ScorecardEdition(models.Model):
    """A framework edition that a scorecard judges against."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="edition_rows")
    edition = models.ForeignKey("principles.Edition", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "edition"], name="scorecard_edition_once")
        ]

    def __str__(self):
        return f"{self.scorecard_id} {self.edition_id}"
