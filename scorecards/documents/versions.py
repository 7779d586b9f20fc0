"""All that a PDF's bytes depend on besides its content: recorded with each document."""

import hashlib
from pathlib import Path

from scorecards.documents.pdf import Assets


def rendering_versions(assets: Assets, templates: Path) -> tuple[tuple[str, str], ...]:
    """`templates` is the folder whose HTML templates lay the pages out.

    Loads the library that renders, which takes more than a second.
    """
    import fontTools
    import pydyf
    import weasyprint
    from weasyprint.text.ffi import pango

    layout = [*assets.stylesheets, *sorted(templates.glob("*.html"))]
    layout += sorted(assets.fonts.glob("*.woff2"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in layout)).hexdigest()
    return (
        ("layout", digest[:12]),
        ("WeasyPrint", weasyprint.__version__),
        ("pydyf", pydyf.__version__),
        ("fontTools", fontTools.version),
        ("Pango", _pango_version(pango.pango_version())),
    )


def _pango_version(number: int) -> str:
    """15012 is 1.50.12."""
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
