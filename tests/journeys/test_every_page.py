"""Every page of the demonstration, as each role sees it, at 1280 and at 320 pixels.

Axe finds nothing, nothing scrolls sideways, and the console is quiet. With ``SCREENSHOTS`` set to
a folder, a picture of each page is kept there for people to look at.
"""

import json
import re

import pytest

from tests.journeys.conftest import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey"), pytest.mark.timeout(1500)]

FIND = """
import json
from scorecards.models import Scorecard, Report
from providers.models import SelfAssessment, EvidenceItem
from commissioning.models import (
    AssessmentRequest, Contract, ImportRun, InterestDeclaration, OrganisationMatch, Procurement,
)
from principles.models import ValueSet
from accounts.models import Membership
by_stage = {row.stage: row for row in Scorecard.objects.order_by('pk')}
of = lambda stage: by_stage[stage]
print(json.dumps({
    **{f'sc_{stage}': row.reference for stage, row in by_stage.items()},
    'contract': of('rating').contract.reference,
    'provider': of('rating').provider.reference,
    'notice_contract': Contract.objects.filter(
        procurement__isnull=False, commissioner__organisation__name='City of Doncaster Council'
    ).first().reference,
    'procurement': Procurement.objects.filter(
        buyer__organisation__name='City of Doncaster Council'
    ).first().reference,
    'request': of('rating').request.reference,
    'sa_open': of('requested').request.self_assessment.reference,
    'sa_firm': SelfAssessment.objects.filter(
        state='drafting', provider__organisation__name__startswith='Aldergate'
    ).first().reference,
    'sa_done': of('signed_off').request.self_assessment.reference,
    'evidence': EvidenceItem.objects.filter(
        media_type='application/pdf', organisation__name__startswith='Aldergate'
    ).first().reference,
    'report': Report.objects.filter(scorecard=of('signed_off')).first().reference,
    'value_set': ValueSet.objects.first().reference,
    'membership': Membership.objects.filter(user__email__startswith='evan').first().pk,
}))
"""

PAGES = {
    "": [
        "/sign-in/", "/sign-in/password/reset/", "/sign-in/closed/", "/help/", "/accessibility/",
        "/privacy/", "/verify/", "/nothing-here/", "/invitations/nothing/",
    ],
    "priya": [
        "/", "/account/", "/sign-in/sessions/", "/sign-in/password/change/", "/scorecards/",
        "/contracts/", "/contracts/new/", "/contracts/{contract}/", "/contracts/{notice_contract}/",
        "/contracts/{contract}/level/", "/contracts/{contract}/correct/title/",
        "/contracts/{notice_contract}/scorecards/new/", "/procurements/",
        "/procurements/{procurement}/", "/notices/", "/notices/upload/", "/requests/",
        "/requests/{request}/", "/interests/", "/matches/", "/evidence/", "/frameworks/",
        "/value-sets/", "/value-sets/{value_set}/", "/scorecards/{sc_draft}/",
        "/scorecards/{sc_draft}/request/", "/scorecards/{sc_submitted}/return-answers/",
        "/scorecards/{sc_rating}/", "/scorecards/{sc_rating}/trail/",
        "/self-assessments/{sa_done}/", "/sign-in/out/",
    ],
    "evan": [
        "/", "/scorecards/", "/scorecards/{sc_rating}/",
        "/scorecards/{sc_rating}/criteria/seven-principles/SP1.1/",
        "/scorecards/{sc_rating}/criteria/seven-principles/SP1.1/finding/",
        "/scorecards/{sc_rating}/send/", "/reports/{report}/", "/reports/{report}/page/",
        "/evidence/{evidence}/", "/contracts/{contract}/interests/{provider}/",
    ],
    "anna": [
        "/", "/scorecards/{sc_sent_for_approval}/", "/scorecards/{sc_sent_for_approval}/sign-off/",
        "/scorecards/{sc_sent_for_approval}/return-rating/", "/sign-in/second-factor/",
    ],
    "adam": [
        "/", "/people/", "/people/invite/", "/people/{membership}/roles/",
        "/people/{membership}/end/", "/trail/", "/engagements/", "/engagements/new/",
    ],
    "sam": [
        "/", "/self-assessments/", "/self-assessments/{sa_firm}/",
        "/self-assessments/{sa_firm}/check/", "/self-assessments/{sa_firm}/submit/",
        "/self-assessments/{sa_firm}/answers/seven-principles/SP1.1/",
        "/self-assessments/{sa_firm}/measures/national-toms/NT1/",
        "/self-assessments/{sa_done}/", "/self-assessments/{sa_done}/receipt/", "/evidence/",
        "/evidence/new/file/", "/evidence/new/link/", "/evidence/{evidence}/",
        "/scorecards/{sc_signed_off}/", "/reports/{report}/page/", "/people/",
    ],
    "oscar": [
        "/", "/scorecards/", "/scorecards/?stage=signed_off&order=-value",
        "/scorecards/{sc_signed_off}/", "/scorecards/{sc_signed_off}/trail/",
        "/reports/{report}/", "/scorecards/{sc_signed_off}/criteria/seven-principles/SP1.1/",
    ],
    "olive": ["/", "/installation/", "/installation/organisations/new/", "/trail/", "/notices/"],
}  # fmt: skip


@pytest.mark.parametrize("who", PAGES)
def test_every_page_of_a_role_holds_at_both_widths(demonstration_site, visit, shots, who):
    found = json.loads(demonstration_site.python(FIND))
    person = visit(demonstration_site, who)
    faults = []
    for path in PAGES[who]:
        for width in (1280, 320):
            person.page.set_viewport_size({"width": width, "height": 900})
            faults += faults_of(person, path.format(**found))
            if shots:
                shots.mkdir(parents=True, exist_ok=True)
                name = re.sub(r"[^a-z0-9]+", "-", f"{who or 'anyone'}{path}".lower())[:80]
                person.page.screenshot(path=shots / f"{name}-{width}.png", full_page=True)
    assert faults == []


def faults_of(person: Visitor, path: str) -> list[str]:
    """What is wrong with the page at this address, at the present width."""
    try:
        person.go(path)
    except AssertionError as wrong:
        person.problems.clear()
        return [f"{path}: {wrong}"]
    wide = person.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    refused = person.page.title().startswith("You cannot") or (
        "Page not found" in person.page.title() and "nothing" not in path
    )
    return [f"{path} scrolls sideways"] * wide + [f"{path} was refused"] * refused
