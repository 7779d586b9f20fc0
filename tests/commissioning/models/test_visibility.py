"""The gate of sight: what one council has, another never sees."""

import pytest

from accounts.access import Actor
from accounts.models import OrganisationIdentifier
from commissioning import actions
from commissioning.models import (
    AssessmentRequest,
    AuditEngagement,
    CommissionerAnswer,
    Contract,
    ImportRun,
    InterestDeclaration,
    NoticeUpload,
    OcdsRelease,
    OrganisationMatch,
    Procurement,
)
from commissioning.models.commissioner import Commissioner
from principles.models import Criterion
from tests.commissioning.actions.test_engagements import give
from tests.commissioning.samples import (
    a_contract,
    a_package,
    a_release,
    a_request,
    confirmed,
    imported,
)


@pytest.fixture
def two_councils(people, actor_of):
    """The same things at both councils: a contract by notice, an upload, a run, a request."""
    for number, (key, name) in enumerate((("council", "priya"), ("small_council", "mei"))):
        value = f"B{number}"
        OrganisationIdentifier.objects.create(
            organisation=people.organisations[key], scheme="GB-LAE", value=value
        )
        release = a_release(f"ocds-b5fd17-{key.replace('_', '-')}")
        party = {"id": value, "identifier": {"scheme": "GB-LAE", "id": value}}
        release["parties"][0] |= party
        release["buyer"] = {"id": value}
        content = a_package(release)
        for file_name in ("imported.json", "waiting.json"):
            upload = actions.stage_notices(
                actor=actor_of(name), file_name=file_name, content=content
            )
            if file_name == "imported.json":
                confirmed(actor_of(name), upload)
        contract = a_contract(people, body=key)
        a_request(people, contract)
        actions.declare_interest(
            actor=actor_of(name),
            contract=contract,
            provider=contract.parties.get().provider,
            has_interest=False,
        )
    return people


MODELS = (
    Contract,
    Procurement,
    OcdsRelease,
    ImportRun,
    NoticeUpload,
    AssessmentRequest,
    InterestDeclaration,
)
EVERYTHING = {"Contract": 4, "Procurement": 2, "OcdsRelease": 2, "ImportRun": 2} | {
    "NoticeUpload": 2,
    "AssessmentRequest": 2,
    "InterestDeclaration": 2,
}
OWN = {name: number // 2 for name, number in EVERYTHING.items()}
NOTHING = dict.fromkeys(OWN, 0)


def seen(viewer) -> dict[str, int]:
    return {model.__name__: model.objects.visible_to(viewer).count() for model in MODELS}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("priya", OWN),
        ("mei", OWN),
        ("evan", OWN | {"NoticeUpload": 0, "AssessmentRequest": 0, "InterestDeclaration": 0}),
        ("anna", OWN | {"NoticeUpload": 0, "AssessmentRequest": 0}),
        ("adam", NOTHING),
        ("sam", NOTHING | {"Contract": 2, "AssessmentRequest": 2}),
        ("hana", NOTHING),
        ("oscar", NOTHING),
        ("olive", NOTHING),
    ],
)
def test_each_person_sees_their_own(two_councils, actor_of, name, expected):
    assert seen(actor_of(name)) == expected


@pytest.mark.django_db
def test_two_councils_see_different_rows(two_councils, actor_of):
    for model in MODELS:
        own = set(model.objects.visible_to(actor_of("priya")).values_list("pk", flat=True))
        others = set(model.objects.visible_to(actor_of("mei")).values_list("pk", flat=True))
        assert own
        assert not own & others


@pytest.mark.django_db
def test_nobody_signed_in_sees_nothing_and_the_system_all(two_councils):
    assert seen(Actor()) == NOTHING
    assert seen(Actor.system("importer")) == EVERYTHING
    assert Commissioner.objects.visible_to(Actor()).count() == 0


@pytest.mark.django_db
def test_operator_sees_the_commands_imports_alone(two_councils, actor_of):
    imported(a_release("ocds-b5fd17-cc01"))
    assert [run.organisation for run in ImportRun.objects.visible_to(actor_of("olive"))] == [None]


@pytest.mark.django_db
def test_matches_are_seen_by_operators_and_those_concerned(two_councils, actor_of, people):
    release = a_release("ocds-b5fd17-cc01")
    release["parties"][0] = {"id": "GB-CFS-9", "name": people.organisations["council"].name}
    release["buyer"] = {"id": "GB-CFS-9"}
    imported(release)
    counts = {
        name: OrganisationMatch.objects.visible_to(actor_of(name)).count()
        for name in ("olive", "priya", "mei", "evan", "sam")
    }
    assert counts == {"olive": 1, "priya": 1, "mei": 0, "evan": 0, "sam": 0}


@pytest.mark.django_db
def test_commissioners_answers_are_not_the_providers_to_see(two_councils, actor_of, people):
    request = AssessmentRequest.objects.visible_to(actor_of("priya")).get()
    actions.save_commissioner_answer(
        actor=actor_of("priya"),
        request=request,
        criterion=Criterion.objects.get(code="A2"),
        version=0,
        claimed_value=1,
        narrative="Ours.",
        not_applicable=False,
        not_applicable_reason="",
    )
    counts = {
        name: CommissionerAnswer.objects.visible_to(actor_of(name)).count()
        for name in ("priya", "mei", "evan", "sam")
    }
    assert counts == {"priya": 1, "mei": 0, "evan": 0, "sam": 0}


@pytest.mark.django_db
def test_engagements_are_seen_by_who_gives_and_who_reads(people, actor_of):

    give(actor_of("adam"), people)
    counts = {
        name: AuditEngagement.objects.visible_to(actor_of(name)).count()
        for name in ("adam", "oscar", "priya", "mei", "sam", "olive")
    }
    assert counts == {"adam": 1, "oscar": 1, "priya": 0, "mei": 0, "sam": 0, "olive": 0}
