"""How a Django form field becomes a GOV.UK control: the crispy template pack's one tag."""

from django import forms, template

register = template.Library()

CLASSES = {
    "input": "govuk-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
}


@register.inclusion_tag("govuk/control.html")
def govuk_field(field) -> dict:
    """One bound field with its label, hint, error and control.

    A choice whose label is a pair (label, hint), given through ``field.field.hints`` as a mapping
    of value to hint, shows the hint under it. ``field.field.max_words`` counts words in place of
    characters.
    """
    widget = field.field.widget
    kind = _kind_of(widget)
    control_id = field.auto_id or field.html_name
    errors = list(field.errors)
    described = []
    if field.help_text:
        described.append(f"{control_id}-hint")
    if errors:
        described.append(f"{control_id}-error")
    max_words = getattr(field.field, "max_words", None)
    max_length = None if max_words else getattr(field.field, "max_length", None)
    limit = max_words or max_length
    if kind == "textarea" and limit:
        described.append(f"{control_id}-info")
    context = {
        "kind": kind,
        "name": field.html_name,
        "control_id": control_id,
        "label": field.label,
        "hint": field.help_text,
        "errors": errors,
        "describedby": " ".join(described),
        "max_length": max_length,
        "max_words": max_words,
        "disabled": field.field.disabled,
    }
    if kind == "group":
        return context | _group(field, widget)
    if kind == "date":
        return context | {"parts": _date_parts(field, widget)}
    return context | {"control": _control(field, widget, kind, described, errors, limit)}


def _kind_of(widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, forms.MultiWidget):
        return "date"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, forms.Select):
        return "select"
    return "input"


def _group(field, widget) -> dict:
    value = field.value()
    chosen = {str(v) for v in value} if isinstance(value, list | tuple | set) else {str(value)}
    hints = getattr(field.field, "hints", {})
    radio = not isinstance(widget, forms.CheckboxSelectMultiple)  # itself a kind of RadioSelect
    return {
        "type": "radio" if radio else "checkbox",
        "plural": "radios" if radio else "checkboxes",
        "options": [
            {
                "value": value,
                "label": label,
                "hint": hints.get(str(value), ""),
                "selected": str(value) in chosen,
            }
            for value, label in field.field.choices
            if str(value) != ""
        ],
    }


def _date_parts(field, widget) -> list[dict]:
    value = field.value()
    parts = value if isinstance(value, list) else widget.decompress(value)
    return [
        {
            "label": name.lstrip("_").capitalize(),
            "name": f"{field.html_name}{name}",
            "id": f"{field.auto_id}{name}",
            "value": part,
        }
        for name, part in zip(widget.widgets_names, parts, strict=True)
    ]


def _control(field, widget, kind, described, errors, limit):
    classes = [CLASSES[kind]]
    if kind == "textarea" and limit:
        classes.append("govuk-js-character-count")
    if errors and kind != "checkbox":
        classes.append(f"{CLASSES[kind]}--error")
    if width := widget.attrs.get("data-width"):
        classes.append(f"govuk-input--width-{width}")
    attrs = {"class": " ".join(classes), "aria-describedby": " ".join(described) or None}
    if kind == "textarea":
        # A browser that stops at the limit would cut pasted text off: the form says it instead.
        attrs |= {"rows": widget.attrs.get("rows", 5), "maxlength": False}
    return field.as_widget(attrs={key: value for key, value in attrs.items() if value is not None})
