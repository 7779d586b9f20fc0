"""Nothing typed is lost: what an ended session posted is kept for the same account.

A form carries a signed note of whose it is (``{% keep_text %}``). When it is posted without a
session, the middleware keeps its fields and sends the person to sign in; the same page then offers
them, in the form itself.
"""

from django.core import signing
from django.utils import timezone

from accounts.models import KeptText, User

FIELD = "kept_for"
SALT = "accounts.kept"
MOST_CHARACTERS = 500_000
NOT_KEPT = {FIELD, "csrfmiddlewaretoken"}
MAX_AGE_SECONDS = 14 * 24 * 60 * 60


def token_for(user) -> str:
    """The note that a form carries. It names the account and cannot be forged."""
    return signing.dumps(user.pk, salt=SALT)


def keep(request) -> bool:
    """Keep the fields of a post that came without a session. Returns whether anything was kept.

    Keeps nothing for a forged or old note, passwords, files, or more than ``MOST_CHARACTERS``.
    """
    try:
        key = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=MAX_AGE_SECONDS)
    except signing.BadSignature:
        return False
    user = User.objects.filter(pk=key, is_active=True).first()
    fields = {
        name: values
        for name, values in request.POST.lists()
        if name not in NOT_KEPT and "password" not in name
    }
    if user is None or sum(len(v) for values in fields.values() for v in values) > MOST_CHARACTERS:
        return False
    KeptText.objects.update_or_create(
        user=user,
        path=request.path[:500],
        defaults={"fields": fields, "kept_at": timezone.now()},
    )
    return True


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
