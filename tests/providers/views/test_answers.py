"""The pages on which one answer is written."""

from decimal import Decimal

import pytest

from django.urls import reverse

from accounts.kept import FIELD, token_for
from providers import actions
from providers.models import Answer, MeasureAnswer
from tests.providers.samples import (
    a_framework,
    a_link,
    a_self_assessment,
    answer,
    figures,
    submitted,
)
from tests.signing_in import begin_session

TYPED = {"claimed_value": "2", "narrative": "Typed words.", "version": "0"}
AUTOSAVE = {"X-Autosave": "1"}


@pytest.fixture
def row(people):
    return a_self_assessment(people)


def address(row, code="A1", noun="answer"):
    return reverse(f"providers:{noun}-edit", args=[row.reference, "sample", code])


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.django_db
def test_answer_page_shows_what_is_asked(row, browse):
    text = text_of(browse("cara").get(address(row)))
    for words in ("A1 Title of A1", "Good.", "Poor.", "A policy", "3: Point 3", "What 3 is."):
        assert words in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("button", "target"),
    [
        ({}, lambda row: address(row, "A2")),
        (
            {"to_list": "1"},
            lambda row: reverse("providers:self-assessment-detail", args=[row.reference]),
        ),
        (
            {"add_evidence": "1"},
            lambda row: (
                reverse("providers:evidence-new-file")
                + f"?for={row.reference}&framework=sample&code=A1"
            ),
        ),
        ({"look": "1", "find": "gift policy"}, lambda row: f"{address(row)}?find=gift+policy"),
    ],
)
def test_every_button_saves_and_goes_on(row, browse, button, target):
    response = browse("cara").post(address(row), TYPED | button)
    assert (response.status_code, response["Location"]) == (302, target(row))
    assert Answer.objects.get().narrative == "Typed words."


@pytest.mark.django_db
def test_last_answer_goes_back_to_the_list(row, browse):
    response = browse("cara").post(address(row, "A2"), TYPED)
    assert response["Location"] == reverse("providers:self-assessment-detail", args=[row.reference])


@pytest.mark.django_db
def test_draft_is_saved_as_it_is_typed(row, browse):
    client = browse("cara")
    first = client.post(address(row), TYPED, headers=AUTOSAVE)
    second = client.post(address(row), TYPED | {"version": "1"}, headers=AUTOSAVE)
    assert [(r.status_code, r.json()["version"]) for r in (first, second)] == [(200, 1), (200, 2)]


@pytest.mark.django_db
def test_draft_that_needs_correcting_is_told_so(row, browse):
    response = browse("cara").post(
        address(row), {"not_applicable": "on", "version": "0"}, headers=AUTOSAVE
    )
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"not_applicable_reason"}
    assert not Answer.objects.exists()


@pytest.mark.django_db
def test_draft_of_an_older_version_is_told_so(row, browse, actor_of):
    answer(actor_of("sam"), row)
    response = browse("cara").post(address(row), TYPED, headers=AUTOSAVE)
    assert response.status_code == 409
    assert response.json()["conflict"]["version"] == 1


@pytest.mark.django_db
def test_both_versions_are_shown_and_saving_again_goes_on_from_the_newer(row, browse, actor_of):
    answer(actor_of("sam"), row, narrative="Sam's words.")
    client = browse("cara")
    response = client.post(address(row), TYPED)
    text = text_of(response)
    assert response.status_code == 409
    for words in ("A colleague saved a newer version", "Sam Doyle", "Sam&#x27;s words.",
                  "Typed words."):  # fmt: skip
        assert words in text
    assert Answer.objects.get().narrative == "Sam's words."
    assert client.post(address(row), TYPED | {"version": "1"}).status_code == 302
    assert Answer.objects.get().narrative == "Typed words."


@pytest.mark.django_db
def test_text_typed_into_a_lapsed_session_is_kept_and_offered(row, client, people, actor_of):
    held = answer(actor_of("sam"), row, not_applicable=True, not_applicable_reason="None.")
    note = {FIELD: token_for(people.users["cara"], "a session"), "version": str(held.version)}
    typed = TYPED | note
    assert client.post(address(row), typed, headers=AUTOSAVE).status_code == 401
    assert client.post(address(row), typed)["Location"].startswith(reverse("account_login"))
    assert Answer.objects.get().narrative == "Our board looks at it."
    begin_session(client, people.users["cara"])
    response = client.get(address(row))
    assert "Typed words." in text_of(response)
    assert not response.context["form"]["not_applicable"].value()
    assert client.post(address(row), typed, headers=AUTOSAVE).status_code == 200
    assert "was kept" not in text_of(client.get(address(row)))


@pytest.mark.django_db
def test_text_typed_into_what_a_colleague_submitted_is_not_lost(row, browse, people):
    submitted(people, row)
    client = browse("cara")
    response = client.post(address(row), TYPED)
    assert response.status_code == 409
    assert "Its answers cannot change." in text_of(response)
    assert "Typed words." in text_of(response)
    told = client.post(address(row), TYPED, headers=AUTOSAVE)
    assert (told.status_code, told.json()["conflict"]["version"]) == (409, None)
    detail = reverse("providers:self-assessment-detail", args=[row.reference])
    assert client.get(address(row))["Location"] == detail


