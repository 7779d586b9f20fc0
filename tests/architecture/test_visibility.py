"""Rule 4 and the gate of sight: which rows exist for whom, over all models."""

import pytest

from django.apps import apps

from accounts.access import Actor
from accounts.models import Membership, MembershipRole
from commissioning.actions import declare_interest, resolve_interest
from commissioning.models import AssessmentRequest, Contract, InterestDeclaration
from scorecards.models import Finding, Rating, RatingRevision, Report, Scorecard, ScorecardStep
from tests.architecture.sources import FLOORS

pytestmark = pytest.mark.django_db

# Rows without a sight gate of their own, and what they are read through.
PARTS = {
    "accounts.MembershipRole": "part of a membership",
    "accounts.OrganisationIdentifier": "part of an organisation, and public in every register",
    "providers.SelfAssessmentEdition": "joins a self-assessment and an edition",
    "providers.AnswerEvidence": "joins an answer and its evidence",
    "providers.MeasureAnswerEvidence": "joins figures and their evidence",
    "providers.FileHandling": "part of an item of evidence",
    "commissioning.AuditEngagement_contracts": "joins an engagement and its contracts",
    "commissioning.AssessmentRequest_versions": "joins a request and its self-assessments",
    "commissioning.AssessmentRequest_editions": "joins a request and its editions",
    "commissioning.CommissionerAnswer_evidence": "joins an answer and its evidence",
    "commissioning.ExerciseLot": "part of an exercise",
    "commissioning.AwardScale": "part of an exercise",
    "commissioning.AwardCriterion": "part of an exercise",
    "commissioning.AwardCriterion_draws_on": "joins an award criterion and what it draws on",
    "commissioning.AwardCriterion_measures": "joins an award criterion and its measures",
    "commissioning.ParticipationCondition": "part of an exercise",
    "commissioning.ParticipationCondition_draws_on": "joins a condition and what it draws on",
    "commissioning.ContractTerm": "part of an exercise",
    "commissioning.ContractTerm_draws_on": "joins a term and what it draws on",
    "commissioning.BidInvitation": "part of an exercise",
    "commissioning.EvaluatorAssignment": "part of a membership of an exercise's team",
    "commissioning.BidAnswer_evidence": "joins an opened answer and its evidence",
    "commissioning.CarriedTerm": "part of a contract",
    "commissioning.CarriedTerm_draws_on": "joins a carried term and what it draws on",
    "commissioning.DirectAwardStep": "part of a direct award",
    "commissioning.ContractParty": "part of a contract",
    "commissioning.HandCorrection": "part of a contract",
    "commissioning.Lot": "part of a procurement",
    "commissioning.PublishedAwardCriterion": "part of a procurement",
    "scorecards.ScorecardEdition": "joins a scorecard and an edition",
    "scorecards.LotContract": "part of the evaluation of a lot",
    "scorecards.ReportDocument": "part of a report; found by its hash on the public page",
    "scorecards.StoredAwardDocument": "part of a document; found by its hash on the public page",
}
# Public facts: everyone who is signed in may read them, whoever they act for.
SHARED = {
    "accounts.Organisation",
    "commissioning.Commissioner",
    "principles.Criterion",
    "principles.DoubleCountPair",
    "principles.Edition",
    "principles.Framework",
    "principles.Measure",
    "principles.ScalePoint",
    "providers.Provider",
    "scorecards.AssurancePolicy",
    "scorecards.SigningKey",
}
# What anybody may read, since the page that checks a report is public.
PUBLIC = {"scorecards.SigningKey"}
# The library's values that belong to the installation are shared; a body's own are not.
PARTLY_SHARED = {"principles.ValueSet", "principles.UnitValue", "principles.ValueSetWithdrawal"}
# What is judged: one case is one contract and one provider.
OF_A_CASE = (AssessmentRequest, Scorecard, Rating, RatingRevision, Finding, Report, ScorecardStep)

ALL = [
    model
    for app in FLOORS
    for model in apps.get_app_config(app).get_models(include_auto_created=True)
]
GATED = [model for model in ALL if model._meta.label not in PARTS]
PRIVATE = [model for model in GATED if model._meta.label not in SHARED | PARTLY_SHARED]


def label(model) -> str:
    return model._meta.label


def keys(rows) -> set[int]:
    return set(rows.values_list("pk", flat=True))


@pytest.mark.parametrize("model", ALL, ids=label)
def test_model_has_a_sight_gate_or_a_reason(model):
    assert hasattr(model.objects, "visible_to") is (label(model) not in PARTS)


