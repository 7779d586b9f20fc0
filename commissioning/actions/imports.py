"""Bringing notices in."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor, WrongState, require
from accounts.models import Organisation
from commissioning import ocds
from commissioning.actions._import_result import CREATED, ImportResult
from commissioning.actions._import_run import ImportWork
from commissioning.models import NoticeUpload
from commissioning.rules import may_import_for_any_buyer, may_import_notices

UPLOAD_WAITS = timedelta(days=2)


class _RollBack(Exception):
    pass


def import_notices(
    *,
    actor: Actor,
    files: Sequence[ocds.ReadFile],
    dry_run: bool = False,
    buyer_scope: Organisation | None = None,
    confirmed_buyers: Iterable[str] = (),
) -> ImportResult:
    """Import the releases of files that were read.

    ``buyer_scope`` limits the import to the notices of one organisation; without it, every buyer's
    are imported, which only the system may do. ``confirmed_buyers`` are keys of
    ``ImportResult.buyers_to_confirm`` of which a person said that they are this organisation.

    Side effects, in order, in one transaction, with a savepoint for each process so that none is
    ever half written: organisations and matches, procurements, lots, criteria, contracts, parties,
    raw releases, one audit row for each new or changed procurement and contract, the run and its
    audit row. A dry run does all of it and rolls back.
    """
    if buyer_scope is None:
        require(
            may_import_for_any_buyer(actor), "Only the operator's command imports for any buyer."
        )
    else:
        require(
            may_import_notices(actor, buyer_scope),
            "You may import your own organisation's notices.",
        )
    result = ImportResult(files=[_about(file) for file in files])
    if not files:
        return result
    try:
        with transaction.atomic():
            ImportWork(actor, buyer_scope, frozenset(confirmed_buyers), result).run(files)
            if dry_run:
                raise _RollBack
    except _RollBack:
        result.run = None
        for outcome in result.outcomes:
            outcome.reference = outcome.reference if outcome.outcome != CREATED else ""
    return result


@transaction.atomic
def stage_notices(*, actor: Actor, file_name: str, content: bytes) -> NoticeUpload:
    """Keep an uploaded file until its preview is confirmed; drop files that waited too long.

    The same file uploaded again takes the place of the one that waits. Raises FileUnreadable.
    """
    organisation = actor.organisation
    require(
        may_import_notices(actor, organisation),
        "Only procurement leads and contract managers import.",
    )
    file = ocds.read_file(file_name, content)
    now = timezone.now()
    NoticeUpload.objects.filter(uploaded_at__lt=now - UPLOAD_WAITS).delete()
    NoticeUpload.objects.filter(organisation=organisation, sha256=file.sha256).delete()
    upload = NoticeUpload.objects.create(
        organisation=organisation,
        uploaded_by=actor.user,
        uploaded_at=now,
        file_name=file_name[:200],
        sha256=file.sha256,
        content=content,
    )
    audit.record(
        actor=actor, verb="notices.uploaded", subject=upload, facts={"sha256": file.sha256}
    )
    return upload


def preview_notices(*, actor: Actor, upload: NoticeUpload) -> ImportResult:
    """Say what importing the upload would do. Writes nothing."""
    return import_notices(
        actor=actor,
        files=[ocds.read_file(upload.file_name, bytes(upload.content))],
        dry_run=True,
        buyer_scope=upload.organisation,
    )


@transaction.atomic
def confirm_notices(
    *, actor: Actor, upload: NoticeUpload, confirmed_buyers: Iterable[str] = ()
) -> ImportResult:
    """Import the uploaded file and let go of its bytes. Raises WrongState where that was done."""
    upload = NoticeUpload.objects.select_for_update().filter(pk=upload.pk).first()
    if upload is None:
        raise WrongState("This file was imported or discarded already.")
    result = import_notices(
        actor=actor,
        files=[ocds.read_file(upload.file_name, bytes(upload.content))],
        buyer_scope=upload.organisation,
        confirmed_buyers=confirmed_buyers,
    )
    upload.delete()
    return result


@transaction.atomic
def discard_notices(*, actor: Actor, upload: NoticeUpload) -> None:
    """Let go of an uploaded file without importing it."""
    require(
        may_import_notices(actor, upload.organisation),
        "Only the organisation's own people discard it.",
    )
    audit.record(
        actor=actor, verb="notices.discarded", subject=upload, facts={"sha256": upload.sha256}
    )
    upload.delete()


def _about(file: ocds.ReadFile) -> dict:
    return {
        "name": file.name,
        "sha256": file.sha256,
        "kind": file.kind,
        "publisher": file.publisher,
        "releases": len(file.releases),
        "error": "",
    }
