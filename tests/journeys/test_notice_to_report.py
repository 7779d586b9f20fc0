"""The main job in the browser: from a real contract notice to a signed-off report that is checked.

Run twice: once with JavaScript everywhere, once with none for the provider and the rater.
"""

import datetime
import re

import pytest

from tests.journeys.installation import ROOT

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey"), pytest.mark.timeout(900)]

NOTICES = ROOT / "commissioning" / "notices" / "contracts-finder.json"
CASES = [
    pytest.param("Enabling Consultancy Services", True, id="with-javascript"),
    pytest.param("Cloud Connect for Webex Calling", False, id="without-javascript"),
]


@pytest.fixture(scope="module")
def installation(installation_with_roles):
    """On PostgreSQL, under the role of the application."""
    return installation_with_roles


def import_notices(priya) -> None:
    """Upload the real file, see what would happen, confirm. A second time changes nothing."""
    priya.go("/contracts/")
    if "Enabling Consultancy Services" in priya.page.inner_text("main"):
        return
    priya.go("/notices/upload/")
    priya.page.set_input_files("input[type=file]", str(NOTICES))
    priya.press("Read the file").says("Check before importing")
    for box in priya.page.get_by_role("checkbox").all():
        box.check()
    priya.press("Import").says("Import of")
    priya.page.get_by_text("Processes read").wait_for(timeout=60_000)
    priya.check()


def open_case(priya, title: str) -> None:
    """Set the level by three questions, create the scorecard, ask the provider."""
    priya.go("/contracts/").follow(title)
    priya.follow("Set the level")
    for name in ("serves_people_at_risk", "is_hard_to_replace", "exercises_public_trust"):
        priya.page.locator(f"input[name={name}]").last.check()
    priya.page.locator("input[name=level][value=core]").check()
    reason = priya.page.locator("textarea[name=reason]")
    reason.fill("A short contract with a known provider.")
    priya.press("Set the level").says("Core")
    priya.press("New scorecard")
    if priya.page.locator("input[name=provider]:checked").count() == 0:
        priya.page.locator("input[name=provider]").first.check()
    priya.page.locator("select[name=value_set]").select_option(index=1)
    priya.press("Create the scorecard").says("Draft")


def ask(priya, signatory: str) -> str:
    priya.press("Ask the provider")
    priya.fill_date("due_on", datetime.date.today() + datetime.timedelta(days=14))
    priya.page.fill("#id_signatory_name", "Nadia Khan")
    priya.page.fill("#id_signatory_email", signatory)
    priya.press("Ask the provider").says("Self-assessment requested")
    return priya.page.url


def join(nadia, address: str) -> None:
    """Follow the invitation's link, make an account, arrive at home."""
    nadia.go(nadia.site.link_in_mail_to(address))
    nadia.page.fill("#id_password", "correct horse battery staple")
    nadia.press("Create your account").says("Needs you now")


def self_assess(nadia, title: str) -> None:
    """Answer every criterion, one as not applicable, with evidence; give a figure; submit."""
    nadia.follow(f"Self-assessment: {title}")
    listing = nadia.page.url
    nadia.page.locator(".govuk-task-list__link").first.click()
    nadia.check()
    add_evidence(nadia)
    at = 0
    while "/answers/" in nadia.page.url:
        if at == 1:
            nadia.page.check("#id_not_applicable")
            nadia.page.fill(
                "#id_not_applicable_reason", "We hold no gifts register: none are taken."
            )
        else:
            nadia.page.locator("input[name=claimed_value]").nth(3).check()
            nadia.page.fill(
                "#id_narrative", f"Our board owns this. It was last looked at in May. {at}"
            )
            nadia.page.locator("input[name=evidence]").first.check()
        nadia.press("Save and go on")
        at += 1
    assert nadia.page.url == listing
    nadia.follow("NT1 ")
    nadia.page.fill("#id_committed_quantity", "3.5")
    nadia.page.fill("#id_delivered_quantity", "2")
    nadia.press("Save the figures")
    nadia.press("Check your answers")
    nadia.press("Go on to the declaration")
    nadia.press("Accept and submit").says("Confirm that the provider accepts the standards")
    nadia.page.check("#id_accepts")
    nadia.press("Accept and submit").says("Self-assessment submitted")
    assert re.search(r"\b[0-9a-f]{64}\b", nadia.page.inner_text("main"))


def add_evidence(nadia) -> None:
    """From the answer page to the library and back: the item is attached to the answer."""
    nadia.press("Save and add evidence")
    nadia.page.set_input_files(
        "#id_file",
        files=[
            {
                "name": "register.csv",
                "mimeType": "text/csv",
                "buffer": b"date,interest,action\n2026-05-02,None,None\n",
            }
        ],
    )
    nadia.page.fill("#id_title", "Register of interests 2026")
    nadia.press("Add to the library").says("Register of interests 2026 added to your library")
    assert nadia.page.locator("input[name=evidence]:checked").count() == 1


