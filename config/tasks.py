"""What the schedule runs over the trail and the files.

The trail is chained, its head signed and sent elsewhere; parts of files that were left are swept.
"""

import structlog
from celery import shared_task

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import actions
from accounts.access import Actor
from accounts.models import AuditHead, AuditLink
from accounts.trail import chain
from scorecards import reports

log = structlog.get_logger(__name__)
MOST_AT_ONCE = 5000
# No file takes a day to be written.
PART_IS_LEFT_SECONDS = 24 * 60 * 60


def _actor() -> Actor:
    return Actor.system("trail")


@shared_task(name="config.chain_trail")
def chain_trail(all_rows: bool = False) -> int:
    """Chain what is not chained yet. Another run at the same time leaves the rest to it."""
    total = 0
    while True:
        try:
            linked = actions.chain_trail(actor=_actor(), all_rows=all_rows, most=MOST_AT_ONCE)
        except IntegrityError:
            return total
        total += linked
        if linked < MOST_AT_ONCE:
            return total


@shared_task(name="config.sign_trail_head")
def sign_trail_head() -> int:
    """Sign how far the chain goes, write it to the log, and send it where it is asked for.

    Returns the position; 0 where nothing was chained since the last head. First looks for rows
    that were chained by no earlier run.
    """
    chain_trail(all_rows=True)
    last = AuditLink.objects.order_by("-position").first()
    earlier = AuditHead.objects.order_by("-position", "-pk").first()
    if last is None or (earlier is not None and earlier.position == last.position):
        return 0
    at = timezone.now()
    head = chain.Head(position=last.position, sha256=last.sha256, at=chain.moment(at))
    signer = reports.signer()
    signature = reports.sign(chain.head_bytes(head), signer)
    with transaction.atomic():
        actions.keep_head(
            actor=_actor(),
            head=head,
            at=at,
            signature=signature,
            key_id=signer.key_id,
            certificate=signer.certificate_pem,
        )
        transaction.on_commit(lambda: _tell(head, signer.key_id, signature))
    return head.position


def _tell(head: chain.Head, key_id: str, signature: bytes) -> None:
    """To the log, which an installation sends to a machine of others, and by e-mail."""
    log.info(
        "trail head",
        position=head.position,
        sha256=head.sha256,
        at=head.at,
        key_id=key_id,
        signature=signature.hex(),
    )
    if settings.TRAIL_HEADS_TO:
        EmailMessage(
            subject=f"Audit trail of {settings.SITE_URL}: link {head.position}",
            body=(
                "Keep this e-mail where administrators of the service cannot change it. With it, "
                "anybody can show later whether the audit trail up to this link was changed:\n\n"
                f"Link: {head.position}\nSHA-256: {head.sha256}\nSigned on: {head.at}\n"
                f"Key: {key_id}\nSignature (CMS, hexadecimal): {signature.hex()}\n"
            ),
            to=settings.TRAIL_HEADS_TO,
        ).send()


@shared_task(name="config.sweep_parts")
def sweep_parts() -> int:
    """Take away the parts of files that killed processes left on the disk; how many."""
    return default_storage.sweep(PART_IS_LEFT_SECONDS)
