"""The PDF of a document in words: conforming, whole, and the same bytes each time."""

from io import BytesIO

import page
import pikepdf
import pypdfium2
import pytest

from scorecards.documents.document_pdf import document_html, document_pdf, document_versions
from scorecards.documents.document_text import document_text
from tests.scorecards.documents.document_samples import (
    MADE_AT,
    all_text,
    long_document,
    sample_document,
)
from tests.scorecards.documents.test_report import ASSETS, HOSTILE, PROFILES, ROOT

CONTENTS = {
    "short": sample_document,
    "draft": lambda: sample_document(is_draft=True, issued_on=None, has_contents=True),
    "long": long_document,
    "bare": lambda: sample_document(verification=None, versions=(), for_whom=(), facts=()),
    "hostile": lambda: sample_document(title=HOSTILE, kind=HOSTILE, for_whom=(HOSTILE, HOSTILE)),
}


@pytest.fixture(scope="module")
def pdfs():
    return {name: document_pdf(make(), assets=ASSETS) for name, make in CONTENTS.items()}


def sheets(data):
    return [sheet.get_textpage().get_text_bounded() for sheet in pypdfium2.PdfDocument(data)]


def words(text):
    """Without spaces and line ends, which a page breaks as it likes."""
    return "".join(text.split())


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
@pytest.mark.parametrize("name", CONTENTS)
def test_document_pdf_conforms(pdfs, name, profile):
    found = page.validate_pdf_bytes(pdfs[name], profile=profile)

    assert [f"{f.rule_id}: {f.message}" for f in found.failures] == []
    assert found.is_compliant


@pytest.mark.parametrize("name", ["short", "long"])
def test_document_pdf_rendered_again_gives_the_same_bytes(pdfs, name):
    assert document_pdf(CONTENTS[name](), assets=ASSETS) == pdfs[name]


def test_document_pdf_holds_every_text(pdfs):
    whole = words("".join(sheets(pdfs["short"])))

    assert [text for text in all_text(sample_document()) if words(text) not in whole] == []
    assert words("Brightwell Care 4 Mill Lane Northmoor NM1 2AB") in whole
    assert "21November2026" in whole


def test_document_pdf_says_what_it_is(pdfs):
    head = sample_document().head
    with pikepdf.open(BytesIO(pdfs["short"])) as pdf:
        assert str(pdf.docinfo.Title) == f"{head.kind}: {head.title}"
        assert str(pdf.docinfo.Author) == head.issued_by
        assert str(pdf.Root.Lang) == "en-GB"
        assert bytes(pdf.trailer.ID[0]) == head.reference.encode()
        assert MADE_AT.strftime("%Y%m%d%H%M%S") in str(pdf.docinfo.CreationDate)


def test_document_pdf_carries_its_data(pdfs):
    with pikepdf.open(BytesIO(pdfs["short"])) as pdf:
        (file,) = pdf.Root.AF
        assert str(file.UF) == "document.json"
        assert file.EF.F.read_bytes().decode() == document_text(sample_document())


def test_document_pdf_header_cells_have_a_scope(pdfs):
    with pikepdf.open(BytesIO(pdfs["short"])) as pdf:
        scopes = [
            str(element.A.get("/Scope"))
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TH"
        ]

    assert scopes.count("/Column") == 3  # the heads of the table
    assert scopes.count("/Row") == 9  # its rows, and those of the facts


def test_document_pdf_headings_go_down_step_by_step(pdfs):
    with pikepdf.open(BytesIO(pdfs["short"])) as pdf:
        levels = {
            str(element.S)
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and "/H" in str(element.get("/S", ""))
        }

    assert {"/H1", "/H2", "/H3", "/H4"} <= levels


def test_document_pdf_table_of_sixty_rows_repeats_its_head_and_cuts_no_row(pdfs):
    found = [words(sheet) for sheet in sheets(pdfs["long"])]
    with_rows = [sheet for sheet in found if "1.5%" in sheet]

    assert sum(sheet.count("1.5%") for sheet in with_rows) == 60
    assert len(with_rows) > 3
    assert all("CriterionWeightScoreReason" in sheet for sheet in with_rows)
    # A reason that began on a page ends on it.
    assert all(sheet.count("Thetendernames") == sheet.count("ofconcerns.") for sheet in with_rows)


def test_document_pdf_of_a_draft_says_so_on_every_page(pdfs):
    assert all("draft, not issued" in sheet for sheet in sheets(pdfs["draft"]))
    assert not any("draft" in sheet for sheet in sheets(pdfs["short"]))
    assert "not issued yet" in "".join(sheets(pdfs["draft"]))


def test_document_pdf_with_contents_names_the_page_of_each_section(pdfs):
    first = sheets(pdfs["long"])[0]

    assert "All scores, page 1" in first
    assert "Each criterion, page" in first


def test_document_pdf_without_verification_says_nothing_of_checking(pdfs):
    assert "How to check" in "".join(sheets(pdfs["short"]))
    assert "How to check" not in "".join(sheets(pdfs["bare"]))


def test_document_html_is_plain():
    html = document_html(CONTENTS["hostile"]())

    assert " style=" not in html
    assert "<script" not in html
    assert html.count("<h1") == 1


def test_document_versions_name_the_renderer_and_its_own_layout():
    from scorecards.documents.report import versions_in_use

    own = dict(document_versions(ASSETS, ROOT / "templates"))
    report = dict(versions_in_use(ASSETS, ROOT / "templates"))

    assert set(own) == {"layout", "WeasyPrint", "pydyf", "fontTools", "Pango"}
    assert own["layout"] != report["layout"]
    assert own["WeasyPrint"] == report["WeasyPrint"]
