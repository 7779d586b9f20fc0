"""A provider's own bids: task list, lots, handing in, withdrawing, receipts."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from accounts.access import PROVIDER_ROLES, Role, WrongState, door
from accounts.paging import page_of
from commissioning import actions, queries
from commissioning.award_model.bid_parts import PartKind, lots_still_offered
from commissioning.award_model.model import AwardModel
from commissioning.forms import HandInForm, LotsForm, PreferencesForm
from commissioning.inputs import published_model
from commissioning.models import Bid
from commissioning.opened_contents import UnfitContent
from commissioning.queries import DraftPart
from commissioning.rules import may_submit_bid
from commissioning.sealing import SealingError
from commissioning.views.opportunities import has_lots

DECLARATION = (
    "What this bid says is true as far as the bidder knows. The bidder made it on its own: it has"
    " not agreed prices or bids with anybody else. If it wins, it will do what the bid says, under"
    " the published contract terms."
)
TORN = (
    "What you handed in cannot be read here. It is kept as it was handed in, and your draft is not"
    " touched by this. Tell the operator of this service. Until the deadline you can hand in the"
    " bid again from your draft."
)
TITLES = {
    PartKind.ANSWER: "Answers",
    PartKind.COMMITMENTS: "Social value commitments",
    PartKind.PRICE: "Price",
}


@door(*PROVIDER_ROLES)
def bid_list(request):
    """The bids of one's own organisation."""
    page = page_of(request, queries.bids(request.actor))
    return render(request, "commissioning/bid_list.html", {"page": page})


@door(*PROVIDER_ROLES)
def bid_detail(request, reference):
    """The task list while it may be handed in; afterwards what was."""
    bid = the_bid(request, reference)
    return render(request, "commissioning/bid_detail.html", _all_of(request, bid))


@door(*PROVIDER_ROLES)
def bid_lots(request, reference):
    """Bid for other lots."""
    bid = the_bid(request, reference)
    model = queries.model_in_force(request.actor, bid.exercise)
    form = LotsForm(request.POST or None, model=model, initial={"lots": bid.lots})
    if request.method == "POST" and form.is_valid():
        actions.start_bid(
            actor=request.actor, exercise=bid.exercise, provider=bid.provider, **form.cleaned_data
        )
        messages.success(request, "Lots changed")
        return redirect("commissioning:bid-detail", reference)
    return render(request, "commissioning/bid_lots.html", {"form": form, "bid": bid})


@door(*PROVIDER_ROLES)
def bid_preferences(request, reference):
    """Say which lots are wanted most, where a bidder may not win them all."""
    bid = the_bid(request, reference)
    model = queries.model_in_force(request.actor, bid.exercise)
    if not queries.wants_preferences(model, bid.lots):
        raise Http404
    lots = lots_still_offered(model, bid.lots)
    order = lots_still_offered(model, bid.lot_preferences)
    places = {f"place_{lot}": place for place, lot in enumerate(order, start=1)}
    form = PreferencesForm(request.POST or None, model=model, lots=lots, initial=places)
    if request.method == "POST" and form.is_valid():
        actions.prefer_lots(actor=request.actor, bid=bid, order=form.order)
        messages.success(request, "Order of lots saved")
        return redirect("commissioning:bid-detail", reference)
    context = {"form": form, "bid": bid, "model": model}
    return render(request, "commissioning/bid_preferences.html", context)


@door(*PROVIDER_ROLES)
def bid_check(request, reference):
    """Every part as it will be handed in, and what is missing."""
    bid = the_bid(request, reference)
    context = _all_of(request, bid)
    context["sections"] = readable(request, context["model"], context["parts"])
    return render(request, "commissioning/bid_check.html", context)


@door(Role.SIGNATORY)
def bid_submit(request, reference):
    """Declare and hand in. The text stays in the draft where it is too late."""
    bid = the_bid(request, reference)
    form = HandInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            submission = actions.submit_bid(actor=request.actor, bid=bid)
        except WrongState as wrong:
            context = {"bid": bid, "reason": str(wrong)}
            return render(request, "commissioning/bid_not_taken.html", context, status=409)
        messages.success(request, "Bid handed in")
        return redirect("commissioning:bid-receipt", reference, submission.number)
    context = _all_of(request, bid) | {"form": form, "declaration": DECLARATION}
    return render(request, "commissioning/bid_submit.html", context)


@door(Role.SIGNATORY)
def bid_withdraw(request, reference):
    """Take back what was handed in, after asking."""
    bid = the_bid(request, reference)
    if request.method == "POST":
        actions.withdraw_bid(actor=request.actor, bid=bid)
        messages.success(request, "Bid withdrawn. Your draft is kept.")
        return redirect("commissioning:bid-detail", reference)
    context = {"bid": bid, "standing": queries.standing_submission(request.actor, bid)}
    return render(request, "commissioning/bid_withdraw.html", context)


