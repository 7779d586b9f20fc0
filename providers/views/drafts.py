"""What every page that keeps drafts does alike: autosave, conflicts, kept text."""

from datetime import datetime

from django.http import JsonResponse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.access import StaleSave, WrongState

AUTOSAVE = "X-Autosave"


def is_autosave(request) -> bool:
    """Whether the script posted the draft, and wants to be told in JSON."""
    return AUTOSAVE in request.headers


def time_of_day(moment: datetime) -> str:
    """A moment as 2:05pm in local time, as pages write it."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'g:i')}{local:%p}".lower()


def saved(version: int, progress: str = "") -> JsonResponse:
    """The draft is saved; the form goes on from this version."""
    saved_at = time_of_day(timezone.now())
    return JsonResponse({"saved_at": saved_at, "version": version, "progress": progress})


def refused(form) -> JsonResponse:
    """The draft cannot be saved as it stands."""
    return JsonResponse({"errors": form.errors.get_json_data()}, status=422)


def conflict(error: StaleSave | WrongState) -> JsonResponse:
    """A colleague was there first, or the row is closed. The text stays in the form."""
    version = error.current.version if isinstance(error, StaleSave) else None
    return JsonResponse({"conflict": {"reason": str(error), "version": version}}, status=409)
