from datetime import date
from decimal import Decimal

import pytest

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.access import Actor
from principles import actions
from principles.models import UnitValue, ValueSet
from principles.value_files import ValueRow, ValueSetTerms
from tests.principles.test_forms import GOOD
from tests.signing_in import begin_session

ADD = "principles:value-set-add"
HEADING = "measure,unit,value_gbp,locality,source,date\n"
ROW = "NT1,FTE people,123.45,Essex,County table,2026-01-01\n"


def posted(values, **changes):
    data = {**GOOD, **changes}
    for index, part in enumerate(("day", "month", "year")):
        data[f"in_force_from_{part}"] = data.pop(f"in_force_from_{index}")
    return {**data, "file": SimpleUploadedFile("v.csv", (HEADING + values).encode())}


def publish(organisation, edition, label="v-1", rows=1):
    terms = ValueSetTerms(f"Set {label}", label, "Ours", date(2026, 1, 1), None, False, False)
    codes = ("NT24", "NT25", "NT26")[:rows]
    return actions.publish_value_set(
        actor=Actor.system("test"),
        owner=organisation,
        edition=edition,
        terms=terms,
        rows=[
            ValueRow(code, "£ invested", Decimal(1), "", "S", date(2026, 1, 1)) for code in codes
        ],
    ).value_set


def test_bad_file_lists_every_problem_and_saves_nothing(browse, editions):
    values = "NT1,FTE people,0,,S,2026-01-01\nNT99,x,1,,S,soon\n"
    page = browse("priya").post(reverse(ADD), posted(values)).content.decode()
    assert "The file has 3 problems. Nothing was saved." in page
    assert "NT99 is not a measure of this edition" in page
    assert "<title>Error: Add a value set" in page
    assert not ValueSet.objects.exists()


def test_good_file_is_previewed_and_then_published(browse, editions, people):
    client = browse("priya")
    preview = client.post(reverse(ADD), posted(ROW))
    assert "123.45" in preview.content.decode()
    assert "NT3, NT4" in preview.content.decode()
    assert not ValueSet.objects.exists()
    response = client.post(reverse(ADD), {"preview": preview.context["preview"]})
    value_set = ValueSet.objects.get()
    assert response.url == reverse("principles:value-set-detail", args=(value_set.reference,))
    assert value_set.owner == people.organisations["council"]
    assert str(UnitValue.objects.get().value_gbp) == "123.45"


def test_publishing_twice_makes_one_set(browse, editions):
    client = browse("adam")
    preview = client.post(reverse(ADD), posted(ROW)).context["preview"]
    for _time in range(2):
        assert client.post(reverse(ADD), {"preview": preview}).status_code == 302
    assert ValueSet.objects.count() == 1


def test_label_in_use_is_said_and_saves_nothing(browse, editions):
    client = browse("priya")
    for row in (ROW, ROW.replace("123", "124")):
        preview = client.post(reverse(ADD), posted(row)).context["preview"]
        response = client.post(reverse(ADD), {"preview": preview}, follow=True)
    assert "Give this one another label" in response.content.decode()
    assert ValueSet.objects.count() == 1


@pytest.mark.parametrize("spoil", [lambda text: text + "x", lambda text: ""])
def test_spoilt_preview_is_refused(browse, editions, spoil):
    client = browse("priya")
    preview = client.post(reverse(ADD), posted(ROW)).context["preview"]
    response = client.post(reverse(ADD), {"preview": spoil(preview)}, follow=True)
    assert "Choose the file again" in response.content.decode()
    assert not ValueSet.objects.exists()


def test_preview_of_another_organisation_is_refused(client, people, editions):
    begin_session(client, people.users["priya"])
    preview = client.post(reverse(ADD), posted(ROW)).context["preview"]
    begin_session(client, people.users["mei"])
    client.post(reverse(ADD), {"preview": preview})
    assert not ValueSet.objects.exists()


def test_form_errors_come_before_the_file_is_read(browse, editions):
    page = browse("priya").post(reverse(ADD), posted(ROW, title="")).content.decode()
    assert "Enter a title" in page
    assert "<title>Error: Add a value set" in page


@pytest.mark.parametrize(
    ("person", "status"),
    [("priya", 200), ("adam", 200), ("mei", 200), ("evan", 403), ("cara", 403), ("sam", 403),
     ("oscar", 403), ("olive", 403)],
)  # fmt: skip
def test_adding_is_for_keepers_of_commissioning_bodies(browse, editions, person, status):
    assert browse(person).get(reverse(ADD)).status_code == status


def test_list_offers_adding_to_keepers_only(browse, editions):
    url = reverse("principles:value-set-list")
    assert browse("priya").get(url).context["may_add"]
    assert not browse("evan").get(url).context["may_add"]


def test_detail_is_not_found_for_others(browse, editions, people):
    value_set = publish(people.organisations["council"], editions["national-toms"])
    url = reverse("principles:value-set-detail", args=(value_set.reference,))
    assert browse("evan").get(url).status_code == 200
    assert browse("mei").get(url).status_code == 404


def test_illustrative_set_is_marked(browse, illustrative):
    url = reverse("principles:value-set-detail", args=(illustrative.reference,))
    page = browse("cara").get(url).content.decode()
    assert "These figures are illustrative." in page


def test_withdrawing_asks_first(browse, editions, people):
    value_set = publish(people.organisations["council"], editions["national-toms"])
    url = reverse("principles:value-set-withdraw", args=(value_set.reference,))
    client = browse("priya")
    assert "Withdraw Set v-1?" in client.get(url).content.decode()
    page = client.post(url, follow=True).content.decode()
    assert "This set is withdrawn" in page
    assert "Withdraw this value set" not in page


def test_withdrawing_the_installations_set_is_refused_to_a_council(browse, illustrative):
    url = reverse("principles:value-set-withdraw", args=(illustrative.reference,))
    assert browse("priya").get(url).status_code == 403
    assert browse("priya").post(url).status_code == 403


def test_empty_file_reads_back_with_only_what_is_left_to_fill_in(browse, editions):
    response = browse("priya").get(
        reverse("principles:value-file", args=("national-toms", "2019.1"))
    )
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 38
    assert lines[:2] == [HEADING.strip(), "NT1,FTE people,,,,"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_1_and_3(browse, editions, people, library_queries, count):
    for number in range(count):
        publish(people.organisations["council"], editions["national-toms"], f"v-{number}")
    client = browse("priya")
    url = reverse("principles:value-set-list")
    assert library_queries(lambda: client.get(url)) == 2
    assert len(client.get(url).context["page"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_detail_takes_the_same_queries_for_1_and_3(
    browse, editions, people, library_queries, count
):
    value_set = publish(people.organisations["council"], editions["national-toms"], rows=count)
    client = browse("priya")
    url = reverse("principles:value-set-detail", args=(value_set.reference,))
    assert library_queries(lambda: client.get(url)) == 3
    assert len(client.get(url).context["page"]) == count
