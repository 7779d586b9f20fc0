"""Bringing notices in."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts import audit, jobs
from accounts.access import Actor, WrongState, require
from accounts.models import Organisation
from commissioning import ocds
from commissioning.actions._import_result import CREATED, ImportResult
from commissioning.actions._import_run import ImportWork
from commissioning.models import ImportRun, NoticeUpload
from commissioning.rules import may_import_for_any_buyer, may_import_notices

UPLOAD_WAITS = timedelta(days=2)
IMPORT = "commissioning.import_notices"
OWN_ONLY = "You may import your own organisation's notices."


class _RollBack(Exception):
    pass


def import_notices(
    *, actor: Actor, files: Sequence[ocds.ReadFile], dry_run: bool = False
) -> ImportResult:
    """Import the releases of files that were read, whoever the buyers are: for the system only.

    Side effects, in order, in one transaction, with a savepoint for each process so that none is
    ever half written: organisations and matches, procurements, lots, criteria, contracts, parties,
    raw releases, one audit row for each new or changed procurement and contract, the run and its
    audit row. A dry run says what would come of it and writes nothing.
    """
    require(may_import_for_any_buyer(actor), "Only the operator's command imports for any buyer.")
    result = ImportResult(files=[_about(file) for file in files])
    if files:
        _work(ImportWork(actor, None, frozenset(), result), files, dry_run=dry_run)
    return result


def _work(work: ImportWork, files: Sequence[ocds.ReadFile], *, dry_run: bool) -> None:
    try:
        with transaction.atomic():
            work.run(files, dry_run=dry_run)
            if dry_run:
                raise _RollBack
            work.close()
    except _RollBack:
        for outcome in work.result.outcomes:
            outcome.reference = outcome.reference if outcome.outcome != CREATED else ""


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
    # Of two uploads of one file at once the second waits here, and takes the place of the first.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    waiting = NoticeUpload.objects.waiting()
    waiting.filter(uploaded_at__lt=now - UPLOAD_WAITS).delete()
    waiting.filter(organisation=organisation, sha256=file.sha256).delete()
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


def preview_of(*, actor: Actor, upload: NoticeUpload) -> dict:
    """Return what importing the upload would do: ``report``, ``records`` and the ``buyers`` to be
    confirmed. Looked into once, and kept with the upload.
    """
    require(may_import_notices(actor, upload.organisation), OWN_ONLY)
    if not upload.preview:
        found = preview_notices(actor=actor, upload=upload)
        upload.preview = {
            "report": found.report(),
            "records": [outcome.as_record() for outcome in found.outcomes],
            "buyers": found.buyers_to_confirm,
        }
        NoticeUpload.objects.filter(pk=upload.pk).update(preview=upload.preview)
    return upload.preview


def preview_notices(*, actor: Actor, upload: NoticeUpload) -> ImportResult:
    """Say what importing the upload would do. Writes nothing."""
    require(may_import_notices(actor, upload.organisation), OWN_ONLY)
    file = ocds.read_file(upload.file_name, bytes(upload.content))
    result = ImportResult(files=[_about(file)])
    _work(ImportWork(actor, upload.organisation, frozenset(), result), [file], dry_run=True)
    return result


@transaction.atomic
def confirm_notices(
    *, actor: Actor, upload: NoticeUpload, confirmed_buyers: Iterable[str] = ()
) -> ImportRun:
    """Have the uploaded file imported in the background, once.

    ``confirmed_buyers`` are keys of ``ImportResult.buyers_to_confirm`` of which the person said
    that they are their organisation. Side effects, in order: run, job and its audit row, upload.
    Raises WrongState where it was confirmed or discarded before.
    """
    upload = NoticeUpload.objects.waiting().select_for_update().filter(pk=upload.pk).first()
    if upload is None:
        raise WrongState("This file was imported or discarded already.")
    require(may_import_notices(actor, upload.organisation), OWN_ONLY)
    run = ImportRun.objects.create(
        organisation=upload.organisation,
        started_by=actor.user,
        started_by_label=actor.label,
        started_at=timezone.now(),
    )
    run.job = jobs.request(
        actor=actor,
        kind=IMPORT,
        subject_reference=run.reference,
        organisation=upload.organisation,
    )
    run.save(update_fields=["job"])
    upload.run = run
    upload.confirmed_buyers = sorted(confirmed_buyers)
    upload.save(update_fields=["run", "confirmed_buyers"])
    return run


def import_confirmed(
    *, actor: Actor, run: ImportRun, progress: Callable[[int, str], None]
) -> ImportRun:
    """Import the file of a run that a person confirmed, and let go of its bytes.

    ``actor`` is that person as of now, who must still be one who may import. Each process is
    written in a transaction of its own, with the side effects of ``import_notices``; done again
    after a worker died, what was written is found as it is. The run, its audit rows and the end of
    the upload come last, in one.
    """
    require(may_import_notices(actor, run.organisation), OWN_ONLY)
    upload = NoticeUpload.objects.get(run=run)
    progress(5, "Reading the file")
    file = ocds.read_file(upload.file_name, bytes(upload.content))
    result = ImportResult(files=[_about(file)])
    work = ImportWork(
        actor,
        run.organisation,
        frozenset(upload.confirmed_buyers),
        result,
        now=run.started_at,
        progress=progress,
    )
    work.run([file])
    with transaction.atomic():
        work.close(run)
        upload.delete()
    return run


@transaction.atomic
def retry_import(*, actor: Actor, run: ImportRun) -> None:
    """Put an import that failed back in the queue. Raises WrongState where it did not fail."""
    require(may_import_notices(actor, run.organisation), OWN_ONLY)
    if run.job is None:
        raise WrongState("The command's imports are run again on the command line.")
    if not jobs.retry(actor=actor, job=run.job):
        raise WrongState("This import did not fail, or is being done again already.")


@transaction.atomic
def discard_notices(*, actor: Actor, upload: NoticeUpload) -> None:
    """Let go of an uploaded file without importing it. Raises WrongState once it is confirmed."""
    require(
        may_import_notices(actor, upload.organisation),
        "Only the organisation's own people discard it.",
    )
    upload = NoticeUpload.objects.waiting().select_for_update().filter(pk=upload.pk).first()
    if upload is None:
        raise WrongState("This file was imported or discarded already.")
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
