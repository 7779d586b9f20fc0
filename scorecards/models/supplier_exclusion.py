"""Why a supplier was excluded: the ground, its circumstances, and what the supplier said."""

from django.db import models

from commissioning.award_model.exclusion import (
    AUTHORITY_GROUND_BY_CODE,
    NATIONAL_SECURITY,
    Ground,
    GroundKind,
)
from scorecards.enums import ExclusionCircumstances, ExclusionOf
from scorecards.models.bid_standing import BidStanding
from scorecards.models.lot_evaluation import OfLotQuerySet


class OfStandingQuerySet(OfLotQuerySet):
    path = "standing__bid_lot__"


class SupplierExclusion(models.Model):
    """What an exclusion under s.57 of the Procurement Act 2023 rests on. The table only grows.

    ``asked_on`` is the day on which the supplier was given the opportunity to make representations
    (s.58); ``representations`` what it said and showed, or that it said nothing.
    """

    standing = models.OneToOneField(BidStanding, on_delete=models.PROTECT, related_name="exclusion")
    ground_code = models.CharField(max_length=40)
    about = models.CharField("whom the ground applies to", max_length=20, choices=ExclusionOf)
    circumstances = models.CharField(max_length=20, choices=ExclusionCircumstances)
    circumstances_reason = models.TextField()
    asked_on = models.DateField()
    representations = models.TextField()

    objects = OfStandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    about__in=ExclusionOf.values, circumstances__in=ExclusionCircumstances.values
                ),
                name="exclusion_terms_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(ground_code="")
                & ~models.Q(circumstances_reason="")
                & ~models.Q(representations=""),
                name="exclusion_says_what_it_rests_on",
            ),
        ]

    def __str__(self):
        return f"{self.standing_id} {self.ground_code}"

    @property
    def ground(self) -> Ground:
        return AUTHORITY_GROUND_BY_CODE[self.ground_code]

    @property
    def is_mandatory(self) -> bool:
        """Whether the supplier had to be excluded; a discretionary ground leaves it open."""
        if self.ground == NATIONAL_SECURITY:
            return self.circumstances == ExclusionCircumstances.DEBARRED
        return self.ground.kind is not GroundKind.DISCRETIONARY

    @property
    def kind_words(self) -> str:
        return "Mandatory ground" if self.is_mandatory else "Discretionary ground"
