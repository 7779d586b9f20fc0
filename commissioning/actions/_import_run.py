"""One import: releases sorted by whose process they are, merged, mapped, written one by one."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.utils import timezone

from accounts import audit
from accounts.access import Actor
from accounts.models import Organisation
from commissioning import ocds
from commissioning.actions._import_organisations import ImportOrganisations
from commissioning.actions._import_processes import (
    Claims,
    Named,
    NotTaken,
    Process,
    processes_of_all,
    processes_of_own,
)
from commissioning.actions._import_reading import (
    by_ocid,
    known_procurements,
    reasons_of,
    stored_releases,
    told_apart,
    unseen,
)
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
from commissioning.models import ImportRun, OcdsRelease, OrganisationMatch, Procurement

_CHUNK = 500


class ImportWork:
    """One import: each process is written in a transaction, or a savepoint, of its own.

    ``now`` is when the import began: one that is done again after its worker died says the same of
    what it wrote before. ``progress(percent, message)`` is told where it stands.
    """

    def __init__(
        self,
        actor: Actor,
        scope: Organisation | None,
        confirmed: frozenset[str],
        result: ImportResult,
        *,
        now: datetime | None = None,
        progress: Callable[[int, str], None] | None = None,
    ):
        self.actor = actor
        self.scope = scope
        self.result = result
        self.now = now or timezone.now()
        self.progress = progress or (lambda percent, message: None)
        self.organisations_made = 0
        self.organisations = ImportOrganisations(self.now, scope)
        self.claims = None if scope is None else Claims(scope, confirmed, told_apart(scope))

    def run(self, files: Sequence[ocds.ReadFile], *, dry_run: bool = False) -> None:
        """Sort, map and write every process; a dry run says what would come of each."""
        work = self._mapped(self._sorted(files))
        total = len(work)
        for at, one in enumerate(work):
            self.progress(20 + 75 * at // total, f"Process {at + 1:,} of {total:,}")
            if isinstance(one, NotTaken):
                self._refuse(one)
            elif dry_run:
                self.result.outcomes.append(self._foreseen(one))
            else:
                self._one(one)

    def _sorted(self, files: Sequence[ocds.ReadFile]) -> list[Process | NotTaken]:
        """Whose process each release belongs to, in the order of the files."""
        given = by_ocid(release for file in files for release in file.releases)
        reasons = reasons_of(refusal for file in files for refusal in file.refused)
        order = list(dict.fromkeys([*given, *(ocid for ocid in reasons if ocid)]))
        named: dict[str, list[Named]] = {}
        for ocid in order:
            if ocid not in reasons:
                named[ocid] = [Named(row, ocds.buyers_of(row)) for row in given[ocid]]
        rows = (row for found in named.values() for row in found)
        self.organisations.load(buyer for row in rows for buyer in row.buyers)
        known = known_procurements(order, self.scope)
        found: list[Process | NotTaken] = []
        for ocid in order:
            if ocid in reasons:
                found.append(NotTaken(ocid, reasons[ocid]))
                continue
            about = (ocid, named[ocid], known.get(ocid, []), self.organisations)
            if self.claims is None:
                taken, refused = processes_of_all(*about)
            else:
                taken, refused = processes_of_own(*about, self.claims)
            found += [*taken, *refused]
        found += [NotTaken("", reason) for reason in reasons.get("", "").splitlines()]
        return found

    def _mapped(self, rows: list[Process | NotTaken]) -> list["Mapped | NotTaken"]:
        """What each process says, all its releases merged; suppliers are looked up at once."""
        stored = stored_releases([row.known for row in rows if getattr(row, "known", None)])
        found: list[Mapped | NotTaken] = []
        for row in rows:
            if isinstance(row, NotTaken):
                found.append(row)
                continue
            kept = stored.get(row.known.pk, []) if row.known else []
            releases = [*(release.as_raw() for release in kept), *row.given]
            try:
                notice = ocds.map_notice(
                    row.ocid,
                    ocds.compile_release(releases),
                    ocds.effective_releases(releases),
                    row.buyer,
                )
            except ocds.NotMappable as error:
                found.append(NotTaken(row.ocid, str(error)))
                continue
            notice = replace(notice, buyer=ocds.with_identifiers_of(notice.buyer, row.buyer))
            seen = {(release.release_id, release.sha256) for release in kept}
            is_again = any(release.imported_at == self.now for release in kept)
            found.append(Mapped(notice, row.known, unseen(row.given, seen), is_again))
        self.organisations.load(
            party for row in found if isinstance(row, Mapped) for party in row.suppliers
        )
        return found

    def _refuse(self, row: NotTaken, title: str = "") -> None:
        if row.releases:
            with suppress(ocds.NotMappable):
                compiled = ocds.compile_release(row.releases)
                effective = ocds.effective_releases(row.releases)
                title = ocds.map_notice(row.ocid, compiled, effective).title
        about = {"buyer": row.buyer, "buyer_key": row.buyer_key}
        self.result.outcomes.append(
            Outcome(row.ocid, REFUSED, title=title, reason=row.reason, **about)
        )

    def _foreseen(self, row: "Mapped") -> Outcome:
        """What would come of it: only a process without a new release has to be tried."""
        if row.known is None or row.fresh:
            return self._outcome(row, row.known, is_new=row.known is None, is_changed=True)
        return self._write(row)

    def _one(self, row: "Mapped") -> None:
        self.organisations.begin()
        try:
            self._make_ahead(row)
            with transaction.atomic():
                outcome = self._write(row)
        except (OperationalError, InterfaceError):
            # A database that does not answer refuses nothing: the import is done again.
            raise
        except DatabaseError:
            self.organisations.forget()
            reason = "The database refused a part of it, so nothing of it was written."
            self._refuse(NotTaken(row.notice.ocid, reason), row.notice.title)
        else:
            self.result.outcomes.append(outcome)

    def _make_ahead(self, row: "Mapped") -> None:
        """Make the organisations of very many suppliers before their process, a part at a time.

        Each part stands by itself: done again, it is found as it was left.
        """
        suppliers = list({party.identifiers[0]: party for party in row.suppliers}.values())
        if len(suppliers) <= _CHUNK:
            return
        for start in range(0, len(suppliers), _CHUNK):
            self.progress(
                20 + 50 * start // len(suppliers),
                f"Suppliers: {start:,} of {len(suppliers):,}",
            )
            part = [
                self.organisations.within_reach(party)
                for party in suppliers[start : start + _CHUNK]
            ]
            with transaction.atomic():
                self.organisations_made += self.organisations.add(part)
                self.organisations.providers_of(part)
            self.organisations.begin()
        self.progress(70, "The contract and its suppliers")

    def _write(self, row: "Mapped") -> Outcome:
        notice, known = row.notice, row.known
        notice = _with_suppliers(notice, self.organisations.within_reach)
        suppliers = [party for contract in notice.contracts for party in contract.suppliers]
        if self.scope is None:
            owner = known.buyer.organisation if known else None
            self.organisations_made += self.organisations.add(suppliers, notice.buyer, owner)
            buyer = known.buyer if known else self.organisations.commissioner_of(notice.buyer)
        else:
            self.organisations_made += self.organisations.add(suppliers)
            buyer = self.organisations.commissioner_for(self.scope)
        procurement = write_procurement(notice, known, buyer)
        contracts = write_contracts(notice, procurement.row, self.organisations, procurement.is_new)
        OcdsRelease.objects.bulk_create(
            [self._release(release, procurement.row) for release in row.fresh]
        )
        self._audit(notice, procurement, contracts, row.fresh)
        is_changed = bool(
            row.fresh or procurement.fields or any(c.is_new or c.fields for c in contracts)
        )
        return self._outcome(row, procurement.row, is_new=procurement.is_new, is_changed=is_changed)

    def _outcome(
        self, row: "Mapped", procurement: Procurement | None, *, is_new: bool, is_changed: bool
    ) -> Outcome:
        if row.is_again and not is_changed:
            is_changed, is_new = True, procurement.created_at >= self.now
        kind = CREATED if is_new else UPDATED if is_changed else UNCHANGED
        return Outcome(
            row.notice.ocid,
            kind,
            title=row.notice.title,
            reference=procurement.reference if procurement else "",
            gaps=row.notice.all_gaps,
        )

    def _release(self, release: ocds.RawRelease, procurement: Procurement) -> OcdsRelease:
        return OcdsRelease(
            procurement=procurement,
            brought_by=self.scope,
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

    def close(self, run: ImportRun | None = None) -> None:
        """Write what came of it, in ``run`` where a person confirmed one, and what was asked."""
        result = self.result
        run = run or ImportRun(
            organisation=self.scope,
            started_by=self.actor.user,
            started_by_label=self.actor.label,
            started_at=self.now,
        )
        run.finished_at = max(self.now, timezone.now())
        run.read_count = result.read
        run.created_count = result.count(CREATED)
        run.updated_count = result.count(UPDATED)
        run.unchanged_count = result.count(UNCHANGED)
        run.refused_count = result.count(REFUSED)
        run.report = result.report()
        run.records = [outcome.as_record() for outcome in result.outcomes]
        run.save()
        result.run = run
        self._ask_about_claims()
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

    def _ask_about_claims(self) -> None:
        """Note the buyers that a person took for the own organisation, and ask an operator about
        those that the installation knows as another row.
        """
        for key, buyer in (self.claims.used if self.claims else {}).items():
            owner = self.organisations.owner_of(buyer)
            if owner is not None:
                OrganisationMatch.objects.get_or_create(
                    organisation=owner, candidate=self.scope, defaults={"proposed_at": self.now}
                )
            audit.record(
                actor=self.actor,
                verb="buyer.confirmed",
                subject=self.scope,
                facts={"scheme": key.split(SEPARATOR, 1)[0], "is_known": owner is not None},
            )


@dataclass(frozen=True)
class Mapped:
    """A process with what it says, and those of its releases that are new."""

    notice: ocds.NoticeFact
    known: Procurement | None
    fresh: list[ocds.RawRelease]
    is_again: bool

    @property
    def suppliers(self) -> list[ocds.PartyFact]:
        return [party for contract in self.notice.contracts for party in contract.suppliers]


def _with_suppliers(
    notice: ocds.NoticeFact, change: Callable[[ocds.PartyFact], ocds.PartyFact]
) -> ocds.NoticeFact:
    contracts = (
        replace(contract, suppliers=tuple(map(change, contract.suppliers)))
        for contract in notice.contracts
    )
    return replace(notice, contracts=tuple(contracts))
