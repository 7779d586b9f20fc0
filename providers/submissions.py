"""The content of a submission as canonical JSON: the same answers give the same bytes."""

import datetime
import json

from providers.models import SelfAssessment


def canonical_content(
    self_assessment: SelfAssessment,
    declaration: str,
    submitted_at: datetime.datetime,
    submitted_by: str,
) -> str:
    """Everything that is submitted: keys sorted, no spaces, decimals and dates as text."""
    answers = self_assessment.answers.select_related(
        "criterion__edition__framework"
    ).prefetch_related("evidence")
    figures = self_assessment.measure_answers.select_related(
        "measure__edition__framework"
    ).prefetch_related("evidence")
    content = {
        "reference": self_assessment.reference,
        "version": self_assessment.version_number,
        "provider": self_assessment.provider.organisation.name,
        "asked_by": self_assessment.asked_by.name,
        "title": self_assessment.title,
        "level": self_assessment.level,
        "declaration": declaration,
        "submitted_at": submitted_at.isoformat(),
        "submitted_by": submitted_by,
        "answers": sorted((_answer(a) for a in answers), key=lambda a: (a["edition"], a["code"])),
        "measures": sorted((_figures(f) for f in figures), key=lambda f: (f["edition"], f["code"])),
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _answer(answer) -> dict:
    return {
        "edition": answer.criterion.edition.key,
        "code": answer.criterion.code,
        "claimed": answer.claimed_value,
        "narrative": answer.narrative,
        "not_applicable": answer.not_applicable,
        "not_applicable_reason": answer.not_applicable_reason,
        "evidence": _evidence(answer),
    }


def _figures(figures) -> dict:
    def text(number):
        return None if number is None else format(number, "f")

    return {
        "edition": figures.measure.edition.key,
        "code": figures.measure.code,
        "unit": figures.measure.unit,
        "committed": text(figures.committed_quantity),
        "committed_basis": figures.committed_basis,
        "delivered": text(figures.delivered_quantity),
        "attribution_percent": text(figures.attribution_percent),
        "deadweight_percent": text(figures.deadweight_percent),
        "note": figures.note,
        "evidence": _evidence(figures),
    }


def _evidence(answer) -> list[dict]:
    return sorted(
        (
            {
                "reference": item.reference,
                "title": item.title,
                "sha256": item.sha256,
                "valid_until": item.valid_until.isoformat() if item.valid_until else None,
            }
            for item in answer.evidence.all()
        ),
        key=lambda item: item["reference"],
    )
