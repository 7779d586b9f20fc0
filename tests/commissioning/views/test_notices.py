"""Upload, preview, confirm."""

import pytest

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts import jobs
from accounts.models import Job, OrganisationIdentifier
from commissioning.models import Contract, ImportRun, NoticeUpload
from tests.commissioning.samples import a_package, a_release, imported
from tests.signing_in import begin_session


@pytest.fixture
def council(people):
    council = people.organisations["council"]
    OrganisationIdentifier.objects.create(organisation=council, scheme="GB-LAE", value="ASH")
    return council


def post_file(client, content: bytes):
    file = SimpleUploadedFile("notices.json", content, content_type="application/json")
    return client.post(reverse("commissioning:notice-upload"), {"file": file}, follow=True)


@pytest.mark.django_db
def test_upload_shows_what_would_happen_and_writes_nothing(council, browse):
    foreign = a_release("ocds-b5fd17-oth1")
    foreign["parties"][0] |= {"id": "GB-CFS-8", "identifier": {"scheme": "GB-LAE", "id": "X"}}
    foreign["buyer"] = {"id": "GB-CFS-8"}
    page = post_file(browse("priya"), a_package(a_release(), foreign))
    text = page.content.decode()
    assert "Nothing has been imported yet" in text
    assert "You import the notices of City of Doncaster Council only." in text
    assert (Contract.objects.count(), NoticeUpload.objects.count()) == (0, 1)


@pytest.mark.django_db
def test_confirming_imports_and_leads_to_the_record(council, browse):
    client = browse("priya")
    preview = post_file(client, a_package(a_release())).request["PATH_INFO"]
    page = client.post(preview, follow=True)
    run = ImportRun.objects.get()
    path = reverse("commissioning:import-detail", args=[run.reference])
    assert page.request["PATH_INFO"] == path
    assert "The file is imported in the background" in page.content.decode()
    state = client.get(f"{path}state/").json()
    assert (state["state"], state["percent"]) == ("queued", 0)
    assert "Queued" in client.get(reverse("commissioning:import-list")).content.decode()
    assert client.get(preview).status_code == 404
    jobs.run(run.job_id)
    assert Contract.objects.get().commissioner.organisation == council
    assert client.get(f"{path}state/").json()["state"] == "done"
    assert "Leisure centre cleaning" in client.get(path).content.decode()


@pytest.mark.django_db
def test_failed_import_says_why_and_is_tried_again(council, browse):
    client = browse("priya")
    client.post(post_file(client, a_package(a_release())).request["PATH_INFO"])
    run = ImportRun.objects.get()
    Job.objects.update(state="failed", finished_at=run.started_at, error="The disk is full.")
    path = reverse("commissioning:import-detail", args=[run.reference])
    text = client.get(path).content.decode()
    assert ("The disk is full." in text, "Try again" in text) == (True, True)
    client.post(f"{path}retry/")
    jobs.run(run.job_id)
    assert Contract.objects.count() == 1


@pytest.mark.django_db
def test_unreadable_file_is_refused_on_the_page(browse):
    page = post_file(browse("priya"), b'{"releases": [')
    assert "The file is not valid JSON" in page.content.decode()
    assert "<title>Error: Upload notices" in page.content.decode()
    assert NoticeUpload.objects.count() == 0


@pytest.mark.django_db
def test_buyer_of_the_own_name_is_asked_about(people, browse):
    release = a_release()
    release["parties"][0] = {"id": "GB-CFS-9", "name": people.organisations["council"].name}
    release["buyer"] = {"id": "GB-CFS-9"}
    client = browse("priya")
    page = post_file(client, a_package(release))
    assert "Are these buyers your organisation?" in page.content.decode()
    (key,) = page.context["form"].fields["buyers"].choices[0][:1]
    client.post(page.request["PATH_INFO"], {"buyers": [key]})
    jobs.run(ImportRun.objects.get().job_id)
    assert Contract.objects.count() == 1


@pytest.mark.django_db
def test_upload_of_another_council_is_not_found(council, browse, client, people):
    path = post_file(browse("priya"), a_package(a_release())).request["PATH_INFO"]
    begin_session(client, people.users["mei"])
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404
    assert client.post(f"{path}discard/").status_code == 404


@pytest.mark.django_db
def test_discarding_asks_first(council, browse):
    client = browse("priya")
    path = post_file(client, a_package(a_release())).request["PATH_INFO"]
    assert client.get(f"{path}discard/").status_code == 200
    assert NoticeUpload.objects.count() == 1
    client.post(f"{path}discard/")
    assert NoticeUpload.objects.count() == 0


@pytest.mark.django_db
def test_run_of_the_command_is_the_operators_to_read(people, browse, client):
    run = imported(a_release(), a_release("ocds-b5fd17-bad1", buyer={}, parties=[])).run
    path = reverse("commissioning:import-detail", args=[run.reference])
    assert browse("priya").get(path).status_code == 404
    begin_session(client, people.users["olive"])
    page = client.get(path)
    assert "names no buyer" in page.content.decode()
    assert "/procurements/" not in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["evan", "anna", "adam", "sam", "oscar", "olive"])
def test_upload_page_is_shut_to_others(browse, name):
    assert browse(name).get(reverse("commissioning:notice-upload")).status_code == 403


@pytest.mark.django_db
def test_import_by_command_that_has_not_finished_says_so(browse):
    run = ImportRun.objects.create(started_by_label="system: importer", started_at=timezone.now())
    text = browse("olive").get(reverse("commissioning:import-detail", args=[run.reference]))
    assert "The import command has not finished." in text.content.decode()