@pytest.mark.django_db
def test_earlier_answer_is_offered_with_its_date_and_used(row, browse, people, actor_of):
    sam, earlier = actor_of("sam"), a_self_assessment(people, title="Meals at home")
    item = a_link(sam)
    answer(sam, earlier, "A1", claimed_value=3, narrative="Said before.", evidence=[item])
    answer(sam, earlier, "A2")
    receipt = actions.submit_self_assessment(actor=sam, self_assessment=earlier)
    client, former = browse("cara"), earlier.answers.get(criterion__code="A1")
    text = text_of(client.get(address(row)))
    for words in (f"{receipt.submitted_at.day} ", "City of Doncaster Council", "Said before.",
                  "Annual report", f"?reuse={former.pk}"):  # fmt: skip
        assert words in text
    form = client.get(address(row), {"reuse": former.pk}).context["form"]
    assert (form["claimed_value"].value(), form["narrative"].value()) == (3, "Said before.")
    assert form["evidence"].value() == [item.pk]
    assert form["version"].value() == 0
    foreign = client.get(address(row), {"reuse": 10**9})
    assert foreign.context["reused"] is None


@pytest.mark.django_db
def test_evidence_is_looked_for_by_title(row, browse, actor_of):
    for title in ("Gift policy", "Annual report"):
        a_link(actor_of("sam"), title=title)
    form = browse("cara").get(address(row), {"find": "gift"}).context["form"]
    assert [str(item) for item in form.fields["evidence"].queryset] == ["Gift policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["A3", "A4", "T1", "nothing"])
def test_page_of_what_is_not_asked_is_not_there(row, browse, code):
    assert browse("cara").get(address(row, code)).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("noun", ["answer", "measure"])
def test_another_providers_page_is_not_there(row, browse, noun):
    code = "A1" if noun == "answer" else "M1"
    assert browse("hana").get(address(row, code, noun)).status_code == 404
    assert browse("hana").post(address(row, code, noun), TYPED).status_code == 404


@pytest.mark.django_db
def test_figures_are_saved_by_button_and_as_typed(row, browse):
    client = browse("cara")
    typed = {"committed_quantity": "120.50", "committed_basis": "yearly",
             "delivered_quantity": "", "attribution_percent": "75", "version": "0"}  # fmt: skip
    told = client.post(address(row, "M1", "measure"), typed, headers=AUTOSAVE)
    assert told.json()["version"] == 1
    response = client.post(address(row, "M1", "measure"), typed | {"version": "1"})
    assert response.status_code == 302
    held = MeasureAnswer.objects.get()
    assert (held.committed_quantity, held.delivered_quantity) == (Decimal("120.50"), None)


@pytest.mark.django_db
def test_figures_of_a_colleague_are_shown_beside_ones_own(row, browse, actor_of):
    figures(actor_of("sam"), row)
    client = browse("cara")
    typed = {"committed_quantity": "7", "committed_basis": "yearly", "attribution_percent": "75",
             "version": "0"}  # fmt: skip
    response = client.post(address(row, "M1", "measure"), typed)
    assert response.status_code == 409
    for words in ("Committed: 120.50 hours. Delivered: 40 hours. Attribution: 75%.", 'value="7"'):
        assert words in text_of(response)
    assert client.post(address(row, "M1", "measure"), typed, headers=AUTOSAVE).status_code == 409
    wrong = client.post(
        address(row, "M1", "measure"), typed | {"committed_quantity": "x"}, headers=AUTOSAVE
    )
    assert set(wrong.json()["errors"]) == {"committed_quantity"}


@pytest.mark.django_db
def test_measure_that_is_met_or_not_asks_yes_or_no_and_shows_it(row, browse):
    client = browse("cara")
    text = text_of(client.get(address(row, "M2", "measure")))
    assert "Is this committed?" in text
    assert "caused by this contract" not in text
    client.post(
        address(row, "M2", "measure"),
        {"committed_quantity": "1", "delivered_quantity": "0", "version": "0"},
    )
    form = client.get(address(row, "M2", "measure")).context["form"]
    assert [str(form[name].value()) for name in ("committed_quantity", "delivered_quantity")] == [
        "1", "0",
    ]  # fmt: skip
    check = reverse("providers:self-assessment-check", args=[row.reference])
    cells = [" ".join(cell.split()) for cell in text_of(client.get(check)).split("<td")]
    assert [cell for cell in cells if cell.endswith((">Yes</td>", ">No</td>"))] != []
    assert "Over the whole contract" not in text_of(client.get(check))


@pytest.mark.django_db
def test_deadweight_is_asked_only_where_the_values_are_gross(people, browse):
    gross, net = a_self_assessment(people, asks_deadweight=True), a_self_assessment(people)
    client = browse("cara")
    assert "This is called deadweight" in text_of(client.get(address(gross, "M1", "measure")))
    assert "deadweight" not in text_of(client.get(address(net, "M1", "measure")))
    assert a_framework().measures.count() == 2
