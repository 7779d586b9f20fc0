"""The evidence library."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from accounts.access import Role, WrongState, door
from accounts.file_reader import UnusableFile
from accounts.kept import kept_initial
from accounts.paging import page_of
from providers import actions, queries, readers
from providers.forms import EvidenceDatesForm, EvidenceFileForm, EvidenceLinkForm
from providers.rules import keeps_evidence_of, reads_as_auditor, why_withheld
from providers.views.answers import answer_url

KEEPERS = (Role.CONTRIBUTOR, Role.SIGNATORY, Role.CONTRACT_MANAGER)
READERS = (*KEEPERS, Role.PROCUREMENT_LEAD, Role.EVALUATOR, Role.APPROVER, Role.AUDITOR)


@door(*KEEPERS)
def evidence_list(request):
    """The library of one's own organisation."""
    find = request.GET.get("find", "")
    items = queries.own_evidence(request.actor)
    if find:
        items = items.filter(title__icontains=find)
    return render(
        request,
        "providers/evidence_list.html",
        {
            "page": page_of(request, items),
            "find": find,
            "use": queries.evidence_use(request.actor),
        },
    )


@door(*KEEPERS)
def evidence_new_file(request):
    """Add a file, and attach it to the answer that it is for."""
    form = EvidenceFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        upload = given.pop("file")
        try:
            item = actions.add_evidence_file(
                actor=request.actor, content=upload.read(), file_name=upload.name, **given
            )
        except UnusableFile as wrong:
            form.add_error("file", str(wrong))
        else:
            return _added(request, item)
    return render(request, "providers/evidence_new.html", {"form": form, "is_file": True})


@door(*KEEPERS)
def evidence_new_link(request):
    """Add a link, and attach it to the answer that it is for."""
    form = EvidenceLinkForm(request.POST or None, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        return _added(request, actions.add_evidence_link(actor=request.actor, **form.cleaned_data))
    return render(request, "providers/evidence_new.html", {"form": form, "is_file": False})


def _added(request, item):
    messages.success(request, f"{item.title} added to your library")
    back = request.GET.get("back", "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(f"{back}?{urlencode({'evidence': item.reference})}")
    if not request.GET.get("for"):
        return redirect("providers:evidence-detail", item.reference)
    self_assessment = get_object_or_404(
        queries.own_self_assessments(request.actor), reference=request.GET["for"]
    )
    criterion = get_object_or_404(
        queries.criteria_to_answer(request.actor, self_assessment),
        code=request.GET.get("code"),
        edition__framework__code=request.GET.get("framework"),
    )
    actions.attach_evidence(
        actor=request.actor, self_assessment=self_assessment, criterion=criterion, item=item
    )
    return redirect(answer_url(self_assessment, criterion))


def _read(request, reference, what):
    """The item of the address, if the viewer may see it; an auditor's reading is recorded, and
    whoever keeps a trail of it is told of the reading of others. Pictures come with their page.

    Raises ``WrongState`` for a file, or a picture of it, that is withheld.
    """
    item = get_object_or_404(queries.evidence(request.actor), reference=reference)
    withheld = why_withheld(request.actor, item)
    if withheld and what != "page":
        raise WrongState(withheld)
    if reads_as_auditor(request.actor):
        actions.record_reading(actor=request.actor, subject=item, what=what)
    elif item.organisation != request.actor.organisation and what != "picture":
        readers.tell_opened(request.actor, item)
    return item


@door(*READERS)
def evidence_detail(request, reference):
    """One item: what it is, its dates and hash, and its pages as pictures."""
    item = _read(request, reference, "page")
    keeps = keeps_evidence_of(request.actor, item.organisation)
    return render(
        request,
        "providers/evidence_detail.html",
        {
            "item": item,
            "pictures": queries.evidence_pictures(request.actor, item),
            "keeps": keeps,
            "may_change": keeps and not item.frozen_at,
            "is_own": item.organisation == request.actor.organisation,
            "is_unnamed": readers.is_unnamed(request.actor, item),
        },
    )


@door(*KEEPERS)
def evidence_change(request, reference):
    """Correct the title or dates."""
    item = get_object_or_404(queries.own_evidence(request.actor), reference=reference)
    saved = {
        name: getattr(item, name) for name in ("title", "covers_from", "covers_to", "valid_until")
    }
    form = EvidenceDatesForm(request.POST or None, initial=saved | kept_initial(request))
    if request.method == "POST" and form.is_valid():
        actions.change_evidence(actor=request.actor, item=item, **form.cleaned_data)
        messages.success(request, "Evidence changed")
        return redirect("providers:evidence-detail", reference)
    return render(request, "providers/evidence_change.html", {"form": form, "item": item})


@door(*READERS)
def evidence_file(request, reference):
    """The file itself, always as a download."""
    item = _read(request, reference, "file")
    if not item.file:
        raise Http404
    return FileResponse(
        item.file.open(),
        as_attachment=True,
        filename=item.file_name,
        content_type="application/octet-stream",
    )


@door(*READERS)
def evidence_picture(request, reference, page=1):
    """An image, or a page of a PDF, as the worker drew it anew: no upload is opened here."""
    item = _read(request, reference, "picture")
    path = item.handling.path_of(page) if item.file else None
    if path is None or not item.file.storage.exists(path):
        raise Http404
    return FileResponse(
        item.file.storage.open(path),
        content_type="image/png",
        headers={"Cache-Control": "private, max-age=3600"},
    )
