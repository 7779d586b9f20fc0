"""Nothing typed is lost, and nothing is kept that should not be."""

import pytest

from django.core import signing
from django.test import Client
from django.urls import reverse

from accounts import kept
from accounts.actions import shut_account
from accounts.models import KeptText
from tests.signing_in import begin_session

pytestmark = pytest.mark.django_db

PATH = "/evidence/new/link/"


def post(client, user, path=PATH, **fields):
    return client.post(path, {kept.FIELD: kept.token_for(user, "a session"), **fields})


def test_post_without_session_is_kept_and_leads_to_sign_in(client, people):
    answer = post(client, people.users["sam"], title="A typed title")
    row = KeptText.objects.get()
    assert (row.user, row.path, row.fields) == (
        people.users["sam"],
        PATH,
        {"title": ["A typed title"]},
    )
    assert (
        answer["Location"] == f"{reverse('account_login')}?next=%2Fevidence%2Fnew%2Flink%2F&kept=1"
    )


def test_kept_text_lies_sealed_in_the_database(client, people):
    post(client, people.users["sam"], title="Marmalade")
    sealed = bytes(KeptText.objects.get().sealed)
    assert (b"Marmalade" in sealed, b"title" in sealed) == (False, False)


@pytest.mark.parametrize(
    "moved", [{"path": "/elsewhere/"}, {"user": "hana"}], ids=["page", "person"]
)
def test_kept_text_that_was_moved_in_the_database_opens_no_more(client, people, moved):
    post(client, people.users["sam"], title="Marmalade")
    if "user" in moved:
        moved = {"user": people.users[moved["user"]]}
    KeptText.objects.update(**moved)
    assert KeptText.objects.get().fields == {}


def test_kept_text_of_another_secret_is_no_more_and_breaks_no_page(client, people, settings):
    post(client, people.users["sam"], title="Marmalade")
    settings.SEALING_KEY = "ab" * 32
    begin_session(client, people.users["sam"])
    answer = client.get(PATH)
    assert (answer.status_code, answer.context["form"].initial) == (200, {})


def test_kept_text_is_offered_in_the_form_after_sign_in(client, people):
    post(client, people.users["sam"], title="A typed title")
    begin_session(client, people.users["sam"])
    assert client.get(PATH).context["form"].initial["title"] == "A typed title"


def test_kept_text_is_gone_once_the_form_was_saved(client, people):
    post(client, people.users["sam"], title="A typed title")
    begin_session(client, people.users["sam"])
    answer = client.post(PATH, {"title": "A typed title", "url": "https://www.example.org/"})
    assert (answer.status_code, KeptText.objects.count()) == (302, 0)


def test_kept_text_stays_while_the_form_has_errors(client, people):
    post(client, people.users["sam"], title="A typed title")
    begin_session(client, people.users["sam"])
    client.post(PATH, {"title": "A typed title", "url": "nonsense"})
    assert KeptText.objects.count() == 1


def test_kept_text_of_another_account_is_not_offered(client, people):
    post(client, people.users["sam"], title="A typed title")
    begin_session(client, people.users["hana"])
    assert client.get(PATH).context["form"].initial == {}


def test_second_post_to_the_page_replaces_the_first(client, people):
    post(client, people.users["sam"], title="First")
    post(client, people.users["sam"], title="Second")
    assert [row.fields for row in KeptText.objects.all()] == [{"title": ["Second"]}]


def test_autosave_without_session_is_told_that_the_text_is_kept(client, people):
    answer = client.post(
        PATH,
        {kept.FIELD: kept.token_for(people.users["sam"], "a session"), "title": "A typed title"},
        headers={"X-Autosave": "1"},
    )
    assert (answer.status_code, answer.json()) == (401, {"signed_out": True, "kept": True})


@pytest.mark.parametrize(
    "token",
    ["", "nonsense", signing.dumps(1, salt="another")],
    ids=["none", "nonsense", "another salt"],
)
def test_post_with_forged_note_keeps_nothing(client, people, token):
    answer = client.post(PATH, {kept.FIELD: token, "title": "A typed title"})
    assert (KeptText.objects.count(), answer["Location"]) == (
        0,
        f"{reverse('account_login')}?next=%2Fevidence%2Fnew%2Flink%2F",
    )


