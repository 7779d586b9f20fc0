"""Renders one report several times in a process of its own and tells how long it took.

``python -m tests.benchmarks.pdf short|60-page REFERENCE``
"""

import json
import resource
import sys
import time
from dataclasses import replace

import django

django.setup()

import pypdfium2

from django.utils import timezone

from scorecards import reports
from scorecards.models import Scorecard
from tests.benchmarks.seeding import NARRATIVE, RATIONALE

TIMES = 4


def longer(content, times: int):
    """The content with longer answers and rationales, so that it fills about sixty pages."""
    return replace(
        content,
        frameworks=tuple(
            replace(
                framework,
                criteria=tuple(
                    replace(c, narrative=NARRATIVE * times, rationale=RATIONALE * times)
                    for c in framework.criteria
                ),
            )
            for framework in content.frameworks
        ),
    )


def main(kind: str, reference: str) -> None:
    scorecard = Scorecard.objects.select_related(
        "contract__commissioner__organisation", "contract__procurement", "provider__organisation",
        "policy", "value_set", "request__self_assessment", "supersedes",
    ).get(reference=reference)  # fmt: skip
    content = reports.preview_content(scorecard, timezone.now())
    if kind == "60-page":
        content = longer(content, 9)
    pdf = reports.render(content)
    seconds = []
    for _ in range(TIMES):
        started = time.perf_counter()
        pdf = reports.render(content)
        seconds.append(time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    pages = len(pypdfium2.PdfDocument(pdf))
    print(json.dumps({"pages": pages, "seconds": seconds, "peak_megabytes": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
