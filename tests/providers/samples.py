"""A small framework, a self-assessment against it, and files of evidence of every kind."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pikepdf
from PIL import Image

from django.utils import timezone

from accounts.access import Actor
from principles.models import Criterion, Edition, Framework, Measure, ScalePoint
from providers import actions
from providers.models import EvidenceItem, Provider, SelfAssessment

MEASURES = (
    ("M1", "Hours volunteered", "hours", "monetised", "fixed"),
    ("M2", "A living wage is paid", "yes or no", "record_only", "none"),
)


def a_framework() -> Edition:
    """A published edition: A1 and A2 (core) and A3 (enhanced) for the provider, A4 for the
    commissioner, and the measures M1 and M2. Made once.
    """
    held = Edition.objects.filter(framework__code="sample").first()
    if held is not None:
        return held
    edition = Edition.objects.create(
        framework=Framework.objects.create(code="sample", title="Sample framework"),
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
            edition=edition, value=value, label=f"Point {value}", description=f"What {value} is."
        )
    root = _criterion(edition, 0, "A", is_assessable=False)
    sides = (("core", "provider"), ("core", "provider"), ("enhanced", "provider"),
             ("core", "commissioner"))  # fmt: skip
    for at, (level, side) in enumerate(sides, start=1):
        _criterion(
            edition, at, f"A{at}", is_assessable=True, parent=root, level=level, answered_by=side,
            good="Good.", poor="Poor.", evidence_to_ask=["A policy"],
        )  # fmt: skip
    theme = _criterion(edition, 5, "T", is_assessable=False)
    outcome = _criterion(edition, 6, "T1", is_assessable=False, parent=theme)
    for at, (code, label, unit, kind, value_basis) in enumerate(MEASURES):
        Measure.objects.create(
            edition=edition, outcome=outcome, code=code, label=label, unit=unit, kind=kind,
            value_basis=value_basis, counting_rule="Count it.", basis="own_synthesis",
            source="Ours", locator="1", position=at,
        )  # fmt: skip
    edition.published_at = timezone.now()
    edition.save()
    return edition


def _criterion(edition: Edition, position: int, code: str, **given: Any) -> Criterion:
    return Criterion.objects.create(
        edition=edition, code=code, title=f"Title of {code}", explanation="It.", source="Ours",
        locator="1", basis="own_synthesis", position=position, **given,
    )  # fmt: skip


def a_provider(people, key: str = "firm") -> Provider:
    provider, _ = Provider.objects.get_or_create(organisation=people.organisations[key])
    return provider


def a_self_assessment(people, provider: str = "firm", **changes: Any) -> SelfAssessment:
    """A self-assessment that the council's contract manager opened, without a contract."""
    given = {
        "provider": a_provider(people, provider),
        "title": "Home care",
        "editions": [a_framework()],
        "level": "core",
        "due_on": timezone.localdate() + timedelta(days=14),
    }
    return actions.open_self_assessment(actor=Actor.of(people.users["priya"]), **given | changes)


def answer(actor: Actor, self_assessment: SelfAssessment, code: str = "A1", **changes: Any):
    """Save one answer through the action."""
    given = {
        "criterion": a_framework().criteria.get(code=code),
        "version": 0,
        "claimed_value": 2,
        "narrative": "Our board looks at it.",
        "not_applicable": False,
        "not_applicable_reason": "",
        "evidence": [],
    }
    return actions.save_answer(actor=actor, self_assessment=self_assessment, **given | changes)


def figures(actor: Actor, self_assessment: SelfAssessment, code: str = "M1", **changes: Any):
    """Save the figures of one measure through the action."""
    given = {
        "measure": a_framework().measures.get(code=code),
        "version": 0,
        "committed_quantity": Decimal("120.50"),
        "committed_basis": "yearly",
        "delivered_quantity": Decimal("40"),
        "attribution_percent": Decimal("75"),
        "deadweight_percent": None,
        "note": "From time records.",
        "evidence": [],
    }
    return actions.save_measure_answer(
        actor=actor, self_assessment=self_assessment, **given | changes
    )


def submitted(people, self_assessment: SelfAssessment, signatory: str = "sam", items=()):
    """Answer what is asked and submit; returns the receipt."""
    actor = Actor.of(people.users[signatory])
    for code in ("A1", "A2"):
        answer(actor, self_assessment, code, evidence=list(items))
    figures(actor, self_assessment, evidence=list(items))
    return actions.submit_self_assessment(actor=actor, self_assessment=self_assessment)


def a_link(actor: Actor, title: str = "Annual report", **changes: Any) -> EvidenceItem:
    given = {"title": title, "url": "https://www.example.org/report"}
    return actions.add_evidence_link(actor=actor, **given | changes)


def a_file(actor: Actor, content: bytes | None = None, **changes: Any) -> EvidenceItem:
    given = {"title": "Code of conduct", "file_name": "code.pdf", "content": content or a_pdf()}
    return actions.add_evidence_file(actor=actor, **given | changes)


def a_pdf(pages: int = 2) -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(200, 300))
    return _saved(pdf)


def a_locked_pdf() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    return _saved(pdf, encryption=pikepdf.Encryption(owner="owner", user="secret"))


def _saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    held = io.BytesIO()
    pdf.save(held, **options)
    return held.getvalue()


def a_picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", size, "navy").save(held, kind)
    return held.getvalue()


def a_workbook() -> bytes:
    held = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["month", "complaints"])
    book.save(held)
    return held.getvalue()


def an_office_document(kind: str, part: str = "word/document.xml") -> bytes:
    """The smallest archive that declares itself as ``kind``."""
    types = f'<Types><Override PartName="/{part}" ContentType="{kind}.main+xml"/></Types>'
    return an_archive({"[Content_Types].xml": types, part: "<document/>"})


def an_archive(parts: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in parts.items():
            # Without the clock: tests are named by the first bytes of what they are given.
            archive.writestr(zipfile.ZipInfo(name), text)
    return held.getvalue()
