"""Rows at national size: N contracts, each with a scorecard and realistic ratings."""

import datetime
import hashlib
import random
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.utils import timezone

from accounts import demonstration as people
from accounts.models import Organisation
from accounts.references import new_reference
from commissioning.enums import ContractStatus, RequestState
from commissioning.models import (
    AssessmentRequest,
    Commissioner,
    Contract,
    ContractParty,
    InterestDeclaration,
)
from principles.enums import AnsweredBy, Basis, Level
from principles.models import Criterion, Edition, Framework, ScalePoint
from providers.enums import SelfAssessmentState
from providers.models import Answer, Provider, SelfAssessment, SelfAssessmentEdition
from scorecards import demonstration as work
from scorecards.enums import OpinionWord, Stage, Strength
from scorecards.models import (
    AssurancePolicy,
    FrameworkResult,
    PrincipleResult,
    Rating,
    Scorecard,
    ScorecardEdition,
    ScorecardStep,
)

BATCH = 2000
PROVIDERS = 400
COMMISSIONERS = 50
RATIONALE = (
    "The answer says who is responsible and when it was last looked at. The document shows the "
    "rule, and one record of its use was seen. What is missing is a check by somebody independent."
)
NARRATIVE = (
    "Our board looked at this in its last quarter and named a director who answers for it. Staff "
    "learn of it when they join and every year after that. We keep a register and report from it "
    "to the commissioner each quarter; the last report is attached."
)
OPINIONS = [word for word in OpinionWord.values if word != OpinionWord.NO_OPINION_YET]


@dataclass(frozen=True)
class Seeded:
    """What the measurements go to."""

    people: people.People
    big: Scorecard
    big_criteria: list[Criterion]
    signed_off: Scorecard


