"""One import inside its transaction: releases merged, mapped and written process by process."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor
from accounts.models import Organisation
from commissioning import ocds
from commissioning.actions._import_organisations import ImportOrganisations
from commissioning.actions._import_records import Change, write_contracts, write_procurement
from commissioning.actions._import_result import (
    CREATED,
    REFUSED,
    SEPARATOR,
    UNCHANGED,
    UPDATED,
    ImportResult,
    Outcome,
)
from commissioning.actions.matches import adopt_reference_row
from commissioning.models import ImportRun, OcdsRelease, Procurement
from commissioning.rules import is_own_buyer_by_name

_CHUNK = 500


class ImportWork:
    """One import, inside its transaction."""

    def __init__(
        self,
        actor: Actor,
        scope: Organisation | None,
        confirmed: frozenset[str],
        result: ImportResult,
    ):
        self.actor = actor
        self.scope = scope
        self.confirmed = confirmed
        self.result = result
        self.now = timezone.now()
        self.organisations_made = 0

    def run(self, files: Sequence[ocds.ReadFile]) -> None:
        given = _by_ocid(release for file in files for release in file.releases)
        reasons = _reasons(refusal for file in files for refusal in file.refused)
        order = list(dict.fromkeys([*given, *(ocid for ocid in reasons if ocid)]))
        stored = _stored_releases(order)
        notices: dict[str, ocds.NoticeFact] = {}
        for ocid in order:
            if ocid in reasons:
                continue
            releases = [*stored.get(ocid, []), *given[ocid]]
            try:
                effective = ocds.effective_releases(releases)
                notices[ocid] = ocds.map_notice(ocid, ocds.compile_release(releases), effective)
            except (ocds.CannotMerge, ocds.NotMappable) as error:
                reasons[ocid] = str(error)
        self.organisations = ImportOrganisations(list(notices.values()), self.now)
        known = _known_procurements(order)
        for ocid in order:
            if ocid in reasons:
                self._refuse(ocid, reasons[ocid])
            else:
                seen = {(release.release_id, release.sha256) for release in stored.get(ocid, [])}
                fresh = _unseen(given[ocid], seen)
                self._one(notices[ocid], known.get(ocid), fresh)
        for reason in reasons.get("", "").splitlines():
            self._refuse("", reason)
        self._close()

    def _refuse(self, ocid: str, reason: str, title: str = "", **buyer: str) -> None:
        self.result.outcomes.append(Outcome(ocid, REFUSED, title=title, reason=reason, **buyer))

    def _one(
        self, notice: ocds.NoticeFact, known: Procurement | None, fresh: list[ocds.RawRelease]
    ) -> None:
        if self.scope is not None and not self._is_own(notice):
            return
        self.organisations.begin()
        try:
            with transaction.atomic():
                outcome = self._write(notice, known, fresh)
        except DatabaseError:
            self.organisations.forget()
            reason = "The database refused a part of it, so nothing of it was written."
            self._refuse(notice.ocid, reason, notice.title)
        else:
            self.result.outcomes.append(outcome)

    def _is_own(self, notice: ocds.NoticeFact) -> bool:
        """Whether the notice is the scope's own; refuses it otherwise."""
        owner = self.organisations.owner_of(notice.buyer)
        if owner is not None and owner.pk == self.scope.pk:
            return True
        name, own = notice.buyer.name, self.scope.name
        key = SEPARATOR.join(notice.buyer.identifiers[0])
        if is_own_buyer_by_name(name, own) and (owner is None or owner.is_reference_row):
            if key in self.confirmed:
                adopt_reference_row(
                    actor=self.actor,
                    organisation=self.scope,
                    reference_row=owner,
                    identifiers=notice.buyer.identifiers,
                )
                self.organisations.adopt(notice.buyer, self.scope)
                return True
            reason = (
                f"Its buyer is called {name}, like your organisation. Confirm first that it is."
            )
            self._refuse(notice.ocid, reason, notice.title, buyer=name, buyer_key=key)
        else:
            reason = f"Its buyer is {name}. You import the notices of {own} only."
            self._refuse(notice.ocid, reason, notice.title)
        return False

    def _write(
        self, notice: ocds.NoticeFact, known: Procurement | None, fresh: list[ocds.RawRelease]
    ) -> Outcome:
        suppliers = [party for contract in notice.contracts for party in contract.suppliers]
        self.organisations_made += self.organisations.add(notice.buyer, suppliers)
        procurement = write_procurement(notice, known, self.organisations)
        contracts = write_contracts(notice, procurement.row, self.organisations, procurement.is_new)
        OcdsRelease.objects.bulk_create([self._release(release) for release in fresh])
        self._audit(notice, procurement, contracts, fresh)
        changed = fresh or procurement.fields or any(c.is_new or c.fields for c in contracts)
        kind = CREATED if procurement.is_new else UPDATED if changed else UNCHANGED
        return Outcome(
            notice.ocid,
            kind,
            title=notice.title,
            reference=procurement.row.reference,
            gaps=notice.all_gaps,
        )

    def _release(self, release: ocds.RawRelease) -> OcdsRelease:
        return OcdsRelease(
            ocid=release.ocid,
            release_id=release.release_id,
            released_at=release.released_at,
            tags=list(release.tags),
            sha256=release.sha256,
            body=release.body,
            publisher=release.publisher[:200],
            licence=release.licence[:300],
            file_name=release.file_name[:200],
            imported_at=self.now,
        )

    def _audit(
        self,
        notice: ocds.NoticeFact,
        procurement: Change,
        contracts: list[Change],
        fresh: list[ocds.RawRelease],
    ) -> None:
        hashes = {"releases": [release.sha256 for release in fresh]}
        if procurement.is_new or procurement.fields or fresh:
            audit.record(
                actor=self.actor,
                verb="procurement.imported" if procurement.is_new else "procurement.updated",
                subject=procurement.row,
                facts={"ocid": notice.ocid, "fields": procurement.fields, **hashes},
            )
        for change in contracts:
            if change.is_new or change.fields:
                audit.record(
                    actor=self.actor,
                    verb="contract.imported" if change.is_new else "contract.updated",
                    subject=change.row,
                    case=change.row.reference,
                    facts={"ocid": notice.ocid, "fields": change.fields, **hashes},
                )

    def _close(self) -> None:
        result = self.result
        result.run = ImportRun.objects.create(
            organisation=self.scope,
            started_by=self.actor.user,
            started_by_label=self.actor.label,
            started_at=self.now,
            finished_at=max(self.now, timezone.now()),
            read_count=result.read,
            created_count=result.count(CREATED),
            updated_count=result.count(UPDATED),
            unchanged_count=result.count(UNCHANGED),
            refused_count=result.count(REFUSED),
            report=result.report(),
            records=[outcome.as_record() for outcome in result.outcomes],
        )
        audit.record(
            actor=self.actor,
            verb="notices.imported",
            subject=result.run,
            facts={
                "read": result.read,
                "created": result.count(CREATED),
                "updated": result.count(UPDATED),
                "unchanged": result.count(UNCHANGED),
                "refused": result.count(REFUSED),
                "organisations": self.organisations_made,
                "files": [file["sha256"] for file in result.files],
            },
        )


