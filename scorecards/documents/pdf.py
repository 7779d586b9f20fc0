"""HTML to one file that is PDF/A-3a and PDF/UA-1 at once, with its data inside.

The same arguments give the same bytes under the same versions of WeasyPrint and
its libraries: every date and the file identifier come from the caller, and only
the typeface of the asset folder is used. WeasyPrint takes more than a second to
import, so it is imported where it is used.
"""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from scorecards.documents.finish import add_ua_claim, finish
from scorecards.documents.typeface import covered_characters, printable

GC_THRESHOLD_WHILE_RENDERING = 50_000


class ForbiddenResource(ValueError):
    """The HTML asked for something that is not part of the report's own assets."""


@dataclass(frozen=True)
class Assets:
    """The print stylesheet, and the folder whose `fonts/` holds the typeface.

    `more_styles` are stylesheets that a kind of document adds to the common one.
    """

    stylesheet: Path
    folder: Path
    more_styles: tuple[Path, ...] = ()

    @property
    def stylesheets(self) -> tuple[Path, ...]:
        return (self.stylesheet, *self.more_styles)

    @property
    def fonts(self) -> Path:
        return self.folder / "fonts"


@dataclass(frozen=True)
class EmbeddedData:
    """The file that travels inside the PDF."""

    name: str
    description: str
    content: bytes


def render_pdf(
    html: str,
    *,
    assets: Assets,
    title: str,
    language: str,
    author: str,
    identifier: bytes,
    created_at: datetime,
    data: EmbeddedData,
) -> bytes:
    """Render `html`; characters that the typeface lacks are shown by their code."""
    import weasyprint
    from weasyprint.urls import FatalURLFetchingError

    html = printable(html, covered_characters(assets.fonts))
    css, font_config = _styles(
        assets, tuple(path.stat().st_mtime_ns for path in assets.stylesheets)
    )
    moment = created_at.astimezone(UTC)
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    attachment = weasyprint.Attachment(
        string=data.content,
        name=data.name,
        description=data.description,
        created=moment,
        modified=moment,
        relationship="Data",
    )
    try:
        with _calm_collector():
            source = weasyprint.HTML(
                string=html, base_url="report:", url_fetcher=_fetcher(assets.folder)
            )
            document = source.render(font_config=font_config, stylesheets=[css])
            metadata = document.metadata
            metadata.title, metadata.authors = _one_line(title), [_one_line(author)]
            metadata.lang = language
            metadata.created = metadata.modified = stamp
            add_ua_claim(metadata)
            result: bytes = document.write_pdf(
                finisher=finish,
                pdf_variant="pdf/a-3a",
                pdf_version="1.7",
                pdf_identifier=identifier,
                pdf_tags=True,
                output_intent="srgb",
                attachments=[attachment],
            )
    except FatalURLFetchingError as error:
        raise ForbiddenResource(str(error)) from None
    return result


def _one_line(text: str) -> str:
    """Fit for metadata: XML has no place for control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


@lru_cache(maxsize=4)
def _styles(assets: Assets, changed_ns: tuple[int, ...]) -> tuple[Any, Any]:
    """The parsed stylesheets and the loaded fonts, kept for as long as the worker lives."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    font_config = FontConfiguration()
    css = weasyprint.CSS(
        string="\n".join(path.read_text(encoding="utf-8") for path in assets.stylesheets),
        base_url=f"{assets.folder.resolve().as_uri()}/",
        font_config=font_config,
        url_fetcher=_fetcher(assets.folder),
    )
    return css, font_config


# The fonts must go before the library that frees them does.
atexit.register(_styles.cache_clear)


def _fetcher(folder: Path) -> Any:
    """Fetches files below `folder` and data in the address itself: no network."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class AssetFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            inside = url.startswith(f"{folder.resolve().as_uri()}/") and ".." not in url
            if not inside and not url.startswith("data:image/svg+xml,"):
                raise FatalURLFetchingError(f"the report may not fetch {url}")
            return super().fetch(url, headers)

    return AssetFetcher(allowed_protocols=("file", "data"), allow_redirects=False)


@contextmanager
def _calm_collector() -> Iterator[None]:
    """Layout makes many objects that live to the end: collect less often meanwhile."""
    before = gc.get_threshold()
    gc.set_threshold(GC_THRESHOLD_WHILE_RENDERING, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
