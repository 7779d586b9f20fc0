"""Components with checked arguments."""

import datetime
from decimal import Decimal

import pytest

from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone

from accounts.widgets import DateField
from config.templatetags import govuk


def render(text: str, **context) -> str:
    return Template("{% load govuk %}" + text).render(Context(context))


class Form(forms.Form):
    name = forms.CharField(label="Name")
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    day = DateField(label="Day")


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (None, "not published"),
        ("", "not published"),
        (Decimal("0"), "£0"),
        (Decimal("1234"), "£1,234"),
        (Decimal("1234.50"), "£1,234.50"),
        (Decimal("-12.5"), "−£12.50"),
        ("1000000", "£1,000,000"),
    ],
)
def test_pounds(amount, expected):
    assert govuk.gbp(amount) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "not published"),
        (datetime.date(2027, 3, 5), "5 March 2027"),
        (datetime.datetime(2027, 3, 5, 14, 5, tzinfo=datetime.UTC), "5 March 2027, 2:05pm"),
        (datetime.datetime(2027, 7, 5, 8, 5, tzinfo=datetime.UTC), "5 July 2027, 9:05am"),
        ("soon", "soon"),
    ],
)
def test_date(value, expected):
    assert govuk.plain_date(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(None, "not published"), ("", "not published"), (0, 0), ("x", "x")]
)
def test_gap_is_not_shown_as_nothing(value, expected):
    assert govuk.or_not_published(value) == expected


@pytest.mark.parametrize("words", ["<b>", '"><script>'])
def test_components_escape_what_people_typed(words):
    shown = [
        govuk.govuk_tag(words),
        govuk.govuk_button(words),
        govuk.govuk_link_button(words, "/"),
        govuk.govuk_inset(words),
        govuk.warning_text(words),
        govuk.notification(words),
        render("{% details summary %}{{ words }}{% enddetails %}", summary=words, words=words),
    ]
    assert [text for text in shown if words in text] == []


def test_tag_of_no_colour_is_refused():
    with pytest.raises(TemplateSyntaxError):
        govuk.govuk_tag("Done", "pink")


def test_button_of_no_kind_is_refused():
    with pytest.raises(TemplateSyntaxError):
        govuk.govuk_button("Save", "shiny")


def test_title_says_where_there_are_errors():
    assert [govuk.page_title("Name", form) for form in (None, Form(), Form({}))] == [
        "Name",
        "Name",
        "Error: Name",
    ]


def test_error_summary_leads_to_the_first_control_of_each_field():
    text = govuk.error_summary(Form({}))
    assert [f'href="#{target}"' in text for target in ("id_name", "id_kind_0", "id_day_day")] == [
        True,
        True,
        True,
    ]


@pytest.mark.parametrize("form", [None, Form()])
def test_error_summary_without_errors_is_nothing(form):
    assert govuk.error_summary(form) == ""


def test_errors_stand_in_the_order_of_the_page():
    form = Form({"day_day": "1", "day_month": "1", "day_year": "2027"})
    form.full_clean()
    form.errors["name"] = form.errors.pop("name")
    text = govuk.error_summary(form)
    assert text.index("#id_name") < text.index("#id_kind_0")


def test_error_of_the_whole_form_is_told_without_a_link():
    form = Form({"name": "x", "kind": "a", "day_day": "1", "day_month": "1", "day_year": "2027"})
    form.add_error(None, "It cannot be.")
    assert "<li>It cannot be.</li>" in govuk.error_summary(form)


def test_pages_of_a_list_keep_its_filters():
    request = RequestFactory().get("/?find=home+care&page=2")
    page = Paginator(range(60), 25).page(2)
    text = render("{% govuk_pagination page %}", request=request, page=page)
    assert [f"?page={number}&amp;find=home+care" in text for number in (1, 3)] == [True, True]


def test_single_page_has_no_pagination():
    request = RequestFactory().get("/")
    text = render("{% govuk_pagination page %}", request=request, page=Paginator([], 25).page(1))
    assert "<nav" not in text


def test_get_finds_a_key_that_a_template_holds():
    assert (govuk.get({"a": 1}, "a"), govuk.get({}, "a")) == (1, None)


def test_present_time_is_told_in_london(settings):
    assert (settings.TIME_ZONE, timezone.get_default_timezone_name()) == ("Europe/London",) * 2
