"""Excluding a supplier from a lot under the Procurement Act 2023, and what has to come before."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.access import Actor, WrongState
from commissioning.award_model.exclusion import AUTHORITY_GROUND_BY_CODE
from commissioning.award_model.regimes import rules_for
from commissioning.award_model.rule_records import Topic
from commissioning.enums import Duty
from commissioning.models import BidLot
from scorecards.actions import _lot_steps as steps
from scorecards.actions.results import LEAD_ONLY, OPEN_FOR_STANDING, holds_exclusion
from scorecards.enums import ExclusionCircumstances, ExclusionOf, Standing
from scorecards.models import BidStanding, LotEvaluation, SupplierExclusion


@transaction.atomic
def exclude_supplier(
    *,
    actor: Actor,
    evaluation: LotEvaluation,
    bid_lot: BidLot,
    ground_code: str,
    about: str,
    circumstances: str,
    circumstances_reason: str,
    asked_on: datetime.date,
    representations: str,
    reason: str,
) -> BidStanding:
    """Exclude the supplier from the lot, with what ss.57 and 58 ask for on record.

    The ground has to apply, its circumstances have to be continuing or likely to occur again (or
    the supplier is on the debarment list by it), and the supplier has to have had the opportunity
    to make representations. Raises ``WrongState`` where one of these is not said, and where no rule
    on exclusion is held for the regime. Side effects, in order: standing, exclusion, audit row.
    """
    evaluation = steps.lock_lot(evaluation)
    steps.must_hold(actor, evaluation, LEAD_ONLY, Duty.LEAD)
    steps.must_be(evaluation, *OPEN_FOR_STANDING)
    steps.must_be_of(evaluation, bid_lot)
    if not holds_exclusion(evaluation.exercise.regime):
        raise WrongState(rules_for(evaluation.exercise.regime).missing(Topic.EXCLUSION))
    ground = AUTHORITY_GROUND_BY_CODE.get(ground_code)
    if ground is None:
        raise WrongState("Choose the ground.")
    if not circumstances_reason.strip() or not representations.strip() or not reason.strip():
        raise WrongState(
            "Say why the circumstances are continuing or likely to occur again, what the supplier"
            " said, and why it is excluded."
        )
    if asked_on > timezone.localdate():
        raise WrongState("The supplier has to be heard before it is excluded.")
    exclusion = SupplierExclusion(
        ground_code=ground.code,
        about=ExclusionOf(about),
        circumstances=ExclusionCircumstances(circumstances),
        circumstances_reason=circumstances_reason.strip(),
        asked_on=asked_on,
        representations=representations.strip(),
    )
    schedule = "Schedule 6" if exclusion.is_mandatory else "Schedule 7"
    exclusion.standing = BidStanding.objects.create(
        bid_lot=bid_lot,
        standing=Standing.EXCLUDED,
        ground=f"{ground.title} (Procurement Act 2023, s.57 and {schedule})",
        reason=reason.strip(),
        at=timezone.now(),
        by=actor.user,
    )
    exclusion.save()
    steps.record(
        actor,
        evaluation,
        "supplier.excluded",
        exclusion.standing,
        bid=bid_lot.label,
        ground=ground.code,
        mandatory=exclusion.is_mandatory,
        circumstances=exclusion.circumstances,
    )
    return exclusion.standing
