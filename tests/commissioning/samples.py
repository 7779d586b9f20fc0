"""Notices to import in tests: the bundled real ones, a third publisher's, and small ones."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts import jobs
from accounts.access import Actor
from accounts.models import Organisation
from commissioning import actions, ocds
from commissioning.models import (
    AssessmentRequest,
    Commissioner,
    Contract,
    ContractParty,
    ImportRun,
    NoticeUpload,
)
from principles.models import Criterion, Edition, Framework, ScalePoint
from providers.models import Provider

BUNDLED = Path(ocds.__file__).parent.parent / "notices"
CONTRACTS_FINDER = BUNDLED / "contracts-finder.json"
PUBLIC_CONTRACTS_SCOTLAND = BUNDLED / "public-contracts-scotland.json"
FIND_A_TENDER = Path(__file__).parent / "data" / "find-a-tender.json"


def a_release(
    ocid: str = "ocds-b5fd17-aa01", release_id: str = "r1", **changes: Any
) -> dict[str, Any]:
    """Return an award notice of a fictitious council to a registered supplier."""
    release = {
        "ocid": ocid,
        "id": release_id,
        "date": "2025-06-02T10:00:00Z",
        "tag": ["award"],
        "parties": [
            {
                "id": "GB-CFS-1",
                "name": "Ashmere Council",
                "identifier": {"scheme": "GB-LAE", "id": "ASH"},
                "roles": ["buyer"],
            },
            {
                "id": "GB-COH-01234567",
                "name": "Brightwater Ltd",
                "identifier": {"scheme": "GB-COH", "id": "01234567"},
                "roles": ["supplier"],
            },
        ],
        "buyer": {"id": "GB-CFS-1", "name": "Ashmere Council"},
        "tender": {
            "id": "T1",
            "title": "Leisure centre cleaning",
            "description": "Daily cleaning.",
            "value": {"amount": 120000, "currency": "GBP"},
        },
        "awards": [
            {
                "id": f"{ocid}-1",
                "status": "active",
                "date": "2025-06-01T00:00:00Z",
                "value": {"amount": 118000.5, "currency": "GBP"},
                "suppliers": [{"id": "GB-COH-01234567", "name": "Brightwater Ltd"}],
                "contractPeriod": {
                    "startDate": "2025-07-01T00:00:00Z",
                    "endDate": "2027-06-30T23:59:59Z",
                },
            },
        ],
    }
    return release | changes


def a_package(*releases: dict[str, Any], publisher: str = "Contracts Finder") -> bytes:
    """Return a release package as bytes."""
    return json.dumps(
        {
            "version": "1.1",
            "publisher": {"name": publisher},
            "license": "https://example.org/ogl",
            "releases": releases,
        }
    ).encode()


def imported(*bodies: dict[str, Any], **options: Any) -> Any:
    """Import releases as the operator's command does; return the result."""
    file = ocds.read_file("notices.json", a_package(*bodies))
    return actions.import_notices(actor=Actor.system("importer"), files=[file], **options)


def staged(actor: Actor, *bodies: dict[str, Any], file_name: str = "n.json") -> NoticeUpload:
    """Return a file of these releases that was uploaded and waits to be confirmed."""
    return actions.stage_notices(actor=actor, file_name=file_name, content=a_package(*bodies))


def confirmed(actor: Actor, upload: NoticeUpload, buyers: Iterable[str] | None = None) -> ImportRun:
    """Confirm an upload, as all the buyers that are asked about, and do its job."""
    if buyers is None:
        buyers = actions.preview_notices(actor=actor, upload=upload).buyers_to_confirm
    run = actions.confirm_notices(actor=actor, upload=upload, confirmed_buyers=buyers)
    jobs.run(run.job_id)
    run.refresh_from_db()
    assert run.finished_at is not None, run.job.error
    return run


def uploaded(actor: Actor, *bodies: dict[str, Any], **options: Any) -> ImportRun:
    """Upload releases and confirm them, as somebody of a council does; return the run."""
    return confirmed(actor, staged(actor, *bodies), **options)


def named_buyer(organisation: Organisation, scheme: str, value: str, **changes: Any) -> dict:
    """Return an award notice whose buyer is this organisation, by a register's number."""
    release = a_release(**changes)
    release["parties"][0] |= {
        "id": f"GB-CFS-{value}",
        "name": organisation.name,
        "identifier": {"scheme": scheme, "id": value},
    }
    release["buyer"] = {"id": f"GB-CFS-{value}", "name": organisation.name}
    return release


def a_contract(people, body: str = "council", provider: str = "firm", **values: Any) -> Contract:
    """Return a contract of one of the named commissioners with one of the named providers."""
    commissioner, _ = Commissioner.objects.get_or_create(organisation=people.organisations[body])
    party, _ = Provider.objects.get_or_create(organisation=people.organisations[provider])
    values = {"title": "Home care", "status": "active", **values}
    contract = Contract.objects.create(commissioner=commissioner, **values)
    ContractParty.objects.create(contract=contract, provider=party, is_lead=True)
    return contract


def an_edition(code: str = "small-framework") -> Edition:
    """Return a published edition with a scale and one criterion for each side to answer."""
    framework = Framework.objects.create(code=code, title="Small framework")
    edition = Edition.objects.create(
        framework=framework,
        label="1",
        in_force_from=date(2020, 1, 1),
        publisher="Us",
        licence="MIT",
        source="Ours",
        basis="own_synthesis",
        basis_note="Ours",
        content_sha256="0" * 64,
    )
    for value in range(4):
        ScalePoint.objects.create(
            edition=edition, value=value, label=f"Point {value}", description="A point."
        )
    root = Criterion.objects.create(
        edition=edition, code="A", title="Principle", explanation="It.", position=0,
        is_assessable=False, basis="own_synthesis",
    )  # fmt: skip
    for position, side in enumerate(("provider", "commissioner"), start=1):
        Criterion.objects.create(
            edition=edition,
            parent=root,
            code=f"A{position}",
            title=f"For the {side}",
            explanation="What it asks.",
            good="Good.",
            poor="Poor.",
            evidence_to_ask=["A policy"],
            answered_by=side,
            level="core",
            source="Ours",
            basis="own_synthesis",
            position=position,
            is_assessable=True,
        )
    edition.published_at = timezone.now()
    edition.save()
    return edition


def a_request(people, contract: Contract, **changes: Any) -> AssessmentRequest:
    """Return a request to the contract's provider, made by the commissioner's contract manager."""
    keys = {"council": "priya", "small_council": "mei"}
    manager = next(
        Actor.of(people.users[who])
        for key, who in keys.items()
        if people.organisations[key] == contract.commissioner.organisation
    )
    edition = Edition.objects.filter(framework__code="small-framework").first() or an_edition()
    given = {
        "contract": contract,
        "provider": contract.parties.first().provider,
        "editions": [edition],
        "due_on": timezone.localdate() + timedelta(days=14),
        "level": "core",
    }
    return actions.request_self_assessment(actor=manager, **given | changes)
