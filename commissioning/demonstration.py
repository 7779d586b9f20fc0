"""Exercises for the demonstration and for tests, from design to opened bids: all of it invented.

Everything is written through the actions that people use, so that states, trails, sealing and
duties are those of real work.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from accounts.access import Actor
from accounts.demonstration import People
from commissioning import actions, queries
from commissioning.award_model.bid_parts import BidPart, PartKind, short_code
from commissioning.award_model.exclusion import GROUNDS
from commissioning.award_model.terms import (
    CriterionKind,
    LotLimitMechanism,
    PriceMethod,
    Rounding,
    TieBreak,
)
from commissioning.enums import BodyType, Duty, ExerciseKind, Regime, SealKind
from commissioning.models import Bid, Commissioner, Exercise, ExerciseLot, Procurement
from principles.models import Criterion, ValueSet
from providers.models import Provider

# The demonstration's passphrases are as public as its passwords.
PASSPHRASE = "four quite random words"
LEAD, CHAIR, APPROVER = "priya", "carl", "anna"
EVALUATORS = ("evan", "edith", "elena")
OPENERS = (LEAD, CHAIR, APPROVER)
SIGNATORIES = {"firm": "sam", "charity": "hana", "enterprise": "nina", "cooperative": "otto"}
# What commitments are counted by where they are counted: how much, and how it is to be done.
PROMISES = {
    "NT1": ("3", "People who live within five miles; the manager keeps the list of addresses."),
    "NT10": ("104", "Two apprentices for a year each, from the second month on."),
    "NT31": ("12", "Visits on foot or by bicycle where they lie within a mile of one another."),
}
SOCIAL_VALUE_PERCENT, TARGET_GBP = Decimal("10"), Decimal("60000")
LOT_GBP = Decimal("260000")


@dataclass(frozen=True)
class Offer:
    """What one provider bids, in short: its price, how its answers begin, and its lots, the most
    wanted first.

    ``meets_conditions`` is what it says to every condition; ``grounds`` are the exclusion grounds
    that it says apply, each with its words.
    """

    organisation: str
    price_gbp: str
    opening_words: str
    evidence: tuple[str, ...] = ()
    lots: tuple[int, ...] = (1,)
    meets_conditions: bool = True
    grounds: tuple[tuple[str, str], ...] = ()


OFFERS = (
    Offer("firm", "248000", "Each visit is planned with the resident and logged within the hour"),
    Offer("charity", "231500", "Volunteers and paid staff share one rota that two people keep"),
    Offer("enterprise", "262750", "A named worker stays with each resident for the whole term"),
    Offer("cooperative", "239900", "Members elect the managers who answer for every visit"),
)


def design(
    people: People,
    title: str,
    *,
    procurement: Procurement | None = None,
    lots: int = 1,
    one_lot_each_by: LotLimitMechanism | None = None,
    in_pounds: bool = False,
    names_hidden: bool = False,
    days_to_tender: int = 30,
) -> Exercise:
    """A competition that is ready to be checked: settings, lots, criteria, conditions, terms.

    ``one_lot_each_by``: a supplier may win one lot, and this rule says which. ``in_pounds``: social
    value is counted from commitments by the illustrative values, and not rated.
    """
    lead = Actor.of(people.users[LEAD])
    commissioner, _ = Commissioner.objects.get_or_create(
        organisation=lead.organisation, defaults={"body_type": BodyType.SUB_CENTRAL}
    )
    exercise = actions.start_exercise(
        actor=lead,
        commissioner=commissioner,
        kind=ExerciseKind.COMPETITION,
        procurement=procurement,
        title=title,
        description="Visits at home for people who need help with daily life.",
        regime=Regime.PROCUREMENT_ACT_2023,
        value_gbp=LOT_GBP * lots,
    )
    due = timezone.now() + datetime.timedelta(days=days_to_tender)
    exercise = actions.change_settings(
        actor=lead,
        exercise=exercise,
        subject_matter="Visits at home for people who need help with daily life, each day of the"
        " week, over three years.",
        tenders_due_at=due,
        questions_due_at=due - datetime.timedelta(days=days_to_tender / 3),
        tender_notice_on=timezone.localdate(),
        contract_starts_on=timezone.localdate(due) + datetime.timedelta(days=90),
        contract_ends_on=timezone.localdate(due) + datetime.timedelta(days=90 + 3 * 365),
        names_hidden=names_hidden,
        minimum_scores=6,
        lots_per_supplier=1 if one_lot_each_by else None,
        lot_limit_mechanism=one_lot_each_by.value if one_lot_each_by else "",
        value_set=ValueSet.objects.get(is_illustrative=True) if in_pounds else None,
    )
    if lots > 1:
        first = exercise.lots.get()
        actions.change_lot(actor=lead, lot=first, title="Area 1", value_gbp=LOT_GBP)
    for number in range(2, lots + 1):
        title = f"Area {number}"
        actions.add_lot(actor=lead, exercise=exercise, title=title, value_gbp=LOT_GBP)
    scale = actions.add_ready_scale(actor=lead, exercise=exercise)
    ethics = list(
        Criterion.objects.filter(edition__framework__code="seven-principles", parent__isnull=False)
        .select_related("edition__framework")
        .order_by("-edition__in_force_from", "position")[:3]
    )
    for lot in exercise.lots.all():
        _write_lot(lead, lot, scale, ethics, in_pounds=in_pounds)
    actions.add_ethics_conditions(actor=lead, exercise=exercise, criteria=ethics[:1])
    actions.add_ethics_terms(actor=lead, exercise=exercise, criteria=ethics[1:3])
    actions.add_term(
        actor=lead,
        exercise=exercise,
        title="Visits made on the day agreed",
        text="The supplier reports each month how many visits were made on the day agreed.",
        is_kpi=True,
        target="98 in every 100 visits",
    )
    return exercise


def _write_lot(
    lead: Actor, lot: ExerciseLot, scale, ethics: list[Criterion], *, in_pounds: bool
) -> None:
    for criterion in lot.criteria.filter(parent=None):
        actions.remove_criterion(actor=lead, criterion=criterion)
    actions.change_lot(
        actor=lead,
        lot=lot,
        winners=1,
        decimal_places=2,
        rounding=Rounding.HALF_UP.value,
        tie_breaks=[TieBreak.HIGHER_QUALITY.value, TieBreak.DRAWN_BY_LOT.value],
    )
    rated = {"scale": scale, "word_limit": 500}
    quality = actions.add_criterion(
        actor=lead,
        lot=lot,
        kind=CriterionKind.QUALITY.value,
        title="How visits are planned and delivered",
        weight_percent=Decimal("45"),
    )
    actions.add_criterion(
        actor=lead,
        lot=lot,
        parent=quality,
        kind=CriterionKind.QUALITY.value,
        title="Planning of visits",
        weight_percent=Decimal("60"),
        asks="Describe how each visit under this contract is planned, changed and recorded.",
        guidance="A full answer says who plans, by when a change is made known to the resident, and"
        " what is recorded after each visit.",
        minimum_rating=Decimal("2"),
        **rated,
    )
    actions.add_criterion(
        actor=lead,
        lot=lot,
        parent=quality,
        kind=CriterionKind.QUALITY.value,
        title="Missed visits",
        weight_percent=Decimal("40"),
        asks="Describe what happens within 24 hours of a missed visit under this contract.",
        guidance="A full answer names who acts, in what time, and how the resident is told.",
        **rated,
    )
    actions.add_criterion(
        actor=lead,
        lot=lot,
        kind=CriterionKind.ETHICS.value,
        title="Speaking up about these visits",
        weight_percent=Decimal("10"),
        asks="Describe how staff who make these visits raise a concern, and what follows.",
        guidance="A full answer gives the route, the time to an answer and who reads the log.",
        draws_on=ethics[:1],
        **rated,
    )
    if in_pounds:
        _count_social_value(lead, lot)
    else:
        _rate_social_value(lead, lot, rated)
    actions.add_criterion(
        actor=lead,
        lot=lot,
        kind=CriterionKind.PRICE.value,
        title="Price",
        weight_percent=Decimal("35"),
        price_method=PriceMethod.RELATIVE.value,
        price_basis="The total for three years, without VAT.",
        abnormally_low_percent=Decimal("20"),
    )


def _rate_social_value(lead: Actor, lot: ExerciseLot, rated: dict) -> None:
    actions.add_criterion(
        actor=lead,
        lot=lot,
        kind=CriterionKind.SOCIAL_VALUE.value,
        title="Local work through this contract",
        weight_percent=SOCIAL_VALUE_PERCENT,
        social_value_method="qualitative",
        asks="Describe the jobs and training that this contract brings to people in the area.",
        guidance="A full answer gives numbers, dates and who is responsible.",
        **rated,
    )


def _count_social_value(lead: Actor, lot: ExerciseLot) -> None:
    actions.add_social_value_measures(
        actor=lead,
        lot=lot,
        measures=lot.exercise.value_set.edition.measures.filter(code__in=PROMISES),
        weight_percent=SOCIAL_VALUE_PERCENT,
        target_gbp=TARGET_GBP,
    )


def staff(people: People, exercise: Exercise) -> None:
    """Name the team, assign every rated criterion to every evaluator, and declare no interests."""
    lead = Actor.of(people.users[LEAD])
    named = [(CHAIR, Duty.CHAIR), (APPROVER, Duty.APPROVER)]
    named += [(name, Duty.EVALUATOR) for name in EVALUATORS]
    named += [(name, duty) for name in OPENERS for duty in (Duty.QUALITY_OPENER, Duty.PRICE_OPENER)]
    rated = [
        (lot.number, leaf.key)
        for lot in queries.model_as_written(lead, exercise).lots
        for leaf in lot.leaves()
        if leaf.is_rated
    ]
    for name, duty in named:
        member = actions.name_member(
            actor=lead, exercise=exercise, user=people.users[name], duty=duty
        )
        if duty == Duty.EVALUATOR:
            actions.assign_criteria(actor=lead, member=member, criteria=rated)
    for name in {LEAD, *(name for name, _ in named)}:
        actions.declare_in_exercise(
            actor=Actor.of(people.users[name]), exercise=exercise, provider=None, has_interest=False
        )


def prepare_openers(people: People, exercise: Exercise) -> None:
    """Give every opener the public passphrase, and make the recovery shares."""
    for kind in SealKind:
        for name in OPENERS:
            actions.set_up_opener(
                actor=Actor.of(people.users[name]),
                exercise=exercise,
                kind=kind,
                passphrase=PASSPHRASE,
            )
        actions.make_recovery_share(
            actor=Actor.of(people.users[LEAD]), exercise=exercise, kind=kind
        )


def confirm_assessment(people: People, exercise: Exercise) -> None:
    """Let the lead confirm the conflicts assessment as it is now."""
    actions.confirm_conflicts_assessment(
        actor=Actor.of(people.users[LEAD]),
        exercise=exercise,
        perceived="Two evaluators once worked on the service that ends. They took no part in"
        " writing this procurement, and it is known to the whole team.",
    )


def publish(
    people: People, exercise: Exercise, notice_number: str, *, on: datetime.date | None = None
) -> Exercise:
    """Confirm the conflicts assessment and publish with a tender notice, of today or of ``on``."""
    lead = Actor.of(people.users[LEAD])
    confirm_assessment(people, exercise)
    version = actions.publish_exercise(
        actor=lead,
        exercise=exercise,
        notice_code="UK4",
        notice_number=notice_number,
        notice_published_on=on or timezone.localdate(),
    )
    return version.exercise


def bid(
    people: People,
    exercise: Exercise,
    offer: Offer,
    *,
    hand_in: bool = True,
) -> Bid:
    """Write one provider's bid whole, and hand it in."""
    actor = Actor.of(people.users[SIGNATORIES[offer.organisation]])
    provider, _ = Provider.objects.get_or_create(
        organisation=people.organisations[offer.organisation]
    )
    row = actions.start_bid(actor=actor, exercise=exercise, provider=provider, lots=offer.lots)
    model, parts = queries.draft(actor, row)
    if queries.wants_preferences(model, row.lots):
        actions.prefer_lots(actor=actor, bid=row, order=list(offer.lots))
    for held in parts:
        actions.save_draft_part(
            actor=actor,
            bid=row,
            lot_number=held.part.lot_number,
            name=held.part.name,
            content=_content(held.part, offer),
            is_complete=True,
            seen_revision=held.revision,
        )
    if hand_in:
        actions.submit_bid(actor=actor, bid=row)
    return row


