"""Writing the parts of a bid: one page each, saved as typed, sealed for the bidder."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.access import PROVIDER_ROLES, StaleSave, WrongState, door
from accounts.kept import kept_initial
from commissioning import actions, queries
from commissioning.award_model.bid_parts import PartKind, count_words, shortcomings
from commissioning.forms import PART_FORMS, HolderForm
from commissioning.models import Bid
from commissioning.queries import DraftPart
from commissioning.views.bids import the_bid
from providers.queries import evidence_to_offer
from providers.views import drafts

MOST_EARLIER_ANSWERS = 10


@door(*PROVIDER_ROLES)
def bid_part(request, reference, lot, name):
    """What the part asks, what is written, and beside it what helps to write it."""
    bid = the_bid(request, reference)
    held = _held(request, bid, lot, name)
    version = queries.version_for_bidders(request.actor, bid.exercise)
    if not queries.is_open_for_bids(bid.exercise, version) and request.method != "POST":
        return redirect("commissioning:bid-check", reference)
    is_completing = "complete" in request.POST
    earlier = _earlier(request, bid, held) if held.part.kind == PartKind.ANSWER else []
    reused = next((row for row in earlier if row["number"] == request.GET.get("reuse")), None)
    handed_in = _handed_in(request, bid, held)
    is_taken = handed_in is not None and "take" in request.GET
    form = _form(request, bid, held, is_completing, handed_in[1] if is_taken else reused)
    context = _context(request, bid, held) | {
        "form": form,
        "earlier": earlier,
        "reused": reused,
        "handed_in": handed_in,
        "is_taken": is_taken,
    }
    if request.method == "POST":
        if not form.is_valid():
            return _refused(request, form, bid, held, context)
        try:
            row = _save(request, bid, held, form, is_complete=_is_complete(request, held, form))
        except (StaleSave, WrongState) as wrong:
            if drafts.is_autosave(request):
                return drafts.conflict(wrong)
            return _not_saved(request, form, wrong, context)
        if drafts.is_autosave(request):
            return drafts.saved(row.revision)
        return _after(request, bid, held, is_completing)
    return render(request, "commissioning/bid_part.html", context)


@door(*PROVIDER_ROLES)
def part_hold(request, reference, lot, name):
    """Say who has the part in hand: oneself, a colleague, or nobody."""
    bid = the_bid(request, reference)
    held = _held(request, bid, lot, name)
    colleagues = queries.colleagues(request.actor)
    initial = {"holder": held.holder.email if held.holder else request.actor.user.email}
    form = HolderForm(request.POST or None, colleagues=colleagues, initial=initial)
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["holder"]
        actions.hold_part(actor=request.actor, bid=bid, lot_number=lot, name=name, user=user)
        said = f"{user.full_name} has it in hand" if user else "Nobody has it in hand"
        messages.success(request, f"{held.part.title}: {said}")
        return redirect("commissioning:bid-detail", reference)
    context = {"form": form, "bid": bid, "held": held}
    return render(request, "commissioning/bid_part_hold.html", context)


def part_url(bid: Bid, held: DraftPart) -> str:
    """The page on which the part is written."""
    return reverse(
        "commissioning:bid-part", args=[bid.reference, held.part.lot_number, held.part.name]
    )


def _held(request, bid: Bid, lot: int, name: str) -> DraftPart:
    held = queries.draft_part(request.actor, bid, lot, name)
    if held is None:
        raise Http404
    return held


def _handed_in(request, bid: Bid, held: DraftPart):
    """What was handed in for a part whose draft cannot be read, with its submission; the trail says
    that it cannot.
    """
    if not held.is_unreadable:
        return None
    actions.record_unreadable_parts(actor=request.actor, bid=bid, parts=[held])
    return queries.part_as_handed_in(request.actor, bid, held.part)


def _form(request, bid: Bid, held: DraftPart, is_completing: bool, begun: dict | None = None):
    """The form of this kind of part, from what is kept, taken over from elsewhere or written."""
    form_class, content, more = PART_FORMS[held.part.kind], begun or held.content, {}
    if held.part.kind == PartKind.ANSWER:
        content = _with_additions(request, content)
        references = [*held.content.get("evidence", []), *content["evidence"]]
        attached = queries.evidence_by_reference(request.actor, references).values()
        find = request.GET.get("find", "")
        more["evidence"] = evidence_to_offer(request.actor, list(attached), find)
    elif held.part.kind == PartKind.COMMITMENTS:
        codes = held.part.criterion.social_value.measure_codes
        more["measures"] = queries.measures_by_code(request.actor, codes)
        more["worth"] = queries.worth_of_measures(request.actor, bid.exercise)
    counters = {"version": held.revision, "seen_version": held.in_force}
    initial = form_class.initial_of(content) | counters | kept_initial(request)
    return form_class(
        request.POST or None, part=held.part, is_completing=is_completing, initial=initial, **more
    )


def _with_additions(request, content: dict) -> dict:
    """An answer as the form begins with it, with evidence that was just added to the library."""
    evidence = [*content.get("evidence", []), *request.GET.getlist("evidence")]
    return {"text": content.get("text", ""), "evidence": evidence}


def _context(request, bid: Bid, held: DraftPart) -> dict:
    criterion = held.part.criterion
    model = queries.model_in_force(request.actor, bid.exercise)
    is_answer = held.part.kind == PartKind.ANSWER
    return {
        "bid": bid,
        "held": held,
        "part": held.part,
        "kind": held.part.kind.value,
        "criterion": criterion,
        "scale": model.scale(criterion.scale_code) if criterion and is_answer else None,
        "lot": model.lot(held.part.lot_number) if held.part.lot_number else None,
        "words": count_words(held.content.get("text", "")),
        "find": request.GET.get("find", ""),
    }


def _earlier(request, bid: Bid, held: DraftPart) -> list[dict]:
    """What this organisation answered before, with the number by which an address names each: to
    questions of the same title first, then the newest. Nothing while the script saves.
    """
    if drafts.is_autosave(request):
        return []
    rows = queries.answers_to_reuse(request.actor, bid)
    rows.sort(key=lambda row: row["title"] != held.part.criterion.title)
    return [
        {"number": str(number), **row}
        for number, row in enumerate(rows[:MOST_EARLIER_ANSWERS], start=1)
    ]


def _is_complete(request, held: DraftPart, form) -> bool:
    """One button completes, the other makes it a draft again. The script changes neither, unless
    what was complete is so no more.
    """
    if "complete" in request.POST:
        return True
    is_kept = held.is_marked and drafts.is_autosave(request)
    return is_kept and not shortcomings(held.part, form.content)


def _save(request, bid: Bid, held: DraftPart, form, *, is_complete: bool):
    return actions.save_draft_part(
        actor=request.actor,
        bid=bid,
        lot_number=held.part.lot_number,
        name=held.part.name,
        content=form.content,
        is_complete=is_complete,
        seen_revision=form.cleaned_data["version"],
        seen_version=_seen_version(request, held, form),
    )


def _seen_version(request, held: DraftPart, form) -> int:
    """Under which version the person read what is asked. The script's saves say nothing about it:
    only a button does.
    """
    if held.revision and drafts.is_autosave(request):
        return held.seen_version
    return form.cleaned_data["seen_version"] or held.seen_version


def _refused(request, form, bid: Bid, held: DraftPart, context: dict):
    """What is wrong, with the text saved as a draft where only completeness is missing."""
    if drafts.is_autosave(request):
        return drafts.refused(form)
    if form.is_completing:
        again = _form(request, bid, held, is_completing=False)
        if again.is_valid():
            try:
                row = _save(request, bid, held, again, is_complete=False)
            except (StaleSave, WrongState) as wrong:
                return _not_saved(request, again, wrong, context | {"form": again})
            form.data = form.data.copy()
            form.data["version"] = row.revision
            context["is_saved_as_draft"] = True
    return render(request, "commissioning/bid_part.html", context)


def _not_saved(request, form, wrong, context: dict):
    """The typed text stays in the form; the newer version stands beside it, or why it is closed."""
    if isinstance(wrong, StaleSave):
        form.data = form.data.copy()
        form.data["version"] = wrong.current.version
        saved = type(form).initial_of(wrong.current.content)
        context |= {
            "current": wrong.current,
            "current_lines": [(form.fields[name].label, saved.get(name)) for name in form.fields],
        }
    else:
        context |= {"closed": str(wrong)}
    return render(request, "commissioning/bid_part.html", context, status=409)


def _after(request, bid: Bid, held: DraftPart, is_completing: bool):
    """Where to go once the part is saved."""
    if "look" in request.POST:
        return redirect(f"{request.path}?{urlencode({'find': request.POST.get('find', '')})}")
    if "add_evidence" in request.POST:
        messages.success(request, "Draft saved. Go back to your bid once the evidence is added.")
        query = urlencode({"back": part_url(bid, held)})
        return redirect(f"{reverse('providers:evidence-new-file')}?{query}")
    if is_completing:
        messages.success(request, f"{held.part.title}: complete")
        return redirect(_next_url(request, bid, held))
    messages.success(request, f"{held.part.title}: draft saved")
    return redirect("commissioning:bid-detail", bid.reference)


def _next_url(request, bid: Bid, held: DraftPart) -> str:
    """The next part that is not complete, or the list where there is none after this one."""
    _, parts = queries.draft(request.actor, bid)
    place = next(at for at, row in enumerate(parts) if row.part == held.part)
    following = next((row for row in parts[place + 1 :] if not row.is_complete), None)
    if following is None:
        return reverse("commissioning:bid-detail", args=[bid.reference])
    return part_url(bid, following)
