"""Contracts: list, detail, by hand, corrections, level."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.access import COMMISSIONER_ROLES, PROVIDER_ROLES, Role, StaleSave, WrongState, door
from accounts.kept import kept_initial
from accounts.numbers import read_key
from accounts.paging import page_of
from commissioning import actions, ocds, queries
from commissioning.contract_links import links_for
from commissioning.enums import CorrectableField
from commissioning.filters import ContractFilter
from commissioning.forms import ContractForm, CorrectionForm, LevelForm
from commissioning.models import Contract
from commissioning.rules import is_judge_of, keeps_contracts_of
from principles.rules import RISK_QUESTIONS, propose_level

KEEPERS = (Role.PROCUREMENT_LEAD, Role.CONTRACT_MANAGER)
READERS = (*COMMISSIONER_ROLES, *PROVIDER_ROLES, Role.AUDITOR)


@door(*READERS)
def contract_list(request):
    """The contracts that the viewer may see, filtered, sorted and paged."""
    found = ContractFilter(request.GET, queryset=queries.contracts(request.actor))
    return render(
        request,
        "commissioning/contract_list.html",
        {
            "filter": found,
            "page": page_of(request, found.qs),
            "may_add": request.actor.has(*KEEPERS),
        },
    )


@door(*READERS)
def contract_detail(request, reference):
    """One contract: parties, what was published and corrected, gaps, level, requests."""
    contract = _contract(request, reference)
    actions.record_opening(actor=request.actor, subject=contract, case=contract.reference)
    commissioner = contract.commissioner
    own = request.actor.organisation == commissioner.organisation
    sees_case = (own and request.actor.has(*COMMISSIONER_ROLES)) or request.actor.has(Role.AUDITOR)
    corrections = list(contract.corrections.all())
    standing = {row.field: row for row in corrections if row.replaced_at is None}
    fields = [
        {
            "field": field,
            "label": field.label,
            "value": getattr(contract, field),
            "correction": standing.get(field) if sees_case else None,
            "published": _published(standing.get(field)),
        }
        for field in CorrectableField
    ]
    return render(
        request,
        "commissioning/contract_detail.html",
        {
            "contract": contract,
            "fields": fields,
            "corrections": corrections,
            "gaps": [ocds.GAPS.get(code, code) for code in contract.gaps],
            "risks": _risks(contract),
            "process_links": queries.links_of_contract(request.actor, contract)
            if sees_case
            else [],
            "named_elsewhere_on": queries.named_elsewhere_on(request.actor, contract.procurement)
            if sees_case and contract.procurement
            else None,
            "links": links_for(request.actor, contract),
            "requests": queries.requests(request.actor).filter(contract=contract)
            if sees_case
            else [],
            "sees_case": sees_case,
            "may_keep": keeps_contracts_of(request.actor, commissioner),
            "may_declare": is_judge_of(request.actor, commissioner),
        },
    )


@door(*KEEPERS)
def contract_new(request):
    """Keep a contract that no notice brought."""
    words = request.GET.get("find", "")
    chosen = [key for key in map(read_key, request.POST.getlist("providers")) if key]
    providers = queries.providers_like(request.actor, words, chosen)
    form = ContractForm(request.POST or None, providers=providers, initial=kept_initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            contract = actions.create_contract(actor=request.actor, **form.cleaned_data)
        except WrongState as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "Contract added")
            return redirect("commissioning:contract-detail", contract.reference)
    context = {"form": form, "find": words, "found": len(providers)}
    return render(request, "commissioning/contract_new.html", context)


@door(*KEEPERS)
def contract_correct(request, reference, field):
    """Put one field right; the published value stays beside it."""
    contract = _contract(request, reference)
    if field not in CorrectableField.values:
        raise Http404
    value = getattr(contract, field)
    seen = actions.as_text(value)
    form = CorrectionForm(
        request.POST or None,
        field=field,
        initial={"seen": seen, "value": value} | kept_initial(request),
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_contract(
                actor=request.actor, contract=contract, field=field, **form.cleaned_data
            )
        except StaleSave as stale:
            conflict = getattr(stale.current, field)
            form.data = form.data.copy()
            form.data["seen"] = actions.as_text(conflict)
        except WrongState as wrong:
            form.add_error("value", str(wrong))
        else:
            messages.success(request, f"{CorrectableField(field).label} corrected")
            return redirect("commissioning:contract-detail", reference)
    context = {
        "form": form,
        "contract": contract,
        "label": CorrectableField(field).label,
        "is_conflict": conflict is not None,
        "current": conflict,
        "field": field,
    }
    status = 409 if conflict is not None else 200
    return render(request, "commissioning/contract_correct.html", context, status=status)


@door(*KEEPERS)
def correction_withdraw(request, reference, pk):
    """Let the published value stand again, after asking."""
    contract = _contract(request, reference)
    correction = queries.correction(request.actor, contract, pk)
    if correction is None:
        raise Http404
    if request.method == "POST":
        actions.withdraw_correction(actor=request.actor, correction=correction)
        messages.success(request, "The published value stands again")
        return redirect("commissioning:contract-detail", reference)
    context = {"contract": contract, "correction": correction}
    return render(request, "commissioning/correction_withdraw.html", context)


@door(*KEEPERS)
def contract_level(request, reference):
    """The three risk questions, the level that they propose, and another one with a reason."""
    contract = _contract(request, reference)
    answers = {name: "yes" if value else "no" for name, value in contract.risk_answers.items()}
    other = contract.assurance_level if contract.level_reason else ""
    initial = {**answers, "level": other, "reason": contract.level_reason}
    form = LevelForm(request.POST or None, initial=initial | kept_initial(request))
    proposal = None
    if request.method == "POST" and form.is_valid():
        proposal = propose_level(contract.value_gbp, form.answers)
        if "propose" not in request.POST:
            try:
                actions.set_level(
                    actor=request.actor,
                    contract=contract,
                    answers=form.answers,
                    level=form.cleaned_data["level"],
                    reason=form.cleaned_data["reason"],
                )
            except WrongState as wrong:
                form.add_error("reason", str(wrong))
            else:
                messages.success(request, "Level set")
                return redirect(reverse("commissioning:contract-detail", args=[reference]))
    context = {"form": form, "contract": contract, "proposal": proposal}
    return render(request, "commissioning/contract_level.html", context)


def _contract(request, reference):
    contract = queries.contract(request.actor, reference)
    if contract is None:
        raise Http404
    return contract


def _published(correction):
    """The published value behind a correction, as its field's own kind."""
    if correction is None or not correction.published_value:
        return None
    return Contract._meta.get_field(correction.field).to_python(correction.published_value)


def _risks(contract) -> list[tuple[str, bool]]:
    return [
        (row.question, contract.risk_answers[row.name])
        for row in RISK_QUESTIONS
        if row.name in contract.risk_answers
    ]
