"""Releases of one contracting process → one compiled release, by the standard's own merging
library.

The merge rules are those of the OCDS 1.1.5 release schema
(https://standard.open-contracting.org/1.1/en/schema/merging/), kept here as a table so that nothing
is fetched while importing, with the lists of extensions whose entries have no id, and the lists of
suppliers, which a later release replaces.
"""

import warnings
from collections.abc import Iterable
from typing import Any

from ocdsmerge import Merger
from ocdsmerge.exceptions import OCDSMergeWarning

from commissioning.ocds.facts import RawRelease
from commissioning.ocds.forms import in_form, unread_fields
from commissioning.ocds.parties import source_of, with_ids_of_one_process

_OMITTED = ("id", "date", "tag")
_WHOLE_LISTS = (
    "awards/amendment/changes",
    "awards/amendments/changes",
    "awards/items/additionalClassifications",
    "buyer/additionalIdentifiers",
    "contracts/amendment/changes",
    "contracts/amendments/changes",
    "contracts/implementation/transactions/payee/additionalIdentifiers",
    "contracts/implementation/transactions/payer/additionalIdentifiers",
    "contracts/items/additionalClassifications",
    "contracts/relatedProcesses/relationship",
    "parties/additionalIdentifiers",
    "parties/roles",
    "relatedProcesses/relationship",
    "tender/additionalProcurementCategories",
    "tender/amendment/changes",
    "tender/amendments/changes",
    "tender/items/additionalClassifications",
    "tender/procuringEntity/additionalIdentifiers",
    "tender/submissionMethod",
    "tender/tenderers/additionalIdentifiers",
)
_MORE_WHOLE_LISTS = (
    "awards/suppliers",
    "contracts/suppliers",
    "links",
    "parties/details/classifications",
    "tender/awardCriteria/criteria",
    "tender/items/deliveryAddresses",
    "tender/lots/awardCriteria/criteria",
    "tender/lots/selectionCriteria/criteria",
    "tender/selectionCriteria/criteria",
)

MERGE_RULES = {(name,): "omitWhenMerged" for name in _OMITTED} | {
    tuple(path.split("/")): "wholeListMerge" for path in (*_WHOLE_LISTS, *_MORE_WHOLE_LISTS)
}
_MERGER = Merger(merge_rules=MERGE_RULES)


def effective_releases(releases: Iterable[RawRelease]) -> list[RawRelease]:
    """Return the releases that count, oldest first.

    Where a publisher changed a release under the same id, the later date counts, and of equal dates
    the one that comes later in `releases` (the stored ones are given first).
    """
    latest: dict[str, RawRelease] = {}
    for release in releases:
        known = latest.get(release.release_id)
        if known is None or release.released_at >= known.released_at:
            latest[release.release_id] = release
    return sorted(latest.values(), key=lambda release: (release.released_at, release.release_id))


def compile_release(releases: Iterable[RawRelease]) -> dict[str, Any]:
    """Return the compiled release, of fields in their form (``forms.in_form``).

    Dates are given to the library in one form, since it orders releases by the text of their dates.
    Who supplies under an award is what the newest release says that names suppliers for it.
    """
    effective = effective_releases(releases)
    bodies = [in_form(release.body) for release in effective]
    if len(bodies) > 1 and any(next(unread_fields(body), None) for body in bodies):
        bodies = [in_form(release.body, marks=True) for release in effective]
    sources = [source_of(release.ocid, release.publisher) for release in effective]
    dated = [
        {**body, "date": release.released_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
        for body, release in zip(
            with_ids_of_one_process(zip(bodies, sources, strict=True)), effective, strict=True
        )
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OCDSMergeWarning)
        return _MERGER.create_compiled_release(dated)
