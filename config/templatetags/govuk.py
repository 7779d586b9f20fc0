"""GOV.UK Design System components as template tags with checked arguments.

See https://design-system.service.gov.uk/components/ for what each is for.
"""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.numbers import pounds, pounds_for_one

register = template.Library()

TAG_COLOURS = {
    "grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow",
}  # fmt: skip


@register.simple_tag
def page_title(text, form=None) -> str:
    """The text of ``<title>``, with "Error: " before it when the form has errors."""
    return f"Error: {text}" if form is not None and form.errors else text


@register.simple_tag
def govuk_tag(text, colour: str = "blue") -> SafeString:
    """A status word. The colour only repeats what the word says."""
    if colour not in TAG_COLOURS:
        raise template.TemplateSyntaxError(f"{colour!r} is no tag colour.")
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, text)


@register.simple_tag
def govuk_button(text, kind: str = "", name: str = "", value: str = "") -> SafeString:
    """A button that submits its form. ``kind``: "", "secondary" or "warning"."""
    if kind not in ("", "secondary", "warning"):
        raise template.TemplateSyntaxError(f"{kind!r} is no kind of button.")
    return format_html(
        '<button type="submit" class="govuk-button{}" data-module="govuk-button"'
        ' data-prevent-double-click="true"{}>{}</button>',
        f" govuk-button--{kind}" if kind else "",
        format_html(' name="{}" value="{}"', name, value) if name else "",
        text,
    )


@register.simple_tag
def govuk_link_button(text, url, kind: str = "") -> SafeString:
    """A link that looks like a button, for starting something."""
    return format_html(
        '<a href="{}" role="button" draggable="false" class="govuk-button{}"'
        ' data-module="govuk-button">{}</a>',
        url,
        f" govuk-button--{kind}" if kind else "",
        text,
    )


@register.simple_tag
def govuk_inset(text) -> SafeString:
    """A paragraph set apart."""
    return format_html('<div class="govuk-inset-text">{}</div>', text)


@register.simple_tag
def warning_text(text) -> SafeString:
    """A warning that is read out as one."""
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon"'
        ' aria-hidden="true">!</span><strong class="govuk-warning-text__text">'
        '<span class="govuk-visually-hidden">Warning</span> {}</strong></div>',
        text,
    )


@register.simple_tag
def notification(text, success: bool = False) -> SafeString:
    """A notification banner."""
    return format_html(
        '<div class="govuk-notification-banner{}" role="{}" aria-labelledby="banner-title"'
        ' data-module="govuk-notification-banner"><div class="govuk-notification-banner__header">'
        '<h2 class="govuk-notification-banner__title" id="banner-title">{}</h2></div>'
        '<div class="govuk-notification-banner__content">'
        '<p class="govuk-notification-banner__heading">{}</p></div></div>',
        " govuk-notification-banner--success" if success else "",
        "alert" if success else "region",
        "Success" if success else "Important",
        text,
    )


@register.simple_tag
def error_summary(form=None) -> SafeString | str:
    """All errors of a bound form, each linked to its field; nothing when there are none."""
    if form is None or not form.errors:
        return ""
    links = []
    # In the order of the page: errors that a form adds about several fields come last in its own.
    places = {name: place for place, name in enumerate(form.fields)}
    for name, errors in sorted(form.errors.items(), key=lambda row: places.get(row[0], -1)):
        target = f"#{_first_control_id(form, name)}" if name in form.fields else ""
        links += [(target, error) for error in errors]
    items = format_html_join(
        "",
        "<li>{}</li>",
        (
            (format_html('<a href="{}">{}</a>', target, error) if target else error,)
            for target, error in links
        ),
    )
    return format_html(
        '<div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert">'
        '<h2 class="govuk-error-summary__title">There is a problem</h2>'
        '<div class="govuk-error-summary__body"><ul class="govuk-list govuk-error-summary__list">'
        "{}</ul></div></div></div>",
        items,
    )


def _first_control_id(form, name: str) -> str:
    """The id of the control that an error about the field leads to."""
    bound = form[name]
    widget = bound.field.widget
    if hasattr(widget, "widgets"):
        return f"{bound.auto_id}_{widget.widgets_names[0].lstrip('_')}"
    if getattr(widget, "input_type", "") in ("radio", "checkbox") and hasattr(widget, "optgroups"):
        return f"{bound.auto_id}_0"
    return bound.auto_id


@register.inclusion_tag("govuk/pagination.html", takes_context=True)
def govuk_pagination(context, page) -> dict:
    """Previous, next and near pages of a list, keeping its filters."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "query": query.urlencode(),
        "ellipsis": page.paginator.ELLIPSIS,
    }


@register.simple_block_tag
def details(content, summary) -> SafeString:
    """Words that open on demand."""
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        summary,
        content,
    )


@register.filter
def gbp(amount) -> str:
    """Pounds, with pence only where there are any; "not published" for None."""
    if amount is None or amount == "":
        return "not published"
    return pounds(Decimal(str(amount)))


@register.filter
def gbp_for_one(value: Decimal) -> str:
    """What one unit of a measure is worth, with every decimal that was published."""
    return pounds_for_one(value)


@register.filter
def plain_date(value) -> str:
    """A date as 5 March 2027; a time as 5 March 2027, 2:05pm in local time."""
    if not value:
        return "not published"
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{date_format(local, 'j F Y')}, {date_format(local, 'g:i')}{local:%p}".replace(
            "AM", "am"
        ).replace("PM", "pm")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return str(value)


@register.filter
def or_not_published(value):
    """The value, or "not published" where a notice left it out."""
    return "not published" if value in (None, "") else value


@register.filter
def get(mapping, key):
    """``mapping[key]``, for keys that a template holds in a variable."""
    return mapping.get(key)
