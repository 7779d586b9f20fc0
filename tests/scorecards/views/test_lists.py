"""The list of scorecards: filters, order, pages, CSV, and the trail of an auditor."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from commissioning.actions import give_engagement
from commissioning.models import AuditEngagement, Commissioner
from scorecards.models import FrameworkResult, PrincipleResult, Scorecard
from tests.commissioning.samples import a_contract
from tests.scorecards.samples import a_scorecard, answered, asked, declared

LIST, CSV = reverse("scorecards:scorecard-list"), reverse("scorecards:scorecard-csv")
TODAY = timezone.localdate()


def titled(people, title, value=None, body="council", provider="firm", **changes) -> Scorecard:
    contract = a_contract(
        people, body, provider, title=title, value_gbp=None if value is None else Decimal(value)
    )
    row = a_scorecard(people, body, provider, contract=contract)
    Scorecard.objects.filter(pk=row.pk).update(**changes)
    return row


def settled(people, title, value, opinion, hundredths, days_ago=0, **changes) -> Scorecard:
    """A row as sign-off leaves it, with the results that lists filter by."""
    row = asked(people, titled(people, title, value, **changes))
    Scorecard.objects.filter(pk=row.pk).update(
        stage="signed_off", opinion=opinion, assessed_on=TODAY - timedelta(days=days_ago)
    )
    FrameworkResult.objects.create(
        scorecard=row, framework_code="sample", title="Sample framework", opinion=opinion,
        hundredths_of_percent=hundredths,
    )  # fmt: skip
    PrincipleResult.objects.create(
        scorecard=row, framework_code="sample", principle_code="A", title="Title of A",
        hundredths_of_percent=hundredths,
    )  # fmt: skip
    return row


def engage(people, actor_of, **changes):
    given = {"scope": "everything", "starts_on": TODAY, "ends_on": TODAY}
    return give_engagement(
        actor=actor_of("adam"), assurance_body=people.organisations["auditors"], **given | changes
    )


def shown(client, **query) -> list[str]:
    return [row.contract.title for row in client.get(LIST, query).context["page"]]


def exported(client, **query) -> list[dict]:
    response = client.get(CSV, query)
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def three(people, actor_of):
    """Alpha, Beta and Gamma of the council, and Delta of the small council."""
    engage(people, actor_of)
    settled(people, "Alpha", 500, "reasonable", 7000, days_ago=40)
    settled(people, "Beta", 90_000, "limited", 4500, provider="charity")
    titled(people, "Gamma")
    titled(people, "Delta", 7, body="small_council")
    return Commissioner.objects.get(organisation=people.organisations["council"]).organisation_id


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"Alpha", "Beta", "Gamma"}),
        ({"title": "ALPH"}, {"Alpha"}),
        ({"provider": "harbour"}, {"Beta"}),
        ({"opinion": "limited"}, {"Beta"}),
        ({"stage": "draft"}, {"Gamma"}),
        ({"below": "70"}, {"Beta"}),
        ({"below": "70.01"}, {"Alpha", "Beta"}),
        ({"below": "45", "principle": "sample:A"}, set()),
        ({"below": "45.5", "principle": "sample:A"}, {"Beta"}),
        ({"principle": "sample:A"}, {"Alpha", "Beta", "Gamma"}),
        ({"signed_from": TODAY.isoformat()}, {"Beta"}),
        ({"signed_to": (TODAY - timedelta(days=1)).isoformat()}, {"Alpha"}),
        ({"value_from": "500", "value_to": "501"}, {"Alpha"}),
        ({"value_from": "501"}, {"Beta"}),
        ({"stage": "draft", "opinion": "limited"}, set()),
    ],
)
def test_each_filter_gives_its_rows_on_page_and_in_csv(three, browse, query, expected):
    client = browse("oscar")
    assert set(shown(client, **query)) == expected
    assert {row["contract_title"] for row in exported(client, **query)} == expected


@pytest.mark.django_db
def test_commissioner_filter_offers_what_the_viewer_sees(three, browse, people):
    client = browse("oscar")
    choices = client.get(LIST).context["filter"].form.fields["commissioner"].queryset
    assert list(choices) == [people.organisations["council"]]
    assert set(shown(client, commissioner=three)) == {"Alpha", "Beta", "Gamma"}
    offered = client.get(LIST).context["filter"].form.fields["principle"].choices
    assert ("sample:A", "A Title of A") in offered


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("contract", ["Alpha", "Beta", "Gamma"]),
        ("-contract", ["Gamma", "Beta", "Alpha"]),
        ("value", ["Alpha", "Beta", "Gamma"]),
        ("-value", ["Beta", "Alpha", "Gamma"]),
        ("provider", ["Gamma", "Alpha", "Beta"]),
        ("-provider", ["Beta", "Gamma", "Alpha"]),
        ("commissioner", ["Gamma", "Beta", "Alpha"]),
        ("nonsense", ["Gamma", "Beta", "Alpha"]),
    ],
)
def test_each_order_is_the_same_on_page_and_in_csv(three, browse, order, expected):
    client = browse("oscar")
    now = timezone.now()
    for at, title in enumerate(("Alpha", "Beta", "Gamma")):
        Scorecard.objects.filter(contract__title=title).update(stage_at=now + timedelta(minutes=at))
    assert shown(client, order=order) == expected
    assert [row["contract_title"] for row in exported(client, order=order)] == expected


@pytest.mark.django_db
def test_pages_hold_every_row_once(people, actor_of, browse):
    engage(people, actor_of)
    for number in range(27):
        titled(people, f"Contract {number}", 5)
    client = browse("oscar")
    pages = [shown(client, order="value", page=number) for number in (1, 2)]
    assert [len(page) for page in pages] == [25, 2]
    assert len({*pages[0], *pages[1]}) == 27
    assert len(exported(client, order="value", page=2)) == 27


@pytest.mark.django_db
def test_csv_neutralises_formulas_and_gives_values(people, actor_of, browse):
    engage(people, actor_of)
    titles = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "Plain, with “quotes”"]
    for title in titles:
        titled(people, title, 1234)
    rows = exported(browse("oscar"), order="contract")
    assert {row["contract_title"] for row in rows} == {
        "'=HYPERLINK(1)", "'+1", "'-1", "'@SUM(A1)", "'\tx", "Plain, with “quotes”",
    }  # fmt: skip
    assert {(row["contract_value_gbp"], row["stage"], row["opinion"]) for row in rows} == {
        ("1234", "draft", "")
    }
    response = browse("oscar").get(CSV)
    assert response["Content-Disposition"] == 'attachment; filename="scorecards.csv"'


@pytest.mark.django_db
def test_auditors_opening_is_in_the_trail_without_typed_words(three, browse):
    client = browse("oscar")
    client.get(LIST, {"title": "Alpha", "stage": "draft", "other": "words", "below": "x"})
    exported(client, opinion="limited", provider="harbour")
    browse("priya").get(LIST)
    events = AuditEvent.objects.filter(verb="scorecard_list.opened").order_by("pk")
    assert [(event.actor_label, event.facts) for event in events] == [
        ("Oscar Fenwick", {"what": "list", "rows": 0, "filters": {"stage": "draft"}}),
        ("Oscar Fenwick", {"what": "csv", "rows": 1, "filters": {"opinion": "limited"}}),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "expected"), [("oscar", 13), ("priya", 10)])
def test_list_asks_as_much_for_three_rows_as_for_one(people, actor_of, browse, name, expected):
    engage(people, actor_of)
    client = browse(name)

    def counted() -> tuple[int, list[str]]:
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            titles = shown(client)
        return len(queries), titles

    settled(people, "First", 1, "limited", 10)
    assert counted() == (expected, ["First"])
    settled(people, "Second", 2, "limited", 20)
    titled(people, "Third", 3)
    assert counted() == (expected, ["Third", "Second", "First"])


@pytest.mark.django_db
def test_csv_asks_as_much_for_three_rows_as_for_one(people, actor_of, browse):
    engage(people, actor_of)
    client = browse("oscar")

    def counted() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            rows = exported(client)
        return len(queries), len(rows)

    settled(people, "First", 1, "limited", 10)
    counted()
    one = counted()
    settled(people, "Second", 2, "limited", 20)
    titled(people, "Third", 3)
    assert (one, counted()) == ((11, 1), (11, 3))


@pytest.mark.django_db
def test_list_names_the_cases_that_wait_for_a_declaration(people, browse):
    row = answered(people, asked(people, titled(people, "Waiting", 1)))
    text = browse("evan").get(LIST).content.decode()
    assert "Waiting for your declaration of interests" in text
    assert "None found." in text
    declared(people, row, "evan")
    assert "Waiting for your declaration" not in browse("evan").get(LIST).content.decode()


@pytest.mark.django_db
def test_engagement_of_named_contracts_shows_those_between_its_days(people, actor_of, browse):
    named = titled(people, "Named")
    titled(people, "Other")
    engage(people, actor_of, scope="named_contracts", contracts=[named.contract])
    assert shown(browse("oscar")) == ["Named"]
    for start, end in ((1, 5), (-5, -1)):
        days = {
            "starts_on": TODAY + timedelta(days=start), "ends_on": TODAY + timedelta(days=end),
        }  # fmt: skip
        AuditEngagement.objects.update(**days)
        assert shown(browse("oscar")) == []
