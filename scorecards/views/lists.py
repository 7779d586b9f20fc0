"""The list of scorecards, its filters, and its CSV."""

import csv

from django.http import StreamingHttpResponse
from django.shortcuts import render

from accounts.access import door
from accounts.paging import page_of
from scorecards import actions, queries
from scorecards.enums import OPINION_COLOURS, STAGE_COLOURS
from scorecards.filters import ScorecardFilter
from scorecards.rules import is_audit
from scorecards.views.scorecards import READERS

COLUMNS = (
    "reference", "contract", "contract_title", "commissioner", "provider", "number", "level",
    "stage", "stage_at", "assessed_on", "opinion", "contract_value_gbp", "frameworks",
)  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _filtered(request):
    return ScorecardFilter(request.GET, queries.list_rows(request.actor), viewer=request.actor)


@door(*READERS)
def scorecard_list(request):
    """Scorecards that the viewer may see: filtered, sorted, paged."""
    found = _filtered(request)
    page = page_of(request, found.qs)
    if is_audit(request.actor):
        actions.record_list_opening(
            actor=request.actor, what="list", rows=len(page), filters=_codes(found)
        )
    return render(
        request,
        "scorecards/scorecard_list.html",
        {
            "filter": found,
            "page": page,
            "is_filtered": any(request.GET.get(name) for name in found.filters),
            "query": request.GET.urlencode(),
            "stage_colours": STAGE_COLOURS,
            "opinion_colours": OPINION_COLOURS,
            "waiting": [
                (row, queries.declaration_url(row))
                for row in queries.cases_to_declare(request.actor)[:20]
            ],
        },
    )


@door(*READERS)
def scorecard_csv(request):
    """The filtered list as CSV. Values that a spreadsheet would run as a formula are quoted."""
    found = _filtered(request)
    rows = found.qs
    if is_audit(request.actor):
        actions.record_list_opening(
            actor=request.actor, what="csv", rows=rows.count(), filters=_codes(found)
        )
    writer = csv.writer(_Echo())

    def lines():
        yield writer.writerow(COLUMNS)
        for row in rows.iterator(chunk_size=500):
            yield writer.writerow([_safe(value) for value in _values(row)])

    return StreamingHttpResponse(
        lines(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="scorecards.csv"'},
    )


class _Echo:
    """What ``csv`` writes to, so that each row can be sent on at once."""

    def write(self, value):
        return value


def _codes(found: ScorecardFilter) -> dict:
    """The filters in use that are codes or numbers: words that somebody typed stay out."""
    return {
        name: found.data[name]
        for name, value in found.form.cleaned_data.items()
        if value not in (None, "", []) and name not in ("title", "provider")
    }


def _values(row):
    return (
        row.reference,
        row.contract.reference,
        row.contract.title,
        row.contract.commissioner.organisation.name,
        row.provider.organisation.name,
        row.number,
        row.level,
        row.stage,
        row.stage_at.isoformat(timespec="seconds"),
        row.assessed_on.isoformat() if row.assessed_on else "",
        row.opinion,
        "" if row.contract.value_gbp is None else row.contract.value_gbp,
        "; ".join(f"{f.framework_code}: {f.opinion}" for f in row.framework_results.all()),
    )


def _safe(value):
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
