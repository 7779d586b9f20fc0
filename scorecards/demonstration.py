"""Work at every stage of the process, for the demonstration and for tests: all of it invented.

Everything is written through the actions that people use, so that the trail, the states and the
separation of duties are those of real work.
"""

import datetime
import io
from dataclasses import dataclass
from decimal import Decimal

from PIL import Image, ImageDraw

from django.db import transaction
from django.utils import timezone

from accounts.access import Actor
from accounts.demonstration import People
from commissioning.actions import (
    create_contract,
    declare_interest,
    give_engagement,
    save_commissioner_answer,
    set_level,
)
from commissioning.enums import EngagementScope
from commissioning.models import Contract
from commissioning.queries import criteria_for_commissioner
from principles.models import ValueSet
from principles.queries import editions_to_assess
from principles.rules import RiskAnswers
from providers import queries as providers
from providers.actions import (
    add_evidence_file,
    add_evidence_link,
    save_answer,
    save_measure_answer,
    submit_self_assessment,
)
from providers.models import EvidenceItem, Provider
from scorecards import actions
from scorecards.enums import Priority, Strength
from scorecards.models import AssurancePolicy, Scorecard
from scorecards.scoring import DEFAULT_POLICY

POLICY_FROM = datetime.date(2026, 1, 1)
CAUTIOUS = RiskAnswers(
    serves_people_at_risk=True, is_hard_to_replace=False, exercises_public_trust=False
)
MEASURES = {
    "NT1": (Decimal("6.5"), Decimal("4")),
    "NT4": (Decimal("2"), Decimal("1")),
    "NT10": (Decimal("104"), Decimal("60")),
    "NT17": (Decimal("120"), Decimal("85")),
    "NT29": (Decimal("200"), Decimal("210")),
    "NT31": (Decimal("18"), Decimal("7.25")),
    "NT41": (Decimal("100"), Decimal("100")),
}


@dataclass(frozen=True)
class Cast:
    """The actors of the demonstration, each acting for their first organisation."""

    manager: Actor
    evaluator: Actor
    second_evaluator: Actor
    approver: Actor
    administrator: Actor
    firm: Actor
    firm_contributor: Actor
    charity: Actor

    @classmethod
    def of(cls, people: People) -> "Cast":
        names = ("priya", "evan", "edith", "anna", "adam", "sam", "cara", "hana")
        return cls(*(Actor.of(people.users[name]) for name in names))


def publish_default_policy() -> AssurancePolicy:
    """The default bands and limiting rules, in force from 2026."""
    return actions.publish_policy(
        actor=Actor.system("policy loader"), policy=DEFAULT_POLICY, in_force_from=POLICY_FROM
    )


@transaction.atomic
def create_work(people: People) -> dict[str, Scorecard]:
    """Make one scorecard at each stage, judged for the first council.

    Needs the published frameworks, the illustrative value set and the default policy. Returns the
    scorecards by the word for where they stand.
    """
    cast = Cast.of(people)
    firm = _provider_of(people, "firm")
    charity = _provider_of(people, "charity")
    today = timezone.localdate()
    evidence = {firm: _library(cast.firm), charity: _library(cast.charity)}
    _engage_auditors(people, cast, today)

    def case(title: str, provider: Provider, value: int) -> Scorecard:
        return _scorecard(cast, _contract(cast, title, provider, value, today))

    found = {}
    found["draft"] = case("Night shelter support 2027", charity, 184_000)
    found["requested"] = _ask(cast, case("Home care in the north area", firm, 2_450_000), 21)
    late = _ask(cast, case("Community transport for older people", charity, 96_500), 0)
    _make_late(late)
    found["late"] = late
    found["not answered"] = actions.give_up_waiting(
        actor=cast.manager,
        scorecard=_make_late(_ask(cast, case("Advice line for carers", charity, 61_000), 0)),
    )
    submitted = _ask(cast, case("Short breaks for disabled children", charity, 720_000), 14)
    _answer(submitted, cast.charity, cast.charity, evidence[charity])
    found["submitted"] = _again(submitted)
    returned = _ask(cast, case("Meals at home", firm, 310_000), 14)
    _answer(returned, cast.firm_contributor, cast.firm, evidence[firm])
    found["returned"] = actions.return_answers(
        actor=cast.manager,
        scorecard=_again(returned),
        reason="The figures on complaints are for the year before last. Please give last year's.",
        due_on=today + datetime.timedelta(days=10),
    )
    rating = _ask(cast, case("Extra care housing support", firm, 1_120_000), 14)
    _answer(rating, cast.firm_contributor, cast.firm, evidence[firm])
    found["rating"] = _rate(cast, _again(rating), share=0.5)
    sent = _ask(cast, case("Drug and alcohol recovery service", charity, 890_000), 14)
    _answer(sent, cast.charity, cast.charity, evidence[charity])
    _rate(cast, _again(sent), share=1)
    found["sent"] = actions.send_for_approval(actor=cast.evaluator, scorecard=sent)
    found["superseded"] = _signed_off(
        cast, case("Reablement at home", firm, 1_680_000), evidence[firm], weak=True
    )
    contract = found["superseded"].contract
    found["signed off"] = _signed_off(cast, _scorecard(cast, contract), evidence[firm])
    return {name: _again(scorecard) for name, scorecard in found.items()}


