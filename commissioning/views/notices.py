"""Bringing notices in: upload, preview, confirm, and what came of it."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import OPERATOR, Role, door
from accounts.paging import page_of
from commissioning import actions, ocds, queries
from commissioning.forms import ImportConfirmForm, NoticeUploadForm
from commissioning.rules import may_import_notices

KEEPERS = (Role.PROCUREMENT_LEAD, Role.CONTRACT_MANAGER)
FIRST_ROWS = 200


@door(*KEEPERS, OPERATOR)
def import_list(request):
    """Imports so far, and files that wait for confirmation."""
    return render(
        request,
        "commissioning/import_list.html",
        {
            "page": page_of(request, queries.import_runs(request.actor)),
            "uploads": queries.uploads(request.actor),
            "may_import": may_import_notices(request.actor, request.actor.organisation),
        },
    )


@door(*KEEPERS)
def notice_upload(request):
    """Choose a file; it is read at once, and kept until its preview is confirmed."""
    form = NoticeUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = actions.stage_notices(
            actor=request.actor,
            file_name=form.cleaned_data["file"].name,
            content=form.content,
        )
        return redirect("commissioning:notice-preview", upload.reference)
    return render(request, "commissioning/notice_upload.html", {"form": form})


@door(*KEEPERS)
def notice_preview(request, reference):
    """What importing the file would do; confirming has it done in the background."""
    upload = queries.upload(request.actor, reference)
    if upload is None:
        raise Http404
    preview = actions.preview_of(actor=request.actor, upload=upload)
    given = request.POST if request.method == "POST" else None
    form = ImportConfirmForm(given, buyers=preview["buyers"])
    if request.method == "POST" and form.is_valid():
        run = actions.confirm_notices(
            actor=request.actor,
            upload=upload,
            confirmed_buyers=form.cleaned_data.get("buyers", []),
        )
        return redirect("commissioning:import-detail", run.reference)
    shown = _shown(preview["report"], preview["records"])
    return render(
        request,
        "commissioning/notice_preview.html",
        {"upload": upload, "form": form, **shown},
    )


@door(*KEEPERS)
def notice_discard(request, reference):
    """Let a waiting file go, after asking."""
    upload = queries.upload(request.actor, reference)
    if upload is None:
        raise Http404
    if request.method == "POST":
        actions.discard_notices(actor=request.actor, upload=upload)
        messages.success(request, f"{upload.file_name} discarded")
        return redirect("commissioning:import-list")
    return render(request, "commissioning/notice_discard.html", {"upload": upload})


@door(*KEEPERS, OPERATOR)
def import_detail(request, reference):
    """One import: where it stands; once finished, counts, refusals with their reasons, gaps, and
    every process.
    """
    run = _run(request, reference)
    if run.finished_at is None:
        may_retry = may_import_notices(request.actor, run.organisation)
        context = {"run": run, "may_retry": may_retry}
        return render(request, "commissioning/import_progress.html", context)
    return render(
        request,
        "commissioning/import_detail.html",
        {"run": run, **_shown(run.report, run.records)},
    )


@door(*KEEPERS)
def import_state(request, reference):
    """Where the job stands, for the script that refreshes the line."""
    job = _run(request, reference).job
    if job is None:
        raise Http404
    return JsonResponse(
        {
            "state": job.state,
            "label": job.get_state_display(),
            "percent": job.percent,
            "message": job.message,
        }
    )


@door(*KEEPERS)
@require_POST
def import_retry(request, reference):
    """Try a failed import again."""
    actions.retry_import(actor=request.actor, run=_run(request, reference))
    messages.success(request, "The import is queued again")
    return redirect("commissioning:import-detail", reference)


def _run(request, reference):
    run = queries.import_run(request.actor, reference)
    if run is None:
        raise Http404
    return run


def _shown(report: dict, records: list[dict]) -> dict:
    """What both the preview and the record of an import show."""
    gaps = [(ocds.GAPS.get(code, code), number) for code, number in report["gaps"].items()]
    kept = [row for row in records if row["outcome"] != "refused"]
    return {
        "report": report,
        "gaps": gaps,
        "refused": [row for row in records if row["outcome"] == "refused"][:FIRST_ROWS],
        "kept": kept[:FIRST_ROWS],
        "kept_count": len(kept),
        "shown_at_most": FIRST_ROWS,
    }