def _by_ocid(releases: Iterable[ocds.RawRelease]) -> dict[str, list[ocds.RawRelease]]:
    found = defaultdict(list)
    for release in releases:
        found[release.ocid].append(release)
    return dict(found)


def _reasons(refusals: Iterable[ocds.Refusal]) -> dict[str, str]:
    """Return reasons by ocid; under "" those of entries without one, a line each."""
    found: dict[str, list[str]] = defaultdict(list)
    for refusal in refusals:
        if refusal.reason not in found[refusal.ocid]:
            found[refusal.ocid].append(refusal.reason)
    return {ocid: ("\n" if ocid == "" else " ").join(lines) for ocid, lines in found.items()}


def _unseen(
    releases: Iterable[ocds.RawRelease], seen: set[tuple[str, str]]
) -> list[ocds.RawRelease]:
    found = {(release.release_id, release.sha256): release for release in releases}
    return [release for key, release in found.items() if key not in seen]


def _stored_releases(ocids: Sequence[str]) -> dict[str, list[ocds.RawRelease]]:
    found = defaultdict(list)
    for start in range(0, len(ocids), _CHUNK):
        rows = OcdsRelease.objects.filter(ocid__in=ocids[start : start + _CHUNK])
        for row in rows.order_by("imported_at", "pk"):
            found[row.ocid].append(_as_raw(row))
    return found


def _as_raw(row: OcdsRelease) -> ocds.RawRelease:
    return ocds.RawRelease(
        ocid=row.ocid,
        release_id=row.release_id,
        released_at=_utc(row.released_at),
        tags=tuple(row.tags),
        sha256=row.sha256,
        body=row.body,
        publisher=row.publisher,
        licence=row.licence,
        file_name=row.file_name,
    )


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _known_procurements(ocids: Sequence[str]) -> dict[str, Procurement]:
    found = {}
    for start in range(0, len(ocids), _CHUNK):
        rows = Procurement.objects.filter(ocid__in=ocids[start : start + _CHUNK])
        for row in rows.select_related("buyer__organisation").prefetch_related(
            "lots", "criteria__lot", "contracts__parties", "contracts__corrections"
        ):
            found[row.ocid] = row
    return found