def _provider_of(people: People, key: str) -> Provider:
    provider, _ = Provider.objects.get_or_create(organisation=people.organisations[key])
    return provider


def _engage_auditors(people: People, cast: Cast, today: datetime.date) -> None:
    give_engagement(
        actor=cast.administrator,
        assurance_body=people.organisations["auditors"],
        scope=EngagementScope.EVERYTHING,
        starts_on=today - datetime.timedelta(days=30),
        ends_on=today + datetime.timedelta(days=335),
    )


def _library(actor: Actor) -> list[EvidenceItem]:
    """Three items of evidence: a policy as a PDF, figures as CSV, and a link."""
    year = datetime.date(2026, 4, 1)
    return [
        add_evidence_file(
            actor=actor,
            title="Code of conduct, edition 4",
            content=_policy_pdf(actor.organisation.name),
            file_name="code-of-conduct.pdf",
            valid_until=year.replace(year=2028),
        ),
        add_evidence_file(
            actor=actor,
            title="Complaints and compliments, figures by month",
            content=b"month,complaints,upheld,compliments\n2026-04,4,1,11\n2026-05,2,0,9\n",
            file_name="complaints.csv",
            covers_from=year,
            covers_to=datetime.date(2026, 9, 30),
        ),
        add_evidence_link(
            actor=actor, title="Annual report on our web site", url="https://www.example.org/report"
        ),
    ]


def _policy_pdf(name: str) -> bytes:
    """Two made-up pages."""
    pages = []
    for number, words in enumerate(("Code of conduct", "How we deal with interests"), 1):
        page = Image.new("RGB", (827, 1169), "white")
        draw = ImageDraw.Draw(page)
        draw.text((80, 90), f"{name}\n\n{words}", fill="black", font_size=34)
        draw.text((80, 320), "A made-up page for the demonstration.", fill="black", font_size=24)
        draw.text((80, 1080), f"Page {number} of 2", fill="black", font_size=20)
        pages.append(page)
    held = io.BytesIO()
    pages[0].save(held, "PDF", save_all=True, append_images=pages[1:], resolution=100)
    return held.getvalue()


def _contract(
    cast: Cast, title: str, provider: Provider, value: int, today: datetime.date
) -> Contract:
    contract = create_contract(
        actor=cast.manager,
        title=title,
        description="An invented contract of the demonstration.",
        providers=[provider],
        value_gbp=Decimal(value),
        starts_on=today.replace(month=4, day=1),
        ends_on=today.replace(year=today.year + 3, month=3, day=31),
        awarded_on=today.replace(month=2, day=12),
    )
    return set_level(actor=cast.manager, contract=contract, answers=CAUTIOUS)


def _scorecard(cast: Cast, contract: Contract) -> Scorecard:
    return actions.create_scorecard(
        actor=cast.manager,
        contract=contract,
        provider=contract.parties.get().provider,
        editions=list(editions_to_assess(cast.manager, timezone.localdate())),
        level=contract.assurance_level,
        value_set=ValueSet.objects.filter(is_illustrative=True).first(),
    )


def _ask(cast: Cast, scorecard: Scorecard, days: int) -> Scorecard:
    return actions.request_answers(
        actor=cast.manager,
        scorecard=scorecard,
        due_on=timezone.localdate() + datetime.timedelta(days=days),
    )


def _make_late(scorecard: Scorecard) -> Scorecard:
    """Set the due date back: the demonstration cannot wait for it to pass."""
    day = timezone.localdate() - datetime.timedelta(days=6)
    request = scorecard.request
    type(request).objects.filter(pk=request.pk).update(due_on=day)
    type(request.self_assessment).objects.filter(pk=request.self_assessment_id).update(due_on=day)
    return _again(scorecard)