def _content(part: BidPart, offer: Offer) -> dict:
    if part.kind == PartKind.GROUNDS:
        said = dict(offer.grounds)
        return {
            "share_code": "",
            "answers": {row.code: "yes" if row.code in said else "no" for row in GROUNDS},
            "grounds": said,
        }
    if part.kind == PartKind.CONDITION:
        return {
            "met": offer.meets_conditions,
            "words": "Our board adopted it last year and reviews it each spring."
            if offer.meets_conditions
            else "Our board has not adopted it yet.",
        }
    if part.kind == PartKind.ANSWER:
        text = (
            f"{offer.opening_words}. For “{part.title.lower()}” a named manager answers; every step"
            " is in the log that the council may read. Changes are made known by telephone by four"
            " in the afternoon of the day before, and in writing the same day."
        )
        return {"text": text, "evidence": list(offer.evidence)}
    if part.kind == PartKind.PRICE:
        return {
            "amount_gbp": offer.price_gbp,
            "note": "Wages, travel and training.",
        }
    return {
        code: dict(zip(("quantity", "note"), PROMISES[short_code(code)], strict=True))
        for code in part.criterion.social_value.measure_codes
    }


def open_bids(people: People, exercise: Exercise, kind: str = SealKind.QUALITY) -> None:
    """Let the lead and the chair open what is sealed: after the deadline only."""
    key = exercise.opening_keys.get(kind=kind, is_rehearsal=False)
    for name in OPENERS[:2]:
        actions.act_as_opener(
            actor=Actor.of(people.users[name]), opening_key=key, secret=PASSPHRASE
        )


def declare_about_bidders(
    people: People, exercise: Exercise, names: Iterable[str] = (LEAD, CHAIR, APPROVER, *EVALUATORS)
) -> None:
    """Let the named people declare that they have no interest in any bidder."""
    for name in names:
        actor = Actor.of(people.users[name])
        for provider in queries.bidders_of(actor, exercise):
            actions.declare_in_exercise(
                actor=actor, exercise=exercise, provider=provider, has_interest=False
            )
