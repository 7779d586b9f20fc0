"""The note in a form that says whose it is, so that nothing typed is lost."""

from django import template
from django.utils.html import format_html

from accounts.kept import FIELD, token_for

register = template.Library()


@register.simple_tag(takes_context=True)
def keep_text(context):
    """A hidden field; put it inside every form in which people write."""
    actor = context.get("actor")
    if actor is None or not actor.is_signed_in:
        return ""
    note = token_for(actor.user, context["request"].session.session_key or "")
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, note)