@door(*PROVIDER_ROLES)
def bid_receipt(request, reference, number):
    """When it was handed in, to the second, by whom, and its hash."""
    bid = the_bid(request, reference)
    context = {"bid": bid, "submission": _submission(request, bid, number)}
    return render(request, "commissioning/bid_receipt.html", context)


@door(*PROVIDER_ROLES)
def bid_read(request, reference, number):
    """What was handed in, word for word, under the criteria that then were in force."""
    bid = the_bid(request, reference)
    submission = _submission(request, bid, number)
    model = published_model(submission.version)
    try:
        parts = queries.handed_in_parts(request.actor, submission)
    except (SealingError, UnfitContent) as torn:
        raise WrongState(TORN) from torn
    context = {
        "bid": bid,
        "submission": submission,
        "sections": readable(request, model, parts),
        "order": queries.handed_in_order(request.actor, submission),
        "model": model,
    }
    return render(request, "commissioning/bid_read.html", context)


def the_bid(request, reference) -> Bid:
    """One's own bid of the address."""
    bid = queries.bid(request.actor, reference)
    if bid is None:
        raise Http404
    return bid


def _submission(request, bid: Bid, number: int):
    row = queries.submissions(request.actor, bid).filter(number=number).first()
    if row is None:
        raise Http404
    return row


def _all_of(request, bid: Bid) -> dict:
    """What the task list, the check and the handing-in show alike."""
    viewer = request.actor
    version = queries.version_for_bidders(viewer, bid.exercise)
    model, parts = queries.draft(viewer, bid)
    if unreadable := [row for row in parts if row.is_unreadable]:
        actions.record_unreadable_parts(actor=viewer, bid=bid, parts=unreadable)
    last = queries.submissions(viewer, bid).prefetch_related("envelopes").last()
    standing = last if last and last.withdrawn_at is None else None
    lots = lots_still_offered(model, bid.lots)
    order = lots_still_offered(model, bid.lot_preferences)
    wants = queries.wants_preferences(model, lots)
    return {
        "bid": bid,
        "exercise": bid.exercise,
        "model": model,
        "parts": parts,
        "sections": sections_of(model, parts),
        "missing": [row for row in parts if not row.is_complete],
        "complete": sum(row.is_complete for row in parts),
        "is_open": queries.is_open_for_bids(bid.exercise, version),
        "due_at": version.tenders_due_at,
        "last": last,
        "standing": standing,
        "differs": standing is not None
        and queries.differs_from_handed_in(viewer, bid, parts, standing),
        "is_of_older_version": standing is not None and standing.version_id != version.pk,
        "set_aside": queries.own_set_aside(viewer, bid),
        "is_signatory": may_submit_bid(viewer, bid.provider),
        "has_lots": has_lots(model),
        "lacks_lots": not lots,
        "order": order,
        "wants_preferences": wants,
        "lacks_preferences": wants and sorted(order) != sorted(lots),
    }


def sections_of(model: AwardModel, parts: list[DraftPart]) -> list[dict]:
    """The parts under headings, in their order: the whole bid first, then lot by lot."""
    found = []
    for (lot, kind), rows in groupby(parts, key=_section_of):
        title = TITLES.get(kind, "Your organisation")
        if lot and has_lots(model):
            title = f"Lot {lot}, {model.lot(lot).title}: {title.lower()}"
        found.append({"title": title, "rows": list(rows), "is_price": kind == PartKind.PRICE})
    return found


def _section_of(row: DraftPart) -> tuple[int, str]:
    lot = row.part.lot_number
    return lot, row.part.kind if lot else ""


def readable(request, model: AwardModel, parts: list[DraftPart]) -> list[dict]:
    """The sections with everything that a reader needs beside the texts: evidence, measures."""
    evidence = queries.evidence_by_reference(
        request.actor, {ref for row in parts for ref in row.content.get("evidence", [])}
    )
    measures = queries.measures_by_code(
        request.actor,
        {code for row in parts if row.part.kind == PartKind.COMMITMENTS for code in row.content},
    )
    sections = sections_of(model, parts)
    for section in sections:
        section["rows"] = [
            {
                "row": row,
                "evidence": [
                    evidence[ref] for ref in row.content.get("evidence", []) if ref in evidence
                ],
                "commitments": [
                    (measures[code], promise)
                    for code, promise in row.content.items()
                    if row.part.kind == PartKind.COMMITMENTS
                ],
            }
            for row in section["rows"]
        ]
    return sections
