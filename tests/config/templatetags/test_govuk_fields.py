"""Fields as GOV.UK controls."""

import pytest

from django import forms
from django.template import Context, Template

from accounts.widgets import DateField


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As on your passport")
    words = forms.CharField(label="Words", max_length=200, widget=forms.Textarea)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")])
    one = forms.ChoiceField(label="One", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        label="Many", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="I agree")
    file = forms.FileField(label="File")
    day = DateField(label="Day")


def shown(name: str, form=None) -> str:
    template = Template("{% load crispy_forms_tags %}{{ field|as_crispy_field }}")
    return template.render(Context({"field": (form or Form())[name]}))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("name", 'class="govuk-input"'),
        ("words", "govuk-textarea"),
        ("kind", 'class="govuk-select"'),
        ("one", 'type="radio"'),
        ("many", 'type="checkbox"'),
        ("agree", "govuk-checkboxes__input"),
        ("file", "govuk-file-upload"),
        ("day", 'name="day_month"'),
    ],
)
def test_field_becomes_its_component(name, expected):
    assert expected in shown(name)


@pytest.mark.parametrize("name", ["name", "words", "kind", "file"])
def test_label_names_its_control(name):
    assert f'for="id_{name}"' in shown(name)


@pytest.mark.parametrize("name", ["one", "many", "day"])
def test_group_of_controls_is_named_by_a_legend(name):
    text = shown(name)
    assert ("<fieldset" in text, "<legend" in text) == (True, True)


def test_hint_is_read_with_the_control():
    text = shown("name")
    assert ('id="id_name-hint"' in text, 'aria-describedby="id_name-hint"' in text) == (True, True)


def test_error_is_read_with_the_control():
    text = shown("name", Form({}))
    described = 'aria-describedby="id_name-hint id_name-error"'
    assert ('id="id_name-error"' in text, described in text, "govuk-input--error" in text) == (
        True,
        True,
        True,
    )


def test_choice_stays_chosen_when_the_form_comes_back():
    text = shown("many", Form({"many": ["b"]}))
    assert text.count("checked") == 1


def test_date_stays_as_typed_when_it_is_wrong():
    form = Form({"day_day": "31", "day_month": "2", "day_year": "2027"})
    assert [f'value="{part}"' in shown("day", form) for part in (31, 2, 2027)] == [True] * 3


def test_text_of_a_limit_counts_its_characters():
    text = shown("words")
    assert (
        'data-maxlength="200"' in text,
        "maxlength=" in text.replace("data-maxlength=", ""),
    ) == (
        True,
        False,
    )


def test_typed_markup_is_escaped():
    assert "<script>" not in shown("name", Form({"name": "<script>"}))


class EmptyForm(forms.Form):
    many = forms.MultipleChoiceField(
        label="Many", choices=[], widget=forms.CheckboxSelectMultiple, help_text="There is nothing"
    )


def test_group_without_a_box_says_so_and_asks_no_script_for_anything():
    text = shown("many", EmptyForm())
    assert ("There is nothing" in text, "data-module" in text) == (True, False)


def test_each_error_of_a_field_stands_on_its_own_line():
    form = Form({"name": "x"})
    form.add_error("name", "It is too short.")
    form.add_error("name", "It is <b>too</b> common.")
    assert "It is too short.<br>It is &lt;b&gt;too&lt;/b&gt; common." in shown("name", form)