def _answer(
    scorecard: Scorecard, writer: Actor, signatory: Actor, evidence: list[EvidenceItem]
) -> None:
    """Answer everything that the provider answers, give some figures, and submit."""
    self_assessment = scorecard.request.self_assessment
    for at, criterion in enumerate(providers.criteria_to_answer(writer, self_assessment)):
        save_answer(
            actor=writer,
            self_assessment=self_assessment,
            criterion=criterion,
            version=0,
            claimed_value=3 if at % 4 else 2,
            narrative=(
                f"{criterion.title}: our board looked at this in its last quarter. What we do, who "
                "answers for it and how it is checked stand in the attached document."
            ),
            not_applicable=False,
            not_applicable_reason="",
            evidence=[evidence[at % len(evidence)]],
        )
    for measure in providers.measures(writer, self_assessment).filter(code__in=MEASURES):
        committed, delivered = MEASURES[measure.code]
        save_measure_answer(
            actor=writer,
            self_assessment=self_assessment,
            measure=measure,
            version=0,
            committed_quantity=committed,
            committed_basis="whole_term",
            delivered_quantity=delivered,
            attribution_percent=Decimal(100),
            deadweight_percent=Decimal(10) if self_assessment.asks_deadweight else None,
            note="Counted from payroll and time records.",
            evidence=[evidence[1]],
        )
    submit_self_assessment(actor=signatory, self_assessment=self_assessment)


def _answer_for_commissioner(cast: Cast, scorecard: Scorecard) -> None:
    for criterion in criteria_for_commissioner(cast.manager, scorecard.request):
        save_commissioner_answer(
            actor=cast.manager,
            request=scorecard.request,
            criterion=criterion,
            version=0,
            claimed_value=2,
            narrative=f"{criterion.title}: set out in the contract plan and looked at quarterly.",
            not_applicable=False,
            not_applicable_reason="",
        )


def _rate(cast: Cast, scorecard: Scorecard, share: float, weak: bool = False) -> Scorecard:
    """Declare, answer for the commissioner, and rate a share of the criteria."""
    for judge in (cast.evaluator, cast.second_evaluator, cast.approver):
        declare_interest(
            actor=judge,
            contract=scorecard.contract,
            provider=scorecard.provider,
            has_interest=False,
        )
    _answer_for_commissioner(cast, scorecard)
    scorecard = actions.begin_rating(actor=cast.evaluator, scorecard=scorecard)
    criteria = [
        criterion
        for edition in scorecard.editions.all()
        for criterion in edition.criteria.at_level(scorecard.level)
    ]
    for at, criterion in enumerate(criteria[: round(len(criteria) * share)]):
        value = 1 + at % 2 if weak else 3 - (at % 3 == 0)
        actions.save_rating(
            actor=cast.evaluator if at % 2 else cast.second_evaluator,
            scorecard=scorecard,
            criterion=criterion,
            version=0,
            value=value,
            rationale=(
                "The answer names who is responsible and when it was last looked at. The document "
                "shows the rule itself; one record of its use was seen."
            ),
            evidence_strength=Strength.VERIFIED if at % 5 == 0 else Strength.DOCUMENTED,
            found_where="Code of conduct, page 1",
            not_applicable_agreed=None,
        )
    actions.raise_finding(
        actor=cast.evaluator,
        scorecard=scorecard,
        criterion=criteria[0],
        priority=Priority.MEDIUM,
        title="Subcontractors are not told of the speaking-up route",
        detail=(
            "Staff know the route, those of subcontractors do not. Put it into the subcontracts "
            "and check at the next review."
        ),
    )
    return scorecard


def _signed_off(
    cast: Cast, scorecard: Scorecard, evidence: list[EvidenceItem], weak: bool = False
) -> Scorecard:
    scorecard = _ask(cast, scorecard, 14)
    _answer(scorecard, cast.firm_contributor, cast.firm, evidence)
    scorecard = _rate(cast, _again(scorecard), share=1, weak=weak)
    actions.send_for_approval(actor=cast.evaluator, scorecard=scorecard)
    return actions.sign_off(actor=cast.approver, scorecard=scorecard)


def _again(scorecard: Scorecard) -> Scorecard:
    """The scorecard as the database has it now."""
    return Scorecard.objects.select_related(
        "contract__commissioner__organisation", "provider__organisation", "request__self_assessment"
    ).get(pk=scorecard.pk)
