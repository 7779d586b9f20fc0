"""What every page knows: who acts on whose behalf, the menu, and what was kept for them here."""

from django.conf import settings

from accounts import kept
from accounts.navigation import menu_for


def acting_person(request) -> dict:
    """``actor``, ``is_demonstration``, the menu, and ``kept_text`` where there is some."""
    actor = getattr(request, "actor", None)
    known = {"actor": actor, "is_demonstration": settings.INSTALLATION == "demonstration"}
    if actor is None or not actor.is_signed_in:
        return known
    return {
        **known,
        "navigation": menu_for(actor, request.path),
        "kept_text": kept.kept_for(request),
    }