def seed(number: int) -> Seeded:
    """Fill an empty, prepared database. The same number gives the same rows but for references."""
    chance = random.Random(20261122)
    cast = people.create()
    found = work.create_work(cast)
    _many(number, cast, chance)
    big, criteria = _big(cast, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Seeded(cast, big, criteria, found["signed off"])


def _many(number: int, cast: people.People, chance: random.Random) -> None:
    """Contracts over fifty commissioners, a third of them the first council's."""
    commissioners = _commissioners(cast)
    providers = _providers()
    editions = list(Edition.objects.filter(framework__code__in=["seven-principles", "cipfa-ifac"]))
    criteria = {e.pk: list(e.criteria.at_level(Level.STANDARD)) for e in editions}
    policy = AssurancePolicy.objects.get()
    today = timezone.localdate()
    for start in range(0, number, BATCH):
        batch = range(start, min(start + BATCH, number))
        contracts = Contract.objects.bulk_create(
            [_contract(at, commissioners, today, chance) for at in batch]
        )
        parties = [chance.choice(providers) for _ in contracts]
        ContractParty.objects.bulk_create(
            [
                ContractParty(contract=c, provider=p, is_lead=True)
                for c, p in zip(contracts, parties, strict=True)
            ]
        )
        requests = _requests(contracts, parties, editions, today)
        scorecards = Scorecard.objects.bulk_create(
            [
                _scorecard(c, p, r, policy, today, chance)
                for c, p, r in zip(contracts, parties, requests, strict=True)
            ]
        )
        _parts(scorecards, editions, criteria, chance)


def _commissioners(cast: people.People) -> list[Commissioner]:
    first, _ = Commissioner.objects.get_or_create(organisation=cast.organisations["council"])
    others = Organisation.objects.bulk_create(
        [
            Organisation(name=f"Borough {at:02} Council", acts_as_commissioner=True)
            for at in range(COMMISSIONERS - 1)
        ]
    )
    made = Commissioner.objects.bulk_create([Commissioner(organisation=row) for row in others])
    return [first] * (COMMISSIONERS // 3) + made


def _providers() -> list[Provider]:
    rows = Organisation.objects.bulk_create(
        [
            Organisation(name=f"Provider {at:03} Ltd", acts_as_provider=True)
            for at in range(PROVIDERS)
        ]
    )
    return Provider.objects.bulk_create([Provider(organisation=row) for row in rows])


def _contract(at: int, commissioners, today: datetime.date, chance: random.Random) -> Contract:
    awarded = today - datetime.timedelta(days=chance.randrange(1500))
    return Contract(
        commissioner=chance.choice(commissioners),
        title=f"{chance.choice(['Home care', 'Transport', 'Cleaning', 'Legal advice'])} {at:05}",
        value_gbp=Decimal(chance.randrange(20_000, 9_000_000)),
        currency="GBP",
        starts_on=awarded,
        ends_on=awarded + datetime.timedelta(days=1095),
        awarded_on=awarded,
        status=ContractStatus.ACTIVE,
        assurance_level=Level.STANDARD,
        level_proposed=Level.STANDARD,
        level_set_at=timezone.now(),
    )


def _requests(contracts, parties, editions, today) -> list[AssessmentRequest]:
    now = timezone.now()
    assessments = SelfAssessment.objects.bulk_create(
        [
            SelfAssessment(
                provider=provider,
                asked_by_id=contract.commissioner.organisation_id,
                title=contract.title,
                level=Level.STANDARD,
                due_on=today,
                state=SelfAssessmentState.SUBMITTED,
                opened_at=now,
            )
            for contract, provider in zip(contracts, parties, strict=True)
        ]
    )
    SelfAssessmentEdition.objects.bulk_create(
        [SelfAssessmentEdition(self_assessment=a, edition=e) for a in assessments for e in editions]
    )
    return AssessmentRequest.objects.bulk_create(
        [
            AssessmentRequest(
                contract=contract,
                provider=provider,
                self_assessment=assessment,
                level=Level.STANDARD,
                due_on=today,
                state=RequestState.CLOSED,
                made_at=now,
                closed_at=now,
            )
            for contract, provider, assessment in zip(contracts, parties, assessments, strict=True)
        ]
    )


def _scorecard(contract, provider, request, policy, today, chance) -> Scorecard:
    settled = chance.random() < 0.85
    at = timezone.now() - datetime.timedelta(minutes=chance.randrange(500_000))
    return Scorecard(
        contract=contract,
        provider=provider,
        request=request,
        policy=policy,
        level=Level.STANDARD,
        stage=Stage.SIGNED_OFF if settled else Stage.RATING,
        opinion=chance.choice(OPINIONS) if settled else "",
        assessed_on=at.date() if settled else None,
        value_pounds=int(contract.value_gbp),
        created_at=at,
        stage_at=at,
    )


def _parts(scorecards, editions, criteria, chance) -> None:
    """Editions, ratings, one step, and the results that lists show and filter by."""
    ScorecardEdition.objects.bulk_create(
        [ScorecardEdition(scorecard=s, edition=e) for s in scorecards for e in editions]
    )
    now = timezone.now()
    ratings, frameworks, principles, steps = [], [], [], []
    for scorecard in scorecards:
        steps.append(
            ScorecardStep(
                scorecard=scorecard, step="begin_rating", from_stage=Stage.SUBMITTED,
                to_stage=Stage.RATING, at=now, by_label="Seeded",
            )
        )  # fmt: skip
        for edition in editions:
            ratings += [_rating(scorecard, c, now, chance) for c in criteria[edition.pk]]
            if not scorecard.opinion:
                continue
            code = edition.framework.code
            frameworks.append(
                FrameworkResult(
                    scorecard=scorecard, framework_code=code, title=edition.framework.title,
                    opinion=scorecard.opinion, hundredths_of_percent=chance.randrange(3000, 10001),
                )
            )  # fmt: skip
            principles += [
                PrincipleResult(
                    scorecard=scorecard, framework_code=code, principle_code=root.code,
                    title=root.title, hundredths_of_percent=chance.randrange(2000, 10001),
                )
                for root in _roots(edition)
            ]  # fmt: skip
    ScorecardStep.objects.bulk_create(steps)
    Rating.objects.bulk_create(ratings, batch_size=5000)
    FrameworkResult.objects.bulk_create(frameworks)
    PrincipleResult.objects.bulk_create(principles, batch_size=5000)


_ROOTS: dict[int, list[Criterion]] = {}


def _roots(edition: Edition) -> list[Criterion]:
    if edition.pk not in _ROOTS:
        _ROOTS[edition.pk] = list(edition.criteria.filter(parent=None))
    return _ROOTS[edition.pk]


def _rating(scorecard, criterion, now, chance) -> Rating:
    return Rating(
        scorecard=scorecard,
        criterion=criterion,
        value=chance.choice([1, 2, 2, 3, 3]),
        rationale=RATIONALE,
        evidence_strength=chance.choice(Strength.values),
        found_where="Code of conduct, page 4",
        rated_at=now,
    )


def _big(cast: people.People, chance: random.Random) -> tuple[Scorecard, list[Criterion]]:
    """One scorecard that is being rated, of an edition with exactly 100 criteria."""
    edition, criteria = _hundred_criteria()
    now, today = timezone.now(), timezone.localdate()
    commissioner = Commissioner.objects.get(organisation=cast.organisations["council"])
    provider = Provider.objects.get(organisation=cast.organisations["firm"])
    contract = _contract(99_999, [commissioner], today, chance)
    contract.save()
    ContractParty.objects.create(contract=contract, provider=provider, is_lead=True)
    (request,) = _requests([contract], [provider], [edition], today)
    request.editions.set([edition])
    AssessmentRequest.objects.filter(pk=request.pk).update(state=RequestState.OPEN, closed_at=None)
    Answer.objects.bulk_create(
        [
            Answer(
                self_assessment=request.self_assessment, criterion=criterion, claimed_value=3,
                narrative=NARRATIVE, updated_at=now,
            )
            for criterion in criteria
        ]
    )  # fmt: skip
    scorecard = Scorecard.objects.create(
        contract=contract, provider=provider, request=request, policy=AssurancePolicy.objects.get(),
        level=Level.ENHANCED, stage=Stage.RATING, value_pounds=1, created_at=now, stage_at=now,
    )  # fmt: skip
    ScorecardEdition.objects.create(scorecard=scorecard, edition=edition)
    Rating.objects.bulk_create([_rating(scorecard, c, now, chance) for c in criteria])
    for name in ("evan", "anna"):
        InterestDeclaration.objects.create(
            contract=contract, provider=provider, user=cast.users[name], has_interest=False,
            made_at=now,
        )  # fmt: skip
    return scorecard, criteria


def _hundred_criteria() -> tuple[Edition, list[Criterion]]:
    """A made-up edition of ten principles with ten criteria each."""
    framework = Framework.objects.create(code="measurement", title="Made for measurements")
    edition = Edition.objects.create(
        framework=framework, label="1", in_force_from=datetime.date(2020, 1, 1),
        in_force_to=datetime.date(2020, 12, 31), publisher="Nobody", licence="None",
        source="Made up", basis=Basis.OWN_SYNTHESIS, basis_note="Made up for measurements.",
        content_sha256=hashlib.sha256(new_reference("X").encode()).hexdigest(),
    )  # fmt: skip
    ScalePoint.objects.bulk_create(
        [
            ScalePoint(edition=edition, value=v, label=f"Point {v}", description="A point.")
            for v in range(4)
        ]
    )
    common = {
        "edition": edition, "basis": Basis.OWN_SYNTHESIS, "explanation": NARRATIVE[:150],
        "source": "Made up", "locator": "",
    }  # fmt: skip
    criteria = []
    for p in range(1, 11):
        root = Criterion.objects.create(
            code=f"M{p}", title=f"Principle {p}", position=p * 100, is_assessable=False, **common
        )
        criteria += [
            Criterion.objects.create(
                parent=root, code=f"M{p}.{c}", title=f"Expectation {c} of principle {p}",
                position=p * 100 + c, is_assessable=True,
                level=Level.CORE if c == 1 else Level.STANDARD,
                answered_by=AnsweredBy.PROVIDER, good="Good.", poor="Poor.", **common,
            )
            for c in range(1, 11)
        ]  # fmt: skip
    Edition.objects.filter(pk=edition.pk).update(published_at=timezone.now())
    return edition, criteria
