"""Reports: load, build plain data, render, store. Nothing is decided here."""

import datetime
import json
from dataclasses import replace
from functools import lru_cache

from django.conf import settings
from django.urls import reverse

from accounts.access import name_in_history
from accounts.references import new_reference
from scorecards import inputs, scoring
from scorecards.documents import content as c
from scorecards.documents import signing
from scorecards.documents.pdf import Assets
from scorecards.documents.report import report_pdf, versions_in_use
from scorecards.enums import ReportKind
from scorecards.models import Report, Scorecard
from scorecards.workflow import STEPS

VERIFY = "scorecards:verify"


def assets() -> Assets:
    """The print stylesheet and the typeface of this installation."""
    return Assets(
        stylesheet=settings.BASE_DIR / "static" / "src" / "report.css",
        folder=settings.BASE_DIR / "static" / "build",
    )


def templates_dir():
    return settings.BASE_DIR / "templates"


@lru_cache(maxsize=1)
def versions() -> tuple[tuple[str, str], ...]:
    """What the bytes of a report depend on besides its content, in this process.

    Asked for by the worker only: it loads the library that renders.
    """
    return versions_in_use(assets(), templates_dir())


def signer() -> signing.Signer:
    """The signer of the settings. Raises ``BadSigningKey`` where the files cannot be used."""
    try:
        return signing.signer_from_pem(
            settings.SIGNING_KEY_FILE.read_text(), settings.SIGNING_CERTIFICATE_FILE.read_text()
        )
    except OSError as wrong:
        raise signing.BadSigningKey(f"The signing key cannot be read: {wrong.strerror}") from wrong


def sign(pdf: bytes, by: signing.Signer) -> bytes:
    """The detached signature over the document."""
    return signing.sign(pdf, by)


def content_of(report: Report) -> c.ReportContent:
    """The content as it was kept when the report was asked for, with the versions and the key of
    its PDF once there is one.
    """
    content = scoring.from_plain(c.ReportContent, json.loads(report.content))
    document = getattr(report, "document", None)
    if document is None:
        return content
    return replace(
        content,
        versions=tuple(tuple(pair) for pair in document.versions),
        verification=replace(content.verification, key_id=document.key.key_id),
    )


def content_text(report: Report, at: datetime.datetime) -> str:
    """Everything that the report says, as canonical JSON text, as of now."""
    return scoring.to_text(build_content(report, at))


def render(content: c.ReportContent) -> bytes:
    """The PDF of this content: the same bytes under the same versions, which it states.

    It names the key that signed it, or the one that will. Raises ``BadSigningKey`` without either.
    """
    key_id = content.verification.key_id or signer().key_id
    named = replace(content.verification, key_id=key_id)
    return report_pdf(replace(content, versions=versions(), verification=named), assets=assets())


def preview_content(scorecard: Scorecard, at: datetime.datetime) -> c.ReportContent:
    """The content that a draft report would have now, for the page and for measurements."""
    report = Report(reference=new_reference("RP"), scorecard=scorecard, kind=ReportKind.DRAFT)
    return build_content(report, at)


def build_content(report: Report, at: datetime.datetime) -> c.ReportContent:
    """Load the rows of the scorecard and turn them into plain data."""
    scorecard = report.scorecard
    rows = inputs.load(scorecard)
    given, outcome = figures(scorecard, rows, at.date())
    contract = scorecard.contract
    return c.ReportContent(
        reference=report.reference,
        scorecard_reference=scorecard.reference,
        is_draft=report.kind == ReportKind.DRAFT,
        created_at=at,
        level=scorecard.level,
        contract=c.ContractText(
            reference=contract.reference,
            title=contract.title,
            commissioner=contract.commissioner.organisation.name,
            provider=scorecard.provider.organisation.name,
            ocid=(contract.procurement.ocid or "") if contract.procurement else "",
            value_gbp=contract.value_gbp,
            starts_on=contract.starts_on,
            ends_on=contract.ends_on,
            source=contract.procurement.source_publisher if contract.procurement else "",
        ),
        inputs=given,
        outcome=outcome,
        frameworks=tuple(
            _framework(rows, edition) for edition in rows.editions if rows.of_edition(edition)
        ),
        measures=_measures(rows),
        findings=tuple(
            c.FindingText(
                reference=finding.reference,
                priority=finding.get_priority_display().lower(),
                criterion_code=finding.criterion.code,
                title=finding.title,
                detail=finding.detail,
            )
            for finding in scorecard.findings.select_related("criterion")
        ),
        history=tuple(
            c.HistoryEntry(at=step.at, who=name_in_history(step), what=STEPS[step.step].words)
            for step in scorecard.steps.all()
        ),
        verification=c.VerificationText(url=f"{settings.SITE_URL}{reverse(VERIFY)}", key_id=""),
        versions=(),
        supersedes=scorecard.supersedes.reference if scorecard.supersedes else "",
    )


def figures(scorecard: Scorecard, rows: inputs.CaseRows, on: datetime.date):
    """The kept inputs and outcome of a settled scorecard; otherwise those of the day ``on``."""
    result = getattr(scorecard, "result", None) if scorecard.is_settled else None
    if result is not None:
        return (
            scoring.inputs_from_text(result.inputs),
            scoring.outcome_from_text(result.outcome),
        )
    given = inputs.scoring_inputs(rows, on)
    return given, scoring.evaluate(given)


def _framework(rows: inputs.CaseRows, edition) -> c.FrameworkText:
    return c.FrameworkText(
        code=edition.framework.code,
        edition=edition.label,
        title=edition.framework.title,
        publisher=edition.publisher,
        licence=edition.licence,
        source=edition.source,
        basis=c.Basis(edition.basis),
        basis_note=edition.basis_note,
        scale_points=tuple(
            (point.value, point.label, point.description) for point in edition.scale_points.all()
        ),
        criteria=tuple(_criterion(rows, criterion) for criterion in rows.of_edition(edition)),
    )


def _criterion(rows: inputs.CaseRows, criterion) -> c.CriterionText:
    answer = rows.answers.get(criterion.pk)
    rating = rows.ratings.get(criterion.pk)
    return c.CriterionText(
        code=criterion.code,
        title=criterion.title,
        explanation=criterion.explanation,
        level=criterion.level,
        answered_by=criterion.answered_by,
        narrative=answer.narrative if answer else "",
        rationale=rating.rationale if rating else "",
        found_where=rating.found_where if rating else "",
        not_applicable_reason=answer.not_applicable_reason if answer else "",
        evidence=tuple(
            c.EvidenceText(
                reference=item.reference,
                title=item.title,
                covers_from=item.covers_from,
                covers_to=item.covers_to,
                valid_until=item.valid_until,
                sha256=item.sha256 if item.kind == "file" else "",
                url=item.url,
            )
            for item in (answer.evidence.all() if answer else ())
        ),
    )


def _measures(rows: inputs.CaseRows) -> c.MeasuresText | None:
    if not rows.measures:
        return None
    edition = rows.measures[0].edition
    value_set = rows.scorecard.value_set
    return c.MeasuresText(
        edition=edition.label,
        title=edition.framework.title,
        publisher=edition.publisher,
        basis=c.Basis(edition.basis),
        basis_note=edition.basis_note,
        value_set_title=value_set.title if value_set else "",
        value_set_licence=value_set.licence if value_set else "",
    )
