"""Whose process is it? Releases of one ocid, sorted by the body that they name as buyer.

A process is one buyer's: an ocid names as many of them as there are buyers. The operator's command
takes in everybody's. An upload takes in its own organisation's only, and knows of no other: so it
can neither change nor learn of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from accounts.models import Organisation
from commissioning import ocds
from commissioning.actions._import_organisations import ImportOrganisations
from commissioning.actions._import_result import SEPARATOR
from commissioning.models import Procurement
from commissioning.rules import is_own_buyer_by_name

NAMES_NO_BUYER = "The notice names no buyer, so nobody's record would hold it."
WHOSE_IS_IT = (
    "A release names no buyer, and several bodies have a process under this ocid: whose it is stays"
    " open."
)


@dataclass
class Process:
    """One buyer's process: the row that is known of it, and the releases that name this buyer."""

    ocid: str
    known: Procurement | None = None
    buyer: ocds.PartyFact | None = None
    given: list[ocds.RawRelease] = field(default_factory=list)

    def is_of(self, buyer: ocds.PartyFact, organisations: ImportOrganisations) -> bool:
        """Whether this is the process of that buyer.

        One organisation's number decides. Without one, the same name within one ocid does, but
        never for a body that has people here.
        """
        owner = organisations.owner_of(buyer)
        own = self.known.buyer.organisation if self.known else organisations.owner_of(self.buyer)
        if owner is not None and own is not None:
            return owner.pk == own.pk
        if own is not None and not own.is_reference_row:
            return False
        return ocds.are_one_body(self.buyer, buyer)

    def take(self, release: ocds.RawRelease, buyer: ocds.PartyFact) -> None:
        """Count the release in, and what it adds to what is known of the buyer."""
        self.given.append(release)
        self.buyer = ocds.with_identifiers_of(buyer, self.buyer) if self.buyer else buyer


@dataclass(frozen=True)
class NotTaken:
    """What of an ocid is refused. ``buyer_key`` where a person may say that it is the own body."""

    ocid: str
    reason: str
    buyer: str = ""
    buyer_key: str = ""
    releases: tuple[ocds.RawRelease, ...] = ()


@dataclass(frozen=True)
class Named:
    """A release and the buyers that it names, the first one first."""

    release: ocds.RawRelease
    buyers: tuple[ocds.PartyFact, ...]


def processes_of_all(
    ocid: str,
    named: Iterable[Named],
    known: Sequence[Procurement],
    organisations: ImportOrganisations,
) -> tuple[list[Process], list[NotTaken]]:
    """Sort the releases of one ocid for the command, which imports whoever the buyer is.

    A release goes to every process of a buyer that it names; where there is none yet, it begins
    one of the buyer that it names first.
    """
    found = [Process(ocid, row, organisations.fact_of(row.buyer.organisation)) for row in known]
    nameless = []
    for row in sorted(named, key=lambda row: row.release.released_at):
        if not row.buyers:
            nameless.append(row.release)
            continue
        wanted = []
        for process in found:
            mine = [buyer for buyer in row.buyers if process.is_of(buyer, organisations)]
            wanted += [(process, buyer) for buyer in mine[:1]]
        if not wanted:
            found.append(Process(ocid, buyer=row.buyers[0]))
            wanted = [(found[-1], row.buyers[0])]
        for process, buyer in wanted:
            process.take(row.release, buyer)
    if nameless and len(found) != 1:
        return [], [NotTaken(ocid, WHOSE_IS_IT if found else NAMES_NO_BUYER)]
    for process in found:
        process.given += nameless
    return [process for process in found if process.given], []


def processes_of_own(
    ocid: str,
    named: Iterable[Named],
    known: Sequence[Procurement],
    organisations: ImportOrganisations,
    claims: "Claims",
) -> tuple[list[Process], list[NotTaken]]:
    """Sort the releases of one ocid for an upload: the own process, and what is refused."""
    own = Process(ocid, next(iter(known), None))
    nameless, others = [], []
    for row in sorted(named, key=lambda row: row.release.released_at):
        mine = claims.own_among(row.buyers, organisations)
        if mine is not None:
            own.take(row.release, mine)
        elif row.buyers:
            others.append(row)
        else:
            nameless.append(row.release)
    not_taken = [claims.refusal(ocid, others, organisations)] if others else []
    if own.given or (own.known and nameless):
        own.given += nameless
        own.buyer = own.buyer or organisations.fact_of(claims.scope)
        return [own], not_taken
    if nameless and not others:
        not_taken.append(NotTaken(ocid, NAMES_NO_BUYER))
    return [], not_taken


@dataclass
class Claims:
    """Which buyers count as the uploader's own organisation, and what is asked about others.

    A buyer is the own organisation by a number that an operator let it have. One that only bears
    the same name is asked about at every import: ``confirmed`` holds the keys that a person said
    yes to, for this import alone. ``told_apart`` are organisations (keys) of which an operator
    decided that they are others.
    """

    scope: Organisation
    confirmed: frozenset[str]
    told_apart: frozenset[int]
    used: dict[str, ocds.PartyFact] = field(default_factory=dict)

    def own_among(
        self, buyers: Iterable[ocds.PartyFact], organisations: ImportOrganisations
    ) -> ocds.PartyFact | None:
        """Return the buyer that is the own organisation, by number before by a confirmed name."""
        buyers = list(buyers)
        for buyer in buyers:
            owner = organisations.owner_of(buyer)
            if owner is not None and owner.pk == self.scope.pk:
                return buyer
        for buyer in buyers:
            key = SEPARATOR.join(buyer.identifiers[0])
            if key in self.confirmed and self._may_be_own(buyer, organisations):
                self.used[key] = buyer
                return buyer
        return None

    def refusal(
        self, ocid: str, rows: Sequence[Named], organisations: ImportOrganisations
    ) -> NotTaken:
        """Say why releases of other buyers aren't taken, and ask where the name is the own one."""
        releases = tuple(row.release for row in rows)
        buyers = [buyer for row in rows for buyer in row.buyers]
        for buyer in buyers:
            if self._may_be_own(buyer, organisations):
                return NotTaken(
                    ocid,
                    f"Its buyer is called {buyer.name}, like your organisation. Confirm first that"
                    " it is.",
                    buyer.name,
                    SEPARATOR.join(buyer.identifiers[0]),
                    releases,
                )
        reason = f"Its buyer is {buyers[0].name}. You import the notices of {self.scope.name} only."
        return NotTaken(ocid, reason, releases=releases)

    def _may_be_own(self, buyer: ocds.PartyFact, organisations: ImportOrganisations) -> bool:
        owner = organisations.owner_of(buyer)
        return is_own_buyer_by_name(buyer.name, self.scope.name) and (
            owner is None or (owner.is_reference_row and owner.pk not in self.told_apart)
        )