def answer_for_commissioner(priya, scorecard: str) -> None:
    priya.go(scorecard).press("Answer for the commissioner")
    priya.page.locator(".govuk-task-list__link").first.click()
    priya.check()
    while "/answers/" in priya.page.url:
        priya.page.locator("input[name=claimed_value]").nth(2).check()
        priya.page.fill("#id_narrative", "Set out in the contract plan; looked at each quarter.")
        priya.press("Save and go on")


def declare(judge, title: str) -> None:
    judge.go("/").follow(f"Declare your interests: {title}")
    judge.choose("No, I have none")
    judge.press("Declare").says(title)


def rate(evan, scorecard: str) -> None:
    """Rate every criterion; agree with the one that does not apply; raise a finding."""
    evan.go(scorecard).press("Begin to rate")
    evan.press("Rate from the first criterion")
    finding_raised = False
    while "/criteria/" in evan.page.url:
        agree = evan.page.get_by_label("Yes, it does not apply", exact=True)
        if agree.count():
            agree.check()
        else:
            evan.page.locator("input[name=value]").nth(3).check()
            evan.page.locator("input[name=evidence_strength]").nth(1).check()
        evan.page.fill("#id_rationale", "The register shows it: one entry, dated in May.")
        if finding_raised:
            evan.press("Save and go on")
            continue
        here = evan.page.url
        evan.press("Save and raise a finding")
        evan.page.fill("#id_title", "The register is kept by one person only")
        evan.page.locator("input[name=priority]").nth(1).check()
        evan.page.fill("#id_detail", "Name a deputy before the next quarter.")
        evan.press("Raise the finding")
        assert evan.page.url == here
        finding_raised = True
        evan.press("Save and go on")
    evan.says("The register is kept by one person only")
    evan.go(scorecard).press("Send for approval")
    evan.press("Send for approval").says("Sent for approval")


def sign_off(anna, scorecard: str) -> None:
    anna.go(scorecard).press("Sign off or return")
    anna.press("Sign off").says("Signed off")


def wait_for_report(judge, scorecard: str) -> str:
    judge.go(scorecard).follow("Final report")
    judge.page.get_by_role("button", name="Download the PDF").wait_for(timeout=60_000)
    return judge.page.url


@pytest.mark.parametrize(("title", "javascript"), CASES)
def test_notice_becomes_a_report_that_is_genuine(installation, visit, title, javascript):
    address = f"nadia.{'js' if javascript else 'nojs'}@provider.example"
    priya = visit(installation, "priya")
    import_notices(priya)
    open_case(priya, title)
    scorecard = ask(priya, address)

    nadia = visit(installation, javascript=javascript)
    join(nadia, address)
    self_assess(nadia, title)

    answer_for_commissioner(priya, scorecard)
    evan = visit(installation, "evan", javascript=javascript)
    evan.page.goto(scorecard)
    evan.says("Page not found")
    declare(evan, title)
    rate(evan, scorecard)

    anna = visit(installation, "anna")
    declare(anna, title)
    sign_off(anna, scorecard)
    wait_for_report(anna, scorecard)

    adam = visit(installation, "adam")
    engage_auditors(adam)
    oscar = visit(installation, "oscar")
    report = wait_for_report(oscar, scorecard)
    with oscar.page.expect_download() as started:
        oscar.page.get_by_role("button", name="Download the PDF").click()
    pdf = started.value.path().read_bytes()
    assert pdf.startswith(b"%PDF-1.7")
    oscar.go(report).follow("Read the report as a web page").says("Every criterion")

    stranger = visit(installation)
    assert_verdict(stranger, pdf, "Genuine and current")
    assert_verdict(stranger, pdf[:-2] + b" \n", "Unknown")

    nadia.go(scorecard).says("Result")
    assert "Raised by" not in nadia.page.inner_text("main")
    evan.go(f"{scorecard}trail/").says("scorecard.sign_off")


def engage_auditors(adam) -> None:
    adam.go("/engagements/")
    if "Fenwick Public Audit LLP" in adam.page.inner_text("main"):
        return
    adam.go("/engagements/new/")
    today = datetime.date.today()
    adam.page.get_by_label("Assurance body").select_option(label="Fenwick Public Audit LLP")
    adam.page.locator("input[name=scope][value=everything]").check()
    adam.fill_date("starts_on", today).fill_date("ends_on", today + datetime.timedelta(days=90))
    adam.press("Give the engagement").says("Fenwick Public Audit LLP")


def assert_verdict(stranger, pdf: bytes, verdict: str) -> None:
    stranger.go("/verify/")
    stranger.page.set_input_files(
        "#id_file",
        files=[{"name": "report.pdf", "mimeType": "application/pdf", "buffer": pdf}],
    )
    stranger.press("Check").says(verdict)
    assert "Doncaster" not in stranger.page.inner_text("main")
