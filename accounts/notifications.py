"""E-mail to people. Sent after the commit, so that no e-mail tells of what did not happen."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string


def send(*, to: Sequence[str], template: str, context: dict) -> None:
    """Send ``templates/<template>.txt`` to each address by itself, when the transaction commits.

    The template's first line is ``Subject: …``, then a blank line, then the text. Addresses never
    see one another. ``site_url`` is in the context.
    """
    text = render_to_string(f"{template}.txt", {"site_url": settings.SITE_URL, **context})
    head, _, body = text.lstrip().partition("\n")
    subject = head.removeprefix("Subject:").strip()
    if not head.startswith("Subject:"):
        raise ValueError(f"{template}.txt does not begin with its subject.")

    def deliver() -> None:
        for address in to:
            EmailMessage(subject=subject, body=body.lstrip(), to=[address]).send()

    transaction.on_commit(deliver)