def test_reasons_are_for_models_that_exist():
    assert sorted({*PARTS, *SHARED, *PARTLY_SHARED} - {label(model) for model in ALL}) == []


@pytest.mark.parametrize("model", GATED, ids=label)
def test_stranger_sees_no_row(world, model):
    if label(model) not in PUBLIC:
        assert keys(model.objects.visible_to(Actor())) == set()


@pytest.mark.parametrize("model", GATED, ids=label)
def test_person_without_organisation_sees_no_private_row(world, model):
    """An operator runs the installation, and sees rows that belong to no organisation only."""
    olive = world.actor("olive")
    theirs = {
        "accounts.User": {olive.user.pk},
        "accounts.AuditEvent": keys(
            model.objects.filter(organisation=None, case_reference="")
            if label(model) == "accounts.AuditEvent"
            else model.objects.none()
        ),
        "commissioning.ImportRun": {world.rows["command's import"].pk},
        "commissioning.OrganisationMatch": {world.rows["match"].pk},
        "accounts.RoleRequest": {world.rows["role request"].pk},
        "commissioning.FirstSignatory": {world.rows["first signatory"].pk},
        "commissioning.SignatoryDoubt": {world.rows["doubt"].pk},
    }
    if model in PRIVATE:
        assert keys(model.objects.visible_to(olive)) == theirs.get(label(model), set())


@pytest.mark.parametrize("model", PRIVATE, ids=label)
def test_world_has_a_row_of_every_private_model(world, model):
    assert model.objects.exists()


def own_rows_of_small_council(world, model) -> set[int]:
    """The private rows that belong to the small council in this world."""
    council = world.people.organisations["small_council"]
    if label(model) == "accounts.User":
        return {world.people.users[name].pk for name in ("mei", "tom", "ruth")}
    if label(model) in ("accounts.AuditEvent", "accounts.Membership"):
        return keys(model.objects.filter(organisation=council))
    row = {
        "commissioning.Contract": world.rows["small contract"],
        "commissioning.ProcessLink": world.rows["link to council"],
        "scorecards.Scorecard": world.scorecards["small council's"],
    }.get(label(model))
    return {row.pk} if row else set()


@pytest.mark.parametrize("name", ["mei", "tom", "ruth"])
@pytest.mark.parametrize("model", PRIVATE, ids=label)
def test_people_of_another_commissioner_see_no_rows_but_their_own(world, model, name):
    seen = keys(model.objects.visible_to(world.actor(name)))
    assert seen - own_rows_of_small_council(world, model) == set()


@pytest.mark.parametrize("model", PRIVATE, ids=label)
def test_another_provider_sees_no_row_of_the_first(world, model):
    """The charity's people see nothing of the firm's, nor of the commissioner's inside."""
    hana = world.actor("hana")
    seen = model.objects.visible_to(hana)
    firm = world.people.organisations["firm"]
    paths = {
        "provider": "provider__organisation",
        "scorecard": "scorecard__provider__organisation",
        "self_assessment": "self_assessment__provider__organisation",
        "request": "request__provider__organisation",
        "organisation": "organisation",
    }
    names = {field.name for field in model._meta.get_fields()}
    path = next((path for name, path in paths.items() if name in names), None)
    if path is not None:
        assert keys(seen.filter(**{path: firm})) == set()


@pytest.mark.parametrize("name", ["sam", "cara", "hana"])
@pytest.mark.parametrize("stage", ["draft", "submitted", "rating", "sent"])
def test_provider_sees_nothing_of_a_scorecard_in_the_making(world, name, stage):
    viewer, card = world.actor(name), world.scorecards[stage]
    seen = {
        model: keys(model.objects.visible_to(viewer).filter(scorecard=card))
        for model in (Rating, Finding, Report, ScorecardStep)
    }
    assert not Scorecard.objects.visible_to(viewer).filter(pk=card.pk).exists()
    assert seen == {model: set() for model in seen}


@pytest.mark.parametrize("name", ["sam", "cara"])
def test_provider_sees_its_signed_off_scorecard_without_ratings(world, name):
    viewer, card = world.actor(name), world.scorecards["signed off"]
    assert keys(Scorecard.objects.visible_to(viewer).filter(pk=card.pk)) == {card.pk}
    assert keys(Rating.objects.visible_to(viewer)) == set()
    assert keys(RatingRevision.objects.visible_to(viewer)) == set()


