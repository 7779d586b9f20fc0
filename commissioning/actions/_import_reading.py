"""What an import starts from: the releases that it was given, and the rows that are known."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from accounts.models import Organisation
from commissioning import ocds
from commissioning.enums import MatchState
from commissioning.models import OcdsRelease, OrganisationMatch, Procurement

_CHUNK = 500


def told_apart(scope: Organisation) -> frozenset[int]:
    rows = OrganisationMatch.objects.filter(candidate=scope, state=MatchState.REJECTED)
    return frozenset(rows.values_list("organisation", flat=True))


def by_ocid(releases: Iterable[ocds.RawRelease]) -> dict[str, list[ocds.RawRelease]]:
    found = defaultdict(list)
    for release in releases:
        found[release.ocid].append(release)
    return dict(found)


def reasons_of(refusals: Iterable[ocds.Refusal]) -> dict[str, str]:
    """Return reasons by ocid; under "" those of entries without one, a line each."""
    found: dict[str, list[str]] = defaultdict(list)
    for refusal in refusals:
        if refusal.reason not in found[refusal.ocid]:
            found[refusal.ocid].append(refusal.reason)
    return {ocid: ("\n" if ocid == "" else " ").join(lines) for ocid, lines in found.items()}


def unseen(
    releases: Iterable[ocds.RawRelease], seen: set[tuple[str, str]]
) -> list[ocds.RawRelease]:
    found = {(release.release_id, release.sha256): release for release in releases}
    return [release for key, release in found.items() if key not in seen]


def stored_releases(known: Sequence[Procurement]) -> dict[int, list[OcdsRelease]]:
    found = defaultdict(list)
    for start in range(0, len(known), _CHUNK):
        rows = OcdsRelease.objects.filter(procurement__in=known[start : start + _CHUNK])
        for row in rows.order_by("imported_at", "pk"):
            found[row.procurement_id].append(row)
    return found


def known_procurements(
    ocids: Sequence[str], scope: Organisation | None
) -> dict[str, list[Procurement]]:
    """The processes under these ocids: everybody's, or the scope's own and no other."""
    found = defaultdict(list)
    for start in range(0, len(ocids), _CHUNK):
        rows = Procurement.objects.filter(ocid__in=ocids[start : start + _CHUNK])
        if scope is not None:
            rows = rows.filter(buyer__organisation=scope)
        for row in (
            rows.order_by("pk")
            .select_related("buyer__organisation")
            .prefetch_related(
                "buyer__organisation__identifiers",
                "lots",
                "criteria__lot",
                "contracts__parties",
                "contracts__corrections",
            )
        ):
            found[row.ocid].append(row)
    return found
