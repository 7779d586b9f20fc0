"""The PDF of a report: what standards ask of it, and what is inside."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest

from scorecards.documents.data import data_text
from scorecards.documents.pdf import Assets, EmbeddedData, ForbiddenResource, render_pdf
from scorecards.documents.report import report_html, report_pdf, versions_in_use
from scorecards.scoring import replay
from tests.scorecards.documents.samples import MADE_AT, long_content, short_content

ROOT = Path(__file__).parents[3]
ASSETS = Assets(stylesheet=ROOT / "static" / "src" / "report.css", folder=ROOT / "static" / "build")
PROFILES = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
HOSTILE = "<script>alert(1)</script> x\u0302 😀 中文 עברית \u200b ŵŷ é e\u0301 & \x0b %s {{ x }}"

CONTENTS = {
    "short": short_content,
    "draft": lambda: short_content(is_draft=True),
    "long": long_content,
    "hostile": lambda: short_content(
        contract=replace(short_content().contract, title=HOSTILE, provider=HOSTILE),
        findings=tuple(replace(f, detail=HOSTILE * 40) for f in short_content().findings),
    ),
}


@pytest.fixture(scope="module")
def pdfs():
    return {name: report_pdf(make(), assets=ASSETS) for name, make in CONTENTS.items()}


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
@pytest.mark.parametrize("name", CONTENTS)
def test_report_pdf_conforms(pdfs, name, profile):
    found = page.validate_pdf_bytes(pdfs[name], profile=profile)

    assert [f"{f.rule_id}: {f.message}" for f in found.failures] == []
    assert found.is_compliant


def test_report_pdf_rendered_again_gives_the_same_bytes(pdfs):
    assert report_pdf(short_content(), assets=ASSETS) == pdfs["short"]


def test_report_pdf_of_a_fresh_process_gives_the_same_bytes(pdfs):
    program = (
        "import sys, django; django.setup()\n"
        "from tests.scorecards.documents.test_report import ASSETS, report_pdf, short_content\n"
        "sys.stdout.buffer.write(report_pdf(short_content(), assets=ASSETS))"
    )
    environment = os.environ | {
        "PYTHONHASHSEED": "77",
        "TZ": "Asia/Tokyo",
        "DJANGO_SETTINGS_MODULE": "config.test_settings",
    }

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, check=True
    )

    assert done.stdout == pdfs["short"]


def test_report_pdf_says_what_it_is(pdfs):
    with pikepdf.open(_stream(pdfs["short"])) as pdf:
        root = pdf.Root
        identifiers = bytes(root.Metadata.read_bytes())
        intent = root.OutputIntents[0]

        assert pdf.pdf_version == "1.7"
        assert str(root.Lang) == "en-GB"
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == short_content().title
        assert bytes(pdf.trailer.ID[0]) == short_content().identifier
        assert str(intent.S) == "/GTS_PDFA1"
        assert (
            str(intent.OutputConditionIdentifier) == "IEC 61966-2-1 Default RGB Colour Space - sRGB"
        )
        assert identifiers.count(b"<?xpacket begin") == 1
        assert b'pdfaid:part="3"' in identifiers
        assert b'pdfaid:conformance="A"' in identifiers
        assert b'pdfuaid:part="1"' in identifiers


def test_report_pdf_carries_its_data(pdfs):
    content = short_content()
    with pikepdf.open(_stream(pdfs["short"])) as pdf:
        files = list(pdf.Root.AF)
        kept = files[0].EF.F.read_bytes()

    assert len(files) == 1
    assert kept.decode() == data_text(content)
    data = json.loads(kept)
    assert data["uses_illustrative_values"] is True
    assert data["kind_of_opinion"].startswith("management opinion")
    assert json.loads(replay(json.dumps(data["inputs"]))) == data["outcome"]


def test_report_pdf_header_cells_have_a_scope(pdfs):
    with pikepdf.open(_stream(pdfs["long"])) as pdf:
        scopes = {
            str(element.A.get("/Scope"))
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TH"
        }

    assert scopes == {"/Column", "/Row"}


def test_report_pdf_figures_have_words(pdfs):
    with pikepdf.open(_stream(pdfs["short"])) as pdf:
        words = [
            str(element.get("/Alt"))
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure"
        ]

    assert len(words) == 3
    assert all(text.startswith("Bar chart of ") for text in words)


def test_report_pdf_uses_only_its_own_typeface(pdfs):
    with pikepdf.open(_stream(pdfs["hostile"])) as pdf:
        fonts = {
            str(item.FontName).split("+")[1]
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        }

    assert all("Source" in name for name in fonts), fonts


def test_report_pdf_shows_uncovered_characters_by_code(pdfs):
    text = _text(pdfs["hostile"])

    assert "[U+1F600]" in text
    assert "<script>alert(1)</script>" in text


def test_report_pdf_of_a_draft_says_so_on_every_page(pdfs):
    document = pypdfium2.PdfDocument(pdfs["draft"])

    assert all("draft, not signed off" in _page_text(sheet) for sheet in document)
    assert "draft, not signed off" not in _text(pdfs["short"])


def test_report_pdf_says_that_values_are_illustrative(pdfs):
    document = pypdfium2.PdfDocument(pdfs["short"])

    assert all("social value illustrative" in _page_text(sheet) for sheet in document)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x.png", "file:///etc/hostname", "data:text/plain,x"]
)
def test_render_pdf_refuses_outside_resources(address):
    with pytest.raises(ForbiddenResource):
        render_pdf(
            f'<html lang="en"><title>t</title><img alt="x" src="{address}">',
            assets=ASSETS,
            title="t",
            language="en",
            author="a",
            identifier=b"i",
            created_at=MADE_AT,
            data=EmbeddedData("d.json", "d", b"{}"),
        )


def test_report_html_has_no_inline_style_or_script():
    html = report_html(short_content())

    assert " style=" not in html
    assert "<script" not in html
    assert html.count("<h1") == 1


def test_versions_in_use_name_the_renderer():
    names = dict(versions_in_use(ASSETS, ROOT / "templates"))

    assert set(names) == {"method", "layout", "WeasyPrint", "pydyf", "fontTools", "Pango"}
    assert names["WeasyPrint"].startswith("70.")


def _stream(data):
    from io import BytesIO

    return BytesIO(data)


def _page_text(sheet):
    return sheet.get_textpage().get_text_bounded()


def _text(data):
    return "\n".join(map(_page_text, pypdfium2.PdfDocument(data)))
