"""Releases of one contracting process → one compiled release, by the standard's own merging
library.

The merge rules are those of the OCDS 1.1.5 release schema
(https://standard.open-contracting.org/1.1/en/schema/merging/), kept here as a table so that nothing
is fetched while importing, with the lists of extensions whose entries have no id.
"""

import warnings
from collections.abc import Iterable
from typing import Any

from ocdsmerge import Merger
from ocdsmerge.exceptions import OCDSMergeError, OCDSMergeWarning

from commissioning.ocds.facts import RawRelease

_OMITTED = ("id", "date", "tag")
_WHOLE_LISTS = (
    "awards/amendment/changes",
    "awards/amendments/changes",
    "awards/items/additionalClassifications",
    "awards/suppliers/additionalIdentifiers",
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
_WHOLE_LISTS_OF_EXTENSIONS = (
    "links",
    "parties/details/classifications",
    "tender/awardCriteria/criteria",
    "tender/items/deliveryAddresses",
    "tender/lots/awardCriteria/criteria",
    "tender/lots/selectionCriteria/criteria",
    "tender/selectionCriteria/criteria",
)

MERGE_RULES = {(name,): "omitWhenMerged" for name in _OMITTED} | {
    tuple(path.split("/")): "wholeListMerge"
    for path in (*_WHOLE_LISTS, *_WHOLE_LISTS_OF_EXTENSIONS)
}


class CannotMerge(ValueError):
    """The releases of one process contradict each other in structure; the message says how."""


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


_OBJECTS = ("buyer", "planning", "tender")
_LISTS = ("parties", "awards", "contracts")


def _check_shape(body: dict[str, Any]) -> None:
    """Raise CannotMerge where a main part has another type: the library would drop it if empty."""
    for key in _OBJECTS:
        if body.get(key) is not None and not isinstance(body[key], dict):
            raise CannotMerge(f"“{key}” should be an object.")
    for key in _LISTS:
        value = [] if body.get(key) is None else body[key]
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise CannotMerge(f"“{key}” should be a list of objects.")


def compile_release(releases: Iterable[RawRelease]) -> dict[str, Any]:
    """Return the compiled release. Raises CannotMerge.

    Dates are given to the library in one form, since it orders releases by the text of their dates.
    """
    bodies = [
        {**release.body, "date": release.released_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
        for release in effective_releases(releases)
    ]
    for body in bodies:
        _check_shape(body)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", OCDSMergeWarning)
            return Merger(merge_rules=MERGE_RULES).create_compiled_release(bodies)
    except (OCDSMergeError, TypeError, AttributeError, KeyError) as error:
        raise CannotMerge(
            "The releases of this process don't fit together: the same field has two shapes."
        ) from error
