"""Who did something, as pages name them."""

from django import template

from accounts.access import key_in_trail, name_in_history

register = template.Library()

register.filter("in_history", name_in_history)


@register.filter
def in_trail(event) -> str:
    """Who acted in a row of the trail, by kind and key."""
    return key_in_trail(event.actor, event.actor_label)


@register.filter
def fact(value) -> str:
    """What a fact of the trail says: a list without its brackets, yes or no, or the value."""
    if isinstance(value, list):
        return ", ".join(fact(one) for one in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


@register.filter
def starter_in_trail(run) -> str:
    """Who started an import, by kind and key."""
    return key_in_trail(run.started_by, run.started_by_label)