def test_post_for_an_account_that_was_closed_keeps_nothing(client, people, actor_of):
    user = people.users["sam"]
    shut_account(actor=actor_of("olive"), user=user, reason="Left")
    post(client, user, title="A typed title")
    assert KeptText.objects.count() == 0


def test_post_from_before_a_new_password_keeps_nothing(client, people):
    user = people.users["sam"]
    note = kept.token_for(user, "a session")
    user.set_password("four other random words")
    user.save()
    client.post(PATH, {kept.FIELD: note, "title": "A typed title"})
    assert KeptText.objects.count() == 0


def test_post_to_a_page_that_does_not_exist_keeps_nothing(client, people):
    post(client, people.users["sam"], path="/no/such/page/", title="A typed title")
    assert KeptText.objects.count() == 0


def test_pages_that_are_kept_within_a_day_are_limited(client, people):
    sam = people.users["sam"]
    for number in range(kept.MOST_PAGES_A_DAY + 1):
        post(client, sam, path=f"/people/{number}/roles/", title="A typed title")
    assert KeptText.objects.filter(user=sam).count() == kept.MOST_PAGES_A_DAY
    # The page that is kept already may still be kept anew, and nobody else is held up.
    post(client, sam, path="/people/0/roles/", title="Newer")
    post(client, people.users["hana"], title="Hers")
    assert sorted(set(KeptText.objects.values_list("user__full_name", flat=True))) == [
        "Hana Yusuf",
        "Sam Doyle",
    ]
    assert KeptText.objects.get(path="/people/0/roles/").fields == {"title": ["Newer"]}


def test_bytes_that_are_kept_within_a_day_are_limited(client, people):
    each = kept.MOST_CHARACTERS
    for number in range(kept.MOST_BYTES_A_DAY // each + 3):
        post(client, people.users["sam"], path=f"/people/{number}/roles/", title="x" * each)
    kept_bytes = sum(len(bytes(row.sealed)) for row in KeptText.objects.all())
    assert kept_bytes <= kept.MOST_BYTES_A_DAY + 2 * each


def test_passwords_are_never_kept(client, people):
    post(client, people.users["sam"], password="secret words", new_password1="secret", title="Mine")
    assert KeptText.objects.get().fields == {"title": ["Mine"]}


def test_post_that_is_too_long_is_not_kept(client, people):
    post(client, people.users["sam"], title="x" * (kept.MOST_CHARACTERS + 1))
    assert KeptText.objects.count() == 0


def test_form_out_of_date_keeps_its_text(people):
    client = Client(enforce_csrf_checks=True)
    begin_session(client, people.users["sam"])
    answer = post(client, people.users["sam"], title="A typed title")
    assert (answer.status_code, KeptText.objects.get().fields) == (
        403,
        {"title": ["A typed title"]},
    )
    assert "What you typed has been kept" in answer.content.decode()


def test_form_out_of_date_without_note_keeps_nothing(people):
    client = Client(enforce_csrf_checks=True)
    begin_session(client, people.users["sam"])
    answer = client.post(PATH, {"title": "A typed title"})
    assert (answer.status_code, KeptText.objects.count()) == (403, 0)


def test_several_values_of_a_field_come_back_as_a_list(rf, people, actor_of):
    request = rf.post(
        PATH, {kept.FIELD: kept.token_for(people.users["sam"], "a session"), "roles": ["a", "b"]}
    )
    assert kept.keep(request)
    again = rf.get(PATH)
    again.actor, again.user = actor_of("sam"), people.users["sam"]
    assert kept.kept_initial(again) == {"roles": ["a", "b"]}


def test_signing_out_discards_what_was_kept_for_that_page(client, people):
    begin_session(client, people.users["sam"])
    answer = client.post(reverse("account_logout"))
    assert (answer.status_code, client.get(reverse("accounts:home")).status_code) == (302, 302)
