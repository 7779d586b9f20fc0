"""Files that once failed, each imported as it should be: rows, gaps and what is shown."""

from decimal import Decimal
from pathlib import Path

import pytest

from django.test import Client
from django.urls import reverse

from accounts import jobs
from accounts.access import Actor
from commissioning import actions, ocds
from commissioning.models import Contract, Lot, Procurement, PublishedAwardCriterion
from tests.commissioning.samples import named_buyer, staged
from tests.personas import create
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db
FAULTS = Path(__file__).parents[1] / "data" / "faults"
FORM = "field_in_another_form"


def brought(*names: str):
    files = [ocds.read_file(name, (FAULTS / name).read_bytes()) for name in names]
    assert [row for file in files for row in file.refused] == []
    result = actions.import_notices(actor=Actor.system("importer"), files=files)
    assert result.refused == []
    return result


@pytest.mark.parametrize("name", sorted(path.name for path in FAULTS.iterdir()))
def test_every_file_is_imported_whole_and_a_second_time_changes_nothing(name):
    first, second = brought(name), brought(name)
    assert first.count("created") == first.read > 0
    assert second.count("unchanged") == first.read


def test_criteria_as_a_code_are_kept_with_their_details():
    brought("award-criteria-is-a-code.json")
    rows = PublishedAwardCriterion.objects.order_by("procurement__ocid")
    assert [(row.name, row.description) for row in rows] == [
        ("ratedCriteria", "Price 40 %, quality 60 %"),
        ("bestProposal", ""),
        ("priceOnly", ""),
    ]


def test_number_that_means_no_limit_is_a_gap_of_its_record_alone():
    brought("number-that-means-no-limit.json")
    found = {row.ocid[-1]: row for row in Procurement.objects.all()}
    assert [found[key].value_gbp for key in "456"] == [0, 90_000, 250_000]
    assert ["number_unusable" in found[key].gaps for key in "456"] == [False, False, True]
    assert found["6"].unread_fields == [
        {"field": "tender/maxValue/amount", "published": "79228162514264337593543950335"}
    ]


def test_each_optional_field_in_another_form_is_named():
    brought("optional-fields-of-another-form.json")
    rows = Procurement.objects.order_by("ocid")
    assert [[row["field"] for row in one.unread_fields] for one in rows] == [
        ["tender/value"],
        ["tender/tenderPeriod"],
        ["tender/lots"],
        ["tender/items"],
        ["tender/documents"],
        ["tender/description"],
        ["tender/procurementMethod"],
        ["parties"],
        ["awards[0]/suppliers", "awards[0]/value/amount"],
    ]
    contract = Contract.objects.get()
    assert (FORM in contract.gaps, contract.unread_fields) == (
        True,
        [
            {"field": "award/suppliers", "published": "Supplier Ltd"},
            {"field": "award/value/amount", "published": "12,500.50"},
        ],
    )


def test_one_ocid_of_two_buyers_is_two_processes_whatever_comes_first():
    brought("reused-ocid-part-1.json", "reused-ocid-part-2.json")
    found = Procurement.objects.order_by("title")
    assert [(row.title, str(row.buyer)) for row in found] == [
        ("Grid transformers", "Westing Power"),
        ("Pipes and fittings", "Easting Water"),
    ]


def test_party_id_that_stands_for_another_firm_later_moves_no_award():
    brought("party-id-reused.json")
    assert {row.title: [str(p.provider) for p in row.parties.all()] for row in suppliers()} == {
        "Lot one": ["First Firm Ltd"],
        "Lot two": ["Second Firm Ltd"],
    }


def suppliers():
    return Contract.objects.prefetch_related("parties__provider__organisation")


def test_two_awards_of_one_id_stay_two_with_the_doubt_named():
    brought("duplicate-award-ids.json")
    rows = suppliers().order_by("value_gbp")
    assert [(row.value_gbp, [str(p.provider) for p in row.parties.all()]) for row in rows] == [
        (50_000, ["One Ltd"]),
        (70_000, ["Two Ltd"]),
    ]
    assert ["id_published_twice" in row.gaps for row in rows] == [False, True]


def test_amount_as_text_is_shown_and_never_read():
    brought("amount-as-text.json")
    row = Procurement.objects.get()
    assert (row.value_gbp, row.unread_fields) == (
        None,
        [{"field": "tender/value/amount", "published": "250,000.00"}],
    )


def test_net_and_gross_are_kept_apart():
    brought("net-and-gross.json")
    row, lot = Procurement.objects.get(), Lot.objects.get()
    assert (row.value_gbp, row.gross_amount, row.pounds_with_vat) == (180_000, 216_000, 216_000)
    assert (lot.published_amount, lot.pounds_with_vat) == (180_000, 216_000)


@pytest.fixture
def priya():
    people = create()
    return people, begin_session(Client(), people.users["priya"])


def test_page_shows_both_amounts_and_what_could_not_be_read(priya):
    people, browser = priya
    actor = Actor.of(people.users["priya"])
    tender = {
        "id": "T",
        "title": "Made-up befriending",
        "value": {"amount": 180000.5, "amountGross": 216000.6, "currency": "GBP"},
        "description": {"en": "text"},
    }
    body = named_buyer(people.organisations["council"], "GB-LAE", "TST", tender=tender)
    upload = staged(actor, body)
    key = next(iter(actions.preview_of(actor=actor, upload=upload)["buyers"]), None)
    preview = reverse("commissioning:notice-preview", args=[upload.reference])
    browser.post(preview, {"buyers": [key] if key else []})
    upload.refresh_from_db()
    jobs.run(upload.run.job_id)
    row = Procurement.objects.get()
    text = browser.get(reverse("commissioning:procurement-detail", args=[row.reference]))
    assert "£180,000.50 without VAT, £216,000.60 with VAT" in text.content.decode()
    assert "tender/description" in text.content.decode()
    start = browser.get(reverse("commissioning:exercise-start", args=[row.reference]))
    assert start.context["form"].initial["value_gbp"] == Decimal("216000.6")


def test_looking_at_a_preview_again_imports_nothing_again(priya, monkeypatch):
    people, browser = priya
    actor = Actor.of(people.users["priya"])
    body = named_buyer(people.organisations["council"], "GB-LAE", "TST")
    upload = staged(actor, body)
    path = reverse("commissioning:notice-preview", args=[upload.reference])
    assert browser.get(path).status_code == 200
    read = []
    monkeypatch.setattr(ocds, "read_file", lambda *given: read.append(given))
    assert browser.get(path).status_code == 200
    assert browser.post(path, {"buyers": []}).status_code == 302
    assert read == []
