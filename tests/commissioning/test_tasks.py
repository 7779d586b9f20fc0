"""What the worker and the schedule run."""

from datetime import timedelta

import pytest

from django.conf import settings
from django.utils import timezone

from accounts import jobs
from accounts.actions import end_membership
from accounts.models import Job, Membership, OrganisationIdentifier
from commissioning import actions
from commissioning.actions.imports import IMPORT
from commissioning.models import (
    Contract,
    ContractParty,
    ImportRun,
    NoticeUpload,
    OrganisationMatch,
    Procurement,
)
from commissioning.tasks import import_notices, remind_of_due_requests
from providers.models import Provider
from tests.commissioning.samples import a_contract, a_request, named_buyer, staged


def test_task_is_the_one_that_the_schedule_names():
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert remind_of_due_requests.name in names


@pytest.mark.django_db
def test_task_reminds_once(people):
    a_request(people, a_contract(people), due_on=timezone.localdate())
    assert [remind_of_due_requests(), remind_of_due_requests()] == [1, 0]


@pytest.fixture
def council(people):
    council = people.organisations["council"]
    OrganisationIdentifier.objects.create(organisation=council, scheme="GB-LAE", value="NBC")
    return council


def notices(council, number: int) -> list[dict]:
    return [named_buyer(council, "GB-LAE", "NBC", ocid=f"ocds-b5fd17-{at}") for at in range(number)]


def confirmed_run(actor, *bodies) -> ImportRun:
    return actions.confirm_notices(actor=actor, upload=staged(actor, *bodies))


@pytest.mark.django_db
def test_confirmed_file_waits_for_the_worker_and_is_imported_once(council, actor_of):
    run = confirmed_run(actor_of("priya"), *notices(council, 2))
    assert (run.job.kind, run.finished_at, Procurement.objects.count()) == (IMPORT, None, 0)
    for _ in range(2):
        jobs.run(run.job_id)
    run.refresh_from_db()
    assert (run.job.state, run.created_count, run.job.percent) == ("done", 2, 100)
    assert (NoticeUpload.objects.count(), ImportRun.objects.count()) == (0, 1)
    import_notices(run.job, lambda percent, message: None)
    assert Procurement.objects.count() == 2


@pytest.mark.django_db
def test_whoever_may_not_import_any_more_imports_nothing(people, council, actor_of):
    run = confirmed_run(actor_of("priya"), *notices(council, 1))
    place = Membership.objects.get(user=people.users["priya"])
    end_membership(actor=actor_of("adam"), membership=place)
    jobs.run(run.job_id)
    run.refresh_from_db()
    assert (run.job.state, run.finished_at, Procurement.objects.count()) == ("failed", None, 0)
    assert run.job.error == "Whoever confirmed it may not import any more. Upload the file again."


class WorkerDied(Exception):
    pass


@pytest.mark.django_db
def test_worker_that_dies_half_way_is_followed_by_one_that_says_the_same(council, actor_of):
    run = confirmed_run(actor_of("priya"), *notices(council, 3))

    def progress(percent, message):
        if message == "Process 3 of 3":
            raise WorkerDied

    with pytest.raises(WorkerDied):
        actions.import_confirmed(actor=actor_of("priya"), run=run, progress=progress)
    assert (Procurement.objects.count(), NoticeUpload.objects.count()) == (2, 1)
    before = dict(Procurement.objects.values_list("ocid", "pk"))
    jobs.run(run.job_id)
    run.refresh_from_db()
    assert (run.created_count, run.unchanged_count) == (3, 0)
    after = dict(Procurement.objects.values_list("ocid", "pk"))
    assert {ocid: after[ocid] for ocid in before} == before


@pytest.mark.django_db
def test_failed_import_is_tried_again_by_those_who_may(council, actor_of):
    run = confirmed_run(actor_of("priya"), *notices(council, 1))
    Job.objects.filter(pk=run.job_id).update(state="failed", finished_at=timezone.now())
    run.refresh_from_db()
    actions.retry_import(actor=actor_of("priya"), run=run)
    jobs.run(run.job_id)
    run.refresh_from_db()
    assert run.created_count == 1


@pytest.mark.django_db
def test_very_many_suppliers_come_in_parts_with_progress(council, actor_of):
    (notice,) = notices(council, 1)
    suppliers = [
        {
            "id": f"GB-COH-{number}",
            "name": f"Supplier {number} Ltd",
            "identifier": {"scheme": "GB-COH", "id": str(number)},
            "roles": ["supplier"],
        }
        for number in range(10_000_000, 10_001_300)
    ]
    notice["parties"] = [notice["parties"][0], *suppliers]
    notice["awards"][0]["suppliers"] = [{"id": row["id"]} for row in suppliers]
    run = confirmed_run(actor_of("priya"), notice)
    told = []

    def progress(percent, message):
        told.append((percent, message))
        if len(told) == 4:
            raise WorkerDied

    with pytest.raises(WorkerDied):
        actions.import_confirmed(actor=actor_of("priya"), run=run, progress=progress)
    assert Provider.objects.count() == 500
    actions.import_confirmed(
        actor=actor_of("priya"), run=run, progress=lambda *line: told.append(line)
    )
    assert told[4:] == [
        (5, "Reading the file"),
        (20, "Process 1 of 1"),
        (20, "Suppliers: 0 of 1,300"),
        (39, "Suppliers: 500 of 1,300"),
        (58, "Suppliers: 1,000 of 1,300"),
        (70, "The contract and its suppliers"),
    ]
    assert (Provider.objects.count(), ContractParty.objects.count()) == (1300, 1300)
    assert (run.created_count, OrganisationMatch.objects.count()) == (1, 0)
    names = Contract.objects.get().parties.values_list("provider__organisation__name", flat=True)
    assert list(names) == [row["name"] for row in suppliers]


@pytest.mark.django_db
def test_file_that_is_being_imported_is_not_dropped_with_those_that_waited_too_long(
    council, actor_of
):
    run = confirmed_run(actor_of("priya"), *notices(council, 1))
    NoticeUpload.objects.update(uploaded_at=timezone.now() - timedelta(days=9))
    staged(actor_of("priya"), *notices(council, 2))
    jobs.run(run.job_id)
    run.refresh_from_db()
    assert run.created_count == 1
