"""Nothing typed is lost: what an ended session posted is kept for the same account.

A form carries a signed note of whose it is (``{% keep_text %}``). When it is posted without a
session, the middleware keeps its fields and sends the person to sign in; the same page then offers
them, in the form itself.
"""

from datetime import timedelta

from django.core import signing
from django.db.models import Sum
from django.db.models.functions import Length
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import KeptText, User

FIELD = "kept_for"
SALT = "accounts.kept"
MOST_CHARACTERS = 500_000
# What one person can have kept within a day: more than anybody types, less than fills a disk.
MOST_PAGES_A_DAY = 50
MOST_BYTES_A_DAY = 5_000_000
NOT_KEPT = {FIELD, "csrfmiddlewaretoken"}
MAX_AGE_SECONDS = 14 * 24 * 60 * 60


def token_for(user, session_key: str) -> str:
    """The note that a form carries: whose it is, and of which session. It cannot be forged.

    It is worth nothing any more once the password was changed or the account was shut.
    """
    return signing.dumps(
        {"user": user.pk, "session": _digest(session_key), "state": _state_of(user)}, salt=SALT
    )


def keep(request) -> bool:
    """Keep the fields of a post that came without a session. Returns whether anything was kept.

    Keeps nothing for a forged or old note, at a path that does not exist, or beyond a limit
    (``keep_for``).
    """
    try:
        note = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=MAX_AGE_SECONDS)
    except signing.BadSignature:
        return False
    user = User.objects.filter(pk=note["user"], is_active=True).first()
    if user is None or not constant_time_compare(note["state"], _state_of(user)):
        return False
    return keep_for(user, request)


def keep_for(user: User, request) -> bool:
    """Keep the fields of a post for this person. Returns whether they were kept.

    Keeps no passwords or files, no more than ``MOST_CHARACTERS`` at once, nothing where the path
    leads nowhere, and within a day no more than ``MOST_PAGES_A_DAY`` or ``MOST_BYTES_A_DAY``.
    """
    fields = {
        name: values
        for name, values in request.POST.lists()
        if name not in NOT_KEPT and "password" not in name
    }
    characters = sum(len(value) for values in fields.values() for value in values)
    path = request.path[:500]
    if characters > MOST_CHARACTERS or not _leads_somewhere(path) or _has_enough(user, path):
        return False
    KeptText.objects.update_or_create(
        user=user, path=path, defaults={"fields": fields, "kept_at": timezone.now()}
    )
    return True


def _digest(session_key: str) -> str:
    return salted_hmac(SALT, session_key).hexdigest()[:16]


def _state_of(user: User) -> str:
    return salted_hmac(SALT, user.get_session_auth_hash()).hexdigest()[:16]


def _leads_somewhere(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def _has_enough(user: User, path: str) -> bool:
    """Whether the person reached a limit of the day, this page not counted."""
    since = timezone.now() - timedelta(days=1)
    rows = KeptText.objects.filter(user=user, kept_at__gte=since).exclude(path=path)
    size = rows.aggregate(total=Sum(Length("sealed")))["total"] or 0
    return size > MOST_BYTES_A_DAY or rows.count() >= MOST_PAGES_A_DAY


def kept_for(request) -> KeptText | None:
    """What is kept for this person on this page, if anything."""
    if not request.actor.is_signed_in or request.method != "GET":
        return None
    return KeptText.objects.filter(user=request.actor.user, path=request.path[:500]).first()


def kept_initial(request) -> dict:
    """Kept fields as a form's ``initial``: single values as text, several as a list."""
    row = kept_for(request)
    if row is None:
        return {}
    return {name: values[0] if len(values) == 1 else values for name, values in row.fields.items()}


def discard(request) -> None:
    """Remove what is kept for this page, once it was saved or refused."""
    if request.actor.is_signed_in:
        KeptText.objects.filter(user=request.actor.user, path=request.path[:500]).delete()
