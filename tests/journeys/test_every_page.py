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

# What the demonstration does not hold: a question, an interest to decide about, two documents.
FILL = """
from accounts import demonstration
from accounts.access import Actor
from commissioning import actions, queries
from commissioning.models import Exercise
from providers.models import Provider
from scorecards import actions as judging
from scorecards.models import LotEvaluation

people = demonstration.create().users
actor = lambda name: Actor.of(people[name])
exercise = lambda title: Exercise.objects.get(procurement__title=title)
going = exercise('Transport to day centres')
nina = actor('nina')
actions.ask_question(
    actor=nina, exercise=going, provider=queries.own_provider(nina),
    question='Are vehicles with a ramp needed on every route?',
)
actions.declare_in_exercise(
    actor=actor('elena'), exercise=going, provider=None, has_interest=True,
    description='My brother drives for a company that may bid.',
)
judging.request_ethics_schedule(actor=actor('priya'), exercise=going)
judging.request_evaluation_report(
    actor=actor('priya'),
    evaluation=LotEvaluation.objects.get(exercise=exercise('Befriending visits in the west area')),
)
"""

FIND_PROCUREMENTS = """
import json
from accounts.access import Actor
from accounts.models import User
from commissioning import queries
from commissioning.models import Bid, Exercise, ExerciseDeclaration
from scorecards.demonstration_awards import STAGES
from scorecards.models import AwardDocument, LotEvaluation

titles = dict(STAGES) | {
    'design': 'Supported living in small homes',
    'open': 'Transport to day centres',
    'direct': 'Emergency night shelter',
}
rows = {stage: Exercise.objects.get(procurement__title=titles[stage]) for stage in titles}
found = {f'ex_{stage}': row.reference for stage, row in rows.items()}
priya = Actor.of(User.objects.get(email='priya@demonstration.example'))
for stage, row in rows.items():
    if stage == 'direct':
        continue
    model = queries.model_as_written(priya, row)
    leaves = [leaf for leaf in model.lots[0].leaves() if leaf.is_rated]
    found |= {
        f'key_{stage}': leaves[0].key,
        f'price_{stage}': next(leaf.key for leaf in model.lots[0].leaves() if leaf.price),
        f'scale_{stage}': model.scales[0].code,
        f'condition_{stage}': model.conditions[0].key,
        f'term_{stage}': model.terms[0].key,
    }
    for kind in ('quality', 'price'):
        keys = queries.opening_keys(priya, row, kind)
        found[f'{kind}_opening_{stage}'] = keys[0].pk if keys else None
sam = Actor.of(User.objects.get(email='sam@demonstration.example'))
bid = Bid.objects.get(exercise=rows['open'], provider__organisation=sam.organisation)
for held in queries.draft(sam, bid)[1]:
    found[f'part_{held.part.kind}'] = f'{held.part.lot_number}/{held.part.name}'
old = Bid.objects.get(exercise=rows['released'], provider__organisation=sam.organisation)
entered = LotEvaluation.objects.get(exercise=rows['entered'])
told = rows['released'].bid_lots.get(provider=old.provider)
letters = AwardDocument.objects.filter(exercise=rows['released'])
print(json.dumps(found | {
    'bid': bid.reference,
    'old_bid': old.reference,
    'told': told.code,
    'letter': letters.get(bid_lot=told).reference,
    'schedule': AwardDocument.objects.get(kind='ethics_schedule').reference,
    'evaluation_report': AwardDocument.objects.get(kind='evaluation_report').reference,
    'declaration': ExerciseDeclaration.objects.get(has_interest=True).pk,
    'bidder': rows['scoring'].bid_lots.first().provider.reference,
    'evaluator': rows['open'].members.filter(duty='evaluator').first().pk,
    'carried': entered.contracts.get().contract.reference,
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
        "/contracts/{contract}/link/",
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

DESIGN, OPEN = "/exercises/{ex_design}/", "/exercises/{ex_open}/"
LOT = "/evaluations/{{ex_{0}}}/lots/1/"
LOT_2 = "/evaluations/{ex_calculated}/lots/2/"


def of_lot(stage: str, *rest: str) -> list[str]:
    """Addresses of the evaluation of lot 1 of the exercise at this stage."""
    return [LOT.format(stage) + page.replace("KEY", f"{{key_{stage}}}") for page in rest]


PROCUREMENT_PAGES = {
    "priya": [
        "/exercises/", "/exercises/new/", "/exercises/start/{procurement}/", DESIGN,
        *(
            DESIGN + page
            for page in (
                "rules/", "checks/", "model/", "end/", "settings/", "lots/", "lots/new/",
                "lots/limit/", "lots/1/", "lots/1/change/", "lots/2/remove/", "lots/2/copy/",
                "lots/1/criteria/new/", "lots/1/criteria/new/?kind=quality",
                "lots/1/criteria/new/?kind=social_value", "lots/1/criteria/{key_design}/",
                "lots/1/criteria/{price_design}/", "lots/1/criteria/{key_design}/remove/",
                "scales/", "scales/new/", "scales/{scale_design}/",
                "scales/{scale_design}/remove/", "conditions/", "conditions/new/",
                "conditions/{condition_design}/", "conditions/{condition_design}/remove/",
                "terms/", "terms/new/", "terms/{term_design}/", "terms/{term_design}/remove/",
                "ready/ethics/", "ready/social-value/", "ready/social-value/measures/",
                "ready/social-value/model/", "publish/", "versions/", "invitations/", "team/",
                "team/new/", "interests/", "interests/in-general/", "conflicts/", "openers/",
                "openers/quality/recovery/", "openers/price/rehearsal/", "documents/", "test/",
            )
        ),
        OPEN,
        *(
            OPEN + page
            for page in (
                "versions/", "versions/1/", "amendment/open/", "invitations/?find=tide", "team/",
                "team/{evaluator}/criteria/", "team/{evaluator}/end/", "interests/",
                "interests/{declaration}/decide/", "conflicts/", "notices/new/", "openers/",
                "openings/{quality_opening_open}/", "questions/", "questions/1/",
                "documents/",
            )
        ),
        "/documents/{schedule}/", "/documents/{schedule}/page/", "/exercises/{ex_scoring}/",
        "/exercises/{ex_scoring}/interests/{bidder}/",
        *of_lot("scoring", "", "bids/A/", "bids/A/standing/"),
        *of_lot("moderation", "moderation/", "consistency/", "moderation/begin/"),
        *of_lot("signed", "", "record/", "result/"),
        *of_lot(
            "calculated", "", "bids/A/", "result/", "result/bids/A/", "result/draw/",
            "result/robustness/", "award/", "award/recommend/", "award/end/",
        ),
        LOT_2, LOT_2 + "result/", LOT_2 + "award/",
        *of_lot("recommended", "award/"),
        *of_lot("released", "award/", "award/notice/", "summaries/{told}/"),
        *of_lot("standstill", "award/", "award/challenge/", "award/contract/"),
        *of_lot("entered", "", "result/", "result/robustness/", "award/"),
        "/documents/{evaluation_report}/", "/documents/{evaluation_report}/page/",
        "/exercises/{ex_entered}/documents/", "/contracts/{carried}/",
        "/exercises/{ex_direct}/", "/exercises/{ex_direct}/direct-award/",
    ],
    "evan": [
        "/exercises/", OPEN, OPEN + "interests/",
        *of_lot("scoring", "", "bids/B/", "scoring/", "scoring/KEY/A/", "scoring/lock/"),
        *of_lot("moderation", "moderation/", "moderation/on/KEY/", "moderation/on/KEY/A/"),
        *of_lot("confirming", "", "record/"),
    ],
    "carl": [
        OPEN + "openers/quality/passphrase/", "/exercises/{ex_calculated}/openers/",
        *of_lot("moderation", "", "moderation/", "moderation/on/KEY/", "moderation/on/KEY/B/"),
        *of_lot("confirming", "record/"),
    ],
    "anna": [
        *of_lot("recommended", "", "award/", "award/approve/", "award/return/"),
        "/exercises/{ex_direct}/direct-award/", "/exercises/{ex_direct}/direct-award/approve/",
        "/exercises/{ex_direct}/direct-award/return/",
    ],
    "sam": [
        "/opportunities/", "/opportunities/{ex_open}/", "/opportunities/{ex_open}/ask/", "/bids/",
        "/bids/{bid}/", "/bids/{bid}/parts/{part_grounds}/", "/bids/{bid}/parts/{part_condition}/",
        "/bids/{bid}/parts/{part_answer}/", "/bids/{bid}/parts/{part_price}/",
        "/bids/{bid}/parts/{part_commitments}/", "/bids/{bid}/preferences/",
        "/bids/{bid}/parts/{part_answer}/hold/", "/bids/{bid}/check/", "/bids/{bid}/lots/",
        "/bids/{bid}/submit/", "/bids/{bid}/withdraw/", "/bids/{bid}/submissions/1/",
        "/bids/{bid}/submissions/1/read/", "/bids/{old_bid}/", "/letters/",
        "/documents/{letter}/", "/documents/{letter}/page/",
    ],
    "otto": ["/opportunities/{ex_open}/", "/opportunities/{ex_open}/bid/", "/bids/", "/letters/"],
    "oscar": [
        "/exercises/", "/exercises/{ex_entered}/", "/exercises/{ex_entered}/team/",
        "/exercises/{ex_entered}/openers/", "/exercises/{ex_entered}/conflicts/",
        *of_lot(
            "entered", "", "bids/A/", "record/", "result/", "result/bids/A/",
            "result/robustness/", "award/",
        ),
        "/documents/{evaluation_report}/",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def found(demonstration_site):
    """What addresses name, by the words in the tables above."""
    demonstration_site.python(FILL)
    return json.loads(demonstration_site.python(FIND)) | json.loads(
        demonstration_site.python(FIND_PROCUREMENTS)
    )


@pytest.mark.parametrize("who", PAGES)
def test_every_page_of_a_role_holds_at_both_widths(demonstration_site, visit, shots, found, who):
    person = visit(demonstration_site, who)
    assert faults_on(person, [path.format(**found) for path in PAGES[who]], shots, who) == []


@pytest.mark.parametrize("who", PROCUREMENT_PAGES)
def test_every_page_of_a_procurement_holds_at_both_widths(
    demonstration_site, visit, shots, found, who
):
    person = visit(demonstration_site, who)
    paths = [path.format(**found) for path in PROCUREMENT_PAGES[who]]
    assert faults_on(person, paths, shots, who) == []


def test_pages_of_an_open_amendment_hold_at_both_widths(demonstration_site, visit, shots, found):
    priya = visit(demonstration_site, "priya")
    start = OPEN.format(**found)
    priya.go(f"{start}amendment/open/").press("Open an amendment")
    paths = [start + page for page in ("", "versions/", "amendment/publish/", "amendment/discard/")]
    assert faults_on(priya, paths, shots, "amending") == []


def faults_on(person: Visitor, paths: list[str], shots, who: str) -> list[str]:
    """What is wrong with these pages at 1280 and 320 pixels; pictures go to ``shots``."""
    faults = []
    for path in paths:
        for width in (1280, 320):
            person.page.set_viewport_size({"width": width, "height": 900})
            faults += faults_of(person, path)
            if shots:
                shots.mkdir(parents=True, exist_ok=True)
                name = re.sub(r"[^a-z0-9]+", "-", f"{who or 'anyone'}{path}".lower())[:80]
                person.page.screenshot(path=shots / f"{name}-{width}.png", full_page=True)
    return faults


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
