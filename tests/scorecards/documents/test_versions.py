"""The layout's version changes with whatever lays the pages out."""

import shutil
from dataclasses import replace

import pytest

from scorecards.documents.versions import rendering_versions
from tests.scorecards.documents.test_report import ASSETS, ROOT


@pytest.fixture
def layout(tmp_path):
    """A copy of what lays out, to be changed."""
    shutil.copytree(ROOT / "templates" / "scorecards" / "document", tmp_path / "templates")
    shutil.copy(ASSETS.stylesheet, tmp_path / "report.css")
    shutil.copy(ASSETS.stylesheet.with_name("document.css"), tmp_path / "document.css")
    return tmp_path


def version_of(folder):
    assets = replace(
        ASSETS, stylesheet=folder / "report.css", more_styles=(folder / "document.css",)
    )
    return dict(rendering_versions(assets, folder / "templates"))["layout"]


@pytest.mark.parametrize("changed", ["report.css", "document.css", "templates/_body.html"])
def test_layout_version_changes_with_its_files(layout, changed):
    before = version_of(layout)
    with (layout / changed).open("a") as held:
        held.write("\n")

    assert version_of(layout) != before


def test_layout_version_of_the_same_files_is_the_same(layout):
    assert version_of(layout) == version_of(layout)
