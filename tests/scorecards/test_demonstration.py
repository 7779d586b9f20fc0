"""The demonstration: work at every stage, and a real report of it that conforms."""

import page
import pytest

from accounts import jobs
from providers.models import Submission
from scorecards import reports
from scorecards.enums import Stage
from scorecards.models import Report, ScorecardResult
from scorecards.scoring import replay


def test_demonstration_has_work_at_every_stage(demonstration):
    stages = {name: row.stage for name, row in demonstration.scorecards.items()}
    assert stages == {
        "draft": "draft",
        "requested": "requested",
        "late": "requested",
        "not answered": "not_answered",
        "submitted": "submitted",
        "returned": "requested",
        "rating": "rating",
        "sent": "sent_for_approval",
        "superseded": "superseded",
        "signed off": "signed_off",
    }
    assert set(stages.values()) == set(Stage.values)


def test_demonstration_results_replay(demonstration):
    results = ScorecardResult.objects.all()
    assert len(results) == 2
    assert [replay(result.inputs) == result.outcome for result in results] == [True, True]
    assert Submission.objects.count() == 6


@pytest.mark.django_db
def test_report_of_the_demonstration_conforms_and_is_the_same_again(demonstration):
    report = Report.objects.get(scorecard=demonstration.scorecards["signed off"])
    jobs.run(report.job_id)
    report = Report.objects.get(pk=report.pk)
    with report.document.file.open() as held:
        pdf = held.read()
    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        found = page.validate_pdf_bytes(pdf, profile=profile)
        assert [f"{f.rule_id}: {f.message}" for f in found.failures] == []
    assert reports.render(reports.content_of(report)) == pdf
