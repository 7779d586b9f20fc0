"""Deadlines in local time, and what is left until them in words."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()

MINUTE, HOUR, DAY = 60, 3600, 86_400  # seconds


@register.filter
def deadline(moment: datetime) -> str:
    """A moment as 5 March 2027, 12:00 (GMT), in local time; with seconds where it has any."""
    local = timezone.localtime(moment)
    time = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return f"{date_format(local, 'j F Y')}, {time} ({local:%Z})"


@register.filter
def to_the_second(moment: datetime) -> str:
    """A moment as 5 March 2027, 11:59:07 (GMT), in local time, for receipts."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'j F Y')}, {local:%H:%M:%S} ({local:%Z})"


@register.filter
def time_left(moment: datetime) -> str:
    """What is left by the server's clock: "3 days and 4 hours left"; "closed" when nothing is."""
    left = moment - timezone.now()
    if left < timedelta(0):
        return "closed"
    seconds = int(left.total_seconds())
    if seconds < MINUTE:
        return "less than a minute left"
    units = [
        (seconds // DAY, "day"),
        (seconds % DAY // HOUR, "hour"),
        (seconds % HOUR // MINUTE, "minute"),
    ]
    first = next(place for place, (number, _) in enumerate(units) if number)
    said = [_counted(number, unit) for number, unit in units[first : first + 2] if number]
    return f"{' and '.join(said)} left"


@register.filter
def is_near(moment: datetime) -> bool:
    """Whether fewer than three days are left, or none."""
    return moment - timezone.now() < timedelta(days=3)


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