@pytest.mark.parametrize("name", ["sam", "cara"])
def test_provider_sees_final_reports_only(world, name):
    seen = Report.objects.visible_to(world.actor(name))
    assert set(seen.values_list("kind", flat=True)) == {"final"}


THROUGH = {
    Rating: "scorecard__",
    Finding: "scorecard__",
    Report: "scorecard__",
    ScorecardStep: "scorecard__",
    RatingRevision: "rating__scorecard__",
}
NOTHING: dict = {model: set() for model in OF_A_CASE}


def keys_of_case(viewer, card) -> dict:
    """What the viewer sees of the case of a scorecard, by model."""
    found = {}
    for model in OF_A_CASE:
        path = THROUGH.get(model, "")
        case = {f"{path}contract": card.contract_id, f"{path}provider": card.provider_id}
        found[model] = keys(model.objects.visible_to(viewer).filter(**case))
    return found


@pytest.mark.parametrize("name", ["evan", "edith", "anna"])
@pytest.mark.parametrize("stage", ["draft", "requested", "late", "not answered", "returned"])
def test_judge_without_declaration_sees_nothing_of_a_case(world, name, stage):
    viewer, card = world.actor(name), world.scorecards[stage]
    case = {"contract": card.contract_id, "provider": card.provider_id}
    assert not InterestDeclaration.objects.filter(user=viewer.user, **case).exists()
    assert keys_of_case(viewer, card) == NOTHING


@pytest.mark.parametrize("name", ["evan", "edith", "anna", "priya"])
def test_person_with_unresolved_interest_sees_nothing_of_the_case(world, name):
    viewer, card = world.actor(name), world.scorecards["rating"]
    declare_interest(
        actor=viewer,
        contract=card.contract,
        provider=card.provider,
        has_interest=True,
        description="My sister works there.",
    )
    assert keys_of_case(viewer, card) == NOTHING
    assert keys(card_answers(viewer, card)) == set()


def card_answers(viewer, card):
    """The provider's answers of the case that the viewer may read."""
    answers = apps.get_model("providers.Answer").objects.visible_to(viewer)
    return answers.filter(self_assessment=card.request.self_assessment)


@pytest.mark.parametrize(("resolution", "sees"), [("mitigated", True), ("recused", False)])
def test_person_whose_interest_was_decided_sees_the_case_if_mitigated(world, resolution, sees):
    viewer, card = world.actor("evan"), world.scorecards["rating"]
    declaration = declare_interest(
        actor=viewer,
        contract=card.contract,
        provider=card.provider,
        has_interest=True,
        description="My sister works there.",
    )
    resolve_interest(
        actor=world.actor("priya"),
        declaration=declaration,
        resolution=resolution,
        note="Decided.",
    )
    assert Scorecard.objects.visible_to(viewer).filter(pk=card.pk).exists() is sees


@pytest.mark.parametrize("model", [*OF_A_CASE, Contract, InterestDeclaration], ids=label)
def test_auditor_sees_by_engagement_and_only_the_engaged_commissioner(world, model):
    oscar, council = world.actor("oscar"), world.people.organisations["council"]
    path = "" if model is Contract else f"{THROUGH.get(model, '')}contract__"
    rows = model.objects.filter(**{f"{path}commissioner__organisation": council})
    assert keys(model.objects.visible_to(oscar)) == keys(rows)


@pytest.mark.parametrize("model", [*OF_A_CASE, Contract], ids=label)
def test_auditor_whose_engagement_ended_sees_nothing(world, model):
    oscar, engagement = world.actor("oscar"), world.rows["engagement"]
    type(engagement).objects.filter(pk=engagement.pk).update(
        starts_on="2020-01-01", ends_on="2020-12-31"
    )
    assert keys(model.objects.visible_to(oscar)) == set()


@pytest.mark.parametrize("model", OF_A_CASE, ids=label)
def test_administrator_sees_no_case(world, model):
    assert keys(model.objects.visible_to(world.actor("adam"))) == set()


@pytest.mark.parametrize("name", ["adam", "anna"])
def test_person_who_joins_the_provider_too_still_sees_no_rating_for_it(world, name):
    """Acting for the provider, a person who also judges elsewhere sees what the provider sees."""
    user, firm = world.people.users[name], world.people.organisations["firm"]
    membership = Membership.objects.create(user=user, organisation=firm)
    MembershipRole.objects.create(membership=membership, role="contributor")
    assert keys(Rating.objects.visible_to(Actor.of(user, firm))) == set()
