"""Pages on which a procurement is designed, in the order in which people use them."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import OrganisationIdentifier
from commissioning import actions
from commissioning.actions.exercises import (
    FRAMEWORK_SETTINGS,
    GENERAL_SETTINGS,
    LIMIT_SETTINGS,
)
from commissioning.inputs import stamp
from commissioning.models import AwardCriterion, AwardScale, Exercise, Procurement
from providers.models import Provider
from tests.commissioning.design_samples import (
    a_criterion,
    a_designed_exercise,
    a_lot,
    an_exercise,
    published,
    ready_to_publish,
)
from tests.commissioning.samples import a_release, an_edition, imported

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"commissioning:{name}", args=args)


def text_of(client, path) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def exercise(people):
    return an_exercise(people)


@pytest.fixture
def priya(browse, people):
    return browse("priya")


def test_procurement_is_started_from_its_notice_with_a_button(people, priya):
    OrganisationIdentifier.objects.create(
        organisation=people.organisations["council"], scheme="GB-LAE", value="ASH"
    )
    imported(a_release())
    procurement = Procurement.objects.get()
    page = url("procurement-detail", procurement.reference)
    start = url("exercise-start", procurement.reference)
    assert start in text_of(priya, page)
    assert "several stages are not supported yet" in text_of(priya, start)
    given = {"kind": "competition", "regime": "procurement_act_2023", "value_gbp": "120000"}
    response = priya.post(start, given)
    exercise = Exercise.objects.get()
    assert response.url == url("exercise-detail", exercise.reference)
    assert "This procurement is run here" in text_of(priya, page)
    assert priya.get(start).url == response.url


def test_procurement_by_hand_says_what_is_missing_and_keeps_what_was_typed(people, priya):
    response = priya.post(
        url("exercise-new"), {"description": "Visits at home", "regime": "scotland"}
    )
    text = response.content.decode()
    assert "Enter a title" in text
    assert "Choose how you will find your supplier" in text
    assert "Visits at home" in text
    assert not Exercise.objects.exists()


def test_task_list_follows_the_design(people, exercise, priya):
    page = url("exercise-detail", exercise.reference)
    text = text_of(priya, page)
    assert "Award criteria of lot 1" in text
    assert "To do" in text
    assert "Cannot start yet" in text
    assert "What the rules mean here" in text


def test_task_list_of_a_ready_exercise_leads_to_publication(people, priya):
    exercise = ready_to_publish(people)
    assert "Ready to publish" in text_of(priya, url("exercise-detail", exercise.reference))
    page = url("exercise-publish", exercise.reference)
    response = priya.post(page, {"sure": ""})
    assert "Read the model first" in response.content.decode()
    response = priya.post(page, {"sure": "on"})
    assert response.url == url("exercise-detail", exercise.reference)
    assert Exercise.objects.get().state == "published"
    assert priya.get(page).status_code == 409


def test_publication_lists_what_stands_in_the_way_with_its_place(exercise, priya):
    text = text_of(priya, url("exercise-publish", exercise.reference))
    assert "Enter when tenders are due." in text
    for name in ("settings", "checks", "team", "openers", "interests", "conflicts"):
        assert url(f"exercise-{name}", exercise.reference) in text


def test_rules_page_says_where_no_rule_is_held(people, priya):
    exercise = an_exercise(people, regime="scotland")
    text = text_of(priya, url("exercise-rules", exercise.reference))
    assert "Thresholds" not in text
    assert "Where this service holds no rule" in text
    assert "standstill" in text
    assert "This service holds no notices" in text


def test_rules_page_shows_thresholds_and_which_notices_confirm_the_assessment(people, priya):
    exercise = an_exercise(people, regime="procurement_act_2023")
    text = text_of(priya, url("exercise-rules", exercise.reference))
    assert "Thresholds" in text
    assert "£5,193,000 with VAT" in text
    assert "before a contract is changed. It confirms that the conflicts assessment" in text
    assert "the Act does not" in text


OWN_PAGES = {
    "settings", "lots", "scales", "checks", "conditions", "terms", "ready", "invitations", "model",
    "publish", "rules", "versions",
}  # fmt: skip
EMPTY = {"reason": "", "framework_reference": ""}
SETTINGS = {
    "regime": "procurement_act_2023",
    "subject_matter": "Visits at home.",
    "minimum_scores": "20",
}


def test_settings_take_dates_and_times_in_local_time(exercise, priya):
    page = url("exercise-settings", exercise.reference)
    given = SETTINGS | {
        "seen": stamp(exercise, GENERAL_SETTINGS),
        "tenders_due_day": "1", "tenders_due_month": "7", "tenders_due_year": "2027",
        "tenders_due_time": "5pm",
    }  # fmt: skip
    assert priya.post(page, given).status_code == 302
    due = Exercise.objects.get().tenders_due_at
    assert timezone.localtime(due).strftime("%d %B %Y %H:%M") == "01 July 2027 17:00"
    assert due.hour == 16
    assert 'value="17:00"' in text_of(priya, page)


def test_settings_do_not_ask_again_for_what_is_said_once(people, priya, actor_of):
    exercise = published(people)
    actions.open_amendment(actor=actor_of("priya"), exercise=exercise)
    page = url("exercise-settings", exercise.reference)
    form = priya.get(page).context["form"]
    assert "is_open" not in form.fields
    assert "names_hidden" in form.fields
    given = SETTINGS | {
        "seen": form.initial["seen"],
        "tenders_due_day": "1", "tenders_due_month": "7", "tenders_due_year": "2027",
        "tenders_due_time": "5pm",
    }  # fmt: skip
    assert priya.post(page, given).status_code == 302
    assert Exercise.objects.get(pk=exercise.pk).is_open


def test_settings_name_the_field_and_what_to_do(exercise, priya):
    given = SETTINGS | {
        "questions_due_day": "2", "questions_due_month": "7", "questions_due_year": "2027",
        "questions_due_time": "17:00",
        "tenders_due_day": "1", "tenders_due_month": "7", "tenders_due_year": "2027",
        "tenders_due_time": "noonish",
    }  # fmt: skip
    response = priya.post(url("exercise-settings", exercise.reference), given)
    assert "Enter a time, such as 17:00 or 5pm" in response.content.decode()
    response = priya.post(
        url("exercise-settings", exercise.reference), given | {"tenders_due_time": "12:00"}
    )
    assert "Questions must end before tenders are due" in response.content.decode()


def test_settings_of_a_colleague_are_not_overwritten_unseen(exercise, priya, actor_of):
    page = url("exercise-settings", exercise.reference)
    given = SETTINGS | {
        "seen": stamp(exercise, GENERAL_SETTINGS), "subject_matter": "My long words.",
        "questions_due_day": "1", "questions_due_month": "7", "questions_due_year": "2027",
        "questions_due_time": "5pm",
    }  # fmt: skip
    due = datetime(2027, 6, 30, 11, tzinfo=UTC)
    exercise = actions.change_settings(
        actor=actor_of("priya"), exercise=exercise, subject_matter="Theirs.", regime="scotland",
        questions_due_at=due, chair_scores=True,
    )  # fmt: skip
    response = priya.post(page, given)
    text = response.content.decode()
    assert (response.status_code, Exercise.objects.get().subject_matter) == (409, "Theirs.")
    assert "My long words." in text
    assert list(response.context["theirs"]) == [
        ("Which rules apply?", "Scottish procurement rules"),
        ("What is bought?", "Theirs."),
        ("Last day for questions", date(2027, 6, 30)),
        ("Time of day until which questions are taken", "12:00"),
        ("Every provider may bid", "Yes"),
        ("The chair of moderation scores too", "Yes"),
    ]
    seen = stamp(exercise, GENERAL_SETTINGS)
    assert seen in text
    assert priya.post(page, given | {"seen": seen}).status_code == 302
    assert Exercise.objects.get().subject_matter == "My long words."


def test_settings_are_compared_with_what_their_own_page_shows(exercise, priya, actor_of):
    seen = stamp(exercise, GENERAL_SETTINGS)
    actions.change_settings(
        actor=actor_of("priya"), exercise=exercise, lots_per_supplier=1,
        lot_limit_mechanism="lot_order",
    )  # fmt: skip
    page = url("exercise-settings", exercise.reference)
    assert priya.post(page, SETTINGS | {"seen": seen}).status_code == 302
    assert Exercise.objects.get().lots_per_supplier == 1


def test_lot_is_added_changed_moved_and_removed(exercise, priya):
    reference = exercise.reference
    given = {"title": "South", "winners": "2", "decimal_places": "2", "rounding": "half_up"}
    steps = {"tie_break_1": "lower_price", "tie_break_3": "drawn_by_lot"}
    priya.post(url("lot-new", reference), given | steps)
    south = exercise.lots.get(title="South")
    assert (south.winners, south.tie_breaks) == (2, ["lower_price", "drawn_by_lot"])
    priya.post(url("lot-list", reference), {"up": "2"})
    assert list(exercise.lots.values_list("title", flat=True)) == ["South", "Home care"]
    assert "Remove lot 2: Home care" in text_of(priya, url("lot-remove", reference, 2))
    priya.post(url("lot-remove", reference, 2))
    assert exercise.lots.get().title == "South"
    page = url("lot-change", reference, 1)
    lot = exercise.lots.get()
    response = priya.post(page, given | steps | {"seen": "not this", "title": "Mine"})
    text = response.content.decode()
    assert response.status_code == 409
    assert "A colleague changed this meanwhile" in text
    assert 'value="Mine"' in text
    assert stamp(lot) in text
    assert ("Title of the lot", "South") in response.context["theirs"]
    assert "Step 1 of the tie-break" not in dict(response.context["theirs"])
    assert priya.post(page, given | {"seen": stamp(lot), "title": "Mine"}).status_code == 302


def test_limit_per_supplier_is_stated_with_its_rule(exercise, priya):
    page = url("lot-limit", exercise.reference)
    seen = stamp(exercise, LIMIT_SETTINGS)
    given = {"lots_per_supplier": "1", "lot_limit_mechanism": "lot_order", "seen": seen}
    priya.post(page, given)
    text = text_of(priya, url("lot-list", exercise.reference))
    assert "at most 1 lot." in text
    assert "in the order of their numbers" in text
    response = priya.post(page, given | {"lots_per_supplier": "2"})
    assert response.status_code == 409
    assert response.context["theirs"] == [("How many lots may one supplier win?", 1)]
    seen = response.context["form"].data["seen"]
    assert f'name="seen" value="{seen}"' in response.content.decode()
    assert priya.post(page, given | {"seen": seen, "lots_per_supplier": "2"}).status_code == 302
    assert Exercise.objects.get().lots_per_supplier == 2


def test_scale_grows_by_more_rows_without_losing_what_was_typed(exercise, priya):
    page = url("scale-new", exercise.reference)
    given = {"title": "Short", "value_0": "0", "label_0": "No", "description_0": "Nothing."}
    text = priya.post(page, given | {"more": "1"}).content.decode()
    assert "Nothing." in text
    assert 'name="value_3"' in text
    assert not AwardScale.objects.exists()
    priya.post(page, given | {"value_1": "2", "label_1": "Yes", "description_1": "All."})
    scale = AwardScale.objects.get()
    assert [point["value"] for point in scale.points] == ["0", "2"]
    response = priya.post(page, {"title": "Twice", "value_0": "1", "value_1": "1"})
    assert "Two points have the value 1" in response.content.decode()


def test_ready_scale_is_one_button(exercise, priya):
    priya.post(url("scale-list", exercise.reference))
    text = text_of(priya, url("scale-list", exercise.reference))
    assert "5 Exceeds" in text


def test_criterion_form_shows_the_fields_of_its_kind_alone(exercise, priya):
    page = url("criterion-new", exercise.reference, 1)
    assert "What is it about?" in text_of(priya, page)
    quality = text_of(priya, f"{page}?kind=quality")
    price = text_of(priya, f"{page}?kind=price&price_method=ceiling_floor")
    assert ('name="scale"' in quality, 'name="price_method"' in quality) == (True, False)
    assert ('name="scale"' in price, 'name="ceiling_gbp"' in price) == (False, True)
    assert 'name="midpoint_percent"' not in price


def test_another_method_shows_its_fields_before_anything_is_saved(people, exercise, priya):
    lot = a_lot(exercise)
    row = a_criterion(people, lot, kind="price", price_method="relative", title="Price")
    page = url("criterion-change", exercise.reference, 1, row.key)
    given = {
        "seen": stamp(row), "shown": "price:relative", "kind": "price", "title": "The price",
        "price_method": "ceiling_floor", "weight_percent": "40", "price_basis": "In all",
    }  # fmt: skip
    text = priya.post(page, given).content.decode()
    assert "Nothing is saved yet" in text
    assert 'value="The price"' in text
    assert 'name="ceiling_gbp"' in text
    assert AwardCriterion.objects.get().title == "Price"
    given |= {"shown": "price:ceiling_floor", "ceiling_gbp": "900", "floor_gbp": "500"}
    assert priya.post(page, given).status_code == 302
    row.refresh_from_db()
    assert (row.price_method, row.ceiling_gbp, row.title) == ("ceiling_floor", 900, "The price")


def test_criterion_of_a_colleague_is_not_overwritten_unseen(people, exercise, priya, actor_of):
    row = a_criterion(people, a_lot(exercise), asks="What?")
    page = url("criterion-change", exercise.reference, 1, row.key)
    given = {
        "seen": stamp(row), "shown": "quality:", "kind": "quality", "title": "Mine",
        "weight_percent": "60", "asks": "What?", "guidance": "My long guidance",
    }  # fmt: skip
    actions.change_criterion(actor=actor_of("priya"), criterion=row, guidance="Their guidance")
    response = priya.post(page, given)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Their guidance" in text
    assert "My long guidance" in text
    row.refresh_from_db()
    assert priya.post(page, given | {"seen": stamp(row)}).status_code == 302
    row.refresh_from_db()
    assert row.guidance == "My long guidance"


def test_tree_shows_weights_sums_and_what_counts_overall(people, exercise, priya):
    lot = a_lot(exercise)
    above = a_criterion(people, lot, title="Quality", weight_percent=Decimal(50))
    part = a_criterion(people, lot, parent=above, title="Staff", weight_percent=Decimal(80))
    page = url("lot-criteria", exercise.reference, 1)
    text = text_of(priya, page)
    assert "counts 40% overall" in text
    assert "Weights under 1 sum to <strong>80%</strong>: 20 missing." in text
    assert "Weights at the top level sum to <strong>50%</strong>: 50 missing." in text
    a_criterion(people, lot, title="Second", weight_percent=Decimal(50))
    priya.post(page, {"down": above.key})
    assert "1 Second" in text_of(priya, page)
    priya.post(url("criterion-remove", exercise.reference, 1, part.key))
    assert not AwardCriterion.objects.filter(pk=part.pk).exists()


def test_criteria_are_copied_from_another_lot(people, exercise, priya, actor_of):
    a_criterion(people, a_lot(exercise))
    other = actions.add_lot(actor=actor_of("priya"), exercise=exercise, title="South")
    page = url("criteria-copy", exercise.reference, 2)
    assert page in text_of(priya, url("lot-criteria", exercise.reference, 2))
    priya.post(page, {"source": a_lot(exercise).pk})
    assert other.criteria.get().title == "How it is run"


def test_condition_and_term_are_written_with_what_they_draw_on(exercise, priya):
    standard = an_edition().criteria.get(code="A1")
    given = {"title": "Conduct", "text": "A code is in force.", "draws_on_0": [standard.pk]}
    priya.post(url("condition-new", exercise.reference), given)
    assert list(exercise.conditions.get().draws_on.all()) == [standard]
    text = text_of(priya, url("condition-list", exercise.reference))
    assert "Small framework: For the provider (small-framework 1 A1)" in text
    page = url("term-new", exercise.reference)
    response = priya.post(page, given | {"is_kpi": "on"})
    assert "Enter the target of the indicator" in response.content.decode()
    priya.post(page, given | {"is_kpi": "on", "target": "All of it"})
    term = exercise.terms.get()
    page = url("term-change", exercise.reference, term.key)
    assert priya.post(page, given | {"seen": "old", "title": "Mine"}).status_code == 409
    priya.post(url("term-remove", exercise.reference, term.key))
    assert not exercise.terms.exists()


@pytest.mark.parametrize(
    ("place", "page"),
    [("conditions", "condition-list"), ("terms", "term-list"), ("criteria", "lot-criteria")],
)
def test_ready_section_of_ethics_goes_where_it_is_wanted(exercise, priya, place, page):
    standard = an_edition().criteria.get(code="A1")
    lot = a_lot(exercise)
    ready = url("ready-ethics", exercise.reference)
    assert "Choose at least one" in priya.post(ready, {"place": place}).content.decode()
    given = {"place": place, "criteria_0": [standard.pk], "lot": lot.pk, "weight_percent": "10"}
    response = priya.post(ready, given)
    assert response.url.startswith(
        url("lot-list" if page == "lot-criteria" else page, exercise.reference)
    )
    assert "For the provider" in text_of(priya, response.url)


def test_checks_say_why_and_lead_to_the_place(people, exercise, priya, browse):
    row = a_criterion(people, a_lot(exercise), title="Staff")
    page = url("exercise-checks", exercise.reference)
    text = text_of(priya, page)
    assert "Bidders cannot answer a title." in text
    assert url("criterion-change", exercise.reference, 1, row.key) in text
    assert url("lot-change", exercise.reference, 1) in text
    own = text_of(browse("evan"), page)
    assert "Bidders cannot answer a title." in own
    assert url("lot-change", exercise.reference, 1) not in own


def test_incomplete_as_published_is_a_note_with_its_tag(people, exercise, priya):
    a_criterion(people, a_lot(exercise), is_incomplete_as_published=True)
    text = text_of(priya, url("exercise-checks", exercise.reference))
    assert "Incomplete as published</strong>" in text
    assert "no fault of the authority" in text


def test_model_is_read_whole_as_bidders_will(people, priya):
    exercise = a_designed_exercise(people)
    text = text_of(priya, url("exercise-model", exercise.reference))
    for words in (
        "Describe the rota of this contract",
        "The lowest price scores all the points.",
        "5 Exceeds",
        "If bids tie: the higher score for quality; then drawn by lot before witnesses.",
        "Total for three years without VAT",
    ):
        assert words in text


def test_amendment_is_opened_read_and_published_with_its_reason(people, priya, actor_of):
    exercise = published(people)
    reference = exercise.reference
    assert priya.get(url("lot-change", reference, 1)).status_code == 409
    assert url("amendment-open", reference) in text_of(priya, url("version-list", reference))
    priya.post(url("amendment-open", reference))
    actions.change_lot(actor=actor_of("priya"), lot=a_lot(exercise), title="East")
    page = url("amendment-publish", reference)
    assert "the title is now “East”" in text_of(priya, page)
    assert "Give the reason" in priya.post(page, EMPTY).content.decode()
    priya.post(page, {"reason": "A wrong name."})
    text = text_of(priya, url("version-list", reference))
    assert "Why: A wrong name." in text
    assert "Lot 1: Home care" in text_of(priya, url("version-detail", reference, 1))
    assert "Lot 1: East" in text_of(priya, url("version-detail", reference, 2))


def test_amendment_is_given_up(people, priya):
    exercise = published(people)
    priya.post(url("amendment-open", exercise.reference))
    priya.post(url("amendment-discard", exercise.reference))
    assert Exercise.objects.get().amendment_opened_at is None


def test_providers_are_found_by_name_and_invited(people, exercise, priya):
    firm, _ = Provider.objects.get_or_create(organisation=people.organisations["firm"])
    page = url("exercise-invitations", exercise.reference)
    assert "Aldergate" in text_of(priya, f"{page}?find=alder")
    priya.post(page, {"providers": [firm.pk]})
    assert "Aldergate Care Services Ltd, invited" in text_of(priya, page)
    assert "No provider’s name has “zzz”" in text_of(priya, f"{page}?find=zzz")


def test_call_off_types_the_reference_of_its_framework(people, priya):
    exercise = an_exercise(people, kind="call_off")
    page = url("exercise-framework", exercise.reference)
    assert "enter its reference" in priya.post(page, EMPTY).content.decode()
    given = {"framework_reference": "RM1234", "seen": stamp(exercise, FRAMEWORK_SETTINGS)}
    priya.post(page, given)
    assert Exercise.objects.get().framework_reference == "RM1234"
    response = priya.post(page, given | {"framework_reference": "RM9999"})
    assert response.status_code == 409
    assert response.context["theirs"] == [("Otherwise, the reference of the framework", "RM1234")]
    assert Exercise.objects.get().framework_reference == "RM1234"


def test_end_takes_a_reason_and_is_final(exercise, priya):
    page = url("exercise-end", exercise.reference)
    assert "Give the reason" in priya.post(page, EMPTY).content.decode()
    priya.post(page, {"reason": "The need is gone."})
    text = text_of(priya, url("exercise-detail", exercise.reference))
    assert "The need is gone." in text
    assert priya.get(page).status_code == 409


def test_auditor_like_page_for_colleagues_has_no_buttons(people, exercise, browse):
    a_criterion(people, a_lot(exercise))
    evan = browse("evan")
    for name, args in (("lot-list", []), ("lot-criteria", [1]), ("scale-list", [])):
        text = text_of(evan, url(name, exercise.reference, *args))
        assert "<button" not in text.partition("<main")[2]
        assert "/new/" not in text
        assert "/remove/" not in text


def test_colleague_is_led_to_no_page_that_is_shut(exercise, browse):
    evan = browse("evan")
    text = text_of(evan, url("exercise-detail", exercise.reference))
    links = set(re.findall(rf'href="(/exercises/{exercise.reference}/[^"]+)"', text))
    assert url("lot-criteria", exercise.reference, 1) in links
    own = {link for link in links if link.split("/")[3] in OWN_PAGES}
    assert {link: evan.get(link).status_code for link in own} == dict.fromkeys(own, 200)


PAGES = {
    "exercise-detail": 52,
    "exercise-checks": 15,
    "exercise-model": 15,
    "lot-list": 15,
    "scale-list": 15,
    "lot-criteria": 15,
}


def test_pages_ask_as_much_for_three_lots_of_criteria_as_for_one(people, priya, actor_of):
    exercise = a_designed_exercise(people)

    def counted() -> dict[str, int]:
        found = {}
        for name in PAGES:
            page = url(name, exercise.reference, *([1] if name == "lot-criteria" else []))
            priya.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert priya.get(page).status_code == 200
            found[name] = len(queries)
        return found

    one = counted()
    for number in range(2):
        lot = actions.add_lot(actor=actor_of("priya"), exercise=exercise, title=f"Lot {number}")
        above = a_criterion(people, lot, title="Above")
        for place in range(8):
            a_criterion(people, lot, title=f"Part {place}", parent=above)
    assert (one, counted()) == (PAGES, PAGES)


@pytest.mark.parametrize("moved", ["²", "１", "9" * 400, "1e1"])
def test_button_that_names_no_row_finds_no_page(exercise, priya, moved):
    """`²` is a digit to `isdigit` and none to `int`: it was an error of the server."""
    assert priya.post(url("lot-list", exercise.reference), {"up": moved}).status_code == 404
