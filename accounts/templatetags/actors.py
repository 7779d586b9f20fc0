"""Who did something, as pages name them."""

from django import template

from accounts.access import name_in_history, name_in_trail

register = template.Library()

register.filter("in_history", name_in_history)
register.filter("in_trail", name_in_trail)
