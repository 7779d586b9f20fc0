"""A small framework, a self-assessment against it, and files of evidence of every kind."""

import io
import struct
import zipfile
import zlib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
from PIL import Image

from django.utils import timezone

from accounts import jobs
from accounts.access import Actor
from accounts.models import Job
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


def handled(item: EvidenceItem) -> EvidenceItem:
    """The item, after the worker did what was asked for with its file."""
    for job in Job.objects.unfinished().filter(subject_reference=item.reference):
        jobs.run(job.pk)
    return EvidenceItem.objects.get(pk=item.pk)


def a_scanner(folder: Path, body: str) -> str:
    """The command of a malware scanner that is a shell script."""
    script = folder / "scanner"
    script.write_text(f"#!/bin/sh\n{body}\n")
    script.chmod(0o700)
    return str(script)


FINDS_EICAR = 'if grep -q EICAR-STANDARD-ANTIVIRUS-TEST-FILE "$1"; then exit 1; fi'


def a_coloured_pdf(pages: int, lines: int = 0) -> bytes:
    """A PDF each page of which has a colour of its own (see ``colour_of``), and many lines."""
    pdf = pikepdf.new()
    for number in range(1, pages + 1):
        pdf.add_blank_page(page_size=(200, 300))
        red, green, blue = (part / 255 for part in colour_of(number))
        drawn = [f"{red} {green} {blue} rg 0 0 200 300 re f 0.1 w"]
        drawn += [f"{at % 200} 20 m {(at * 7) % 200} 290 l S" for at in range(lines)]
        pdf.pages[-1].Contents = pdf.make_stream("\n".join(drawn).encode())
    return _saved(pdf)


def colour_of(page: int) -> tuple[int, int, int]:
    """What the lowest line of a page of ``a_coloured_pdf`` is filled with."""
    return (page * 10 % 256, 255 - page * 10 % 256, 60)


def colour_in(png: bytes) -> tuple[int, int, int]:
    """The colour at the foot of a drawn page."""
    with Image.open(io.BytesIO(png)) as image:
        return image.convert("RGB").getpixel((image.width // 2, image.height - 4))


def a_page_of(width: float, height: float) -> bytes:
    """A PDF of one page in points, however absurd."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.pages[0].MediaBox = [0, 0, width, height]
    return _saved(pdf)


def a_header_of_a_picture(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and holds one byte."""

    def chunk(name: bytes, data: bytes) -> bytes:
        length, check = struct.pack(">I", len(data)), struct.pack(">I", zlib.crc32(name + data))
        return length + name + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\0")), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def a_bomb(kind: str, part: str, megabytes: int) -> bytes:
    """A document of a few kilobytes for each megabyte that it becomes."""
    types = f'<Types><Override PartName="/{part}" ContentType="{kind}.main+xml"/></Types>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        with archive.open(part, "w", force_zip64=True) as made:
            for _ in range(megabytes):
                made.write(b" " * 1024 * 1024)
    return held.getvalue()


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
